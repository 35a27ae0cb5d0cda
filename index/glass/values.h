/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The values of one slot, as items of the posting table. */
#ifndef INDEX_GLASS_VALUES_H
#define INDEX_GLASS_VALUES_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"
#include "index/glass/table.h"

/* A slot's values, kept until the table is written. */
struct glass_values {
    struct buffer body;               /* the tags of all items */
    struct glass_value_chunk *chunks; /* of each item; owned */
    size_t n_chunks, capacity;
    uint32_t n_values, last_document;
    struct buffer lowest, highest;
    struct buffer has; /* a bit for each document from 0 on: it has a value */
};

/* The highest slot that these functions take. */
enum { GLASS_SLOT_MAX = 127 };

#define GLASS_VALUES_EMPTY ((struct glass_values){.chunks = NULL})

/* Append VALUE, which is not empty, of DOCUMENT, which is greater than all
 * before. Being out of memory is told at the end. */
void glass_values_add(struct glass_values *values, uint32_t document,
                      struct bytes value);

/* Write what is known of the values of SLOT; nothing if there are none. All
 * slots' statistics, the lowest slot first, come before all slots' values. */
enum status glass_values_write_statistics(const struct glass_values *values,
                                          unsigned slot,
                                          struct glass_table *table,
                                          struct failure *failure);

/* Write the values of SLOT. */
enum status glass_values_write(const struct glass_values *values, unsigned slot,
                               struct glass_table *table,
                               struct failure *failure);

void glass_values_release(struct glass_values *values);

#endif
