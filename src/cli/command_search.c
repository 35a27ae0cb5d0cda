/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pilcrow search and pilcrow count: run a query, write what it finds. */
#include <config.h>

#include <stdint.h>
#include <string.h>

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
    struct plan plan;
    struct matches matches;
};

static void search_release(struct search *search)
{
    matches_release(&search->matches);
    plan_release(&search->plan);
    buffer_release(&search->query);
    session_release(&search->session);
}

/* Open, plan, run. Returns an exit status, NOT_FOUND included. */
static int search_run(const struct settings *settings,
                      const struct search_options *options,
                      struct search *search)
{
    struct failure failure = {0};
    enum status status;
    int exit_status;

    if (settings->n_arguments == 0) {
        report("say what to search for; for example: pilcrow search "
               "'\"extrabudgetary resources\"'");
        return EXIT_USAGE;
    }
    status = session_open(settings, &search->session, &failure);
    if (status != STATUS_OK)
        return report_failure(&failure);
    exit_status =
        session_plan(&search->session, settings, &search->query, &search->plan);
    if (exit_status != EXIT_FOUND)
        return exit_status;
    status = reader_search(search->session.reader, search->plan.query, options,
                           &search->matches, &failure);
    if (status != STATUS_OK)
        return report_failure(&failure);
    return search->matches.n_paragraphs ? EXIT_FOUND : EXIT_NOT_FOUND;
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

static enum status write_match(struct search *search, struct output *output,
                               struct spans *spans, size_t rank,
                               const struct match *match,
                               struct failure *failure)
{
    struct session *session = &search->session;
    struct paragraph paragraph;
    struct result result = {.rank = rank,
                            .score = match->score,
                            .paragraph = &paragraph,
                            .matches = spans};
    enum status status =
        reader_paragraph(session->reader, match->id, &paragraph, failure);

    if (status == STATUS_OK)
        status =
            spans_find(&search->plan, paragraph.text.data,
                       paragraph.text.length, paragraph.language,
                       session->analyzer, session->lexicon, spans, failure);
    return status == STATUS_OK ? output_result(output, &result, failure)
                               : status;
}

/* All the matches, until the reader of our output goes away. */
static enum status write_matches(struct search *search,
                                 const struct settings *settings,
                                 struct failure *failure)
{
    struct spans spans = {0};
    struct output output;
    enum status status = STATUS_OK;
    size_t i;

    output_init(&output, settings);
    for (i = 0;
         i < search->matches.n_items && status == STATUS_OK && !output_ended();
         i++)
        status = write_match(search, &output, &spans, settings->offset + i + 1,
                             &search->matches.items[i], failure);
    output_release(&output);
    spans_release(&spans);
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
            summary(&search.matches, settings->offset);
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
        printf("%zu\n", search.matches.n_paragraphs);
        if (!settings->quiet)
            summary(&search.matches, 0);
    }
    search_release(&search);
    return finish_output(exit_status);
}
