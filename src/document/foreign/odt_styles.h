/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Styles of an OpenDocument text, those of its content and those of its own:
 * what a paragraph is, and how lists are numbered. */
#ifndef DOCUMENT_FOREIGN_ODT_STYLES_H
#define DOCUMENT_FOREIGN_ODT_STYLES_H

#include <libxml/tree.h>

#include <stdbool.h>

#include "base/bytes.h"
#include "base/status.h"
#include "src/document/block.h"

enum { ODT_MAX_OUTLINE = 10 };

enum odt_family { ODT_PARAGRAPH, ODT_TEXT, ODT_LIST, ODT_OTHER };

struct odt_styles {
    struct odt_named *named; /* sorted */
    size_t n, capacity;
    const xmlNode *outline; /* how headings are numbered; may be NULL */
};

struct odt_style {
    enum block_role role;
    unsigned level;
    bool hidden;
    bool raised;
    bool unnumbered; /* not to be numbered as a heading */
};

/* Collect the styles in DOCUMENTS, N of them, some of which may be NULL; the
 * first count more. They are borrowed until the styles are released, which is
 * due in any case. STATUS_MEMORY. */
enum status odt_styles_init(struct odt_styles *styles, xmlDoc *const *documents,
                            size_t n, struct failure *failure);
void odt_styles_release(struct odt_styles *styles);

/* The element of the style NAME, or NULL. */
const xmlNode *odt_style_node(const struct odt_styles *styles,
                              enum odt_family family, struct bytes name);

/* What the style NAME means, with those that it follows. */
struct odt_style odt_style(const struct odt_styles *styles,
                           enum odt_family family, struct bytes name);

#endif
