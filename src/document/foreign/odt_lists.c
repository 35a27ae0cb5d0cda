/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counters of lists, and numbers by the styles of their levels. */
#include <config.h>

#include "src/document/foreign/odt_lists.h"

#include "src/document/foreign/number_format.h"
#include "src/document/foreign/ooxml.h"
#include "src/document/foreign/xml.h"

#include <stdint.h>
#include <stdlib.h>

/* How many lists back one is looked for that goes on. */
enum { MAX_BACK = 256 };

struct odt_list {
    struct bytes id, style;
    const xmlNode *outline; /* that of headings instead of a style */
    long counters[ODT_N_LEVELS];
    bool counting[ODT_N_LEVELS];
};

void odt_lists_release(struct odt_lists *lists)
{
    free(lists->lists);
    *lists = (struct odt_lists){0};
}

/* The list that NODE goes on with; SIZE_MAX if it is a new one. */
static size_t find_continued(const struct odt_lists *lists, const xmlNode *node)
{
    struct bytes id = xml_attribute(node, "continue-list");
    struct bytes style = xml_attribute(node, "style-name");
    bool same_style =
        bytes_are(xml_attribute(node, "continue-numbering"), "true");
    size_t i;

    for (i = lists->n; i > 0 && lists->n - i < MAX_BACK; i--) {
        const struct odt_list *list = &lists->lists[i - 1];

        if (id.length > 0 ? bytes_equal(list->id, id)
                          : same_style && !list->outline &&
                                bytes_equal(list->style, style))
            return i - 1;
    }
    return SIZE_MAX;
}

size_t odt_lists_begin(struct odt_lists *lists, const xmlNode *node)
{
    size_t continued = find_continued(lists, node);
    struct odt_list list = {.id = xml_attribute(node, "id"),
                            .style = xml_attribute(node, "style-name")};

    if (!array_grow(&lists->lists, &lists->capacity, lists->n + 1,
                    sizeof *lists->lists))
        return SIZE_MAX;
    if (xml_is(node, "outline-style"))
        list.outline = node;
    if (continued != SIZE_MAX) {
        memcpy(list.counters, lists->lists[continued].counters,
               sizeof list.counters);
        memcpy(list.counting, lists->lists[continued].counting,
               sizeof list.counting);
    }
    lists->lists[lists->n] = list;
    return lists->n++;
}

struct bytes odt_lists_style(struct odt_lists *lists, size_t at,
                             struct bytes style)
{
    struct bytes before = lists->lists[at].style;

    if (style.length > 0)
        lists->lists[at].style = style;
    return before;
}

/* The element that says how LEVEL of LIST is numbered; NULL if none does. */
static const xmlNode *level_node(const struct odt_lists *lists,
                                 const struct odt_list *list, unsigned level)
{
    const xmlNode *style =
        list->outline ? list->outline
                      : odt_style_node(lists->styles, ODT_LIST, list->style);
    const xmlNode *node;

    for (node = style ? style->children : NULL; node; node = node->next)
        if (ooxml_number(xml_attribute(node, "level"), 0) == (long)level + 1)
            return node;
    return NULL;
}

static enum number_format format_of(const xmlNode *node)
{
    struct bytes format = xml_attribute(node, "num-format");
    bool doubled = bytes_are(xml_attribute(node, "num-letter-sync"), "true");

    if (format.length == 0)
        return NUMBER_NONE;
    switch (format.data[0]) {
    case 'i': return NUMBER_LOWER_ROMAN;
    case 'I': return NUMBER_UPPER_ROMAN;
    case 'a': return doubled ? NUMBER_LOWER_LETTER : NUMBER_LOWER_COLUMN;
    case 'A': return doubled ? NUMBER_UPPER_LETTER : NUMBER_UPPER_COLUMN;
    case '1': return NUMBER_DECIMAL;
    default: break;
    }
    return memcmp(format.data, "\xD0\xB0", 2) == 0   ? NUMBER_LOWER_CYRILLIC
           : memcmp(format.data, "\xD0\x90", 2) == 0 ? NUMBER_UPPER_CYRILLIC
           : memcmp(format.data, "\xE4\xB8", 2) == 0 ? NUMBER_HAN
                                                     : NUMBER_DECIMAL;
}

static void append_number(const struct odt_lists *lists,
                          const struct odt_list *list, unsigned level,
                          const xmlNode *node, struct buffer *number)
{
    struct bytes prefix = xml_attribute(node, "num-prefix");
    struct bytes suffix = xml_attribute(node, "num-suffix");
    long shown = ooxml_number(xml_attribute(node, "display-levels"), 1);
    unsigned from = shown > (long)level ? 0 : level + 1 - (unsigned)shown;
    size_t start;

    if (shown < 1)
        from = level;
    buffer_append(number, prefix.data, prefix.length);
    for (start = number->length; from <= level; from++) {
        const xmlNode *part = level_node(lists, list, from);
        enum number_format format = part ? format_of(part) : NUMBER_NONE;

        if (number->length > start && format != NUMBER_NONE)
            buffer_append_byte(number, '.');
        number_append(number, format,
                      list->counting[from] ? list->counters[from] : 1);
    }
    buffer_append(number, suffix.data, suffix.length);
}

void odt_lists_next(struct odt_lists *lists, size_t at, unsigned level,
                    long start, struct buffer *number)
{
    struct odt_list *list = &lists->lists[at];
    const xmlNode *node;
    unsigned below;

    if (level >= ODT_N_LEVELS)
        return;
    node = level_node(lists, list, level);
    if (start >= 0)
        list->counters[level] = start;
    else if (list->counting[level])
        list->counters[level]++;
    else
        list->counters[level] =
            node ? ooxml_number(xml_attribute(node, "start-value"), 1) : 1;
    list->counting[level] = true;
    for (below = level + 1; below < ODT_N_LEVELS; below++)
        list->counting[below] = false;
    if (node && !xml_is(node, "list-level-style-bullet") &&
        !xml_is(node, "list-level-style-image") &&
        xml_attribute(node, "num-format").length > 0)
        append_number(lists, list, level, node, number);
}
