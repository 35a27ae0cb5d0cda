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
#include "index/deletions.h"
#include "index/files.h"
#include "index/manifest.h"

struct folder {
    char *path;
    int lock;
    struct manifest manifest; /* as it will be */
    struct files files;       /* the same */
    struct deletions deletions;
    bool begins; /* there is no manifest yet, or one that is damaged */
    bool files_changed, deletions_changed, segments_changed;
    size_t n_old;               /* segments that were there before */
    uint32_t first_segment;     /* the first number that is not of those */
    struct buffer segment_path; /* of the last new one, ending in NUL */

    /* What is not below these is in no manifest on disk. */
    uint32_t unnamed_segment, unnamed_generation;
};

#define FOLDER_EMPTY  \
    ((struct folder){ \
        .lock = -1, .manifest = MANIFEST_EMPTY, .files = FILES_EMPTY})

struct folder_options {
    const char *analyzer; /* that the index has, or will have; NULL: whichever
                             it has, and there must be an index */
    bool replace;         /* what it holds */
    unsigned wait;        /* seconds, for the lock */
    bool look;            /* take no lock, and change nothing on disk */
};

/* Take PATH for writing. The folder and its parents are made if missing.
 * *FOLDER is the caller's to release, also on failure. Errors: as of
 * writer_open. */
enum status folder_open(struct folder *folder, const char *path,
                        const struct folder_options *options,
                        struct failure *failure);

/* Choose a new segment; its folder is not made. LIMIT, MEMORY. */
enum status folder_new_segment(struct folder *folder, struct failure *failure);

/* Have the last new segment in place of the N from FIRST on, whose deletions
 * are forgotten; or no more than forget the N. */
void folder_replace_segments(struct folder *folder, size_t first, size_t n);
void folder_drop_segments(struct folder *folder, size_t first, size_t n);

/* Whether there is anything to commit. */
bool folder_has_changed(const struct folder *folder);

/* Put the manifest, with the new segments, which are on disk, in place of the
 * old one, and remove what it does not name. After it things can go on. */
enum status folder_commit(struct folder *folder, struct failure *failure);

/* Give up the lock. New segments that were not committed are removed. */
void folder_release(struct folder *folder);

#endif
