/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What to look for in the paragraphs that a query finds, and the sets of words
 * that it is made of. */
#ifndef QUERY_PATTERN_H
#define QUERY_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/status.h"

/* The words that may stand at one position: any of them. */
struct pattern_slot {
    struct bytes *items; /* words as written; stems if .stem. Owned. */
    size_t n_items, capacity;
};

/* One thing to mark in a text: words in a row, each given by the spellings
 * that count as it, or by the stems. A compound (co-operation) stands, as in
 * the index, at the position of its first part, and so does a pair of ideographs
 * among the stems. */
struct pattern {
    struct pattern_slot *slots; /* owned; one for each position of a phrase */
    size_t n_slots, capacity;
    bool stem; /* a single slot of stems, to be met by a word or a compound */
};

struct patterns {
    struct pattern *items; /* owned */
    size_t n_items, capacity;
};

/* Append a copy of WORD to SLOT, even if it is there. STATUS_MEMORY. */
enum status pattern_slot_append(struct pattern_slot *slot, struct bytes word,
                                struct failure *failure);

/* The same unless WORD is there. */
enum status pattern_slot_add(struct pattern_slot *slot, struct bytes word,
                             struct failure *failure);
bool pattern_slot_holds(const struct pattern_slot *slot, struct bytes word);
void pattern_slot_release(struct pattern_slot *slot);

/* Append copies of the slots of MORE to PATTERN. STATUS_MEMORY. */
enum status pattern_extend(struct pattern *pattern, const struct pattern *more,
                           struct failure *failure);

/* Append an empty slot to PATTERN, borrowed until the next call; NULL if memory
 * is short, and FAILURE says so. */
struct pattern_slot *pattern_add_slot(struct pattern *pattern,
                                      struct failure *failure);
void pattern_release(struct pattern *pattern);

/* Move *PATTERN to the end of PATTERNS, and empty it. STATUS_MEMORY. */
enum status patterns_take(struct patterns *patterns, struct pattern *pattern,
                          struct failure *failure);
void patterns_release(struct patterns *patterns);

#endif
