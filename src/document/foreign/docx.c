/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Word documents (.docx, .docm): the parts of the package, what the document
 * says of itself, headers first, the body, footers last. */
#include <config.h>

#include "src/document/foreign/readers.h"

#include "src/document/foreign/docx_reader.h"
#include "src/document/foreign/facts.h"
#include "src/document/foreign/ooxml.h"
#include "src/document/foreign/xml.h"

/* Headers and footers that are read of a document; bytes of its symbol. */
enum { MAX_HEADERS = 256, LONGEST_SYMBOL = 64 };

/* All that is read of a file. */
struct docx {
    struct archive *archive;
    struct ooxml_package package;
    xmlDoc *main, *styles_part, *numbering_part, *core, *custom;
    struct docx_note_parts notes_parts;
    struct docx_styles *styles;
    struct docx_numbering *numbering;
    struct docx_notes *notes;
    struct composer *composer;
    struct docx_reader reader;
};

static void release(struct docx *docx)
{
    composer_free(docx->composer);
    buffer_release(&docx->reader.note_mark);
    buffer_release(&docx->reader.number);
    docx_notes_free(docx->notes);
    docx_numbering_free(docx->numbering);
    docx_styles_free(docx->styles);
    xmlFreeDoc(docx->notes_parts.settings);
    xmlFreeDoc(docx->notes_parts.notes[DOCX_FOOTNOTE]);
    xmlFreeDoc(docx->notes_parts.notes[DOCX_ENDNOTE]);
    xmlFreeDoc(docx->custom);
    xmlFreeDoc(docx->core);
    xmlFreeDoc(docx->numbering_part);
    xmlFreeDoc(docx->styles_part);
    xmlFreeDoc(docx->main);
    ooxml_release(&docx->package);
    archive_close(docx->archive);
}

static enum status read_main(struct docx *docx, struct failure *failure)
{
    enum status status = ooxml_open(docx->archive, &docx->package, failure);

    if (status == STATUS_OK)
        status = ooxml_part(&docx->package, docx->package.main.data, true,
                            &docx->main, failure);
    if (status == STATUS_OK &&
        (!docx->main || !xml_is(xmlDocGetRootElement(docx->main), "document")))
        status = fail(failure, STATUS_INPUT, "%s: is no Word document",
                      archive_name(docx->archive));
    return status;
}

static enum status read_parts(struct docx *docx, struct failure *failure)
{
    struct docx_note_parts *notes = &docx->notes_parts;
    const struct {
        const char *type;
        xmlDoc **document;
    } related[] = {
        {"/styles", &docx->styles_part},
        {"/numbering", &docx->numbering_part},
        {"/settings", &notes->settings},
        {"/footnotes", &notes->notes[DOCX_FOOTNOTE]},
        {"/endnotes", &notes->notes[DOCX_ENDNOTE]},
    };
    enum status status = read_main(docx, failure);
    size_t i;

    for (i = 0; i < sizeof related / sizeof *related && status == STATUS_OK;
         i++)
        status = ooxml_part_of_type(&docx->package, related[i].type,
                                    related[i].document, failure);
    notes->main = docx->main;
    if (status == STATUS_OK)
        status = ooxml_part(&docx->package, "docProps/core.xml", false,
                            &docx->core, failure);
    if (status == STATUS_OK)
        status = ooxml_part(&docx->package, "docProps/custom.xml", false,
                            &docx->custom, failure);
    return status;
}

static enum status prepare(struct docx *docx, const char *name,
                           const struct block_receiver *receiver,
                           struct failure *failure)
{
    enum status status =
        docx_styles_new(docx->styles_part, &docx->styles, failure);

    if (status == STATUS_OK)
        status =
            docx_numbering_new(docx->numbering_part, &docx->numbering, failure);
    if (status == STATUS_OK)
        status = docx_notes_new(&docx->notes_parts, &docx->notes, failure);
    if (status == STATUS_OK)
        status = composer_new(name, receiver, &docx->composer, failure);
    docx->reader = (struct docx_reader){
        .composer = docx->composer,
        .styles = docx->styles,
        .numbering = docx->numbering,
        .notes = docx->notes,
    };
    return status;
}

/* How much of the text is marked to be of which language. */
struct tally {
    struct bytes language;
    size_t length;
};

/* The language that the run of the text node NODE is marked with. What styles
 * say is not believed: it is that of the template. */
static struct bytes run_language(const xmlNode *node)
{
    const xmlNode *properties = ooxml_child(node->parent, "rPr");
    const xmlNode *language = ooxml_child(properties, "lang");
    const unsigned char *text = node->children ? node->children->content : NULL;
    const char *attribute = text && *text >= 0xE3 ? "eastAsia" : "val";

    if (ooxml_child(properties, "rtl"))
        attribute = "bidi";
    return language ? facts_language(xml_attribute(language, attribute))
                    : (struct bytes){0};
}

/* The language that most of the text is marked with; empty if none is. */
static struct bytes main_language(const xmlDoc *document)
{
    enum { MAX_TALLIES = 16 };
    struct tally tallies[MAX_TALLIES] = {{{0}, 0}};
    const xmlNode *top = xmlDocGetRootElement(document), *node;
    size_t all = 0, i;

    for (node = top; node; node = xml_next(node, top)) {
        struct bytes language;
        size_t length;

        if (!xml_is(node, "t") || !node->children || !node->children->content)
            continue;
        length = strlen((const char *)node->children->content);
        language = run_language(node);
        all += length;
        for (i = 0; language.length > 0 && i < MAX_TALLIES; i++) {
            if (tallies[i].length == 0)
                tallies[i].language = language;
            if (bytes_equal(tallies[i].language, language)) {
                tallies[i].length += length;
                break;
            }
        }
    }
    for (i = 0; i < MAX_TALLIES; i++)
        if (tallies[i].length > all / 2)
            return tallies[i].language;
    return (struct bytes){0};
}

/* The symbol that a document has among its properties: those that the United
 * Nations publish have it as "Symbol1". */
static void append_symbol(const xmlDoc *custom, struct buffer *symbol)
{
    const xmlNode *top = custom ? xmlDocGetRootElement(custom) : NULL;
    const xmlNode *node;

    for (node = top; node; node = xml_next(node, top)) {
        if (!xml_is(node, "property") || symbol->length > 0 ||
            (!bytes_are_nocase(xml_attribute(node, "name"), "Symbol1") &&
             !bytes_are_nocase(xml_attribute(node, "name"), "Symbol")))
            continue;
        xml_append_text(node, symbol);
    }
    if (symbol->length > LONGEST_SYMBOL ||
        (symbol->length > 0 && !memchr(symbol->data, '/', symbol->length)))
        buffer_clear(symbol);
}

static enum status give_facts(struct docx *docx,
                              const struct block_receiver *receiver,
                              struct failure *failure)
{
    const xmlNode *core = docx->core ? xmlDocGetRootElement(docx->core) : NULL;
    const xmlNode *title = core ? xml_find(core, "title") : NULL;
    struct buffer title_text = BUFFER_EMPTY, symbol = BUFFER_EMPTY;
    struct document_facts facts = {{0}, {0}, {0}, {0}, {0}};
    enum status status;

    if (title)
        xml_append_text(title, &title_text);
    append_symbol(docx->custom, &symbol);
    if (title_text.failed || symbol.failed) {
        status = fail_memory(failure);
    } else {
        facts.title = facts_title(buffer_bytes(&title_text));
        facts.symbol = buffer_bytes(&symbol);
        facts.language = main_language(docx->main);
        status = receiver->document(receiver->context, &facts, failure);
    }
    buffer_release(&title_text);
    buffer_release(&symbol);
    return status;
}

/* A header or a footer, which NODE refers to. */
static enum status read_header(struct docx *docx, const xmlNode *node,
                               struct failure *failure)
{
    xmlDoc *document = NULL;
    enum status status = ooxml_part_of_id(
        &docx->package, xml_attribute(node, "id"), &document, failure);

    if (status == STATUS_OK && document) {
        status = composer_begin(docx->composer, FLOW_FURNITURE,
                                (struct bytes){0}, failure);
        if (status == STATUS_OK)
            status = docx_read(&docx->reader, xmlDocGetRootElement(document),
                               failure);
        if (status == STATUS_OK)
            status = composer_end(docx->composer, failure);
        docx->reader.fields.n = 0;
    }
    xmlFreeDoc(document);
    return status;
}

/* The headers, or the footers, that sections refer to by elements called
 * NAME. */
static enum status read_headers(struct docx *docx, const char *name,
                                struct failure *failure)
{
    const xmlNode *top = xmlDocGetRootElement(docx->main);
    enum status status = STATUS_OK;
    const xmlNode *node;
    int n = 0;

    for (node = top; node && status == STATUS_OK && n < MAX_HEADERS;
         node = xml_next(node, top)) {
        if (!xml_is(node, name))
            continue;
        status = read_header(docx, node, failure);
        n++;
    }
    return status;
}

static enum status read_all(struct docx *docx,
                            const struct block_receiver *receiver,
                            struct failure *failure)
{
    enum status status = give_facts(docx, receiver, failure);

    if (status == STATUS_OK)
        status = read_headers(docx, "headerReference", failure);
    if (status == STATUS_OK)
        status =
            docx_read(&docx->reader, xmlDocGetRootElement(docx->main), failure);
    if (status == STATUS_OK)
        status = composer_finish(docx->composer, failure);
    if (status == STATUS_OK)
        status = read_headers(docx, "footerReference", failure);
    return status;
}

enum status docx_blocks(struct bytes content, const char *name,
                        const struct block_receiver *receiver,
                        struct failure *failure)
{
    struct docx docx = {0};
    enum status status = archive_open(content, name, &docx.archive, failure);

    if (status == STATUS_OK)
        status = read_parts(&docx, failure);
    if (status == STATUS_OK)
        status = prepare(&docx, name, receiver, failure);
    if (status == STATUS_OK)
        status = read_all(&docx, receiver, failure);
    release(&docx);
    return status;
}
