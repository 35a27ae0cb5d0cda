/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is verified of a segment before it is read. Its forward index and its
 * records we read ourselves; of its tables Xapian believes every byte, so
 * whoever is about to ask Xapian for something says here what, and the blocks
 * that it will come across are compared with their hashes first, each once.
 * CORRUPT names the file that is not what was written.
 *
 * A guard may be NULL: of a database that has no hashes, or is elsewhere. */
#ifndef INDEX_GUARD_H
#define INDEX_GUARD_H

#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"
#include "index/glass/names.h"
#include "index/schema.h"
#include "index/sums.h"
#include "index/verified.h"

struct guard;

/* Begin to guard the segment in FOLDER, CHECK being of the list of its hashes:
 * the sizes of its files, its version file and the roots of its tables are
 * verified. *GUARD is the caller's to free. NO_INDEX if a file is missing,
 * CORRUPT, IO, MEMORY; as of all that follow. */
enum status guard_new(const char *folder, const struct file_check *check,
                      struct guard **guard, struct failure *failure);
void guard_free(struct guard *guard);

/* The hashes of its files; borrowed. NULL if GUARD is. */
const struct sums *guard_sums(const struct guard *guard);

/* Its table of KIND, borrowed; NULL if GUARD is. */
const struct verified *guard_table(const struct guard *guard,
                                   enum glass_table_kind kind);

/* What Xapian may be asked for of all documents. Of a TERM: */
enum guarded {
    GUARD_FREQUENCY, /* its numbers, and whether there is one */
    GUARD_POSTINGS,
    GUARD_POSITIONS, /* where Xapian has them */
    GUARD_TERMS,     /* those that begin with it, and their frequencies */
    /* TERM is empty: */
    GUARD_METADATA,
    GUARD_LENGTHS, /* of documents */
};
enum status guard_all(struct guard *guard, enum guarded what, struct bytes term,
                      struct failure *failure);

/* All values of SLOT, and what is known of them. */
enum status guard_values(struct guard *guard, enum schema_value slot,
                         struct failure *failure);

/* Of DOCUMENT: its value in SLOT, its positions of TERM. */
enum status guard_value(struct guard *guard, enum schema_value slot,
                        uint32_t document, struct failure *failure);
enum status guard_positions(struct guard *guard, struct bytes term,
                            uint32_t document, struct failure *failure);

#endif
