/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the arguments of a command to files, in a stable order.
 *
 * An argument is a file, a folder, or "-" for standard input. A folder gives
 * all the files below it, in the order of their names' bytes, a folder's files
 * at the place of its name. Inside a folder
 *
 *   - names that begin with '.' are left out;
 *   - symbolic links to files are followed, those to folders are not, so that
 *     there are no loops; neither is worth a word;
 *   - what is no file (a fifo, a socket, a device) is reported and left out;
 *   - a folder that is an index (it has a file XAPIANDB) is left out: its files
 *     are no documents, and change with each run.
 *
 * What is named by an argument is taken whatever it is, but an index, which is
 * reported.
 *
 * Paths are bytes as the system has them, relative if the argument was, and
 * tidied: "./a", "a//b", "a/./b" and "a/" are "a", "a/b", "a/b" and "a". Only a
 * file named "-" stays "./-". No folder is held open while another one is read;
 * how deep folders can go is bounded by the length of a path that the system
 * takes, and what is deeper is reported. */
#ifndef DOCUMENT_WALK_H
#define DOCUMENT_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"

/* A file as it was when it was come by. */
struct walk_file {
    const char *path;
    bool is_regular;  /* else what follows is 0 */
    uint64_t size;    /* in bytes, on disk */
    int64_t modified; /* nanoseconds since 1970 */
};

struct walk_receiver {
    /* Takes one file, borrowed for the call. Any status but STATUS_OK ends the
     * walk and is passed up. */
    enum status (*file)(void *context, const struct walk_file *file,
                        struct failure *failure);
    /* Told of each argument that is a folder, before its files; its status is
     * taken as that of .file. May be NULL. */
    enum status (*folder)(void *context, const char *path,
                          struct failure *failure);
    /* Told what could not be read, and why; the walk goes on. May be NULL. */
    void (*problem)(void *context, const char *path, const char *reason);
    void *context;
};

/* Walk through the N_PATHS arguments PATHS. STATUS_MEMORY, or what the receiver
 * returned. */
enum status walk_files(const char *const *paths, size_t n_paths,
                       const struct walk_receiver *receiver,
                       struct failure *failure);

/* PATH as a walk would give it, without empty and "." parts; malloc'ed, NULL if
 * memory is short. */
char *walk_tidy(const char *path);

/* Whether PATH is the tidy FOLDER or what a walk through it could give. */
bool walk_is_below(const char *folder, struct bytes path);

#endif
