/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text of a Word document: paragraphs, runs, tables, notes, to a composer.
 * How the parts of the file are found is docx.c's. */
#ifndef DOCUMENT_FOREIGN_DOCX_READER_H
#define DOCUMENT_FOREIGN_DOCX_READER_H

#include <libxml/tree.h>

#include <stdbool.h>

#include "base/buffer.h"
#include "base/status.h"
#include "src/document/foreign/composer.h"
#include "src/document/foreign/docx_fields.h"
#include "src/document/foreign/docx_notes.h"
#include "src/document/foreign/docx_numbering.h"
#include "src/document/foreign/docx_styles.h"

struct docx_reader {
    struct composer *composer; /* these four are borrowed */
    const struct docx_styles *styles;
    struct docx_numbering *numbering;
    struct docx_notes *notes;

    /* Set to zero. */
    struct docx_fields fields;
    bool paragraph_hidden, run_hidden, run_raised;
    const xmlNode *muted;    /* a run of which no more text is taken */
    struct bytes mark;       /* with which the text of a note may begin */
    struct buffer note_mark; /* both are the caller's to release */
    struct buffer number;
};

/* Read the paragraphs and tables in NODE (a body, a header …). It calls itself
 * for what stands in each other, which XML_MAX_DEPTH bounds, and once more
 * for notes. */
enum status docx_read(struct docx_reader *reader, const xmlNode *node,
                      struct failure *failure);

#endif
