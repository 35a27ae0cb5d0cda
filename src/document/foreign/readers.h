/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The readers of foreign formats: what runs in the worker process, and only
 * there (the program pilcrow-reader). Each takes the bytes of a file and gives
 * blocks; none opens a file, writes to a stream, or keeps anything between two
 * files. */
#ifndef DOCUMENT_FOREIGN_READERS_H
#define DOCUMENT_FOREIGN_READERS_H

#include "src/document/format.h"

/* By libpoppler (pdf.c). */
enum status pdf_blocks(struct bytes content, const char *name,
                       const struct block_receiver *receiver,
                       struct failure *failure);

/* By libxml2 (akn.c, html.c). */
enum status akn_blocks(struct bytes content, const char *name,
                       const struct block_receiver *receiver,
                       struct failure *failure);
enum status html_blocks(struct bytes content, const char *name,
                        const struct block_receiver *receiver,
                        struct failure *failure);

/* By libzip and libxml2 (docx.c, odt.c, epub.c). */
enum status docx_blocks(struct bytes content, const char *name,
                        const struct block_receiver *receiver,
                        struct failure *failure);
enum status odt_blocks(struct bytes content, const char *name,
                       const struct block_receiver *receiver,
                       struct failure *failure);
enum status epub_blocks(struct bytes content, const char *name,
                        const struct block_receiver *receiver,
                        struct failure *failure);

/* Our own (rtf.c). */
enum status rtf_blocks(struct bytes content, const char *name,
                       const struct block_receiver *receiver,
                       struct failure *failure);

/* By md4c (markdown.c). */
enum status markdown_blocks(struct bytes content, const char *name,
                            const struct block_receiver *receiver,
                            struct failure *failure);

/* The reader for the format called NAME ("PDF", …: as in the table of
 * format.c); NULL if it was not built in. */
block_reader foreign_reader(const char *name);

#endif
