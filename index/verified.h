/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file of a segment, mapped into memory, whose pieces are compared with their
 * hashes (index/sums.h) before they are used, each of them once. So a byte that
 * flipped on the disk is told as such, whatever it would have been taken for.
 * Who else reads the file, Xapian above all, sees the same pages. */
#ifndef INDEX_VERIFIED_H
#define INDEX_VERIFIED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"
#include "index/sums.h"

struct verified {
    struct bytes file;           /* mapped; empty: there is none */
    const unsigned char *hashes; /* borrowed; NULL: nothing is compared */
    uint64_t *done; /* a bit for each piece that is as it must be */
};

/* Map the file NAME in FOLDER. SUMS is of that folder and must outlive FILE;
 * NULL: there is nothing to compare with. NO_INDEX if there is no such file;
 * CORRUPT also if SUMS does not know of it; IO, MEMORY. */
enum status verified_open(struct verified *file, const char *folder,
                          const char *name, const struct sums *sums,
                          struct failure *failure);
void verified_close(struct verified *file); /* all zeros is fine */

/* Whether the LENGTH bytes from AT on are in the file, and what was written. */
bool verified_look(const struct verified *file, uint64_t at, uint64_t length);
static inline bool verified_has(const struct verified *file, uint64_t at,
                                uint64_t length)
{
    uint64_t piece = at / SUMS_PIECE;

    return (file->hashes && length && at < file->file.length &&
            length <= SUMS_PIECE - at % SUMS_PIECE &&
            length <= file->file.length - at &&
            file->done[piece / 64] >> piece % 64 & 1) ||
           verified_look(file, at, length);
}

#endif
