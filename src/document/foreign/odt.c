/* SPDX-License-Identifier: GPL-2.0-or-later */
/* OpenDocument texts: packages (.odt) and single XML files (.fodt); what they
 * say of themselves, headers first, the body, footers last. */
#include <config.h>

#include "src/document/foreign/readers.h"

#include "src/document/foreign/archive.h"
#include "src/document/foreign/facts.h"
#include "src/document/foreign/odt_reader.h"
#include "src/document/foreign/xml.h"

enum part { CONTENT, STYLES, META, N_PARTS };

struct odt {
    const char *name;
    struct archive *archive;
    xmlDoc *parts[N_PARTS]; /* of a single file only the first */
    struct odt_styles styles;
    struct composer *composer;
    struct odt_reader reader;
};

static void release(struct odt *odt)
{
    int i;

    buffer_release(&odt->reader.number);
    odt_lists_release(&odt->reader.lists);
    composer_free(odt->composer);
    odt_styles_release(&odt->styles);
    for (i = 0; i < N_PARTS; i++)
        xmlFreeDoc(odt->parts[i]);
    archive_close(odt->archive);
}

static enum status read_part(struct odt *odt, const char *path, bool whole,
                             xmlDoc **document, struct failure *failure)
{
    struct buffer content = BUFFER_EMPTY;
    bool found = false;
    enum status status =
        archive_read(odt->archive, path, &content, &found, failure);

    if (status == STATUS_OK && found)
        status =
            xml_parse(buffer_bytes(&content), odt->name, document, failure);
    if (status == STATUS_INPUT && *document && !whole)
        status = STATUS_OK;
    buffer_release(&content);
    return status;
}

/* Parts of an encrypted document are no XML; the manifest says so. */
static enum status refuse_encrypted(struct odt *odt, struct failure *failure)
{
    xmlDoc *manifest = NULL;
    enum status status =
        read_part(odt, "META-INF/manifest.xml", false, &manifest, failure);
    const xmlNode *top = manifest ? xmlDocGetRootElement(manifest) : NULL;

    if (status == STATUS_OK && top && xml_find(top, "encryption-data"))
        status = fail(failure, STATUS_INPUT, "%s: is encrypted", odt->name);
    xmlFreeDoc(manifest);
    return status;
}

static enum status read_package(struct odt *odt, struct bytes content,
                                struct failure *failure)
{
    enum status status =
        archive_open(content, odt->name, &odt->archive, failure);

    if (status == STATUS_OK)
        status = refuse_encrypted(odt, failure);
    if (status == STATUS_OK)
        status =
            read_part(odt, "content.xml", true, &odt->parts[CONTENT], failure);
    if (status == STATUS_OK)
        status =
            read_part(odt, "styles.xml", false, &odt->parts[STYLES], failure);
    if (status == STATUS_OK)
        status = read_part(odt, "meta.xml", false, &odt->parts[META], failure);
    return status;
}

/* The first element NAME in one of the parts; NULL if there is none. */
static const xmlNode *find(const struct odt *odt, const char *name)
{
    const xmlNode *found = NULL;
    int i;

    for (i = 0; i < N_PARTS && !found; i++)
        if (odt->parts[i])
            found = xml_find(xmlDocGetRootElement(odt->parts[i]), name);
    return found;
}

/* Append the text of what in the document's properties is called NAME. */
static void append_meta(const struct odt *odt, const char *name,
                        struct buffer *text)
{
    xmlDoc *document =
        odt->parts[META] ? odt->parts[META] : odt->parts[CONTENT];
    const xmlNode *meta = xml_find(xmlDocGetRootElement(document), "meta");
    const xmlNode *node = meta ? xml_find(meta, name) : NULL;

    if (node)
        xml_append_text(node, text);
}

static enum status give_facts(const struct odt *odt,
                              const struct block_receiver *receiver,
                              struct failure *failure)
{
    struct buffer title = BUFFER_EMPTY, language = BUFFER_EMPTY;
    struct buffer date = BUFFER_EMPTY;
    struct document_facts facts = {{0}, {0}, {0}, {0}, {0}};
    enum status status;

    append_meta(odt, "title", &title);
    append_meta(odt, "language", &language);
    append_meta(odt, "date", &date);
    if (date.length == 0)
        append_meta(odt, "creation-date", &date);
    if (title.failed || language.failed || date.failed) {
        status = fail_memory(failure);
    } else {
        facts.title = facts_title(buffer_bytes(&title));
        facts.language = facts_language(buffer_bytes(&language));
        facts.date = facts_date(buffer_bytes(&date));
        status = receiver->document(receiver->context, &facts, failure);
    }
    buffer_release(&title);
    buffer_release(&language);
    buffer_release(&date);
    return status;
}

/* The headers, or the footers, of all kinds of pages: what begins with NAME. */
static enum status read_headers(struct odt *odt, const char *name,
                                struct failure *failure)
{
    const xmlNode *top = find(odt, "master-styles"), *node = top;
    enum status status = STATUS_OK;

    while (node && status == STATUS_OK) {
        bool wanted =
            node->type == XML_ELEMENT_NODE &&
            strncmp((const char *)node->name, name, strlen(name)) == 0;

        if (wanted) {
            status = composer_begin(odt->composer, FLOW_FURNITURE,
                                    (struct bytes){0}, failure);
            if (status == STATUS_OK)
                status = odt_read(&odt->reader, node, failure);
            if (status == STATUS_OK)
                status = composer_end(odt->composer, failure);
        }
        node = wanted ? xml_skip(node, top) : xml_next(node, top);
    }
    return status;
}

static enum status read_all(struct odt *odt, const xmlNode *text,
                            struct failure *failure)
{
    enum status status = read_headers(odt, "header", failure);

    if (status == STATUS_OK)
        status = odt_read(&odt->reader, text, failure);
    if (status == STATUS_OK)
        status = composer_finish(odt->composer, failure);
    return status == STATUS_OK ? read_headers(odt, "footer", failure) : status;
}

static enum status read_odt(struct odt *odt,
                            const struct block_receiver *receiver,
                            struct failure *failure)
{
    const xmlNode *body = find(odt, "body");
    const xmlNode *text = body ? xml_find(body, "text") : NULL;
    enum status status;

    if (!text)
        return fail(failure, STATUS_INPUT, "%s: is no OpenDocument text",
                    odt->name);
    status = odt_styles_init(&odt->styles, odt->parts, N_PARTS, failure);
    if (status == STATUS_OK)
        status = composer_new(odt->name, receiver, &odt->composer, failure);
    odt->reader = (struct odt_reader){.composer = odt->composer,
                                      .styles = &odt->styles,
                                      .lists = {.styles = &odt->styles}};
    if (status == STATUS_OK)
        status = give_facts(odt, receiver, failure);
    return status == STATUS_OK ? read_all(odt, text, failure) : status;
}

enum status odt_blocks(struct bytes content, const char *name,
                       const struct block_receiver *receiver,
                       struct failure *failure)
{
    struct odt odt = {.name = name};
    bool package = content.length >= 2 && memcmp(content.data, "PK", 2) == 0;
    enum status status =
        package ? read_package(&odt, content, failure)
                : xml_parse(content, name, &odt.parts[CONTENT], failure);

    if (status == STATUS_OK)
        status = read_odt(&odt, receiver, failure);
    release(&odt);
    return status;
}
