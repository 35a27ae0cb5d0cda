/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Meanings, as reference.c makes them of a query and reference-match.c looks
 * for them. Those of words say of each word of the paragraphs whether it is
 * meant; those of phrases, NEAR and alternatives of all these stand at
 * stretches of a paragraph, from a first to a last position, which are listed,
 * all of them; the others just hold or do not. */
#ifndef TESTS_REFERENCE_PARTS_H
#define TESTS_REFERENCE_PARTS_H

#include "tests/reference.h"

enum meaning_kind {
    MEANING_WORD,  /* a word of .is */
    MEANING_ANY,   /* any child */
    MEANING_ROW,   /* the children, each right behind the one before */
    MEANING_NEAR,  /* two children, with .distance */
    MEANING_ONEAR, /* the same in order */
    /* These stand nowhere. */
    MEANING_FIELD,  /* .is, of paragraphs */
    MEANING_ALL,    /* all children */
    MEANING_ODD,    /* an odd number of children */
    MEANING_EXCEPT, /* the first child and none of the others */
};

struct stretch {
    uint32_t first, last;
};

struct meaning {
    enum meaning_kind kind;
    bool *is;
    uint32_t distance;
    struct meaning **children;
    size_t n_children, capacity;
    /* In the paragraph at hand. */
    struct stretch *stretches;
    size_t n_stretches, stretches_capacity;
    struct reference *reference; /* borrowed */
    /* Of the whole. */
    struct reference_mark *marks;
    size_t n_marks, marks_capacity;
};

#endif
