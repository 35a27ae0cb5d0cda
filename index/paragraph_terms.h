/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of a paragraph apart from its words, as the boolean terms and
 * the values of index/schema.h. */
#ifndef INDEX_PARAGRAPH_TERMS_H
#define INDEX_PARAGRAPH_TERMS_H

#include "base/status.h"
#include "index/paragraph.h"
#include "index/segment_part.h"

/* Add those of PARAGRAPH, to the one that PART has
 * begun. MEMORY. */
enum status paragraph_terms_add(const struct paragraph *paragraph,
                                struct segment_part *part,
                                struct failure *failure);

#endif
