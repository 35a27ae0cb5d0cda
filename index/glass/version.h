/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The version file of a Glass database: which tables it has, and what is known
 * of its documents as a whole. */
#ifndef INDEX_GLASS_VERSION_H
#define INDEX_GLASS_VERSION_H

#include <stdint.h>

#include "base/status.h"
#include "index/glass/names.h"
#include "index/glass/table.h"

/* Bounds may be wider than need be, but not narrower. */
struct glass_statistics {
    uint32_t n_documents;
    uint32_t last_document; /* the highest number given */
    uint32_t length_min;    /* of a document that is not empty; 0: none is */
    uint32_t length_max;
    uint32_t wdf_max;
    uint64_t length_sum;
};

/* Write the version file into FOLDER. A table that is not there has a root of
 * zeros. The UUID is made of the tables' hashes, the statistics, and HASH,
 * which is of what else belongs to the database, so that equal ones have equal
 * UUIDs. IO, MEMORY. */
enum status glass_version_write(const char *folder,
                                const struct glass_root roots[GLASS_N_TABLES],
                                const struct glass_statistics *statistics,
                                uint64_t hash, struct failure *failure);

/* Read back what FOLDER's version file says of its tables, of which nothing is
 * known but root, n_blocks, n_items and level, and of its documents. ROOTS may
 * be NULL. CORRUPT, also where no writer of ours made it; NO_INDEX if there is
 * none, IO, MEMORY. */
enum status glass_version_read(const char *folder,
                               struct glass_root roots[GLASS_N_TABLES],
                               struct glass_statistics *statistics,
                               struct failure *failure);

#endif
