/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Digits and letters of ASCII, whatever the locale. C is a byte or a code
 * point; a byte of UTF-8 beyond ASCII is neither, signed or not. */
#ifndef BASE_ASCII_H
#define BASE_ASCII_H

#include <stdbool.h>
#include <uchar.h>

static inline bool is_ascii_digit(char32_t c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_ascii_small(char32_t c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool is_ascii_capital(char32_t c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool is_ascii_letter(char32_t c)
{
    return is_ascii_small(c | 0x20);
}

static inline bool is_ascii_alphanumeric(char32_t c)
{
    return is_ascii_letter(c) || is_ascii_digit(c);
}

#endif
