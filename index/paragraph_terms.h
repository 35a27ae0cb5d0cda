/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of a paragraph apart from its words, as the boolean terms and
 * the values of index/schema.h. */
#ifndef INDEX_PARAGRAPH_TERMS_H
#define INDEX_PARAGRAPH_TERMS_H

#include "base/buffer.h"
#include "base/status.h"
#include "index/paragraph.h"
#include "index/segment_part.h"

/* What is kept from one paragraph of a part to the next, which mostly has the
 * same terms but for its address. All zeros is empty. */
struct paragraph_terms {
    struct buffer facts, facts_before; /* of which all other terms are made */
    size_t n_shared;                   /* how many these are */
    struct buffer term, address;
};

/* Add the terms and values of PARAGRAPH to the one that PART has begun, as the
 * first of all. MEMORY. */
enum status paragraph_terms_add(struct paragraph_terms *terms,
                                const struct paragraph *paragraph,
                                struct segment_part *part,
                                struct failure *failure);

/* Forget the paragraph before: PART was cleared. */
void paragraph_terms_clear(struct paragraph_terms *terms);
void paragraph_terms_release(struct paragraph_terms *terms);

#endif
