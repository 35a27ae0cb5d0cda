/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an index knows of the files that were read into it, by which a later
 * run tells what has changed: a table by path, and its file.
 *
 *   file   = magic files (how many, and each, in byte order of paths)
 *   each   = length of what its path has in common with the one before, rest
 *            of the path (length, bytes), size, modified (zigzag), hash (16
 *            bytes, the lowest of each half first), state, note (length, bytes)
 *
 * Numbers are LEB128. The manifest has the file's hash; it is read as if that
 * had been forged. */
#ifndef INDEX_FILES_H
#define INDEX_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"

enum file_state {
    FILE_READ,    /* whole */
    FILE_PARTIAL, /* what could be read of it */
    FILE_FAILED,  /* nothing could */
    FILE_STREAM,  /* it was a pipe or the like: there is nothing to compare */
};

struct file_facts {
    struct bytes path; /* as given */
    uint64_t size;     /* bytes */
    int64_t modified;  /* nanoseconds since 1970 */
    uint64_t hash[2];  /* XXH3-128 of its bytes: low, high */
    enum file_state state;
    struct bytes note; /* why it failed, else empty */
};

/* All files, found by path through a hash table of open addresses. */
struct files {
    struct file_facts **slots; /* NULL: free; owned, the facts are arena's */
    size_t n_slots;            /* a power of two, or 0 */
    size_t n_used;             /* slots, also of files that were forgotten */
    size_t n_files;
    struct arena arena;
};

#define FILES_EMPTY ((struct files){.arena = ARENA_EMPTY})

void files_release(struct files *files);

/* What is known of the file PATH; NULL if nothing. It lives as long as FILES,
 * also when something else is known of it later. */
const struct file_facts *files_find(const struct files *files,
                                    struct bytes path);

/* Know FACTS, which are copied, of its path and nothing else. MEMORY. */
enum status files_set(struct files *files, const struct file_facts *facts,
                      struct failure *failure);

/* Know nothing of PATH. *KNOWN: something was. */
void files_forget(struct files *files, struct bytes path, bool *known);

/* All, in byte order of paths, into *SORTED, the caller's to free (the facts
 * are not); NULL if there are none. MEMORY. */
enum status files_sort(const struct files *files,
                       const struct file_facts ***sorted,
                       struct failure *failure);

/* Append the file to BUFFER. MEMORY. */
enum status files_format(const struct files *files, struct buffer *buffer,
                         struct failure *failure);

/* Read CONTENT, the file PATH (for messages). CORRUPT, MEMORY; *FILES is then
 * empty. */
enum status files_parse(const char *path, struct bytes content,
                        struct files *files, struct failure *failure);

#endif
