/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Getting the paragraphs out of an index that may be damaged: all records that
 * can still be believed, with as little of the rest as there is. */
#ifndef INDEX_SALVAGE_H
#define INDEX_SALVAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "index/files.h"
#include "index/paragraph.h"

struct salvage {
    /* Called for each paragraph that is not deleted, in order; valid during the
     * call. What it returns ends the walk unless it is OK. */
    enum status (*paragraph)(void *context, const struct paragraph *paragraph,
                             struct failure *failure);
    /* Called where paragraphs are lost, of the files of the paragraphs before
     * and behind, and maybe of files between. */
    enum status (*gap)(void *context, struct failure *failure);
    /* Called when it turns out that what was given out of the file PATH may not
     * be, or not only be, what the index held of it. */
    enum status (*doubt)(void *context, struct bytes path,
                         struct failure *failure);
    void *context;
};

/* What there was beside the paragraphs. */
struct salvaged {
    struct files files;   /* that it knows of; the caller's to release */
    bool no_manifest;     /* so all segments in the folder were taken */
    bool no_deletions;    /* so what was deleted was given out */
    bool no_files;        /* nothing is known of files */
    uint32_t n_unchecked; /* segments whose hashes are lost */
};

/* Go through the index in the folder PATH. NO_INDEX where there is nothing of
 * one, SCHEMA; IO, MEMORY. *SALVAGED is filled also on failure. */
enum status index_salvage(const char *path, const struct salvage *salvage,
                          struct salvaged *salvaged, struct failure *failure);

/* Whether there is anything to salvage: OK; NO_INDEX, SCHEMA, IO, MEMORY. */
enum status index_can_salvage(const char *path, struct failure *failure);

#endif
