/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What only adds to the score of paragraphs that match anyway. */
#include <config.h>

#include "src/query/plan_parts.h"

#include "base/buffer.h"
#include "index/schema.h"

#include <stdlib.h>

enum status plan_hint(struct planner *planner, struct query_node *node,
                      double weight)
{
    if (!planner->hints)
        planner->hints = query_node_new(QUERY_OR, 0);
    planner->hints = query_add(planner->hints,
                               query_scale_new(node, weight * planner->boost));
    return planner->hints ? STATUS_OK : fail_memory(planner->failure);
}

/* Add to ANY the stems of WORD under PREFIX. */
static struct query_node *add_heading(struct query_node *any,
                                      const struct ranked_word *word,
                                      const char *prefix)
{
    struct query_node *stems = query_node_new(QUERY_SYNONYM, 0);
    size_t i;

    for (i = 0; stems && i < word->stems.n_items; i++)
        stems = query_add(stems, plan_term(prefix, word->stems.items[i]));
    stems = query_simplify(stems);
    return query_add(any, stems && word->weight != 1
                              ? query_scale_new(stems, word->weight)
                              : stems);
}

static bool any_term(void *context, struct bytes term, uint32_t n_paragraphs)
{
    (void)term;
    (void)n_paragraphs;
    *(bool *)context = true;
    return false;
}

/* Whether the index has any term that begins with PREFIX. */
static enum status has_terms(struct planner *planner, const char *prefix,
                             bool *has)
{
    *has = false;
    return reader_terms(planner->vocabulary.reader, bytes_of(prefix), any_term,
                        has, planner->failure);
}

static enum status hint_at_headings(struct planner *planner)
{
    static const char *const prefixes[] = {TERM_TITLE, TERM_HEADING};
    struct query_node *any = query_node_new(QUERY_OR, 0);
    enum status status = STATUS_OK;
    size_t i, j;

    for (j = 0; j < sizeof prefixes / sizeof *prefixes; j++) {
        bool has = false;

        if (planner->n_ranked > 0)
            status = has_terms(planner, prefixes[j], &has);
        for (i = 0; !status && has && any && i < planner->n_ranked; i++)
            any = add_heading(any, &planner->ranked[i], prefixes[j]);
        if (status || !any)
            break;
    }
    if (status || (any && any->n_children == 0)) {
        query_free(any);
        return status;
    }
    return plan_hint(planner, query_simplify(any),
                     plan_ranking(planner)->heading);
}

enum status plan_apply_hints(struct planner *planner)
{
    struct plan *plan = planner->plan;
    enum status status = hint_at_headings(planner);
    struct query_node *hints = planner->hints;

    plan->core = plan->query;
    if (status || !hints)
        return status;
    planner->hints = NULL;
    plan->query = query_add(query_node_new(QUERY_AND_MAYBE, 0), plan->query);
    plan->query = query_add(plan->query, query_simplify(hints));
    return plan->query ? STATUS_OK : fail_memory(planner->failure);
}

void plan_release_hints(struct planner *planner)
{
    size_t i;

    query_free(planner->hints);
    for (i = 0; i < planner->n_ranked; i++)
        word_list_release(&planner->ranked[i].stems);
    free(planner->ranked);
}
