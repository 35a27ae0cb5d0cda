/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A borrowed run of bytes: a pointer and a length, for members of structs and
 * for arrays. Whoever hands one out says how long it lives. An empty one has
 * length 0 and any pointer. */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

struct bytes {
    const char *data;
    size_t length;
};

/* The bytes of a string that ends in NUL. */
static inline struct bytes bytes_of(const char *string)
{
    return (struct bytes){string, strlen(string)};
}

static inline bool bytes_equal(struct bytes a, struct bytes b)
{
    return a.length == b.length &&
           (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* Whether BYTES begin with START, a string; or are it. */
static inline bool bytes_begin_with(struct bytes bytes, const char *start)
{
    size_t length = strlen(start);

    return bytes.length >= length &&
           (length == 0 || memcmp(bytes.data, start, length) == 0);
}

/* Whether BYTES end with END, a string; or are it. */
static inline bool bytes_end_with(struct bytes bytes, const char *end)
{
    size_t length = strlen(end);

    return bytes.length >= length &&
           (length == 0 ||
            memcmp(bytes.data + bytes.length - length, end, length) == 0);
}

/* Whether BYTES are STRING, or begin or end with it, the case of ASCII letters
 * aside. */
static inline bool bytes_are_nocase(struct bytes bytes, const char *string)
{
    return bytes.length == strlen(string) &&
           strncasecmp(bytes.data, string, bytes.length) == 0;
}

static inline bool bytes_begin_nocase(struct bytes bytes, const char *string)
{
    size_t length = strlen(string);

    return bytes.length >= length &&
           strncasecmp(bytes.data, string, length) == 0;
}

static inline bool bytes_end_nocase(struct bytes bytes, const char *string)
{
    size_t length = strlen(string);

    return bytes.length >= length &&
           strncasecmp(bytes.data + bytes.length - length, string, length) == 0;
}

/* <0, 0, >0: the order of bytes as unsigned, a prefix before what it begins. */
static inline int bytes_compare(struct bytes a, struct bytes b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter ? memcmp(a.data, b.data, shorter) : 0;

    return order ? order : (a.length > b.length) - (a.length < b.length);
}

#endif
