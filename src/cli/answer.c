/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/cli/answer.h"

#include "src/cli/report.h"
#include "src/query/syntax.h"

enum status answer_find(struct answer *answer, struct session *session,
                        struct bytes query,
                        const struct search_options *options,
                        struct failure *failure)
{
    struct syntax *tree = NULL;
    enum status status;

    marker_free(answer->marker);
    answer->marker = NULL;
    plan_release(&answer->plan);
    matches_release(&answer->matches);
    status = syntax_parse(query.data, query.length, &tree, failure);
    if (status == STATUS_OK)
        status = plan_make(tree, NULL, session->reader, session->analyzer,
                           session->lexicon, &answer->plan, failure);
    syntax_free(tree);
    if (status == STATUS_OK)
        status = reader_search(session->reader, answer->plan.query, options,
                               &answer->matches, failure);
    return status;
}

/* Where the query stands in PARAGRAPH. */
static enum status mark(struct answer *answer, struct session *session,
                        const struct paragraph *paragraph,
                        struct failure *failure)
{
    enum status status = STATUS_OK;

    if (!answer->marker)
        status = marker_new(answer->plan.core, &answer->marker, failure);
    return status ? status
                  : spans_find(answer->marker, paragraph->text.data,
                               paragraph->text.length, paragraph->language,
                               session->analyzer, session->lexicon,
                               &answer->spans, failure);
}

static enum status write_match(struct answer *answer, struct session *session,
                               size_t rank, const struct match *match,
                               struct output *output, struct failure *failure)
{
    struct paragraph paragraph;
    struct result result = {
        .rank = rank, .score = match->score, .paragraph = &paragraph};
    enum status status =
        reader_paragraph(session->reader, match->id, &paragraph, failure);

    if (status == STATUS_OK && output->format->matches) {
        status = mark(answer, session, &paragraph, failure);
        result.matches = &answer->spans;
    }
    return status == STATUS_OK ? output_result(output, &result, failure)
                               : status;
}

enum status answer_write(struct answer *answer, struct session *session,
                         size_t first, struct output *output,
                         struct failure *failure)
{
    const struct matches *matches = &answer->matches;
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < matches->n_items && status == STATUS_OK && !output_ended();
         i++)
        status = write_match(answer, session, first + i, &matches->items[i],
                             output, failure);
    return status;
}

void answer_release(struct answer *answer)
{
    spans_release(&answer->spans);
    marker_free(answer->marker);
    matches_release(&answer->matches);
    plan_release(&answer->plan);
}
