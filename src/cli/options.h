/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line: every command and every option is declared once, in the
 * tables of options.c. Parsing, --help, the option lists of the manual pages
 * and the shell completions all derive from them. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

/* What the options of one call say; see options_parse for the defaults. */
struct settings {
    const char **databases; /* -d, in the order given; owned */
    size_t n_databases, databases_capacity;
    const char *language;
    const char *format;
    const char *color;
    size_t limit;
    size_t offset;
    size_t context; /* paragraphs */
    size_t width;   /* columns; 0: ask the terminal */
    size_t snippet; /* characters of a long paragraph; 0: all */
    size_t memory;  /* MiB; 0: as the index likes */
    size_t timeout; /* seconds; 0: as the index likes */
    bool partial;
    bool portable;
    size_t wait; /* seconds for the lock */
    bool rebuild;
    bool force;
    bool no_delete;
    bool retry_failed;
    bool dry_run;
    size_t threads; /* 0: as many as there are cores */
    const char *sort;
    const char *fields;     /* NULL: those of the format */
    bool explain;           /* do not search, tell what would be */
    const char *query_file; /* NULL: the query is on the command line */
    bool reverse;
    bool count;
    bool documents;
    bool collapse;
    bool phrase;
    bool full;
    const char *ranking; /* NULL: the defaults */
    bool expand;
    bool all;
    bool null; /* records end in NUL */
    bool quiet;
    bool help;
    bool version;
    char **arguments; /* what is left of argv, in order; borrowed */
    size_t n_arguments;
};

/* The commands, in the order of commands_table. */
enum command_id {
    COMMAND_INDEX,
    COMMAND_REMOVE,
    COMMAND_SEARCH,
    COMMAND_COUNT,
    COMMAND_BATCH,
    COMMAND_SHOW,
    COMMAND_READ,
    COMMAND_INFO,
    COMMAND_COMPACT,
    COMMAND_CHECK,
    COMMAND_REPAIR,
    N_COMMANDS,
};

struct command {
    const char *name;
    const char *arguments; /* for the usage line */
    const char *summary;   /* one line, no full stop */
};

enum option_kind {
    OPTION_FLAG,   /* bool, true from then on */
    OPTION_CLEAR,  /* bool, false from then on */
    OPTION_NUMBER, /* size_t */
    OPTION_TEXT,   /* const char * */
    OPTION_CHOICE, /* const char *, one of .choices */
    OPTION_LIST,   /* the databases: each use appends */
};

struct option_row {
    const char *name;  /* without "--"; several rows may share it */
    char letter;       /* 0: none */
    unsigned commands; /* bits: 1 << enum command_id */
    enum option_kind kind;
    size_t member;        /* offset in struct settings */
    const char *argument; /* name of its argument, NULL for a flag */
    const char *choices;  /* CHOICE: "text jsonl tsv" */
    const char *help;     /* a sentence or two, for --help and the manual */
};

/* The N_COMMANDS commands, and the options, ended by one whose name is
 * NULL. Static. */
const struct command *commands_table(void);
const struct option_row *options_table(void);

/* Whether the option of ROW is one of COMMAND's. */
bool option_belongs(const struct option_row *row, enum command_id command);

/* The command called NAME; N_COMMANDS if there is none. */
enum command_id command_find(const char *name);

/* Parse ARGV[1…] for COMMAND, ARGV[0] being its name. *SETTINGS is filled for
 * the caller to release, also on failure. STATUS_USAGE with a message that
 * says what to type; STATUS_MEMORY. */
enum status options_parse(int argc, char **argv, enum command_id command,
                          struct settings *settings, struct failure *failure);
void settings_release(struct settings *settings);

#endif
