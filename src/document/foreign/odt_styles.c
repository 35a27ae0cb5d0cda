/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sorted table of styles, and chains in it. */
#include <config.h>

#include "src/document/foreign/odt_styles.h"

#include "src/document/foreign/style_names.h"
#include "src/document/foreign/ooxml.h"
#include "src/document/foreign/xml.h"

#include <stdlib.h>

enum {
    MAX_CHAIN = 32,
    LONGEST_NAME = 64, /* that can mean something; bytes */
};

struct odt_named {
    enum odt_family family;
    struct bytes name;
    const xmlNode *node;
    size_t order;
};

static int compare(const void *a, const void *b)
{
    const struct odt_named *left = a, *right = b;
    int order = (left->family > right->family) - (left->family < right->family);

    if (order == 0)
        order = bytes_compare(left->name, right->name);
    return order ? order
                 : (left->order > right->order) - (left->order < right->order);
}

static enum odt_family family_of(const xmlNode *node)
{
    struct bytes family = xml_attribute(node, "family");

    if (xml_is(node, "list-style"))
        return ODT_LIST;
    if (bytes_are(family, "paragraph"))
        return ODT_PARAGRAPH;
    return bytes_are(family, "text") ? ODT_TEXT : ODT_OTHER;
}

static bool add(struct odt_styles *styles, const xmlNode *node)
{
    if (!array_grow(&styles->named, &styles->capacity, styles->n + 1,
                    sizeof *styles->named))
        return false;
    styles->named[styles->n] = (struct odt_named){
        family_of(node), xml_attribute(node, "name"), node, styles->n};
    styles->n++;
    return true;
}

enum status odt_styles_init(struct odt_styles *styles, xmlDoc *const *documents,
                            size_t n, struct failure *failure)
{
    size_t i;

    *styles = (struct odt_styles){0};
    for (i = 0; i < n; i++) {
        const xmlNode *top =
            documents[i] ? xmlDocGetRootElement(documents[i]) : NULL;
        const xmlNode *node;

        for (node = top; node;) {
            if ((xml_is(node, "style") || xml_is(node, "list-style")) &&
                !add(styles, node))
                return fail_memory(failure);
            if (xml_is(node, "outline-style") && !styles->outline)
                styles->outline = node;
            node = xml_is(node, "body") || xml_is(node, "style")
                       ? xml_skip(node, top)
                       : xml_next(node, top);
        }
    }
    if (styles->n > 0)
        qsort(styles->named, styles->n, sizeof *styles->named, compare);
    return STATUS_OK;
}

void odt_styles_release(struct odt_styles *styles)
{
    free(styles->named);
    *styles = (struct odt_styles){0};
}

const xmlNode *odt_style_node(const struct odt_styles *styles,
                              enum odt_family family, struct bytes name)
{
    struct odt_named key = {.family = family, .name = name};
    size_t low = 0, high = styles->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare(&styles->named[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == styles->n || styles->named[low].family != family ||
        !bytes_equal(styles->named[low].name, name))
        return NULL;
    return styles->named[low].node;
}

/* What one of a chain of styles said, so that those it is based on do not. */
struct said {
    bool hidden, raised;
};

/* The role that the style NAME has by its name, where "_20_" is a space. */
static enum block_role role_named(struct bytes name, unsigned *level)
{
    char decoded[LONGEST_NAME];
    size_t length = 0, i;

    for (i = 0; i < name.length && length < sizeof decoded; i++) {
        bool space =
            name.length - i >= 4 && memcmp(name.data + i, "_20_", 4) == 0;

        decoded[length++] = space ? ' ' : name.data[i];
        i += space ? 3 : 0;
    }
    return style_role_named((struct bytes){decoded, length}, level);
}

/* Whether POSITION, as of style:text-position, is above the line. */
static bool is_raised(struct bytes position)
{
    return (position.length >= 5 && memcmp(position.data, "super", 5) == 0) ||
           (position.length > 1 && position.data[0] >= '1' &&
            position.data[0] <= '9');
}

/* Take from the style NODE what those that follow it do not say. */
static void inherit(struct odt_style *style, const xmlNode *node,
                    struct said *said)
{
    long outline =
        ooxml_number(xml_attribute(node, "default-outline-level"), 0);
    const xmlNode *text = ooxml_child(node, "text-properties");
    struct bytes display = xml_attribute(text, "display");
    struct bytes position = xml_attribute(text, "text-position");

    if (style->role == BLOCK_TEXT)
        style->role = role_named(xml_attribute(node, "name"), &style->level);
    if (style->role == BLOCK_TEXT && outline > 0 &&
        outline <= ODT_MAX_OUTLINE) {
        style->role = BLOCK_HEADING;
        style->level = (unsigned)outline;
    }
    if (display.length > 0 && !said->hidden) {
        style->hidden = bytes_are(display, "none");
        said->hidden = true;
    }
    if (position.length > 0 && !said->raised) {
        style->raised = is_raised(position);
        said->raised = true;
    }
    if (xml_has_attribute(node, "list-style-name") &&
        xml_attribute(node, "list-style-name").length == 0)
        style->unnumbered = true;
}

struct odt_style odt_style(const struct odt_styles *styles,
                           enum odt_family family, struct bytes name)
{
    struct odt_style style = {.role = BLOCK_TEXT};
    struct said said = {false, false};
    int i;

    for (i = 0; i < MAX_CHAIN && name.length > 0; i++) {
        const xmlNode *node = odt_style_node(styles, family, name);

        if (!node) {
            if (style.role == BLOCK_TEXT)
                style.role = role_named(name, &style.level);
            break;
        }
        inherit(&style, node, &said);
        name = xml_attribute(node, "parent-style-name");
    }
    return style;
}
