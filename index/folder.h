/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An index's folder in the hands of its one writer: the lock, the manifest,
 * and the segments that are being made.
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
    struct manifest manifest;   /* as it will be */
    size_t n_old;               /* segments of it that were there before */
    struct buffer segment_path; /* of the last new one, ending in NUL */
    bool named; /* the new ones may stand in the manifest on disk */
};

#define FOLDER_EMPTY ((struct folder){.lock = -1, .manifest = MANIFEST_EMPTY})

/* Take PATH for writing, with the analyzer ANALYZER, or to REPLACE what it
 * holds. The folder and its parents are made if missing. *FOLDER is the
 * caller's to release, also on failure. Errors: as of writer_open. */
enum status folder_open(struct folder *folder, const char *path,
                        const char *analyzer, bool replace,
                        struct failure *failure);

/* Choose a new segment; its folder is not made. LIMIT, MEMORY. */
enum status folder_new_segment(struct folder *folder, struct failure *failure);

/* Put the manifest, with the new segments, which are on disk, in place of the
 * old one, and remove what it does not name. */
enum status folder_commit(struct folder *folder, struct failure *failure);

/* Give up the lock. New segments that were not committed are removed. */
void folder_release(struct folder *folder);

#endif
