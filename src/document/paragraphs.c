/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rules by which paragraphs are found in text.
 *
 * A line is long if it has more than 120 columns: no page is as wide. Text is
 * loose if most of it stands in long lines: its lines were not broken to fit a
 * page, so a line end means something. Lines end as src/document/characters.h
 * says.
 *
 * Blocks
 *   B1  A line of white space only ends a block. At the end of a page it does
 *       not: what a form feed parts may belong together.
 *   B2  A block is loose if most of it stands in long lines, or if it has no
 *       long line and the whole text is loose, or if all its lines begin with
 *       a tab.
 *
 * A line begins a paragraph
 *   P1  at the start of a block;
 *   P2  if it or the line before has at least three characters, but no letter
 * or digit: a rule of underscores and the like is a paragraph of its own; P3 in
 * a loose block always, except P4    if its first letter is lower-case and the
 * line before ends no sentence, or if the text as a whole is not loose and the
 * line before ends no clause; P5  in another block, if it is indented more
 * deeply than the line before or than the block, and the line before ends a
 * clause; but not inside an item of a list whose mark stands out to the left;
 *   P6  in another block, if the line before ends a clause and is so short
 *       that, the first word of this line added, it would still be
 *       shorter than three quarters of the block's longest line.
 *   By P5 and P6 a line whose first letter is lower-case begins none.
 *
 * Lines of a paragraph are joined
 *   J1  at a soft hyphen, which is dropped, without a space;
 *   J2  at a hyphen between letters or digits without a space, the hyphen
 *       kept: 2002-2005, senior-level; the analyzer lets co-operation find
 *       cooperation;
 *   J3  between characters of scripts without spaces without one;
 *   J4  else by a space; so a spaced dash at the end of a line stays one. */
#include <config.h>

#include "src/document/paragraphs.h"

#include "src/document/builder.h"
#include "src/document/characters.h"
#include "src/document/lines.h"
#include "src/text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { LONG_LINE = 120 };

/* The lines since the last blank one, and what is true of all of them. */
struct block {
    struct text_line *lines;
    size_t n_lines, capacity;
    size_t bytes, long_bytes; /* of all lines, of the long ones */
    size_t longest;           /* the bytes of the longest line */
    uint32_t indent;          /* of the line that is indented least */
    size_t n_tabs;            /* lines that begin with a tab */
};

struct finder {
    struct bytes text;
    struct builder builder;
    struct block block;
    bool loose;
    bool has_pages;
};

static bool is_long(struct bytes line)
{
    if (line.length <= LONG_LINE)
        return false;
    /* No column takes more than four bytes but for combining characters. */
    return line.length > 4 * LONG_LINE ||
           utf8_columns(line.data, line.length) > LONG_LINE;
}

static bool is_text_loose(struct bytes text)
{
    size_t bytes = 0, long_bytes = 0;
    struct line_reader reader;
    struct text_line line;

    line_reader_start(&reader, text);
    while (line_reader_next(&reader, &line)) {
        struct bytes content = line_bytes(text, &line);

        bytes += content.length;
        if (is_long(content))
            long_bytes += content.length;
    }
    return long_bytes > bytes / 2;
}

/* Rule B2. */
static bool is_block_loose(const struct finder *finder)
{
    const struct block *block = &finder->block;

    if (block->n_tabs == block->n_lines)
        return true;
    if (block->long_bytes == 0)
        return finder->loose;
    return block->long_bytes > block->bytes / 2;
}

/* Rule P2. */
static bool is_rule(struct bytes line)
{
    return !has_letter_or_digit(line) &&
           utf8_count(line.data, line.length) >= 3;
}

/* Rules P3 and P4. */
static bool begins_in_loose(const struct finder *finder, struct bytes before,
                            struct bytes line)
{
    if (!begins_like_paragraph(line) && !ends_clause(before, false))
        return false;
    return finder->loose || ends_clause(before, true);
}

/* How many bytes the first word of LINE has. */
static size_t word_length(struct bytes line)
{
    size_t length = 0;

    while (length < line.length &&
           white_length(line.data + length, line.length - length) == 0)
        length++;
    return length;
}

/* Rules P5 and P6, for line I of a block; its paragraph began at FIRST. */
static bool begins_in_wrapped(const struct finder *finder, size_t first,
                              size_t i)
{
    const struct block *block = &finder->block;
    const struct text_line *line = &block->lines[i];
    struct bytes content = line_bytes(finder->text, line);
    struct bytes before = line_bytes(finder->text, line - 1);
    struct bytes item = line_bytes(finder->text, &block->lines[first]);

    if (!ends_clause(before, true) || !begins_like_paragraph(content))
        return false;
    if (line->indent > line[-1].indent || line->indent > block->indent) {
        if (line->indent <= block->lines[first].indent ||
            !begins_with_item_mark(item))
            return true;
    }
    return before.length + 1 + word_length(content) < block->longest / 4 * 3;
}

static bool begins_paragraph(const struct finder *finder, bool loose,
                             size_t first, size_t i)
{
    const struct text_line *line = &finder->block.lines[i];
    struct bytes content = line_bytes(finder->text, line);
    struct bytes before = line_bytes(finder->text, line - 1);

    if (is_rule(content) || is_rule(before))
        return true;
    if (loose)
        return begins_in_loose(finder, before, content);
    return begins_in_wrapped(finder, first, i);
}

static uint32_t page_of(const struct finder *finder,
                        const struct text_line *line)
{
    return finder->has_pages ? line->page : 0;
}

/* Rules J1 to J4: what comes between the line before LINE and LINE. */
static enum status join(struct finder *finder, const struct text_line *line,
                        struct failure *failure)
{
    struct bytes before = line_bytes(finder->text, line - 1);
    char32_t last = last_character(before);
    char32_t first = first_character(line_bytes(finder->text, line));

    if (last == 0xAD) {
        builder_drop(&finder->builder, strlen("\u00AD"));
        return STATUS_OK;
    }
    if (is_hyphen(last)) {
        char buffer[4];

        before.length -= utf8_encode(last, buffer);
        if (is_letter_or_digit(last_character(before)) &&
            is_letter_or_digit(first))
            return STATUS_OK;
    }
    if (is_unspaced(last) && is_unspaced(first))
        return STATUS_OK;
    return builder_append_space(&finder->builder, line[-1].end,
                                page_of(finder, line - 1), failure);
}

/* Append LINE in pieces, so that no paragraph grows beyond its bound. */
static enum status append_line(struct finder *finder,
                               const struct text_line *line,
                               struct failure *failure)
{
    struct builder *builder = &finder->builder;
    const char *text = finder->text.data;
    size_t start = line->start;
    enum status status = STATUS_OK;

    while (start < line->end && status == STATUS_OK) {
        size_t room = PARAGRAPH_MAX_BYTES, end = line->end;

        if (builder->text.length >= room)
            status = builder_finish(builder, failure);
        if (end - start > room) {
            end = start + room;
            while (end < line->end && end - start < 2 * room - 4 &&
                   white_length(text + end, line->end - end) == 0)
                end++;
            while (end < line->end && ((unsigned char)text[end] & 0xC0) == 0x80)
                end++;
        }
        if (status == STATUS_OK)
            status = builder_append(builder, start, end, page_of(finder, line),
                                    failure);
        start = end;
        while ((room = white_length(text + start, line->end - start)) > 0)
            start += room;
    }
    return status;
}

static enum status finish_block(struct finder *finder, struct failure *failure)
{
    struct block *block = &finder->block;
    bool loose = is_block_loose(finder);
    enum status status = STATUS_OK;
    size_t first = 0, i;

    for (i = 0; i < block->n_lines && status == STATUS_OK; i++) {
        const struct text_line *line = &block->lines[i];

        if (i == 0 || begins_paragraph(finder, loose, first, i)) {
            first = i;
            status = builder_finish(&finder->builder, failure);
        } else {
            status = join(finder, line, failure);
        }
        if (status == STATUS_OK)
            status = append_line(finder, line, failure);
    }
    if (status == STATUS_OK)
        status = builder_finish(&finder->builder, failure);
    *block = (struct block){.lines = block->lines, .capacity = block->capacity};
    return status;
}

static enum status add_line(struct block *block, const struct text_line *line,
                            struct bytes content, struct failure *failure)
{
    if (!array_grow(&block->lines, &block->capacity, block->n_lines + 1,
                    sizeof *block->lines))
        return fail_memory(failure);
    if (block->n_lines == 0 || line->indent < block->indent)
        block->indent = line->indent;
    block->lines[block->n_lines++] = *line;
    block->bytes += content.length;
    if (is_long(content))
        block->long_bytes += content.length;
    if (content.length > block->longest)
        block->longest = content.length;
    block->n_tabs += line->tab;
    return STATUS_OK;
}

static enum status find(struct finder *finder, struct failure *failure)
{
    struct line_reader reader;
    struct text_line line;
    enum status status = STATUS_OK;

    line_reader_start(&reader, finder->text);
    while (status == STATUS_OK && line_reader_next(&reader, &line)) {
        struct bytes content = line_bytes(finder->text, &line);

        if (content.length > 0)
            status = add_line(&finder->block, &line, content, failure);
        if (status == STATUS_OK &&
            ((content.length == 0 && !line.page_end) ||
             finder->block.n_lines >= PARAGRAPH_MAX_LINES))
            status = finish_block(finder, failure);
    }
    if (status == STATUS_OK)
        status = finish_block(finder, failure);
    return status;
}

enum status paragraphs_find(const struct placed_text *text,
                            const struct paragraph *facts,
                            paragraph_receiver receive, void *context,
                            struct failure *failure)
{
    struct finder finder = {.text = text->text};
    enum status status;

    if (text->text.length == 0)
        return STATUS_OK;
    finder.has_pages = memchr(text->text.data, '\f', text->text.length);
    finder.loose = is_text_loose(text->text);
    builder_init(&finder.builder, text, facts, receive, context);
    status = find(&finder, failure);
    builder_release(&finder.builder);
    free(finder.block.lines);
    return status;
}
