/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts in test data in which brackets stand around the matches. */
#ifndef TESTS_MARKED_H
#define TESTS_MARKED_H

#include "base/buffer.h"
#include "src/result/spans.h"

/* TEXT without its brackets into PLAIN, and where they were into SPANS. */
static inline bool read_marked(struct bytes text, struct buffer *plain,
                               struct spans *spans)
{
    size_t i;

    for (i = 0; i < text.length; i++) {
        if (text.data[i] == '[') {
            if (!array_grow(&spans->items, &spans->capacity, spans->n_items + 1,
                            sizeof *spans->items))
                return false;
            spans->items[spans->n_items++].start = plain->length;
        } else if (text.data[i] == ']' && spans->n_items > 0) {
            spans->items[spans->n_items - 1].end = plain->length;
        } else {
            buffer_append_byte(plain, text.data[i]);
        }
    }
    return !plain->failed;
}

#endif
