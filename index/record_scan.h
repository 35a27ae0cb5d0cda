/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The records of a segment, from its first paragraph to its last, block by
 * block: for merging and for checking. The table may hold anything. */
#ifndef INDEX_RECORD_SCAN_H
#define INDEX_RECORD_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"
#include "index/glass/scan.h"
#include "index/record_block.h"

struct record_scan {
    /* The block at hand: the document of its first record, how many there are,
     * and what is stored of them. */
    uint32_t first, n;
    struct bytes stored;
    bool deflated;

    struct record_reader records;
    struct glass_scan *table;
    uint32_t n_documents;
    struct glass_scanned ahead; /* whose key says where the block ends */
    uint64_t next;              /* the first document of that; 0: not read */
    struct buffer tag, inflated;
};

/* Begin to read the records of the segment in FOLDER, which is said to have
 * N_DOCUMENTS. All zeros, as after a failure, can be closed. IO, MEMORY;
 * CORRUPT, naming the table, as of all that follow. */
enum status record_scan_open(struct record_scan *scan, const char *folder,
                             uint32_t n_documents, struct failure *failure);
void record_scan_close(struct record_scan *scan);

/* Go on to the next block; *MORE is false where all documents had theirs. */
enum status record_scan_next(struct record_scan *scan, bool *more,
                             struct failure *failure);

/* Begin to read the records of the block at hand. */
enum status record_scan_begin(struct record_scan *scan,
                              struct failure *failure);

/* The next of them, of which there must be one more. It is borrowed until the
 * next block. */
enum status record_scan_record(struct record_scan *scan, struct bytes *record,
                               struct failure *failure);

#endif
