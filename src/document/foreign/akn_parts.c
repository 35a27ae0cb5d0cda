/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where in a document an element of Akoma Ntoso stands, by what is around it.
 */
#include <config.h>

#include "src/document/foreign/akn.h"

#include "src/document/foreign/xml.h"

#include <string.h>

/* NODE or the element NAME that it is in; NULL if there is none. */
const xmlNode *akn_around(const xmlNode *node, const char *name)
{
    while (node && !xml_is(node, name))
        node = node->parent;
    return node;
}

bool akn_is_in(const xmlNode *node, const char *name)
{
    return akn_around(node, name) != NULL;
}

static bool has_child(const xmlNode *element, const char *name)
{
    const xmlNode *node;

    for (node = element->children; node; node = node->next)
        if (xml_is(node, name))
            return true;
    return false;
}

/* Whether NODE, which has metadata, is a document: it is the whole file, or a
 * part of a collection that says what it is. */
static bool is_document(const xmlNode *node)
{
    return xml_is(node->parent, "akomaNtoso") || has_child(node, "preface") ||
           has_child(node, "coverPage");
}

/* Metadata come first. */
bool akn_has_metadata(const xmlNode *node)
{
    const xmlNode *child = node->children;

    while (child && child->type != XML_ELEMENT_NODE)
        child = child->next;
    return xml_is(child, "meta");
}

/* The part of the document that ELEMENT is in, as block.h calls it. What is
 * quoted as a whole is none of the document's own provisions. */
const char *akn_part_name(const xmlNode *element)
{
    static const char *const names[][2] = {
        {"formula", "formula"},         {"preamble", "preamble"},
        {"recitals", "preamble"},       {"mainBody", "operative"},
        {"body", "operative"},          {"conclusions", "signature"},
        {"attachments", "annex"},       {"attachment", "annex"},
        {"embeddedStructure", "annex"}, {"quotedStructure", "annex"},
    };
    const char *found = NULL;
    const xmlNode *node;
    size_t i;

    for (node = element; node; node = node->parent) {
        const char *name = NULL;

        for (i = 0; i < sizeof names / sizeof *names; i++)
            if (xml_is(node, names[i][0]))
                name = names[i][1];
        if (xml_is(node, "doc") &&
            bytes_are(xml_attribute(node, "name"), "annex"))
            name = "annex";
        if (xml_is(node, "crossHeading") &&
            bytes_are(xml_attribute(node, "refersTo"), "#preamble"))
            name = "preamble";
        if (akn_has_metadata(node)) {
            if (is_document(node) && !name)
                break;
            name = "annex";
        }
        if (name && (!found || strcmp(name, "annex") == 0))
            found = name;
    }
    return found ? found : "";
}

/* How deep in lists ELEMENT is. What introduces a list is not in it. */
unsigned akn_list_level(const xmlNode *element)
{
    unsigned level = 0;
    bool before = false;

    for (; element; element = element->parent) {
        if (xml_is(element, "intro") || xml_is(element, "listIntroduction") ||
            xml_is(element, "wrapUp") || xml_is(element, "listWrapUp")) {
            before = true;
        } else if (xml_is(element, "list") || xml_is(element, "sublist") ||
                   xml_is(element, "blockList") || xml_is(element, "ol") ||
                   xml_is(element, "ul")) {
            level += !before;
            before = false;
        }
    }
    return level;
}

/* The level that the name of a style says, "H23", "Heading2" or
 * "BLUEHeadingH2"; 0 if it is of no heading. */
static unsigned style_level(struct bytes style)
{
    const char *at = style.data, *end = style.data + style.length;
    const char *heading = strstr(style.data, "Heading");

    if (style.length == 0)
        return 0;
    if (heading)
        at = heading + strlen("Heading");
    if (at < end && *at == 'H')
        at++;
    else if (!heading)
        return 0;
    if (at < end && *at >= '1' && *at <= '9')
        return (unsigned)(*at - '0');
    return heading ? 1 : 0;
}

unsigned akn_heading_level(const xmlNode *element)
{
    unsigned level;

    if (xml_is(element, "crossHeading") &&
        bytes_are(xml_attribute(element, "refersTo"), "#preamble"))
        return 0;
    if (xml_is(element, "heading") || xml_is(element, "subheading") ||
        xml_is(element, "crossHeading") || xml_is(element, "docTitle") ||
        xml_is(element, "docType"))
        return 1;
    for (; element; element = element->parent) {
        level = style_level(xml_attribute(element, "class"));
        if (level > 0 && (xml_is(element, "p") || xml_is(element, "paragraph")))
            return level;
        if (xml_is(element, "paragraph"))
            break;
    }
    return 0;
}
