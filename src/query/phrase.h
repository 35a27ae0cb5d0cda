/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words in a row, as written, whatever their spelling: what to ask the index
 * and what to mark.
 *
 * A word may be spelled as one (cooperation) or as a compound, which takes
 * several positions (co-operation), so a phrase can be read in several ways;
 * each is a row of slots, and a pattern. */
#ifndef QUERY_PHRASE_H
#define QUERY_PHRASE_H

#include "base/bytes.h"
#include "base/status.h"
#include "index/query.h"
#include "src/query/pattern.h"
#include "src/query/units.h"
#include "src/query/vocabulary.h"

enum {
    PHRASE_MAX_READINGS = 256, /* of one phrase */
    PHRASE_MAX_SLOTS = 65536,  /* in all readings of one phrase */
};

/* Append to PATTERNS every reading of the N units from UNITS->items[FIRST] on,
 * N at least 1. TEXT is named in messages. STATUS_LIMIT where there are too
 * many, STATUS_MEMORY, what the reader returns. */
enum status phrase_readings(struct vocabulary *vocabulary,
                            const struct units *units, size_t first, size_t n,
                            struct bytes text, struct patterns *patterns,
                            struct failure *failure);

/* Append the one pattern of the words of UNITS, at least one, each as it is
 * written and no other. STATUS_MEMORY. */
enum status phrase_exact(const struct units *units, struct patterns *patterns,
                         struct failure *failure);

/* Append to PATTERNS the words of the compound UNIT in a row, in their own
 * spellings. STATUS_LIMIT, STATUS_MEMORY, what the reader returns. */
enum status phrase_of_parts(struct vocabulary *vocabulary,
                            const struct units *units, const struct unit *unit,
                            struct patterns *patterns, struct failure *failure);

/* A query for PATTERNS from the one numbered FIRST on, which are words, not
 * stems: any of them. NULL if memory is short. */
struct query_node *phrase_query(const struct patterns *patterns, size_t first);

#endif
