/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The manifest of an index: which segments it is made of. index/schema.h says
 * what the file looks like.
 *
 * It is read as if an enemy had written it: only segments of the names that we
 * give are believed, so that no manifest can lead out of its folder. */
#ifndef INDEX_MANIFEST_H
#define INDEX_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"

/* What a file must be: any other is damaged. */
struct file_check {
    uint64_t size;
    uint64_t hash; /* XXH3 of its bytes */
};

struct manifest_segment {
    uint32_t number;
    struct file_check sums; /* of its list of files: index/sums.h */
};

/* A file of the folder that belongs to a generation. */
struct manifest_file {
    uint32_t number; /* 0: there is none */
    struct file_check check;
};

struct manifest {
    char *analyzer;                    /* owned */
    struct manifest_segment *segments; /* in the order of documents; owned */
    size_t n_segments, capacity;
    uint32_t generation; /* how often it was written */
    struct manifest_file files, deleted;
    uint32_t next_segment;
    uint32_t next_document;
    struct buffer others; /* fact lines of a later program, kept as they are */
};

#define MANIFEST_EMPTY \
    ((struct manifest){.next_segment = 1, .next_document = 1})

/* The longest name of a segment or a file, its NUL included. */
enum { SEGMENT_NAME_MAX = 32 };

#define MANIFEST_FILES "files"
#define MANIFEST_DELETED "deleted"

void manifest_release(struct manifest *manifest);

/* Read TEXT, the manifest of the index in FOLDER (which is only named in
 * messages), into *MANIFEST, for the caller to release. NO_INDEX if it does
 * not begin as one, SCHEMA if it is of another version than ours, CORRUPT,
 * MEMORY; *MANIFEST is then empty. */
enum status manifest_parse(const char *folder, const char *text, size_t length,
                           struct manifest *manifest, struct failure *failure);

/* The same for the file in FOLDER. Also NO_INDEX if there is none, or one of an
 * index that is only begun; CORRUPT if there is none beside segments; IO. */
enum status manifest_read(const char *folder, struct manifest *manifest,
                          struct failure *failure);

/* The same, but OK for one of an index that is begun, which names no segment. */
enum status manifest_read_any(const char *folder, struct manifest *manifest,
                              struct failure *failure);

/* Put a manifest of nothing into FOLDER, which has none, before SEGMENT, the
 * first new one, is there: so what is left by a run that was killed is known from
 * the segments of an index that has lost its manifest, whose numbers are lower.
 * Without such it is no index; with them it is one to be repaired, as before. */
enum status manifest_begin(const char *folder, const char *analyzer,
                           uint32_t segment, struct failure *failure);

/* The SEGMENT of that; 0: the manifest in FOLDER is no such one. */
uint32_t manifest_begun(const char *folder);

/* Append MANIFEST as a file to BUFFER (check buffer->failed). */
void manifest_format(const struct manifest *manifest, struct buffer *buffer);

/* Replace the manifest in FOLDER. */
enum status manifest_write(const char *folder, const struct manifest *manifest,
                           struct failure *failure);

/* Append a segment's number. MEMORY. */
enum status manifest_add(struct manifest *manifest, uint32_t segment,
                         struct failure *failure);

/* Whether MANIFEST names SEGMENT. */
bool manifest_names(const struct manifest *manifest, uint32_t segment);

/* The name of what has a NUMBER: KIND is "segment", MANIFEST_FILES or
 * MANIFEST_DELETED. */
void numbered_name(char name[SEGMENT_NAME_MAX], const char *kind,
                   uint32_t number);

/* Whether NAME is such a name, and of which number. */
bool numbered_parse(struct bytes name, const char *kind, uint32_t *number);

void segment_name(char name[SEGMENT_NAME_MAX], uint32_t segment);
bool segment_parse(struct bytes name, uint32_t *segment);

/* The hash that stands for CONTENT. */
uint64_t content_hash(struct bytes content);

/* Read the file NAME of FOLDER, which CHECK says what it must be (NULL: nobody
 * does), to the end of CONTENT. NO_INDEX if there is none, CORRUPT if it is
 * another, IO, MEMORY. */
enum status checked_read(const char *folder, const char *name,
                         const struct file_check *check, struct buffer *content,
                         struct failure *failure);

/* The same for the file of KIND and NUMBER: CONTENT is cleared, and has it
 * then, or stays empty if NUMBER is 0, as there is none. */
enum status numbered_read(const char *folder, const char *kind, uint32_t number,
                          const struct file_check *check,
                          struct buffer *content, struct failure *failure);

#endif
