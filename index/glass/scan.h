/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading a Glass table from its first item to its last: for merging and for
 * checking, of tables that index/glass/table.h wrote. Leaves stand in the file
 * in the order of their keys, so that the file is read once, from front to
 * back, and branches are passed over.
 *
 * The table may hold anything: every offset is checked, and keys must rise. */
#ifndef INDEX_GLASS_SCAN_H
#define INDEX_GLASS_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"
#include "index/glass/names.h"

struct glass_scan;

/* Open the table of KIND in FOLDER; one that is missing has no items. *SCAN
 * is the caller's to free. IO, MEMORY; CORRUPT, as of all that follow. */
enum status glass_scan_open(const char *folder, enum glass_table_kind kind,
                            struct glass_scan **scan, struct failure *failure);
void glass_scan_free(struct glass_scan *scan); /* NULL is fine */

struct glass_scanned {
    struct bytes key, tag; /* borrowed until the next call */
    bool compressed;       /* the tag is raw deflate */
};

/* Go on to the next item; the first call gives the first. *MORE is false at the
 * end. The empty item that every table begins with is passed over. */
enum status glass_scan_next(struct glass_scan *scan, struct glass_scanned *item,
                            bool *more, struct failure *failure);

/* Compare what is read with HASHES, of pieces (index/sums.h), as far
 * as SIZE bytes; before the first call. They are borrowed. NULL: nothing is
 * compared. */
void glass_scan_verify(struct glass_scan *scan, const unsigned char *hashes,
                       uint64_t size);

/* At the end: whether there were more pieces when the table was written. */
bool glass_scan_is_cut(const struct glass_scan *scan);

/* After CORRUPT: leave the leaf behind that it was found in, to go on. */
void glass_scan_skip(struct glass_scan *scan);

/* Items that were given so far. */
uint64_t glass_scan_n_items(const struct glass_scan *scan);

/* CORRUPT, naming the table: for those who find that its items are not what
 * they must be. */
enum status glass_scan_fail(const struct glass_scan *scan,
                            struct failure *failure);

#endif
