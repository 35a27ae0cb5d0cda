/* SPDX-License-Identifier: GPL-2.0-or-later */
/* UTF-8, one code point at a time, surviving anything.
 *
 * What is not well-formed decodes as U+FFFD, one for each maximal subpart, as
 * the Unicode Standard (section 3.9, table 3-7) recommends. */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

enum { UTF8_REPLACEMENT = 0xFFFD };

/* The code point at the start of TEXT, LENGTH at least 1 byte, into
 * *CODE_POINT. Returns how many bytes it takes, from 1 to 4. */
size_t utf8_decode(const char *text, size_t length, char32_t *code_point);

/* CODE_POINT as UTF-8 into BYTES; a surrogate or a number beyond U+10FFFF as
 * U+FFFD. Returns how many bytes it takes, from 1 to 4. */
size_t utf8_encode(char32_t code_point, char bytes[4]);

/* How many bytes of TEXT stand before what is not well-formed. */
size_t utf8_valid_length(const char *text, size_t length);

/* Whether all of TEXT is well-formed. */
bool utf8_valid(const char *text, size_t length);

/* How many code points TEXT has, ill-formed parts counted as decoded. */
size_t utf8_count(const char *text, size_t length);

/* How many columns of a terminal TEXT takes: none for combining and
 * zero-width characters, two for wide ones (East Asian Width, UAX #11). */
size_t utf8_columns(const char *text, size_t length);

#endif
