/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Blocks to paragraphs: which document each belongs to, its kind, its label,
 * and the document's symbol, title, date and body.
 *
 * It works on the blocks of a whole file, by evidence: numbers that continue,
 * the opening words that resolutions use, what markup says. The rules are
 * stated one by one in src/document/structure*.c. */
#ifndef DOCUMENT_STRUCTURE_H
#define DOCUMENT_STRUCTURE_H

#include "base/status.h"
#include "src/document/block.h"
#include "src/document/document.h"

#define KIND_FURNITURE "furniture"

struct structure;

/* Kinds of paragraphs, as the index and results name them:
 *
 *   title  heading  preambular  operative  footnote  annex  table
 *   paragraph    text of a document that is no resolution
 *   other        formulas ("The General Assembly,"), signatures, places and
 *                dates
 *   furniture    what is kept and shown but not found by a search
 *
 * Labels, unique in a document: T1, H2, PP3, OP14, OP14(a), OP14(a)(i), FN2,
 * A1 (annex), P12 (paragraph), TB1 (table row), X1 (other), F1 (furniture). */

/* A receiver of blocks that keeps them, for a file PATH that is read with
 * OPTIONS. The caller frees it. STATUS_MEMORY. */
enum status structure_new(const char *path,
                          const struct document_options *options,
                          struct structure **structure,
                          struct failure *failure);
void structure_free(struct structure *structure);

/* Where readers hand their blocks; borrowed until structure_free. Blocks are
 * copied. */
const struct block_receiver *structure_receiver(struct structure *structure);

/* All blocks have come: give the paragraphs to RECEIVE, in reading order.
 * STATUS_MEMORY, or what RECEIVE returned. */
enum status structure_finish(struct structure *structure,
                             paragraph_receiver receive, void *context,
                             struct failure *failure);

#endif
