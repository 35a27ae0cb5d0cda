/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Markdown has beside CommonMark, found before that is parsed: a front
 * matter, and footnotes. */
#ifndef DOCUMENT_FOREIGN_MARKDOWN_H
#define DOCUMENT_FOREIGN_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

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

#endif
