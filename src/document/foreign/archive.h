/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A zip archive in memory, as the formats of word processors are one: its
 * parts are read by name, each as a whole.
 *
 * An archive can claim and unpack to anything, so there are bounds on the
 * number of its parts, on what one part and what all that are read unpack to,
 * and on how much larger than its packed form a part may be. What a part is
 * said to unpack to is checked before, what it does unpack to while reading. */
#ifndef DOCUMENT_FOREIGN_ARCHIVE_H
#define DOCUMENT_FOREIGN_ARCHIVE_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"

enum {
    ARCHIVE_MAX_PARTS = 65535,
    ARCHIVE_MAX_PART = 256 << 20, /* bytes of one part */
    ARCHIVE_MAX_ALL = 512 << 20,  /* bytes of all that are read */
    /* Text hardly packs better than 60 to 1, deflate at most 1032 to 1. Small
     * parts are let pass: they can do no harm. */
    ARCHIVE_MAX_RATIO = 300,
    ARCHIVE_SMALL_PART = 8 << 20,
};

struct archive;

/* Open CONTENT (borrowed until it is closed), a file that is called NAME
 * (borrowed as well) in messages. STATUS_INPUT if it is no archive, a damaged
 * or an encrypted one; STATUS_LIMIT; STATUS_MEMORY. */
enum status archive_open(struct bytes content, const char *name,
                         struct archive **archive, struct failure *failure);

/* NULL is fine. */
void archive_close(struct archive *archive);

/* How the archive is called in messages. */
const char *archive_name(const struct archive *archive);

/* Replace what is in CONTENT by the part PATH; *FOUND is false, and CONTENT
 * empty, if there is none. The case of ASCII letters in PATH does not count if
 * none is called exactly so. STATUS_INPUT if it is damaged or
 * encrypted; STATUS_LIMIT; STATUS_MEMORY. */
enum status archive_read(struct archive *archive, const char *path,
                         struct buffer *content, bool *found,
                         struct failure *failure);

#endif
