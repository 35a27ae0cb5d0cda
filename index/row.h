/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A phrase of single words as a row of bytes: the numbers of its words, as they
 * stand in a paragraph of a forward index. */
#ifndef INDEX_ROW_H
#define INDEX_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

struct row {
    struct buffer bytes;
    size_t anchor; /* the byte to look for: one of those that are rarest */
    uint32_t anchor_number;
};

#define ROW_EMPTY ((struct row){BUFFER_EMPTY, 0, 0})

void row_release(struct row *row);

/* Append a word by its number. Being out of memory is told by .bytes.failed. */
void row_append(struct row *row, uint32_t number);

/* Whether the row, which is not empty, stands in the tokens from AT to END, of
 * which none has a zero byte. */
bool row_find(const struct row *row, const unsigned char *at,
              const unsigned char *end);

#endif
