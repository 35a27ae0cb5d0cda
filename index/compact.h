/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Making an index small and quick: all of its segments are merged into one, and
 * what was deleted is dropped. */
#ifndef INDEX_COMPACT_H
#define INDEX_COMPACT_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct compact_facts {
    size_t n_segments_before, n_segments; /* more than one is left where some
                                             are portable and others are not */
    uint32_t n_dropped;                   /* paragraphs that were deleted */
};

/* Compact the index in the folder PATH, waiting up to so many SECONDS for its
 * lock. Errors: NO_INDEX, LOCKED, SCHEMA, CORRUPT, IO, MEMORY, LIMIT; the index
 * is then as it was, or smaller. */
enum status index_compact(const char *path, unsigned seconds,
                          struct compact_facts *facts, struct failure *failure);

#endif
