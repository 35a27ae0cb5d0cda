/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file as a stream of bytes, unpacked, with a window to look ahead in.
 *
 * What begins with the two magic bytes of gzip (RFC 1952) is unpacked, one
 * member after the other, whatever its name. Nothing is known here of what the
 * bytes mean. */
#ifndef DOCUMENT_SOURCE_H
#define DOCUMENT_SOURCE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/bytes.h"
#include "base/status.h"

enum {
    SOURCE_MAX_LINE = 64 << 20, /* bytes of a line, for source_line */
    SOURCE_MAX_ALL = 1 << 30,   /* bytes of a file, for source_all */
};

struct source;

/* Open the file PATH, "-" being standard input. STATUS_IO, STATUS_MEMORY;
 * reading its beginning, it can also fail as source_peek does. *SOURCE is the
 * caller's to close. *INTERRUPTED is looked at before each read, and when a
 * signal ends a wait (for a pipe, say), and makes it fail with
 * STATUS_INTERRUPTED; it may be NULL, and is borrowed until the source is
 * closed. */
enum status source_open(const char *path,
                        const volatile sig_atomic_t *interrupted,
                        struct source **source, struct failure *failure);

/* The same over LENGTH bytes of memory, borrowed until it is closed. NAME
 * is used in messages. */
enum status source_open_memory(const char *name, const char *data,
                               size_t length, struct source **source,
                               struct failure *failure);

/* NULL is fine. */
void source_close(struct source *source);

/* How the source is called in messages: its path, or "standard input". */
const char *source_name(const struct source *source);

/* All of these give bytes that are borrowed until the next call for SOURCE.
 * Errors: STATUS_IO; STATUS_INPUT where packed data is damaged or ends
 * early; STATUS_LIMIT; STATUS_MEMORY; STATUS_INTERRUPTED. Messages name the
 * source. */

/* What comes next, without consuming it: at least WANTED bytes, or all that is
 * left. */
enum status source_peek(struct source *source, size_t wanted,
                        struct bytes *bytes, struct failure *failure);

/* Consume the next line and give it without its line end (LF or CR LF), or
 * set *FOUND to false at the end. STATUS_LIMIT if the line is longer than
 * SOURCE_MAX_LINE. */
enum status source_line(struct source *source, struct bytes *line, bool *found,
                        struct failure *failure);

/* Consume and give all that is left. STATUS_LIMIT if that is more than
 * SOURCE_MAX_ALL. */
enum status source_all(struct source *source, struct bytes *bytes,
                       struct failure *failure);

/* How many bytes were consumed, as unpacked. */
uint64_t source_offset(const struct source *source);

/* How many bytes of the file were read, as it is on disk. */
uint64_t source_raw_offset(const struct source *source);

/* A file as it was read. */
struct source_facts {
    uint64_t size;    /* bytes, on disk */
    int64_t modified; /* nanoseconds since 1970; SOURCE_TIME_UNKNOWN where
                         nobody should rely on it: the file was modified within
                         two seconds of being opened, so that it may be modified
                         again without showing another time, or while it was
                         read, or it is no regular file */
    uint64_t hash[2]; /* XXH3-128 of its bytes: low, high; 0 if not all of them
                         were read */
    bool changed;     /* while it was read */
};

#define SOURCE_TIME_UNKNOWN INT64_MIN

/* Fill *FACTS; if WHOLE, the file is read to its end before, and what was not
 * yet consumed of the source is lost. STATUS_IO, STATUS_MEMORY. */
enum status source_facts(struct source *source, bool whole,
                         struct source_facts *facts, struct failure *failure);

/* When the file of which stat said FACTS was modified, in nanoseconds since
 * 1970; a time out of their range is the nearest one in it. */
int64_t source_modified(const struct stat *facts);

#endif
