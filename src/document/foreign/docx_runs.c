/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs: text, what stands for a character, fields, notes, text boxes. */
#include <config.h>

#include "src/document/foreign/docx_runs.h"

#include "src/document/foreign/ooxml.h"
#include "src/document/foreign/symbol.h"
#include "src/document/foreign/xml.h"
#include "src/text/utf8.h"

#include <stdlib.h>

/* A mark of a note that is a text of the paragraph is no longer. Bytes. */
enum { LONGEST_MARK = 12 };

/* Whether TEXT is a mark that refers again to a note before: the result of a
 * field made for that, or a raised number that some note has. */
static bool refers_again(const struct docx_reader *reader, struct bytes text)
{
    if (!reader->run_raised || composer_inside(reader->composer, FLOW_NOTE))
        return false;
    if (docx_fields_in_result(&reader->fields, "NOTEREF"))
        return true;
    return composer_refers_again(reader->composer, text);
}

/* Give TEXT to where text goes at the moment. What is in the code of a field is
 * kept like hidden text. */
static void put_text(struct docx_reader *reader, struct bytes text)
{
    if (reader->muted || refers_again(reader, text))
        return;
    if (reader->run_hidden || docx_fields_in_code(&reader->fields)) {
        composer_hidden(reader->composer, text);
        return;
    }
    if (reader->mark.length > 0 && text.length > 0) {
        size_t length = reader->mark.length;
        bool blank = text.length == 1 && text.data[0] == ' ';

        if (text.length >= length &&
            memcmp(text.data, reader->mark.data, length) == 0) {
            text.data += length;
            text.length -= length;
        }
        if (!blank)
            reader->mark.length = 0;
    }
    composer_text(reader->composer, text);
}

/* The text nodes in NODE, a "t". */
static void read_text(struct docx_reader *reader, const xmlNode *node)
{
    const xmlNode *child;

    for (child = node->children; child; child = child->next) {
        char scratch[8];

        put_text(reader, xml_text(child, scratch));
    }
}

static void read_code(struct docx_reader *reader, const xmlNode *node)
{
    const xmlNode *child;

    for (child = node->children; child; child = child->next) {
        char scratch[8];

        docx_field_code(&reader->fields, xml_text(child, scratch));
    }
}

static void read_symbol(struct docx_reader *reader, const xmlNode *node)
{
    struct bytes code = xml_attribute(node, "char");
    struct bytes font = xml_attribute(node, "font");
    unsigned long value =
        code.length > 0 && code.length <= 6 ? strtoul(code.data, NULL, 16) : 0;
    char32_t character = symbol_character(font, (unsigned)value);
    char bytes[4];

    if (character == 0 && (value < 0xE000 || value > 0xF8FF))
        character = (char32_t)value;
    if (character > ' ')
        put_text(reader, (struct bytes){bytes, utf8_encode(character, bytes)});
}

/* The text in the run RUN from its child NODE on, into MARK. */
static void collect_mark(const xmlNode *node, struct buffer *mark)
{
    for (; node; node = node->next)
        if (xml_is(node, "t"))
            xml_append_text(node, mark);
}

/* A reference that brings its own mark: that is the text behind it, in its run
 * or in the next one. */
static void take_mark(struct docx_reader *reader, const xmlNode *node)
{
    const xmlNode *run = node->parent;

    collect_mark(node->next, &reader->note_mark);
    if (reader->note_mark.length == 0) {
        run = run->next;
        while (run && run->type == XML_ELEMENT_NODE && !xml_is(run, "r"))
            run = run->next;
        if (run && run->type == XML_ELEMENT_NODE)
            collect_mark(run->children, &reader->note_mark);
    }
    if (reader->note_mark.length > LONGEST_MARK)
        buffer_clear(&reader->note_mark);
    else if (reader->note_mark.length > 0)
        reader->muted = run;
    if (reader->note_mark.length == 0)
        buffer_append_byte(&reader->note_mark, '*');
}

/* Read the NOTE in a flow of its own, with a state of its own. */
static enum status read_note(struct docx_reader *reader, const xmlNode *note,
                             bool custom, struct failure *failure)
{
    struct docx_reader inner = *reader;
    struct bytes mark = buffer_bytes(&reader->note_mark);
    enum status status =
        composer_begin(reader->composer, FLOW_NOTE, mark, failure);

    if (status != STATUS_OK)
        return status;
    inner.fields = (struct docx_fields){.n = 0};
    inner.run_hidden = inner.run_raised = false;
    inner.muted = NULL;
    inner.mark = custom ? mark : (struct bytes){0};
    inner.number = BUFFER_EMPTY;
    status = docx_read(&inner, note, failure);
    buffer_release(&inner.number);
    return status == STATUS_OK ? composer_end(reader->composer, failure)
                               : status;
}

static enum status read_reference(struct docx_reader *reader,
                                  const xmlNode *node, enum docx_note kind,
                                  struct failure *failure)
{
    const xmlNode *note;
    bool custom = xml_has_attribute(node, "customMarkFollows") &&
                  !bytes_are(xml_attribute(node, "customMarkFollows"), "0") &&
                  !bytes_are(xml_attribute(node, "customMarkFollows"), "false");

    if (composer_inside(reader->composer, FLOW_NOTE) ||
        composer_inside(reader->composer, FLOW_FURNITURE))
        return STATUS_OK;
    buffer_clear(&reader->note_mark);
    if (custom)
        take_mark(reader, node);
    note = docx_notes_next(reader->notes, kind, xml_attribute(node, "id"),
                           custom, &reader->note_mark);
    if (reader->note_mark.failed)
        return fail_memory(failure);
    return note ? read_note(reader, note, custom, failure) : STATUS_OK;
}

static enum status read_box(struct docx_reader *reader, const xmlNode *node,
                            struct failure *failure)
{
    struct docx_reader inner = *reader;
    enum status status =
        composer_begin(reader->composer, FLOW_BOX, (struct bytes){0}, failure);

    if (status != STATUS_OK)
        return status;
    inner.fields = (struct docx_fields){.n = 0};
    inner.run_hidden = inner.run_raised = false;
    inner.muted = NULL;
    status = docx_read(&inner, node, failure);
    reader->number = inner.number;
    reader->note_mark = inner.note_mark;
    return status == STATUS_OK ? composer_end(reader->composer, failure)
                               : status;
}

/* Find out how the run NODE is shown. */
static void enter_run(struct docx_reader *reader, const xmlNode *node)
{
    const xmlNode *properties = ooxml_child(node, "rPr");
    const xmlNode *vanish = ooxml_child(properties, "vanish");
    struct bytes id = ooxml_value(properties, "rStyle");
    struct bytes raised = ooxml_value(properties, "vertAlign");
    struct docx_style style = {.role = BLOCK_TEXT};

    if (id.length > 0)
        style = docx_style(reader->styles, id);
    reader->run_hidden =
        vanish ? ooxml_is_on(vanish) : reader->paragraph_hidden || style.hidden;
    reader->run_raised =
        raised.length > 0 ? bytes_are(raised, "superscript") : style.raised;
}

static enum status read_run(struct docx_reader *reader, const xmlNode *node,
                            struct failure *failure)
{
    bool hidden = reader->run_hidden, raised = reader->run_raised;
    enum status status;

    enter_run(reader, node);
    status = docx_read_runs(reader, node, failure);
    reader->run_hidden = hidden;
    reader->run_raised = raised;
    if (reader->muted == node)
        reader->muted = NULL;
    return status;
}

/* What stands for a character, or for none. False if NODE is nothing of that
 * kind. */
static bool read_character(struct docx_reader *reader, const xmlNode *node)
{
    static const char *const spaces[] = {"tab", "br", "cr", "ptab"};
    static const char *const nothing[] = {
        "pPr",      "rPr",         "sdtPr",        "sdtEndPr",    "del",
        "moveFrom", "delText",     "delInstrText", "softHyphen",  "rt",
        "binData",  "oMathParaPr", "smartTagPr",   "customXmlPr", "fldData",
    };
    size_t i;

    for (i = 0; i < sizeof nothing / sizeof *nothing; i++)
        if (xml_is(node, nothing[i]))
            return true;
    for (i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (xml_is(node, spaces[i])) {
            put_text(reader, bytes_of(" "));
            return true;
        }
    if (xml_is(node, "t"))
        read_text(reader, node);
    else if (xml_is(node, "instrText"))
        read_code(reader, node);
    else if (xml_is(node, "fldChar"))
        docx_field_mark(&reader->fields, xml_attribute(node, "fldCharType"));
    else if (xml_is(node, "noBreakHyphen"))
        put_text(reader, bytes_of("-"));
    else if (xml_is(node, "sym"))
        read_symbol(reader, node);
    else
        return false;
    return true;
}

static enum status read_child(struct docx_reader *reader, const xmlNode *node,
                              struct failure *failure)
{
    if (node->type != XML_ELEMENT_NODE || read_character(reader, node))
        return STATUS_OK;
    if (xml_is(node, "r"))
        return read_run(reader, node, failure);
    if (xml_is(node, "footnoteReference"))
        return read_reference(reader, node, DOCX_FOOTNOTE, failure);
    if (xml_is(node, "endnoteReference"))
        return read_reference(reader, node, DOCX_ENDNOTE, failure);
    if (xml_is(node, "txbxContent"))
        return read_box(reader, node, failure);
    if (xml_is(node, "AlternateContent"))
        node = docx_alternative(node);
    return node ? docx_read_runs(reader, node, failure) : STATUS_OK;
}

enum status docx_read_runs(struct docx_reader *reader, const xmlNode *node,
                           struct failure *failure)
{
    enum status status = STATUS_OK;
    const xmlNode *child;

    for (child = node->children; child && status == STATUS_OK;
         child = child->next)
        status = read_child(reader, child, failure);
    return status;
}
