/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text of an OpenDocument text: paragraphs, lists, tables, notes, to a
 * composer. How the parts of the file are found is odt.c's. */
#ifndef DOCUMENT_FOREIGN_ODT_READER_H
#define DOCUMENT_FOREIGN_ODT_READER_H

#include <libxml/tree.h>

#include "src/document/foreign/composer.h"
#include "src/document/foreign/odt_lists.h"
#include "src/document/foreign/odt_styles.h"

struct odt_reader {
    struct composer *composer; /* both borrowed */
    const struct odt_styles *styles;
    struct odt_lists lists; /* .styles set; to be released */
    size_t outline;         /* in .lists, if .has_outline */
    bool has_outline;

    /* Where we are. Set to zero. */
    unsigned depth;       /* in lists */
    size_t list;          /* if .depth > 0 */
    struct buffer number; /* for the next paragraph; to be released */
    bool hidden, raised;
};

/* Read the paragraphs, lists and tables in NODE. It calls itself for what
 * stands in each other, which XML_MAX_DEPTH bounds. */
enum status odt_read(struct odt_reader *reader, const xmlNode *node,
                     struct failure *failure);

#endif
