/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records, several to a block that is deflated as one: a paragraph alone is too
 * short to be deflated well, or fast.
 *
 *   block = version (1 byte: 2), and for each record its length (LEB128) and it
 *
 * A block is the data of the document of its first record. Glass deflates data
 * by itself, so Xapian inflates it. It knows nothing of what is in a record,
 * but that none begins with the byte 2. */
#ifndef INDEX_RECORD_BLOCK_H
#define INDEX_RECORD_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"

struct record_block {
    uint32_t n;    /* records in it */
    bool deflated; /* else it is as it was put together */
    size_t end;    /* of its bytes; they begin where the block before ends */
};

/* All zeros is empty. */
struct record_blocks {
    struct record_block *items; /* that are whole; owned */
    size_t n, capacity;
    struct buffer bytes;                      /* of these */
    struct buffer block;                      /* that is put together */
    uint32_t n_records;                       /* in it */
    struct libdeflate_compressor *compressor; /* made when it is needed */
};

/* Append RECORD. False if memory is short, as of the next. */
bool record_blocks_add(struct record_blocks *blocks, struct bytes record);

/* Make the last block whole. */
bool record_blocks_finish(struct record_blocks *blocks);

/* Forget all blocks, keep the memory. */
void record_blocks_clear(struct record_blocks *blocks);
void record_blocks_release(struct record_blocks *blocks);

/* Inflate DEFLATED, a block as Glass keeps it, in place of what BLOCK holds.
 * CORRUPT, also where it is larger than any block; MEMORY. */
enum status record_block_inflate(struct bytes deflated, struct buffer *block,
                                 struct failure *failure);

/* The records of a block, one after the other. Data that is no block is the
 * only record in it. */
struct record_reader {
    struct bytes rest;
    bool is_block, begun;
};

void record_reader_init(struct record_reader *reader, struct bytes data);

/* The next record; borrowed from the data. False where there is none, or the
 * block is damaged. */
bool record_reader_next(struct record_reader *reader, struct bytes *record);

/* The same of the record in DATA that N others precede. */
bool record_block_find(struct bytes data, uint32_t n, struct bytes *record);

#endif
