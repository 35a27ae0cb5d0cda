/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where one word occurs, in memory: a run of bytes that grows in an arena, and
 * is read back document by document.
 *
 * An occurrence is a number (LEB128) of three parts: from its fourth bit on the
 * position less the one before in the document, or the wdf where there is no
 * position; two bits for its kind; the lowest bit for the first of a document,
 * which the document less the one before follows. */
#ifndef INDEX_OCCURRENCES_H
#define INDEX_OCCURRENCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum occurrence_kind {
    OCCURRENCE_WORD,   /* at a position, adding 1 to the wdf */
    OCCURRENCE_BESIDE, /* at a position, adding nothing */
    OCCURRENCE_TERM,   /* at no position, adding some number to the wdf */
};

struct occurrences {
    struct occurrence_block *first, *last;
    unsigned char *at, *end; /* what is left of the last; kept here, since each
                                look at a block costs a miss of the cache */
    uint32_t document, position; /* of the last; 0: there is none */
};

/* Append one in DOCUMENT, which is not below the one before. NUMBER is the
 * position or the wdf. False if memory is short. */
bool occurrences_append(struct arena *arena, struct occurrences *occurrences,
                        uint32_t document, enum occurrence_kind kind,
                        uint32_t number);

/* The place of a reader, and the document that it is at. */
struct occurrence_cursor {
    const struct occurrences *occurrences;
    const struct occurrence_block *block;
    const unsigned char *at, *end; /* what is left of the block */
    uint64_t head;                 /* the next number, if .has_head */
    bool has_head;

    uint32_t document;
    uint64_t wdf;
    uint32_t n_positions; /* one for each occurrence that has one */
};

/* Stand before the first document. */
void occurrence_cursor_init(struct occurrence_cursor *cursor,
                            const struct occurrences *occurrences);

/* Positions in the order in which they were added. */
struct positions {
    uint32_t *items; /* owned */
    size_t n, capacity;
    bool failed; /* memory was short */
};

/* Go to the next document, of which only .document is known. False if there is
 * no other. What was not read of the one before must be read first. */
bool occurrence_cursor_seek(struct occurrence_cursor *cursor);

/* Read the occurrences of that document, and append their positions to
 * POSITIONS unless that is NULL. */
void occurrence_cursor_read(struct occurrence_cursor *cursor,
                            struct positions *positions);

#endif
