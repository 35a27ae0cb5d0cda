/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The few facts about code points that the query language and the layout of
 * results need besides what the analyzer knows of words. */
#ifndef QUERY_CHARACTERS_H
#define QUERY_CHARACTERS_H

#include <stdbool.h>
#include <uchar.h>

#include "base/ascii.h"

/* White space as the property White_Space of Unicode (PropList.txt) has it. */
static inline bool is_white_space(char32_t c)
{
    return (c >= 0x09 && c <= 0x0D) || c == ' ' || c == 0x85 || c == 0xA0 ||
           c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* C0 and C1 controls and DEL: what a terminal might obey. */
static inline bool is_control(char32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

/* Marks of direction, joiners, and the byte order mark: they show nothing, and
 * come with text that was pasted. */
static inline bool is_invisible_mark(char32_t c)
{
    return (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}

/* The embeddings, overrides and isolates of the bidirectional algorithm (UAX
 * #9). Unclosed, they turn round what is printed after them. */
static inline bool is_bidi_control(char32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* A letter or digit that makes one word with those beside it, of the scripts
 * that part words by spaces; roughly, for telling mistakes. */
static inline bool joins_words(char32_t c)
{
    return is_ascii_alphanumeric(c) || (c >= 0xC0 && c < 0xE00 && c != 0xD7);
}

/* Ideographs and kana, between which a line may end and a text be cut; not the
 * punctuation that must not begin a line. */
static inline bool is_unspaced(char32_t c)
{
    return (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FA) ||
           (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

#endif
