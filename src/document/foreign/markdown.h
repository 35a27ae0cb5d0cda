/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Markdown has beside CommonMark, found before that is parsed: a front
 * matter, and footnotes; and what it takes over from HTML. */
#ifndef DOCUMENT_FOREIGN_MARKDOWN_H
#define DOCUMENT_FOREIGN_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

#include "base/bytes.h"

/* Lines between two lines of "---" at the start of a file, in YAML. */
struct front_matter {
    size_t end; /* the first byte behind it; 0: there is none */
    struct bytes title, date, language;
};

/* Find that of TEXT, from which the result borrows. Only plain values of keys
 * that are not indented are understood. */
struct front_matter front_matter_find(struct bytes text);

/* A footnote's definition: [^label]: text, with the lines that continue it. */
struct markdown_note {
    struct bytes label;
    size_t start, end; /* of all of it, in the text */
    size_t text;       /* where its text begins */
};

struct markdown_notes {
    struct markdown_note *notes; /* in their order */
    size_t n_notes, capacity;
    struct bytes *labels; /* theirs, sorted */
};

void markdown_notes_release(struct markdown_notes *notes);

/* Find all of TEXT from byte START, from which they borrow; NOTES begins as all
 * zero. False if memory is short. */
bool markdown_notes_find(struct markdown_notes *notes, struct bytes text,
                         size_t start);

/* How many bytes the reference at the start of TEXT takes ("[^label]"), if it
 * is one to one of NOTES; else 0. */
size_t markdown_reference_length(const struct markdown_notes *notes,
                                 struct bytes text);

/* The character that the entity TEXT ("&amp;") stands for; 0 if it is not
 * known. */
char32_t markdown_entity(struct bytes text);

/* Where we are in a piece of HTML. */
struct markdown_html {
    bool is_block; /* and no tag in the midst of a line */
    bool in_tag, in_comment;
    bool begun;    /* there was a tag */
    bool left_out; /* it is a script or a style, which is not shown */
};

/* A tag or a comment begins TEXT. Whether it parts the words around it. */
bool markdown_tag_begin(struct markdown_html *html, struct bytes text);

/* Where the tag or comment that we are in ends in TEXT; its length if it goes
 * on behind. */
size_t markdown_tag_end(struct markdown_html *html, struct bytes text);

#endif
