/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text to paragraphs: in goes text with its places, whatever format it came
 * in; out come paragraphs with their kind, label, text and places. The rules
 * are stated one by one in src/document/paragraphs.c.
 *
 * Nothing is lost: but for white space, soft hyphens at line ends, and line
 * ends themselves, all of the text is in some paragraph. */
#ifndef DOCUMENT_PARAGRAPHS_H
#define DOCUMENT_PARAGRAPHS_H

#include "base/status.h"
#include "index/paragraph.h"
#include "src/document/document.h"
#include "src/document/placed_text.h"

enum {
    /* A paragraph that would be longer is cut in two between words, at the
     * latest after twice as much. No author writes such; but files have
     * them. */
    PARAGRAPH_MAX_BYTES = 1 << 20,
    /* A block of lines without a blank one that is longer counts as two. */
    PARAGRAPH_MAX_LINES = 1 << 16,
};

/* Find the paragraphs of TEXT and give them, in order, to RECEIVE. Each
 * has from FACTS the path, the document, its title, date and language; and a
 * label P1, P2, …, and the kind "paragraph", or "other" if it has no letter or
 * digit. STATUS_MEMORY, or what RECEIVE returned. */
enum status paragraphs_find(const struct placed_text *text,
                            const struct paragraph *facts,
                            paragraph_receiver receive, void *context,
                            struct failure *failure);

#endif
