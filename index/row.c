/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/row.h"

#include <string.h>

void row_release(struct row *row)
{
    buffer_release(&row->bytes);
    *row = ROW_EMPTY;
}

void row_append(struct row *row, uint32_t number)
{
    /* Common words have low numbers. A byte that others follow (its high bit
     * is set) is rarer than one that ends a number: most words of a text are
     * common enough for numbers of one byte. */
    if (number > row->anchor_number) {
        row->anchor_number = number;
        row->anchor = row->bytes.length;
    }
    buffer_append_varint(&row->bytes, number);
}

bool row_find(const struct row *row, const unsigned char *at,
              const unsigned char *end)
{
    const unsigned char *bytes = (const unsigned char *)row->bytes.data;
    const unsigned char *next = at;
    size_t length = row->bytes.length;

    if ((size_t)(end - at) < length)
        return false;
    next += row->anchor;
    end -= length - row->anchor - 1; /* of where the anchor can stand */
    while ((next = memchr(next, bytes[row->anchor], (size_t)(end - next)))) {
        const unsigned char *first = next - row->anchor;

        /* Not in the middle of a number. */
        if (memcmp(first, bytes, length) == 0 &&
            (first == at || first[-1] < 0x80))
            return true;
        next++;
    }
    return false;
}
