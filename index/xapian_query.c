/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A query tree as Xapian's query. */
#include <config.h>

#include "index/phrase.h"

#include <stdlib.h>

#include "index/schema.h"
#include "index/xapian_failure.h"

/* Trees come from the query language, which allows QUERY_MAX_DEPTH of
 * parentheses; an operator adds a level or two to each. */
enum { TREE_MAX_DEPTH = 1000 };

static xapian_query_op xapian_operator(enum query_operator operator)
{
    switch (operator) {
    case QUERY_AND: return XAPIAN_OP_AND;
    case QUERY_OR: return XAPIAN_OP_OR;
    case QUERY_XOR: return XAPIAN_OP_XOR;
    case QUERY_AND_NOT: return XAPIAN_OP_AND_NOT;
    case QUERY_AND_MAYBE: return XAPIAN_OP_AND_MAYBE;
    case QUERY_FILTER: return XAPIAN_OP_FILTER;
    case QUERY_SYNONYM: return XAPIAN_OP_SYNONYM;
    case QUERY_PHRASE: return XAPIAN_OP_PHRASE;
    case QUERY_NEAR: return XAPIAN_OP_NEAR;
    case QUERY_ONEAR:
    case QUERY_NOTHING:
    case QUERY_ALL:
    case QUERY_TERM:
    case QUERY_RANGE:
    case QUERY_SCALE: break;
    }
    return XAPIAN_OP_INVALID;
}

/* How a query tree is turned into one of Xapian's; the first failure is
 * sticky. */
struct translation {
    const struct reader *reader;
    xapian_error *error; /* Xapian's */
    enum status status;  /* ours */
    struct failure *failure;
};

static xapian_query *translate(struct translation *translation,
                               const struct query_node *node, size_t depth);

static xapian_query *translate_term(struct translation *translation,
                                    const struct query_node *node)
{
    xapian_query *query = NULL;

    /* Xapian takes the empty term to stand for all documents. */
    if (node->term.length == 0 || schema_term_size(node->term) > TERM_MAX)
        xapian_query_new_match_nothing(&query, &translation->error);
    else
        xapian_query_new_term(node->term.data, node->term.length, node->wqf, 0,
                              &query, &translation->error);
    return query;
}

static xapian_query *translate_scale(struct translation *translation,
                                     const struct query_node *node,
                                     size_t depth)
{
    xapian_query *query = NULL, *child;

    child = translate(translation, node->children[0], depth + 1);
    if (child)
        xapian_query_new_scaled(node->factor, child, &query,
                                &translation->error);
    xapian_query_free(child);
    return query;
}

/* CHILDREN where they stand as NODE says, by a filter of ours. */
static xapian_query *combine_phrase(struct translation *translation,
                                    const struct query_node *node,
                                    xapian_query *const *children)
{
    xapian_query *both[2] = {NULL, NULL}, *query = NULL;

    xapian_query_new_combined(
        XAPIAN_OP_AND, (const xapian_query *const *)children, node->n_children,
        0, &both[0], &translation->error);
    if (!translation->error)
        translation->status = phrase_filter(translation->reader, node, &both[1],
                                            translation->failure);
    if (both[0] && both[1])
        xapian_query_new_combined(XAPIAN_OP_FILTER,
                                  (const xapian_query *const *)both, 2, 0,
                                  &query, &translation->error);
    xapian_query_free(both[0]);
    xapian_query_free(both[1]);
    return query;
}

/* CHILDREN as one: those that are terms as a synonym, and the best of that and
 * of the others. Xapian cannot count a filter of ours under a synonym (its
 * get_termfreq_est_using_stats() throws). */
static xapian_query *combine_synonym(struct translation *translation,
                                     const struct query_node *node,
                                     const xapian_query *const *children)
{
    const xapian_query **parts = calloc(node->n_children + 1, sizeof *parts);
    xapian_query *terms = NULL, *query = NULL;
    size_t n_terms = 0, n_others = 1, i;

    if (!parts) {
        translation->status = fail_memory(translation->failure);
        return NULL;
    }
    for (i = 0; i < node->n_children; i++)
        if (node->children[i]->operator== QUERY_TERM)
            parts[n_terms++] = children[i];
    xapian_query_new_combined(XAPIAN_OP_SYNONYM, parts, n_terms, 0, &terms,
                              &translation->error);
    parts[0] = terms;
    for (i = 0; i < node->n_children; i++)
        if (node->children[i]->operator!= QUERY_TERM)
            parts[n_others++] = children[i];
    if (terms)
        xapian_query_new_combined(XAPIAN_OP_MAX, parts, n_others, 0, &query,
                                  &translation->error);
    xapian_query_free(terms);
    free(parts);
    return query;
}

static xapian_query *combine(struct translation *translation,
                             const struct query_node *node,
                             xapian_query *const *children)
{
    size_t n = node->n_children;
    xapian_query *query = NULL;
    uint32_t window = 0;

    if (node->operator== QUERY_SYNONYM)
        return combine_synonym(translation, node,
                               (const xapian_query *const *)children);
    if (node->operator== QUERY_PHRASE || node->operator== QUERY_NEAR) {
        bool ours;

        translation->status =
            phrase_is_ours(translation->reader, &ours, translation->failure);
        if (translation->status != STATUS_OK)
            return NULL;
        if (n > 1 && ours)
            return combine_phrase(translation, node, children);
        window = node->window > n ? node->window : (uint32_t)n;
    }
    xapian_query_new_combined(xapian_operator(node->operator),
                              (const xapian_query *const *)children, n, window,
                              &query, &translation->error);
    return query;
}

static xapian_query *translate_operator(struct translation *translation,
                                        const struct query_node *node,
                                        size_t depth)
{
    xapian_query **children, *query = NULL;
    size_t n = 0;

    children = calloc(node->n_children + 1, sizeof *children);
    if (!children) {
        translation->status = fail_memory(translation->failure);
        return NULL;
    }
    while (n < node->n_children) {
        children[n] = translate(translation, node->children[n], depth + 1);
        if (!children[n])
            goto out;
        n++;
    }
    query = combine(translation, node, children);
out:
    for (size_t i = 0; i < n; i++)
        xapian_query_free(children[i]);
    free(children);
    return query;
}

/* NODE as a query of Xapian's, or NULL. */
static xapian_query *translate(struct translation *translation,
                               const struct query_node *node, size_t depth)
{
    xapian_query *query = NULL;

    if (depth > TREE_MAX_DEPTH) {
        translation->status = fail(translation->failure, STATUS_LIMIT,
                                   "the query is nested too deeply");
        return NULL;
    }
    switch (node->operator) {
    case QUERY_NOTHING:
        xapian_query_new_match_nothing(&query, &translation->error);
        return query;
    case QUERY_ALL:
        xapian_query_new_match_all(&query, &translation->error);
        return query;
    case QUERY_TERM: return translate_term(translation, node);
    case QUERY_SCALE: return translate_scale(translation, node, depth);
    case QUERY_RANGE:
        xapian_query_new_value_range(
            node->slot, node->term.data, node->term.length, node->end.data,
            node->end.length, &query, &translation->error);
        return query;
    case QUERY_AND:
    case QUERY_OR:
    case QUERY_XOR:
    case QUERY_AND_NOT:
    case QUERY_AND_MAYBE:
    case QUERY_FILTER:
    case QUERY_SYNONYM:
    case QUERY_PHRASE:
    case QUERY_NEAR:
    case QUERY_ONEAR: return translate_operator(translation, node, depth);
    }
    return NULL;
}

enum status xapian_query_make(const struct reader *reader,
                              const struct query_node *node,
                              xapian_query **query, struct failure *failure)
{
    struct translation translation = {reader, NULL, STATUS_OK, failure};

    *query = translate(&translation, node, 0);
    if (translation.error)
        return reader_check(reader, translation.error, failure);
    return translation.status == STATUS_OK
               ? deleted_exclude(reader, query, failure)
               : translation.status;
}
