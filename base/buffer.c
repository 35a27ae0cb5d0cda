/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool array_grow(void *items, size_t *capacity, size_t wanted, size_t item_size)
{
    size_t room = *capacity, size;
    void *old, *grown;

    if (wanted <= room)
        return true;
    if (__builtin_add_overflow(room, room / 2 + 16, &room) || room < wanted)
        room = wanted;
    if (__builtin_mul_overflow(room, item_size, &size))
        return false;
    /* ITEMS points to a pointer of the caller's own type. */
    memcpy(&old, items, sizeof old);
    grown = realloc(old, size);
    if (!grown)
        return false;
    memcpy(items, &grown, sizeof grown);
    *capacity = room;
    return true;
}

void buffer_release(struct buffer *buffer)
{
    free(buffer->data);
    *buffer = BUFFER_EMPTY;
}

void buffer_clear(struct buffer *buffer)
{
    buffer->length = 0;
    buffer->failed = false;
}

bool buffer_reserve(struct buffer *buffer, size_t more)
{
    size_t wanted;

    if (buffer->failed)
        return false;
    if (__builtin_add_overflow(buffer->length, more, &wanted) ||
        !array_grow(&buffer->data, &buffer->capacity, wanted, 1))
        buffer->failed = true;
    return !buffer->failed;
}

void buffer_append(struct buffer *buffer, const char *data, size_t length)
{
    if (length == 0)
        return;
    /* Mostly there is room, and no need to ask for it. */
    if ((buffer->failed || buffer->capacity - buffer->length < length) &&
        !buffer_reserve(buffer, length))
        return;
    memcpy(buffer->data + buffer->length, data, length);
    buffer->length += length;
}

void buffer_append_byte(struct buffer *buffer, char byte)
{
    buffer_append(buffer, &byte, 1);
}

void buffer_append_string(struct buffer *buffer, const char *string)
{
    buffer_append(buffer, string, strlen(string));
}

void buffer_append_format(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        buffer->failed = true;
        return;
    }
    /* One more for the NUL that vsnprintf insists on. */
    if (!buffer_reserve(buffer, (size_t)length + 1))
        return;
    va_start(arguments, format);
    vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format,
              arguments);
    va_end(arguments);
    buffer->length += (size_t)length;
}

void buffer_append_slowly(struct buffer *buffer, uint64_t number)
{
    char bytes[10];
    size_t length = 0;

    while (number >= 0x80) {
        bytes[length++] = (char)(number | 0x80);
        number >>= 7;
    }
    bytes[length++] = (char)number;
    buffer_append(buffer, bytes, length);
}

bool varint_read_long(const char **cursor, const char *end, uint64_t *number)
{
    const unsigned char *at = (const unsigned char *)*cursor;
    uint64_t value = 0;
    unsigned shift;

    for (shift = 0; shift < 64; shift += 7, at++) {
        if (at == (const unsigned char *)end)
            return false;
        if (shift == 63 && *at > 1)
            return false;
        value |= (uint64_t)(*at & 0x7F) << shift;
        if (*at < 0x80) {
            *cursor = (const char *)at + 1;
            *number = value;
            return true;
        }
    }
    return false;
}
