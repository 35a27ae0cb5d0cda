/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where only the first paragraph of each document or wording is wanted, matches
 * are looked through in pages, the first twice as long as what is wanted and
 * each other twice as long as the one before, until there are enough: what is
 * held follows what is looked through, and the search is run few times. */
#include <config.h>

#include "src/cli/answer.h"

#include "src/cli/context.h"
#include "src/cli/report.h"
#include "src/document/structure.h"
#include "src/query/syntax.h"

#include <string.h>

/* The matches of the first page, at least. */
enum { FIRST_PAGE = 50 };

/* How many matches are looked through first, where OPTIONS leave some out. */
static size_t looked_through(const struct search_options *options)
{
    size_t n = options->limit;

    if (n < SIZE_MAX - options->offset)
        n += options->offset;
    if (n < SIZE_MAX / 2)
        n *= 2;
    return n < FIRST_PAGE ? FIRST_PAGE : n;
}

enum status answer_options_init(struct answer_options *options,
                                const struct settings *settings, size_t count,
                                struct failure *failure)
{
    *options = (struct answer_options){
        .search = {.reverse = settings->reverse,
                   .offset = settings->offset,
                   .limit = settings->count ? 0 : settings->limit,
                   .count = count,
                   .documents = settings->documents},
        .unit = settings->documents  ? UNIT_DOCUMENT
                : settings->collapse ? UNIT_WORDING
                                     : UNIT_PARAGRAPH,
        .context = settings->context,
        .plan = {.all = settings->all, .expand = settings->expand},
        .phrase = settings->phrase,
    };
    if (strcmp(settings->sort, "date") == 0)
        options->search.order = ORDER_DATE;
    if (strcmp(settings->sort, "document") == 0)
        options->search.order = ORDER_DOCUMENT;
    if (settings->reverse && options->search.order == ORDER_SCORE)
        return fail(failure, STATUS_USAGE,
                    "--reverse is for --sort=date and --sort=document");
    if (settings->documents && (settings->collapse || settings->context))
        return fail(failure, STATUS_USAGE,
                    "--documents gives no paragraphs, so that --collapse and "
                    "--context have none");
    return STATUS_OK;
}

/* QUERY between quotation marks, into *QUOTED. */
static enum status quote(struct answer *answer, struct bytes query,
                         struct bytes *quoted, struct failure *failure)
{
    if (query.length && memchr(query.data, '"', query.length))
        return fail(failure, STATUS_USAGE,
                    "--phrase takes words without quotation marks");
    buffer_clear(&answer->query);
    buffer_append_byte(&answer->query, '"');
    buffer_append(&answer->query, query.data, query.length);
    buffer_append_byte(&answer->query, '"');
    *quoted = buffer_bytes(&answer->query);
    return answer->query.failed ? fail_memory(failure) : STATUS_OK;
}

enum status answer_plan(struct answer *answer, struct session *session,
                        struct bytes query,
                        const struct answer_options *options,
                        struct syntax **kept, struct failure *failure)
{
    struct syntax *tree = NULL;
    enum status status = STATUS_OK;

    if (options->phrase)
        status = quote(answer, query, &query, failure);
    if (status == STATUS_OK)
        status = syntax_parse(query.data, query.length, &tree, failure);
    if (status == STATUS_OK)
        status =
            plan_make(tree, &options->plan, session->reader, session->analyzer,
                      session->lexicon, &answer->plan, failure);
    if (status == STATUS_OK && kept) {
        *kept = tree;
        tree = NULL;
    }
    syntax_free(tree);
    /* The column is that of what was asked. */
    if (status != STATUS_OK && options->phrase && failure->column > 1)
        failure->column--;
    return status;
}

/* Find what OPTIONS ask for of the plan. */
static enum status run(const struct answer *answer, struct session *session,
                       const struct search_options *options,
                       struct matches *matches, struct failure *failure)
{
    const struct ranked *ranked = &answer->plan.ranked;
    struct search_options search = *options;

    search.words = ranked->items;
    search.n_words = ranked->n_items;
    return reader_search(session->reader, answer->plan.query, &search, matches,
                         failure);
}

enum status answer_find(struct answer *answer, struct session *session,
                        struct bytes query,
                        const struct answer_options *options,
                        struct failure *failure)
{
    struct search_options search = options->search;
    enum status status;

    marker_free(answer->marker);
    answer->marker = NULL;
    plan_release(&answer->plan);
    matches_release(&answer->matches);
    distinct_clear(&answer->units);
    distinct_clear(&answer->documents);
    copies_clear(&answer->copies);
    answer->n_written = 0;
    if (options->unit != UNIT_PARAGRAPH && search.limit > 0) {
        search.limit = looked_through(&search);
        search.offset = 0;
    }
    status = answer_plan(answer, session, query, options, NULL, failure);
    if (status == STATUS_OK)
        status = run(answer, session, &search, &answer->matches, failure);
    return status;
}

/* Where the query stands in the paragraph of RESULT, as far as OUTPUT has a use
 * for it. */
static enum status mark(struct answer *answer, struct session *session,
                        const struct output *output, struct result *result,
                        struct failure *failure)
{
    const struct paragraph *paragraph = result->paragraph;
    enum status status = STATUS_OK;

    if (!output->matches)
        return STATUS_OK;
    /* It may match by what it is, but no word of it is found. */
    if (bytes_equal(paragraph->kind, bytes_of(KIND_FURNITURE))) {
        answer->spans.n_items = 0;
        result->matches = &answer->spans;
        return STATUS_OK;
    }
    if (!answer->marker)
        status = marker_new(answer->plan.core, &answer->marker, failure);
    if (status == STATUS_OK)
        status = spans_find(answer->marker, paragraph->text.data,
                            paragraph->text.length, paragraph->language,
                            session->analyzer, session->lexicon, &answer->spans,
                            failure);
    result->matches = &answer->spans;
    if (status != STATUS_OK || output->snippet == 0 ||
        !snippet_is_shorter(paragraph->text, output->snippet))
        return status;
    result->snippet = &answer->snippet;
    return snippet_make(paragraph->text, &answer->spans, output->snippet,
                        &answer->snippet, failure);
}

/* Whether PARAGRAPH is the first of its unit, whose FINGERPRINT is given. */
static enum status is_first(struct answer *answer, struct session *session,
                            const struct answer_options *options,
                            const struct paragraph *paragraph,
                            struct fingerprint *fingerprint, bool *first,
                            struct failure *failure)
{
    enum status status = STATUS_OK;

    *first = true;
    switch (options->unit) {
    case UNIT_PARAGRAPH: return STATUS_OK;
    case UNIT_DOCUMENT:
        *fingerprint = fingerprint_bytes(paragraph->document);
        break;
    case UNIT_WORDING:
        status = fingerprint_words(paragraph->text, session->analyzer,
                                   fingerprint, failure);
        break;
    }
    return status == STATUS_OK
               ? distinct_add(&answer->units, *fingerprint, first, failure)
               : status;
}

/* Write the paragraphs of CONTEXT from FIRST to before END. */
static enum status write_context(struct session *session,
                                 const struct context *context, size_t first,
                                 size_t end, size_t rank, struct output *output,
                                 struct failure *failure)
{
    enum status status = STATUS_OK;

    for (size_t i = first; i < end && status == STATUS_OK; i++) {
        struct paragraph paragraph;
        struct result result = {.paragraph = &paragraph, .around = rank};

        status = reader_paragraph(session->reader, context->ids[i], &paragraph,
                                  failure);
        if (status == STATUS_OK)
            status = output_result(output, &result, failure);
    }
    return status;
}

/* Write the paragraph of MATCH, which reader_paragraph gives. */
static enum status write_result(struct answer *answer, struct session *session,
                                const struct match *match,
                                struct result *result, struct output *output,
                                struct failure *failure)
{
    struct paragraph paragraph;
    enum status status =
        reader_paragraph(session->reader, match->id, &paragraph, failure);

    if (status == STATUS_OK) {
        result->paragraph = &paragraph;
        status = mark(answer, session, output, result, failure);
    }
    return status == STATUS_OK ? output_result(output, result, failure)
                               : status;
}

/* Whether the document of MATCH was not seen yet, as far as is known without
 * reading it; documents of several indexes may be the same. */
static enum status is_new(struct answer *answer, const struct match *match,
                          const struct answer_options *options, bool *new,
                          struct failure *failure)
{
    *new = true;
    if (options->unit != UNIT_DOCUMENT || match->document == 0)
        return STATUS_OK;
    return distinct_add(
        &answer->documents,
        fingerprint_bytes((struct bytes){(const char *)&match->document,
                                         sizeof match->document}),
        new, failure);
}

static enum status write_match(struct answer *answer, struct session *session,
                               const struct match *match,
                               const struct answer_options *options,
                               struct output *output, struct failure *failure)
{
    struct paragraph paragraph;
    struct fingerprint fingerprint = {0, 0};
    struct context context = {0};
    struct result result = {.score = match->score};
    bool first = false;
    enum status status = is_new(answer, match, options, &first, failure);

    if (status != STATUS_OK || !first)
        return status;
    status = reader_paragraph(session->reader, match->id, &paragraph, failure);
    if (status == STATUS_OK)
        status = is_first(answer, session, options, &paragraph, &fingerprint,
                          &first, failure);
    if (status != STATUS_OK || !first)
        return status;
    /* The search itself left out what is before OFFSET, or could not. */
    if (answer->units.n_items > 0 &&
        answer->units.n_items <= options->search.offset)
        return STATUS_OK;
    result.rank = options->search.offset + ++answer->n_written;
    if (options->context > 0)
        status = context_find(session->reader, &paragraph, match->id,
                              options->context, &context, failure);
    if (status == STATUS_OK && options->unit == UNIT_WORDING) {
        status = copies_find(&answer->copies, session, answer->plan.query,
                             &paragraph, match->id, fingerprint, failure);
        result.copies = &answer->copies;
    }
    if (status == STATUS_OK)
        status = write_context(session, &context, context.first, context.at,
                               result.rank, output, failure);
    if (status == STATUS_OK)
        status = write_result(answer, session, match, &result, output, failure);
    if (status == STATUS_OK)
        status = write_context(session, &context, context.at + 1, context.end,
                               result.rank, output, failure);
    context_release(&context);
    return status;
}

static enum status write_page(struct answer *answer, struct session *session,
                              const struct matches *page,
                              const struct answer_options *options,
                              struct output *output, struct failure *failure)
{
    enum status status = STATUS_OK;

    for (size_t i = 0;
         i < page->n_items && status == STATUS_OK &&
         answer->n_written < options->search.limit && !output_ended();
         i++)
        status = write_match(answer, session, &page->items[i], options, output,
                             failure);
    return status;
}

enum status answer_write(struct answer *answer, struct session *session,
                         const struct answer_options *options,
                         struct output *output, struct failure *failure)
{
    struct search_options next = options->search;
    enum status status =
        write_page(answer, session, &answer->matches, options, output, failure);
    bool more;

    next.count = 0;
    next.limit = looked_through(&options->search);
    next.offset = 0;
    more = options->unit != UNIT_PARAGRAPH &&
           answer->matches.n_items == next.limit;
    while (more && status == STATUS_OK && !output_ended() &&
           answer->n_written < options->search.limit) {
        struct matches page;

        next.offset += next.limit;
        next.limit *= 2;
        status = run(answer, session, &next, &page, failure);
        if (status == STATUS_OK)
            status =
                write_page(answer, session, &page, options, output, failure);
        more = page.n_items == next.limit;
        matches_release(&page);
    }
    return status;
}

void answer_release(struct answer *answer)
{
    distinct_release(&answer->units);
    distinct_release(&answer->documents);
    copies_release(&answer->copies);
    snippet_release(&answer->snippet);
    spans_release(&answer->spans);
    buffer_release(&answer->query);
    matches_release(&answer->matches);
    marker_free(answer->marker);
    plan_release(&answer->plan);
}
