/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a call can end with, and the message that goes with a failure.
 *
 * A function that can fail returns an enum status; STATUS_OK is 0. Where the
 * cause is known it also fills the caller's struct failure, whose message a
 * user can act on: it names the file, the folder or the column, in lower case
 * and without a full stop. A failure needs no memory of its own and no
 * release, so that "out of memory" can be reported like anything else. */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

#include <stddef.h>

enum status {
    STATUS_OK = 0,
    STATUS_USAGE,       /* the command line */
    STATUS_QUERY,       /* the query; failure.column says where */
    STATUS_NO_INDEX,    /* there is no index at that place */
    STATUS_LOCKED,      /* another writer holds the index */
    STATUS_CORRUPT,     /* the index does not hold what it must */
    STATUS_SCHEMA,      /* an index of another schema or analyzer */
    STATUS_IO,          /* reading or writing failed */
    STATUS_INPUT,       /* a document cannot be read for what it is */
    STATUS_LIMIT,       /* a stated bound was passed */
    STATUS_MEMORY,      /* an allocation failed */
    STATUS_INTERRUPTED, /* the user asked to stop */
};

struct failure {
    enum status status;
    size_t column;     /* of the query, in code points from 1; 0: none */
    char message[512]; /* UTF-8, ends in NUL, cut if it would be longer */
};

/* Fill FAILURE (which may be NULL) with STATUS and the message that FORMAT
 * makes, as printf does; the column becomes 0. Returns STATUS, so that a
 * failing function can end in `return fail(…)`. */
enum status fail(struct failure *failure, enum status status,
                 const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The same, with ": " and the description of ERROR_NUMBER (an errno) after
 * the message. */
enum status fail_errno(struct failure *failure, enum status status,
                       int error_number, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The same for a mistake in a query at COLUMN (code points, from 1). */
enum status fail_column(struct failure *failure, size_t column,
                        const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* STATUS_LIMIT, for a bound that is passed at COLUMN of a query; 0: who knows
 * where. */
enum status fail_limit(struct failure *failure, size_t column,
                       const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* STATUS_MEMORY with its message. */
enum status fail_memory(struct failure *failure);

#endif
