/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An index's folder in the hands of its one writer: the lock, the manifest,
 * and the segment that is being made.
 *
 * The order of steps is what keeps the promise of index/writer.h. Everything
 * that can be half done is done in a folder that no manifest names; the one
 * step that counts is the rename of the manifest; what is superseded is
 * removed after it, and what is left behind is known by not being named. */
#ifndef INDEX_FOLDER_H
#define INDEX_FOLDER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"
#include "index/manifest.h"

struct folder {
    char *path;
    int lock;
    struct manifest manifest;   /* as it will be, but for the new segment */
    uint32_t segment;           /* the new one; 0: none */
    struct buffer segment_path; /* of the new one, ending in NUL */
    bool named; /* the new one may stand in the manifest on disk */
};

#define FOLDER_EMPTY ((struct folder){.lock = -1, .manifest = MANIFEST_EMPTY})

/* Take PATH for writing, with the analyzer ANALYZER, or to REPLACE what it
 * holds. The folder and its parents are made if missing. *FOLDER is the
 * caller's to release, also on failure. Errors: as of writer_open. */
enum status folder_open(struct folder *folder, const char *path,
                        const char *analyzer, bool replace,
                        struct failure *failure);

/* Choose the new segment; its folder is not made. LIMIT, MEMORY. */
enum status folder_new_segment(struct folder *folder, struct failure *failure);

/* Name the new segment, which is on disk, in the manifest, and remove what that
 * does not name. */
enum status folder_commit(struct folder *folder, struct failure *failure);

/* Give up the lock. A new segment that was not committed is removed. */
void folder_release(struct folder *folder);

#endif
