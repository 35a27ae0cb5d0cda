/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The facts of a document, from the metadata of Akoma Ntoso (the FRBR levels:
 * a work, its expression in a language) and from its cover page, where the
 * United Nations write what the metadata lack: symbol, title, body. */
#include <config.h>

#include "src/document/foreign/akn.h"

#include "src/document/foreign/facts.h"
#include "src/document/foreign/xml.h"

#include <unicode/uloc.h>

void akn_facts_release(struct akn_facts *facts)
{
    buffer_release(&facts->symbol);
    buffer_release(&facts->title);
    buffer_release(&facts->date);
    buffer_release(&facts->language);
    buffer_release(&facts->body);
}

static void set(struct buffer *buffer, struct bytes value)
{
    if (value.length == 0)
        return;
    buffer_clear(buffer);
    append_single_spaced(buffer, value);
}

static void set_text(struct buffer *buffer, const xmlNode *node)
{
    size_t before = buffer->length;

    if (!node)
        return;
    xml_append_text(node, buffer);
    if (buffer->failed || buffer->length == before)
        return;
    memmove(buffer->data, buffer->data + before, buffer->length - before);
    buffer->length -= before;
}

/* A child of DOCUMENT. */
static const xmlNode *child(const xmlNode *document, const char *name)
{
    const xmlNode *node;

    for (node = document ? document->children : NULL; node; node = node->next)
        if (xml_is(node, name))
            return node;
    return NULL;
}

/* The first element NAME in TOP whose refersTo is REFERS_TO. */
static const xmlNode *find_referring(const xmlNode *top, const char *name,
                                     const char *refers_to)
{
    const xmlNode *node;

    for (node = top; node; node = xml_next(node, top))
        if (xml_is(node, name) &&
            bytes_are(xml_attribute(node, "refersTo"), refers_to))
            return node;
    return NULL;
}

static void find_date(struct akn_facts *facts, const xmlNode *work)
{
    struct bytes date;
    const xmlNode *node;

    for (node = work ? work->children : NULL; node; node = node->next) {
        date = facts_date(xml_attribute(node, "date"));
        if (xml_is(node, "FRBRdate") && date.length > 0) {
            set(&facts->date, date);
            return;
        }
    }
}

/* ISO 639-2 codes have two letters in ISO 639-1; ICU knows them, but not those
 * that libraries use. */
static void find_language(struct akn_facts *facts, const xmlNode *expression)
{
    static const char libraries[][2][4] = {
        {"chi", "zh"}, {"cze", "cs"}, {"dut", "nl"}, {"fre", "fr"},
        {"ger", "de"}, {"gre", "el"}, {"per", "fa"}, {"rum", "ro"},
    };
    struct bytes code =
        xml_attribute(child(expression, "FRBRlanguage"), "language");
    char language[ULOC_LANG_CAPACITY];
    UErrorCode error = U_ZERO_ERROR;
    int32_t length;
    size_t i;

    for (i = 0; i < sizeof libraries / sizeof *libraries; i++)
        if (bytes_are(code, libraries[i][0]))
            code = bytes_of(libraries[i][1]);
    length =
        code.length && code.length < 12
            ? uloc_getLanguage(code.data, language, sizeof language, &error)
            : 0;
    if (U_SUCCESS(error) && length == 2)
        set(&facts->language, (struct bytes){language, 2});
}

/* The organization that the metadata name as the author of the work. */
static struct bytes author(const xmlNode *meta, const xmlNode *work)
{
    struct bytes id = xml_attribute(child(work, "FRBRauthor"), "href");
    const xmlNode *references = child(meta, "references"), *node;

    if (id.length > 0 && id.data[0] == '#')
        id = (struct bytes){id.data + 1, id.length - 1};
    for (node = references ? references->children : NULL; node && id.length;
         node = node->next)
        if (xml_is(node, "TLCOrganization") &&
            bytes_equal(xml_attribute(node, "eId"), id))
            return xml_attribute(node, "showAs");
    return (struct bytes){"", 0};
}

static void find_body(struct akn_facts *facts, const xmlNode *meta,
                      const xmlNode *work, const xmlNode *cover)
{
    const xmlNode *subsidiary =
        cover ? find_referring(cover, "docAuthority", "#subsidiaryBody") : NULL;
    struct bytes name = author(meta, work);

    if (subsidiary)
        set_text(&facts->body, subsidiary);
    else if (name.length > 0)
        set(&facts->body, name);
    else if (cover)
        set_text(&facts->body,
                 find_referring(cover, "docAuthority", "#issuingBody"));
}

/* "A", the number of a part, behind the symbol of the collection, which may
 * say which parts it has: "A/RES/74/250 A-B". */
static void add_letter(struct akn_facts *facts, const xmlNode *preface)
{
    const xmlNode *number = preface ? xml_find(preface, "docNumber") : NULL;
    struct buffer letter = BUFFER_EMPTY;
    const char *blank;

    if (number)
        xml_append_text(number, &letter);
    if (letter.length > 0 && letter.length <= 4 && facts->symbol.length > 0 &&
        !memchr(letter.data, '/', letter.length)) {
        blank = memchr(facts->symbol.data, ' ', facts->symbol.length);
        if (blank)
            facts->symbol.length = (size_t)(blank - facts->symbol.data);
        buffer_append_byte(&facts->symbol, ' ');
        buffer_append(&facts->symbol, letter.data, letter.length);
    }
    facts->symbol.failed |= letter.failed;
    buffer_release(&letter);
}

/* The symbol on the cover, else what the metadata give as a name or a number
 * that is more than a part of an address. */
static void find_symbol(struct akn_facts *facts, const xmlNode *work,
                        const xmlNode *cover, const xmlNode *preface)
{
    const xmlNode *symbol =
        cover ? find_referring(cover, "docNumber", "#symbol") : NULL;

    if (!symbol && preface)
        symbol = find_referring(preface, "docNumber", "#symbol");
    if (symbol)
        set_text(&facts->symbol, symbol);
    else if (child(work, "FRBRalias"))
        set(&facts->symbol, xml_attribute(child(work, "FRBRalias"), "value"));
    else if (child(work, "FRBRnumber"))
        set(&facts->symbol, xml_attribute(child(work, "FRBRnumber"), "value"));
    else if (facts->symbol.length > 0)
        add_letter(facts, preface);
    else if (cover)
        set_text(&facts->symbol, xml_find(cover, "docNumber"));
    /* A footnote of the symbol leaves its brackets. */
    if (facts->symbol.length > 2 &&
        memcmp(facts->symbol.data + facts->symbol.length - 2, "()", 2) == 0)
        facts->symbol.length -= 2;
}

static void find_title(struct akn_facts *facts, const xmlNode *cover,
                       const xmlNode *preface)
{
    const xmlNode *title = preface ? xml_find(preface, "docTitle") : NULL;

    if (!title && preface)
        title = xml_find(preface, "longTitle");
    if (!title && cover)
        title = xml_find(cover, "docTitle");
    set_text(&facts->title, title);
}

bool akn_facts_find(struct akn_facts *facts, const xmlNode *document)
{
    const xmlNode *meta = child(document, "meta");
    const xmlNode *identification = child(meta, "identification");
    const xmlNode *work = child(identification, "FRBRWork");
    const xmlNode *cover = child(document, "coverPage");
    const xmlNode *preface = child(document, "preface");

    find_date(facts, work);
    find_language(facts, child(identification, "FRBRExpression"));
    find_body(facts, meta, work, cover);
    find_symbol(facts, work, cover, preface);
    find_title(facts, cover, preface);
    return !facts->symbol.failed && !facts->title.failed &&
           !facts->date.failed && !facts->language.failed &&
           !facts->body.failed;
}

struct document_facts akn_document_facts(const struct akn_facts *facts)
{
    return (struct document_facts){
        .symbol = buffer_bytes(&facts->symbol),
        .title = buffer_bytes(&facts->title),
        .date = buffer_bytes(&facts->date),
        .language = buffer_bytes(&facts->language),
        .body = buffer_bytes(&facts->body),
    };
}
