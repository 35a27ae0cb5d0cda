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

#include "base/bytes.h"
#include "base/status.h"
#include "index/glass/table.h"

struct record_blocks;

/* Make blocks for DOCDATA, which they write to while it is there. *BLOCKS is
 * the caller's to free. MEMORY. */
enum status record_blocks_new(struct glass_table *docdata,
                              struct record_blocks **blocks,
                              struct failure *failure);

/* Append the RECORD of DOCUMENT, the next one, and tell how many documents
 * BEFORE it the one is whose data it is a part of. IO, MEMORY, LIMIT. */
enum status record_blocks_add(struct record_blocks *blocks, uint32_t document,
                              struct bytes record, uint32_t *before,
                              struct failure *failure);

/* Write the last block. */
enum status record_blocks_finish(struct record_blocks *blocks,
                                 struct failure *failure);

void record_blocks_free(struct record_blocks *blocks);

/* The record in DATA that N others precede; borrowed from DATA. Data that is no
 * block is the only record in it. False where there is none, or the block is
 * damaged. */
bool record_block_find(struct bytes data, uint32_t n, struct bytes *record);

#endif
