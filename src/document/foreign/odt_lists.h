/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The numbers of lists and headings in an OpenDocument text: styles of lists,
 * and where each list stands while the document is read in order. */
#ifndef DOCUMENT_FOREIGN_ODT_LISTS_H
#define DOCUMENT_FOREIGN_ODT_LISTS_H

#include <libxml/tree.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "src/document/foreign/odt_styles.h"

enum { ODT_N_LEVELS = 10 };

struct odt_list; /* one that was begun */

struct odt_lists {
    const struct odt_styles *styles; /* borrowed */
    struct odt_list *lists;
    size_t n, capacity;
};

void odt_lists_release(struct odt_lists *lists);

/* The list NODE begins, which is in no other; STYLE is that of its paragraphs
 * if it names none. Its place in .lists, or SIZE_MAX if memory is short. */
size_t odt_lists_begin(struct odt_lists *lists, const xmlNode *node);

/* The list NODE, which is in the list AT, is what comes now: it may name
 * another style. Returns the style that was; give it to odt_lists_style
 * when NODE ends. */
struct bytes odt_lists_style(struct odt_lists *lists, size_t at,
                             struct bytes style);

/* The next item of list AT, at LEVEL from 0; START is where it says to begin,
 * or -1. Append its number to NUMBER, nothing for a bullet. */
void odt_lists_next(struct odt_lists *lists, size_t at, unsigned level,
                    long start, struct buffer *number);

#endif
