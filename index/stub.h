/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A Xapian stub file: the names of databases that are to be read as one.
 *
 *   # a comment
 *   auto PATH, glass PATH       a folder or a file
 *   remote HOST:PORT            a server
 *   remote :PROGRAM ARGUMENTS   a program that is started
 *
 * Relative paths are relative to the folder of the stub file. We read it
 * ourselves rather than let Xapian do so, since to Xapian a folder of segments
 * is no more than its segments, and all of a stub file stands or falls
 * together. */
#ifndef INDEX_STUB_H
#define INDEX_STUB_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/status.h"

/* Whether there is a stub file at PATH: a file that is no Glass database, or a
 * folder with a file XAPIANDB in it. *FILE is its path, ending in NUL. IO,
 * MEMORY. */
enum status stub_find(const char *path, bool *found, struct buffer *file,
                      struct failure *failure);

/* Append to NAMES, each ending in NUL, what the stub FILE names: paths, and
 * remote databases as in index/remote.h. NO_INDEX for a line that is none
 * of those above, IO, MEMORY. */
enum status stub_read(const char *file, struct buffer *names,
                      struct failure *failure);

#endif
