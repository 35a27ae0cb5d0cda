/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is in a part, for the writer that takes it. */
#ifndef INDEX_WRITER_PART_H
#define INDEX_WRITER_PART_H

#include "base/buffer.h"
#include "index/paragraph_terms.h"
#include "index/segment_part.h"
#include "index/writer.h"

/* Where a document begins, or goes on. */
struct document_name {
    struct buffer document, path;
};

/* Which paragraph of which document of the part, both from 1. */
struct part_order {
    uint32_t document, ordinal;
};

struct writer_part {
    struct segment_part *paragraphs;
    struct part_order *orders; /* of each paragraph */
    size_t orders_capacity;
    uint32_t n_paragraphs, n_documents;
    struct document_name first, last;
    size_t text_size;
    uint64_t n_words;
    struct buffer record;
    struct paragraph_terms terms;
};

bool document_name_is(const struct document_name *name, struct bytes document,
                      struct bytes path);

/* False if memory is short. */
bool document_name_set(struct document_name *name, struct bytes document,
                       struct bytes path);

#endif
