/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/lines.h"

#include "src/document/characters.h"

enum { TAB_WIDTH = 8 };

/* The first bytes of line ends. */
static const bool may_end_line[256] = {
    ['\n'] = true, ['\v'] = true, ['\f'] = true,
    ['\r'] = true, [0xC2] = true, [0xE2] = true,
};

void line_reader_start(struct line_reader *reader, struct bytes text)
{
    *reader = (struct line_reader){.text = text, .at = 0, .page = 1};
}

/* Leave out the white space at the start of LINE, and measure it. */
static void trim_start(struct bytes text, struct text_line *line)
{
    uint32_t indent = 0;
    size_t length;

    while ((length = white_length(text.data + line->start,
                                  line->end - line->start)) > 0) {
        /* U+3000, of three bytes, is as wide as an ideograph; the others that
         * are not ASCII may as well count as wide. */
        uint32_t width = length > 2 ? 2 : 1;

        if (text.data[line->start] == '\t')
            width = TAB_WIDTH - indent % TAB_WIDTH;
        if (indent < UINT16_MAX)
            indent += width;
        line->start += length;
    }
    line->indent = indent;
}

bool line_reader_next(struct line_reader *reader, struct text_line *line)
{
    struct bytes text = reader->text;
    size_t at = reader->at, end_length = 0, length;

    if (at == text.length)
        return false;
    line->start = at;
    while (at < text.length) {
        if (may_end_line[(unsigned char)text.data[at]] &&
            (end_length = line_end_length(text.data + at, text.length - at)) >
                0)
            break;
        at++;
    }
    line->end = at;
    line->page = reader->page;
    line->page_end = end_length > 0 && text.data[at] == '\f';
    reader->at = at + end_length;
    reader->page += line->page_end;
    trim_start(text, line);
    while ((length = white_length_before(text.data + line->start,
                                         line->end - line->start)) > 0)
        line->end -= length;
    return true;
}

struct bytes line_bytes(struct bytes text, const struct text_line *line)
{
    return (struct bytes){text.data + line->start, line->end - line->start};
}
