/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running a query: the tree as Xapian's query, the best matches of all parts
 * together, and how many there are.
 *
 * The two are two runs. A run that wants items puts every match through a heap,
 * and weighs it; a run that only counts does neither, so that both together
 * take a third of the time of one that does both (Xapian 1.4.22). */
#include <config.h>

#include "index/reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "index/match.h"
#include "index/reader_parts.h"
#include "index/schema.h"
#include "index/second_look.h"

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

static enum status copy_items(const struct reader *reader,
                              const xapian_mset *mset, struct matches *matches,
                              struct failure *failure)
{
    xapian_doccount n_items = xapian_mset_size(mset);
    xapian_error *error = NULL;
    size_t capacity = 0;

    if (!array_grow(&matches->items, &capacity, n_items,
                    sizeof *matches->items))
        return fail_memory(failure);
    for (xapian_doccount i = 0; !error && i < n_items; i++) {
        struct match *match = &matches->items[i];

        if (xapian_mset_docid(mset, i, &match->id, &error) == XAPIAN_OK)
            xapian_mset_weight(mset, i, &match->score, &error);
    }
    matches->n_items = error ? 0 : n_items;
    return reader_check(reader, error, failure);
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

/* Find the first MAX matches in the order asked for. */
static enum status rank(struct prepared *prepared,
                        const struct search_options *options, uint32_t max,
                        struct matches *matches, struct failure *failure)
{
    const struct reader *reader = prepared->reader;
    xapian_error *error = NULL;
    xapian_weight *weight = NULL;
    xapian_enquire *enquire = NULL;
    xapian_mset *mset = NULL;
    const struct ranking *ranking = &reader->ranking;
    enum status status;

    xapian_weight_new_bm25(ranking->k1, 0, ranking->k3, ranking->b,
                           ranking->minimum_length, &weight, &error);
    xapian_enquire_make(reader->database, prepared->query, weight, &enquire,
                        &error);
    if (!error)
        set_order(reader, options, enquire, &error);
    if (!error)
        prepared_run(prepared, enquire, 0, max, 0, &mset, &error);
    status = prepared_check(prepared, error, reader->wholes[0].path, failure);
    if (status == STATUS_OK)
        status = copy_items(reader, mset, matches, failure);
    if (status == STATUS_OK) {
        matches->n_paragraphs = xapian_mset_matches_lower_bound(mset);
        matches->n_documents = matches->n_paragraphs ? 1 : 0;
        matches->exact = matches->n_items == 0;
    }
    xapian_mset_free(mset);
    xapian_enquire_free(enquire);
    return status;
}

static enum status count_paragraphs(const struct reader *reader,
                                    uint32_t *n_paragraphs,
                                    struct failure *failure)
{
    xapian_error *error = NULL;

    xapian_database_doccount(reader->database, n_paragraphs, &error);
    return reader_check(reader, error, failure);
}

static uint32_t at_most(size_t number, uint32_t bound)
{
    return number < bound ? (uint32_t)number : bound;
}

/* Leave of MATCHES what is asked for, beginning at number OFFSET. */
static void keep(struct matches *matches, size_t offset, size_t limit)
{
    size_t n = matches->n_items > offset ? matches->n_items - offset : 0;

    matches->n_items = n < limit ? n : limit;
    if (matches->n_items > 0)
        memmove(matches->items, matches->items + offset,
                matches->n_items * sizeof *matches->items);
}

/* Find the first MAX matches, and count what is asked for, in one pass or in
 * two runs. */
static enum status find_first(const struct reader *reader,
                              const struct query_node *query,
                              const struct search_options *options,
                              uint32_t max, struct matches *matches,
                              struct failure *failure)
{
    struct prepared prepared = {.query = NULL};
    bool fits;
    enum status status =
        match_run(reader, query, options, max, matches, &fits, failure);

    if (status != STATUS_OK || fits)
        return status;
    status = prepare(reader, query, &prepared, failure);
    if (status == STATUS_OK && max > 0)
        status = rank(&prepared, options, max, matches, failure);
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
    enum status status;

    *matches = (struct matches){0};
    status = count_paragraphs(reader, &n_paragraphs, failure);
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
    status = find_first(reader, query, options, max, matches, failure);
    if (status == STATUS_OK && depth > 0)
        status = second_look(reader, options, matches->items,
                             at_most(matches->n_items, depth), failure);
    if (status == STATUS_OK)
        keep(matches, options->offset, options->limit);
    else
        matches_release(matches);
    return status;
}

void matches_release(struct matches *matches)
{
    free(matches->items);
    *matches = (struct matches){0};
}
