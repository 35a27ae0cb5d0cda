/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text of one block, collected from pieces while its inline markup is
 * walked, and handed on as that block with its places.
 *
 * White space of any kind becomes one space; there is none at the ends. Soft
 * hyphens are left out: they say where a word may be divided. Where the mark of
 * a footnote stood nothing remains of it, neither the brackets around it nor
 * a space before it that would then stand before a comma. */
#ifndef DOCUMENT_FOREIGN_INLINE_H
#define DOCUMENT_FOREIGN_INLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/status.h"
#include "src/document/block.h"

/* Where the mark of a footnote stood, in the text. */
struct inline_mark {
    size_t at, end; /* .end, and .at then, say what to cut, at the end */
    bool spaced;    /* white space stood before it */
};

struct inline_text {
    struct buffer text;
    bool space;  /* white space came since the last character */
    bool failed; /* out of memory; .text may have failed as well */
    struct inline_mark *marks;
    size_t n_marks, marks_capacity;
    struct place *places; /* where the pieces stand, ascending by .text */
    size_t n_places, places_capacity;
};

#define INLINE_EMPTY ((struct inline_text){.text = {NULL, 0, 0, false}})

void inline_release(struct inline_text *text);

/* Forget all that was collected. */
void inline_clear(struct inline_text *text);

/* Append PIECE, in UTF-8, of unknown place. */
void inline_append(struct inline_text *text, struct bytes piece);

/* Append PIECE, which stands in the file from byte START to END. If that is as
 * long as PIECE, it is PIECE, byte for byte. */
void inline_append_at(struct inline_text *text, struct bytes piece,
                      size_t start, size_t end);

/* White space comes here (the end of a cell, a line break). */
void inline_space(struct inline_text *text);

/* The mark of a footnote stands here, and is left out. */
void inline_mark(struct inline_text *text);

/* Whether nothing but white space was appended. */
bool inline_is_empty(const struct inline_text *text);

/* A footnote was collected whose mark is MARK: take that away from its start,
 * with brackets around it or a full stop behind it, and brackets that the
 * mark was to stand in. */
void inline_drop_mark(struct inline_text *text, struct bytes mark);

/* The collected text, cleaned of what stood around marks; borrowed until the
 * next change. */
struct bytes inline_finish(struct inline_text *text);

/* Hand the text, unless it is empty, to RECEIVER as BLOCK, whose .text,
 * .places, .n_places and .unit are filled in, and forget it. UNIT says what
 * the places mean: PLACE_BYTES gives the pieces whose bytes are those of the
 * file; PLACE_WHOLE one place for all. A block without a letter or a digit (a
 * rule, an ornament) is furniture; a row of empty cells is nothing. */
enum status inline_give(struct inline_text *text, struct block *block,
                        enum place_unit unit,
                        const struct block_receiver *receiver,
                        struct failure *failure);

#endif
