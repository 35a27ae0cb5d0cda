/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pilcrow search and pilcrow count: run a query, write what it finds. */
#include <config.h>

#include <stdint.h>
#include <string.h>

#include "src/cli/answer.h"
#include "src/cli/commands.h"
#include "src/cli/output.h"
#include "src/cli/report.h"
#include "src/cli/session.h"

/* The summary counts exactly up to so many paragraphs: more than a person will
 * read, and no more than some milliseconds of work. */
enum { SUMMARY_COUNT = 10000 };

/* One call of search or count. */
struct search {
    struct session session;
    struct buffer query;
    struct answer answer;
};

static void search_release(struct search *search)
{
    answer_release(&search->answer);
    buffer_release(&search->query);
    session_release(&search->session);
}

/* The arguments, parted by spaces, are the query. */
static enum status read_query(const struct settings *settings,
                              struct buffer *query, struct failure *failure)
{
    size_t i;

    if (settings->n_arguments == 0)
        return fail(failure, STATUS_USAGE,
                    "say what to search for; for example: pilcrow search "
                    "'\"extrabudgetary resources\"'");
    for (i = 0; i < settings->n_arguments; i++) {
        if (i > 0)
            buffer_append_byte(query, ' ');
        buffer_append_string(query, settings->arguments[i]);
    }
    return query->failed ? fail_memory(failure) : STATUS_OK;
}

/* Open, plan, run. Returns an exit status, NOT_FOUND included. */
static int search_run(const struct settings *settings,
                      const struct search_options *options,
                      struct search *search)
{
    struct failure failure = {0};
    enum status status = read_query(settings, &search->query, &failure);

    if (status == STATUS_OK)
        status = session_open(settings, &search->session, &failure);
    if (status == STATUS_OK)
        status = answer_find(&search->answer, &search->session,
                             buffer_bytes(&search->query), options, &failure);
    if (status != STATUS_OK)
        return report_query_failure(&failure, NULL, 0,
                                    buffer_bytes(&search->query));
    return search->answer.matches.n_paragraphs ? EXIT_FOUND : EXIT_NOT_FOUND;
}

/* "15 paragraphs in 5 documents, 2.1 ms", with what else is to be known. */
static void summary(const struct matches *matches, size_t offset)
{
    char paragraphs[COUNTED_SIZE], documents[COUNTED_SIZE];
    const char *at_least = matches->exact ? "" : "more than ";

    fflush(stdout);
    if (matches->n_paragraphs == 0) {
        fputs("nothing found", stderr);
    } else {
        if (matches->n_items)
            fprintf(stderr, "%zu to %zu of ", offset + 1,
                    offset + matches->n_items);
        fprintf(stderr, "%s%s in %s%s", at_least,
                counted(matches->n_paragraphs, "paragraph", paragraphs),
                at_least, counted(matches->n_documents, "document", documents));
    }
    fprintf(stderr, ", %.1f ms\n", seconds_since_start() * 1e3);
}

static enum status write_matches(struct search *search,
                                 const struct settings *settings,
                                 struct failure *failure)
{
    struct output output;
    enum status status;

    output_init(&output, settings, stdout);
    status = answer_write(&search->answer, &search->session,
                          settings->offset + 1, &output, failure);
    output_release(&output);
    return status;
}

int command_search(const struct settings *settings)
{
    bool talk = !settings->quiet && strcmp(settings->format, "text") == 0;
    struct search_options options = {
        .offset = settings->offset,
        .limit = settings->limit,
        .count = settings->limit == 0 ? SIZE_MAX
                 : talk               ? SUMMARY_COUNT
                                      : 0,
    };
    struct search search = {.query = BUFFER_EMPTY};
    struct failure failure = {0};
    int exit_status = search_run(settings, &options, &search);

    if (exit_status <= EXIT_NOT_FOUND) {
        if (write_matches(&search, settings, &failure) != STATUS_OK)
            exit_status = report_failure(&failure);
        else if (talk || settings->limit == 0)
            summary(&search.answer.matches, settings->offset);
    }
    search_release(&search);
    return finish_output(exit_status);
}

int command_count(const struct settings *settings)
{
    struct search_options options = {.count = SIZE_MAX};
    struct search search = {.query = BUFFER_EMPTY};
    int exit_status = search_run(settings, &options, &search);

    if (exit_status <= EXIT_NOT_FOUND) {
        printf("%zu\n", search.answer.matches.n_paragraphs);
        if (!settings->quiet)
            summary(&search.answer.matches, 0);
    }
    search_release(&search);
    return finish_output(exit_status);
}
