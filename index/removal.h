/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Marking what an index holds as deleted, by a term that the paragraphs have in
 * common. The marks count when the folder is committed. */
#ifndef INDEX_REMOVAL_H
#define INDEX_REMOVAL_H

#include "base/bytes.h"
#include "base/status.h"
#include "index/folder.h"

struct removal {
    struct folder *folder;
    struct reader *reader; /* of what the folder held; NULL until needed */
};

/* Mark what has the schema's term of PREFIX and VALUE in the segments that were
 * there when the folder was opened. *N_PARAGRAPHS is how many were not marked
 * before. CORRUPT, IO, MEMORY. */
enum status removal_mark(struct removal *removal, const char *prefix,
                         struct bytes value, uint32_t *n_paragraphs,
                         struct failure *failure);

void removal_release(struct removal *removal);

#endif
