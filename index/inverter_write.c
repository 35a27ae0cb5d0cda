/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The postings of sorted terms into tables. Terms are cut into ranges, of which
 * all cores make items (inverter_encode.h); these go into the tables in order.
 */
#include <config.h>

#include "base/pipeline.h"
#include "index/glass/format.h"
#include "index/glass/items.h"
#include "index/glass/postings.h"
#include "index/inverter_encode.h"
#include "index/inverter_parts.h"

#include <stdlib.h>

/* So many postings, about, make a range. */
enum { RANGE_POSTINGS = 1 << 16 };

/* Terms that stand together, equal ones in one range, and what is made of them.
 */
struct range {
    const struct term *terms;
    size_t n_terms;
    struct encoded encoded;
    uint32_t wdf_max;
};

/* All that is written. */
struct output {
    struct inverter *inverter;
    struct glass_table *postlist, *position;
    struct encoder *encoders; /* of each thread */
    struct range *ranges;     /* by turns: of those whose turn it is */
};

static bool same_text(const struct term *a, const struct term *b)
{
    return a->prefix == b->prefix &&
           bytes_equal((struct bytes){a->data, a->length},
                       (struct bytes){b->data, b->length});
}

/* Words stand in memory in the order in which they came, so each is far from
 * the one before: ask for those that come soon. */
static void prefetch(const struct inverter *inverter, const struct term *terms,
                     size_t n_terms)
{
    enum { SOON = 4, LATER = 12 };

    if (n_terms > LATER) {
        __builtin_prefetch(&inverter->words.items[terms[LATER].word]);
        __builtin_prefetch(&inverter->lists[terms[LATER].word]);
    }
    if (n_terms > SOON)
        __builtin_prefetch(inverter->lists[terms[SOON].word].postings.first);
}

/* pipeline_stages.work: make the items of a range. */
static enum status encode_range(void *context, size_t thread, void *item,
                                struct failure *failure)
{
    struct output *output = context;
    struct range *range = item;
    const struct term *terms = range->terms;
    enum status status = STATUS_OK;
    size_t n;

    for (size_t i = 0; status == STATUS_OK && i < range->n_terms; i += n) {
        prefetch(output->inverter, terms + i, range->n_terms - i);
        for (n = 1;
             i + n < range->n_terms && same_text(&terms[i], &terms[i + n]); n++)
            ;
        status = encoder_encode(&output->encoders[thread], &terms[i], n,
                                &range->encoded, failure);
    }
    range->wdf_max = output->encoders[thread].postings.wdf_max;
    return status;
}

/* Tell the forward index what the words of RANGE are called there. */
static enum status name_words(struct output *output, const struct range *range,
                              struct failure *failure)
{
    struct inverter *inverter = output->inverter;
    const struct term *before = NULL;
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < range->n_terms; i++) {
        const struct term *term = &range->terms[i];
        const struct word *word = &inverter->words.items[term->word];

        /* It is called the same in all its languages. */
        if (!term->self || !has_position(word_kind(word->tag)) ||
            (before && same_text(before, term)))
            continue;
        before = term;
        status = forward_writer_word(inverter->forward, word_text(word),
                                     word->number, failure);
    }
    return status;
}

static void clear_range(struct range *range)
{
    glass_items_clear(&range->encoded.postings);
    glass_items_clear(&range->encoded.positions);
    range->terms = NULL;
}

/* pipeline_stages.deliver: put the items of a range into the tables. */
static enum status write_range(void *context, void *item, enum status status,
                               const struct failure *problem,
                               struct failure *failure)
{
    struct output *output = context;
    struct range *range = item;
    struct inverter *inverter = output->inverter;

    if (status != STATUS_OK && failure)
        *failure = *problem;
    if (status == STATUS_OK)
        status = glass_items_write(&range->encoded.postings, output->postlist,
                                   failure);
    if (status == STATUS_OK && output->position)
        status = glass_items_write(&range->encoded.positions, output->position,
                                   failure);
    if (status == STATUS_OK && inverter->forward)
        status = name_words(output, range, failure);
    if (range->wdf_max > inverter->statistics.wdf_max)
        inverter->statistics.wdf_max = range->wdf_max;
    clear_range(range);
    return status;
}

static void drop_range(void *context, void *item)
{
    (void)context;
    clear_range(item);
}

/* How many terms from TERMS on make a range. */
static size_t range_length(const struct inverter *inverter,
                           const struct term *terms, size_t n_terms)
{
    size_t n_postings = 0, n = 0;

    while (n < n_terms &&
           (n_postings < RANGE_POSTINGS || same_text(&terms[n - 1], &terms[n])))
        n_postings += inverter->words.items[terms[n++].word].n;
    return n;
}

/* Cut TERMS into ranges, which are used again as they come back: there are more
 * than a pipeline holds. */
static enum status write_ranges(struct output *output,
                                struct pipeline *pipeline, size_t n_ranges,
                                const struct term *terms, size_t n_terms,
                                struct failure *failure)
{
    enum status status = STATUS_OK;
    size_t turn = 0, n;

    for (size_t i = 0; status == STATUS_OK && i < n_terms; i += n) {
        struct range *range = &output->ranges[turn++ % n_ranges];

        n = range_length(output->inverter, terms + i, n_terms - i);
        range->terms = terms + i;
        range->n_terms = n;
        status = pipeline_put(pipeline, range, failure);
    }
    return status == STATUS_OK ? pipeline_finish(pipeline, failure) : status;
}

/* Write all TERMS by N_THREADS. */
static enum status write_terms(struct output *output, size_t n_threads,
                               const struct term *terms, size_t n_terms,
                               struct failure *failure)
{
    const struct pipeline_stages stages = {encode_range, write_range,
                                           drop_range, output};
    size_t n_items = 2 * n_threads, n_ranges = n_items + 1;
    struct pipeline *pipeline = NULL;
    enum status status = STATUS_OK;

    output->encoders = calloc(n_threads, sizeof *output->encoders);
    output->ranges = calloc(n_ranges, sizeof *output->ranges);
    if (!output->encoders || !output->ranges)
        status = fail_memory(failure);
    for (size_t i = 0; status == STATUS_OK && i < n_threads; i++)
        output->encoders[i] =
            (struct encoder){.inverter = output->inverter,
                             .has_places = output->position != NULL};
    if (status == STATUS_OK)
        status = pipeline_new(&stages, n_threads, n_items, &pipeline, failure);
    if (status == STATUS_OK)
        status =
            write_ranges(output, pipeline, n_ranges, terms, n_terms, failure);
    pipeline_free(pipeline);
    for (size_t i = 0; output->encoders && i < n_threads; i++)
        encoder_release(&output->encoders[i]);
    for (size_t i = 0; output->ranges && i < n_ranges; i++) {
        glass_items_release(&output->ranges[i].encoded.postings);
        glass_items_release(&output->ranges[i].encoded.positions);
    }
    free(output->encoders);
    free(output->ranges);
    return status;
}

static enum status write_lengths(struct inverter *inverter,
                                 struct glass_table *postlist,
                                 struct failure *failure)
{
    const struct buffer *lengths = &inverter->lengths;
    const char *cursor = lengths->data;
    const char *end = cursor ? cursor + lengths->length : NULL;
    struct glass_postings postings = GLASS_POSTINGS_EMPTY;
    struct glass_items items = {.n = 0};
    uint32_t document = 0;
    uint64_t length;
    enum status status;

    glass_postings_begin(&postings, GLASS_LENGTHS_CHUNK);
    while (cursor && varint_read(&cursor, end, &length))
        glass_postings_add(&postings, ++document, (uint32_t)length);
    status = glass_postings_write_lengths(&postings, &items, failure);
    if (status == STATUS_OK)
        status = glass_items_write(&items, postlist, failure);
    glass_postings_release(&postings);
    glass_items_release(&items);
    return status;
}

enum status inverter_write(struct inverter *inverter, size_t n_threads,
                           struct glass_table *postlist,
                           struct glass_table *position,
                           struct glass_statistics *statistics,
                           struct failure *failure)
{
    struct output output = {
        .inverter = inverter, .postlist = postlist, .position = position};
    struct term *terms = NULL;
    size_t n_terms = 0;
    enum status status = write_lengths(inverter, postlist, failure);

    if (status == STATUS_OK)
        status = inverter_terms(inverter, &terms, &n_terms, failure);
    if (status == STATUS_OK)
        status =
            write_terms(&output, n_threads ? n_threads : pipeline_n_cores(),
                        terms, n_terms, failure);
    free(terms);
    inverter->statistics.n_documents = inverter->n_documents;
    inverter->statistics.last_document = inverter->n_documents;
    *statistics = inverter->statistics;
    return status;
}
