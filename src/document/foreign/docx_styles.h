/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The styles of a Word document, as far as they tell what a paragraph is. A
 * style has what it does not say itself from the one that it is based on. */
#ifndef DOCUMENT_FOREIGN_DOCX_STYLES_H
#define DOCUMENT_FOREIGN_DOCX_STYLES_H

#include <libxml/tree.h>

#include <stdbool.h>

#include "base/bytes.h"
#include "base/status.h"
#include "src/document/block.h"

struct docx_styles;

/* What a style makes of a paragraph or a run. */
struct docx_style {
    enum block_role role; /* TEXT, TITLE, HEADING or FURNITURE (a line
                             of a table of contents) */
    unsigned level;       /* of a HEADING */
    struct bytes list;    /* identifier of the numbering; empty: none */
    struct bytes list_level;
    struct bytes list_style; /* the style that names .list: a level of the
                                numbering may be bound to it */
    bool hidden;
    bool raised; /* superscript */
};

/* DOCUMENT is styles.xml, or NULL, borrowed until the styles are freed.
 * STATUS_MEMORY. */
enum status docx_styles_new(const xmlDoc *document, struct docx_styles **styles,
                            struct failure *failure);
void docx_styles_free(struct docx_styles *styles);

/* What the style ID means; the default style of paragraphs if ID is empty. */
struct docx_style docx_style(const struct docx_styles *styles, struct bytes id);

/* What paragraph properties make of a style: an outline level given directly,
 * from 0; 9 is body text. */
void docx_style_outline(struct docx_style *style, long outline);

#endif
