/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All passes in order, and the blocks put together of their lines. */
#include <config.h>

#include "src/document/rebuild.h"

#include "base/buffer.h"
#include "src/document/builder.h"
#include "src/document/characters.h"
#include "src/document/rebuild_candidates.h"
#include "src/document/rebuild_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    /* A block that would be longer is cut in two between words, at the latest
     * after twice as much. No author writes such; but files have them. */
    BLOCK_MAX_BYTES = 1 << 20,
};

struct writer {
    struct rebuild *rebuild;
    struct builder builder;
    struct block block; /* the facts of the one that is written */
};

static enum status finish(struct writer *writer, struct failure *failure)
{
    return builder_finish(&writer->builder, &writer->block, failure);
}

static uint32_t page_of(const struct rebuild *rebuild, const struct line *line)
{
    return rebuild->pages_guessed ? 0 : line->page;
}

/* Append START to END, which has no cuts, in pieces, so that no block grows
 * beyond its bound. */
static enum status append_bounded(struct writer *writer, size_t start,
                                  size_t limit, uint32_t page,
                                  struct failure *failure)
{
    struct builder *builder = &writer->builder;
    const char *text = writer->rebuild->text.data;
    enum status status = STATUS_OK;

    while (start < limit && status == STATUS_OK) {
        size_t room = BLOCK_MAX_BYTES, end = limit;

        if (builder->text.length >= room)
            status = finish(writer, failure);
        if (end - start > room) {
            end = start + room;
            while (end < limit && end - start < 2 * room - 4 &&
                   white_length(text + end, limit - end) == 0)
                end++;
            while (end < limit && ((unsigned char)text[end] & 0xC0) == 0x80)
                end++;
        }
        if (status == STATUS_OK)
            status = builder_append(builder, start, end, page, failure);
        start = end;
    }
    return status;
}

/* The first cut that does not end before AT. */
static size_t find_cut(const struct rebuild *rebuild, size_t at)
{
    size_t low = 0, high = rebuild->n_cuts;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (rebuild->cuts[middle].end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Append START to END of the text without its cuts. */
static enum status append(struct writer *writer, size_t start, size_t end,
                          uint32_t page, struct failure *failure)
{
    const struct rebuild *rebuild = writer->rebuild;
    size_t cut = find_cut(rebuild, start);
    enum status status = STATUS_OK;

    for (; cut < rebuild->n_cuts && rebuild->cuts[cut].start < end &&
           status == STATUS_OK;
         cut++) {
        if (rebuild->cuts[cut].start > start)
            status = append_bounded(writer, start, rebuild->cuts[cut].start,
                                    page, failure);
        if (rebuild->cuts[cut].end > start)
            start = rebuild->cuts[cut].end;
    }
    if (status == STATUS_OK && start < end)
        status = append_bounded(writer, start, end, page, failure);
    return status;
}

/* What comes between LINE and the line AFTER of the same block. */
static enum status join(struct writer *writer, const struct line *line,
                        const struct line *after, struct failure *failure)
{
    const struct rebuild *rebuild = writer->rebuild;
    struct bytes before = line_text(rebuild, line);

    /* A hyphen that was cut away as a mark is none. */
    if (writer->builder.text.length == 0)
        return STATUS_OK;
    switch (rebuild_joint(rebuild, before, line_text(rebuild, after))) {
    case JOINT_SPACE:
        return builder_append_space(&writer->builder, line->end,
                                    page_of(writer->rebuild, line), failure);
    case JOINT_NOTHING: return STATUS_OK;
    case JOINT_DROP:
        builder_drop(&writer->builder, before.data[before.length - 1] == '-'
                                           ? 1
                                           : strlen("\u00AD"));
        if ((unsigned char)before.data[before.length - 1] == 0x90 ||
            (unsigned char)before.data[before.length - 1] == 0x91)
            builder_drop(&writer->builder, 1); /* U+2010 has three */
        return STATUS_OK;
    }
    return STATUS_OK;
}

/* The cells of a row, parted by " | ". */
static enum status append_row(struct writer *writer, const struct line *line,
                              struct failure *failure)
{
    const char *text = writer->rebuild->text.data;
    bool geometry = writer->rebuild->page_text->has_geometry;
    size_t start = line->start, end;
    enum status status = STATUS_OK;

    while (start < line->end && status == STATUS_OK) {
        const char *gap =
            geometry ? memchr(text + start, '\t', line->end - start)
                     : memmem(text + start, line->end - start, "   ", 3);

        end = gap ? (size_t)(gap - text) : line->end;
        if (start > line->start)
            status = builder_append_string(&writer->builder, " | ", failure);
        if (status == STATUS_OK)
            status = append(writer, start, end, page_of(writer->rebuild, line),
                            failure);
        for (start = end;
             start < line->end && (text[start] == ' ' || text[start] == '\t');)
            start++;
    }
    return status;
}

/* Append the line I; of a footnote without its mark. */
static enum status append_line(struct writer *writer, const struct line *line,
                               struct failure *failure)
{
    size_t start = line->start;

    if (line->kind == LINE_ROW)
        return append_row(writer, line, failure);
    if (line->kind == LINE_NOTE) {
        start += line->column;
        while (start < line->end &&
               white_length(writer->rebuild->text.data + start,
                            line->end - start) > 0)
            start += white_length(writer->rebuild->text.data + start,
                                  line->end - start);
    }
    return append(writer, start, line->end, page_of(writer->rebuild, line),
                  failure);
}

/* The mark of a footnote as .number has it: digits, whatever their form. */
static struct bytes note_number(const struct rebuild *rebuild,
                                const struct line *line, char buffer[16])
{
    struct bytes mark = {rebuild->text.data + line->start, line->column};
    unsigned number;

    if (superscript_number(mark, &number) == 0 &&
        bracketed_number(mark, &number) == 0)
        return mark;
    snprintf(buffer, 16, "%u", number);
    return bytes_of(buffer);
}

static enum status write_block(struct writer *writer, size_t at,
                               struct failure *failure)
{
    const struct rebuild *rebuild = writer->rebuild;
    const struct rebuilt_block *block = &rebuild->blocks[at];
    const struct line *before = NULL;
    char number[16];
    size_t i;
    enum status status = STATUS_OK;

    writer->block = (struct block){.role = block->role, .level = block->level};
    if (block->role == BLOCK_FOOTNOTE)
        writer->block.number =
            note_number(rebuild, &rebuild->lines[block->first], number);
    for (i = block->first; i <= block->last && status == STATUS_OK; i++) {
        const struct line *line = &rebuild->lines[i];

        if (line->owner != at)
            continue;
        if (before)
            status = join(writer, before, line, failure);
        if (status == STATUS_OK)
            status = append_line(writer, line, failure);
        before = line;
    }
    if (status == STATUS_OK)
        status = finish(writer, failure);
    return status;
}

static enum status write_blocks(struct rebuild *rebuild,
                                const struct block_receiver *receiver,
                                struct failure *failure)
{
    struct writer writer = {.rebuild = rebuild};
    enum status status = STATUS_OK;
    size_t i;

    builder_init(&writer.builder, rebuild->page_text->text, receiver);
    for (i = 0; i < rebuild->n_blocks && status == STATUS_OK; i++)
        status = write_block(&writer, i, failure);
    builder_release(&writer.builder);
    return status;
}

static enum status analyze(struct rebuild *rebuild, struct failure *failure)
{
    enum status status = rebuild_read_lines(rebuild, failure);

    if (status == STATUS_OK)
        status = rebuild_find_pages(rebuild, failure);
    if (status == STATUS_OK)
        status = rebuild_find_furniture(rebuild, failure);
    if (status)
        return status;
    rebuild_find_widths(rebuild);
    status = rebuild_find_footnotes(rebuild, failure);
    if (status)
        return status;
    rebuild_find_tables(rebuild);
    status = rebuild_find_breaks(rebuild, failure);
    if (status)
        return status;
    rebuild_find_headings(rebuild);
    status = rebuild_find_contents(rebuild, failure);
    if (status == STATUS_OK)
        status = rebuild_find_marks(rebuild, failure);
    return status ? status : rebuild_hyphens_new(rebuild, failure);
}

enum status rebuild_blocks(const struct page_text *text,
                           const struct block_receiver *receiver,
                           struct failure *failure)
{
    struct rebuild rebuild = {.page_text = text, .text = text->text->text};
    enum status status = STATUS_OK;

    if (text->n_lines == 0)
        return STATUS_OK;
    status = analyze(&rebuild, failure);
    if (status == STATUS_OK)
        status = write_blocks(&rebuild, receiver, failure);
    rebuild_hyphens_free(&rebuild);
    free(rebuild.cuts);
    free(rebuild.blocks);
    free(rebuild.lines);
    return status;
}
