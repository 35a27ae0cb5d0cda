/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words of one part of a query, where a compound is one thing. */
#ifndef QUERY_UNITS_H
#define QUERY_UNITS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/status.h"
#include "src/query/pattern.h"
#include "src/text/analyzer.h"

struct unit {
    struct bytes word; /* borrowed from its struct units; of a compound, the
                          compound itself, spelled with '-' */
    size_t first;      /* of struct units.words */
    size_t n_words;    /* more than one for a compound */
    bool ideograph;
    struct bytes pair; /* of an ideograph that nothing parts from the one
                          before it: both; else empty. Borrowed likewise */
};

struct units {
    struct unit *items; /* owned; in the order of the text */
    size_t n_items, capacity;
    struct pattern_slot words;     /* each word, compounds left out */
    struct pattern_slot compounds; /* each compound */
    struct pattern_slot pairs;     /* of ideographs */
};

/* Fill UNITS, which is empty, with those of TEXT; there may be none.
 * STATUS_MEMORY. UNITS is the caller's to release in any case. */
enum status units_read(struct units *units, struct analyzer *analyzer,
                       struct bytes text, struct failure *failure);
void units_release(struct units *units);

#endif
