/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading the tags that index/glass/postings.h and values.h write, which may
 * hold anything. */
#ifndef INDEX_GLASS_CHUNK_H
#define INDEX_GLASS_CHUNK_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/bytes.h"

/* A chunk of a posting list, or of the lengths, while it is read. */
struct glass_postings_chunk {
    uint64_t n_documents, wdf_sum; /* of the whole list; of a first chunk */
    bool is_last;
    uint32_t last; /* document of the chunk */
    uint32_t document, wdf;
    const char *at, *end;
    bool begun;
};

/* Begin to read TAG, that of the list's first chunk, or of one whose key ends
 * in FIRST (0: it is the list's first). False if it cannot be one. */
bool glass_postings_chunk_init(struct glass_postings_chunk *chunk,
                               struct bytes tag, uint32_t first);

/* Go on to the next posting: .document and .wdf. *MORE is false at the end.
 * False if the chunk is damaged. Most have two bytes, and are read here. */
bool glass_postings_chunk_next_long(struct glass_postings_chunk *chunk,
                                    bool *more);
static inline bool glass_postings_chunk_next(struct glass_postings_chunk *chunk,
                                             bool *more)
{
    const char *at = chunk->at;

    if (!chunk->begun || chunk->end - at < 2 || (at[0] | at[1]) & 0x80 ||
        (unsigned char)at[0] >= chunk->last - chunk->document)
        return glass_postings_chunk_next_long(chunk, more);
    chunk->document += (uint32_t)(unsigned char)at[0] + 1;
    chunk->wdf = (unsigned char)at[1];
    chunk->at = at + 2;
    *more = true;
    return true;
}

/* Four postings of two bytes each, as most have, read at once. */
struct glass_four {
    uint32_t span;   /* from the document before them to the last of them */
    uint64_t counts; /* wdf of each, below 0x80, in 16 bits */
};
enum { GLASS_FOUR_SIZE = 8 };
#define GLASS_FOUR_ONES UINT64_C(0x0001000100010001)

/* Whether what begins at AT, which ends before END, is that. */
static inline bool glass_four_read(const void *at, const void *end,
                                   struct glass_four *four)
{
    const uint64_t ones = GLASS_FOUR_ONES;
    uint64_t bytes, steps;

    if ((const char *)end - (const char *)at < GLASS_FOUR_SIZE)
        return false;
    memcpy(&bytes, at, GLASS_FOUR_SIZE);
    if (bytes & ones * 0x8080)
        return false;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    steps = bytes >> 8 & ones * 0xFF;
    four->counts = bytes & ones * 0xFF;
#else
    steps = bytes & ones * 0xFF;
    four->counts = bytes >> 8 & ones * 0xFF;
#endif
    four->span = (uint32_t)(steps * ones >> 48) + 4;
    return true;
}

/* Whether all have a wdf below WDF. */
static inline bool glass_four_below(const struct glass_four *four, uint32_t wdf)
{
    return wdf >= 0x80 || !((four->counts + GLASS_FOUR_ONES * (0x80 - wdf)) &
                            GLASS_FOUR_ONES * 0x80);
}

/* Pass the next four postings if none is one that is looked for below: all are
 * before DOCUMENT, or their wdf below WDF. Not the last of the chunk. */
static inline bool glass_postings_chunk_pass(struct glass_postings_chunk *chunk,
                                             uint32_t document, uint32_t wdf)
{
    struct glass_four four;
    uint32_t left = 0;

    if (document > chunk->document)
        left = document - chunk->document;
    if (!chunk->begun || !glass_four_read(chunk->at, chunk->end, &four) ||
        four.span >= chunk->last - chunk->document ||
        (four.span >= left && !glass_four_below(&four, wdf)))
        return false;
    chunk->document += four.span;
    chunk->at += GLASS_FOUR_SIZE;
    return true;
}

/* Go on to the first posting that is at DOCUMENT or behind it and whose .wdf is
 * at least WDF; *MORE is false if there is none. As above. */
static inline bool glass_postings_chunk_skip(struct glass_postings_chunk *chunk,
                                             uint32_t document, uint32_t wdf,
                                             bool *more)
{
    while (glass_postings_chunk_pass(chunk, document, wdf))
        ;
    do
        if (!glass_postings_chunk_next(chunk, more))
            return false;
    while (*more && (chunk->document < document || chunk->wdf < wdf));
    return true;
}

/* A chunk of values while it is read. */
struct glass_values_chunk {
    uint32_t document;
    struct bytes value; /* in the tag */
    const char *at, *end;
    bool begun;
};

/* Begin to read TAG, whose key ends in FIRST. */
void glass_values_chunk_init(struct glass_values_chunk *chunk, struct bytes tag,
                             uint32_t first);

/* Go on to the next value: .document and .value. As above. */
bool glass_values_chunk_next_long(struct glass_values_chunk *chunk, bool *more);
static inline bool glass_values_chunk_next(struct glass_values_chunk *chunk,
                                           bool *more)
{
    const char *at = chunk->at;

    /* The very next document, whose value is short. */
    if (!chunk->begun || chunk->end - at < 2 || at[0] != 0 || at[1] < 0 ||
        at[1] > chunk->end - at - 2 || chunk->document == UINT32_MAX)
        return glass_values_chunk_next_long(chunk, more);
    chunk->document++;
    chunk->value = (struct bytes){at + 2, (size_t)at[1]};
    chunk->at = at + 2 + at[1];
    *more = true;
    return true;
}

#endif
