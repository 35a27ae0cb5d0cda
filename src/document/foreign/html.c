/* SPDX-License-Identifier: GPL-2.0-or-later */
/* HTML and XHTML to blocks. The rules:
 *
 *   - Text belongs to the innermost block element around it, and a block ends
 *     where one begins or ends, at two <br> in a row, and at an empty line in
 *     <pre>.
 *   - A row of a table is a block, unless the table is there for the layout.
 *   - An item of an <ol> has the number that is displayed.
 *   - What elements are furniture or left out, html_elements.c says.
 *   - A footnote (see html_notes.c) is one block; references to it and the
 *     links back from it leave nothing. */
#include <config.h>

#include "src/document/foreign/readers.h"

#include "src/document/characters.h"
#include "src/document/foreign/html.h"
#include "src/document/foreign/inline.h"
#include "src/document/foreign/number_format.h"
#include "src/document/foreign/raised.h"
#include "src/document/foreign/xml.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

struct html {
    const struct block_receiver *receiver;
    struct failure *failure;
    struct html_facts facts;
    struct html_notes notes;
    struct placed_text source; /* what was parsed, as UTF-8 */
    struct place_cursor cursor;
    size_t source_end; /* of the last text */
    bool has_places;
    struct inline_text text;
    unsigned long n_references;      /* to notes, so far */
    struct buffer number;            /* of the block to come */
    const struct html_note *note;    /* that we are in */
    const xmlNode *heading;          /* that we are in */
    unsigned furniture, lists, pres; /* in how many of these we are */
    size_t rows;
    unsigned breaks; /* <br>, since the last text */
    bool row_begun;
};

/* Elements have a pointer of ours: it tells that a table is there for the
 * layout, and the number of an item. */
static void set_own(const xmlNode *element, long value)
{
    ((xmlNode *)(uintptr_t)element)->_private = (void *)(intptr_t)value;
}

static long own(const xmlNode *element)
{
    return (long)(intptr_t)element->_private;
}

/* Whether ROW is one of a table of data. */
static bool is_data_row(const xmlNode *row)
{
    const xmlNode *node = row->parent;
    int steps;

    for (steps = 0; node && steps < 4; steps++, node = node->parent)
        if (xml_is(node, "table"))
            return own(node) == 0;
    return false;
}

static long number_of(const xmlNode *element, const char *attribute,
                      long otherwise)
{
    struct bytes value = xml_attribute(element, attribute);
    char *end;
    long number;

    if (value.length == 0)
        return otherwise;
    number = strtol(value.data, &end, 10);
    return end > value.data && number > -1000000 && number < INT_MAX
               ? number
               : otherwise;
}

static enum number_format item_format(const xmlNode *list)
{
    struct bytes type = xml_attribute(list, "type");

    switch (type.length == 1 ? type.data[0] : '1') {
    case 'a': return NUMBER_LOWER_LETTER;
    case 'A': return NUMBER_UPPER_LETTER;
    case 'i': return NUMBER_LOWER_ROMAN;
    case 'I': return NUMBER_UPPER_ROMAN;
    default: return NUMBER_DECIMAL;
    }
}

/* The number of ITEM follows that of the item before it. */
static void begin_item(struct html *html, const xmlNode *item)
{
    const xmlNode *list = item->parent, *before = item->prev;
    long number;

    buffer_clear(&html->number);
    if (!xml_is(list, "ol"))
        return;
    while (before && !xml_is(before, "li"))
        before = before->prev;
    number = before ? own(before) + 1 : number_of(list, "start", 1);
    number = number_of(item, "value", number);
    set_own(item, number);
    if (html_has_style(list, "list-style", "none") ||
        html_has_style(list, "list-style-type", "none") ||
        html_has_style(item, "list-style-type", "none"))
        return;
    number_append(&html->number, item_format(list), number);
    buffer_append_byte(&html->number, '.');
}

static void append(struct html *html, struct bytes piece, bool placed,
                   size_t start, size_t end)
{
    if (!placed || !html->has_places) {
        inline_append(&html->text, piece);
        return;
    }
    /* Places are about right; they must not go back, which would be slow. */
    if (start < html->source_end)
        start = html->source_end;
    if (end < start)
        end = start;
    html->source_end = end;
    start = placed_text_source(&html->source, &html->cursor, start);
    end = placed_text_source(&html->source, &html->cursor, end);
    inline_append_at(&html->text, piece, start, end);
}

static enum status give(struct html *html, struct block *block)
{
    buffer_clear(&html->number);
    html->breaks = 0;
    return inline_give(&html->text, block, PLACE_WHOLE, html->receiver,
                       html->failure);
}

/* A block ends; ROW if it is a row of a table. */
static enum status flush(struct html *html, bool row)
{
    struct block block = {.role = row ? BLOCK_TABLE : BLOCK_TEXT};
    struct buffer number = html->number;

    if (html->rows > 0 || html->note) {
        inline_space(&html->text);
        return STATUS_OK;
    }
    if (inline_finish(&html->text).length == 0) {
        inline_clear(&html->text);
        return STATUS_OK;
    }
    block.level = html->lists;
    if (html->heading) {
        block.role =
            html->heading == html->facts.heading ? BLOCK_TITLE : BLOCK_HEADING;
        block.level = html_heading_level(html->heading);
    } else if (html->furniture > 0) {
        block.role = BLOCK_FURNITURE;
    }
    if (block.role != BLOCK_HEADING && block.role != BLOCK_TEXT)
        block.level = 0;
    if (number.failed)
        return fail_memory(html->failure);
    block.number = buffer_bytes(&number);
    return give(html, &block);
}

static enum status end_note(struct html *html)
{
    struct block block = {.role = BLOCK_FOOTNOTE};
    struct bytes mark = html_note_mark(&html->notes, html->note);

    /* An item of a list is marked by its number, without its full stop. */
    if (mark.length == 0 && html->number.length > 0)
        mark = (struct bytes){html->number.data, html->number.length - 1};
    inline_drop_mark(&html->text, mark);
    block.number = mark;
    html->note = NULL;
    return give(html, &block);
}

static enum status append_lines(struct html *html, struct bytes text,
                                bool placed, size_t start, size_t end)
{
    enum status status = STATUS_OK;
    size_t at = 0;

    placed = placed && end - start == text.length;
    while (at < text.length && status == STATUS_OK) {
        const char *line = text.data + at;
        const char *stop = memchr(line, '\n', text.length - at);
        size_t length = stop ? (size_t)(stop - line) + 1 : text.length - at;
        size_t blank = 0, white;

        while (blank < length &&
               (white = white_length(line + blank, length - blank)) > 0)
            blank += white;
        /* What goes before the first line end is the rest of a line. */
        if (blank == length && at > 0)
            status = flush(html, false);
        append(html, (struct bytes){line, length}, placed, start + at,
               start + at + length);
        at += length;
    }
    return status;
}

static enum status append_text(struct html *html, const xmlNode *node)
{
    char scratch[8];
    struct bytes text = xml_text(node, scratch);
    size_t start = 0, end = 0;
    bool placed = xml_source(node, &start, &end);

    if (text.length > 0 && !xmlIsBlankNode(node))
        html->breaks = 0;
    if (html->pres > 0)
        return append_lines(html, text, placed, start, end);
    append(html, text, placed, start, end);
    return STATUS_OK;
}

/* Within a note, a link that leads back to the text: a raised mark, or an
 * arrow. */
static bool leads_back(const xmlNode *node)
{
    struct buffer text = BUFFER_EMPTY;
    struct bytes target = xml_attribute(node, "href");
    bool back;

    if (!xml_is(node, "a") || target.length == 0 ||
        !memchr(target.data, '#', target.length))
        return false;
    xml_append_text(node, &text);
    back = xml_is(node->parent, "sup") ||
           !has_letter_or_digit(buffer_bytes(&text)) ||
           html_has_word(node, "role", "doc-backlink");
    buffer_release(&text);
    return back;
}

static enum status line_break(struct html *html)
{
    inline_space(&html->text);
    return ++html->breaks == 2 ? flush(html, false) : STATUS_OK;
}

static void begin_cell(struct html *html)
{
    if (html->row_begun) {
        inline_space(&html->text);
        inline_append(&html->text, bytes_of("| "));
    }
    html->row_begun = true;
}

/* Change by STEP in how many lists, <pre> and pieces of furniture we are. */
static void count(struct html *html, const xmlNode *node, unsigned step)
{
    if (html_is_list(node))
        html->lists += step;
    if (xml_is(node, "pre") || xml_is(node, "listing") || xml_is(node, "xmp") ||
        xml_is(node, "plaintext"))
        html->pres += step;
    if (html_is_furniture(node))
        html->furniture += step;
}

static enum status enter_block(struct html *html, const xmlNode *node)
{
    const struct html_note *note = html_note_of(&html->notes, node);
    enum status status = flush(html, false);

    if (xml_is(node, "table"))
        set_own(node, html_is_layout(node));
    if (xml_is(node, "li") && !html->note && html->rows == 0)
        begin_item(html, node);
    /* A note in a note is the same one, better marked. */
    if (note && (!html->note || inline_is_empty(&html->text)))
        html->note = note;
    if (html_heading_level(node) && !html->heading)
        html->heading = node;
    if (xml_is(node, "tr") && !html->note && is_data_row(node) &&
        html->rows++ == 0)
        html->row_begun = false;
    if ((xml_is(node, "td") || xml_is(node, "th")) && html->rows > 0)
        begin_cell(html);
    return status;
}

/* Whether the <sup> NODE refers again to a note before, without a link. */
static bool refers_again(const struct html *html, const xmlNode *node)
{
    struct buffer number = BUFFER_EMPTY;
    bool refers = !html->note && !html->text.space;

    if (refers)
        xml_append_text(node, &number);
    refers = refers && raised_refers(buffer_bytes(&html->text.text),
                                     buffer_bytes(&number), html->n_references);
    buffer_release(&number);
    return refers;
}

static bool enter(void *context, const xmlNode *node, enum status *status)
{
    struct html *html = context;

    if (node->type != XML_ELEMENT_NODE) {
        *status = append_text(html, node);
        return false;
    }
    if (html_is_left_out(node))
        return false;
    if (html_is_reference(&html->notes, node)) {
        inline_mark(&html->text);
        html->n_references++;
        return false;
    }
    if (html->note && leads_back(node))
        return false;
    if (xml_is(node, "sup") && refers_again(html, node))
        return false;
    if (xml_is(node, "br"))
        *status = line_break(html);
    if (html_is_block(node))
        *status = enter_block(html, node);
    count(html, node, 1);
    return *status == STATUS_OK;
}

static enum status leave_row(struct html *html)
{
    if (--html->rows > 0) {
        inline_space(&html->text);
        return STATUS_OK;
    }
    return flush(html, true);
}

static void leave(void *context, const xmlNode *node, enum status *status)
{
    struct html *html = context;

    if (node->type != XML_ELEMENT_NODE)
        return;
    if (html_is_block(node)) {
        if (html->note && html->note->element == node)
            *status = end_note(html);
        else if (xml_is(node, "tr") && html->rows > 0 && is_data_row(node))
            *status = leave_row(html);
        else
            *status = flush(html, false);
        if (html->heading == node)
            html->heading = NULL;
        if (xml_is(node, "li") && !html->note)
            buffer_clear(&html->number);
    }
    count(html, node, (unsigned)-1);
}

static enum status walk(struct html *html, const xmlNode *root)
{
    struct xml_visitor visitor = {enter, leave, html};
    struct document_facts facts = {.symbol = {"", 0}};
    enum status status;

    if (!html_facts_find(&html->facts, root) ||
        !html_notes_find(&html->notes, root))
        return fail_memory(html->failure);
    facts.title = buffer_bytes(&html->facts.title);
    facts.date = html->facts.date;
    facts.language = bytes_of(html->facts.language);
    status = html->receiver->document(html->receiver->context, &facts,
                                      html->failure);
    return status == STATUS_OK ? xml_walk(root, &visitor) : status;
}

enum status html_blocks(struct bytes content, const char *name,
                        const struct block_receiver *receiver,
                        struct failure *failure)
{
    struct html html = {.receiver = receiver, .failure = failure};
    xmlDoc *document = NULL;
    enum status status;

    status = html_decode(content, &html.source, &html.has_places, failure);
    if (status == STATUS_OK)
        status = html_parse(html.source.text, name, &document, failure);
    if (status == STATUS_OK && document)
        status = walk(&html, xmlDocGetRootElement(document));
    xmlFreeDoc(document);
    placed_text_release(&html.source);
    html_facts_release(&html.facts);
    html_notes_release(&html.notes);
    inline_release(&html.text);
    buffer_release(&html.number);
    return status;
}
