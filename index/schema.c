/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/schema.h"

#include <inttypes.h>
#include <stdint.h>

/* What a value that was cut ends in: '#' and the hash in hexadecimal. */
enum { HASH_LENGTH = 17 };

/* FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
static uint64_t fnv1a(struct bytes value)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);

    for (size_t i = 0; i < value.length; i++) {
        hash ^= (unsigned char)value.data[i];
        hash *= UINT64_C(0x100000001B3);
    }
    return hash;
}

static size_t key_size(char byte)
{
    return byte == '\0' ? 2 : 1;
}

size_t schema_term_size(struct bytes term)
{
    size_t size = 0;

    for (size_t i = 0; i < term.length; i++)
        size += key_size(term.data[i]);
    return size;
}

/* How many bytes of VALUE take at most ROOM, ending at a code point, so that
 * other clients see valid UTF-8 wherever the value was. */
static size_t cut(struct bytes value, size_t room)
{
    size_t length = 0, size = 0;

    while (length < value.length) {
        size += key_size(value.data[length]);
        if (size > room)
            break;
        length++;
    }
    while (length > 0 && length < value.length &&
           ((unsigned char)value.data[length] & 0xC0) == 0x80)
        length--;
    return length;
}

void schema_term(struct buffer *buffer, const char *prefix, struct bytes value)
{
    size_t room = TERM_MAX - strlen(prefix);

    buffer_append_string(buffer, prefix);
    if (value.length <= room && schema_term_size(value) <= room) {
        buffer_append(buffer, value.data, value.length);
        return;
    }
    buffer_append(buffer, value.data, cut(value, room - HASH_LENGTH));
    buffer_append_format(buffer, "#%016" PRIx64, fnv1a(value));
}

void schema_address_term(struct buffer *buffer, struct bytes address)
{
    buffer_append_string(buffer, TERM_ADDRESS);
    buffer_append_format(buffer, "%04x", (unsigned)(fnv1a(address) & 0xFFFF));
}

size_t schema_date(struct bytes date, char fill, char digits[8])
{
    size_t n_digits = 0;

    if (date.length != 4 && date.length != 7 && date.length != 10)
        return 0;
    memset(digits, fill, 8);
    for (size_t i = 0; i < date.length; i++) {
        char byte = date.data[i];

        if (i == 4 || i == 7) {
            if (byte != '-')
                return 0;
        } else if (byte < '0' || byte > '9') {
            return 0;
        } else {
            digits[n_digits++] = byte;
        }
    }
    return n_digits;
}
