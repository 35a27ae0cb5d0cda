/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text is read a character at a time into a piece: what may not be parted
 * (a word). A whole piece goes to the line, or to the next one if it does not
 * fit. A piece has no marks in it: it keeps, beside its characters, where they
 * change, and they are written with it. */
#include <config.h>

#include "src/result/wrap.h"

#include "src/query/characters.h"
#include "src/text/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

struct character {
    char bytes[4];
    unsigned char length;
    unsigned char columns;
    bool marked;
};

struct layout {
    const struct wrap_style *style;
    struct buffer *out;
    size_t room;    /* columns of a line, without the indent */
    size_t column;  /* of the line, without the indent */
    bool line_open; /* the line has begun */
    bool mark_open; /* and is within a mark */
    bool space;     /* white space came before the piece */
    bool space_marked;
    struct character *piece;
    size_t n_piece, capacity;
    size_t piece_columns;
};

static void set_mark(struct layout *layout, bool marked)
{
    const char *mark =
        marked ? layout->style->mark_begin : layout->style->mark_end;

    if (layout->mark_open == marked)
        return;
    layout->mark_open = marked;
    if (mark)
        buffer_append_string(layout->out, mark);
}

static void end_line(struct layout *layout)
{
    if (!layout->line_open)
        return;
    set_mark(layout, false);
    buffer_append_byte(layout->out, '\n');
    layout->line_open = false;
    layout->column = 0;
}

static void begin_line(struct layout *layout)
{
    size_t i;

    if (layout->line_open)
        return;
    for (i = 0; i < layout->style->indent; i++)
        buffer_append_byte(layout->out, ' ');
    layout->line_open = true;
}

/* Write the piece, which is empty afterwards. */
static void flush(struct layout *layout)
{
    size_t space = layout->space && layout->line_open ? 1 : 0, i;

    if (layout->n_piece == 0)
        return;
    if (layout->room - layout->column < space ||
        layout->room - layout->column - space < layout->piece_columns) {
        end_line(layout);
        space = 0;
    }
    begin_line(layout);
    if (space) {
        set_mark(layout, layout->mark_open && layout->space_marked);
        buffer_append_byte(layout->out, ' ');
        layout->column++;
    }
    for (i = 0; i < layout->n_piece; i++) {
        const struct character *c = &layout->piece[i];

        set_mark(layout, c->marked);
        buffer_append(layout->out, c->bytes, c->length);
    }
    layout->column += layout->piece_columns;
    layout->space = false;
    layout->n_piece = 0;
    layout->piece_columns = 0;
}

static bool is_no_break_space(char32_t c)
{
    return c == 0xA0 || c == 0x2007 || c == 0x202F;
}

static void add_character(struct layout *layout, char32_t c, bool marked)
{
    struct character new = {.marked = marked};

    new.length = (unsigned char)utf8_encode(c, new.bytes);
    new.columns = (unsigned char)utf8_columns(new.bytes, new.length);
    if (is_unspaced(c))
        flush(layout);
    /* Too long for any line: what there is fills one. */
    if (new.columns > 0 && layout->n_piece > 0 &&
        new.columns > layout->room - layout->piece_columns)
        flush(layout);
    if (!array_grow(&layout->piece, &layout->capacity, layout->n_piece + 1,
                    sizeof *layout->piece)) {
        layout->out->failed = true;
        return;
    }
    layout->piece[layout->n_piece++] = new;
    layout->piece_columns += new.columns;
}

/* The columns of a line; enough for the widest character in any case. */
static size_t room_of(const struct wrap_style *style)
{
    if (style->width == 0)
        return SIZE_MAX;
    return style->width > style->indent + 2 ? style->width - style->indent : 2;
}

void wrap_text(struct bytes text, const struct spans *spans,
               const struct wrap_style *style, struct buffer *out)
{
    struct layout layout = {.style = style, .out = out, .room = room_of(style)};
    size_t at = 0, size, n = 0, n_spans = spans ? spans->n_items : 0;

    for (; at < text.length && !out->failed; at += size) {
        char32_t c;
        bool marked;

        size = utf8_decode(text.data + at, text.length - at, &c);
        while (n < n_spans && spans->items[n].end <= at)
            n++;
        marked = n < n_spans && spans->items[n].start <= at;
        if (is_control(c) || (is_white_space(c) && !is_no_break_space(c))) {
            flush(&layout);
            layout.space = true;
            layout.space_marked = marked;
        } else if (!is_bidi_control(c) && c != 0xAD) {
            add_character(&layout, c, marked);
        }
    }
    flush(&layout);
    end_line(&layout);
    free(layout.piece);
}
