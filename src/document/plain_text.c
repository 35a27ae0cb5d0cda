/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plain text, in any of the encodings that src/document/encoding.h tells
 * apart. It is held in memory as a whole, since how a text is laid out shows
 * only in all of it; but a very long one is rebuilt in parts, so that its lines
 * do not take more memory than itself. */
#include <config.h>

#include "src/document/format.h"

#include "base/buffer.h"
#include "src/document/encoding.h"
#include "src/document/lines.h"
#include "src/document/rebuild.h"

#include <stdlib.h>
#include <string.h>

enum {
    /* A part of a text ends at the first empty line or form feed after so many
     * lines, or after twice as many. That is a book of some 2,000 pages. */
    PART_LINES = 1 << 17,
};

static bool recognise(struct bytes head, const char *path)
{
    (void)head;
    (void)path;
    return true;
}

/* How many characters LINE has. */
static size_t count_characters(struct bytes line)
{
    size_t n = 0, i;

    for (i = 0; i < line.length; i++)
        n += ((unsigned char)line.data[i] & 0xC0) != 0x80;
    return n;
}

struct part {
    struct page_line *lines;
    size_t n_lines, capacity;
    bool has_pages;
    size_t number; /* of the line on its page */
};

static enum status add_line(struct part *part, struct bytes text,
                            const struct text_line *line,
                            struct failure *failure)
{
    size_t width = count_characters(line_bytes(text, line));

    if (!array_grow(&part->lines, &part->capacity, part->n_lines + 1,
                    sizeof *part->lines))
        return fail_memory(failure);
    part->lines[part->n_lines++] = (struct page_line){
        .start = line->start,
        .end = line->end,
        .page = part->has_pages ? line->page : 0,
        .left = (float)line->indent,
        .right = (float)line->indent + (float)width,
        .top = (float)part->number,
    };
    return STATUS_OK;
}

static enum status rebuild_part(const struct placed_text *text,
                                struct part *part,
                                const struct block_receiver *receiver,
                                struct failure *failure)
{
    const struct page_text page_text = {
        .text = text,
        .lines = part->lines,
        .n_lines = part->n_lines,
    };
    enum status status = rebuild_blocks(&page_text, receiver, failure);

    part->n_lines = 0;
    part->number = 0;
    return status;
}

static enum status read_parts(const struct placed_text *text,
                              const struct block_receiver *receiver,
                              struct failure *failure)
{
    struct part part = {0};
    struct line_reader reader;
    struct text_line line;
    enum status status = STATUS_OK;

    part.has_pages = text->text.length > 0 &&
                     memchr(text->text.data, '\f', text->text.length);
    line_reader_start(&reader, text->text);
    while (status == STATUS_OK && line_reader_next(&reader, &line)) {
        bool empty = line.start == line.end;

        if (!empty)
            status = add_line(&part, text->text, &line, failure);
        part.number = line.page_end ? 0 : part.number + 1;
        if (status == STATUS_OK && part.n_lines >= PART_LINES &&
            (empty || line.page_end || part.n_lines >= 2 * PART_LINES))
            status = rebuild_part(text, &part, receiver, failure);
    }
    if (status == STATUS_OK)
        status = rebuild_part(text, &part, receiver, failure);
    free(part.lines);
    return status;
}

static enum status plain_text_blocks(struct bytes content, const char *name,
                                     const struct block_receiver *receiver,
                                     struct failure *failure)
{
    struct placed_text text = PLACED_TEXT_EMPTY;
    enum status status = encoding_decode(content, &text, failure);

    (void)name;
    if (status == STATUS_OK)
        status = read_parts(&text, receiver, failure);
    placed_text_release(&text);
    return status;
}

const struct format format_plain_text = {
    .name = "plain text",
    .recognise = recognise,
    .blocks = plain_text_blocks,
};
