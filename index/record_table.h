/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The records of a segment by its documents: where the record of one is, and
 * what is stored there. Its tables are read in place; Xapian copies each of
 * their blocks and inflates with zlib, which took a third of a batch of mixed
 * queries, and a seventh of a process that asks one. */
#ifndef INDEX_RECORD_TABLE_H
#define INDEX_RECORD_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"
#include "index/glass/tree.h"

struct record_table;

/* Where a document's record is, as its values tell (index/schema.h). */
struct record_place {
    uint32_t before; /* documents before it, the one whose data holds it */
    uint32_t document_number, ordinal; /* of the paragraph */
};

/* Read PLACE from the values VALUE_ORDER and VALUE_BLOCK of a document. False
 * if they cannot be that. */
bool record_place_read(struct bytes order, struct bytes block,
                       struct record_place *place);

/* Look things up in the segment in FOLDER, of whose records the version file
 * says ROOT. VALUES is its posting table, FILE the one of records, as
 * glass_tree_open takes it; both are borrowed. *TABLE is the caller's to close.
 * CORRUPT, IO, MEMORY, as of all that follow. */
enum status record_table_open(const char *folder, const struct glass_root *root,
                              const struct verified *file,
                              const struct glass_tree *values,
                              struct record_table **table,
                              struct failure *failure);
void record_table_close(struct record_table *table); /* NULL is fine */

/* Where the record of DOCUMENT is. CORRUPT also if there is no such document.
 */
enum status record_table_place(struct record_table *table, uint32_t document,
                               struct record_place *place,
                               struct failure *failure);

/* Append the data of DOCUMENT, one that holds records, to DATA, which is
 * empty. */
enum status record_table_data(struct record_table *table, uint32_t document,
                              struct buffer *data, struct failure *failure);

#endif
