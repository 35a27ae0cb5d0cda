/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/order.h"

#include "index/schema.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Differences of scores that mean something are larger than 1 of these, and
 * those that come of adding in another order are smaller. */
static const double PARTS_OF_A_POINT = 4294967296;

static double rounded(double score)
{
    return round(score * PARTS_OF_A_POINT);
}

/* The number that VALUE_ORDER is, in eight bytes. */
static uint64_t read_place(const char *value, size_t length)
{
    uint64_t place = 0;

    for (size_t i = 0; i < length && length == sizeof place; i++)
        place = place << 8 | (unsigned char)value[i];
    return place;
}

struct candidate order_candidate(const struct reader *reader,
                                 struct match match)
{
    struct candidate item = {.match = match};
    size_t shard = reader->n_shards ? (match.id - 1) % reader->n_shards : 0;

    while (item.whole + 1 < reader->n_wholes &&
           shard >= reader->wholes[item.whole + 1].first_shard)
        item.whole++;
    return item;
}

/* What ID in a whole is among all. */
static uint32_t joint_id(const struct reader *reader, const struct whole *whole,
                         uint32_t id)
{
    size_t shard = whole->first_shard + (id - 1) % whole->n_shards;

    return (uint32_t)((id - 1) / whole->n_shards * reader->n_shards + shard +
                      1);
}

enum status order_read(const struct reader *reader, enum search_order order,
                       const xapian_mset *mset, size_t whole,
                       struct candidate *items, size_t n_items,
                       struct failure *failure)
{
    xapian_error *error = NULL;
    char *before = NULL;
    uint32_t group = 0;

    for (size_t i = 0; !error && i < n_items; i++) {
        xapian_doccount at = (xapian_doccount)i;
        struct match match;
        char *key = NULL;
        size_t length = 0;

        if (xapian_mset_docid(mset, at, &match.id, &error) != XAPIAN_OK ||
            xapian_mset_weight(mset, at, &match.score, &error) != XAPIAN_OK ||
            xapian_mset_sort_key(mset, at, &key, &length, &error) != XAPIAN_OK)
            break;
        if (whole != SIZE_MAX)
            match.id = joint_id(reader, &reader->wholes[whole], match.id);
        items[i] = order_candidate(reader, match);
        if (order != ORDER_DATE)
            items[i].place = read_place(key, length);
        else
            items[i].group =
                before && strcmp(before, key) != 0 ? ++group : group;
        xapian_free(before);
        before = key;
    }
    xapian_free(before);
    return reader_check(reader, error, failure);
}

bool order_ties(const struct candidate *one, const struct candidate *other)
{
    return one->group == other->group &&
           rounded(one->match.score) == rounded(other->match.score);
}

static enum status find_place(const struct reader *reader,
                              struct candidate *item, struct failure *failure)
{
    struct record_place place;
    enum status status = reader_place(reader, item->match.id, &place, failure);

    item->place = (uint64_t)place.document_number << 32 | place.ordinal;
    return status;
}

static int compare_places(const void *a, const void *b)
{
    const struct candidate *one = a, *other = b;

    if (one->whole != other->whole)
        return one->whole < other->whole ? -1 : 1;
    if (one->place != other->place)
        return one->place < other->place ? -1 : 1;
    return (one->match.id > other->match.id) -
           (one->match.id < other->match.id);
}

static int compare_places_reversed(const void *a, const void *b)
{
    return compare_places(b, a);
}

static int compare_best(const void *a, const void *b)
{
    const struct candidate *one = a, *other = b;
    double left = rounded(one->match.score);
    double right = rounded(other->match.score);

    if (one->group != other->group)
        return one->group < other->group ? -1 : 1;
    if (left != right)
        return left > right ? -1 : 1;
    return compare_places(a, b);
}

/* Find the places of those between which nothing else is. */
static enum status find_places(const struct reader *reader,
                               struct candidate *items, size_t n_items,
                               struct failure *failure)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < n_items; i++)
        if (items[i].place == 0 &&
            ((i > 0 && order_ties(&items[i - 1], &items[i])) ||
             (i + 1 < n_items && order_ties(&items[i], &items[i + 1]))))
            status = find_place(reader, &items[i], failure);
    return status;
}

enum status order_best_first(const struct reader *reader,
                             struct candidate *items, size_t n_items,
                             struct failure *failure)
{
    enum status status = STATUS_OK;

    if (n_items < 2)
        return STATUS_OK;
    qsort(items, n_items, sizeof *items, compare_best);
    if (reader->n_shards < 2)
        return STATUS_OK;
    status = find_places(reader, items, n_items, failure);
    qsort(items, n_items, sizeof *items, compare_best);
    return status;
}

void order_by_place(struct candidate *items, size_t n_items, bool reverse)
{
    if (n_items > 1)
        qsort(items, n_items, sizeof *items,
              reverse ? compare_places_reversed : compare_places);
}
