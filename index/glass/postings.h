/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Posting lists, which documents have a term and how often, as items of a
 * table; and in the same form the list of the documents' lengths. */
#ifndef INDEX_GLASS_POSTINGS_H
#define INDEX_GLASS_POSTINGS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"
#include "index/glass/chunk.h"
#include "index/glass/items.h"

/* The list that is being made. It is written when it is whole, since its
 * first item says how long it is. */
struct glass_postings {
    struct buffer body;         /* the entries of all chunks */
    struct glass_chunk *chunks; /* all of them; owned */
    size_t n_chunks, capacity;
    size_t chunk_size; /* in bytes, at which a chunk is full */
    uint32_t n_documents, last_document;
    uint64_t wdf_sum;
    uint32_t wdf_max;       /* of all lists that were begun */
    struct buffer key, tag; /* for writing */
};

/* Chunk sizes. Xapian's own writer has 2,000 for both. A reader that wants a
 * document's length decodes half a chunk of them on average, so short ones make
 * rare terms three times as fast. */
enum {
    GLASS_POSTINGS_CHUNK = 2000,
    GLASS_LENGTHS_CHUNK = 200,
};

#define GLASS_POSTINGS_EMPTY ((struct glass_postings){.chunks = NULL})

/* Begin a list whose chunks are full at CHUNK_SIZE bytes. */
void glass_postings_begin(struct glass_postings *postings, size_t chunk_size);

/* Append DOCUMENT, which is greater than all before, where the term occurs WDF
 * times. Being out of memory is told at the end. */
void glass_postings_add(struct glass_postings *postings, uint32_t document,
                        uint32_t wdf);

/* Append FOUR postings, the code of which is at AT and goes on from the last
 * that was appended. False, and nothing is done, where they must be appended
 * one by one. */
bool glass_postings_add_four(struct glass_postings *postings, const void *at,
                             const struct glass_four *four);

/* Append the list of TERM, of at least one document, to ITEMS. MEMORY; LIMIT
 * where the term occurs 2^32 times or more. */
enum status glass_postings_write(struct glass_postings *postings,
                                 struct glass_items *items, struct bytes term,
                                 struct failure *failure);

/* Append it as the list of lengths; of no document it is left out. */
enum status glass_postings_write_lengths(struct glass_postings *postings,
                                         struct glass_items *items,
                                         struct failure *failure);

void glass_postings_release(struct glass_postings *postings);

#endif
