/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory that grows: a buffer of bytes whose appends are sticky in failure,
 * and the one place that enlarges an array of anything.
 *
 * After a failed allocation a buffer ignores further appends, so that a chain
 * of them is checked once, at its end. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

struct buffer {
    char *data; /* owned; NULL while nothing was appended */
    size_t length;
    size_t capacity;
    bool failed; /* an append ran out of memory or would have overflowed */
};

#define BUFFER_EMPTY ((struct buffer){NULL, 0, 0, false})

void buffer_release(struct buffer *buffer);

/* Forget the content and the failure, keep the memory. */
void buffer_clear(struct buffer *buffer);

/* Make room for MORE bytes after the content. False (and failed) if memory
 * is short. */
bool buffer_reserve(struct buffer *buffer, size_t more);

void buffer_append(struct buffer *buffer, const char *data, size_t length);
void buffer_append_byte(struct buffer *buffer, char byte);
void buffer_append_string(struct buffer *buffer, const char *string);
void buffer_append_format(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* NUMBER as LEB128: seven bits a byte, the lowest first, the high bit set on
 * all but the last. At most ten bytes. */
void buffer_append_slowly(struct buffer *buffer, uint64_t number);
static inline void buffer_append_varint(struct buffer *buffer, uint64_t number)
{
    enum { MOST = 10 };
    char *at;

    if (buffer->failed || buffer->capacity - buffer->length < MOST) {
        buffer_append_slowly(buffer, number);
        return;
    }
    at = buffer->data + buffer->length;
    for (; number >= 0x80; number >>= 7)
        *at++ = (char)(number | 0x80);
    *at++ = (char)number;
    buffer->length = (size_t)(at - buffer->data);
}

/* Read such a number from *CURSOR, which does not pass END, and advance the
 * cursor behind it. False, with the cursor where it was, if the bytes end
 * early or the number needs more than 64 bits. */
bool varint_read_long(const char **cursor, const char *end, uint64_t *number);
static inline bool varint_read(const char **cursor, const char *end,
                               uint64_t *number)
{
    const unsigned char *at = (const unsigned char *)*cursor;

    /* As nearly always. */
    if (end - *cursor >= 2 && !(at[0] & at[1] & 0x80)) {
        *number = at[0] & 0x7F;
        if (at[0] & 0x80)
            *number |= (uint64_t)at[1] << 7;
        *cursor += 1 + (at[0] >> 7);
        return true;
    }
    return varint_read_long(cursor, end, number);
}

/* The content, borrowed until the buffer's next change. */
static inline struct bytes buffer_bytes(const struct buffer *buffer)
{
    return (struct bytes){buffer->data, buffer->length};
}

/* Let *ITEMS, an array of *CAPACITY items of ITEM_SIZE bytes that
 * came from malloc or is NULL, hold at least WANTED items; it grows by half, so
 * that appending one by one costs a constant each. Returns false and leaves
 * all as it was if memory is short or the size overflows. */
bool array_grow(void *items, size_t *capacity, size_t wanted, size_t item_size);

#endif
