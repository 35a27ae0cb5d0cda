/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of a text: where their words are, how far they are indented, on
 * which page they stand. */
#ifndef DOCUMENT_LINES_H
#define DOCUMENT_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

struct text_line {
    size_t start, end; /* of the text without the white space around it */
    uint32_t page;     /* 1 + the form feeds before it */
    uint32_t indent;   /* in columns; a tab goes to the next multiple of 8 */
    bool page_end;     /* a form feed ended it */
};

struct line_reader {
    struct bytes text; /* well-formed UTF-8 */
    size_t at;
    uint32_t page;
};

void line_reader_start(struct line_reader *reader, struct bytes text);

/* The next line into *LINE; false at the end. */
bool line_reader_next(struct line_reader *reader, struct text_line *line);

/* What LINE has for a text. */
struct bytes line_bytes(struct bytes text, const struct text_line *line);

#endif
