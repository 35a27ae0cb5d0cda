/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pilcrow search and pilcrow count: run a query, write what it finds. */
#include <config.h>

#include "src/cli/advice.h"
#include "src/cli/answer.h"
#include "src/cli/commands.h"
#include "src/cli/explain.h"
#include "src/cli/output.h"
#include "src/cli/report.h"
#include "src/cli/session.h"
#include "src/query/syntax.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* The summary counts exactly up to so many paragraphs: more than a person will
 * read, and no more than some milliseconds of work. */
enum { SUMMARY_COUNT = 10000 };

/* One call of search or count. */
struct search {
    struct answer_options options;
    struct session session;
    struct buffer query;
    struct answer answer;
    struct output output;
};

static void search_release(struct search *search)
{
    output_release(&search->output);
    answer_release(&search->answer);
    buffer_release(&search->query);
    session_release(&search->session);
}

/* What the file PATH ("-": standard input) holds, as far as a query may go and
 * a little further, so that it is refused. */
static enum status read_query_file(const char *path, struct buffer *query,
                                   struct failure *failure)
{
    FILE *stream = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
    int error_number;

    if (!stream)
        return fail_errno(failure, STATUS_IO, errno, "cannot open '%s'", path);
    errno = 0;
    if (buffer_reserve(query, QUERY_MAX_BYTES + 1))
        query->length = fread(query->data, 1, QUERY_MAX_BYTES + 1, stream);
    error_number = ferror(stream) ? errno : 0;
    if (stream != stdin)
        fclose(stream);
    if (error_number)
        return fail_errno(failure, STATUS_IO, error_number, "cannot read '%s'",
                          path);
    return query->failed ? fail_memory(failure) : STATUS_OK;
}

/* The query is in a file, or the arguments, parted by spaces. */
static enum status read_query(const struct settings *settings,
                              struct buffer *query, struct failure *failure)
{
    size_t i;

    if (settings->query_file)
        return settings->n_arguments
                   ? fail(failure, STATUS_USAGE,
                          "the query is in '%s'; leave out '%s'",
                          settings->query_file, settings->arguments[0])
                   : read_query_file(settings->query_file, query, failure);
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

/* Write how the query was understood. */
static enum status explain_query(struct search *search, bool json,
                                 struct failure *failure)
{
    struct buffer text = BUFFER_EMPTY;
    struct syntax *tree = NULL;
    enum status status = answer_plan(&search->answer, &search->session,
                                     buffer_bytes(&search->query),
                                     &search->options, &tree, failure);

    if (status == STATUS_OK)
        status = explain(tree, &search->answer.plan, &search->options.plan,
                         &search->session, json, &text, failure);
    if (status == STATUS_OK)
        fwrite(text.data, 1, text.length, stdout);
    syntax_free(tree);
    buffer_release(&text);
    return status;
}

/* Write what was found, or how much. */
static enum status write_found(struct search *search,
                               const struct settings *settings,
                               struct failure *failure)
{
    struct output *output = &search->output;

    output->reader = search->session.reader;
    if (!settings->count)
        return answer_write(&search->answer, &search->session, &search->options,
                            output, failure);
    return output_count(output, &search->answer.matches, failure);
}

/* Make all ready. With --partial the results are gathered before they are
 * written, so that a server may go until the last of them is there. */
static enum status search_open(struct search *search,
                               const struct settings *settings,
                               struct failure *failure)
{
    enum status status = output_init(
        &search->output, settings, settings->partial ? NULL : stdout, failure);

    if (status == STATUS_OK)
        status = read_query(settings, &search->query, failure);
    return status == STATUS_OK
               ? session_open(settings, &search->session, failure)
               : status;
}

/* Plan, run, write. */
static enum status search_run(struct search *search,
                              const struct settings *settings,
                              struct failure *failure)
{
    enum status status;

    buffer_clear(&search->output.text);
    search->output.n_results = 0;
    if (settings->explain)
        return explain_query(search, strcmp(settings->format, "jsonl") == 0,
                             failure);
    status =
        answer_find(&search->answer, &search->session,
                    buffer_bytes(&search->query), &search->options, failure);
    return status == STATUS_OK ? write_found(search, settings, failure)
                               : status;
}

/* "15 paragraphs in 5 documents, 2.1 ms", with what else is to be known. */
static void summary(const struct search *search)
{
    const struct matches *matches = &search->answer.matches;
    size_t offset = search->options.search.offset;
    char paragraphs[COUNTED_SIZE], documents[COUNTED_SIZE];
    const char *at_least = matches->exact ? "" : "more than ";
    /* A document that is in several files counts for each of them, but is named
     * once; where all were named, it is known how many there are. */
    bool is_end = search->options.unit == UNIT_DOCUMENT &&
                  search->answer.n_written &&
                  search->answer.n_written < search->options.search.limit;

    counted(matches->n_paragraphs, "paragraph", paragraphs);
    counted(is_end ? offset + search->answer.n_written : matches->n_documents,
            "document", documents);
    fflush(stdout);
    if (search->answer.n_written)
        fprintf(stderr, "%zu to %zu of ", offset + 1,
                offset + search->answer.n_written);
    if (matches->n_paragraphs == 0)
        fputs("nothing found", stderr);
    else if (search->options.unit == UNIT_DOCUMENT)
        fprintf(stderr, "%s%s with %s%s", is_end ? "" : at_least, documents,
                at_least, paragraphs);
    else
        fprintf(stderr, "%s%s in %s%s", at_least, paragraphs, at_least,
                documents);
    fprintf(stderr, ", %.1f ms\n", seconds_since_start() * 1e3);
}

/* What is said about the results. */
static enum status talk_about(struct search *search, bool advises,
                              struct failure *failure)
{
    summary(search);
    return advises ? give_advice(&search->answer, &search->session,
                                 buffer_bytes(&search->query), &search->options,
                                 failure)
                   : STATUS_OK;
}

static int run(const struct settings *settings)
{
    bool talk = !settings->quiet && strcmp(settings->format, "text") == 0;
    bool counts = settings->count || settings->limit == 0;
    struct search search = {.query = BUFFER_EMPTY};
    struct failure failure = {0};
    enum status status;
    int attempt = 0, exit_status;

    status = answer_options_init(&search.options, settings,
                                 counts ? SIZE_MAX
                                 : talk ? SUMMARY_COUNT
                                        : 0,
                                 &failure);
    if (status == STATUS_OK)
        status = search_open(&search, settings, &failure);
    while (status == STATUS_OK) {
        status = search_run(&search, settings, &failure);
        if (!session_try_again(&search.session, status, ++attempt))
            break;
        status = STATUS_OK;
    }
    if (status == STATUS_OK) {
        session_report_missing(&search.session);
        fwrite(search.output.text.data, 1, search.output.text.length, stdout);
        if (!settings->explain &&
            (talk || (settings->limit == 0 && !settings->quiet)))
            status = talk_about(&search, talk, &failure);
    }
    exit_status = status != STATUS_OK
                      ? report_query_failure(&failure, NULL, 0,
                                             buffer_bytes(&search.query))
                  : settings->explain || search.answer.matches.n_paragraphs
                      ? EXIT_FOUND
                      : EXIT_NOT_FOUND;
    search_release(&search);
    return finish_output(exit_status);
}

int command_search(const struct settings *settings)
{
    return run(settings);
}

int command_count(const struct settings *settings)
{
    struct settings counting = *settings;

    counting.count = true;
    return run(&counting);
}
