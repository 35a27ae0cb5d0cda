/* SPDX-License-Identifier: GPL-2.0-or-later */
/* EPUB, versions 2 and 3: the package document tells the chapters and their
 * order; each of them is read as the HTML that it is.
 *
 * A chapter's title is a heading of the book; what is there to find one's
 * way about (the table of contents) is furniture. */
#include <config.h>

#include "src/document/foreign/readers.h"

#include "base/ascii.h"
#include "src/document/foreign/archive.h"
#include "src/document/foreign/facts.h"
#include "src/document/foreign/ooxml.h"
#include "src/document/foreign/xml.h"

#include <stdlib.h>

/* An entry of the manifest. */
struct entry {
    struct bytes id, path; /* .path as it is written */
    bool is_text, is_contents;
};

struct epub {
    const char *name;
    struct archive *archive;
    xmlDoc *package;
    struct buffer path; /* of the package document; ends in NUL */
    struct entry *entries;
    size_t n_entries, capacity;
    const struct block_receiver *receiver;
    bool in_contents; /* the chapter at hand is a table of contents */
};

static void release(struct epub *epub)
{
    free(epub->entries);
    buffer_release(&epub->path);
    xmlFreeDoc(epub->package);
    archive_close(epub->archive);
}

/* Parse the part PATH, or set *DOCUMENT to NULL if there is none. */
static enum status read_part(struct epub *epub, const char *path,
                             xmlDoc **document, struct failure *failure)
{
    struct buffer content = BUFFER_EMPTY;
    bool found = false;
    enum status status =
        archive_read(epub->archive, path, &content, &found, failure);

    *document = NULL;
    if (status == STATUS_OK && found)
        status =
            xml_parse(buffer_bytes(&content), epub->name, document, failure);
    if (status == STATUS_INPUT && *document)
        status = STATUS_OK;
    buffer_release(&content);
    return status;
}

/* Whether ALGORITHM only garbles fonts, which takes no text away. */
static bool is_for_fonts(struct bytes algorithm)
{
    return bytes_are(algorithm, "http://www.idpf.org/2008/embedding") ||
           bytes_are(algorithm, "http://ns.adobe.com/pdf/enc#RC");
}

static enum status refuse_encrypted(struct epub *epub, struct failure *failure)
{
    xmlDoc *document = NULL;
    enum status status =
        read_part(epub, "META-INF/encryption.xml", &document, failure);
    const xmlNode *top = document ? xmlDocGetRootElement(document) : NULL;
    const xmlNode *node;

    for (node = top; node && status == STATUS_OK; node = xml_next(node, top)) {
        const xmlNode *method = ooxml_child(node, "EncryptionMethod");

        if (xml_is(node, "EncryptedData") && method &&
            !is_for_fonts(xml_attribute(method, "Algorithm")))
            status =
                fail(failure, STATUS_INPUT, "%s: is encrypted", epub->name);
    }
    xmlFreeDoc(document);
    return status;
}

/* Find and parse the package document. */
static enum status read_package(struct epub *epub, struct failure *failure)
{
    xmlDoc *container = NULL;
    enum status status =
        read_part(epub, "META-INF/container.xml", &container, failure);
    const xmlNode *top = container ? xmlDocGetRootElement(container) : NULL;
    const xmlNode *root = top ? xml_find(top, "rootfile") : NULL;

    if (status == STATUS_OK && root) {
        struct bytes path = xml_attribute(root, "full-path");

        buffer_append(&epub->path, path.data, path.length);
        buffer_append_byte(&epub->path, '\0');
        status = epub->path.failed ? fail_memory(failure)
                                   : read_part(epub, epub->path.data,
                                               &epub->package, failure);
    }
    xmlFreeDoc(container);
    if (status == STATUS_OK && !epub->package)
        status = fail(failure, STATUS_INPUT, "%s: is no EPUB", epub->name);
    return status;
}

static int compare(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;

    return bytes_compare(left->id, right->id);
}

/* Whether WORD is among those of BYTES, which blanks part. */
static bool has_word(struct bytes bytes, const char *word)
{
    size_t i = 0;

    while (i < bytes.length) {
        size_t start = i;

        while (i < bytes.length && bytes.data[i] != ' ')
            i++;
        if (bytes_are((struct bytes){bytes.data + start, i - start}, word))
            return true;
        i++;
    }
    return false;
}

static enum status read_manifest(struct epub *epub, const xmlNode *top,
                                 struct failure *failure)
{
    const xmlNode *manifest = xml_find(top, "manifest"), *node;

    for (node = manifest ? manifest->children : NULL; node; node = node->next) {
        struct bytes type = xml_attribute(node, "media-type");

        if (!xml_is(node, "item"))
            continue;
        if (!array_grow(&epub->entries, &epub->capacity, epub->n_entries + 1,
                        sizeof *epub->entries))
            return fail_memory(failure);
        epub->entries[epub->n_entries++] = (struct entry){
            .id = xml_attribute(node, "id"),
            .path = xml_attribute(node, "href"),
            .is_text = bytes_are(type, "application/xhtml+xml") ||
                       bytes_are(type, "text/html") ||
                       bytes_are(type, "text/x-oeb1-document"),
            .is_contents = has_word(xml_attribute(node, "properties"), "nav"),
        };
    }
    if (epub->n_entries > 0)
        qsort(epub->entries, epub->n_entries, sizeof *epub->entries, compare);
    return STATUS_OK;
}

/* The part of REFERENCE before '#'. */
static struct bytes without_fragment(struct bytes reference)
{
    const char *hash = reference.length > 0
                           ? memchr(reference.data, '#', reference.length)
                           : NULL;

    if (hash)
        reference.length = (size_t)(hash - reference.data);
    return reference;
}

/* The guide of version 2 says which chapter is a table of contents. */
static void read_guide(struct epub *epub, const xmlNode *top)
{
    const xmlNode *guide = xml_find(top, "guide"), *node;

    for (node = guide ? guide->children : NULL; node; node = node->next) {
        struct bytes path = without_fragment(xml_attribute(node, "href"));
        size_t i;

        if (!xml_is(node, "reference") ||
            !bytes_are(xml_attribute(node, "type"), "toc"))
            continue;
        for (i = 0; i < epub->n_entries; i++)
            if (bytes_equal(epub->entries[i].path, path))
                epub->entries[i].is_contents = true;
        break;
    }
}

static int hex_digit(char byte)
{
    return is_ascii_digit(byte)         ? byte - '0'
           : byte >= 'A' && byte <= 'F' ? byte - 'A' + 10
           : byte >= 'a' && byte <= 'f' ? byte - 'a' + 10
                                        : -1;
}

/* Append REFERENCE with its %41 decoded. */
static void append_decoded(struct buffer *path, struct bytes reference)
{
    size_t i;

    for (i = 0; i < reference.length; i++) {
        bool coded = reference.data[i] == '%' && reference.length - i > 2 &&
                     hex_digit(reference.data[i + 1]) >= 0 &&
                     hex_digit(reference.data[i + 2]) >= 0;

        if (coded) {
            buffer_append_byte(path,
                               (char)(hex_digit(reference.data[i + 1]) * 16 +
                                      hex_digit(reference.data[i + 2])));
            i += 2;
        } else {
            buffer_append_byte(path, reference.data[i]);
        }
    }
}

/* The path of REFERENCE, which is relative to the package document, into PATH,
 * which ends in NUL. */
static void resolve(const struct epub *epub, struct bytes reference,
                    struct buffer *path)
{
    const char *slash = strrchr(epub->path.data, '/');

    if (slash)
        buffer_append(path, epub->path.data,
                      (size_t)(slash + 1 - epub->path.data));
    reference = without_fragment(reference);
    while (reference.length >= 3 && memcmp(reference.data, "../", 3) == 0) {
        reference.data += 3;
        reference.length -= 3;
        if (path->length > 0)
            path->length--;
        while (path->length > 0 && path->data[path->length - 1] != '/')
            path->length--;
    }
    append_decoded(path, reference);
    buffer_append_byte(path, '\0');
}

/* What a chapter says of itself is not said of the book. */
static enum status no_document(void *context,
                               const struct document_facts *facts,
                               struct failure *failure)
{
    (void)context;
    (void)facts;
    (void)failure;
    return STATUS_OK;
}

/* A block of a chapter as one of the book. */
static enum status receive_block(void *context, const struct block *block,
                                 struct failure *failure)
{
    struct epub *epub = context;
    const struct place place = {.text_length = block->text.length};
    struct block given = *block;

    if (given.role == BLOCK_TITLE) {
        given.role = BLOCK_HEADING;
        given.level = 1;
    }
    if (epub->in_contents) {
        given.role = BLOCK_FURNITURE;
        given.level = 0;
    }
    given.places = &place;
    given.n_places = 1;
    given.unit = PLACE_WHOLE;
    return epub->receiver->block(epub->receiver->context, &given, failure);
}

static enum status read_chapter(struct epub *epub, const struct entry *entry,
                                struct failure *failure)
{
    struct block_receiver receiver = {no_document, receive_block, epub};
    struct buffer path = BUFFER_EMPTY, content = BUFFER_EMPTY;
    bool found = false;
    enum status status;

    resolve(epub, entry->path, &path);
    status = path.failed ? fail_memory(failure)
                         : archive_read(epub->archive, path.data, &content,
                                        &found, failure);
    epub->in_contents = entry->is_contents;
    if (status == STATUS_OK && found)
        status =
            html_blocks(buffer_bytes(&content), epub->name, &receiver, failure);
    buffer_release(&path);
    buffer_release(&content);
    return status;
}

static enum status read_chapters(struct epub *epub, const xmlNode *top,
                                 struct failure *failure)
{
    const xmlNode *spine = xml_find(top, "spine"), *node;
    enum status status = STATUS_OK;

    for (node = spine ? spine->children : NULL; node && status == STATUS_OK;
         node = node->next) {
        struct entry key = {.id = xml_attribute(node, "idref")}, *entry;

        if (!xml_is(node, "itemref") || epub->n_entries == 0)
            continue;
        entry =
            bsearch(&key, epub->entries, epub->n_entries, sizeof key, compare);
        if (entry && entry->is_text)
            status = read_chapter(epub, entry, failure);
    }
    return status;
}

static enum status give_facts(const struct epub *epub, const xmlNode *top,
                              struct failure *failure)
{
    static const char *const names[] = {"title", "date", "language"};
    const xmlNode *metadata = xml_find(top, "metadata");
    struct buffer texts[3] = {BUFFER_EMPTY, BUFFER_EMPTY, BUFFER_EMPTY};
    struct document_facts facts = {{0}, {0}, {0}, {0}, {0}};
    bool failed = false;
    enum status status;
    int i;

    for (i = 0; i < 3; i++) {
        const xmlNode *node = metadata ? xml_find(metadata, names[i]) : NULL;

        if (node)
            xml_append_text(node, &texts[i]);
        failed |= texts[i].failed;
    }
    facts.title = facts_title(buffer_bytes(&texts[0]));
    facts.date = facts_date(buffer_bytes(&texts[1]));
    facts.language = facts_language(buffer_bytes(&texts[2]));
    status = failed ? fail_memory(failure)
                    : epub->receiver->document(epub->receiver->context, &facts,
                                               failure);
    for (i = 0; i < 3; i++)
        buffer_release(&texts[i]);
    return status;
}

static enum status read_book(struct epub *epub, struct failure *failure)
{
    const xmlNode *top = xmlDocGetRootElement(epub->package);
    enum status status = read_manifest(epub, top, failure);

    read_guide(epub, top);
    if (status == STATUS_OK)
        status = give_facts(epub, top, failure);
    return status == STATUS_OK ? read_chapters(epub, top, failure) : status;
}

enum status epub_blocks(struct bytes content, const char *name,
                        const struct block_receiver *receiver,
                        struct failure *failure)
{
    struct epub epub = {.name = name, .receiver = receiver};
    enum status status = archive_open(content, name, &epub.archive, failure);

    if (status == STATUS_OK)
        status = refuse_encrypted(&epub, failure);
    if (status == STATUS_OK)
        status = read_package(&epub, failure);
    if (status == STATUS_OK)
        status = read_book(&epub, failure);
    release(&epub);
    return status;
}
