/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nodes go from paragraph to paragraph together, each to the first that may be
 * of use. A paragraph is of use only if its score is above that of the worst
 * of the best so far, so that words which can add little are only looked up
 * where others stand (Turtle and Flood, Query evaluation: strategies and
 * optimizations, 1995: MaxScore), and the length of a paragraph is only looked
 * up if its words occur often enough. */
#include <config.h>

#include "index/match_parts.h"

/* From so many occurrences on it is not worth while to tell more from fewer. */
enum { LEAST_MAX = 64 };

bool matcher_fail(struct matcher *matcher, bool memory)
{
    if (matcher->status == STATUS_OK)
        matcher->status = memory
                              ? fail_memory(matcher->failure)
                              : glass_tree_fail(matcher_part(matcher)->postings,
                                                matcher->failure);
    return false;
}

bool matcher_seek_length(struct matcher *matcher, uint32_t document)
{
    struct glass_list *lengths = &matcher->lengths;
    bool good = true;

    if (lengths->ended || lengths->chunk.document > document) {
        glass_list_release(lengths);
        good =
            glass_list_open_lengths(lengths, matcher_part(matcher)->postings);
    }
    return (good && glass_list_skip(lengths, document, 0)) ||
           matcher_fail(matcher, glass_list_failed(lengths));
}

void node_begin(const struct matcher *matcher, struct node *node)
{
    node->at = node->checked = 0;
    if (node->range) {
        glass_value_list_release(&node->values);
        node->values = (struct glass_value_list){
            .cursor.tree = matcher_part(matcher)->postings,
            .slot = node->range->slot};
    }
    if (node->window)
        window_begin(node->window);
    for (size_t i = 0; i < node->n_children; i++)
        node_begin(matcher, &node->children[i]);
}

/* --- Lists */

uint32_t node_least(const struct matcher *matcher, const struct node *node,
                    struct least *least, double need)
{
    if (need < least->need)
        return 0;
    while (least->wdf < LEAST_MAX && need > least->need &&
           node->weight * matcher_part_of_weight(matcher, least->wdf, 0) <=
               need)
        least->wdf++;
    least->need = need;
    return least->wdf;
}

static bool advance_list(struct matcher *matcher, struct node *node,
                         uint32_t from, double need)
{
    struct glass_list *list = &node->lists[matcher->shard];
    uint32_t least = 0;

    if (need > 0 && node->weight > 0)
        least = node_least(matcher, node, &node->advancing, need);
    if (!glass_list_skip(list, from, least))
        return matcher_fail(matcher, glass_list_failed(list));
    node->at = list->ended ? NODE_END : list->chunk.document;
    return true;
}

static bool advance_range(struct matcher *matcher, struct node *node,
                          uint32_t from)
{
    struct glass_list *list = &node->lists[matcher->shard];
    struct bytes value;

    for (;; from = node->at + 1) {
        if (!glass_list_skip(list, from, 0))
            return matcher_fail(matcher, glass_list_failed(list));
        node->at = list->ended ? NODE_END : list->chunk.document;
        if (node->at == NODE_END)
            return true;
        if (!glass_value_list_find(&node->values, node->at, &value))
            return matcher_fail(matcher,
                                glass_value_list_failed(&node->values));
        if (bytes_compare(value, node->range->term) >= 0 &&
            bytes_compare(value, node->range->end) <= 0)
            return true;
    }
}

/* --- Any of several */

static bool advance_any(struct matcher *matcher, struct node *node,
                        uint32_t from, double need)
{
    size_t n = node->n_children;
    double child_need = -1;

    if (node->window)
        return window_advance(matcher, node, from);
    /* Children stand with those that can add most first. The last ones,
     * together not enough, are left behind; node_score looks them up. */
    if (node->kind == NODE_ANY)
        while (n > 1 && node->children[n - 2].behind <= need)
            n--;
    if (n == 1 && node->kind == NODE_ANY)
        child_need = need - node->children[0].behind;
    node->at = NODE_END;
    for (size_t i = 0; i < n; i++) {
        struct node *child = &node->children[i];

        if (child->at < from && !node_advance(matcher, child, from, child_need))
            return false;
        if (child->at < node->at)
            node->at = child->at;
    }
    return true;
}

/* --- All of several */

static bool advance_all(struct matcher *matcher, struct node *node,
                        uint32_t from, double need)
{
    size_t i = 0;

    /* Whoever comes to a paragraph behind that of the others makes the first
     * look from there. */
    while (i < node->n_children) {
        struct node *child = &node->children[i];

        if (!node_advance(matcher, child, from,
                          need < 0 ? need : need - (node->max - child->max)))
            return false;
        if (child->at == from || i == 0) {
            from = child->at;
            i++;
        } else {
            from = child->at;
            i = 0;
        }
        if (from == NODE_END)
            break;
    }
    node->at = from;
    return true;
}

static bool advance_without(struct matcher *matcher, struct node *node,
                            uint32_t from, double need)
{
    size_t i = 0;

    for (;;) {
        struct node *first = &node->children[0];

        if (!node_advance(matcher, first, from, need))
            return false;
        node->at = first->at;
        for (i = 1; node->at != NODE_END && i < node->n_children; i++) {
            struct node *other = &node->children[i];

            if (!node_advance(matcher, other, node->at, -1))
                return false;
            if (other->at == node->at && !other->unsure)
                break;
        }
        if (node->at == NODE_END || i == node->n_children)
            return true;
        from = node->at + 1;
    }
}

/* --- An odd number of several */

static bool advance_odd(struct matcher *matcher, struct node *node,
                        uint32_t from)
{
    for (;; from = node->at + 1) {
        size_t n = 0;

        node->at = NODE_END;
        for (size_t i = 0; i < node->n_children; i++) {
            struct node *child = &node->children[i];

            if (!node_advance(matcher, child, from, -1))
                return false;
            n = child->at < node->at ? 1 : n + (child->at == node->at);
            if (child->at < node->at)
                node->at = child->at;
        }
        if (node->unsure || n % 2 == 1 || node->at == NODE_END)
            return true;
    }
}

bool node_advance(struct matcher *matcher, struct node *node, uint32_t from,
                  double need)
{
    if (node->at >= from)
        return true;
    if (need >= 0 && node->max <= need) {
        node->at = NODE_END;
        return true;
    }
    switch (node->kind) {
    case NODE_LIST: return advance_list(matcher, node, from, need);
    case NODE_RANGE: return advance_range(matcher, node, from);
    case NODE_ANY:
    case NODE_SYNONYM: return advance_any(matcher, node, from, need);
    case NODE_ALL: return advance_all(matcher, node, from, need);
    case NODE_WITHOUT: return advance_without(matcher, node, from, need);
    case NODE_MAYBE:
        if (!node_advance(matcher, &node->children[0], from,
                          need < 0 ? need : need - node->children[0].behind))
            return false;
        node->at = node->children[0].at;
        return true;
    case NODE_ODD: return advance_odd(matcher, node, from);
    case NODE_CHECKED:
        if (!node_advance(matcher, &node->children[0], from, need))
            return false;
        node->at = node->children[0].at;
        return true;
    }
    return true;
}
