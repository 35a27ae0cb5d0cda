/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A program of the build, not installed: writes what derives from the table of
 * options, as the makefile asks for it.
 *
 *   generate bash | zsh            a completion script
 *   generate man COMMAND < PAGE    a manual page, its line @OPTIONS@ replaced
 */
#include <config.h>

#include "src/cli/help.h"

#include <stdio.h>
#include <string.h>

static int manual(const char *name)
{
    enum command_id command = command_find(name);
    char line[4096];

    if (command == N_COMMANDS) {
        fprintf(stderr, "generate: there is no command '%s'\n", name);
        return 2;
    }
    while (fgets(line, sizeof line, stdin)) {
        if (strcmp(line, "@OPTIONS@\n") == 0)
            help_manual(stdout, command);
        else
            fputs(line, stdout);
    }
    return ferror(stdin) || fflush(stdout) ? 1 : 0;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "man") == 0)
        return manual(argv[2]);
    if (argc == 2 && strcmp(argv[1], "bash") == 0)
        completion_bash(stdout);
    else if (argc == 2 && strcmp(argv[1], "zsh") == 0)
        completion_zsh(stdout);
    else
        return 2;
    return fflush(stdout) ? 1 : 0;
}
