/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The spans of a chain are found by joining those of its first child to those
 * of the second, the result to those of the third, and so on.
 *
 * Two words that stand at n places each have up to n * n spans. Most are never
 * formed: a join of which only is asked whether a span is there, where spans
 * begin, or where they end, forms one for each answer (enum want). */
#include <config.h>

#include "index/positional_parts.h"

#include <stdlib.h>

#include "base/buffer.h"

bool positional_append(struct positional *positional, struct spans *spans,
                       uint32_t first, uint32_t last)
{
    if (spans->n == spans->capacity &&
        !array_grow(&spans->items, &spans->capacity, spans->n + 1,
                    sizeof *spans->items)) {
        positional->status = STATUS_MEMORY;
        return false;
    }
    spans->items[spans->n++] = (struct span){first, last};
    return true;
}

/* The same for a span that was formed from others. */
static bool form(struct positional *positional, struct spans *spans,
                 uint32_t first, uint32_t last)
{
    if (positional->n_free > 0) {
        positional->n_free--;
    } else if (++positional->n_formed > POSITIONAL_MAX_SPANS ||
               ++positional->n_of_all > POSITIONAL_MAX_OF_ALL) {
        positional->status = STATUS_LIMIT;
        return false;
    }
    return positional_append(positional, spans, first, last);
}

/* The order by first and then by last. */
static uint64_t by_first(struct span span)
{
    return (uint64_t)span.first << 32 | span.last;
}

static int compare_by_first(const void *a, const void *b)
{
    uint64_t one = by_first(*(const struct span *)a);
    uint64_t other = by_first(*(const struct span *)b);

    return (one > other) - (one < other);
}

static int compare_by_last(const void *a, const void *b)
{
    uint32_t one = ((const struct span *)a)->last;
    uint32_t other = ((const struct span *)b)->last;

    return (one > other) - (one < other);
}

/* Sort by first, dropping what is there twice. */
static struct spans *settle(struct spans *spans)
{
    size_t i = 1, kept = 1;

    while (i < spans->n &&
           by_first(spans->items[i - 1]) < by_first(spans->items[i]))
        i++;
    if (i >= spans->n)
        return spans;
    qsort(spans->items, spans->n, sizeof *spans->items, compare_by_first);
    for (i = 1; i < spans->n; i++)
        if (by_first(spans->items[i]) != by_first(spans->items[kept - 1]))
            spans->items[kept++] = spans->items[i];
    spans->n = kept;
    return spans;
}

static void sort_by_last(struct spans *spans)
{
    for (size_t i = 1; i < spans->n; i++)
        if (spans->items[i - 1].last > spans->items[i].last) {
            qsort(spans->items, spans->n, sizeof *spans->items,
                  compare_by_last);
            return;
        }
}

/* The first of SPANS, from LOW on, that begins behind POSITION. */
static size_t first_behind(const struct spans *spans, uint32_t position)
{
    size_t low = 0, high = spans->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (spans->items[middle].first <= position)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* How many of SPANS, which are sorted by last, end before POSITION. */
static size_t n_before(const struct spans *spans, uint32_t position)
{
    size_t low = 0, high = spans->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (spans->items[middle].last < position)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Append to JOINED the spans from one of LEFT to one of RIGHT that begins 1 to
 * WINDOW positions behind it: all, or one for each of LEFT. */
static void join_each_left(struct positional *positional,
                           const struct spans *left, const struct spans *right,
                           uint32_t window, enum want want,
                           struct spans *joined)
{
    for (size_t i = 0; i < left->n; i++) {
        struct span a = left->items[i];

        for (size_t j = first_behind(right, a.last);
             j < right->n && right->items[j].first - a.last <= window; j++) {
            if (!form(positional, joined, a.first, right->items[j].last) ||
                want == WANT_ANY)
                return;
            if (want != WANT_PAIRS)
                break;
        }
    }
}

/* The same, one for each of RIGHT, LEFT being sorted by last. */
static void join_each_right(struct positional *positional,
                            const struct spans *left, const struct spans *right,
                            uint32_t window, struct spans *joined)
{
    for (size_t i = 0; i < right->n; i++) {
        struct span b = right->items[i];
        size_t n = n_before(left, b.first);

        if (n > 0 && b.first - left->items[n - 1].last <= window &&
            !form(positional, joined, left->items[n - 1].first, b.last))
            return;
    }
}

/* What must be known of the spans that stand before a child of CHAIN, and of
 * the child's, to know WANT of those that are joined. */
static enum want want_before(const struct positional_node *chain,
                             enum want want)
{
    if (chain->either)
        return want == WANT_ANY ? WANT_FIRSTS | WANT_LASTS : WANT_PAIRS;
    return want & WANT_FIRSTS ? WANT_PAIRS : WANT_LASTS;
}

static enum want want_of_child(const struct positional_node *chain,
                               enum want want)
{
    if (chain->either)
        return want_before(chain, want);
    return want & WANT_LASTS ? WANT_PAIRS : WANT_FIRSTS;
}

/* Join BEFORE to CHILD into JOINED. */
static void join(struct positional *positional,
                 const struct positional_node *chain, struct spans *before,
                 struct spans *child, enum want want, struct spans *joined)
{
    joined->n = 0;
    positional->n_free = before->n + child->n;
    if (want != WANT_LASTS) {
        join_each_left(positional, before, child, chain->window, want, joined);
        if (chain->either && (want != WANT_ANY || joined->n == 0))
            join_each_left(positional, child, before, chain->window, want,
                           joined);
    }
    if (want & WANT_LASTS && want != WANT_PAIRS) {
        if (chain->either) {
            sort_by_last(child);
            join_each_right(positional, child, before, chain->window, joined);
        }
        sort_by_last(before);
        join_each_right(positional, before, child, chain->window, joined);
    }
    settle(joined);
}

/* What is wanted of the spans of CHAIN up to CHILD, if WANT is of all. It no
 * longer changes two children from the end. */
static enum want want_up_to(const struct positional_node *chain,
                            const struct positional_node *child, enum want want)
{
    for (int i = 0; i < 2 && (child = child->next); i++)
        want = want_before(chain, want);
    return want;
}

static struct spans *evaluate_chain(struct positional *positional,
                                    struct positional_node *chain,
                                    enum want want)
{
    struct positional_node *child = chain->children;
    struct spans *before, *joined = &chain->spans;

    joined->n = 0;
    if (!child || chain->n_touched < chain->n_leaves)
        return joined;
    before =
        positional_evaluate(positional, child, want_up_to(chain, child, want));
    while ((child = child->next) && before->n > 0) {
        enum want now = want_up_to(chain, child, want);

        join(positional, chain, before,
             positional_evaluate(positional, child, want_of_child(chain, now)),
             now, joined);
        before = joined;
        joined = before == &chain->spans ? &chain->other : &chain->spans;
    }
    return before;
}

/* Add the spans of CHILD and of those behind it to ALL. */
static void collect(struct positional *positional,
                    struct positional_node *child, enum want want,
                    struct spans *all)
{
    for (; child && (want != WANT_ANY || all->n == 0); child = child->next) {
        const struct spans *some = positional_evaluate(positional, child, want);

        for (size_t i = 0; i < some->n; i++)
            if (!positional_append(positional, all, some->items[i].first,
                                   some->items[i].last))
                return;
    }
}

static struct spans *evaluate_union(struct positional *positional,
                                    struct positional_node *parent,
                                    enum want want)
{
    struct spans *all = &parent->spans;

    all->n = 0;
    collect(positional, parent->children, want, all);
    collect(positional, parent->active, want, all);
    return settle(all);
}

struct spans *positional_evaluate(struct positional *positional,
                                  struct positional_node *node, enum want want)
{
    struct spans *spans = &node->first->spans;

    switch (node->kind) {
    case POSITIONAL_LEAF: settle(spans); break;
    case POSITIONAL_UNION:
        spans = evaluate_union(positional, node, want);
        break;
    case POSITIONAL_CHAIN:
        spans = evaluate_chain(positional, node, want);
        break;
    }
    if (positional->status != STATUS_OK && node->kind != POSITIONAL_LEAF)
        spans->n = 0;
    return spans;
}
