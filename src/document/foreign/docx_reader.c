/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Blocks (paragraphs and tables) and what is in paragraphs (docx_runs.c). */
#include <config.h>

#include "src/document/foreign/docx_reader.h"

#include "src/document/foreign/docx_runs.h"
#include "src/document/foreign/ooxml.h"
#include "src/document/foreign/xml.h"

/* What a paragraph is, from its properties and its style. */
static struct docx_style paragraph_style(const struct docx_reader *reader,
                                         const xmlNode *properties)
{
    struct docx_style style =
        docx_style(reader->styles, ooxml_value(properties, "pStyle"));
    const xmlNode *list = ooxml_child(properties, "numPr");

    docx_style_outline(&style,
                       ooxml_number(ooxml_value(properties, "outlineLvl"), -1));
    if (ooxml_child(list, "ilvl"))
        style.list_level = ooxml_value(list, "ilvl");
    if (ooxml_child(list, "numId")) {
        style.list = ooxml_value(list, "numId");
        style.list_style = (struct bytes){0};
    }
    return style;
}

/* Count the paragraph in its list: its number to reader->number, its depth as
 * the result, 0 if it is in none. */
static unsigned number_paragraph(struct docx_reader *reader,
                                 const struct docx_style *style)
{
    unsigned level;

    buffer_clear(&reader->number);
    if (style->list.length == 0 || bytes_are(style->list, "0"))
        return 0;
    level = style->list_level.length > 0
                ? (unsigned)ooxml_number(style->list_level, 0)
                : docx_numbering_level(reader->numbering, style->list,
                                       style->list_style);
    return docx_numbering_next(reader->numbering, style->list, level,
                               &reader->number)
               ? level + 1
               : 0;
}

/* End the paragraph at hand, of which CONTENTS tells whether it began in a
 * table of contents. */
static enum status end_paragraph(struct docx_reader *reader,
                                 const struct docx_style *style, bool contents,
                                 struct failure *failure)
{
    unsigned depth = number_paragraph(reader, style);
    enum block_role role = style->role;
    unsigned level = role == BLOCK_HEADING ? style->level : depth;

    if (contents && role != BLOCK_HEADING)
        role = BLOCK_FURNITURE;
    if (role == BLOCK_TITLE || role == BLOCK_FURNITURE)
        level = 0;
    if (reader->number.failed)
        return fail_memory(failure);
    return composer_paragraph(reader->composer, role, level,
                              buffer_bytes(&reader->number), failure);
}

/* Whether the text of the paragraph goes on in the next one: its end was
 * deleted, or it is the large initial of what follows. */
static bool goes_on(const xmlNode *properties)
{
    const xmlNode *mark = ooxml_child(properties, "rPr");
    const xmlNode *frame = ooxml_child(properties, "framePr");
    struct bytes initial =
        frame ? xml_attribute(frame, "dropCap") : (struct bytes){0};

    return ooxml_child(mark, "del") || ooxml_child(mark, "moveFrom") ||
           bytes_are(initial, "drop") || bytes_are(initial, "margin");
}

static enum status read_paragraph(struct docx_reader *reader,
                                  const xmlNode *node, struct failure *failure)
{
    const xmlNode *properties = ooxml_child(node, "pPr");
    struct docx_style style = paragraph_style(reader, properties);
    bool contents = docx_fields_in_contents(&reader->fields);
    enum status status;

    /* A heading is in no table of contents: that has lost its end. */
    if (contents && style.role == BLOCK_HEADING && reader->fields.n == 1)
        reader->fields.n = 0;
    reader->muted = NULL;
    reader->paragraph_hidden = style.hidden;
    reader->run_hidden = style.hidden;
    status = docx_read_runs(reader, node, failure);
    contents = contents || docx_fields_in_contents(&reader->fields);
    if (status == STATUS_OK && !goes_on(properties))
        status = end_paragraph(reader, &style, contents, failure);
    if (ooxml_child(properties, "sectPr"))
        docx_notes_section(reader->notes);
    return status;
}

/* The cells among the children of NODE, a row or what stands around cells. */
static enum status read_cells(struct docx_reader *reader, const xmlNode *node,
                              struct failure *failure)
{
    enum status status = STATUS_OK;
    const xmlNode *child;

    for (child = node->children; child && status == STATUS_OK;
         child = child->next) {
        if (xml_is(child, "tc")) {
            status = docx_read(reader, child, failure);
            if (status == STATUS_OK)
                status = composer_cell(reader->composer, failure);
        } else if (xml_is(child, "sdt") || xml_is(child, "sdtContent") ||
                   xml_is(child, "customXml") || xml_is(child, "ins")) {
            status = read_cells(reader, child, failure);
        }
    }
    return status;
}

static enum status read_rows(struct docx_reader *reader, const xmlNode *node,
                             struct failure *failure)
{
    enum status status = STATUS_OK;
    const xmlNode *child;

    for (child = node->children; child && status == STATUS_OK;
         child = child->next) {
        if (xml_is(child, "tr")) {
            if (ooxml_child(ooxml_child(child, "trPr"), "del"))
                continue;
            status = read_cells(reader, child, failure);
            if (status == STATUS_OK)
                status = composer_row(reader->composer, failure);
        } else if (xml_is(child, "sdt") || xml_is(child, "sdtContent") ||
                   xml_is(child, "customXml") || xml_is(child, "ins")) {
            status = read_rows(reader, child, failure);
        }
    }
    return status;
}

static enum status read_flow(struct docx_reader *reader, const xmlNode *node,
                             enum flow flow, struct failure *failure)
{
    enum status status =
        composer_begin(reader->composer, flow, (struct bytes){0}, failure);

    if (status == STATUS_OK)
        status = flow == FLOW_TABLE ? read_rows(reader, node, failure)
                                    : docx_read(reader, node, failure);
    return status == STATUS_OK ? composer_end(reader->composer, failure)
                               : status;
}

/* A structured document tag: a table of contents that Word has made says so. */
static enum status read_tag(struct docx_reader *reader, const xmlNode *node,
                            struct failure *failure)
{
    const xmlNode *part = ooxml_child(ooxml_child(node, "sdtPr"), "docPartObj");
    const xmlNode *content = ooxml_child(node, "sdtContent");
    bool contents =
        bytes_are(ooxml_value(part, "docPartGallery"), "Table of Contents");

    if (!content)
        return STATUS_OK;
    return contents ? read_flow(reader, content, FLOW_FURNITURE, failure)
                    : docx_read(reader, content, failure);
}

const xmlNode *docx_alternative(const xmlNode *node)
{
    const xmlNode *choice = ooxml_child(node, "Choice");

    return choice ? choice : ooxml_child(node, "Fallback");
}

enum status docx_read(struct docx_reader *reader, const xmlNode *node,
                      struct failure *failure)
{
    static const char *const around[] = {"customXml", "ins",  "moveTo",
                                         "smartTag",  "body", "textbox"};
    enum status status = STATUS_OK;
    const xmlNode *child;
    size_t i;

    for (child = node->children; child && status == STATUS_OK;
         child = child->next) {
        if (xml_is(child, "p"))
            status = read_paragraph(reader, child, failure);
        else if (xml_is(child, "tbl"))
            status = read_flow(reader, child, FLOW_TABLE, failure);
        else if (xml_is(child, "sdt"))
            status = read_tag(reader, child, failure);
        else if (xml_is(child, "AlternateContent") && docx_alternative(child))
            status = docx_read(reader, docx_alternative(child), failure);
        for (i = 0; i < sizeof around / sizeof *around; i++)
            if (status == STATUS_OK && xml_is(child, around[i]))
                status = docx_read(reader, child, failure);
    }
    return status;
}
