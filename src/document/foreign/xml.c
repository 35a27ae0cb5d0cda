/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Safe parsing by libxml2, and steps through its trees. */
#include <config.h>

#include "src/document/foreign/xml.h"

#include "src/document/characters.h"
#include "src/text/utf8.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <limits.h>
#include <stdint.h>
#include <string.h>

/* The longest value of an entity that is taken. What XML files define for
 * themselves are characters and names. */
enum { ENTITY_MAX = 256 };

/* The first error of a parser, which is what its user needs: the ones after
 * it mostly follow from it. */
struct first_error {
    bool found, memory;
    int line;
    char message[200];
};

/* The tree has no room for places, but two pointers of a text node that we and
 * libxml2 leave unused otherwise. They hold numbers: the start in the file
 * plus one, since zero means unknown, and the end. */
static void set_source(xmlNode *text, size_t start, size_t end)
{
    if (!text->_private)
        text->_private = (void *)(uintptr_t)(start + 1);
    text->psvi = (void *)(uintptr_t)end;
}

bool xml_source(const xmlNode *node, size_t *start, size_t *end)
{
    if (node->type != XML_TEXT_NODE || !node->_private)
        return false;
    *start = (size_t)(uintptr_t)node->_private - 1;
    *end = (size_t)(uintptr_t)node->psvi;
    return *end >= *start;
}

/* Whether places in what the parser reads are places in the file: not in an
 * entity, nor if the file's encoding had to be converted. */
static bool has_places(const xmlParserCtxt *parser)
{
    const xmlParserInput *input = parser->input;

    return input && parser->inputNr == 1 &&
           (parser->html || !input->buf || !input->buf->encoder);
}

/* Characters come when the parser has just passed them, so that they stand
 * before its place. */
static void receive_characters(void *context, const xmlChar *text, int length)
{
    xmlParserCtxt *parser = context;
    const xmlParserInput *input = parser->input;
    size_t end, size = length > 0 ? (size_t)length : 0;
    xmlNode *last;

    xmlSAX2Characters(context, text, length);
    last = parser->node ? parser->node->last : NULL;
    if (!last || last->type != XML_TEXT_NODE || !has_places(parser))
        return;
    if (text >= input->base && text < input->end)
        end = (size_t)(text - input->base) + size + input->consumed;
    else
        end = (size_t)(input->cur - input->base) + input->consumed;
    if (end >= size)
        set_source(last, end - size, end);
}

/* Take only entities that are plain, short text, so that they cannot hold one
 * another. */
static void receive_entity(void *context, const xmlChar *name, int type,
                           const xmlChar *public_id, const xmlChar *system_id,
                           xmlChar *content)
{
    if (type == XML_INTERNAL_GENERAL_ENTITY && content &&
        xmlStrlen(content) <= ENTITY_MAX && !strpbrk((char *)content, "&<%"))
        xmlSAX2EntityDecl(context, name, type, public_id, system_id, content);
}

static xmlParserInput *no_entity(void *context, const xmlChar *public_id,
                                 const xmlChar *system_id)
{
    (void)context;
    (void)public_id;
    (void)system_id;
    return NULL;
}

#if LIBXML_VERSION >= 21200
typedef const xmlError error_argument;
#else
typedef xmlError error_argument;
#endif

static void receive_error(void *context, error_argument *error)
{
    const xmlParserCtxt *parser = context;
    struct first_error *first = parser->_private;
    size_t length = error->message ? strlen(error->message) : 0;

    if (error->code == XML_ERR_NO_MEMORY)
        first->memory = true;
    if (first->found || error->level < XML_ERR_ERROR)
        return;
    while (length > 0 && (error->message[length - 1] == '\n' ||
                          error->message[length - 1] == ' '))
        length--;
    if (length >= sizeof first->message)
        length = sizeof first->message - 1;
    if (length > 0)
        memcpy(first->message, error->message, length);
    first->message[length] = '\0';
    first->line = error->line;
    first->found = true;
}

__attribute__((format(printf, 2, 3))) static void
say_nothing(void *context, const char *format, ...)
{
    (void)context;
    (void)format;
}

/* Errors of encodings have no parser to go to, and would be printed. */
struct silence {
    xmlGenericErrorFunc function;
    void *context;
};

static struct silence begin_silence(void)
{
    struct silence before = {xmlGenericError, xmlGenericErrorContext};

    xmlSetGenericErrorFunc(NULL, say_nothing);
    return before;
}

static void end_silence(struct silence before)
{
    xmlSetGenericErrorFunc(before.context, before.function);
}

static void prepare(xmlParserCtxt *parser, struct first_error *error)
{
    parser->_private = error;
    parser->sax->characters = receive_characters;
    parser->sax->entityDecl = receive_entity;
    parser->sax->resolveEntity = no_entity;
    parser->sax->serror = receive_error;
}

/* Let what of STRING is no UTF-8 be question marks. */
static void repair_string(xmlChar *string)
{
    char *text = (char *)string;
    size_t length = string ? strlen(text) : 0, at = 0, size;
    char32_t character;

    if (length == 0 || utf8_valid(text, length))
        return;
    for (; at < length; at += size) {
        size = utf8_decode(text + at, length - at, &character);
        if (character == UTF8_REPLACEMENT && !utf8_valid(text + at, size))
            memset(text + at, '?', size);
    }
}

/* Of a file whose encoding is not what it says, libxml2 hands on bytes as they
 * are. */
static void repair(xmlNode *top)
{
    xmlNode *node;
    xmlAttr *attribute;

    for (node = top; node; node = xml_next(node, top)) {
        if (node->type != XML_ELEMENT_NODE) {
            if (node->type == XML_TEXT_NODE)
                repair_string(node->content);
            continue;
        }
        for (attribute = node->properties; attribute;
             attribute = attribute->next)
            if (attribute->children &&
                attribute->children->type == XML_TEXT_NODE)
                repair_string(attribute->children->content);
    }
}

enum status xml_parse(struct bytes content, const char *name, xmlDoc **document,
                      struct failure *failure)
{
    struct first_error error = {.line = 1, .message = "no element"};
    struct silence silence;
    xmlParserCtxt *parser;
    bool well_formed;

    *document = NULL;
    if (content.length > INT_MAX)
        return fail(failure, STATUS_LIMIT, "%s: is too large for XML", name);
    parser = xmlNewParserCtxt();
    if (!parser)
        return fail_memory(failure);
    prepare(parser, &error);
    silence = begin_silence();
    *document = xmlCtxtReadMemory(parser, content.length ? content.data : "",
                                  (int)content.length, NULL, NULL,
                                  XML_PARSE_RECOVER | XML_PARSE_NONET |
                                      XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                      XML_PARSE_NOCDATA);
    end_silence(silence);
    well_formed = parser->wellFormed && *document;
    xmlFreeParserCtxt(parser);
    if (*document && !xmlDocGetRootElement(*document)) {
        xmlFreeDoc(*document);
        *document = NULL;
    }
    if (error.memory)
        return fail_memory(failure);
    if (!well_formed && *document)
        repair(xmlDocGetRootElement(*document));
    if (!well_formed)
        return fail(failure, STATUS_INPUT, "%s: is damaged XML: line %d: %s",
                    name, error.line, error.message);
    return STATUS_OK;
}

enum status html_parse(struct bytes content, const char *name,
                       xmlDoc **document, struct failure *failure)
{
    struct first_error error = {.line = 1};
    struct silence silence;
    htmlParserCtxt *parser;

    *document = NULL;
    if (content.length == 0)
        return STATUS_OK;
    if (content.length > INT_MAX)
        return fail(failure, STATUS_LIMIT, "%s: is too large for HTML", name);
    parser = htmlNewParserCtxt();
    if (!parser)
        return fail_memory(failure);
    prepare(parser, &error);
    /* Of no meaning for HTML, but it lifts the bound on depth, behind which
     * the parser would drop the rest of the file. */
    parser->options |= XML_PARSE_HUGE;
    silence = begin_silence();
    *document = htmlCtxtReadMemory(
        parser, content.data, (int)content.length, NULL, "UTF-8",
        HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
            HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC | (int)XML_PARSE_HUGE);
    end_silence(silence);
    htmlFreeParserCtxt(parser);
    if (*document && !xmlDocGetRootElement(*document)) {
        xmlFreeDoc(*document);
        *document = NULL;
    }
    return error.memory ? fail_memory(failure) : STATUS_OK;
}

/* A name without its prefix, which the parser of HTML leaves in it. */
static const char *local_name(const xmlChar *name)
{
    const char *colon = name ? strrchr((const char *)name, ':') : NULL;

    return colon ? colon + 1 : name ? (const char *)name : "";
}

bool xml_is(const xmlNode *node, const char *name)
{
    return node && node->type == XML_ELEMENT_NODE &&
           strcmp(local_name(node->name), name) == 0;
}

static const xmlAttr *find_attribute(const xmlNode *node, const char *name)
{
    const xmlAttr *attribute;

    if (!node || node->type != XML_ELEMENT_NODE)
        return NULL;
    for (attribute = node->properties; attribute; attribute = attribute->next)
        if (strcmp(local_name(attribute->name), name) == 0)
            return attribute;
    return NULL;
}

struct bytes xml_attribute(const xmlNode *node, const char *name)
{
    const xmlAttr *attribute = find_attribute(node, name);
    const xmlNode *value = attribute ? attribute->children : NULL;

    if (!value || value->type != XML_TEXT_NODE || !value->content)
        return (struct bytes){"", 0};
    return bytes_of((const char *)value->content);
}

bool xml_has_attribute(const xmlNode *node, const char *name)
{
    return find_attribute(node, name) != NULL;
}

bool bytes_are(struct bytes bytes, const char *string)
{
    return bytes_equal(bytes, bytes_of(string));
}

static struct bytes entity_text(const xmlNode *node, char scratch[8])
{
    const xmlEntity *own = xmlGetDocEntity(node->doc, node->name);
    const htmlEntityDesc *html = NULL;
    int length;

    if (own && own->content)
        return bytes_of((const char *)own->content);
    if (node->name)
        html = htmlEntityLookup(node->name);
    if (!html)
        return (struct bytes){"", 0};
    length = xmlCopyCharMultiByte((xmlChar *)scratch, (int)html->value);
    return (struct bytes){scratch, length > 0 ? (size_t)length : 0};
}

struct bytes xml_text(const xmlNode *node, char scratch[8])
{
    if (node->type == XML_ENTITY_REF_NODE)
        return entity_text(node, scratch);
    if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) &&
        node->content)
        return bytes_of((const char *)node->content);
    return (struct bytes){"", 0};
}

/* The children of anything but elements (of an entity's reference: its
 * declaration) are none of the tree's. */
static xmlNode *first_child(const xmlNode *node)
{
    return node->type == XML_ELEMENT_NODE ? node->children : NULL;
}

xmlNode *xml_next(const xmlNode *node, const xmlNode *top)
{
    return first_child(node) ? node->children : xml_skip(node, top);
}

xmlNode *xml_skip(const xmlNode *node, const xmlNode *top)
{
    while (node && node != top) {
        if (node->next)
            return node->next;
        node = node->parent;
    }
    return NULL;
}

enum status xml_walk(const xmlNode *top, const struct xml_visitor *visitor)
{
    enum status status = STATUS_OK;
    const xmlNode *node = top;

    while (node && status == STATUS_OK) {
        if (visitor->enter(visitor->context, node, &status)) {
            if (first_child(node)) {
                node = node->children;
                continue;
            }
            if (status == STATUS_OK)
                visitor->leave(visitor->context, node, &status);
        }
        while (node != top && !node->next && status == STATUS_OK) {
            node = node->parent;
            visitor->leave(visitor->context, node, &status);
        }
        if (node == top)
            break;
        node = node->next;
    }
    return status;
}

xmlNode *xml_find(const xmlNode *top, const char *name)
{
    xmlNode *node;

    for (node = xml_next(top, top); node; node = xml_next(node, top))
        if (xml_is(node, name))
            return node;
    return NULL;
}

/* Append a piece of what begins at START; *SPACE: white space is due. */
static void append_piece(struct buffer *buffer, struct bytes piece,
                         size_t start, bool *space)
{
    size_t at = 0;

    while (at < piece.length) {
        size_t white = white_length(piece.data + at, piece.length - at);

        if (!white) {
            if (*space && buffer->length > start)
                buffer_append_byte(buffer, ' ');
            buffer_append_byte(buffer, piece.data[at]);
        }
        *space = white > 0;
        at += white ? white : 1;
    }
}

void append_single_spaced(struct buffer *buffer, struct bytes text)
{
    bool space = false;

    append_piece(buffer, text, buffer->length, &space);
}

void xml_append_text(const xmlNode *top, struct buffer *buffer)
{
    size_t start = buffer->length;
    const xmlNode *node;
    bool space = false;

    for (node = top; node; node = xml_next(node, top)) {
        char scratch[8];

        append_piece(buffer, xml_text(node, scratch), start, &space);
    }
}
