/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the reader of HTML is made of: the encoding of a file, what it says of
 * itself, and which of its elements are footnotes and references to them. */
#ifndef DOCUMENT_FOREIGN_HTML_H
#define DOCUMENT_FOREIGN_HTML_H

#include <libxml/tree.h>

#include "base/buffer.h"
#include "src/document/placed_text.h"

/* The whole file CONTENT as UTF-8 into *TEXT, which may borrow from it and is
 * the caller's to release: by a byte order mark; as UTF-8 if it is that; in the
 * encoding that it says it is in, if ICU knows it; else as encoding.h finds.
 * Where *HAS_PLACES becomes false, places in *TEXT are none in the file.
 * STATUS_MEMORY. */
enum status html_decode(struct bytes content, struct placed_text *text,
                        bool *has_places, struct failure *failure);

struct html_facts {
    struct buffer title;
    struct bytes date;      /* in the tree */
    char language[3];       /* "" if not known */
    const xmlNode *heading; /* the <h1> that is the document's title: the only
                               one, or the first if <title> has it as well */
};

void html_facts_release(struct html_facts *facts);

/* Find the facts of the tree ROOT; FACTS begins as all zero. False if memory
 * is short. */
bool html_facts_find(struct html_facts *facts, const xmlNode *root);

/* A footnote: the element that is one, and its mark as the text refers to
 * it. */
struct html_note {
    const xmlNode *element;
    size_t mark, mark_length; /* in html_notes.marks */
};

struct html_notes {
    struct html_note *notes; /* sorted by .element */
    size_t n_notes, notes_capacity;
    const xmlNode **references; /* the elements to be left out, sorted */
    size_t n_references, references_capacity;
    struct buffer marks;
};

void html_notes_release(struct html_notes *notes);

/* Find the footnotes of the tree ROOT. A footnote is what a reference in the
 * text before it leads to: a link that is raised, or says that it is a
 * reference to a note, and that is as short as a mark. Or it is what its own
 * markup says. False if memory is short. */
bool html_notes_find(struct html_notes *notes, const xmlNode *root);

/* What NOTE is marked by, without brackets; empty if that is not known. */
struct bytes html_note_mark(const struct html_notes *notes,
                            const struct html_note *note);

/* The note that ELEMENT is; NULL if it is none. */
const struct html_note *html_note_of(const struct html_notes *notes,
                                     const xmlNode *element);

/* Whether ELEMENT is a reference to a note of NOTES. */
bool html_is_reference(const struct html_notes *notes, const xmlNode *element);

/* What an element is to the text: html_elements.c. */

/* Whether it makes a block, by how HTML is displayed. */
bool html_is_block(const xmlNode *element);

/* Whether it is not displayed, or says the same again. */
bool html_is_left_out(const xmlNode *element);

/* Whether it stands beside the text. */
bool html_is_furniture(const xmlNode *element);

/* Whether it is a list, numbered or not. */
bool html_is_list(const xmlNode *element);

/* 1 to 6 of a heading; 0: it is none. */
unsigned html_heading_level(const xmlNode *element);

/* Whether TABLE is there for the layout. */
bool html_is_layout(const xmlNode *table);

/* Whether the style of ELEMENT has PROPERTY with VALUE, blanks aside. */
bool html_has_style(const xmlNode *element, const char *property,
                    const char *value);

/* Whether the space-separated words of ATTRIBUTE of ELEMENT have one that is
 * WORD. */
bool html_has_word(const xmlNode *element, const char *attribute,
                   const char *word);

#endif
