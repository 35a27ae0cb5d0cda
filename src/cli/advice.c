/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/cli/advice.h"

#include "src/cli/report.h"
#include "src/query/excerpt.h"
#include "src/query/suggest.h"

#include <stdint.h>
#include <string.h>

/* Nobody reads what might help a longer query. */
enum { MAX_WORDS = 100 };

static void report_missing(const struct missing_word *missing)
{
    char paragraphs[COUNTED_SIZE];

    if (missing->nearest.n_items == 0)
        report("'%s' is not in the index", excerpt_of(missing->word).text);
    else
        report("'%s' is not in the index; did you mean '%s' (%s)?",
               excerpt_of(missing->word).text,
               excerpt_of(missing->nearest.items[0]).text,
               counted(missing->n_paragraphs, "paragraph", paragraphs));
}

/* How many paragraphs have any of the words of PLAN, in any inflection. */
static enum status count_any(const struct plan *plan, struct session *session,
                             size_t *n_paragraphs, struct failure *failure)
{
    const struct search_options options = {.count = SIZE_MAX};
    struct syntax word = {.kind = SYNTAX_WORDS, .column = 1, .boost = 1};
    struct query_node *any = query_node_new(QUERY_OR, 0);
    struct matches matches = {0};
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; !status && i < plan->words.n_items; i++) {
        struct plan one;

        word.text = plan->words.items[i];
        status = plan_make(&word, NULL, session->reader, session->analyzer,
                           session->lexicon, &one, failure);
        if (status)
            break;
        any = query_add(any, one.query);
        one.query = NULL;
        plan_release(&one);
    }
    if (!status && !any)
        status = fail_memory(failure);
    if (!status)
        status =
            reader_search(session->reader, any, &options, &matches, failure);
    *n_paragraphs = matches.n_paragraphs;
    matches_release(&matches);
    query_free(any);
    return status;
}

/* All words are in the index, but what was asked for of them is not. */
static enum status advise_on_nothing(const struct answer *answer,
                                     struct session *session,
                                     struct bytes query,
                                     const struct answer_options *options,
                                     struct failure *failure)
{
    const struct plan *plan = &answer->plan;
    bool is_one = !memchr(query.data, ' ', query.length);
    char paragraphs[COUNTED_SIZE];
    size_t n_paragraphs = 0;
    enum status status;

    if (plan->words.n_items < 2 || plan->words.n_items > MAX_WORDS)
        return STATUS_OK;
    status = count_any(plan, session, &n_paragraphs, failure);
    if (status || n_paragraphs == 0)
        return status;
    report("%s with any of these words, in some inflection: ask for them side "
           "by side, without %s",
           counted(n_paragraphs, "paragraph", paragraphs),
           options->phrase     ? "--phrase"
           : options->plan.all ? "--all"
           : is_one            ? "signs between them"
                               : "operators and quotation marks");
    if (!options->phrase && !is_one && !memchr(query.data, '"', query.length))
        report("shells take quotation marks away: for a phrase write '\"…\"', "
               "--phrase, or --query-file");
    return STATUS_OK;
}

enum status give_advice(const struct answer *answer, struct session *session,
                        struct bytes query,
                        const struct answer_options *options,
                        struct failure *failure)
{
    struct suggestions suggestions;
    enum status status = suggest(&answer->plan, session->reader,
                                 session->lexicon, &suggestions, failure);
    bool is_nothing = answer->matches.n_paragraphs == 0;
    size_t i, n_missing = 0;

    for (i = 0; !status && i < suggestions.n_items; i++)
        report_missing(&suggestions.items[i]);
    if (!status && is_nothing && !options->phrase)
        status = advise_on_fields(query, session, &n_missing, failure);
    if (!status && is_nothing && n_missing == 0 &&
        suggestions.n_items < answer->plan.words.n_items)
        status = advise_on_nothing(answer, session, query, options, failure);
    suggestions_release(&suggestions);
    return status;
}
