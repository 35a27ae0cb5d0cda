/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One query answered: parsed, planned and run, and what it finds written,
 * result after result. What search, count and batch share; it reports nothing.
 */
#ifndef CLI_ANSWER_H
#define CLI_ANSWER_H

#include "src/cli/copies.h"
#include "src/cli/options.h"
#include "src/cli/output.h"
#include "src/cli/session.h"
#include "src/query/plan.h"
#include "src/result/distinct.h"

/* What a line of results stands for, of which only the first comes. */
enum answer_unit { UNIT_PARAGRAPH, UNIT_DOCUMENT, UNIT_WORDING };

struct answer_options {
    struct search_options search;
    enum answer_unit unit;
    struct plan_options plan;
    size_t context; /* paragraphs before and after each, too */
    bool phrase;    /* queries are the words of a phrase */
};

struct answer {
    struct plan plan;
    struct matches matches; /* how many there are, and the first of them */
    size_t n_written;
    struct buffer query;   /* as it was parsed, if not as it was asked */
    struct marker *marker; /* of the plan; NULL: nothing was marked yet */
    struct spans spans;    /* of the result at hand */
    struct snippet snippet;
    struct copies copies;
    struct distinct units;     /* that were written */
    struct distinct documents; /* that were seen, by number */
};

/* What SETTINGS ask of every query. COUNT: how far to count paragraphs and
 * documents, as struct search_options has it. USAGE where they contradict
 * themselves. */
enum status answer_options_init(struct answer_options *options,
                                const struct settings *settings, size_t count,
                                struct failure *failure);

/* Parse and plan QUERY into ANSWER->plan. *TREE, if TREE is not NULL, is how it
 * was read, the caller's to free; it refers to QUERY and to ANSWER. What
 * syntax_parse and plan_make return. */
enum status answer_plan(struct answer *answer, struct session *session,
                        struct bytes query,
                        const struct answer_options *options,
                        struct syntax **tree, struct failure *failure);

/* Run QUERY. *ANSWER, which may hold an earlier one, is filled for the caller
 * to release, also on failure. What syntax_parse, plan_make and reader_search
 * return; a failure that the query is to blame for has its column. */
enum status answer_find(struct answer *answer, struct session *session,
                        struct bytes query,
                        const struct answer_options *options,
                        struct failure *failure);

/* Write the matches to OUTPUT, until nobody reads them any more. What
 * reader_search, reader_paragraph, spans_find and output_result return. */
enum status answer_write(struct answer *answer, struct session *session,
                         const struct answer_options *options,
                         struct output *output, struct failure *failure);
void answer_release(struct answer *answer);

#endif
