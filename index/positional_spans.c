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
#include <string.h>

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

/* The first of SPANS that begins behind POSITION; AT is a guess, below which
 * are only spans that do not if that is what the last of them says. */
static size_t first_behind(const struct spans *spans, uint32_t position,
                           size_t at)
{
    size_t low = 0, high = spans->n;

    if (at > 0 && spans->items[at - 1].first > position)
        high = at;
    else
        low = at;
    if (low == at && low < high) {
        if (spans->items[low].first > position)
            return low;
        if (low + 1 == high || spans->items[low + 1].first > position)
            return low + 1;
    }
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
    size_t behind = 0;

    for (size_t i = 0; i < left->n; i++) {
        struct span a = left->items[i];

        behind = first_behind(right, a.last, behind);
        for (size_t j = behind;
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

/* Set bit I of BITS where LEAF stands at position FIRST + I, which is one of
 * N_BITS. */
static void set_bits(const struct positional_node *leaf, uint32_t first,
                     uint32_t n_bits, uint64_t *bits)
{
    const struct spans *spans = &leaf->first->spans;

    memset(bits, 0, (n_bits / 64 + 1) * sizeof *bits);
    for (size_t i = first ? first_behind(spans, first - 1, 0) : 0; i < spans->n;
         i++) {
        uint32_t at = spans->items[i].first - first;

        if (at >= n_bits)
            break;
        bits[at / 64] |= UINT64_C(1) << at % 64;
    }
}

/* Append to JOINED the rows of N words that begin where BITS say, counted from
 * FIRST. */
static void append_rows(struct positional *positional, const uint64_t *bits,
                        uint32_t first, uint32_t n_bits, uint32_t n,
                        struct spans *joined)
{
    for (uint32_t i = 0; i <= n_bits / 64; i++)
        for (uint64_t rest = bits[i]; rest; rest &= rest - 1) {
            uint32_t at = first + i * 64 + (uint32_t)__builtin_ctzll(rest);

            if (!positional_append(positional, joined, at, at + n - 1))
                return;
        }
}

/* Whether a set of bits for SPANS, not none, is no larger than they are. */
static bool is_dense(const struct spans *spans)
{
    return (spans->items[spans->n - 1].first - spans->items[0].first) / 128 <=
           spans->n;
}

/* A phrase of words, in a set of bits, one for each position at which it may
 * begin: a long phrase of what a paragraph repeats thousands of times stands
 * nearly everywhere in it, and joining costs a span for each of its words. */
static struct spans *evaluate_row(struct positional *positional,
                                  struct positional_node *chain,
                                  const struct spans *starts)
{
    struct positional_node *child = chain->children;
    uint32_t first = starts->items[0].first, n = 1;
    uint32_t n_bits = starts->items[starts->n - 1].first - first + 1;
    size_t n_words = n_bits / 64 + 1;
    uint64_t any = 1, *bits, *others;

    chain->spans.n = 0;
    if (!array_grow(&positional->bits, &positional->bits_capacity, 2 * n_words,
                    sizeof *positional->bits)) {
        positional->status = STATUS_MEMORY;
        return &chain->spans;
    }
    bits = positional->bits;
    others = bits + n_words;
    set_bits(child, first, n_bits, bits);
    while (any && (child = child->next)) {
        positional_evaluate(positional, child, WANT_PAIRS);
        set_bits(child, first + n++, n_bits, others);
        any = 0;
        for (size_t i = 0; i < n_words; i++)
            any |= bits[i] &= others[i];
    }
    if (any)
        append_rows(positional, bits, first, n_bits, n, &chain->spans);
    return &chain->spans;
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
    if (chain->row && is_dense(before))
        return evaluate_row(positional, chain, before);
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

static void swap_spans(struct positional_node *one,
                       struct positional_node *other)
{
    struct spans spans = one->spans, others = one->other;

    one->spans = other->spans;
    one->other = other->other;
    other->spans = spans;
    other->other = others;
}

/* NODE is another one again, whose own spans somebody may be using. */
static struct spans *evaluate_again(struct positional *positional,
                                    struct positional_node *node,
                                    enum want want)
{
    const struct spans *spans;
    bool other;

    swap_spans(node, node->first);
    spans = positional_evaluate(positional, node->first, want);
    other = spans == &node->first->other;
    swap_spans(node, node->first);
    return other ? &node->other : &node->spans;
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
    case POSITIONAL_AGAIN:
        spans = evaluate_again(positional, node, want);
        break;
    }
    if (positional->status != STATUS_OK && node->kind != POSITIONAL_LEAF)
        spans->n = 0;
    return spans;
}
