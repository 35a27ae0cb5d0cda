/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether positions make a phrase. */
#include <config.h>

#include "index/phrase.h"

/* The first of POSITIONS that is not below POSITION; its number, .n if there is
 * none. */
static size_t lower_bound(const struct positions *positions, uint64_t position)
{
    size_t low = 0, high = positions->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (positions->items[middle] < position)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool phrase_in_order(const struct positions *arguments, size_t n,
                     uint32_t window)
{
    /* From each place of the first, the nearest of each other is the best. */
    for (size_t i = 0; i < arguments[0].n; i++) {
        uint64_t first = arguments[0].items[i], position = first;
        size_t j;

        for (j = 1; j < n; j++) {
            size_t found = lower_bound(&arguments[j], position + 1);

            if (found == arguments[j].n)
                return false;
            position = arguments[j].items[found];
            if (position - first >= window)
                break;
        }
        if (j == n)
            return true;
    }
    return false;
}

/* Who stands where, while places are dealt out. */
struct seats {
    const struct positions *arguments;
    size_t n;
    uint64_t first, end; /* the window */
    uint32_t taken[32];  /* the place of each argument, 0: none yet */
    bool tried[32];
};

enum { SEATS_MAX = sizeof((struct seats *)NULL)->tried };

/* Which argument has taken POSITION; n if none. */
static size_t owner(const struct seats *seats, uint32_t position)
{
    size_t i = 0;

    while (i < seats->n && seats->taken[i] != position)
        i++;
    return i;
}

/* Find a place for ARGUMENT, moving others that can move: the augmenting paths
 * of bipartite matching. As deep as there are arguments. */
static bool seat(struct seats *seats, size_t argument)
{
    const struct positions *positions = &seats->arguments[argument];

    seats->tried[argument] = true;
    for (size_t i = lower_bound(positions, seats->first);
         i < positions->n && positions->items[i] < seats->end; i++) {
        uint32_t position = positions->items[i];
        size_t other = owner(seats, position);

        if (other < seats->n && (seats->tried[other] || !seat(seats, other)))
            continue;
        seats->taken[argument] = position;
        return true;
    }
    return false;
}

/* Whether the window that begins at FIRST has a place for each. */
static bool fits(const struct positions *arguments, size_t n, uint64_t first,
                 uint32_t window)
{
    struct seats seats = {arguments, n, first, first + window, {0}, {false}};

    for (size_t i = 0; i < n; i++) {
        size_t found = lower_bound(&arguments[i], first);

        if (found == arguments[i].n || arguments[i].items[found] >= seats.end)
            return false;
    }
    for (size_t i = 0; i < n; i++) {
        memset(seats.tried, 0, sizeof seats.tried);
        if (!seat(&seats, i))
            return false;
    }
    return true;
}

bool phrase_in_any_order(const struct positions *arguments, size_t n,
                         uint32_t window)
{
    /* More than that stand together by their number alone: words are told
     * apart by the first of them only. */
    if (n > SEATS_MAX)
        n = SEATS_MAX;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < arguments[i].n; j++)
            if (fits(arguments, n, arguments[i].items[j], window))
                return true;
    return false;
}
