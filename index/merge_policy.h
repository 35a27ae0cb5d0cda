/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which segments of an index are merged, and when. After a commit each segment
 * has at least MERGE_RATIO times the paragraphs of all behind it together, as
 * far as what is merged stays under MERGE_MAX_BYTES; so their number is
 * logarithmic, and a paragraph is written anew once for each power of the
 * ratio. Segments with positions of different kinds are never merged. */
#ifndef INDEX_MERGE_POLICY_H
#define INDEX_MERGE_POLICY_H

#include "base/status.h"
#include "index/folder.h"

enum {
    MERGE_RATIO = 4,

    /* Of the deleted, a segment is written anew when they are one in so many of
     * its paragraphs. */
    MERGE_DELETED = 3,
};

/* What one commit may have to merge, in bytes on disk: a bound on how long it
 * takes. Larger segments are left to merge_all. */
#define MERGE_MAX_BYTES (UINT64_C(1) << 30)

/* Merge what is due in FOLDER, which was committed, and commit that. What was
 * committed before stays so if it fails. CORRUPT, IO, MEMORY. */
enum status merge_due(struct folder *folder, struct failure *failure);

/* Merge all that can be merged, and drop what is deleted. */
enum status merge_all(struct folder *folder, struct failure *failure);

#endif
