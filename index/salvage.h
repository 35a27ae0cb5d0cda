/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Getting the paragraphs out of an index that may be damaged: all records that
 * can still be believed, without a look at anything else of a segment. */
#ifndef INDEX_SALVAGE_H
#define INDEX_SALVAGE_H

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
    void *context;
};

/* Go through the index in the folder PATH. *FILES is what it knows of files,
 * nothing if that is damaged, for the caller to release. NO_INDEX, SCHEMA;
 * CORRUPT where not even the manifest can be read; IO, MEMORY. */
enum status index_salvage(const char *path, const struct salvage *salvage,
                          struct files *files, struct failure *failure);

#endif
