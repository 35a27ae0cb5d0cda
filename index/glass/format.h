/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The small pieces that Glass tables are made of: numbers and keys. The whole
 * format is described in doc/glass.md. Numbers elsewhere than in keys and in
 * the headers of blocks are the LEB128 of base/buffer.h. */
#ifndef INDEX_GLASS_FORMAT_H
#define INDEX_GLASS_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/bytes.h"

enum {
    GLASS_BLOCK_SIZE = 8192,
    GLASS_KEY_MAX = 255, /* bytes; its length is one byte */
    GLASS_REVISION = 1,  /* of all that is written once */

    /* A block begins with a header: revision, level, two measures of its free
     * space, the end of the directory that follows. */
    GLASS_LEVEL_AT = 4,
    GLASS_DIRECTORY_END_AT = 9,
    GLASS_HEADER_SIZE = 11,
    GLASS_ENTRY_SIZE = 2, /* of the directory */

    /* A leaf's item: flags and size, key length, key, component (but for the
     * first), tag. */
    GLASS_ITEM_COMPRESSED = 0x8000,
    GLASS_ITEM_LAST = 0x4000,
    GLASS_ITEM_FIRST = 0x2000,
    GLASS_ITEM_SIZE_MASK = 0x1FFF,
    GLASS_ITEM_MIN = 3, /* what a size of 0 stands for */
    GLASS_COMPONENT_SIZE = 2,

    /* A branch's item: child, key length, key, component. */
    GLASS_CHILD_SIZE = 4,
    GLASS_KEY_LENGTH_SIZE = 1,
    GLASS_LEVELS_MAX = 10, /* that readers have room for */
};

/* What begins the keys of the posting table that are not of terms. No term's
 * key begins so, since a zero byte in a term is followed by FF. */
#define GLASS_KEY_METADATA ((struct bytes){"\0\xC0", 2})
#define GLASS_KEY_VALUE_STATISTICS ((struct bytes){"\0\xD0", 2})
#define GLASS_KEY_VALUES ((struct bytes){"\0\xD8", 2})
#define GLASS_KEY_LENGTHS ((struct bytes){"\0\xE0", 2})

static inline void glass_put16(unsigned char *to, unsigned number)
{
    to[0] = (unsigned char)(number >> 8);
    to[1] = (unsigned char)number;
}

static inline unsigned glass_get16(const unsigned char *from)
{
    return (unsigned)from[0] << 8 | from[1];
}

static inline void glass_put32(unsigned char *to, uint32_t number)
{
    glass_put16(to, number >> 16);
    glass_put16(to + 2, number & 0xFFFF);
}

static inline uint32_t glass_get32(const unsigned char *from)
{
    return (uint32_t)glass_get16(from) << 16 | glass_get16(from + 2);
}

/* Append NUMBER so that the bytes sort as the numbers do: below 8000 (hex) two
 * bytes, the highest first; from there the first byte begins with as many one
 * bits as there are bytes beyond two. */
static inline void glass_append_sortable(struct buffer *buffer, uint32_t number)
{
    static const uint32_t limits[] = {UINT32_C(1) << 15, UINT32_C(1) << 22,
                                      UINT32_C(1) << 29};
    unsigned char bytes[5];
    size_t more = 0, length;

    while (more < 3 && number >= limits[more])
        more++;
    length = more + 2;
    for (size_t i = length; i-- > 0; number >>= 8)
        bytes[i] = (unsigned char)number;
    bytes[0] |= (unsigned char)(0xFF00 >> more);
    buffer_append(buffer, (const char *)bytes, length);
}

/* Read such a number from *AT and go behind it; false if it cannot be one. */
static inline bool glass_read_sortable(const char **at, const char *end,
                                       uint32_t *number)
{
    size_t length = 2;
    uint64_t value;
    unsigned char first;

    if (*at == end)
        return false;
    first = (unsigned char)**at;
    for (unsigned char bit = 0x80; first & bit && length < 6; bit >>= 1)
        length++;
    if (length == 6 || (size_t)(end - *at) < length)
        return false;
    value = first & (0xFF >> (length - 1));
    for (size_t i = 1; i < length; i++)
        value = value << 8 | (unsigned char)(*at)[i];
    *at += length;
    *number = (uint32_t)value;
    return value <= UINT32_MAX;
}

/* Append TERM so that keys sort as terms do: FF follows each zero byte in it.
 */
static inline void glass_append_term(struct buffer *buffer, struct bytes term)
{
    const char *end, *zero;

    if (term.length == 0)
        return;
    end = term.data + term.length;
    while ((zero = memchr(term.data, '\0', (size_t)(end - term.data)))) {
        buffer_append(buffer, term.data, (size_t)(zero + 1 - term.data));
        buffer_append_byte(buffer, '\xFF');
        term.data = zero + 1;
    }
    buffer_append(buffer, term.data, (size_t)(end - term.data));
}

#endif
