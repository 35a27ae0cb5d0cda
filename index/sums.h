/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of a segment's files with their sizes and hashes, a file beside
 * them. The manifest has the hash of this list, so a byte that flips anywhere
 * is seen when what holds it is looked at.
 *
 *   file  = magic (for each file: length of its name, name, its size, a hash
 *           of each SUMS_PIECE bytes of it)
 *
 * Numbers are LEB128, hashes XXH3 with 64 bits, the lowest byte first. Files
 * stand in byte order of their names. A hash for each piece, and not one of
 * all, lets a reader verify what it uses and nothing else. */
#ifndef INDEX_SUMS_H
#define INDEX_SUMS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"
#include "index/manifest.h"

/* A block of Glass. A query reads a block here and one there: of pieces of 64
 * KiB it would have to hash four times as much. The list is a thousandth of
 * what it is of. */
enum { SUMS_PIECE = 8 << 10 };

/* Write the list of the files in FOLDER, which are whole, and tell what it must
 * be. IO, MEMORY. */
enum status sums_write(const char *folder, struct file_check *check,
                       struct failure *failure);

struct sums;

/* Take CONTENT, which is copied, for the list of FOLDER. CORRUPT, MEMORY. *SUMS
 * is the caller's to free, as of the following. */
enum status sums_parse(const char *folder, struct bytes content,
                       struct sums **sums, struct failure *failure);

/* Read the list of FOLDER, which CHECK says what it must be; NULL: nobody does.
 * CORRUPT, IO, MEMORY; NO_INDEX if the folder or the list is missing. */
enum status sums_read(const char *folder, const struct file_check *check,
                      struct sums **sums, struct failure *failure);

/* The same, and look whether all files are there in their sizes. */
enum status sums_open(const char *folder, const struct file_check *check,
                      struct sums **sums, struct failure *failure);
void sums_free(struct sums *sums);

/* The hashes of the pieces of the file NAME, as they stand in the list, and its
 * size; NULL if it is not in it. Borrowed from SUMS. */
const unsigned char *sums_of(const struct sums *sums, const char *name,
                             uint64_t *size);

/* Whether PIECE is what number I of HASHES says. */
bool sums_match(const unsigned char *hashes, uint64_t i, struct bytes piece);

/* Read all of the file NAME and compare it. CORRUPT, IO, MEMORY. */
enum status sums_check_file(const struct sums *sums, const char *name,
                            struct failure *failure);

/* The same for all files. DAMAGED is called for each that is not what it must
 * be; what it returns ends the walk unless it is STATUS_OK. */
typedef enum status (*damaged_function)(void *context,
                                        const struct failure *what,
                                        struct failure *failure);
enum status sums_check_all(const struct sums *sums, damaged_function damaged,
                           void *context, struct failure *failure);

#endif
