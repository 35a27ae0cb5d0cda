/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Styles: a sorted table of those that styles.xml defines, and chains in it.
 *
 * Word keeps the names of its own styles in English in the file, whatever its
 * language; only their identifiers differ. */
#include <config.h>

#include "src/document/foreign/docx_styles.h"

#include "src/document/foreign/ooxml.h"
#include "src/document/foreign/style_names.h"
#include "src/document/foreign/xml.h"

#include <stdlib.h>

/* How long a chain of styles is followed. Word stops at eleven. */
enum { MAX_CHAIN = 32 };

struct style {
    struct bytes id;
    const xmlNode *node;
    size_t order; /* of several with one identifier the first counts */
};

struct docx_styles {
    struct style *styles;
    size_t n, capacity;
    struct bytes normal; /* the default style of paragraphs */
};

static int compare(const void *a, const void *b)
{
    const struct style *left = a, *right = b;
    int order = bytes_compare(left->id, right->id);

    return order ? order
                 : (left->order > right->order) - (left->order < right->order);
}

enum status docx_styles_new(const xmlDoc *document, struct docx_styles **styles,
                            struct failure *failure)
{
    const xmlNode *top = document ? xmlDocGetRootElement(document) : NULL;
    struct docx_styles *made = calloc(1, sizeof *made);
    const xmlNode *node;

    *styles = NULL;
    if (!made)
        return fail_memory(failure);
    for (node = top ? top->children : NULL; node; node = node->next) {
        if (!xml_is(node, "style"))
            continue;
        if (!array_grow(&made->styles, &made->capacity, made->n + 1,
                        sizeof *made->styles)) {
            docx_styles_free(made);
            return fail_memory(failure);
        }
        made->styles[made->n] =
            (struct style){xml_attribute(node, "styleId"), node, made->n};
        if (xml_has_attribute(node, "default") &&
            bytes_are(xml_attribute(node, "type"), "paragraph"))
            made->normal = made->styles[made->n].id;
        made->n++;
    }
    if (made->n > 0)
        qsort(made->styles, made->n, sizeof *made->styles, compare);
    *styles = made;
    return STATUS_OK;
}

void docx_styles_free(struct docx_styles *styles)
{
    if (!styles)
        return;
    free(styles->styles);
    free(styles);
}

static const xmlNode *find(const struct docx_styles *styles, struct bytes id)
{
    size_t low = 0, high = styles->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (bytes_compare(styles->styles[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < styles->n && bytes_equal(styles->styles[low].id, id)
               ? styles->styles[low].node
               : NULL;
}

void docx_style_outline(struct docx_style *style, long outline)
{
    if (outline < 0 || outline > 9 || style->role == BLOCK_TITLE ||
        style->role == BLOCK_FURNITURE)
        return;
    style->role = outline == 9 ? BLOCK_TEXT : BLOCK_HEADING;
    style->level = outline == 9 ? 0 : (unsigned)outline + 1;
}

/* Take from the style NODE what STYLE does not have from those that are based
 * on it. */
static void inherit(struct docx_style *style, const xmlNode *node,
                    bool *has_role, bool *has_list, bool *has_hidden)
{
    const xmlNode *run = ooxml_child(node, "rPr");
    const xmlNode *paragraph = ooxml_child(node, "pPr");
    const xmlNode *list = ooxml_child(paragraph, "numPr");
    const xmlNode *vanish = ooxml_child(run, "vanish");
    struct bytes outline = ooxml_value(paragraph, "outlineLvl");

    if (!*has_role) {
        style->role =
            style_role_named(ooxml_value(node, "name"), &style->level);
        docx_style_outline(style, ooxml_number(outline, -1));
        *has_role = style->role != BLOCK_TEXT || outline.length > 0;
    }
    if (list && style->list_level.length == 0)
        style->list_level = ooxml_value(list, "ilvl");
    if (list && !*has_list && ooxml_child(list, "numId")) {
        style->list = ooxml_value(list, "numId");
        style->list_style = xml_attribute(node, "styleId");
        *has_list = true;
    }
    if (vanish && !*has_hidden) {
        style->hidden = ooxml_is_on(vanish);
        *has_hidden = true;
    }
    style->raised |= bytes_are(ooxml_value(run, "vertAlign"), "superscript");
}

/* For a style that the document does not define. */
static struct docx_style undefined(struct bytes id)
{
    struct docx_style style = {.role = BLOCK_TEXT};

    style.role = style_role_named(id, &style.level);
    return style;
}

struct docx_style docx_style(const struct docx_styles *styles, struct bytes id)
{
    struct docx_style style = {.role = BLOCK_TEXT};
    bool has_role = false, has_list = false, has_hidden = false;
    const xmlNode *node;
    int i;

    if (id.length == 0)
        id = styles->normal;
    node = find(styles, id);
    if (!node)
        return undefined(id);
    for (i = 0; i < MAX_CHAIN && node; i++) {
        struct bytes base = ooxml_value(node, "basedOn");

        inherit(&style, node, &has_role, &has_list, &has_hidden);
        node = base.length > 0 ? find(styles, base) : NULL;
    }
    return style;
}
