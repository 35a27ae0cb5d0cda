/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Word boundaries of Unicode (UAX #29, section 4), over UTF-8.
 *
 * It cuts a text into segments, of which most are not words: a space, a comma,
 * an emoji are segments too. It does not say what a word is to us; that is
 * src/text/analyzer.c. */
#ifndef TEXT_WORD_BREAK_H
#define TEXT_WORD_BREAK_H

#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

#include <unicode/uchar.h>

enum word_break_rules {
    WORD_BREAK_STANDARD, /* as the standard has it, untailored */
    WORD_BREAK_SEARCH,   /* tailored by changed classes of a few characters,
                            the form of tailoring that the standard foresees:
                            see class_for_search in word_break.c */
};

struct segment {
    size_t end;       /* in the text; behind where it was asked to begin */
    uint32_t classes; /* the WORD_BREAK_BITs of all that is in it */
};

/* The bit of a UWordBreakValues in a set of them. */
#define WORD_BREAK_BIT(class) (UINT32_C(1) << (class))

/* The class of a character, a UWordBreakValues. */
unsigned word_break_class(char32_t c, enum word_break_rules rules);

/* The segment of TEXT that begins at START, which is less than LENGTH and is a
 * boundary: 0, or the end of the segment before. No rule looks back beyond the
 * segment, so there is no other state. Time is linear in the text over all its
 * segments, whatever it holds. */
struct segment word_break_segment(const char *text, size_t length, size_t start,
                                  enum word_break_rules rules);

#endif
