/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One query answered: parsed, planned and run, and what it finds written,
 * result after result. What search, count and batch share; it reports nothing.
 */
#ifndef CLI_ANSWER_H
#define CLI_ANSWER_H

#include "src/cli/output.h"
#include "src/cli/session.h"
#include "src/query/plan.h"

struct answer {
    struct plan plan;
    struct matches matches;
    struct marker *marker; /* of the plan; NULL: nothing was marked yet */
    struct spans spans;    /* of the result at hand */
};

#define ANSWER_EMPTY ((struct answer){.plan = {0}})

/* Run QUERY. *ANSWER, which may hold an earlier one, is filled for the caller
 * to release, also on failure. What syntax_parse, plan_make and reader_search
 * return; a failure that the query is to blame for has its column. */
enum status answer_find(struct answer *answer, struct session *session,
                        struct bytes query,
                        const struct search_options *options,
                        struct failure *failure);

/* Write the matches to OUTPUT, the first of which has the rank FIRST, until
 * nobody reads them any more. What reader_paragraph, spans_find and
 * output_result return. */
enum status answer_write(struct answer *answer, struct session *session,
                         size_t first, struct output *output,
                         struct failure *failure);
void answer_release(struct answer *answer);

#endif
