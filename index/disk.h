/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files and folders, as the index needs them: on disk for certain, replaced in
 * one step, removed as a whole. It does not know what is in them. */
#ifndef INDEX_DISK_H
#define INDEX_DISK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"

/* Make the folder PATH and its parents where they are missing. IO, also where
 * one of them is something else than a folder; MEMORY. */
enum status disk_make_folders(const char *path, struct failure *failure);

/* "FOLDER/NAME", ending in NUL, in place of what was in PATH. */
enum status disk_join(struct buffer *path, const char *folder, const char *name,
                      struct failure *failure);

/* Open the file PATH for reading. *FILE is the caller's to close; -1 on
 * failure. NO_INDEX if there is none, IO. */
enum status disk_open(const char *path, int *file, struct failure *failure);

/* Read up to SIZE bytes of the open FILE to DATA; *LENGTH is fewer only at its
 * end. IO. */
enum status disk_read_piece(int file, const char *path, char *data, size_t size,
                            size_t *length, struct failure *failure);

/* Append what is in the file PATH to CONTENT. NO_INDEX if there is none, LIMIT
 * if it has more than MAX bytes, IO, MEMORY. */
enum status disk_read(const char *path, size_t max, struct buffer *content,
                      struct failure *failure);

/* Map the file PATH, which nobody changes, into memory. *CONTENT is the
 * caller's to unmap; empty on failure. NO_INDEX if there is none, CORRUPT if it
 * is empty, IO. */
enum status disk_map(const char *path, struct bytes *content,
                     struct failure *failure);
void disk_unmap(struct bytes content); /* an empty one is fine */

/* Let the memory go that pages within CONTENT, of a mapped file, take; what is
 * looked at again is read again. For who goes through a file that is larger
 * than the memory that it may take. */
void disk_forget(struct bytes content);

/* Call EACH for every SIZE bytes of the file PATH, from its beginning; only the
 * last are fewer. It returns false to stop. NO_INDEX if there is no file, IO,
 * MEMORY. */
typedef bool (*disk_piece_function)(void *context, struct bytes piece);
enum status disk_pieces(const char *path, size_t size, disk_piece_function each,
                        void *context, struct failure *failure);

/* What tells a file from one that was put in its place. */
struct disk_stamp {
    uint64_t device, number, size;
    int64_t seconds, nanoseconds;
};

/* That of the file PATH; zeros if there is none. */
struct disk_stamp disk_stamp(const char *path);
bool disk_stamp_equal(const struct disk_stamp *a, const struct disk_stamp *b);

/* Whether FOLDER has a file NAME. IO, MEMORY. */
enum status disk_has(const char *folder, const char *name, bool *has,
                     struct failure *failure);

/* How many bytes the file PATH has. NO_INDEX if there is none, IO. */
enum status disk_size(const char *path, uint64_t *size,
                      struct failure *failure);

/* Make the file PATH, or empty it, and open it for writing. *FILE is the
 * caller's to close; -1 on failure. IO. */
enum status disk_create(const char *path, int *file, struct failure *failure);

/* Write all of CONTENT to the open FILE, whose PATH is for messages. IO. */
enum status disk_write(int file, const char *path, struct bytes content,
                       struct failure *failure);

/* The new content of a file is written to NAME with this at its end, before it
 * takes the place of the old. There is one writer at a time. */
#define DISK_NEW_SUFFIX ".new"

/* Replace the file NAME in FOLDER, or make it, so that whoever looks, even
 * after a crash, sees all that it held before or all of CONTENT. */
enum status disk_replace(const char *folder, const char *name,
                         struct bytes content, struct failure *failure);

/* Wait until the files in FOLDER, and the folder itself, are on disk. */
enum status disk_sync_folder(const char *folder, struct failure *failure);

/* Remove the file NAME from FOLDER; it is no mistake if there is none. */
enum status disk_remove(const char *folder, const char *name,
                        struct failure *failure);

/* Remove FOLDER and the files in it; it is no mistake if there is none. */
enum status disk_remove_folder(const char *folder, struct failure *failure);

/* The sizes of the files in FOLDER, added up; 0 if it cannot be read. */
uint64_t disk_folder_size(const char *folder);

/* Call EACH for the name of everything in FOLDER but "." and ".."; it ends the
 * walk by returning another status than STATUS_OK, which is passed up. NO_INDEX
 * if there is no such folder, IO. */
typedef enum status (*disk_function)(void *context, const char *folder,
                                     const char *name, struct failure *failure);
enum status disk_each(const char *folder, disk_function each, void *context,
                      struct failure *failure);

#endif
