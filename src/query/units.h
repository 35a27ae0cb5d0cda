/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words of one part of a query, where a compound is one thing. */
#ifndef QUERY_UNITS_H
#define QUERY_UNITS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/status.h"
#include "src/query/piece.h"
#include "src/query/word_list.h"
#include "src/text/analyzer.h"

struct unit {
    struct bytes word; /* borrowed from its struct units; of a compound, the
                          compound itself, spelled with '-' */
    size_t first;      /* of struct units.words */
    size_t n_words;    /* more than one for a compound */
    size_t column;     /* of its first wildcard; 0: it has none */
    bool ideograph;
    struct bytes pair; /* of an ideograph that nothing parts from the one
                          before it: both; else empty. Borrowed likewise */
};

struct units {
    struct piece piece; /* the text that they are of */
    struct unit *items; /* owned; in the order of the text */
    size_t n_items, capacity;
    struct word_list words;     /* each word, compounds left out */
    struct word_list compounds; /* each compound */
    struct word_list pairs;     /* of ideographs */
};

/* Fill UNITS, which is empty, with those of TEXT, which begins at COLUMN of the
 * query; there may be none. STATUS_QUERY, with the column, where it is not
 * UTF-8, or a wildcard stands in no word of two letters, or the word is too
 * long; STATUS_MEMORY. UNITS is the caller's to release in any case. */
enum status units_read(struct units *units, struct analyzer *analyzer,
                       struct bytes text, size_t column,
                       struct failure *failure);

/* Whether word number I of UNITS has wildcards, and enough else. */
bool units_wild(const struct units *units, size_t i);
void units_release(struct units *units);

#endif
