/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/text/utf8.h"

#include <unicode/uchar.h>

#include <stdint.h>
#include <string.h>

/* What the first byte of a sequence says: how many bytes follow it, and
 * between which bounds the second must be (Unicode, table 3-7). The bounds
 * exclude overlong forms, surrogates, and what lies beyond U+10FFFF. */
struct lead {
    unsigned following;
    unsigned char lowest, highest;
    unsigned char payload; /* the bits of the lead itself */
};

static struct lead read_lead(unsigned char byte)
{
    if (byte >= 0xC2 && byte <= 0xDF)
        return (struct lead){1, 0x80, 0xBF, byte & 0x1F};
    if (byte >= 0xE0 && byte <= 0xEF)
        return (struct lead){2, byte == 0xE0 ? 0xA0 : 0x80,
                             byte == 0xED ? 0x9F : 0xBF, byte & 0x0F};
    if (byte >= 0xF0 && byte <= 0xF4)
        return (struct lead){3, byte == 0xF0 ? 0x90 : 0x80,
                             byte == 0xF4 ? 0x8F : 0xBF, byte & 0x07};
    return (struct lead){0, 0, 0, 0};
}

/* The same as utf8_decode, and whether the bytes were well-formed. */
static size_t decode(const char *text, size_t length, char32_t *code_point,
                     bool *well_formed)
{
    const unsigned char *bytes = (const unsigned char *)text;
    struct lead lead;
    char32_t value;
    size_t i;

    *well_formed = true;
    if (bytes[0] < 0x80) {
        *code_point = bytes[0];
        return 1;
    }
    lead = read_lead(bytes[0]);
    value = lead.payload;
    for (i = 1; i <= lead.following && i < length; i++) {
        if (bytes[i] < lead.lowest || bytes[i] > lead.highest)
            break;
        value = value << 6 | (bytes[i] & 0x3F);
        lead.lowest = 0x80;
        lead.highest = 0xBF;
    }
    if (lead.following > 0 && i > lead.following) {
        *code_point = value;
        return i;
    }
    /* The bytes read so far are a maximal subpart. */
    *well_formed = false;
    *code_point = UTF8_REPLACEMENT;
    return i;
}

size_t utf8_decode(const char *text, size_t length, char32_t *code_point)
{
    bool well_formed;

    return decode(text, length, code_point, &well_formed);
}

size_t utf8_encode(char32_t code_point, char bytes[4])
{
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF))
        code_point = UTF8_REPLACEMENT;
    if (code_point < 0x80) {
        bytes[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        bytes[0] = (char)(0xC0 | code_point >> 6);
        bytes[1] = (char)(0x80 | (code_point & 0x3F));
        return 2;
    }
    if (code_point < 0x10000) {
        bytes[0] = (char)(0xE0 | code_point >> 12);
        bytes[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (code_point & 0x3F));
        return 3;
    }
    bytes[0] = (char)(0xF0 | code_point >> 18);
    bytes[1] = (char)(0x80 | (code_point >> 12 & 0x3F));
    bytes[2] = (char)(0x80 | (code_point >> 6 & 0x3F));
    bytes[3] = (char)(0x80 | (code_point & 0x3F));
    return 4;
}

/* How many bytes of TEXT are certainly ASCII: in eights, but at the end. */
static size_t ascii_length(const char *text, size_t length)
{
    const uint64_t high = UINT64_C(0x8080808080808080);
    size_t at = 0;
    uint64_t word;

    for (; length - at >= sizeof word; at += sizeof word) {
        memcpy(&word, text + at, sizeof word);
        if (word & high)
            return at;
    }
    while (at < length && !(text[at] & 0x80))
        at++;
    return at;
}

size_t utf8_valid_length(const char *text, size_t length)
{
    size_t at = 0;
    char32_t code_point;
    bool well_formed;

    while (at < length) {
        size_t size;

        at += ascii_length(text + at, length - at);
        if (at == length)
            break;
        size = decode(text + at, length - at, &code_point, &well_formed);
        if (!well_formed)
            break;
        at += size;
    }
    return at;
}

bool utf8_valid(const char *text, size_t length)
{
    return utf8_valid_length(text, length) == length;
}

size_t utf8_count(const char *text, size_t length)
{
    size_t at = 0, count = 0;
    char32_t code_point;

    while (at < length) {
        at += utf8_decode(text + at, length - at, &code_point);
        count++;
    }
    return count;
}

/* Columns of one code point. The vowels and final consonants of Hangul stand
 * in the cell of the syllable's first consonant. */
static size_t columns_of(char32_t code_point)
{
    UChar32 c = (UChar32)code_point;

    if (c >= 0x20 && c < 0x7F)
        return 1;
    if (U_GET_GC_MASK(c) &
        (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK | U_GC_CC_MASK))
        return 0;
    if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
        return 0;
    switch (u_getIntPropertyValue(c, UCHAR_HANGUL_SYLLABLE_TYPE)) {
    case U_HST_VOWEL_JAMO:
    case U_HST_TRAILING_JAMO: return 0;
    default: break;
    }
    switch (u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH)) {
    case U_EA_WIDE:
    case U_EA_FULLWIDTH: return 2;
    default: return 1;
    }
}

size_t utf8_columns(const char *text, size_t length)
{
    size_t at = 0, columns = 0;
    char32_t code_point;

    while (at < length) {
        at += utf8_decode(text + at, length - at, &code_point);
        columns += columns_of(code_point);
    }
    return columns;
}
