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

double matcher_part_of_weight(const struct matcher *matcher, uint32_t wdf,
                              uint32_t length)
{
    double relative = length * matcher->length_factor;

    if (wdf == 0)
        return 0;
    if (relative < matcher->minimum_length)
        relative = matcher->minimum_length;
    return wdf /
           (matcher->k1 * (relative * matcher->b + (1 - matcher->b)) + wdf);
}

void node_begin(struct node *node)
{
    node->at = 0;
    for (size_t i = 0; i < node->n_children; i++)
        node_begin(&node->children[i]);
}

/* --- Lists */

/* How many occurrences of NODE's word it takes at least to add more than NEED,
 * as far as LEAST, which has been used for it with lower needs, knows. */
static uint32_t find_least(const struct matcher *matcher,
                           const struct node *node, struct least *least,
                           double need)
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
        least = find_least(matcher, node, &node->advancing, need);
    if (!glass_list_skip(list, from, least))
        return matcher_fail(matcher, glass_list_failed(list));
    node->at = list->ended ? NODE_END : list->chunk.document;
    return true;
}

/* --- Any of several */

static void sift_down(struct node **heap, size_t n)
{
    struct node *node = heap[0];
    size_t i = 0, child;

    while ((child = 2 * i + 1) < n) {
        if (child + 1 < n && heap[child + 1]->at < heap[child]->at)
            child++;
        if (heap[child]->at >= node->at)
            break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = node;
}

static bool advance_heap(struct matcher *matcher, struct node *node,
                         uint32_t from)
{
    while (node->heap[0]->at < from) {
        if (!node_advance(matcher, node->heap[0], from, -1))
            return false;
        sift_down(node->heap, node->n_children);
    }
    node->at = node->heap[0]->at;
    return true;
}

static bool advance_any(struct matcher *matcher, struct node *node,
                        uint32_t from, double need)
{
    size_t n = node->n_children;
    double child_need = -1;

    if (node->heap)
        return advance_heap(matcher, node, from);
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

        if (!node_advance(matcher, child, from, child_need))
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
            if (other->at == node->at)
                break;
        }
        if (node->at == NODE_END || i == node->n_children)
            return true;
        from = node->at + 1;
    }
}

/* --- Phrases */

static bool check(struct matcher *matcher, struct node *node, uint32_t document,
                  bool *stands)
{
    enum status status = phrase_check(node->phrase, matcher->shard, document,
                                      stands, matcher->failure);

    if (matcher->status == STATUS_OK)
        matcher->status = status;
    return status == STATUS_OK;
}

static bool advance_checked(struct matcher *matcher, struct node *node,
                            uint32_t from, double need)
{
    struct node *child = &node->children[0];
    bool stands = false;

    for (; !stands; from = child->at + 1) {
        if (!node_advance(matcher, child, from, need))
            return false;
        stands = node->deferred || child->at == NODE_END;
        if (!stands && !check(matcher, node, child->at, &stands))
            return false;
        if (child->at == NODE_END)
            break;
    }
    node->at = child->at;
    return true;
}

bool node_check(struct matcher *matcher, struct node *node, uint32_t document,
                bool *stands)
{
    *stands = true;
    if (node->kind == NODE_CHECKED && node->deferred &&
        !check(matcher, node, document, stands))
        return false;
    for (size_t i = 0; *stands && i < node->n_children; i++)
        if (node->children[i].has_deferred &&
            !node_check(matcher, &node->children[i], document, stands))
            return false;
    return true;
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
    case NODE_CHECKED: return advance_checked(matcher, node, from, need);
    }
    return true;
}

/* --- Scores */

static uint64_t occurrences(struct matcher *matcher, const struct node *node,
                            uint32_t document);

/* The same of those below place I of NODE's heap, where those that are at
 * DOCUMENT are on top. The heap is as deep as it has doublings. */
static uint64_t occurrences_in_heap(struct matcher *matcher,
                                    const struct node *node, size_t i,
                                    uint32_t document)
{
    if (i >= node->n_children || node->heap[i]->at != document)
        return 0;
    return occurrences(matcher, node->heap[i], document) +
           occurrences_in_heap(matcher, node, 2 * i + 1, document) +
           occurrences_in_heap(matcher, node, 2 * i + 2, document);
}

/* How often the words of NODE occur in DOCUMENT, where it is, or not. */
static uint64_t occurrences(struct matcher *matcher, const struct node *node,
                            uint32_t document)
{
    uint64_t sum = 0;

    if (node->at != document)
        return 0;
    if (node->kind == NODE_LIST)
        return node->lists[matcher->shard].chunk.wdf;
    if (node->heap)
        return occurrences_in_heap(matcher, node, 0, document);
    for (size_t i = 0; i < node->n_children; i++)
        sum += occurrences(matcher, &node->children[i], document);
    return sum;
}

static uint32_t length_of(struct matcher *matcher, uint32_t document)
{
    struct glass_list *lengths = &matcher->lengths;

    if (!glass_list_skip(lengths, document, 0) || lengths->ended ||
        lengths->chunk.document != document) {
        matcher_fail(matcher, glass_list_failed(lengths));
        return 0;
    }
    return lengths->chunk.wdf;
}

static double score_word(struct matcher *matcher, struct node *node,
                         double need)
{
    uint64_t wdf = node->kind == NODE_LIST
                       ? node->lists[matcher->shard].chunk.wdf
                       : occurrences(matcher, node, node->at);
    uint32_t length, n = wdf < UINT32_MAX ? (uint32_t)wdf : UINT32_MAX;

    if (need > 0 && n < find_least(matcher, node, &node->scoring, need))
        return 0;
    length = length_of(matcher, node->at);
    if (node->clamped && n > length)
        n = length; /* as Xapian's SynonymPostList has it */
    return node->weight * matcher_part_of_weight(matcher, n, length);
}

/* The scores of those children that are at NODE's paragraph, added up. */
static double score_children(struct matcher *matcher, struct node *node,
                             double need)
{
    double sum = 0;

    for (size_t i = 0; i < node->n_children; i++) {
        struct node *child = &node->children[i];

        if (child->max <= 0 || !node_advance(matcher, child, node->at, -1))
            continue;
        if (child->at == node->at)
            sum += node_score(matcher, child, need - sum - child->behind);
        if (sum + child->behind <= need)
            break;
    }
    return sum;
}

double node_score(struct matcher *matcher, struct node *node, double need)
{
    if (node->max <= 0)
        return 0;
    switch (node->kind) {
    case NODE_LIST:
    case NODE_SYNONYM: return score_word(matcher, node, need);
    case NODE_ANY:
    case NODE_ALL:
    case NODE_MAYBE: return score_children(matcher, node, need);
    case NODE_WITHOUT:
    case NODE_CHECKED: return node_score(matcher, &node->children[0], need);
    }
    return 0;
}
