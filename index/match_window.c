/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any of many words: so many paragraphs at once, for which the posting lists
 * are read one after the other, and what each adds is summed up. A posting
 * costs a few nanoseconds that way, however many lists there are; where all
 * lists go on together, and a heap says which is the next, it costs a hundred.
 */
#include <config.h>

#include "index/match_parts.h"

#include <stdlib.h>
#include <string.h>

/* The paragraphs of a window: their sums stay in the cache. */
enum { WINDOW_SIZE = 2048 };

#define NO_LENGTH UINT32_MAX

struct window {
    uint32_t base; /* the first of its paragraphs; 0: there is no window yet */
    uint64_t present[WINDOW_SIZE / 64];
    double sums[WINDOW_SIZE]; /* of a scored ANY scores, else occurrences */
    uint32_t lengths[WINDOW_SIZE]; /* where scores are summed up */
};

bool window_make(struct matcher *matcher, struct node *node)
{
    node->window = calloc(1, sizeof *node->window);
    if (!node->window && matcher->status == STATUS_OK)
        matcher->status = fail_memory(matcher->failure);
    return node->window != NULL;
}

void window_free(struct window *window)
{
    free(window);
}

void window_begin(struct window *window)
{
    window->base = 0;
}

static bool sums_scores(const struct node *node)
{
    return node->kind == NODE_ANY && node->max > 0;
}

/* Read how long the paragraphs of the window are. */
static bool read_lengths(struct matcher *matcher, struct window *window)
{
    struct glass_list *list = &matcher->lengths;
    uint32_t at;

    memset(window->lengths, 0xFF, sizeof window->lengths);
    if (!matcher_seek_length(matcher, window->base))
        return false;
    while (!list->ended &&
           (at = list->chunk.document - window->base) < WINDOW_SIZE) {
        window->lengths[at] = list->chunk.wdf;
        if (!glass_list_skip(list, list->chunk.document + 1, 0))
            return matcher_fail(matcher, glass_list_failed(list));
    }
    return true;
}

/* DOCUMENT is present, and SUM more is added. */
static void add(struct window *window, uint32_t document, double sum)
{
    uint32_t at = document - window->base;

    window->present[at / 64] |= UINT64_C(1) << at % 64;
    window->sums[at] += sum;
}

static bool is_in(const struct window *window, uint32_t document)
{
    return document != NODE_END && document - window->base < WINDOW_SIZE;
}

/* Add the postings of CHILD, a LIST, that are in the window. */
static bool add_list(struct matcher *matcher, struct window *window,
                     struct node *child, bool scores)
{
    struct glass_list *list = &child->lists[matcher->shard];

    while (is_in(window, child->at)) {
        uint32_t length = window->lengths[child->at - window->base];

        if (scores && length == NO_LENGTH)
            return matcher_fail(matcher, false);
        add(window, child->at,
            scores ? node_word_score(matcher, child, list->chunk.wdf, length)
                   : list->chunk.wdf);
        if (!glass_list_skip(list, child->at + 1, 0))
            return matcher_fail(matcher, glass_list_failed(list));
        child->at = list->ended ? NODE_END : list->chunk.document;
    }
    return true;
}

/* The same of any other child. */
static bool add_node(struct matcher *matcher, struct window *window,
                     struct node *child, bool scores)
{
    while (is_in(window, child->at)) {
        add(window, child->at,
            scores ? node_score(matcher, child, -1)
                   : (double)node_occurrences(matcher, child, child->at));
        if (!node_advance(matcher, child, child->at + 1, -1))
            return false;
    }
    return true;
}

/* Let the window be the first in which there is a paragraph from FROM on. */
static bool move(struct matcher *matcher, struct node *node, uint32_t from)
{
    struct window *window = node->window;

    window->base = NODE_END;
    for (size_t i = 0; i < node->n_children; i++) {
        struct node *child = &node->children[i];

        if (!node_advance(matcher, child, from, -1))
            return false;
        if (child->at < window->base)
            window->base = child->at;
    }
    if (window->base == NODE_END)
        return true;
    memset(window->present, 0, sizeof window->present);
    memset(window->sums, 0, sizeof window->sums);
    if (sums_scores(node) && !read_lengths(matcher, window))
        return false;
    for (size_t i = 0; i < node->n_children; i++) {
        struct node *child = &node->children[i];

        if (!(child->kind == NODE_LIST ? add_list : add_node)(
                matcher, window, child, sums_scores(node)))
            return false;
    }
    return true;
}

/* The first paragraph of the window from FROM on, or NODE_END. */
static uint32_t find(const struct window *window, uint32_t from)
{
    uint32_t at = from > window->base ? from - window->base : 0;

    while (at < WINDOW_SIZE) {
        uint64_t word = window->present[at / 64] >> at % 64;

        if (word)
            return window->base + at + (uint32_t)__builtin_ctzll(word);
        at = (at / 64 + 1) * 64;
    }
    return NODE_END;
}

bool window_advance(struct matcher *matcher, struct node *node, uint32_t from)
{
    struct window *window = node->window;

    node->at = NODE_END;
    if (window->base == NODE_END)
        return true;
    if (window->base > 0)
        node->at = find(window, from);
    if (node->at != NODE_END)
        return true;
    if (!move(matcher, node, from))
        return false;
    if (window->base != NODE_END)
        node->at = find(window, from);
    return true;
}

double window_sum(const struct node *node)
{
    return node->window->sums[node->at - node->window->base];
}
