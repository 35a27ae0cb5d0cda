/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The postings of a term, merged from those of the words that it comes from, as
 * items of the tables. */
#ifndef INDEX_INVERTER_ENCODE_H
#define INDEX_INVERTER_ENCODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"
#include "index/glass/items.h"
#include "index/glass/postings.h"

struct input;
struct inverter;
struct term;

/* What a thread makes of terms; what it keeps from one to the next. Begins as
 * all zero but for the first two. */
struct encoder {
    const struct inverter *inverter;
    bool has_places; /* positions are wanted */
    struct glass_postings postings;
    struct input *inputs; /* a heap, the lowest document first */
    size_t n_inputs, inputs_capacity;
    uint32_t *places; /* of one document */
    size_t n_places, places_capacity;
    struct buffer key, tag; /* in the position table */
    size_t key_prefix;      /* how much of the key is the term */
};

/* The items of terms. */
struct encoded {
    struct glass_items postings, positions;
};

void encoder_release(struct encoder *encoder);

/* Add to ENCODED the items of a term that N equal TERMS stand for. MEMORY, and
 * what glass_postings_write returns. */
enum status encoder_encode(struct encoder *encoder, const struct term *terms,
                           size_t n, struct encoded *encoded,
                           struct failure *failure);

#endif
