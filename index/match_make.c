/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nodes are what index/xapian_query.c would make Xapian's query of, and weigh
 * what Xapian 1.4 would have them weigh: a term by BM25Weight::init, a synonym
 * as a term whose frequency is estimated as of independent ones
 * (OrPostList::get_termfreq_est_using_stats and MultiAndPostList's). */
#include <config.h>

#include "index/match_parts.h"

#include "index/filters.h"
#include "index/positional.h"
#include "index/schema.h"

#include <math.h>
#include <stdlib.h>

/* From so many children on there is a window: of those that cannot be left
 * behind, and of others. */
enum { WINDOW_FROM = 8, WINDOW_FROM_SCORED = 64 };

/* What a query costs, in postings that are read, some 10 ns each: a paragraph
 * in which the rarest word of a phrase or NEAR is, and one that has all its
 * words, so that these are looked at. The least error was made with these
 * numbers for 24 queries that took 0.1 to 2.6 s. */
enum { STEPS_TO_COME = 10, STEPS_TO_LOOK = 25 };

/* So much it may be: about a second; in a large index for each paragraph. */
enum { MAX_STEPS = 100000000, MAX_STEPS_OF_EACH = 500 };

/* Bounds are a little wider than sums can be by rounding. */
static const double slack = 1 + 1e-9;

void node_release(struct node *node, size_t n_shards)
{
    for (size_t i = 0; i < node->n_children; i++)
        node_release(&node->children[i], n_shards);
    for (size_t i = 0; node->lists && i < n_shards; i++)
        glass_list_release(&node->lists[i]);
    glass_value_list_release(&node->values);
    phrase_free(node->phrase);
    free(node->lists);
    window_free(node->window);
    free(node->children);
}

static bool no_memory(struct matcher *matcher)
{
    if (matcher->status == STATUS_OK)
        matcher->status = fail_memory(matcher->failure);
    return false;
}

/* --- Weights */

/* Let NODE, a LIST or SYNONYM, have the weight of a word of which the query has
 * WQF, times FACTOR. */
static void weigh(const struct matcher *matcher, struct node *node,
                  uint32_t wqf, double factor)
{
    double n = node->frequency;
    double odds = (matcher->n_paragraphs - n + 0.5) / (n + 0.5);

    if (factor <= 0 || node->frequency == 0)
        return;
    if (odds < 2)
        odds = odds * 0.5 + 1;
    node->weight = log(odds) * factor * wqf * (matcher->k1 + 1);
    node->max = node->weight *
                matcher_part_of_weight(matcher, node->wdf_max, 0) * slack;
}

static uint32_t estimate_any(const struct matcher *matcher, uint32_t a,
                             uint32_t b)
{
    double n = matcher->n_paragraphs;

    return (uint32_t)(a + (double)b - (double)a * b / n + 0.5);
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;

    return (one > other) - (one < other);
}

/* Xapian joins the two rarest first, again and again. NUMBERS are used up. */
static uint32_t estimate_all_of_any(const struct matcher *matcher,
                                    uint32_t *numbers, size_t n)
{
    qsort(numbers, n, sizeof *numbers, compare_numbers);
    for (size_t first = 0; first + 1 < n; first++) {
        uint32_t joined =
            estimate_any(matcher, numbers[first], numbers[first + 1]);
        size_t i = first + 1;

        for (; i + 1 < n && numbers[i + 1] < joined; i++)
            numbers[i] = numbers[i + 1];
        numbers[i] = joined;
    }
    return n ? numbers[n - 1] : 0;
}

static bool estimate(struct matcher *matcher, struct node *node)
{
    uint32_t *numbers;
    double product = 0;
    size_t n = 0;

    switch (node->kind) {
    case NODE_LIST:
    case NODE_RANGE: return true;
    case NODE_ANY:
    case NODE_SYNONYM:
    case NODE_ODD:
        numbers = calloc(node->n_children + 1, sizeof *numbers);
        if (!numbers)
            return no_memory(matcher);
        for (size_t i = 0; i < node->n_children; i++)
            if (node->children[i].frequency)
                numbers[n++] = node->children[i].frequency;
        node->frequency = estimate_all_of_any(matcher, numbers, n);
        free(numbers);
        return true;
    case NODE_ALL:
        product = node->children[0].frequency;
        for (size_t i = 1; i < node->n_children; i++)
            product *=
                (double)node->children[i].frequency / matcher->n_paragraphs;
        node->frequency = (uint32_t)(product + 0.5);
        return true;
    case NODE_WITHOUT:
    case NODE_MAYBE:
    case NODE_CHECKED: node->frequency = node->children[0].frequency;
    }
    return true;
}

/* --- Joining children */

/* Those that can add most first. */
static int compare_max(const void *a, const void *b)
{
    const struct node *one = a, *other = b;

    return (one->max < other->max) - (one->max > other->max);
}

/* The rarest first. */
static int compare_frequency(const void *a, const void *b)
{
    const struct node *one = a, *other = b;

    return (one->frequency > other->frequency) -
           (one->frequency < other->frequency);
}

/* Whether NODE is any of so many children that they are better read in turn;
 * LEFT_BEHIND: some of them may be, for what they cannot add. */
static bool wants_window(const struct node *node, bool left_behind)
{
    return !node->window &&
           (node->kind == NODE_ANY || node->kind == NODE_SYNONYM) &&
           !node->unsure &&
           node->n_children > (left_behind ? WINDOW_FROM_SCORED : WINDOW_FROM);
}

/* Leave out words that are in no paragraph. */
static void drop_empty(const struct matcher *matcher, struct node *node)
{
    size_t n = 0;

    for (size_t i = 0; i < node->n_children; i++) {
        struct node *child = &node->children[i];

        if (child->kind == NODE_LIST && child->frequency == 0)
            node_release(child, matcher->reader->n_shards);
        else
            node->children[n++] = *child;
    }
    node->n_children = n;
}

/* Put NODE in order, whose children are made. */
static bool finish(struct matcher *matcher, struct node *node)
{
    uint64_t wdf_max = 0;

    if (node->kind == NODE_ANY || node->kind == NODE_SYNONYM)
        drop_empty(matcher, node);
    if (!estimate(matcher, node))
        return false;
    if (node->kind == NODE_ANY)
        qsort(node->children, node->n_children, sizeof *node->children,
              compare_max);
    if (node->kind == NODE_ALL)
        qsort(node->children, node->n_children, sizeof *node->children,
              compare_frequency);
    for (size_t i = node->n_children; i-- > 0;) {
        struct node *child = &node->children[i];

        child->behind = node->max;
        node->max += child->max;
        wdf_max += child->wdf_max;
        node->unsure = node->unsure || child->unsure;
    }
    node->wdf_max = wdf_max < UINT32_MAX ? (uint32_t)wdf_max : UINT32_MAX;
    if (node->kind == NODE_WITHOUT)
        node->max = node->children[0].max;
    /* Of an odd number each is gone through, whatever it adds. */
    for (size_t i = 0; node->kind == NODE_ODD && i < node->n_children; i++)
        if (wants_window(&node->children[i], false) &&
            !window_make(matcher, &node->children[i]))
            return false;
    return !wants_window(node, node->kind == NODE_ANY && node->max > 0) ||
           window_make(matcher, node);
}

/* --- From the query tree */

/* What is not for us. */
static bool refuse(struct matcher *matcher)
{
    matcher->fits = false;
    return false;
}

static bool make(struct matcher *matcher, const struct query_node *query,
                 enum tree_part part, double factor, struct node *node,
                 size_t depth);

/* QUERY costs N steps more. */
static bool count_steps(struct matcher *matcher, const struct query_node *query,
                        double n)
{
    double bound = (double)MAX_STEPS_OF_EACH * matcher->n_paragraphs;

    if (bound < MAX_STEPS)
        bound = MAX_STEPS;
    matcher->n_steps += n;
    if (matcher->n_steps <= bound)
        return true;
    matcher->status =
        fail_limit(matcher->failure, query->column,
                   "up to here words and phrases are to be looked for in more "
                   "than %.0f places; ask for fewer of them, or for rarer ones",
                   bound);
    return false;
}

static bool open_lists(struct matcher *matcher, const struct query_node *query,
                       struct node *node)
{
    const struct reader *reader = matcher->reader;
    struct bytes term = query->term;
    uint64_t n = 0, sum = 0;

    node->lists = calloc(reader->n_shards, sizeof *node->lists);
    if (!node->lists)
        return no_memory(matcher);
    /* Xapian takes the empty term to stand for all documents. */
    for (size_t i = 0; i < reader->n_shards; i++) {
        struct glass_list *list = &node->lists[i];

        matcher->shard = i;
        if (schema_term_size(term) > TERM_MAX || term.length == 0)
            list->ended = true;
        else if (!glass_list_open(list, matcher_part(matcher)->postings, term))
            return matcher_fail(matcher, glass_list_failed(list));
        n += list->n_documents;
        sum += list->wdf_sum;
    }
    node->frequency =
        n < matcher->n_paragraphs ? (uint32_t)n : matcher->n_paragraphs;
    /* Each other paragraph has it once, at least. */
    node->wdf_max = matcher->wdf_max;
    if (sum >= n && sum - n < node->wdf_max)
        node->wdf_max = (uint32_t)(sum - n) + 1;
    return count_steps(matcher, query, node->frequency);
}

static bool open_lengths(struct matcher *matcher,
                         const struct query_node *query, struct node *node)
{
    const struct reader *reader = matcher->reader;

    node->lists = calloc(reader->n_shards, sizeof *node->lists);
    if (!node->lists)
        return no_memory(matcher);
    for (size_t i = 0; i < reader->n_shards; i++) {
        matcher->shard = i;
        if (!glass_list_open_lengths(&node->lists[i],
                                     matcher_part(matcher)->postings))
            return matcher_fail(matcher, glass_list_failed(&node->lists[i]));
    }
    node->frequency = matcher->n_paragraphs;
    return count_steps(matcher, query, node->frequency);
}

/* Where it has no beginning, it is for Xapian to say whether what has no value
 * is in it. */
static bool make_range(struct matcher *matcher, const struct query_node *query,
                       struct node *node)
{
    if (query->term.length == 0)
        return refuse(matcher);
    node->kind = NODE_RANGE;
    node->range = query;
    return open_lengths(matcher, query, node);
}

/* The children of QUERY as those of NODE; FACTOR is of the first, REST of the
 * others. */
static bool make_children(struct matcher *matcher,
                          const struct query_node *query, enum tree_part part,
                          double factor, double rest, struct node *node,
                          size_t depth)
{
    node->children = calloc(query->n_children + 1, sizeof *node->children);
    if (!node->children)
        return no_memory(matcher);
    if (query->n_children == 0)
        node->kind = NODE_ANY; /* nothing */
    for (size_t i = 0; i < query->n_children; i++)
        if (!query_is_again(query, i) &&
            !make(matcher, query->children[i],
                  tree_part_of_child(query, i, part), i ? rest : factor,
                  &node->children[node->n_children++], depth + 1))
            return false;
    return finish(matcher, node);
}

static bool all_terms(const struct query_node *query)
{
    size_t i = 0;

    while (i < query->n_children && query->children[i]->operator== QUERY_TERM)
        i++;
    return i == query->n_children;
}

/* The children of QUERY, scored as one word. */
static bool make_one_word(struct matcher *matcher,
                          const struct query_node *query, double factor,
                          struct node *node, size_t depth)
{
    node->kind = NODE_SYNONYM;
    if (!make_children(matcher, query, TREE_CHECKED, 0, 0, node, depth))
        return false;
    /* Of one word alone it is that word. */
    if (node->n_children == 1 && node->children[0].kind == NODE_LIST) {
        struct node *only = node->children;

        *node = *only;
        free(only);
    }
    node->clamped = true;
    weigh(matcher, node, 1, factor);
    return true;
}

/* See translate_synonym of index/xapian_query.c. */
static bool make_synonym(struct matcher *matcher,
                         const struct query_node *query, enum tree_part part,
                         double factor, struct node *node, size_t depth)
{
    if (part == TREE_CHECKED || all_terms(query))
        return make_one_word(matcher, query, factor, node, depth);
    node->kind = NODE_ANY;
    if (!positional_is(query))
        return make_children(matcher, query, TREE_OPTIONAL, factor, factor,
                             node, depth);
    node->kind = NODE_ALL;
    node->children = calloc(2, sizeof *node->children);
    if (!node->children)
        return no_memory(matcher);
    node->n_children = 2;
    node->children[1].kind = NODE_ANY;
    return make_one_word(matcher, query, factor, &node->children[0], depth) &&
           make_children(matcher, query, TREE_OPTIONAL, 0, 0,
                         &node->children[1], depth) &&
           finish(matcher, node);
}

static bool make_phrase(struct matcher *matcher, const struct query_node *query,
                        struct node *node)
{
    enum filters_by by = FILTERS_OURS;

    matcher->status = filters_by(matcher->reader, &by, matcher->failure);
    if (matcher->status == STATUS_OK && by != FILTERS_OURS)
        return refuse(matcher);
    if (matcher->status == STATUS_OK)
        matcher->status =
            phrase_new(matcher->reader, query, &node->phrase, matcher->failure);
    return matcher->status == STATUS_OK;
}

/* QUERY is to be looked for where CHILD, all its words, is. */
static bool count_looks(struct matcher *matcher, const struct query_node *query,
                        const struct node *child)
{
    double rarest = child->n_children ? child->children[0].frequency : 0;

    return count_steps(matcher, query,
                       STEPS_TO_COME * rarest +
                           STEPS_TO_LOOK * (double)child->frequency);
}

static bool make_positional(struct matcher *matcher,
                            const struct query_node *query, enum tree_part part,
                            double factor, struct node *node, size_t depth)
{
    struct node *child = node;

    if (part != TREE_CHECKED) {
        node->kind = NODE_CHECKED;
        node->unsure = true;
        node->children = calloc(1, sizeof *node->children);
        if (!node->children)
            return no_memory(matcher);
        node->n_children = 1;
        child = &node->children[0];
        if (!make_phrase(matcher, query, node))
            return false;
    }
    child->kind = NODE_ALL;
    if (!make_children(matcher, query, TREE_CHECKED, factor, factor, child,
                       depth))
        return false;
    return child == node ||
           (finish(matcher, node) && count_looks(matcher, query, child));
}

static bool make_kind(struct matcher *matcher, const struct query_node *query,
                      enum node_kind kind, enum tree_part part, double factor,
                      double rest, struct node *node, size_t depth)
{
    node->kind = kind;
    return make_children(matcher, query, part, factor, rest, node, depth);
}

static bool make(struct matcher *matcher, const struct query_node *query,
                 enum tree_part part, double factor, struct node *node,
                 size_t depth)
{
    if (depth > TREE_MAX_DEPTH)
        return refuse(matcher);
    switch (query->operator) {
    case QUERY_NOTHING:
        return make_kind(matcher, query, NODE_ANY, part, 0, 0, node, depth);
    case QUERY_ALL: return open_lengths(matcher, query, node);
    case QUERY_TERM:
        if (!open_lists(matcher, query, node))
            return false;
        weigh(matcher, node, query->wqf, factor);
        return true;
    case QUERY_SCALE:
        return make(matcher, query->children[0], part, factor * query->factor,
                    node, depth + 1);
    case QUERY_AND:
        return make_kind(matcher, query, NODE_ALL, part, factor, factor, node,
                         depth);
    case QUERY_FILTER:
        return make_kind(matcher, query, NODE_ALL, part, factor, 0, node,
                         depth);
    case QUERY_OR:
        return make_kind(matcher, query, NODE_ANY, part, factor, factor, node,
                         depth);
    case QUERY_AND_NOT:
        return make_kind(matcher, query, NODE_WITHOUT, part, factor, 0, node,
                         depth);
    case QUERY_AND_MAYBE:
        return make_kind(matcher, query, NODE_MAYBE, part, factor, factor, node,
                         depth);
    case QUERY_SYNONYM:
        return make_synonym(matcher, query, part, factor, node, depth);
    case QUERY_PHRASE:
    case QUERY_NEAR:
    case QUERY_ONEAR:
        /* Whoever is to blame for a query like that says so. */
        return part == TREE_CHECKED || positional_is(query)
                   ? make_positional(matcher, query, part, factor, node, depth)
                   : refuse(matcher);
    case QUERY_XOR:
        return make_kind(matcher, query, NODE_ODD, part, factor, factor, node,
                         depth);
    case QUERY_RANGE: return make_range(matcher, query, node);
    }
    return refuse(matcher);
}

enum status matcher_make(struct matcher *matcher,
                         const struct query_node *query, bool scored)
{
    matcher->fits = true;
    make(matcher, query, TREE_REQUIRED, scored, &matcher->root, 0);
    return matcher->status;
}
