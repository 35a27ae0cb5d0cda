/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commands, each in a file of its own. Each takes its parsed command line
 * and returns the exit status of the process; what went wrong it has reported.
 */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "src/cli/options.h"

int command_index(const struct settings *settings);
int command_remove(const struct settings *settings);
int command_search(const struct settings *settings);
int command_count(const struct settings *settings);
int command_batch(const struct settings *settings);
int command_show(const struct settings *settings);
int command_read(const struct settings *settings);
int command_info(const struct settings *settings);
int command_compact(const struct settings *settings);
int command_repair(const struct settings *settings);
int command_check(const struct settings *settings);

#endif
