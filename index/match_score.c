/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a paragraph matches, and its score. Where a phrase stands is looked
 * for last: only where the paragraph would be among the best if it stood. */
#include <config.h>

#include "index/match_parts.h"

/* --- What stands */

static bool check_phrase(struct matcher *matcher, struct node *node,
                         uint32_t document)
{
    enum status status;

    if (node->checked == document)
        return true;
    status = phrase_check(node->phrase, matcher->shard, document, &node->stands,
                          matcher->failure);
    node->checked = document;
    if (matcher->status == STATUS_OK)
        matcher->status = status;
    return status == STATUS_OK;
}

/* How many of NODE's children from number FIRST on match DOCUMENT, counted up
 * to MOST; those first that are sure. */
static bool count_standing(struct matcher *matcher, struct node *node,
                           size_t first, size_t most, uint32_t document,
                           size_t *n)
{
    *n = 0;
    for (int unsure = 0; unsure <= node->unsure; unsure++)
        for (size_t i = first; i < node->n_children && *n < most; i++) {
            bool stands = false;

            if (node->children[i].unsure != unsure ||
                node->children[i].at > document)
                continue;
            if (!node_check(matcher, &node->children[i], document, &stands))
                return false;
            *n += stands;
        }
    return true;
}

static bool check_kind(struct matcher *matcher, struct node *node,
                       uint32_t document, bool *stands)
{
    size_t n = 0;
    bool good = true;

    switch (node->kind) {
    case NODE_LIST:
    case NODE_RANGE:
    case NODE_SYNONYM: break;
    case NODE_MAYBE:
        return node_check(matcher, &node->children[0], document, stands);
    case NODE_CHECKED:
        good = check_phrase(matcher, node, document);
        *stands = node->stands;
        break;
    case NODE_ANY:
        good = count_standing(matcher, node, 0, 1, document, &n);
        *stands = n > 0;
        break;
    case NODE_ODD:
        good = count_standing(matcher, node, 0, SIZE_MAX, document, &n);
        *stands = n % 2 == 1;
        break;
    case NODE_ALL:
        for (size_t i = 0; good && *stands && i < node->n_children; i++)
            good = node_check(matcher, &node->children[i], document, stands);
        break;
    case NODE_WITHOUT:
        good = node_check(matcher, &node->children[0], document, stands) &&
               (!*stands || count_standing(matcher, node, 1, 1, document, &n));
        *stands = *stands && n == 0;
        break;
    }
    return good;
}

bool node_check(struct matcher *matcher, struct node *node, uint32_t document,
                bool *stands)
{
    *stands = false;
    if (!node_advance(matcher, node, document, -1))
        return false;
    *stands = node->at == document;
    return !*stands || !node->unsure ||
           check_kind(matcher, node, document, stands);
}

/* --- Scores */

uint64_t node_occurrences(const struct matcher *matcher,
                          const struct node *node, uint32_t document)
{
    uint64_t sum = 0;

    if (node->at != document)
        return 0;
    if (node->kind == NODE_LIST)
        return node->lists[matcher->shard].chunk.wdf;
    if (node->window)
        return (uint64_t)window_sum(node);
    for (size_t i = 0; i < node->n_children; i++)
        sum += node_occurrences(matcher, &node->children[i], document);
    return sum;
}

static uint32_t length_of(struct matcher *matcher, uint32_t document)
{
    struct glass_list *lengths = &matcher->lengths;

    if (!matcher_seek_length(matcher, document))
        return 0;
    if (lengths->ended || lengths->chunk.document != document) {
        matcher_fail(matcher, false);
        return 0;
    }
    return lengths->chunk.wdf;
}

static double score_word(struct matcher *matcher, struct node *node,
                         double need)
{
    uint64_t n = node_occurrences(matcher, node, node->at);

    if (need > 0 && n < node_least(matcher, node, &node->scoring, need))
        return 0;
    return node_word_score(matcher, node, n, length_of(matcher, node->at));
}

/* Whether CHILD adds to the score of DOCUMENT; false also where that failed. */
static bool adds(struct matcher *matcher, struct node *child, uint32_t document)
{
    bool stands = false;

    if (child->max <= 0)
        return false;
    if (matcher->checks && child->unsure)
        return node_check(matcher, child, document, &stands) && stands;
    return node_advance(matcher, child, document, -1) && child->at == document;
}

/* The scores of those children that are at NODE's paragraph, added up. */
static double score_children(struct matcher *matcher, struct node *node,
                             double need)
{
    double sum = 0;

    for (size_t i = 0; i < node->n_children; i++) {
        struct node *child = &node->children[i];

        if (child->at <= node->at && adds(matcher, child, node->at))
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
    case NODE_RANGE: return 0;
    case NODE_LIST:
    case NODE_SYNONYM: return score_word(matcher, node, need);
    case NODE_ANY:
        return node->window ? window_sum(node)
                            : score_children(matcher, node, need);
    case NODE_ALL:
    case NODE_MAYBE:
    case NODE_ODD: return score_children(matcher, node, need);
    case NODE_WITHOUT:
    case NODE_CHECKED: return node_score(matcher, &node->children[0], need);
    }
    return 0;
}
