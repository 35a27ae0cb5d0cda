/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Blocks, and the facts of a document, as bytes between two processes.
 *
 * Both are written as records of paragraphs (see index/paragraph.h), of which
 * they use some of the members: one format, with one set of checks for
 * lengths and places.
 *
 *   block:  .document_number  role          facts:  .document  symbol
 *           .ordinal          level                 .title     title
 *           .label            number                .date      date
 *           .kind             name                  .language  language
 *           .text .places .unit                     .kind      body
 *
 * What is decoded comes from a process that a hostile file may have taken
 * over. So all of it is checked: what comes out is a block as block.h says
 * it, or STATUS_CORRUPT; only its wording can be wrong. */
#ifndef DOCUMENT_BLOCK_CODEC_H
#define DOCUMENT_BLOCK_CODEC_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/status.h"
#include "src/document/block.h"

/* Levels that are deeper count as so deep; HTML can be nested without end. */
enum { BLOCK_MAX_LEVEL = 1000 };

/* Append to OUT (check out->failed). */
void block_encode(const struct block *block, struct buffer *out);
void facts_encode(const struct document_facts *facts, struct buffer *out);

/* Read LENGTH bytes of DATA back. The strings point into DATA; the places are
 * put into PLACES as by paragraph_decode, whose STATUS_CORRUPT and
 * STATUS_MEMORY these have as well. A name, a date or a language that is not
 * as block.h says is left out: it is of little weight, and readers pass on what
 * the file says. */
enum status block_decode(const char *data, size_t length, struct block *block,
                         struct place **places, size_t *capacity,
                         struct failure *failure);
enum status facts_decode(const char *data, size_t length,
                         struct document_facts *facts, struct failure *failure);

#endif
