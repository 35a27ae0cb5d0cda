/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text that knows where in its file it came from: what every format makes of a
 * file, and what paragraphs are found in.
 *
 * The marks divide the text into stretches. In an exact one the text follows
 * from the file as .unit says, byte for byte or code point for code point; so
 * one mark is enough for a file that is UTF-8 throughout. A stretch
 * that is not exact (U+FFFD for bytes that are nothing) stands for the bytes
 * of the file from its mark to the next, as a whole. */
#ifndef DOCUMENT_PLACED_TEXT_H
#define DOCUMENT_PLACED_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "index/paragraph.h"

struct text_mark {
    size_t text;   /* where the stretch begins, in the text */
    size_t source; /* and in the (unpacked) file */
    bool exact;
};

struct placed_text {
    struct bytes text; /* well-formed UTF-8 */
    struct buffer own; /* what .text points into, unless it is borrowed */
    enum place_unit unit;
    struct text_mark *marks; /* ascending; the first is at 0 */
    size_t n_marks, capacity;
};

#define PLACED_TEXT_EMPTY \
    ((struct placed_text){.text = {NULL, 0}, .unit = PLACE_BYTES})

void placed_text_release(struct placed_text *text);

/* Begin a stretch. False if memory is short. */
bool placed_text_mark(struct placed_text *text, size_t at, size_t source,
                      bool exact);

/* How far a reader of the text has come; begins as all zero. Going forward
 * costs the way, going back costs the way from the beginning. */
struct place_cursor {
    size_t mark, text, source;
};

/* Where byte AT of the text stands in the file. */
size_t placed_text_source(const struct placed_text *text,
                          struct place_cursor *cursor, size_t at);

/* The end of the stretch that byte AT of the text is in, at most LIMIT, and
 * whether the stretch is exact. */
size_t placed_text_stretch(const struct placed_text *text,
                           struct place_cursor *cursor, size_t at, size_t limit,
                           bool *exact);

#endif
