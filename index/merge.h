/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Making one segment of several that stand side by side, without the paragraphs
 * that were deleted: table by table, each read and written from front to back,
 * with no look at the text. What comes out answers as a segment would that was
 * written of the same paragraphs in one run.
 *
 * In memory are the values and the lengths of documents, the new numbers where
 * anything was deleted, and of a forward index where its words begin. */
#ifndef INDEX_MERGE_H
#define INDEX_MERGE_H

#include <stddef.h>

#include "base/status.h"
#include "index/deletions.h"
#include "index/sums.h"

struct merge_input {
    const char *path;              /* of the segment */
    const struct file_check *sums; /* which are verified first */
    const struct deleted *deleted; /* of it; NULL: nothing */
};

/* Merge the N segments of INPUTS, which have positions of the same kind, into a
 * new one in the folder PATH. CORRUPT (naming the file), IO, MEMORY, LIMIT. */
enum status merge_segments(const struct merge_input *inputs, size_t n,
                           const char *path, struct failure *failure);

#endif
