/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an HTML file says of itself: its head, and which heading is its title.
 */
#include <config.h>

#include "src/document/foreign/html.h"

#include "base/ascii.h"
#include "src/document/foreign/facts.h"
#include "src/document/foreign/xml.h"

void html_facts_release(struct html_facts *facts)
{
    buffer_release(&facts->title);
}

static bool names_date(const xmlNode *meta)
{
    static const char *const names[] = {
        "date",
        "dc.date",
        "dcterms.date",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.created",
        "dc.date.created",
        "article:published_time",
    };
    struct bytes name = xml_attribute(meta, "name");
    size_t i;

    if (name.length == 0)
        name = xml_attribute(meta, "property");
    for (i = 0; i < sizeof names / sizeof *names; i++)
        if (bytes_are_nocase(name, names[i]))
            return true;
    return false;
}

/* The language of a tag such as "en-US", if it has two letters. */
static void find_language(struct html_facts *facts, const xmlNode *element)
{
    struct bytes tag = xml_attribute(element, "lang");

    if (facts->language[0] || tag.length < 2 || !is_ascii_letter(tag.data[0]) ||
        !is_ascii_letter(tag.data[1]) ||
        (tag.length > 2 && is_ascii_alphanumeric(tag.data[2])))
        return;
    facts->language[0] = (char)(tag.data[0] | 0x20);
    facts->language[1] = (char)(tag.data[1] | 0x20);
}

/* Whether HEADING is what the file's title begins with. */
static bool is_in_title(const struct html_facts *facts, const xmlNode *heading)
{
    struct buffer text = BUFFER_EMPTY;
    bool found;

    xml_append_text(heading, &text);
    found =
        text.length > 0 && facts->title.length > 0 &&
        memmem(facts->title.data, facts->title.length, text.data, text.length);
    buffer_release(&text);
    return found;
}

bool html_facts_find(struct html_facts *facts, const xmlNode *root)
{
    size_t n_headings = 0;
    const xmlNode *node;

    for (node = root; node; node = xml_next(node, root)) {
        if (xml_is(node, "title") && facts->title.length == 0 &&
            xml_is(node->parent, "head"))
            xml_append_text(node, &facts->title);
        else if (xml_is(node, "meta") && names_date(node) &&
                 facts->date.length == 0)
            facts->date = facts_date(xml_attribute(node, "content"));
        else if (xml_is(node, "html") || xml_is(node, "body"))
            find_language(facts, node);
        else if (xml_is(node, "h1") && ++n_headings == 1)
            facts->heading = node;
    }
    if (n_headings > 1 && !is_in_title(facts, facts->heading))
        facts->heading = NULL;
    if (facts->heading && facts->title.length == 0)
        xml_append_text(facts->heading, &facts->title);
    return !facts->title.failed;
}
