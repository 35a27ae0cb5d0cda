/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Markdown takes over from HTML: entities and tags. */
#include <config.h>

#include "src/document/foreign/markdown.h"

#include "src/text/utf8.h"

#ifdef HAVE_LIBXML2
#include <libxml/HTMLparser.h>
#endif

#include <stdlib.h>
#include <string.h>

static char32_t numbered_character(const char *digits)
{
    unsigned long value = *digits == 'x' || *digits == 'X'
                              ? strtoul(digits + 1, NULL, 16)
                              : strtoul(digits, NULL, 10);

    return value == 0 || value > 0x10FFFF ? UTF8_REPLACEMENT : (char32_t)value;
}

char32_t markdown_entity(struct bytes text)
{
    static const struct {
        char name[8];
        char32_t character;
    } entities[] = {{"amp", '&'},  {"lt", '<'},    {"gt", '>'},
                    {"quot", '"'}, {"apos", '\''}, {"nbsp", 0xA0}};
    char name[32];
    size_t i;

    if (text.length < 3 || text.length - 2 >= sizeof name)
        return 0;
    memcpy(name, text.data + 1, text.length - 2);
    name[text.length - 2] = '\0';
    if (name[0] == '#')
        return numbered_character(name + 1);
    for (i = 0; i < sizeof entities / sizeof *entities; i++)
        if (strcmp(name, entities[i].name) == 0)
            return entities[i].character;
#ifdef HAVE_LIBXML2
    const htmlEntityDesc *html = htmlEntityLookup((const xmlChar *)name);

    if (html)
        return html->value;
#endif
    return 0;
}

bool markdown_tag_begin(struct markdown_html *html, struct bytes text)
{
    html->in_tag = true;
    html->in_comment = bytes_begin_with(text, "<!--");
    if (!html->begun)
        html->left_out = bytes_begin_nocase(text, "<script") ||
                         bytes_begin_nocase(text, "<style");
    html->begun = true;
    /* In the midst of a line most tags are for looks. */
    return html->is_block || bytes_begin_nocase(text, "<br");
}

size_t markdown_tag_end(struct markdown_html *html, struct bytes text)
{
    const char *mark = html->in_comment ? "-->" : ">";
    const char *end =
        text.length ? memmem(text.data, text.length, mark, strlen(mark)) : NULL;

    if (!end)
        return text.length;
    html->in_tag = html->in_comment = false;
    return (size_t)(end - text.data) + strlen(mark);
}
