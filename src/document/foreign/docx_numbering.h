/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The numbers that Word puts in front of paragraphs: definitions of lists, and
 * where each list stands while the document is read in order. */
#ifndef DOCUMENT_FOREIGN_DOCX_NUMBERING_H
#define DOCUMENT_FOREIGN_DOCX_NUMBERING_H

#include <libxml/tree.h>

#include <stdbool.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"

struct docx_numbering;

/* DOCUMENT is numbering.xml, or NULL, borrowed until it is freed.
 * STATUS_MEMORY. */
enum status docx_numbering_new(const xmlDoc *document,
                               struct docx_numbering **numbering,
                               struct failure *failure);
void docx_numbering_free(struct docx_numbering *numbering);

/* The level of the list ID to which the paragraph style STYLE is bound, from 0;
 * 0 if there is none. */
unsigned docx_numbering_level(const struct docx_numbering *numbering,
                              struct bytes id, struct bytes style);

/* The next paragraph at LEVEL, from 0, of the list ID: append its number to
 * NUMBER, nothing for a bullet. False if there is no such list. */
bool docx_numbering_next(struct docx_numbering *numbering, struct bytes id,
                         unsigned level, struct buffer *number);

#endif
