/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which paragraphs of an index do not count any more, though their segment
 * still holds them: a set of (segment, document) and its file.
 *
 *   file    = magic segments (for each: number documents (for each, how many
 *             numbers lie between the one before and it))
 *
 * Numbers are LEB128; "segments" and "documents" begin with how many there are.
 * Segments stand in the order of their numbers, documents of each rise from 1.
 * The manifest has the file's hash; it is read as if that had been forged. */
#ifndef INDEX_DELETIONS_H
#define INDEX_DELETIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"

/* Of one segment. */
struct deleted {
    uint32_t segment;
    uint32_t *documents; /* sorted; owned */
    size_t n, capacity;
};

struct deletions {
    struct deleted *segments; /* sorted by number; owned */
    size_t n_segments, capacity;
};

#define DELETIONS_EMPTY ((struct deletions){NULL, 0, 0})

void deletions_release(struct deletions *deletions);

/* Those of SEGMENT; NULL if there are none. */
struct deleted *deletions_of(const struct deletions *deletions,
                             uint32_t segment);

/* The place of the first of DELETED's documents that is not below DOCUMENT;
 * .n if all are. DELETED may be NULL: 0. */
size_t deleted_find(const struct deleted *deleted, uint32_t document);
bool deleted_has(const struct deleted *deleted, uint32_t document);

/* Add the N DOCUMENTS, which rise, of SEGMENT; *N_NEW is how many were not
 * there before. MEMORY. */
enum status deletions_add(struct deletions *deletions, uint32_t segment,
                          const uint32_t *documents, size_t n, size_t *n_new,
                          struct failure *failure);

/* Forget those of SEGMENT. */
void deletions_forget(struct deletions *deletions, uint32_t segment);

/* Append the file to BUFFER (check buffer->failed). */
void deletions_format(const struct deletions *deletions, struct buffer *buffer);

/* Read CONTENT, the file PATH (for messages). CORRUPT, MEMORY; *DELETIONS is
 * then empty. */
enum status deletions_parse(const char *path, struct bytes content,
                            struct deletions *deletions,
                            struct failure *failure);

#endif
