/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running a query: the tree as Xapian's query, the best matches of all parts
 * together, and how many there are.
 *
 * The two are two runs. A run that wants items puts every match through a heap,
 * and weighs it; a run that only counts does neither, so that both together
 * take a third of the time of one that does both (Xapian 1.4.22). */
#include <config.h>

#include "index/reader.h"

#include "base/buffer.h"
#include "index/match.h"
#include "index/order.h"
#include "index/schema.h"
#include "index/second_look.h"

#include <stdlib.h>
#include <string.h>

void xapian_enquire_make(const xapian_database *database,
                         const xapian_query *query, xapian_weight *weight,
                         xapian_enquire **enquire, xapian_error **error)
{
    if (!*error)
        xapian_enquire_new(database, enquire, error);
    if (!*error)
        xapian_enquire_set_query(*enquire, query, 0, error);
    if (!*error)
        xapian_enquire_set_weighting_scheme(*enquire, weight, error);
    xapian_weight_free(weight);
}

static uint32_t at_most(size_t number, uint32_t bound)
{
    return number < bound ? (uint32_t)number : bound;
}

/* The matches that come first, in order. */
struct best {
    struct candidate *items;
    size_t n_items;
    uint32_t n_at_least; /* match, all together */
};

/* Where ties are settled by more than Xapian can, so many matches are looked at
 * for those that tie with the last one wanted. */
enum { TIES_MAX = 10000 };

/* Verify what ranking reads besides postings. */
static enum status guard_ranking(const struct reader *reader,
                                 const struct search_options *options,
                                 struct failure *failure)
{
    enum status status =
        reader_guard(reader, GUARD_LENGTHS, (struct bytes){NULL, 0}, failure);

    if (status == STATUS_OK && options->order == ORDER_DATE)
        status = reader_guard_values(reader, VALUE_DATE, failure);
    if (status == STATUS_OK &&
        (options->order == ORDER_DOCUMENT || reader->n_shards > 1))
        status = reader_guard_values(reader, VALUE_ORDER, failure);
    return status;
}

/* The ids of one shard are in document order, and that is how Xapian settles
 * ties unless told otherwise. */
static void set_order(const struct reader *reader,
                      const struct search_options *options,
                      xapian_enquire *enquire, xapian_error **error)
{
    switch (options->order) {
    case ORDER_SCORE:
        if (reader->n_shards > 1)
            xapian_enquire_set_sort_by_relevance_then_value(
                enquire, VALUE_ORDER, false, error);
        break;
    case ORDER_DATE:
        xapian_enquire_set_sort_by_value_then_relevance(
            enquire, VALUE_DATE, !options->reverse, error);
        break;
    case ORDER_DOCUMENT:
        xapian_enquire_set_sort_by_value(enquire, VALUE_ORDER, options->reverse,
                                         error);
        break;
    }
}

/* BM25's k3, without end but for rounding: a word said twice in the query
 * counts twice, as it does in a SCALE. */
static const double k3 = 1e15;

/* Run the query on the whole number WHOLE, or on all if that is SIZE_MAX, and
 * add what comes first for Xapian in the order asked for, at most MAX. */
static enum status run(struct prepared *prepared,
                       const struct search_options *options, size_t whole,
                       uint32_t max, struct best *best, struct failure *failure)
{
    const struct reader *reader = prepared->reader;
    const struct ranking *ranking = &reader->ranking;
    xapian_error *error = NULL;
    xapian_weight *weight = NULL;
    xapian_enquire *enquire = NULL;
    xapian_mset *mset = NULL;
    size_t capacity = best->n_items, n;
    enum status status = guard_ranking(reader, options, failure);

    if (status != STATUS_OK)
        return status;
    xapian_weight_new_bm25(ranking->k1, 0, k3, ranking->b,
                           ranking->minimum_length, &weight, &error);
    xapian_enquire_make(whole == SIZE_MAX ? reader->database
                                          : reader->wholes[whole].database,
                        prepared->query, weight, &enquire, &error);
    if (!error)
        set_order(reader, options, enquire, &error);
    if (!error)
        prepared_run(prepared, enquire, 0, max, 0, &mset, &error);
    status = prepared_check(prepared, error, reader->wholes[0].path, failure);
    n = status == STATUS_OK ? xapian_mset_size(mset) : 0;
    if (!array_grow(&best->items, &capacity, best->n_items + n,
                    sizeof *best->items))
        status = fail_memory(failure);
    if (status == STATUS_OK && n > 0)
        status = order_read(reader, options->order, mset, whole,
                            best->items + best->n_items, n, failure);
    if (status == STATUS_OK) {
        best->n_items += n;
        best->n_at_least = xapian_mset_matches_lower_bound(mset);
    }
    xapian_mset_free(mset);
    xapian_enquire_free(enquire);
    return status;
}

/* Find the first MAX where all that match are equal: one index after the
 * other. */
static enum status run_by_whole(struct prepared *prepared,
                                const struct search_options *options,
                                uint32_t max, struct best *best,
                                struct failure *failure)
{
    const struct reader *reader = prepared->reader;
    uint32_t n_at_least = best->n_at_least;
    enum status status = STATUS_OK;

    best->n_items = 0;
    for (size_t i = 0; i < reader->n_wholes && best->n_items < max; i++)
        if (status == STATUS_OK && reader->wholes[i].n_shards > 0)
            status = run(prepared, options, i, max - (uint32_t)best->n_items,
                         best, failure);
    best->n_at_least = n_at_least;
    return status;
}

/* Find the first MAX of N_PARAGRAPHS, and of those that tie with the last so
 * many that all of MAX are the right ones. */
static enum status run_wider(struct prepared *prepared,
                             const struct search_options *options, uint32_t max,
                             uint32_t n_paragraphs, struct best *best,
                             struct failure *failure)
{
    size_t ask =
        options->order == ORDER_DOCUMENT ? n_paragraphs : (size_t)max + 1;
    enum status status;

    for (;;) {
        best->n_items = 0;
        status = run(prepared, options, SIZE_MAX, at_most(ask, n_paragraphs),
                     best, failure);
        if (status != STATUS_OK || best->n_items < ask || ask >= TIES_MAX ||
            !order_ties(&best->items[max - 1], &best->items[ask - 1]))
            return status;
        if (options->order == ORDER_SCORE && best->items[0].match.score == 0)
            return run_by_whole(prepared, options, max, best, failure);
        ask = at_most(ask * 4, TIES_MAX);
    }
}

/* Leave of BEST at most MAX, beginning at number FIRST. */
static void keep(struct best *best, size_t first, size_t max)
{
    size_t n = best->n_items > first ? best->n_items - first : 0;

    best->n_items = n < max ? n : max;
    if (best->n_items > 0)
        memmove(best->items, best->items + first,
                best->n_items * sizeof *best->items);
}

/* Find the first MAX matches in the order asked for. */
static enum status rank(struct prepared *prepared,
                        const struct search_options *options, uint32_t max,
                        uint32_t n_paragraphs, struct best *best,
                        struct failure *failure)
{
    const struct reader *reader = prepared->reader;
    enum status status;

    /* Xapian's order is right already. */
    if (reader->n_shards < 2 ||
        (reader->n_wholes < 2 && options->order != ORDER_DATE))
        return run(prepared, options, SIZE_MAX, max, best, failure);
    status = run_wider(prepared, options, max, n_paragraphs, best, failure);
    if (status != STATUS_OK)
        return status;
    if (options->order == ORDER_DOCUMENT)
        order_by_place(best->items, best->n_items, options->reverse);
    else
        status = order_best_first(reader, best->items, best->n_items, failure);
    keep(best, 0, max);
    return status;
}

enum status reader_size(const struct reader *reader, uint32_t *n_paragraphs,
                        struct failure *failure)
{
    xapian_error *error = NULL;

    xapian_database_doccount(reader->database, n_paragraphs, &error);
    return reader_check(reader, error, failure);
}

/* Let BEST be what MATCHES are, or MATCHES what BEST are. */
static enum status take(const struct reader *reader,
                        const struct matches *matches, struct best *best,
                        struct failure *failure)
{
    size_t capacity = 0;

    if (!array_grow(&best->items, &capacity, matches->n_items,
                    sizeof *best->items))
        return fail_memory(failure);
    for (size_t i = 0; i < matches->n_items; i++)
        best->items[i] = order_candidate(reader, matches->items[i]);
    best->n_items = matches->n_items;
    return STATUS_OK;
}

static enum status give(const struct best *best, struct matches *matches,
                        struct failure *failure)
{
    size_t capacity = matches->n_items;

    if (!array_grow(&matches->items, &capacity, best->n_items,
                    sizeof *matches->items))
        return fail_memory(failure);
    for (size_t i = 0; i < best->n_items; i++)
        matches->items[i] = best->items[i].match;
    matches->n_items = best->n_items;
    return STATUS_OK;
}

/* Find the first MAX matches, and count what is asked for, in one pass or in
 * two runs. */
static enum status find_first(const struct reader *reader,
                              const struct query_node *query,
                              const struct search_options *options,
                              uint32_t max, uint32_t n_paragraphs,
                              struct best *best, struct matches *matches,
                              struct failure *failure)
{
    struct prepared prepared = {.query = NULL};
    bool fits;
    enum status status =
        match_run(reader, query, options, max, matches, &fits, failure);

    if (status != STATUS_OK || fits)
        return status == STATUS_OK ? take(reader, matches, best, failure)
                                   : status;
    status = prepare(reader, query, &prepared, failure);
    if (status == STATUS_OK && max > 0) {
        status = rank(&prepared, options, max, n_paragraphs, best, failure);
        matches->n_paragraphs = best->n_at_least;
        matches->n_documents = best->n_at_least ? 1 : 0;
        matches->exact = best->n_items == 0;
    }
    if (status == STATUS_OK && options->count > 0)
        status = tally_matches(&prepared, options->count, matches, failure);
    prepared_release(&prepared);
    return status;
}

enum status reader_search(struct reader *reader, const struct query_node *query,
                          const struct search_options *options,
                          struct matches *matches, struct failure *failure)
{
    uint32_t n_paragraphs, max = 0, depth = 0;
    struct best best = {NULL, 0, 0};
    enum status status;

    *matches = (struct matches){0};
    status = reader_size(reader, &n_paragraphs, failure);
    /* Xapian cannot be asked for anything where there is no database. */
    if (status != STATUS_OK || n_paragraphs == 0) {
        matches->exact = status == STATUS_OK;
        return status;
    }
    if (options->limit > 0 && options->offset < n_paragraphs) {
        uint32_t offset = (uint32_t)options->offset;

        max = offset + at_most(options->limit, n_paragraphs - offset);
        /* Whatever of them is asked for, as many get a second look: what is on
         * a page does not depend on how long pages are. */
        if (second_look_helps(reader, options) &&
            offset < reader->ranking.depth)
            depth = (uint32_t)reader->ranking.depth;
        if (max < depth)
            max = at_most(depth, n_paragraphs);
    }
    status = find_first(reader, query, options, max, n_paragraphs, &best,
                        matches, failure);
    if (status == STATUS_OK && depth > 0)
        status = second_look(reader, options, best.items,
                             at_most(best.n_items, depth), failure);
    if (status == STATUS_OK) {
        keep(&best, options->offset, options->limit);
        status = give(&best, matches, failure);
    }
    if (status != STATUS_OK)
        matches_release(matches);
    free(best.items);
    return status;
}

void matches_release(struct matches *matches)
{
    free(matches->items);
    *matches = (struct matches){0};
}
