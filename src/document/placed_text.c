/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/placed_text.h"

#include <stdlib.h>

void placed_text_release(struct placed_text *text)
{
    buffer_release(&text->own);
    free(text->marks);
    *text = PLACED_TEXT_EMPTY;
}

bool placed_text_mark(struct placed_text *text, size_t at, size_t source,
                      bool exact)
{
    if (!array_grow(&text->marks, &text->capacity, text->n_marks + 1,
                    sizeof *text->marks))
        return false;
    text->marks[text->n_marks++] = (struct text_mark){at, source, exact};
    return true;
}

/* How many bytes of the file LENGTH bytes of well-formed text are. */
static size_t source_length(enum place_unit unit, const char *text,
                            size_t length)
{
    size_t count = 0, i;

    if (unit == PLACE_BYTES || unit == PLACE_WHOLE)
        return length;
    for (i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];

        /* A code point for every byte that does not continue one; in UTF-16
         * those of four bytes take two units. */
        count += (byte & 0xC0) != 0x80;
        count += unit == PLACE_UTF16 && byte >= 0xF0;
        count += unit == PLACE_DOUBLE && byte >= 0xC0;
    }
    return unit == PLACE_UTF16 ? 2 * count : count;
}

/* Set CURSOR to the stretch that AT is in. */
static const struct text_mark *seek(const struct placed_text *text,
                                    struct place_cursor *cursor, size_t at)
{
    size_t mark = at < cursor->text ? 0 : cursor->mark;

    while (mark + 1 < text->n_marks && text->marks[mark + 1].text <= at)
        mark++;
    if (mark != cursor->mark || at < cursor->text || cursor->text == 0)
        *cursor = (struct place_cursor){mark, text->marks[mark].text,
                                        text->marks[mark].source};
    return &text->marks[mark];
}

size_t placed_text_source(const struct placed_text *text,
                          struct place_cursor *cursor, size_t at)
{
    const struct text_mark *mark = seek(text, cursor, at);

    if (mark->exact) {
        cursor->source += source_length(
            text->unit, text->text.data + cursor->text, at - cursor->text);
        cursor->text = at;
    }
    return cursor->source;
}

size_t placed_text_stretch(const struct placed_text *text,
                           struct place_cursor *cursor, size_t at, size_t limit,
                           bool *exact)
{
    const struct text_mark *mark = seek(text, cursor, at);
    const struct text_mark *next = mark + 1;

    *exact = mark->exact;
    if (next == text->marks + text->n_marks || next->text > limit)
        return limit;
    return next->text;
}
