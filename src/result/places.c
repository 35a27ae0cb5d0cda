/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A tree of operands: from the bottom up each finds out where it stands, and
 * from the top down those are marked that some place of the whole is made of.
 * What holds no NEAR is one part, which index/positional.h evaluates and which
 * is marked from its first word to its last. */
#include <config.h>

#include "src/result/places.h"

#include "base/buffer.h"

#include <stdlib.h>

/* Where an operand that is itself a NEAR stands at more places, not all of its
 * words are marked. */
enum { MAX_INNER_PLACES = 1 << 16 };

struct place {
    uint32_t first, last;
    bool marked;
};

struct places {
    enum query_operator operator; /* OR, NEAR, ONEAR */
    uint32_t window;
    struct positional *part; /* or NULL, and then it has children */
    struct places **children;
    size_t n_children, children_capacity;
    struct place *items; /* by .first, then by .last, each once */
    size_t n_items, capacity;
    uint32_t *lasts; /* the .last of each, ascending */
    size_t lasts_capacity;
    bool failed; /* memory was short */
};

static bool holds_near(const struct query_node *node)
{
    size_t i;

    if (node->operator== QUERY_NEAR || node->operator== QUERY_ONEAR)
        return true;
    for (i = 0; i < node->n_children; i++)
        if (node->children[i]->n_children > 0 && holds_near(node->children[i]))
            return true;
    return false;
}

static enum status adopt(struct places *parent, struct places *child,
                         struct failure *failure)
{
    if (array_grow(&parent->children, &parent->children_capacity,
                   parent->n_children + 1, sizeof(struct places *))) {
        parent->children[parent->n_children++] = child;
        return STATUS_OK;
    }
    places_free(child);
    return fail_memory(failure);
}

/* Put LEFT, which is taken over, as the first child into a new *OUT like NODE.
 */
static enum status nest(const struct query_node *node, struct places *left,
                        struct places **out, struct failure *failure)
{
    *out = calloc(1, sizeof **out);
    if (!*out) {
        places_free(left);
        return fail_memory(failure);
    }
    /* The words of a phrase are near each other, too. */
    (*out)->operator= node->operator== QUERY_PHRASE ? QUERY_ONEAR
                                                    : node->operator;
    (*out)->window = node->operator== QUERY_PHRASE ? 1 : node->window;
    return left ? adopt(*out, left, failure) : STATUS_OK;
}

enum status places_new(const struct query_node *node, struct places **places,
                       struct failure *failure)
{
    bool pairs = node->operator!= QUERY_OR && node->operator!= QUERY_SYNONYM;
    enum status status = nest(node, NULL, places, failure);
    size_t i;

    if (!status && !pairs)
        (*places)->operator= QUERY_OR;
    if (!status && !holds_near(node))
        return positional_new(node, &(*places)->part, failure);
    for (i = 0; !status && i < node->n_children; i++) {
        struct places *child = NULL;

        /* a NEAR b NEAR c is (a NEAR b) NEAR c. */
        if (pairs && i >= 2)
            status = nest(node, *places, places, failure);
        if (!status)
            status = places_new(node->children[i], &child, failure);
        if (status)
            places_free(child);
        else
            status = adopt(*places, child, failure);
    }
    return status;
}

void places_free(struct places *places)
{
    size_t i;

    if (!places)
        return;
    for (i = 0; i < places->n_children; i++)
        places_free(places->children[i]);
    positional_free(places->part);
    free(places->children);
    free(places->items);
    free(places->lasts);
    free(places);
}

enum status places_each_part(struct places *places,
                             enum status (*each)(void *context,
                                                 struct positional *part),
                             void *context)
{
    enum status status = places->part ? each(context, places->part) : STATUS_OK;
    size_t i;

    for (i = 0; !status && i < places->n_children; i++)
        status = places_each_part(places->children[i], each, context);
    return status;
}

static bool add_place(void *context, uint32_t first, uint32_t last)
{
    struct places *places = context;

    if (!array_grow(&places->items, &places->capacity, places->n_items + 1,
                    sizeof *places->items)) {
        places->failed = true;
        return false;
    }
    places->items[places->n_items++] = (struct place){first, last, false};
    return true;
}

static int compare_places(const void *a, const void *b)
{
    const struct place *left = a, *right = b;

    if (left->first != right->first)
        return left->first < right->first ? -1 : 1;
    return (left->last > right->last) - (left->last < right->last);
}

static int compare_numbers(const void *a, const void *b)
{
    const uint32_t *left = a, *right = b;

    return (*left > *right) - (*left < *right);
}

/* Put the items in order, each once, and fill in .lasts. */
static void sort_places(struct places *places)
{
    size_t kept = 0, i;

    if (places->n_items == 0)
        return;
    qsort(places->items, places->n_items, sizeof *places->items,
          compare_places);
    for (i = 1; i < places->n_items; i++)
        if (compare_places(&places->items[kept], &places->items[i]) != 0)
            places->items[++kept] = places->items[i];
    places->n_items = kept + 1;
    if (!array_grow(&places->lasts, &places->lasts_capacity, places->n_items,
                    sizeof *places->lasts)) {
        places->failed = true;
        return;
    }
    for (i = 0; i < places->n_items; i++)
        places->lasts[i] = places->items[i].last;
    qsort(places->lasts, places->n_items, sizeof *places->lasts,
          compare_numbers);
}

/* The number of the first item of PLACES that begins at FIRST or behind. */
static size_t first_from(const struct places *places, uint32_t first)
{
    size_t low = 0, high = places->n_items;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (places->items[middle].first < first)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether an item of PLACES ends from LEAST to MOST. */
static bool ends_within(const struct places *places, uint32_t least,
                        uint32_t most)
{
    size_t low = 0, high = places->n_items;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (places->lasts[middle] < least)
            low = middle + 1;
        else
            high = middle;
    }
    return low < places->n_items && places->lasts[low] <= most;
}

/* Call EACH for every item of RIGHT that begins behind ITEM, near enough to
 * PLACES. */
static void each_behind(struct places *places, const struct place *item,
                        struct places *right,
                        void (*each)(struct places *places,
                                     const struct place *item,
                                     struct place *behind))
{
    size_t i = first_from(right, item->last + 1);

    for (; i < right->n_items &&
           right->items[i].first - item->last <= places->window;
         i++)
        each(places, item, &right->items[i]);
}

static void add_both(struct places *places, const struct place *item,
                     struct place *behind)
{
    if (places->n_items < MAX_INNER_PLACES && !places->failed)
        add_place(places, item->first, behind->last);
}

/* Fill the items of PLACES, which stands below a NEAR, and of all below it. */
static void evaluate(struct places *places)
{
    size_t i, j;

    places->n_items = 0;
    places->failed = false;
    if (places->part) {
        positional_each(places->part, add_place, places);
        places->failed |=
            positional_status(places->part, NULL) == STATUS_MEMORY;
    }
    for (i = 0; i < places->n_children; i++) {
        evaluate(places->children[i]);
        places->failed |= places->children[i]->failed;
    }
    for (i = 0; places->operator== QUERY_OR && i<places->n_children; i++)
        for (j = 0; j < places->children[i]->n_items; j++)
            add_place(places, places->children[i]->items[j].first,
                      places->children[i]->items[j].last);
    for (i = 0; places->operator!= QUERY_OR && i<places->n_children; i++) {
        struct places *left = places->children[i];

        if (i == 1 && places->operator== QUERY_ONEAR)
            break;
        for (j = 0; places->n_children == 2 && j < left->n_items &&
                    places->n_items < MAX_INNER_PLACES;
             j++)
            each_behind(places, &left->items[j], places->children[1 - i],
                        add_both);
    }
    sort_places(places);
}

static void mark(struct places *places, struct place *item);

/* Mark what PLACES, which is where FIRST begins and LAST ends, is made of. */
static void mark_pair(struct places *places, struct places *left,
                      struct places *right, const struct place *item)
{
    size_t i, j;

    for (i = first_from(left, item->first);
         i < left->n_items && left->items[i].first == item->first; i++) {
        struct place *one = &left->items[i];

        for (j = first_from(right, one->last + 1);
             j < right->n_items &&
             right->items[j].first - one->last <= places->window;
             j++)
            if (right->items[j].last == item->last) {
                mark(left, one);
                mark(right, &right->items[j]);
            }
    }
}

/* Mark ITEM of PLACES, and below it what it is made of. Recursion is as deep
 * as the tree. */
static void mark(struct places *places, struct place *item)
{
    size_t i;

    if (item->marked)
        return;
    item->marked = true;
    if (places->operator== QUERY_OR) {
        for (i = 0; i < places->n_children; i++) {
            struct places *child = places->children[i];
            struct place *found =
                child->n_items == 0
                    ? NULL
                    : bsearch(item, child->items, child->n_items,
                              sizeof *child->items, compare_places);

            if (found)
                mark(child, found);
        }
    } else if (places->n_children == 2) {
        mark_pair(places, places->children[0], places->children[1], item);
        if (places->operator== QUERY_NEAR)
            mark_pair(places, places->children[1], places->children[0], item);
    }
}

/* Mark the items of LEFT and RIGHT that have one of the other near enough, in
 * this order. */
static void mark_near(struct places *left, struct places *right,
                      uint32_t window)
{
    size_t i, found;

    for (i = 0; i < left->n_items; i++) {
        uint32_t last = left->items[i].last;

        found = first_from(right, last + 1);
        if (found < right->n_items &&
            right->items[found].first - last <= window)
            mark(left, &left->items[i]);
    }
    for (i = 0; i < right->n_items; i++) {
        uint32_t first = right->items[i].first;

        if (ends_within(left, first > window ? first - window : 1, first - 1))
            mark(right, &right->items[i]);
    }
}

/* Tell EACH of what is marked. */
static enum status tell(const struct places *places,
                        enum status (*each)(void *context, uint32_t first,
                                            uint32_t last),
                        void *context)
{
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; !status && places->part && i < places->n_items; i++)
        if (places->items[i].marked)
            status =
                each(context, places->items[i].first, places->items[i].last);
    for (i = 0; !status && i < places->n_children; i++)
        status = tell(places->children[i], each, context);
    return status;
}

enum status places_mark(struct places *places,
                        enum status (*each)(void *context, uint32_t first,
                                            uint32_t last),
                        void *context, struct failure *failure)
{
    size_t i;

    places->failed = false;
    if (places->n_children == 2 && places->operator!= QUERY_OR) {
        struct places *left = places->children[0];
        struct places *right = places->children[1];

        evaluate(left);
        evaluate(right);
        places->failed = left->failed || right->failed;
        mark_near(left, right, places->window);
        if (places->operator== QUERY_NEAR)
            mark_near(right, left, places->window);
    } else {
        evaluate(places);
        for (i = 0; i < places->n_items; i++)
            mark(places, &places->items[i]);
    }
    if (places->failed)
        return fail_memory(failure);
    return tell(places, each, context);
}
