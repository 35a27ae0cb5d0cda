/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A query tree as Xapian's query. */
#include <config.h>

#include "index/reader_parts.h"

#include "index/filters.h"
#include "index/positional.h"
#include "index/rows.h"
#include "index/schema.h"

#include <stdlib.h>

/* Of Xapian's operators an XOR of n is made with n of each, so that XORs in
 * XORs multiply; this is how many terms there may be then. */
enum { XOR_MAX_TERMS = 4096 };

enum tree_part tree_part_of_child(const struct query_node *node, size_t i,
                                  enum tree_part part)
{
    bool all = node->operator== QUERY_AND || node->operator== QUERY_FILTER;
    bool first =
        node->operator== QUERY_AND_NOT || node->operator== QUERY_AND_MAYBE;

    if (part == TREE_CHECKED || part == TREE_UNSCORED)
        return part;
    if (node->operator== QUERY_AND_NOT && i> 0)
        return TREE_UNSCORED;
    if (part == TREE_OPTIONAL)
        return part;
    return all || (first && i == 0) ? TREE_REQUIRED : TREE_OPTIONAL;
}

static xapian_query_op xapian_operator(enum query_operator operator)
{
    switch (operator) {
    case QUERY_AND: return XAPIAN_OP_AND;
    case QUERY_OR: return XAPIAN_OP_OR;
    case QUERY_AND_NOT: return XAPIAN_OP_AND_NOT;
    case QUERY_AND_MAYBE: return XAPIAN_OP_AND_MAYBE;
    case QUERY_FILTER: return XAPIAN_OP_FILTER;
    case QUERY_SYNONYM: return XAPIAN_OP_SYNONYM;
    case QUERY_PHRASE:
    case QUERY_NEAR:
    case QUERY_ONEAR: return XAPIAN_OP_AND; /* of those that may match */
    case QUERY_NOTHING:
    case QUERY_ALL:
    case QUERY_TERM:
    case QUERY_RANGE:
    case QUERY_SCALE:
    case QUERY_XOR: break;
    }
    return XAPIAN_OP_INVALID;
}

/* How a query tree is turned into one of Xapian's; the first failure is
 * sticky. */
struct translation {
    struct prepared *prepared;
    xapian_error *error; /* Xapian's */
    enum status status;  /* ours */
    struct failure *failure;
};

static xapian_query *translate(struct translation *translation,
                               const struct query_node *node,
                               enum tree_part part, size_t depth);

/* Verify what the query is about to read. */
static bool guard(struct translation *translation, enum guarded what,
                  struct bytes term)
{
    if (translation->status == STATUS_OK)
        translation->status = reader_guard(translation->prepared->reader, what,
                                           term, translation->failure);
    return translation->status == STATUS_OK;
}

static xapian_query *translate_all(struct translation *translation)
{
    xapian_query *query = NULL;

    if (guard(translation, GUARD_LENGTHS, (struct bytes){NULL, 0}))
        xapian_query_new_match_all(&query, &translation->error);
    return query;
}

static xapian_query *translate_range(struct translation *translation,
                                     const struct query_node *node)
{
    xapian_query *query = NULL;

    translation->status = reader_guard_values(translation->prepared->reader,
                                              node->slot, translation->failure);
    if (translation->status == STATUS_OK)
        xapian_query_new_value_range(
            node->slot, node->term.data, node->term.length, node->end.data,
            node->end.length, &query, &translation->error);
    return query;
}

static xapian_query *translate_term(struct translation *translation,
                                    const struct query_node *node)
{
    xapian_query *query = NULL;

    /* Xapian takes the empty term to stand for all documents. */
    if (node->term.length == 0 || schema_term_size(node->term) > TERM_MAX)
        xapian_query_new_match_nothing(&query, &translation->error);
    else if (guard(translation, GUARD_POSTINGS, node->term))
        xapian_query_new_term(node->term.data, node->term.length, node->wqf, 0,
                              &query, &translation->error);
    return query;
}

static xapian_query *translate_scale(struct translation *translation,
                                     const struct query_node *node,
                                     enum tree_part part, size_t depth)
{
    xapian_query *query = NULL, *child;

    child = translate(translation, node->children[0], part, depth + 1);
    if (child)
        xapian_query_new_scaled(node->factor, child, &query,
                                &translation->error);
    xapian_query_free(child);
    return query;
}

static xapian_query *combine(struct translation *translation,
                             xapian_query_op operator,
                             xapian_query * const * parts, size_t n)
{
    xapian_query *query = NULL;

    xapian_query_new_combined(operator,(const xapian_query *const *) parts, n,
                              0, &query, &translation->error);
    return query;
}

/* The children of NODE, combined by OPERATOR. */
static xapian_query *translate_children(struct translation *translation,
                                        const struct query_node *node,
                                        xapian_query_op operator,
                                        enum tree_part part, size_t depth)
{
    xapian_query **children, *query = NULL;
    size_t n = 0;

    children = calloc(node->n_children + 1, sizeof *children);
    if (!children) {
        translation->status = fail_memory(translation->failure);
        return NULL;
    }
    for (size_t i = 0; i < node->n_children; i++) {
        if (query_is_again(node, i))
            continue;
        children[n] = translate(translation, node->children[i],
                                tree_part_of_child(node, i, part), depth + 1);
        if (!children[n])
            goto out;
        n++;
    }
    query = combine(translation, operator, children, n);
out:
    for (size_t i = 0; i < n; i++)
        xapian_query_free(children[i]);
    free(children);
    return query;
}

static xapian_query *translate_operator(struct translation *translation,
                                        const struct query_node *node,
                                        enum tree_part part, size_t depth)
{
    return translate_children(translation, node,
                              xapian_operator(node->operator), part, depth);
}

static bool all_terms(const struct query_node *node)
{
    size_t i = 0;

    while (i < node->n_children && node->children[i]->operator== QUERY_TERM)
        i++;
    return i == node->n_children;
}

/* Xapian cannot count a filter of ours under a SYNONYM (get_termfreq_est_using_
 * stats() throws), and its MAX looks at freed memory where several segments are
 * searched and the children end together (MaxPostList::recalc_maxweight() of
 * 1.4.22). So what may match is scored, and what does match is asked for
 * besides. */
static xapian_query *translate_synonym(struct translation *translation,
                                       const struct query_node *node,
                                       enum tree_part part, size_t depth)
{
    xapian_query *parts[2] = {NULL, NULL}, *query = NULL;

    if (part == TREE_CHECKED || all_terms(node))
        return translate_operator(translation, node, part, depth);
    parts[1] = translate_children(translation, node, XAPIAN_OP_OR,
                                  TREE_OPTIONAL, depth);
    if (!parts[1] || !positional_is(node))
        return parts[1];
    parts[0] = translate_operator(translation, node, TREE_CHECKED, depth);
    if (parts[0])
        query = combine(translation, XAPIAN_OP_FILTER, parts, 2);
    xapian_query_free(parts[0]);
    xapian_query_free(parts[1]);
    return query;
}

/* A without B, or B without A; both are freed. */
static xapian_query *either_or(struct translation *translation, xapian_query *a,
                               xapian_query *b)
{
    xapian_query *ab[2] = {a, b}, *ba[2] = {b, a}, *sides[2] = {NULL, NULL};
    xapian_query *query = NULL;

    if (a && b && !translation->error)
        sides[0] = combine(translation, XAPIAN_OP_AND_NOT, ab, 2);
    if (sides[0])
        sides[1] = combine(translation, XAPIAN_OP_AND_NOT, ba, 2);
    if (sides[1])
        query = combine(translation, XAPIAN_OP_OR, sides, 2);
    xapian_query_free(sides[0]);
    xapian_query_free(sides[1]);
    xapian_query_free(a);
    xapian_query_free(b);
    return query;
}

/* Xapian's own XOR looks at freed memory where several segments are searched
 * and its operands end together (MultiXorPostList::recalc_maxweight() of
 * 1.4.22). OPERANDS are freed. */
static xapian_query *combine_xor(struct translation *translation,
                                 xapian_query **operands, size_t n)
{
    xapian_query *half;

    if (n == 1)
        return operands[0];
    half = combine_xor(translation, operands, n / 2);
    return either_or(translation, half,
                     combine_xor(translation, operands + n / 2, n - n / 2));
}

/* How many terms Xapian would have of NODE. */
static size_t count_terms(const struct query_node *node)
{
    size_t n = node->n_children == 0, copies = 1;

    for (size_t i = 0; i < node->n_children && n <= XOR_MAX_TERMS; i++)
        n += count_terms(node->children[i]);
    while (node->operator== QUERY_XOR && copies<node->n_children)
        copies *= 2;
    return n <= XOR_MAX_TERMS ? n * copies : n;
}

/* Whether the number of operands is odd. */
static xapian_query *translate_odd(struct translation *translation,
                                   const struct query_node *node, size_t depth)
{
    xapian_query **operands = calloc(node->n_children + 1, sizeof *operands);
    xapian_query *query = NULL;
    size_t n = 0;

    if (!operands) {
        translation->status = fail_memory(translation->failure);
        return NULL;
    }
    while (n < node->n_children &&
           (operands[n] = translate(translation, node->children[n],
                                    TREE_UNSCORED, depth + 1)))
        n++;
    if (n == node->n_children && n > 0) {
        query = combine_xor(translation, operands, n);
    } else {
        if (n == node->n_children)
            xapian_query_new_match_nothing(&query, &translation->error);
        while (n > 0)
            xapian_query_free(operands[--n]);
    }
    free(operands);
    return query;
}

/* The operands add up to a score where their number is odd. */
static xapian_query *translate_xor(struct translation *translation,
                                   const struct query_node *node,
                                   enum tree_part part, size_t depth)
{
    xapian_query *parts[2] = {NULL, NULL}, *query = NULL;

    if (count_terms(node) > XOR_MAX_TERMS) {
        translation->status = fail_limit(
            translation->failure, node->column,
            "in this index, or beside dates without a first one, "
            "XOR takes at most %d words, and each operand counts for "
            "all others",
            XOR_MAX_TERMS);
        return NULL;
    }
    parts[1] = translate_odd(translation, node, depth);
    if (!parts[1] || part == TREE_UNSCORED)
        return parts[1];
    parts[0] = translate_children(translation, node, XAPIAN_OP_OR,
                                  TREE_OPTIONAL, depth);
    if (parts[0])
        query = combine(translation, XAPIAN_OP_FILTER, parts, 2);
    xapian_query_free(parts[0]);
    xapian_query_free(parts[1]);
    return query;
}

/* A PHRASE, NEAR or ONEAR, none of which stands above it: by Xapian where that
 * is better or the only way, otherwise by a filter of ours. */
static xapian_query *translate_positional(struct translation *translation,
                                          const struct query_node *node,
                                          enum tree_part part, size_t depth)
{
    const struct reader *reader = translation->prepared->reader;
    struct failure *failure = translation->failure;
    enum filters_by by = FILTERS_OURS;
    xapian_query *candidates, *query = NULL;

    if (!positional_is(node))
        translation->status =
            fail_limit(failure, node->column,
                       "only words, and alternatives, phrases and nearness of "
                       "them, have places");
    if (translation->status == STATUS_OK)
        translation->status = filters_by(reader, &by, failure);
    if (translation->status == STATUS_OK && by != FILTERS_OURS)
        translation->status = rows_query(reader, node, &query, failure);
    if (translation->status != STATUS_OK || query)
        return query;
    if (by == FILTERS_REMOTE) {
        translation->status =
            fail_limit(failure, node->column,
                       "remote databases find phrases with up to %d words in "
                       "their alternatives, and words near words; not phrases "
                       "near others",
                       ROWS_MAX);
        return NULL;
    }
    candidates = translate_operator(translation, node, TREE_CHECKED, depth);
    if (candidates)
        translation->status =
            filters_add(translation->prepared, node, part == TREE_REQUIRED,
                        candidates, &query, failure);
    return query;
}

/* NODE as a query of Xapian's, or NULL. */
static xapian_query *translate(struct translation *translation,
                               const struct query_node *node,
                               enum tree_part part, size_t depth)
{
    xapian_query *query = NULL;

    if (depth > TREE_MAX_DEPTH) {
        translation->status = fail_limit(translation->failure, node->column,
                                         "the query is nested too deeply");
        return NULL;
    }
    /* What only adds to a score that nobody asks for is left out: with it,
     * Xapian 1.4.22 gave other paragraphs from run to run of the same query. */
    if (node->operator== QUERY_AND_MAYBE && part == TREE_UNSCORED)
        return translate(translation, node->children[0], part, depth + 1);
    switch (node->operator) {
    case QUERY_NOTHING:
        xapian_query_new_match_nothing(&query, &translation->error);
        return query;
    case QUERY_ALL: return translate_all(translation);
    case QUERY_TERM: return translate_term(translation, node);
    case QUERY_SCALE: return translate_scale(translation, node, part, depth);
    case QUERY_RANGE: return translate_range(translation, node);
    case QUERY_AND:
    case QUERY_OR:
    case QUERY_AND_NOT:
    case QUERY_AND_MAYBE:
    case QUERY_FILTER:
        return translate_operator(translation, node, part, depth);
    case QUERY_XOR: return translate_xor(translation, node, part, depth);
    case QUERY_SYNONYM:
        return translate_synonym(translation, node, part, depth);
    case QUERY_PHRASE:
    case QUERY_NEAR:
    case QUERY_ONEAR:
        return part == TREE_CHECKED
                   ? translate_operator(translation, node, part, depth)
                   : translate_positional(translation, node, part, depth);
    }
    return NULL;
}

enum status prepare(const struct reader *reader, const struct query_node *node,
                    struct prepared *prepared, struct failure *failure)
{
    struct translation translation = {.prepared = prepared, .failure = failure};

    *prepared = (struct prepared){.reader = reader};
    prepared->query = translate(&translation, node, TREE_REQUIRED, 0);
    if (translation.error)
        return reader_check(reader, translation.error, failure);
    if (translation.status == STATUS_OK)
        translation.status = deleted_exclude(reader, &prepared->query, failure);
    return translation.status == STATUS_OK ? filters_finish(prepared, failure)
                                           : translation.status;
}
