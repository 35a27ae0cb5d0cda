/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Relationships, parts, and values. */
#include <config.h>

#include "src/document/foreign/ooxml.h"

#include "base/ascii.h"
#include "src/document/foreign/xml.h"

const xmlNode *ooxml_child(const xmlNode *node, const char *name)
{
    const xmlNode *child = node ? node->children : NULL;

    while (child && !xml_is(child, name))
        child = child->next;
    return child;
}

struct bytes ooxml_value(const xmlNode *node, const char *name)
{
    const xmlNode *child = ooxml_child(node, name);

    return child ? xml_attribute(child, "val") : (struct bytes){0};
}

bool ooxml_is_on(const xmlNode *node)
{
    struct bytes value = xml_attribute(node, "val");

    return !bytes_are(value, "0") && !bytes_are(value, "false") &&
           !bytes_are(value, "off");
}

long ooxml_number(struct bytes bytes, long otherwise)
{
    long number = 0;
    size_t i;

    if (bytes.length == 0 || bytes.length > 9)
        return otherwise;
    for (i = 0; i < bytes.length; i++) {
        if (!is_ascii_digit(bytes.data[i]))
            return otherwise;
        number = number * 10 + (bytes.data[i] - '0');
    }
    return number;
}

enum status ooxml_part(const struct ooxml_package *package, const char *path,
                       bool whole, xmlDoc **document, struct failure *failure)
{
    struct buffer content = BUFFER_EMPTY;
    const char *name = archive_name(package->archive);
    bool found = false;
    enum status status;

    *document = NULL;
    status = archive_read(package->archive, path, &content, &found, failure);
    if (status == STATUS_OK && found)
        status = xml_parse(buffer_bytes(&content), name, document, failure);
    if (status == STATUS_INPUT && found && *document && !whole)
        status = STATUS_OK;
    buffer_release(&content);
    return status;
}

/* The length of the folder of the main part, with its slash. */
static size_t folder_length(const struct ooxml_package *package)
{
    const char *slash = strrchr(package->main.data, '/');

    return slash ? (size_t)(slash + 1 - package->main.data) : 0;
}

/* Where the relationship NODE of the main part leads: a path into PATH, which
 * ends in NUL. */
static void resolve(const struct ooxml_package *package, const xmlNode *node,
                    struct buffer *path)
{
    struct bytes target = xml_attribute(node, "Target");
    size_t folder = package->main.length ? folder_length(package) : 0;

    for (; target.length >= 3 && memcmp(target.data, "../", 3) == 0;
         target.data += 3, target.length -= 3)
        folder = 0; /* the main part is in a folder at the top */
    if (target.length > 0 && target.data[0] == '/') {
        folder = 0;
        target.data++;
        target.length--;
    }
    buffer_append(path, package->main.data, folder);
    buffer_append(path, target.data, target.length);
    buffer_append_byte(path, '\0');
}

/* The relationship of TYPE in the document RELATIONSHIPS. */
static const xmlNode *find_type(xmlDoc *relationships, const char *type)
{
    const xmlNode *top = xmlDocGetRootElement(relationships);
    const xmlNode *node;

    for (node = top; node; node = xml_next(node, top))
        if (xml_is(node, "Relationship") &&
            bytes_end_with(xml_attribute(node, "Type"), type))
            return node;
    return NULL;
}

static enum status find_main(struct ooxml_package *package,
                             struct failure *failure)
{
    xmlDoc *relationships = NULL;
    enum status status =
        ooxml_part(package, "_rels/.rels", false, &relationships, failure);

    if (status == STATUS_OK) {
        const xmlNode *node = find_type(relationships, "/officeDocument");
        struct buffer path = BUFFER_EMPTY;

        if (node)
            resolve(package, node, &path);
        else
            buffer_append(&path, "word/document.xml", 18);
        package->main = path;
        if (path.failed)
            status = fail_memory(failure);
    }
    xmlFreeDoc(relationships);
    return status;
}

enum status ooxml_open(struct archive *archive, struct ooxml_package *package,
                       struct failure *failure)
{
    struct buffer path = BUFFER_EMPTY;
    enum status status;
    size_t folder;

    *package = (struct ooxml_package){.archive = archive};
    status = find_main(package, failure);
    if (status != STATUS_OK)
        return status;
    folder = folder_length(package);
    buffer_append(&path, package->main.data, folder);
    buffer_append_string(&path, "_rels/");
    buffer_append_string(&path, package->main.data + folder);
    buffer_append_string(&path, ".rels");
    buffer_append_byte(&path, '\0');
    status = path.failed ? fail_memory(failure)
                         : ooxml_part(package, path.data, false,
                                      &package->relationships, failure);
    buffer_release(&path);
    return status;
}

void ooxml_release(struct ooxml_package *package)
{
    buffer_release(&package->main);
    xmlFreeDoc(package->relationships);
}

static enum status read_related(const struct ooxml_package *package,
                                const xmlNode *relationship, xmlDoc **document,
                                struct failure *failure)
{
    struct buffer path = BUFFER_EMPTY;
    enum status status;

    *document = NULL;
    if (!relationship ||
        bytes_are(xml_attribute(relationship, "TargetMode"), "External"))
        return STATUS_OK;
    resolve(package, relationship, &path);
    status = path.failed
                 ? fail_memory(failure)
                 : ooxml_part(package, path.data, false, document, failure);
    buffer_release(&path);
    return status;
}

enum status ooxml_part_of_type(const struct ooxml_package *package,
                               const char *type, xmlDoc **document,
                               struct failure *failure)
{
    const xmlNode *node = find_type(package->relationships, type);

    return read_related(package, node, document, failure);
}

enum status ooxml_part_of_id(const struct ooxml_package *package,
                             struct bytes id, xmlDoc **document,
                             struct failure *failure)
{
    const xmlNode *top = xmlDocGetRootElement(package->relationships);
    const xmlNode *node = top;

    while (node && !(xml_is(node, "Relationship") &&
                     bytes_equal(xml_attribute(node, "Id"), id)))
        node = xml_next(node, top);
    return read_related(package, node, document, failure);
}
