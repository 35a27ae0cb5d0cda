/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an element of HTML is to the text:
 *
 *   - Navigation, asides, footers, banners, buttons and what is hidden are
 *     furniture; scripts, styles and the head are left out.
 *   - A table is there for the layout if it says so, has never two cells in a
 *     row, or has headings, tables, quotations or several paragraphs in a
 *     cell. */
#include <config.h>

#include "src/document/foreign/html.h"

#include "src/document/foreign/xml.h"

#include <stdlib.h>
#include <strings.h>

static const char *const block_names[] = {
    "address", "article", "aside",    "blockquote", "body",       "button",
    "caption", "center",  "dd",       "details",    "dialog",     "dir",
    "div",     "dl",      "dt",       "fieldset",   "figcaption", "figure",
    "footer",  "form",    "frameset", "h1",         "h2",         "h3",
    "h4",      "h5",      "h6",       "header",     "hgroup",     "hr",
    "html",    "legend",  "li",       "listing",    "main",       "menu",
    "nav",     "ol",      "optgroup", "option",     "p",          "plaintext",
    "pre",     "search",  "section",  "select",     "summary",    "svg",
    "table",   "tbody",   "td",       "tfoot",      "th",         "thead",
    "tr",      "ul",      "xmp",
};

/* What is not displayed, or says the same again. */
static const char *const left_out_names[] = {
    "annotation", "head", "iframe", "noscript", "script", "style", "template",
};

static int compare_names(const void *key, const void *name)
{
    return strcmp(key, *(const char *const *)name);
}

static bool is_among(const xmlNode *node, const char *const *names, size_t n)
{
    return node->type == XML_ELEMENT_NODE &&
           bsearch(node->name, names, n, sizeof *names, compare_names);
}

bool html_has_word(const xmlNode *element, const char *attribute,
                   const char *word)
{
    struct bytes value = xml_attribute(element, attribute);
    size_t at = 0, end;

    while (at < value.length) {
        for (end = at; end < value.length && value.data[end] > ' ';)
            end++;
        if (bytes_are_nocase((struct bytes){value.data + at, end - at}, word))
            return true;
        at = end + 1;
    }
    return false;
}

bool html_is_block(const xmlNode *element)
{
    return is_among(element, block_names,
                    sizeof block_names / sizeof *block_names);
}

bool html_is_left_out(const xmlNode *node)
{
    return is_among(node, left_out_names,
                    sizeof left_out_names / sizeof *left_out_names);
}

bool html_has_style(const xmlNode *element, const char *property,
                    const char *value)
{
    struct bytes style = xml_attribute(element, "style");
    const char *at = style.length ? strstr(style.data, property) : NULL;

    if (!at)
        return false;
    at += strlen(property);
    at += strspn(at, " :");
    return strncasecmp(at, value, strlen(value)) == 0;
}

static bool has_role(const xmlNode *element)
{
    static const char *const roles[] = {"navigation",  "banner",
                                        "contentinfo", "complementary",
                                        "search",      "doc-toc"};
    size_t i;

    for (i = 0; i < sizeof roles / sizeof *roles; i++)
        if (html_has_word(element, "role", roles[i]))
            return true;
    return false;
}

bool html_is_furniture(const xmlNode *element)
{
    static const char *const names[] = {
        "aside", "button", "footer", "nav", "option", "search", "select", "svg",
    };

    return is_among(element, names, sizeof names / sizeof *names) ||
           xml_has_attribute(element, "hidden") ||
           html_has_style(element, "display", "none") || has_role(element);
}

unsigned html_heading_level(const xmlNode *element)
{
    const xmlChar *name = element->name;

    return name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && !name[2]
               ? (unsigned)(name[1] - '0')
               : 0;
}

/* How many elements called as ELEMENT stand before it, up to two. */
static int n_before(const xmlNode *element)
{
    const xmlNode *node = element->prev;
    int n = 0, steps;

    for (steps = 0; node && n < 2 && steps < 8; steps++, node = node->prev)
        n += node->type == XML_ELEMENT_NODE &&
             xmlStrEqual(node->name, element->name);
    return n;
}

/* The scan ends at a table within, so that nested ones are not scanned again
 * and again. */
bool html_is_layout(const xmlNode *table)
{
    bool has_columns = false;
    const xmlNode *node;

    if (html_has_word(table, "role", "presentation") ||
        html_has_word(table, "role", "none"))
        return true;
    for (node = xml_next(table, table); node; node = xml_next(node, table)) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (html_heading_level(node) || xml_is(node, "table") ||
            xml_is(node, "blockquote") || xml_is(node, "pre") ||
            (xml_is(node, "p") && n_before(node) >= 2))
            return true;
        if ((xml_is(node, "td") || xml_is(node, "th")) && n_before(node) > 0)
            has_columns = true;
    }
    return !has_columns;
}

bool html_is_list(const xmlNode *element)
{
    return xml_is(element, "ol") || xml_is(element, "ul") ||
           xml_is(element, "menu") || xml_is(element, "dir");
}
