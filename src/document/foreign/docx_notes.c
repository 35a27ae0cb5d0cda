/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Notes by their identifiers, and their marks. */
#include <config.h>

#include "src/document/foreign/docx_notes.h"

#include "src/document/foreign/number_format.h"
#include "src/document/foreign/ooxml.h"
#include "src/document/foreign/xml.h"

#include <stdlib.h>

struct note {
    struct bytes id;
    const xmlNode *node;
};

/* How notes of one kind are marked. */
struct marking {
    enum number_format format;
    long start;
    bool each_section; /* begins again */
};

struct docx_notes {
    struct note *notes[DOCX_N_NOTES];
    size_t n[DOCX_N_NOTES], capacity[DOCX_N_NOTES];
    struct marking markings[DOCX_N_NOTES]; /* of this section */
    struct marking defaults[DOCX_N_NOTES];
    long counters[DOCX_N_NOTES];
    const xmlNode *top;     /* of the main part */
    const xmlNode *section; /* properties of this section; NULL behind the last
                               one */
};

static const char *const note_names[] = {"footnote", "endnote"};
static const char *const property_names[] = {"footnotePr", "endnotePr"};

static int compare(const void *a, const void *b)
{
    const struct note *left = a, *right = b;

    return bytes_compare(left->id, right->id);
}

static bool collect(struct docx_notes *notes, enum docx_note kind,
                    const xmlDoc *document)
{
    const xmlNode *top = document ? xmlDocGetRootElement(document) : NULL;
    const xmlNode *node;

    for (node = top ? top->children : NULL; node; node = node->next) {
        if (!xml_is(node, note_names[kind]))
            continue;
        if (!array_grow(&notes->notes[kind], &notes->capacity[kind],
                        notes->n[kind] + 1, sizeof **notes->notes))
            return false;
        notes->notes[kind][notes->n[kind]++] =
            (struct note){xml_attribute(node, "id"), node};
    }
    if (notes->n[kind] > 0)
        qsort(notes->notes[kind], notes->n[kind], sizeof **notes->notes,
              compare);
    return true;
}

/* Read what PROPERTIES (of the document or a section) say into MARKING. */
static void read_marking(const xmlNode *properties, struct marking *marking)
{
    struct bytes format = ooxml_value(properties, "numFmt");
    struct bytes restart = ooxml_value(properties, "numRestart");

    if (format.length > 0)
        marking->format = number_format_named(format);
    marking->start =
        ooxml_number(ooxml_value(properties, "numStart"), marking->start);
    if (restart.length > 0)
        marking->each_section = bytes_are(restart, "eachSect");
}

/* The properties of the section that follows NODE. A change of them that is
 * tracked has the old ones within, which is none. */
static const xmlNode *next_section(const xmlNode *node, const xmlNode *top)
{
    do
        node = node ? xml_next(node, top) : NULL;
    while (node &&
           !(xml_is(node, "sectPr") && !xml_is(node->parent, "sectPrChange")));
    return node;
}

static void enter_section(struct docx_notes *notes)
{
    int kind;

    for (kind = 0; kind < DOCX_N_NOTES; kind++) {
        notes->markings[kind] = notes->defaults[kind];
        read_marking(ooxml_child(notes->section, property_names[kind]),
                     &notes->markings[kind]);
        if (notes->markings[kind].each_section)
            notes->counters[kind] = 0;
    }
}

enum status docx_notes_new(const struct docx_note_parts *parts,
                           struct docx_notes **notes, struct failure *failure)
{
    struct docx_notes *made = calloc(1, sizeof *made);
    const xmlNode *settings =
        parts->settings ? xmlDocGetRootElement(parts->settings) : NULL;
    int kind;

    *notes = NULL;
    if (!made)
        return fail_memory(failure);
    for (kind = 0; kind < DOCX_N_NOTES; kind++) {
        if (!collect(made, kind, parts->notes[kind])) {
            docx_notes_free(made);
            return fail_memory(failure);
        }
        made->defaults[kind] = (struct marking){
            kind == DOCX_FOOTNOTE ? NUMBER_DECIMAL : NUMBER_LOWER_ROMAN, 1,
            false};
        read_marking(ooxml_child(settings, property_names[kind]),
                     &made->defaults[kind]);
    }
    made->top = xmlDocGetRootElement(parts->main);
    made->section = next_section(made->top, made->top);
    enter_section(made);
    *notes = made;
    return STATUS_OK;
}

void docx_notes_free(struct docx_notes *notes)
{
    int kind;

    if (!notes)
        return;
    for (kind = 0; kind < DOCX_N_NOTES; kind++)
        free(notes->notes[kind]);
    free(notes);
}

const xmlNode *docx_notes_next(struct docx_notes *notes, enum docx_note kind,
                               struct bytes id, bool custom,
                               struct buffer *mark)
{
    const struct marking *marking = &notes->markings[kind];
    struct note key = {.id = id}, *found = NULL;

    if (notes->n[kind] > 0)
        found = bsearch(&key, notes->notes[kind], notes->n[kind], sizeof key,
                        compare);
    if (!custom)
        number_append(mark, marking->format,
                      marking->start + notes->counters[kind]++);
    return found ? found->node : NULL;
}

void docx_notes_section(struct docx_notes *notes)
{
    notes->section = next_section(notes->section, notes->top);
    if (notes->section)
        enter_section(notes);
}
