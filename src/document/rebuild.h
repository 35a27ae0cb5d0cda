/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines to blocks: paragraphs as the author wrote them, not as the page broke
 * them. The rules are stated one by one in src/document/rebuild*.c.
 *
 * Lines come from plain text or from the text layer of a PDF; what is known
 * of a line beyond its text is evidence where it is there, and nothing
 * is lost where it is not. */
#ifndef DOCUMENT_REBUILD_H
#define DOCUMENT_REBUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "src/document/block.h"
#include "src/document/placed_text.h"

/* A line as it stands on the page. Measures are in one unit throughout a
 * document: points in a PDF; columns and lines in plain text. */
struct page_line {
    size_t start, end; /* bytes of the text, without white space around */
    uint32_t page;     /* from 1; 0: the file has no pages */
    float left, right; /* where its first and its last character stand */
    float top;         /* from the top of its page, of its base line; in plain
                          text the line's number (on its page) */
    float size;        /* of its type; 0: not known */
    bool bold, italic; /* all of it */
    bool raised_first; /* it begins with a raised (superscript) mark, which a
                          footnote does */
};

/* A part of the text that is smaller and raised: a footnote mark, most likely.
 * Bytes of the text, ascending. Plain text has none: there superscript
 * digits and glued digits are recognised by the document's own footnotes. */
struct raised_mark {
    size_t start, end;
};

struct page_text {
    const struct placed_text *text; /* .text and its places; white space and
                                       order as of the lines */
    const struct page_line *lines;  /* in reading order */
    size_t n_lines;
    const struct raised_mark *raised;
    size_t n_raised;
    bool has_geometry; /* .left, .right, .size are of the page, not columns */
};

/* Find the blocks of TEXT and give them, in reading order, to RECEIVER (its
 * .block; .document is not called). A footnote comes after the block that was
 * cut by it. STATUS_MEMORY, or what RECEIVER returned. */
enum status rebuild_blocks(const struct page_text *text,
                           const struct block_receiver *receiver,
                           struct failure *failure);

#endif
