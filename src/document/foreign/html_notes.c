/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Footnotes in HTML, which has no element for them: what links and roles say.
 *
 * Text and note usually lead to each other by links that look the same. The
 * reference is the one that leads forward, since notes come after the text. */
#include <config.h>

#include "src/document/foreign/html.h"

#include "src/document/foreign/xml.h"

#include <stdlib.h>
#include <strings.h>

/* "[12]", "(iv)", "***": what is longer, in bytes, is no mark. */
enum { MARK_MAX = 8 };

/* A note has at most so many blocks in it; more is a part of the document. */
enum { NOTE_MAX_BLOCKS = 12 };

/* How far apart the raising and the link, the note and what has its id, may
 * be in the tree. */
enum { NEAR = 4 };

/* An element that links lead to, by its id. */
struct anchor {
    struct bytes id;
    const xmlNode *element;
    size_t order; /* its place among all nodes */
};

/* A link that looks as a reference does. */
struct candidate {
    const xmlNode *link;
    struct bytes target;
    size_t order;
};

struct survey {
    struct anchor *anchors;
    size_t n_anchors, anchors_capacity;
    struct candidate *candidates;
    size_t n_candidates, candidates_capacity;
};

static bool says_reference(const xmlNode *element)
{
    return html_has_word(element, "role", "doc-noteref") ||
           html_has_word(element, "type", "noteref") ||
           html_has_word(element, "class", "footnote-ref") ||
           html_has_word(element, "class", "footnote-reference") ||
           html_has_word(element, "class", "noteref");
}

static bool says_note(const xmlNode *element)
{
    static const char *const types[] = {"footnote", "endnote", "rearnote"};
    size_t i;

    for (i = 0; i < sizeof types / sizeof *types; i++)
        if (html_has_word(element, "type", types[i]))
            return true;
    return html_has_word(element, "role", "doc-footnote") ||
           html_has_word(element, "role", "doc-endnote");
}

/* Whether LINK is raised: it stands in a <sup>, or it has one within. */
static bool is_raised(const xmlNode *link)
{
    const xmlNode *node = link->parent;
    int steps;

    for (steps = 0; node && steps < NEAR; steps++, node = node->parent)
        if (xml_is(node, "sup"))
            return true;
    node = xml_next(link, link);
    for (steps = 0; node && steps < NEAR; steps++, node = xml_next(node, link))
        if (xml_is(node, "sup"))
            return true;
    return false;
}

/* Append the text of LINK, without brackets, to MARKS; false, and nothing
 * appended, if it is no mark. */
static bool append_mark(struct buffer *marks, const xmlNode *link)
{
    size_t before = marks->length, length;
    const char *text;

    xml_append_text(link, marks);
    length = marks->length - before;
    if (marks->failed || length > MARK_MAX || length == 0) {
        marks->length = before;
        return false;
    }
    text = marks->data + before;
    if (length > 2 && strchr("([", text[0]) && strchr(")]", text[length - 1])) {
        text += 1;
        length -= 2;
    }
    for (; length > 0 && *text == ' '; length--)
        text++;
    while (length > 0 && text[length - 1] == ' ')
        length--;
    memmove(marks->data + before, text, length);
    marks->length = before + length;
    return true;
}

static bool add_anchor(struct survey *survey, const xmlNode *node,
                       struct bytes id, size_t order)
{
    if (id.length == 0)
        return true;
    if (!array_grow(&survey->anchors, &survey->anchors_capacity,
                    survey->n_anchors + 1, sizeof *survey->anchors))
        return false;
    survey->anchors[survey->n_anchors++] = (struct anchor){id, node, order};
    return true;
}

static bool add_candidate(struct survey *survey, const xmlNode *node,
                          size_t order)
{
    struct bytes target = xml_attribute(node, "href");

    if (!xml_is(node, "a") || target.length < 2 || target.data[0] != '#' ||
        !(says_reference(node) || is_raised(node)))
        return true;
    if (!array_grow(&survey->candidates, &survey->candidates_capacity,
                    survey->n_candidates + 1, sizeof *survey->candidates))
        return false;
    survey->candidates[survey->n_candidates++] =
        (struct candidate){node, {target.data + 1, target.length - 1}, order};
    return true;
}

static int compare_anchors(const void *a, const void *b)
{
    const struct anchor *left = a, *right = b;
    int order = bytes_compare(left->id, right->id);

    return order ? order
                 : (left->order > right->order) - (left->order < right->order);
}

static int compare_anchor_id(const void *key, const void *anchor)
{
    return bytes_compare(*(const struct bytes *)key,
                         ((const struct anchor *)anchor)->id);
}

/* Whether ELEMENT can be a note as a whole: not a heading, not a part of the
 * document. */
static bool is_note_sized(const xmlNode *element)
{
    const xmlNode *node;
    int blocks = 0, nodes = 0;

    if (xml_is(element, "body") || xml_is(element, "html") ||
        xml_is(element, "table"))
        return false;
    for (node = element; node; node = xml_next(node, element)) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (html_heading_level(node) || xml_is(node, "table") ||
            (html_is_block(node) && ++blocks > NOTE_MAX_BLOCKS) ||
            ++nodes > 100 * NOTE_MAX_BLOCKS)
            return false;
    }
    return true;
}

/* The note that an ANCHOR belongs to: the block that it is or is in; for the
 * cell of a table the row. NULL if that cannot be a note. */
static const xmlNode *note_element(const xmlNode *anchor)
{
    const xmlNode *node = anchor;
    int steps;

    for (steps = 0; steps < 4 * NEAR && node; steps++) {
        if (node->type != XML_ELEMENT_NODE || html_is_block(node))
            break;
        node = node->parent;
    }
    if (!node || !html_is_block(node))
        return NULL;
    if (xml_is(node, "td") || xml_is(node, "th"))
        node = node->parent;
    if (xml_is(node, "p") && xml_is(node->parent, "li") && !node->prev &&
        is_note_sized(node->parent))
        node = node->parent;
    return is_note_sized(node) ? node : NULL;
}

static bool add_note(struct html_notes *notes, const xmlNode *element,
                     size_t mark, size_t mark_length)
{
    if (!array_grow(&notes->notes, &notes->notes_capacity, notes->n_notes + 1,
                    sizeof *notes->notes))
        return false;
    notes->notes[notes->n_notes++] =
        (struct html_note){element, mark, mark_length};
    return true;
}

/* Keep CANDIDATE if it leads forward to a note. */
static bool resolve(struct html_notes *notes, const struct survey *survey,
                    const struct candidate *candidate)
{
    size_t before = notes->marks.length;
    const struct anchor *anchor = NULL;
    const xmlNode *element;

    if (survey->n_anchors > 0)
        anchor = bsearch(&candidate->target, survey->anchors, survey->n_anchors,
                         sizeof *anchor, compare_anchor_id);
    if (!anchor || anchor->order < candidate->order)
        return true;
    element = note_element(anchor->element);
    if (!element || !append_mark(&notes->marks, candidate->link))
        return !notes->marks.failed;
    if (!array_grow(&notes->references, &notes->references_capacity,
                    notes->n_references + 1, sizeof *notes->references))
        return false;
    notes->references[notes->n_references++] = candidate->link;
    return add_note(notes, element, before, notes->marks.length - before);
}

static bool survey_tree(struct html_notes *notes, struct survey *survey,
                        const xmlNode *root)
{
    const xmlNode *node;
    size_t order = 0;

    for (node = root; node; node = xml_next(node, root), order++) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (!add_anchor(survey, node, xml_attribute(node, "id"), order) ||
            (xml_is(node, "a") &&
             !add_anchor(survey, node, xml_attribute(node, "name"), order)) ||
            !add_candidate(survey, node, order))
            return false;
        if (says_note(node) && html_is_block(node) && is_note_sized(node) &&
            !add_note(notes, node, 0, 0))
            return false;
    }
    return true;
}

static int compare_pointers(const void *a, const void *b)
{
    const xmlNode *left = *(const xmlNode *const *)a;
    const xmlNode *right = *(const xmlNode *const *)b;

    return (left > right) - (left < right);
}

/* By element; of the same, those with a mark before those without, then the
 * first mark first. */
static int compare_notes(const void *a, const void *b)
{
    const struct html_note *left = a, *right = b;
    int order =
        (left->element > right->element) - (left->element < right->element);

    if (order == 0)
        order = (left->mark_length == 0) - (right->mark_length == 0);
    return order ? order
                 : (left->mark > right->mark) - (left->mark < right->mark);
}

static void sort(struct html_notes *notes)
{
    size_t kept = 0, i;

    if (notes->n_references > 0)
        qsort(notes->references, notes->n_references, sizeof *notes->references,
              compare_pointers);
    if (notes->n_notes > 0)
        qsort(notes->notes, notes->n_notes, sizeof *notes->notes,
              compare_notes);
    for (i = 0; i < notes->n_notes; i++) {
        struct html_note *note = &notes->notes[i];

        if (kept == 0 || notes->notes[kept - 1].element != note->element)
            notes->notes[kept++] = *note;
    }
    notes->n_notes = kept;
}

bool html_notes_find(struct html_notes *notes, const xmlNode *root)
{
    struct survey survey = {.anchors = NULL};
    bool done = survey_tree(notes, &survey, root);
    size_t i;

    if (done && survey.n_anchors > 0)
        qsort(survey.anchors, survey.n_anchors, sizeof *survey.anchors,
              compare_anchors);
    for (i = 0; done && i < survey.n_candidates; i++)
        done = resolve(notes, &survey, &survey.candidates[i]);
    if (done)
        sort(notes);
    free(survey.anchors);
    free(survey.candidates);
    return done;
}

void html_notes_release(struct html_notes *notes)
{
    free(notes->notes);
    free(notes->references);
    buffer_release(&notes->marks);
}

static int compare_note_element(const void *key, const void *note)
{
    const xmlNode *element = ((const struct html_note *)note)->element;
    const xmlNode *wanted = key;

    return (wanted > element) - (wanted < element);
}

const struct html_note *html_note_of(const struct html_notes *notes,
                                     const xmlNode *element)
{
    if (notes->n_notes == 0)
        return NULL;
    return bsearch(element, notes->notes, notes->n_notes, sizeof *notes->notes,
                   compare_note_element);
}

struct bytes html_note_mark(const struct html_notes *notes,
                            const struct html_note *note)
{
    if (note->mark_length == 0)
        return (struct bytes){"", 0};
    return (struct bytes){notes->marks.data + note->mark, note->mark_length};
}

bool html_is_reference(const struct html_notes *notes, const xmlNode *element)
{
    if (notes->n_references == 0)
        return false;
    return bsearch(&element, notes->references, notes->n_references,
                   sizeof *notes->references, compare_pointers) != NULL;
}
