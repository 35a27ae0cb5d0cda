/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows are followed all at once, a bit for each child that one has come to
 * (Baeza-Yates and Gonnet, A new approach to text searching, 1992). */
#include <config.h>

#include "index/scan.h"

#include <stdlib.h>

/* The mask of a word with which a phrase among the alternatives begins: it is
 * none of ours, but where it stands there may be more than we see. */
#define DOUBT (UINT64_C(1) << 63)

enum { MAX_CHILDREN = 62 };

/* The number of TERM. */
static size_t find_term(const struct positional *positional, struct bytes term)
{
    size_t low = 0, high = positional_n_terms(positional);

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (bytes_compare(positional_term(positional, middle), term) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Let the words with which NODE begins have MASK: the terms among its
 * alternatives. It goes as deep as positional_new() has gone. */
static void mark(struct scan *scan, const struct positional *positional,
                 const struct query_node *node, uint64_t mask)
{
    bool any = node->operator== QUERY_OR || node->operator== QUERY_SYNONYM;

    if (node->operator== QUERY_TERM)
        scan->masks[find_term(positional, node->term)] |= mask;
    else if (any)
        for (size_t i = 0; i < node->n_children; i++)
            mark(scan, positional, node->children[i], mask);
    else if (node->n_children > 0)
        for (size_t i = 0;
             i < (node->operator== QUERY_NEAR ? node->n_children : 1); i++)
            mark(scan, positional, node->children[i], DOUBT);
}

enum status scan_init(struct scan *scan, const struct query_node *node,
                      const struct positional *positional,
                      struct failure *failure)
{
    size_t n = node->n_children;

    scan->phrase = node->operator== QUERY_PHRASE;
    scan->either = node->operator== QUERY_NEAR;
    if (scan->phrase
            ? n < 1 || n > MAX_CHILDREN
            : n != 2 || (!scan->either && node->operator!= QUERY_ONEAR))
        return STATUS_OK;
    scan->masks =
        calloc(positional_n_terms(positional) + 1, sizeof *scan->masks);
    if (!scan->masks)
        return fail_memory(failure);
    scan->goal = UINT64_C(1) << (n - 1);
    scan->window = node->window;
    for (size_t i = 0; i < n; i++)
        mark(scan, positional, node->children[i], UINT64_C(1) << i);
    return STATUS_OK;
}

void scan_release(struct scan *scan)
{
    free(scan->masks);
    scan->masks = NULL;
}

/* Whether child I of the two, which is at POSITION, is near the other, which
 * came before. */
static bool is_near(const struct scan *scan, const struct scan_state *state,
                    size_t i, uint32_t position)
{
    uint32_t other = state->places[1 - i];

    return other > 0 && position - other <= scan->window;
}

static bool next_near(const struct scan *scan, struct scan_state *state,
                      uint32_t position, uint64_t mask)
{
    if ((mask & 2 && is_near(scan, state, 1, position)) ||
        (mask & 1 && scan->either && is_near(scan, state, 0, position)))
        return true;
    for (size_t i = 0; i < 2; i++)
        if (mask >> i & 1)
            state->places[i] = position;
    return false;
}

bool scan_next(const struct scan *scan, struct scan_state *state,
               uint32_t position, uint64_t mask)
{
    uint32_t before = state->position;

    if (mask & DOUBT)
        state->doubtful = true;
    /* It stands beside others that are behind us. */
    if (position <= before) {
        state->doubtful = state->doubtful || mask;
        return false;
    }
    state->position = position;
    if (!scan->phrase)
        return mask && next_near(scan, state, position, mask);
    state->row = ((position == before + 1 ? state->row << 1 : 0) | 1) & mask;
    return state->row & scan->goal;
}
