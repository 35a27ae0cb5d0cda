/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What derives from the tables of commands and options: --help, the option
 * lists of the manual pages, the completions of bash and zsh. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include <stdio.h>

#include "src/cli/options.h"

/* What --help says of COMMAND: usage, options. */
void help_command(FILE *stream, enum command_id command);

/* What --help says of the program: its commands, examples, exit statuses. */
void help_program(FILE *stream);

/* The options of COMMAND as the body of a man(7) section. */
void help_manual(FILE *stream, enum command_id command);

/* A completion script. */
void completion_bash(FILE *stream);
void completion_zsh(FILE *stream);

#endif
