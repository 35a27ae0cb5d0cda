/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writing a Glass table, which is a B-tree, from its first key to its last.
 *
 * Items come in ascending order of their keys, so that every block is full when
 * the next is begun, and is written once. The same items give the same bytes.
 * It knows nothing of what keys and tags mean. */
#ifndef INDEX_GLASS_TABLE_H
#define INDEX_GLASS_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"
#include "index/glass/names.h"

struct glass_table;

/* What the version file says about a table. */
struct glass_root {
    uint32_t root;     /* its block */
    uint32_t n_blocks; /* 0: the table has no items, and no file is needed */
    uint64_t n_items;
    unsigned level;   /* of the root; leaves are at 0 */
    uint64_t hash[2]; /* of all that is in it */
};

/* Begin the table of KIND in FOLDER. *TABLE is the caller's to free with
 * glass_table_free. IO, MEMORY; LIMIT also of what follows, where a table would
 * be larger than the format allows. */
enum status glass_table_new(const char *folder, enum glass_table_kind kind,
                            struct glass_table **table,
                            struct failure *failure);

/* Append an item. KEY has 1 to GLASS_KEY_MAX bytes and is greater than all
 * before it; TAG is copied. COMPRESSED: the tag is what zlib's deflate gave,
 * without a header (window bits of -15); readers inflate it. */
enum status glass_table_add(struct glass_table *table, struct bytes key,
                            struct bytes tag, bool compressed,
                            struct failure *failure);

/* Write what is left, close the file, and tell what it is. It is not waited
 * for until it is on disk. After it the table can only be freed. */
enum status glass_table_finish(struct glass_table *table,
                               struct glass_root *root,
                               struct failure *failure);

/* Free TABLE (NULL is fine). The file stays, whole or not. */
void glass_table_free(struct glass_table *table);

#endif
