/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The queries of a batch, read from a file or a pipe as they come: a line is
 * "id TAB query", or the query alone, whose id is then the number of its line.
 * Lines of nothing but white space, and those that begin with '#', are left
 * out. Whether a query can be understood is for others to say. */
#ifndef CLI_QUERY_LINES_H
#define CLI_QUERY_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"

/* A line may have so many bytes: far more than a query may. */
enum { QUERY_LINE_MAX = 4 << 20 };

struct query_line {
    struct buffer buffer; /* what the others point into */
    struct bytes id;
    struct bytes query;
    size_t number;                   /* of the line, from 1 */
    bool too_long;                   /* QUERY is only its beginning */
    char digits[3 * sizeof(size_t)]; /* the id, where there was none */
};

struct query_lines {
    const char *name; /* of the file, for messages */
    int descriptor;
    bool ended;
    struct buffer buffer; /* what was read */
    size_t at;            /* and is to be given next */
    size_t number;        /* of the line there, less 1 */
    /* Called before waiting for more input, so that what was asked so far can
     * be answered meanwhile. */
    enum status (*wait)(void *context, struct failure *failure);
    void *context;
};

/* Open the file PATH; NULL or "-" is standard input. *LINES is filled for the
 * caller to close, also on failure, and to give a .wait. STATUS_IO. */
enum status query_lines_open(const char *path, struct query_lines *lines,
                             struct failure *failure);

/* The next line into *LINE, which may hold an earlier one and is the caller's
 * to release. *MORE says whether there was one. IO, MEMORY; INTERRUPTED by
 * Ctrl-C; what .wait returns. */
enum status query_lines_next(struct query_lines *lines, struct query_line *line,
                             bool *more, struct failure *failure);
void query_line_release(struct query_line *line);
void query_lines_close(struct query_lines *lines);

#endif
