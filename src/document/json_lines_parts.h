/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A slice, as json_lines.c cuts it and json_slice.c makes paragraphs of it. */
#ifndef DOCUMENT_JSON_LINES_PARTS_H
#define DOCUMENT_JSON_LINES_PARTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "src/document/json_line.h"
#include "src/document/json_lines.h"

/* Of a text, for its language: it must not cost more than the rest. */
enum { JSON_LANGUAGE_SAMPLE = 1000 };

/* So many lines in another language than those before change what the lines are
 * taken for that do not tell theirs. A list of foreign names has a few. */
enum { JSON_MAX_VOTES = 8 };

/* So many lines before a slice are asked for their language once more, so that
 * it begins with the votes that these left. */
enum { JSON_VOTERS = 2 * JSON_MAX_VOTES };

/* A line of a slice, which is a paragraph. */
struct slice_line {
    struct json_line json;
    uint64_t offset; /* in the file */
    size_t length;
    uint32_t ordinal; /* in its document */
};

struct json_slice {
    struct arena arena; /* of all strings */
    struct slice_line *lines;
    size_t n_lines, capacity;
    size_t text_size;
    struct bytes path;
    const char *language;             /* of the options; NULL: it is detected */
    struct bytes voters[JSON_VOTERS]; /* texts of the last lines before it */
    size_t n_voters;
};

#endif
