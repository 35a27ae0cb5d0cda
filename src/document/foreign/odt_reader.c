/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A walk through the elements of OpenDocument (ISO/IEC 26300), by their local
 * names. */
#include <config.h>

#include "src/document/foreign/odt_reader.h"

#include "src/document/foreign/ooxml.h"
#include "src/document/foreign/xml.h"

#include <stdint.h>

static enum status read_inline(struct odt_reader *reader, const xmlNode *node,
                               struct failure *failure);

static bool is_one_of(const xmlNode *node, const char *const *names, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++)
        if (xml_is(node, names[i]))
            return true;
    return false;
}

#define IS_ONE_OF(node, names) \
    is_one_of(node, names, sizeof(names) / sizeof *(names))

static void put_text(struct odt_reader *reader, struct bytes text)
{
    if (reader->raised && composer_refers_again(reader->composer, text))
        return;
    if (reader->hidden)
        composer_hidden(reader->composer, text);
    else
        composer_text(reader->composer, text);
}

/* Read the paragraphs in NODE as FLOW, with a state of its own. */
static enum status read_flow(struct odt_reader *reader, const xmlNode *node,
                             enum flow flow, struct bytes number,
                             struct failure *failure)
{
    struct buffer outer_number = reader->number;
    unsigned depth = reader->depth;
    size_t list = reader->list;
    bool hidden = reader->hidden;
    enum status status =
        composer_begin(reader->composer, flow, number, failure);

    if (status != STATUS_OK)
        return status;
    reader->number = BUFFER_EMPTY;
    reader->depth = 0;
    reader->hidden = false;
    status = odt_read(reader, node, failure);
    buffer_release(&reader->number);
    reader->number = outer_number;
    reader->depth = depth;
    reader->list = list;
    reader->hidden = hidden;
    return status == STATUS_OK ? composer_end(reader->composer, failure)
                               : status;
}

static enum status read_note(struct odt_reader *reader, const xmlNode *node,
                             struct failure *failure)
{
    const xmlNode *citation = ooxml_child(node, "note-citation");
    const xmlNode *body = ooxml_child(node, "note-body");
    struct buffer mark = BUFFER_EMPTY;
    enum status status = STATUS_OK;

    if (citation)
        xml_append_text(citation, &mark);
    if (mark.failed)
        status = fail_memory(failure);
    else if (body)
        status =
            read_flow(reader, body, FLOW_NOTE, buffer_bytes(&mark), failure);
    buffer_release(&mark);
    return status;
}

static enum status read_span(struct odt_reader *reader, const xmlNode *node,
                             struct failure *failure)
{
    struct odt_style style =
        odt_style(reader->styles, ODT_TEXT, xml_attribute(node, "style-name"));
    bool hidden = reader->hidden, raised = reader->raised;
    enum status status;

    reader->hidden = hidden || style.hidden || xml_is(node, "hidden-text");
    reader->raised = raised || style.raised;
    status = read_inline(reader, node, failure);
    reader->hidden = hidden;
    reader->raised = raised;
    return status;
}

static enum status read_inline_child(struct odt_reader *reader,
                                     const xmlNode *node,
                                     struct failure *failure)
{
    static const char *const spaces[] = {"s", "tab", "line-break"};
    static const char *const nothing[] = {
        "annotation",      "annotation-end", "tracked-changes", "ruby-text",
        "event-listeners", "script",         "title",           "desc",
        "soft-page-break", "math",           "binary-data",     "object",
        "tracked-changes", "forms",          "glue-point"};
    char scratch[8];

    if (node->type != XML_ELEMENT_NODE) {
        put_text(reader, xml_text(node, scratch));
        return STATUS_OK;
    }
    if (IS_ONE_OF(node, spaces)) {
        put_text(reader, bytes_of(" "));
        return STATUS_OK;
    }
    if (IS_ONE_OF(node, nothing))
        return STATUS_OK;
    if (xml_is(node, "note"))
        return read_note(reader, node, failure);
    if (xml_is(node, "text-box"))
        return read_flow(reader, node, FLOW_BOX, (struct bytes){0}, failure);
    /* Of a drawing: its paragraphs stand in it without a box. */
    if (xml_is(node, "custom-shape") || xml_is(node, "rect"))
        return read_flow(reader, node, FLOW_BOX, (struct bytes){0}, failure);
    return read_span(reader, node, failure);
}

static enum status read_inline(struct odt_reader *reader, const xmlNode *node,
                               struct failure *failure)
{
    enum status status = STATUS_OK;
    const xmlNode *child;

    for (child = node->children; child && status == STATUS_OK;
         child = child->next)
        status = read_inline_child(reader, child, failure);
    return status;
}

/* A heading outside of lists has its number from the outline. */
static enum status number_heading(struct odt_reader *reader,
                                  const xmlNode *node, unsigned level,
                                  struct failure *failure)
{
    if (!reader->styles->outline || level == 0 || level > ODT_N_LEVELS ||
        bytes_are(xml_attribute(node, "is-list-header"), "true"))
        return STATUS_OK;
    if (!reader->has_outline) {
        reader->outline =
            odt_lists_begin(&reader->lists, reader->styles->outline);
        if (reader->outline == SIZE_MAX)
            return fail_memory(failure);
        reader->has_outline = true;
    }
    odt_lists_next(&reader->lists, reader->outline, level - 1,
                   bytes_are(xml_attribute(node, "restart-numbering"), "true")
                       ? ooxml_number(xml_attribute(node, "start-value"), 1)
                       : -1,
                   &reader->number);
    return STATUS_OK;
}

static enum status read_paragraph(struct odt_reader *reader,
                                  const xmlNode *node, struct failure *failure)
{
    struct odt_style style = odt_style(reader->styles, ODT_PARAGRAPH,
                                       xml_attribute(node, "style-name"));
    enum status status = STATUS_OK;
    unsigned level = reader->depth;

    if (xml_is(node, "h") && style.role != BLOCK_TITLE) {
        long outline = ooxml_number(xml_attribute(node, "outline-level"), 1);

        style.role = BLOCK_HEADING;
        style.level =
            outline > 0 && outline <= ODT_MAX_OUTLINE ? (unsigned)outline : 1;
        if (reader->depth == 0 && !style.unnumbered)
            status = number_heading(reader, node, style.level, failure);
    }
    reader->hidden = style.hidden;
    if (status == STATUS_OK)
        status = read_inline(reader, node, failure);
    reader->hidden = false;
    if (style.role != BLOCK_TEXT)
        level = style.role == BLOCK_HEADING ? style.level : 0;
    if (status == STATUS_OK && reader->number.failed)
        status = fail_memory(failure);
    if (status == STATUS_OK)
        status = composer_paragraph(reader->composer, style.role, level,
                                    buffer_bytes(&reader->number), failure);
    buffer_clear(&reader->number);
    return status;
}

/* The items of the list NODE, which is at hand. */
static enum status read_items(struct odt_reader *reader, const xmlNode *node,
                              struct failure *failure)
{
    enum status status = STATUS_OK;
    const xmlNode *child;

    for (child = node->children; child && status == STATUS_OK;
         child = child->next) {
        const xmlNode *first;

        if (!xml_is(child, "list-item") && !xml_is(child, "list-header"))
            continue;
        first = child->children;
        while (first && first->type != XML_ELEMENT_NODE)
            first = first->next;
        buffer_clear(&reader->number);
        /* An item that begins with a list has no number of its own. */
        if (xml_is(child, "list-item") && first && !xml_is(first, "list"))
            odt_lists_next(
                &reader->lists, reader->list, reader->depth - 1,
                ooxml_number(xml_attribute(child, "start-value"), -1),
                &reader->number);
        status = odt_read(reader, child, failure);
        buffer_clear(&reader->number);
    }
    return status;
}

static enum status read_list(struct odt_reader *reader, const xmlNode *node,
                             struct failure *failure)
{
    struct bytes before;
    enum status status;

    if (reader->depth == 0)
        reader->list = odt_lists_begin(&reader->lists, node);
    if (reader->list == SIZE_MAX)
        return fail_memory(failure);
    before = odt_lists_style(&reader->lists, reader->list,
                             xml_attribute(node, "style-name"));
    reader->depth++;
    status = read_items(reader, node, failure);
    reader->depth--;
    odt_lists_style(&reader->lists, reader->list, before);
    return status;
}

static enum status read_cells(struct odt_reader *reader, const xmlNode *row,
                              struct failure *failure)
{
    enum status status = STATUS_OK;
    const xmlNode *child;

    for (child = row->children; child && status == STATUS_OK;
         child = child->next) {
        if (!xml_is(child, "table-cell") &&
            !xml_is(child, "covered-table-cell"))
            continue;
        status = odt_read(reader, child, failure);
        if (status == STATUS_OK)
            status = composer_cell(reader->composer, failure);
    }
    return status == STATUS_OK ? composer_row(reader->composer, failure)
                               : status;
}

static enum status read_rows(struct odt_reader *reader, const xmlNode *node,
                             struct failure *failure)
{
    static const char *const groups[] = {"table-header-rows", "table-rows",
                                         "table-row-group"};
    enum status status = STATUS_OK;
    const xmlNode *child;

    for (child = node->children; child && status == STATUS_OK;
         child = child->next) {
        if (xml_is(child, "table-row"))
            status = read_cells(reader, child, failure);
        else if (IS_ONE_OF(child, groups))
            status = read_rows(reader, child, failure);
    }
    return status;
}

static enum status read_table(struct odt_reader *reader, const xmlNode *node,
                              struct failure *failure)
{
    struct buffer number = reader->number;
    unsigned depth = reader->depth;
    size_t list = reader->list;
    enum status status = composer_begin(reader->composer, FLOW_TABLE,
                                        (struct bytes){0}, failure);

    if (status != STATUS_OK)
        return status;
    reader->number = BUFFER_EMPTY;
    reader->depth = 0;
    status = read_rows(reader, node, failure);
    buffer_release(&reader->number);
    reader->number = number;
    reader->depth = depth;
    reader->list = list;
    return status == STATUS_OK ? composer_end(reader->composer, failure)
                               : status;
}

static enum status read_block(struct odt_reader *reader, const xmlNode *node,
                              struct failure *failure)
{
    static const char *const contents[] = {
        "table-of-content", "illustration-index", "table-index",
        "object-index",     "user-index",         "alphabetical-index"};
    static const char *const nothing[] = {"tracked-changes",
                                          "annotation",
                                          "forms",
                                          "title",
                                          "desc",
                                          "binary-data",
                                          "table-of-content-source",
                                          "math",
                                          "object",
                                          "event-listeners",
                                          "alphabetical-index-source"};

    if (node->type != XML_ELEMENT_NODE || IS_ONE_OF(node, nothing))
        return STATUS_OK;
    if (xml_is(node, "p") || xml_is(node, "h"))
        return read_paragraph(reader, node, failure);
    if (xml_is(node, "list"))
        return read_list(reader, node, failure);
    if (xml_is(node, "table"))
        return read_table(reader, node, failure);
    if (IS_ONE_OF(node, contents))
        return read_flow(reader, node, FLOW_FURNITURE, (struct bytes){0},
                         failure);
    return odt_read(reader, node, failure);
}

enum status odt_read(struct odt_reader *reader, const xmlNode *node,
                     struct failure *failure)
{
    enum status status = STATUS_OK;
    const xmlNode *child;

    for (child = node->children; child && status == STATUS_OK;
         child = child->next)
        status = read_block(reader, child, failure);
    return status;
}
