/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Markdown to blocks, by md4c: CommonMark with tables and what else GitHub
 * added, and with footnotes and a front matter, which md4c does not know.
 *
 * Those two are blanked in a copy of the text that md4c gets, so that all
 * offsets stay what they are. The footnotes are then parsed one by one, and
 * come last. md4c hands out pieces of its input, so that places are exact. */
#include <config.h>

#include "src/document/foreign/readers.h"

#include "src/document/encoding.h"
#include "src/document/foreign/inline.h"
#include "src/document/foreign/markdown.h"
#include "src/text/utf8.h"

#include <md4c.h>

#include <limits.h>
#include <stdlib.h>

struct list {
    bool ordered;
    unsigned next; /* number */
    char delimiter;
};

struct markdown {
    const struct block_receiver *receiver;
    struct failure *failure;
    enum status status;
    struct placed_text source;
    size_t shift; /* where the text begins in the file, if it is borrowed */
    enum place_unit unit;
    struct place_cursor cursor;
    struct buffer copy; /* of the text: what md4c reads */
    struct markdown_notes notes;
    struct inline_text text;
    struct buffer number; /* of the block to come */
    struct list *lists;
    size_t n_lists, lists_capacity;
    unsigned heading; /* level of the one we are in */
    bool titled, in_note, in_row, row_begun, in_code;
    bool line_empty; /* in code: the line so far */
    struct markdown_html html;
};

static enum status flush(struct markdown *markdown, enum block_role role)
{
    struct block block = {.role = role};

    if (markdown->in_note) {
        inline_space(&markdown->text);
        return STATUS_OK;
    }
    if (inline_finish(&markdown->text).length == 0) {
        inline_clear(&markdown->text);
        return STATUS_OK;
    }
    if (markdown->heading > 0 && role == BLOCK_TEXT) {
        bool title = markdown->heading == 1 && !markdown->titled;

        block.role = title ? BLOCK_TITLE : BLOCK_HEADING;
        block.level = title ? 0 : markdown->heading;
        markdown->titled |= title;
    } else if (role == BLOCK_TEXT) {
        block.level = (unsigned)markdown->n_lists;
    }
    block.number = buffer_bytes(&markdown->number);
    if (markdown->number.failed)
        return fail_memory(markdown->failure);
    markdown->status = inline_give(&markdown->text, &block, markdown->unit,
                                   markdown->receiver, markdown->failure);
    buffer_clear(&markdown->number);
    return markdown->status;
}

/* Append PIECE, which stands for bytes START to END of the copy. */
static void append(struct markdown *markdown, struct bytes piece, size_t start,
                   size_t end)
{
    if (markdown->unit == PLACE_BYTES) {
        start += markdown->shift;
        end += markdown->shift;
    } else {
        start = placed_text_source(&markdown->source, &markdown->cursor, start);
        end = placed_text_source(&markdown->source, &markdown->cursor, end);
    }
    inline_append_at(&markdown->text, piece, start, end);
}

/* Where TEXT stands in the copy; false if md4c made it up. */
static bool offset_of(const struct markdown *markdown, const char *text,
                      size_t length, size_t *offset)
{
    uintptr_t start = (uintptr_t)markdown->copy.data, at = (uintptr_t)text;

    if (at < start || at - start > markdown->copy.length ||
        markdown->copy.length - (at - start) < length)
        return false;
    *offset = at - start;
    return true;
}

static void append_piece(struct markdown *markdown, const char *text,
                         size_t length)
{
    size_t offset;

    if (offset_of(markdown, text, length, &offset))
        append(markdown, (struct bytes){text, length}, offset, offset + length);
    else
        inline_append(&markdown->text, (struct bytes){text, length});
}

/* Append TEXT without the references to footnotes in it. */
static void append_normal(struct markdown *markdown, const char *text,
                          size_t length)
{
    size_t at = 0, begin = 0, reference;
    const char *bracket;

    while (markdown->notes.n_notes > 0 && at < length &&
           (bracket = memchr(text + at, '[', length - at))) {
        at = (size_t)(bracket - text);
        reference = markdown_reference_length(
            &markdown->notes, (struct bytes){bracket, length - at});
        if (reference == 0) {
            at++;
            continue;
        }
        append_piece(markdown, text + begin, at - begin);
        inline_mark(&markdown->text);
        at += reference;
        begin = at;
    }
    append_piece(markdown, text + begin, length - begin);
}

static void append_entity(struct markdown *markdown, const char *text,
                          size_t length)
{
    char32_t character = markdown_entity((struct bytes){text, length});
    char bytes[4];
    size_t size, offset;

    if (!character) {
        append_piece(markdown, text, length);
        return;
    }
    size = utf8_encode(character, bytes);
    if (offset_of(markdown, text, length, &offset))
        append(markdown, (struct bytes){bytes, size}, offset, offset + length);
    else
        inline_append(&markdown->text, (struct bytes){bytes, size});
}

/* Code comes line by line, the ends of lines on their own. */
static enum status append_code(struct markdown *markdown, const char *text,
                               size_t length)
{
    bool blank = true;
    size_t i;

    if (length == 1 && *text == '\n') {
        bool empty = markdown->line_empty;

        inline_space(&markdown->text);
        markdown->line_empty = true;
        return empty ? flush(markdown, BLOCK_TEXT) : STATUS_OK;
    }
    for (i = 0; i < length && blank; i++)
        blank = strchr(" \t\r\n", text[i]) && text[i];
    markdown->line_empty = markdown->line_empty && blank;
    append_piece(markdown, text, length);
    return STATUS_OK;
}

/* Append HTML without its tags. */
static void append_html(struct markdown *markdown, const char *text,
                        size_t length)
{
    size_t at = 0;

    while (at < length) {
        const char *tag;
        size_t end;

        if (markdown->html.in_tag) {
            at += markdown_tag_end(&markdown->html,
                                   (struct bytes){text + at, length - at});
            continue;
        }
        tag = memchr(text + at, '<', length - at);
        end = tag ? (size_t)(tag - text) : length;
        if (!markdown->html.left_out)
            append_piece(markdown, text + at, end - at);
        if (tag && markdown_tag_begin(&markdown->html,
                                      (struct bytes){tag, length - end}))
            inline_space(&markdown->text);
        at = end;
    }
}

static int receive_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size,
                        void *context)
{
    struct markdown *markdown = context;

    switch (type) {
    case MD_TEXT_NULLCHAR:
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR: inline_space(&markdown->text); break;
    case MD_TEXT_ENTITY: append_entity(markdown, text, size); break;
    case MD_TEXT_HTML: append_html(markdown, text, size); break;
    case MD_TEXT_CODE:
        if (markdown->in_code)
            markdown->status = append_code(markdown, text, size);
        else
            append_piece(markdown, text, size);
        break;
    case MD_TEXT_LATEXMATH:
    case MD_TEXT_NORMAL: append_normal(markdown, text, size); break;
    }
    return markdown->status != STATUS_OK;
}

static enum status begin_list(struct markdown *markdown,
                              const MD_BLOCK_OL_DETAIL *ordered)
{
    struct list list = {.ordered = ordered != NULL};

    if (ordered) {
        list.next = ordered->start;
        list.delimiter = ordered->mark_delimiter;
    }
    if (!array_grow(&markdown->lists, &markdown->lists_capacity,
                    markdown->n_lists + 1, sizeof *markdown->lists))
        return fail_memory(markdown->failure);
    markdown->lists[markdown->n_lists++] = list;
    return STATUS_OK;
}

static void begin_item(struct markdown *markdown)
{
    struct list *list =
        markdown->n_lists > 0 ? &markdown->lists[markdown->n_lists - 1] : NULL;

    buffer_clear(&markdown->number);
    if (list && list->ordered && !markdown->in_note)
        buffer_append_format(&markdown->number, "%u%c", list->next++,
                             list->delimiter);
}

static void begin_cell(struct markdown *markdown)
{
    if (markdown->row_begun) {
        inline_space(&markdown->text);
        inline_append(&markdown->text, bytes_of("| "));
    }
    markdown->row_begun = true;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct markdown *markdown = context;

    if (!markdown->in_row && type != MD_BLOCK_DOC)
        markdown->status = flush(markdown, BLOCK_TEXT);
    if (markdown->status != STATUS_OK)
        return 1;
    switch (type) {
    case MD_BLOCK_UL: markdown->status = begin_list(markdown, NULL); break;
    case MD_BLOCK_OL: markdown->status = begin_list(markdown, detail); break;
    case MD_BLOCK_LI: begin_item(markdown); break;
    case MD_BLOCK_H:
        markdown->heading = ((const MD_BLOCK_H_DETAIL *)detail)->level;
        break;
    case MD_BLOCK_CODE: markdown->in_code = markdown->line_empty = true; break;
    case MD_BLOCK_HTML:
        markdown->html = (struct markdown_html){.is_block = true};
        break;
    case MD_BLOCK_TR:
        markdown->in_row = true;
        markdown->row_begun = false;
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD: begin_cell(markdown); break;
    case MD_BLOCK_DOC:
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_HR:
    case MD_BLOCK_P:
    case MD_BLOCK_TABLE:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY: break;
    }
    return markdown->status != STATUS_OK;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct markdown *markdown = context;

    (void)detail;
    if (type == MD_BLOCK_TH || type == MD_BLOCK_TD)
        return 0;
    markdown->status =
        flush(markdown, type == MD_BLOCK_TR ? BLOCK_TABLE : BLOCK_TEXT);
    if (type == MD_BLOCK_TR)
        markdown->in_row = false;
    else if (type == MD_BLOCK_H)
        markdown->heading = 0;
    else if (type == MD_BLOCK_CODE)
        markdown->in_code = false;
    else if (type == MD_BLOCK_HTML)
        /* What stands in the midst of a line is shown. */
        markdown->html = (struct markdown_html){.begun = true};
    else if (type == MD_BLOCK_LI)
        buffer_clear(&markdown->number);
    else if ((type == MD_BLOCK_UL || type == MD_BLOCK_OL) &&
             markdown->n_lists > 0)
        markdown->n_lists--;
    return markdown->status != STATUS_OK;
}

static int pass_span(MD_SPANTYPE type, void *detail, void *context)
{
    (void)type;
    (void)detail;
    (void)context;
    return 0;
}

/* Parse bytes START to END of the copy. */
static enum status parse(struct markdown *markdown, size_t start, size_t end)
{
    static const MD_PARSER parser = {
        .flags = MD_DIALECT_GITHUB & ~(unsigned)MD_FLAG_PERMISSIVEAUTOLINKS,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = pass_span,
        .leave_span = pass_span,
        .text = receive_text,
    };
    int result = 0;

    if (start < end)
        result = md_parse(markdown->copy.data + start, (MD_SIZE)(end - start),
                          &parser, markdown);
    if (result != 0 && markdown->status == STATUS_OK)
        markdown->status = fail_memory(markdown->failure);
    return markdown->status;
}

static enum status give_notes(struct markdown *markdown)
{
    size_t i;

    for (i = 0; i < markdown->notes.n_notes && markdown->status == STATUS_OK;
         i++) {
        const struct markdown_note *note = &markdown->notes.notes[i];
        struct block block = {.role = BLOCK_FOOTNOTE, .number = note->label};

        /* Of the text as it was: in the copy it is blank. */
        memcpy(markdown->copy.data + note->text,
               markdown->source.text.data + note->text, note->end - note->text);
        markdown->in_note = true;
        parse(markdown, note->text, note->end);
        markdown->in_note = false;
        if (markdown->status == STATUS_OK)
            markdown->status =
                inline_give(&markdown->text, &block, markdown->unit,
                            markdown->receiver, markdown->failure);
    }
    return markdown->status;
}

static void blank(struct markdown *markdown, size_t start, size_t end)
{
    for (; start < end; start++)
        if (markdown->copy.data[start] != '\n')
            markdown->copy.data[start] = ' ';
}

/* The front matter is kept, a line a block. */
static enum status give_front_matter(struct markdown *markdown,
                                     const struct front_matter *front)
{
    size_t at = 0, end;

    while (at < front->end && markdown->status == STATUS_OK) {
        const char *line = markdown->copy.data + at;
        const char *stop = memchr(line, '\n', front->end - at);

        end = stop ? at + (size_t)(stop - line) + 1 : front->end;
        append(markdown, (struct bytes){line, end - at}, at, end);
        flush(markdown, BLOCK_FURNITURE);
        at = end;
    }
    blank(markdown, 0, front->end);
    return markdown->status;
}

static enum status read_text(struct markdown *markdown)
{
    struct bytes text = markdown->source.text;
    struct front_matter front = front_matter_find(text);
    struct document_facts facts = {.date = front.date,
                                   .language = front.language};
    size_t i;

    buffer_append(&markdown->copy, text.data, text.length);
    if (markdown->copy.failed ||
        !markdown_notes_find(&markdown->notes, text, front.end))
        return fail_memory(markdown->failure);
    inline_append(&markdown->text, front.title);
    facts.title = inline_finish(&markdown->text);
    markdown->status = markdown->receiver->document(markdown->receiver->context,
                                                    &facts, markdown->failure);
    inline_clear(&markdown->text);
    if (markdown->status != STATUS_OK ||
        give_front_matter(markdown, &front) != STATUS_OK)
        return markdown->status;
    for (i = 0; i < markdown->notes.n_notes; i++)
        blank(markdown, markdown->notes.notes[i].start,
              markdown->notes.notes[i].end);
    if (parse(markdown, front.end, text.length) != STATUS_OK)
        return markdown->status;
    return give_notes(markdown);
}

enum status markdown_blocks(struct bytes content, const char *name,
                            const struct block_receiver *receiver,
                            struct failure *failure)
{
    struct markdown markdown = {.receiver = receiver, .failure = failure};
    enum status status;

    if (content.length >= UINT_MAX / 4)
        return fail(failure, STATUS_LIMIT, "%s: is too large for Markdown",
                    name);
    status = encoding_decode(content, &markdown.source, failure);
    if (status == STATUS_OK) {
        bool borrowed =
            markdown.source.own.length == 0 && markdown.source.text.length > 0;

        markdown.unit = borrowed ? PLACE_BYTES : PLACE_WHOLE;
        if (borrowed)
            markdown.shift = (size_t)(markdown.source.text.data - content.data);
        status = read_text(&markdown);
    }
    placed_text_release(&markdown.source);
    buffer_release(&markdown.copy);
    markdown_notes_release(&markdown.notes);
    inline_release(&markdown.text);
    buffer_release(&markdown.number);
    free(markdown.lists);
    return status;
}
