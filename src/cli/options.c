/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of options, and the parser that it drives. */
#include <config.h>

#include "src/cli/options.h"

#include "base/buffer.h"

#include <errno.h>
#include <getopt.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MEMBER(name) offsetof(struct settings, name)

static const struct command commands[N_COMMANDS] = {
    [COMMAND_INDEX] = {"index", "PATH...",
                       "Read documents and put their paragraphs into an index"},
    [COMMAND_REMOVE] = {"remove", "DOCUMENT...",
                        "Take documents out of an index"},
    [COMMAND_SEARCH] = {"search", "QUERY...",
                        "Show the paragraphs that match a query, best first"},
    [COMMAND_COUNT] = {"count", "QUERY...",
                       "Count the paragraphs that match a query"},
    [COMMAND_BATCH] = {"batch", "[FILE]",
                       "Run the queries of a file, one a line, on all cores"},
    [COMMAND_SHOW] = {"show", "ADDRESS...",
                      "Show a paragraph, or a whole document, by its address"},
    [COMMAND_READ] = {"read", "PATH...",
                      "Show the paragraphs of documents, without an index"},
    [COMMAND_INFO] = {"info", "",
                      "Tell what an index holds, and what this "
                      "program is made of"},
    [COMMAND_COMPACT] = {"compact", "",
                         "Make an index small and quick: merge its segments"},
    [COMMAND_CHECK] = {"check", "", "Look over an index for damage"},
    [COMMAND_REPAIR] = {"repair", "",
                        "Write an index anew from the paragraphs it holds"},
};

enum {
    INDEX = 1 << COMMAND_INDEX,
    REMOVE = 1 << COMMAND_REMOVE,
    SEARCH = 1 << COMMAND_SEARCH,
    COUNT = 1 << COMMAND_COUNT,
    BATCH = 1 << COMMAND_BATCH,
    SHOW = 1 << COMMAND_SHOW,
    READ = 1 << COMMAND_READ,
    INFO = 1 << COMMAND_INFO,
    COMPACT = 1 << COMMAND_COMPACT,
    CHECK = 1 << COMMAND_CHECK,
    REPAIR = 1 << COMMAND_REPAIR,
    ALL = (1 << N_COMMANDS) - 1,
};

static const struct option_row table[] = {
    {"database", 'd', INDEX | REMOVE | COMPACT | CHECK | REPAIR, OPTION_LIST,
     MEMBER(databases), "DIR", NULL,
     "The index. Without it, $PILCROW_DATABASE, else "
     "$XDG_DATA_HOME/pilcrow/default."},
    {"database", 'd', SEARCH | COUNT | BATCH | SHOW | INFO, OPTION_LIST,
     MEMBER(databases), "DIR", NULL,
     "The index. Without it, $PILCROW_DATABASE, else "
     "$XDG_DATA_HOME/pilcrow/default. To read several as one, give the option "
     "several times; each may be a Xapian stub file, or an index that "
     "xapian-tcpsrv serves, tcp:HOST:PORT, as well: see pilcrow-sharding(7)."},
    {"partial", 0, SEARCH | COUNT | SHOW | BATCH, OPTION_FLAG, MEMBER(partial),
     NULL, NULL,
     "Do without the remote indexes that do not answer, and say which they "
     "are, instead of failing; at least one index must answer."},
    {"timeout", 0, SEARCH | COUNT | SHOW | BATCH | INFO, OPTION_NUMBER,
     MEMBER(timeout), "SECONDS", NULL,
     "Wait at most so long for a connection to a remote index and for each of "
     "its answers; 30 unless told otherwise."},
    {"language", 0, INDEX | READ, OPTION_TEXT, MEMBER(language), "CODE", NULL,
     "The language of documents that do not name theirs, by its ISO 639-1 "
     "code. Without it the language is detected, and en where that cannot be "
     "told. It decides how words are stemmed."},
    {"memory", 0, INDEX, OPTION_NUMBER, MEMBER(memory), "MIB", NULL,
     "Keep at most about so many mebibytes of words in memory before they are "
     "written; a quarter of the machine's memory, at most 1024, unless told "
     "otherwise. More make fewer segments."},
    {"portable", 0, INDEX | REPAIR, OPTION_FLAG, MEMBER(portable), NULL, NULL,
     "Keep the places of words in the way of Xapian, so that its own clients "
     "and "
     "servers find phrases, too. The index becomes about twice as large."},
    {"force", 0, INDEX, OPTION_FLAG, MEMBER(force), NULL, NULL,
     "Read all files again, also those that have not changed."},
    {"retry-failed", 0, INDEX, OPTION_FLAG, MEMBER(retry_failed), NULL, NULL,
     "Read files again that could not be read before, or not whole, though "
     "they "
     "have not changed."},
    {"no-delete", 0, INDEX, OPTION_FLAG, MEMBER(no_delete), NULL, NULL,
     "Keep what the index holds of files that are not in their folder any "
     "more."},
    {"rebuild", 0, INDEX, OPTION_FLAG, MEMBER(rebuild), NULL, NULL,
     "Index everything anew: in the end the index holds what this run read and "
     "nothing else. Until then it stays as it was."},
    {"dry-run", 0, INDEX | REMOVE, OPTION_FLAG, MEMBER(dry_run), NULL, NULL,
     "Write nothing, and say on standard output what would be done: a line a "
     "file, with a word and a tab before its path."},
    {"wait", 0, INDEX | REMOVE | COMPACT | REPAIR, OPTION_NUMBER, MEMBER(wait),
     "SECONDS", NULL,
     "If another program writes to the index, wait so long for its end before "
     "giving up."},
    {"quiet", 'q',
     INDEX | REMOVE | COMPACT | CHECK | REPAIR | SEARCH | COUNT | BATCH,
     OPTION_FLAG, MEMBER(quiet), NULL, NULL,
     "Leave out progress and summary; errors are still told."},
    {"threads", 'j', INDEX | BATCH, OPTION_NUMBER, MEMBER(threads), "N", NULL,
     "Work on N cores instead of all; 0 stands for all."},
    {"limit", 'n', SEARCH, OPTION_NUMBER, MEMBER(limit), "N", NULL,
     "Give at most N results; 10 unless told otherwise, 0 for only the "
     "summary."},
    {"limit", 'n', BATCH, OPTION_NUMBER, MEMBER(limit), "N", NULL,
     "Give at most N results of each query; 10 unless told otherwise."},
    {"count", 'c', SEARCH, OPTION_FLAG, MEMBER(count), NULL, NULL,
     "Instead of results, give the number of paragraphs, as count does, or of "
     "documents with -l."},
    {"count", 'c', BATCH, OPTION_FLAG, MEMBER(count), NULL, NULL,
     "Instead of results, say in how many paragraphs and documents each query "
     "is found."},
    {"documents", 'l', SEARCH | BATCH, OPTION_FLAG, MEMBER(documents), NULL,
     NULL,
     "Give one result for each document, its best paragraph; in text, only "
     "the name of the document, which show understands."},
    {"offset", 0, SEARCH | BATCH, OPTION_NUMBER, MEMBER(offset), "N", NULL,
     "Leave out the first N results."},
    {"collapse", 0, SEARCH | BATCH, OPTION_FLAG, MEMBER(collapse), NULL, NULL,
     "Give paragraphs with the same words (the number of an item aside) once, "
     "and say how many others there are that match, and where."},
    {"ranking", 0, SEARCH | BATCH, OPTION_TEXT, MEMBER(ranking),
     "NAME=VALUE,...", NULL,
     "Rank with other numbers than the usual, for experiments; "
     "doc/ranking.md has their names and what they do."},
    {"expand", 0, SEARCH | BATCH, OPTION_FLAG, MEMBER(expand), NULL, NULL,
     "Look into the best paragraphs that the query finds, and search again "
     "with the words added that tell these from others. Where the query is "
     "words side by side, of which any may match, this also finds paragraphs "
     "with only the added words; any other query finds what it finds without, "
     "in another order."},
    {"sort", 0, SEARCH | BATCH, OPTION_CHOICE, MEMBER(sort), "ORDER",
     "score date document",
     "The order of results: by score, the best first, unless told otherwise; "
     "by "
     "date, the newest first and those without date last; or as the documents "
     "were indexed."},
    {"reverse", 'r', SEARCH | BATCH, OPTION_FLAG, MEMBER(reverse), NULL, NULL,
     "Turn the order of --sort=date or --sort=document round."},
    {"all", 'a', SEARCH | COUNT | BATCH, OPTION_FLAG, MEMBER(all), NULL, NULL,
     "Of words side by side all must match, as if AND stood between them."},
    {"any", 0, SEARCH | COUNT | BATCH, OPTION_CLEAR, MEMBER(all), NULL, NULL,
     "Of words side by side any may match, and the more the better; unless "
     "told otherwise."},
    {"phrase", 'p', SEARCH | COUNT | BATCH, OPTION_FLAG, MEMBER(phrase), NULL,
     NULL,
     "The words of a query are a phrase, as if they stood between quotation "
     "marks, which shells take away."},
    {"query-file", 0, SEARCH | COUNT, OPTION_TEXT, MEMBER(query_file), "FILE",
     NULL, "Read the query from FILE, or from standard input if it is -."},
    {"context", 'C', SEARCH, OPTION_NUMBER, MEMBER(context), "N", NULL,
     "Show N paragraphs before and after each result, too; they have no rank."},
    {"explain", 0, SEARCH | COUNT, OPTION_FLAG, MEMBER(explain), NULL, NULL,
     "Instead of searching, tell how the query was understood: how it was "
     "read, what its words stand for in the index, and what the index is "
     "asked, with frequencies and weights; with --format=jsonl as a JSON "
     "object."},
    {"context", 'C', SHOW, OPTION_NUMBER, MEMBER(context), "N", NULL,
     "Show N paragraphs before and after it, too."},
    {"format", 'f', SEARCH, OPTION_CHOICE, MEMBER(format), "FORMAT",
     "text jsonl tsv trec",
     "How to write the results: text (for reading), jsonl (a JSON object a "
     "line), tsv (a line of columns parted by tabs) or trec (a run, for "
     "trec_eval)."},
    {"format", 'f', BATCH, OPTION_CHOICE, MEMBER(format), "FORMAT",
     "tsv jsonl trec",
     "How to write the results: tsv (a line of columns parted by tabs, the id "
     "of the query first; unless told otherwise), jsonl (a JSON object a line) "
     "or trec (a run, for trec_eval)."},
    {"format", 'f', COUNT, OPTION_CHOICE, MEMBER(format), "FORMAT",
     "text jsonl tsv",
     "How to write the count: text (the number of paragraphs), jsonl (a JSON "
     "object) or tsv (paragraphs and documents, parted by a tab)."},
    {"format", 'f', SHOW | READ | INFO, OPTION_CHOICE, MEMBER(format), "FORMAT",
     "text jsonl tsv",
     "How to write the results: text (for reading), jsonl (a JSON object a "
     "line) or tsv (a line of columns parted by tabs)."},
    {"snippet", 0, SEARCH | BATCH, OPTION_NUMBER, MEMBER(snippet), "N", NULL,
     "Of a paragraph of more than N characters, 800 unless told otherwise, "
     "show "
     "the N around its best matches; 0: all of it. In jsonl this is a member "
     "of "
     "its own, and text is always whole."},
    {"full", 0, SEARCH, OPTION_FLAG, MEMBER(full), NULL, NULL,
     "Show paragraphs whole, however long: the same as --snippet=0."},
    {"fields", 0, SEARCH | BATCH | SHOW | READ, OPTION_TEXT, MEMBER(fields),
     "LIST", NULL,
     "The members of jsonl or columns of tsv to write, parted by commas, in "
     "the order given. There are format, query, query_text, rank, score, "
     "document, title, heading, date, path, label, address, kind, language, "
     "text, matches, snippet, source, source_matches, page, around, n_copies, "
     "copies. Without --format it is tsv that is written."},
    {"null", '0', SEARCH | BATCH | SHOW | READ, OPTION_FLAG, MEMBER(null), NULL,
     NULL,
     "End each result with a NUL instead of a line end, for xargs -0. A "
     "single field, and the name of a document, is then written as it is."},
    {"color", 0, SEARCH | SHOW | READ, OPTION_CHOICE, MEMBER(color), "WHEN",
     "auto always never",
     "Whether to mark matches in colour: auto (on a terminal, unless NO_COLOR "
     "is set), always or never."},
    {"width", 0, SEARCH | SHOW | READ, OPTION_NUMBER, MEMBER(width), "COLUMNS",
     NULL, "Wrap text at so many columns instead of the terminal's width."},
    {"help", 'h', ALL, OPTION_FLAG, MEMBER(help), NULL, NULL,
     "Say what the command does, and its options."},
    {"version", 'V', ALL, OPTION_FLAG, MEMBER(version), NULL, NULL,
     "Say which version this is."},
    {NULL, 0, 0, OPTION_FLAG, 0, NULL, NULL, NULL},
};

enum {
    N_OPTIONS = sizeof table / sizeof table[0] - 1,
    /* getopt_long returns this plus the row's number. */
    FIRST_CODE = 256,
};

const struct command *commands_table(void)
{
    return commands;
}

const struct option_row *options_table(void)
{
    return table;
}

bool option_belongs(const struct option_row *row, enum command_id command)
{
    return row->commands >> command & 1;
}

enum command_id command_find(const char *name)
{
    unsigned id;

    for (id = 0; id < N_COMMANDS; id++)
        if (strcmp(commands[id].name, name) == 0)
            break;
    return (enum command_id)id;
}

static enum status parse_number(const struct option_row *row,
                                const char *argument, size_t *number,
                                struct failure *failure)
{
    char *end;
    unsigned long long value;

    errno = 0;
    value = strtoull(argument, &end, 10);
    if (argument[0] < '0' || argument[0] > '9' || *end != '\0' || errno ||
        value > SIZE_MAX)
        return fail(failure, STATUS_USAGE, "--%s takes a number, not '%s'",
                    row->name, argument);
    *number = (size_t)value;
    return STATUS_OK;
}

static bool is_choice(const char *choices, const char *argument)
{
    size_t length = strlen(argument);
    const char *at = choices;

    while (length > 0 && (at = strstr(at, argument))) {
        if ((at == choices || at[-1] == ' ') &&
            (at[length] == ' ' || at[length] == '\0'))
            return true;
        at += length;
    }
    return false;
}

static enum status add_database(struct settings *settings, const char *argument,
                                struct failure *failure)
{
    if (!array_grow(&settings->databases, &settings->databases_capacity,
                    settings->n_databases + 1, sizeof(const char *)))
        return fail_memory(failure);
    settings->databases[settings->n_databases++] = argument;
    return STATUS_OK;
}

static enum status apply(const struct option_row *row, const char *argument,
                         struct settings *settings, struct failure *failure)
{
    void *member = (char *)settings + row->member;

    switch (row->kind) {
    case OPTION_FLAG: *(bool *)member = true; return STATUS_OK;
    case OPTION_CLEAR: *(bool *)member = false; return STATUS_OK;
    case OPTION_NUMBER: return parse_number(row, argument, member, failure);
    case OPTION_LIST: return add_database(settings, argument, failure);
    case OPTION_CHOICE:
        if (!is_choice(row->choices, argument))
            return fail(failure, STATUS_USAGE,
                        "--%s takes one of '%s', not '%s'", row->name,
                        row->choices, argument);
        *(const char **)member = argument;
        return STATUS_OK;
    case OPTION_TEXT: *(const char **)member = argument; return STATUS_OK;
    }
    return STATUS_OK;
}

/* getopt's own forms of the rows that belong to COMMAND. */
static void getopt_tables(enum command_id command, struct option *longs,
                          char *shorts)
{
    const struct option_row *row;

    *shorts++ = ':'; /* tell a missing argument from an unknown option */
    for (row = table; row->name; row++) {
        if (!option_belongs(row, command))
            continue;
        *longs++ = (struct option){
            row->name, row->argument ? required_argument : no_argument, NULL,
            FIRST_CODE + (int)(row - table)};
        if (row->letter) {
            *shorts++ = row->letter;
            if (row->argument)
                *shorts++ = ':';
        }
    }
    *longs = (struct option){NULL, 0, NULL, 0};
    *shorts = '\0';
}

/* The row of COMMAND that getopt_long's CODE stands for; NULL for '?' and ':'.
 */
static const struct option_row *row_of_code(enum command_id command, int code)
{
    const struct option_row *row;

    if (code >= FIRST_CODE)
        return &table[code - FIRST_CODE];
    for (row = table; row->name; row++)
        if (row->letter && row->letter == code && option_belongs(row, command))
            return row;
    return NULL;
}

/* What was wrong with the option that getopt_long just refused. */
static enum status refuse(int code, enum command_id command, char **argv,
                          struct failure *failure)
{
    const char *typed = argv[optind > 1 ? optind - 1 : 1];
    bool takes_query = (SEARCH | COUNT) >> command & 1;

    if (code == ':')
        return fail(failure, STATUS_USAGE, "%s needs an argument", typed);
    if (optopt > 0 && optopt < FIRST_CODE)
        return fail(failure, STATUS_USAGE, "there is no option -%c%s", optopt,
                    takes_query ? "; to search for a word that begins with "
                                  "'-', put '--' before the query"
                                : "");
    if (optopt >= FIRST_CODE)
        return fail(failure, STATUS_USAGE, "%s takes no argument", typed);
    return fail(failure, STATUS_USAGE, "there is no option %s", typed);
}

enum status options_parse(int argc, char **argv, enum command_id command,
                          struct settings *settings, struct failure *failure)
{
    struct option longs[N_OPTIONS + 1];
    char shorts[2 * N_OPTIONS + 2];
    enum status status = STATUS_OK;
    int code;

    *settings = (struct settings){
        .limit = 10, .snippet = 800, .color = "auto", .sort = "score"};
    getopt_tables(command, longs, shorts);
    optind = 0; /* begin anew, also in the GNU order of arguments */
    opterr = 0;
    while (status == STATUS_OK &&
           (code = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        const struct option_row *row = row_of_code(command, code);

        if (row)
            status = apply(row, optarg, settings, failure);
        else
            status = refuse(code, command, argv, failure);
    }
    if (!settings->format)
        settings->format =
            settings->fields || command == COMMAND_BATCH ? "tsv" : "text";
    settings->arguments = argv + optind;
    settings->n_arguments = (size_t)(argc - optind);
    return status;
}

void settings_release(struct settings *settings)
{
    free(settings->databases);
    *settings = (struct settings){0};
}
