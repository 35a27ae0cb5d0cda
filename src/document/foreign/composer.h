/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Blocks out of what the files of word processors consist of: runs of text,
 * ends of paragraphs, cells, rows, tables, notes, boxes, headers.
 *
 * A reader (docx.c, odt.c, rtf.c) walks through its file and says what it
 * meets; the blocks come out in reading order:
 *
 *   - Notes and text boxes stand inside a paragraph in the file. They come
 *     after it, or after the row of the table that it is in.
 *   - A table comes out as a block a row, its cells parted by " | ". Where a
 *     table is there for the layout (see composer_table.c) its paragraphs come
 *     out as such. A table in a cell is a part of that cell.
 *   - Hidden text comes after its paragraph, as furniture.
 *   - Furniture of the same wording comes once.
 *
 * Text is UTF-8; white space in it becomes single, soft hyphens vanish. */
#ifndef DOCUMENT_FOREIGN_COMPOSER_H
#define DOCUMENT_FOREIGN_COMPOSER_H

#include <stdbool.h>

#include "base/bytes.h"
#include "base/status.h"
#include "src/document/block.h"

/* Parts of a file that have a text of their own and stand in another one. */
enum flow {
    FLOW_BODY,      /* the outermost */
    FLOW_FURNITURE, /* a header, a footer, a table of contents */
    FLOW_NOTE,      /* a footnote or an endnote: one block, however many
                       paragraphs */
    FLOW_BOX,       /* a text box */
    FLOW_TABLE,
};

/* How deep flows can stand in each other. */
enum { COMPOSER_MAX_DEPTH = 512 };

struct composer;

/* Blocks of the file NAME for RECEIVER, both borrowed. The caller frees
 * *COMPOSER. STATUS_MEMORY. */
enum status composer_new(const char *name,
                         const struct block_receiver *receiver,
                         struct composer **composer, struct failure *failure);
void composer_free(struct composer *composer);

/* Append to the paragraph at hand. Short memory is reported by
 * composer_paragraph. */
void composer_text(struct composer *composer, struct bytes text);
void composer_hidden(struct composer *composer, struct bytes text);

/* What was appended to the paragraph at hand; borrowed until more is. */
struct bytes composer_so_far(const struct composer *composer);

/* Whether NUMBER, raised text that comes now, refers again to a note before
 * (see raised.h). */
bool composer_refers_again(const struct composer *composer,
                           struct bytes number);

/* The paragraph at hand has come to its end. Nothing comes of it if it is
 * empty. NUMBER may have white space around it. What is too long for a heading
 * is none (in laws, all numbered paragraphs may have such styles).
 * STATUS_MEMORY, or what the receiver returned; as all of these. */
enum status composer_paragraph(struct composer *composer, enum block_role role,
                               unsigned level, struct bytes number,
                               struct failure *failure);

/* FLOW begins in the paragraph at hand; NUMBER is the mark of a FLOW_NOTE, else
 * empty. STATUS_LIMIT. */
enum status composer_begin(struct composer *composer, enum flow flow,
                           struct bytes number, struct failure *failure);

/* The flow that began last ends, and with it the paragraph at hand in it. */
enum status composer_end(struct composer *composer, struct failure *failure);

/* Whether a FLOW has begun and not ended. */
bool composer_inside(const struct composer *composer, enum flow flow);

/* In a FLOW_TABLE: a cell, or a row, is complete, and with it the paragraph
 * at hand. */
enum status composer_cell(struct composer *composer, struct failure *failure);
enum status composer_row(struct composer *composer, struct failure *failure);

/* All has come: end what was begun, hand over what is left. */
enum status composer_finish(struct composer *composer, struct failure *failure);

#endif
