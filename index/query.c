/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/query.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

struct query_node *query_node_new(enum query_operator operator, uint32_t window)
{
    struct query_node *node = calloc(1, sizeof *node);

    if (node) {
        node->operator= operator;
        node->window = window;
    }
    return node;
}

struct query_node *query_all_new(void)
{
    return query_node_new(QUERY_ALL, 0);
}

struct query_node *query_term_new(const char *term, size_t length, uint32_t wqf)
{
    struct query_node *node = query_node_new(QUERY_TERM, 0);
    char *copy = malloc(length ? length : 1);

    if (!node || !copy) {
        free(node);
        free(copy);
        return NULL;
    }
    if (length)
        memcpy(copy, term, length);
    node->term = (struct bytes){copy, length};
    node->wqf = wqf ? wqf : 1;
    return node;
}

struct query_node *query_range_new(uint32_t slot, struct bytes begin,
                                   struct bytes end)
{
    struct query_node *node = query_term_new(begin.data, begin.length, 1);
    struct query_node *last = query_term_new(end.data, end.length, 1);

    if (!node || !last) {
        query_free(node);
        query_free(last);
        return NULL;
    }
    node->operator= QUERY_RANGE;
    node->slot = slot;
    node->end = last->term;
    last->term = (struct bytes){NULL, 0};
    query_free(last);
    return node;
}

struct query_node *query_scale_new(struct query_node *child, double factor)
{
    struct query_node *node = query_add(query_node_new(QUERY_SCALE, 0), child);

    if (node)
        node->factor = factor;
    return node;
}

struct query_node *query_add(struct query_node *parent,
                             struct query_node *child)
{
    if (!parent || !child ||
        !array_grow(&parent->children, &parent->capacity,
                    parent->n_children + 1, sizeof *parent->children)) {
        query_free(parent);
        query_free(child);
        return NULL;
    }
    parent->children[parent->n_children++] = child;
    return parent;
}

/* Whether the operator of one child is no more than the child. */
static bool means_its_child(enum query_operator operator)
{
    switch (operator) {
    case QUERY_NOTHING:
    case QUERY_ALL:
    case QUERY_TERM:
    case QUERY_RANGE:
    case QUERY_SCALE: return false;
    case QUERY_AND:
    case QUERY_OR:
    case QUERY_XOR:
    case QUERY_AND_NOT:
    case QUERY_AND_MAYBE:
    case QUERY_FILTER:
    case QUERY_SYNONYM:
    case QUERY_PHRASE:
    case QUERY_NEAR:
    case QUERY_ONEAR: return true;
    }
    return false;
}

/* Some order of nodes, in which only those that mean the same are equal. It
 * calls itself as deep as the tree is built. */
static int query_compare(const struct query_node *a, const struct query_node *b)
{
    int order = (a->operator> b->operator) - (a->operator<b->operator);

    if (order == 0)
        order = bytes_compare(a->term, b->term);
    if (order == 0)
        order = bytes_compare(a->end, b->end);
    if (order == 0)
        order = (a->window > b->window) - (a->window < b->window);
    if (order == 0)
        order = (a->wqf > b->wqf) - (a->wqf < b->wqf);
    if (order == 0)
        order = (a->slot > b->slot) - (a->slot < b->slot);
    if (order == 0)
        order = (a->factor > b->factor) - (a->factor < b->factor);
    if (order == 0)
        order =
            (a->n_children > b->n_children) - (a->n_children < b->n_children);
    for (size_t i = 0; order == 0 && i < a->n_children; i++)
        order = query_compare(a->children[i], b->children[i]);
    return order;
}

/* TERMs by their bytes, before all others; equal ones as they stand. */
static int compare_nodes(const void *first, const void *second)
{
    struct query_node *const *a = *(struct query_node *const *const *)first;
    struct query_node *const *b = *(struct query_node *const *const *)second;
    bool a_is_term = (*a)->operator== QUERY_TERM;
    bool b_is_term = (*b)->operator== QUERY_TERM;
    int order = b_is_term - a_is_term;

    if (a_is_term && b_is_term)
        order = bytes_compare((*a)->term, (*b)->term);
    else if (order == 0)
        order = query_compare(*a, *b);
    return order ? order : (a > b) - (a < b);
}

/* Whether ONE can go into OTHER, its like. */
static bool is_same(const struct query_node *one,
                    const struct query_node *other)
{
    if (one->operator== QUERY_TERM && other->operator== QUERY_TERM)
        return bytes_equal(one->term, other->term);
    return query_compare(one, other) == 0;
}

/* Let NODE, which is taken over, count TIMES times. NULL if memory is short. */
static struct query_node *multiply(struct query_node *node, size_t times)
{
    if (times == 1 || node->operator== QUERY_TERM) /* which has its .wqf */
        return node;
    if (node->operator!= QUERY_SCALE)
        return query_scale_new(node, (double)times);
    node->factor *= (double)times;
    return node;
}

/* Where the same stands several times among the children of NODE, keep the
 * first, which COUNTS as often, as a term does in any case. NODE, or NULL if
 * memory is short. */
static struct query_node *merge(struct query_node *node, bool counts)
{
    size_t n = node->n_children, kept = 0, i;
    struct query_node ***sorted = calloc(n, sizeof *sorted);
    size_t times;
    bool good = true;

    if (!sorted) {
        query_free(node);
        return NULL;
    }
    for (i = 0; i < n; i++)
        sorted[i] = &node->children[i];
    qsort(sorted, n, sizeof *sorted, compare_nodes);
    for (i = 0; i < n; i += times) {
        struct query_node **first = sorted[i];

        for (times = 1; i + times < n && is_same(*first, *sorted[i + times]);
             times++) {
            (*first)->wqf += (*sorted[i + times])->wqf;
            query_free(*sorted[i + times]);
            *sorted[i + times] = NULL;
        }
        if (counts || (*first)->operator== QUERY_SCALE)
            *first = multiply(*first, times);
        good = good && *first;
    }
    free(sorted);
    for (i = 0; i < n; i++)
        if (node->children[i])
            node->children[kept++] = node->children[i];
    node->n_children = kept;
    if (good)
        return node;
    query_free(node);
    return NULL;
}

struct query_node *query_join(struct query_node *node)
{
    bool merges =
        node && (node->operator== QUERY_OR || node->operator== QUERY_AND);

    return query_simplify(merges && node->n_children > 1 ? merge(node, true)
                                                         : node);
}

struct query_node *query_simplify(struct query_node *node)
{
    struct query_node *child;

    if (node && node->operator== QUERY_OR && node->n_children> 1)
        node = merge(node, false);
    if (!node || !means_its_child(node->operator) || node->n_children > 1)
        return node;
    if (node->n_children == 0) {
        node->operator= QUERY_NOTHING;
        return node;
    }
    child = node->children[0];
    node->n_children = 0;
    query_free(node);
    return child;
}

void query_set_column(struct query_node *node, size_t column)
{
    if (!node || node->column)
        return;
    node->column = column;
    for (size_t i = 0; i < node->n_children; i++)
        query_set_column(node->children[i], column);
}

size_t query_first_like(const struct query_node *node, size_t i)
{
    size_t first = 0;

    if (node->operator!= QUERY_PHRASE && node->operator!= QUERY_NEAR && node->
        operator!= QUERY_ONEAR)
        return i;
    while (first < i &&
           query_compare(node->children[first], node->children[i]) != 0)
        first++;
    return first;
}

bool query_is_again(const struct query_node *node, size_t i)
{
    return query_first_like(node, i) < i;
}

/* A term's bytes are const to all but their owner. */
static void free_bytes(struct bytes bytes)
{
    void *data;

    memcpy(&data, &bytes.data, sizeof data);
    free(data);
}

void query_free(struct query_node *node)
{
    if (!node)
        return;
    /* Recursion as deep as the tree, which whoever builds one bounds (the
     * query language: by QUERY_MAX_DEPTH). */
    for (size_t i = 0; i < node->n_children; i++)
        query_free(node->children[i]);
    free_bytes(node->term);
    free_bytes(node->end);
    free(node->children);
    free(node);
}
