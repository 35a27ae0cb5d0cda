/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The program: which command is meant, and what every command shares. */
#include <config.h>

#include "src/cli/commands.h"
#include "src/cli/help.h"
#include "src/cli/report.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static int (*const run[N_COMMANDS])(const struct settings *settings) = {
    [COMMAND_INDEX] = command_index,     [COMMAND_REMOVE] = command_remove,
    [COMMAND_SEARCH] = command_search,   [COMMAND_COUNT] = command_count,
    [COMMAND_BATCH] = command_batch,     [COMMAND_SHOW] = command_show,
    [COMMAND_READ] = command_read,       [COMMAND_INFO] = command_info,
    [COMMAND_COMPACT] = command_compact, [COMMAND_CHECK] = command_check,
    [COMMAND_REPAIR] = command_repair,
};

static int run_command(enum command_id command, int argc, char **argv)
{
    struct failure failure = {0};
    struct settings settings;
    int exit_status = EXIT_FOUND;

    if (options_parse(argc, argv, command, &settings, &failure) != STATUS_OK) {
        exit_status = report_failure(&failure);
        fprintf(stderr, "'pilcrow %s --help' lists its options\n", argv[0]);
    } else if (settings.help) {
        help_command(stdout, command);
        exit_status = finish_output(EXIT_FOUND);
    } else if (settings.version) {
        puts("pilcrow " PACKAGE_VERSION);
        exit_status = finish_output(EXIT_FOUND);
    } else {
        exit_status = run[command](&settings);
    }
    settings_release(&settings);
    return exit_status;
}

/* What stands where a command should: --help and the like. */
static int run_without_command(int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : "";
    enum command_id command = argc > 2 ? command_find(argv[2]) : N_COMMANDS;

    if (strcmp(word, "help") == 0 && command < N_COMMANDS) {
        help_command(stdout, command);
        return finish_output(EXIT_FOUND);
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 ||
        strcmp(word, "help") == 0) {
        help_program(stdout);
        return finish_output(EXIT_FOUND);
    }
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
        puts("pilcrow " PACKAGE_VERSION);
        return finish_output(EXIT_FOUND);
    }
    if (argc > 1) {
        report("there is no command '%s'; 'pilcrow --help' lists them", word);
        return EXIT_USAGE;
    }
    help_program(stderr);
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    enum command_id command;

    clock_started();
    /* A closed pipe shows as an error of the write; see finish_output. */
    signal(SIGPIPE, SIG_IGN);
    command = argc > 1 ? command_find(argv[1]) : N_COMMANDS;
    if (command < N_COMMANDS)
        return run_command(command, argc - 1, argv + 1);
    return run_without_command(argc, argv);
}
