/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/characters.h"

#include "src/text/utf8.h"

#include <unicode/uchar.h>

#include <string.h>

size_t white_length(const char *text, size_t length)
{
    unsigned char first = length ? (unsigned char)text[0] : 'x';
    unsigned char second = length > 1 ? (unsigned char)text[1] : 0;
    unsigned char third = length > 2 ? (unsigned char)text[2] : 0;

    if (first <= ' ' || first == 0x7F)
        return 1;
    switch (first) {
    case 0xC2: /* U+0080 to U+009F, U+00A0 */
        return second <= 0xA0 && length > 1 ? 2 : 0;
    case 0xE1: /* U+1680 */ return second == 0x9A && third == 0x80 ? 3 : 0;
    case 0xE2: /* U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F */
        if (second == 0x80 && length > 2 &&
            (third <= 0x8A || third == 0xA8 || third == 0xA9 || third == 0xAF))
            return 3;
        return second == 0x81 && third == 0x9F ? 3 : 0;
    case 0xE3: /* U+3000 */ return second == 0x80 && third == 0x80 ? 3 : 0;
    default: return 0;
    }
}

/* Where the last character of TEXT, which is not empty, begins. */
static size_t last_start(const char *text, size_t length)
{
    size_t start = length - 1;

    while (start > 0 && length - start < 4 &&
           ((unsigned char)text[start] & 0xC0) == 0x80)
        start--;
    return start;
}

size_t white_length_before(const char *text, size_t length)
{
    size_t start;

    if (length == 0)
        return 0;
    start = last_start(text, length);
    return white_length(text + start, length - start);
}

struct bytes text_trim(struct bytes text)
{
    size_t white;

    while ((white = white_length(text.data, text.length)) > 0) {
        text.data += white;
        text.length -= white;
    }
    while ((white = white_length_before(text.data, text.length)) > 0)
        text.length -= white;
    return text;
}

size_t line_end_length(const char *text, size_t length)
{
    if (length == 0)
        return 0;
    switch ((unsigned char)text[0]) {
    case '\n':
    case '\v':
    case '\f': return 1;
    case '\r': return length > 1 && text[1] == '\n' ? 2 : 1;
    case 0xC2: return length > 1 && text[1] == '\x85' ? 2 : 0;
    case 0xE2:
        return length > 2 && (memcmp(text + 1, "\x80\xa8", 2) == 0 ||
                              memcmp(text + 1, "\x80\xa9", 2) == 0)
                   ? 3
                   : 0;
    default: return 0;
    }
}

char32_t last_character(struct bytes text)
{
    char32_t character = 0;

    if (text.length > 0) {
        size_t start = last_start(text.data, text.length);

        utf8_decode(text.data + start, text.length - start, &character);
    }
    return character;
}

char32_t first_character(struct bytes text)
{
    char32_t character = 0;

    if (text.length > 0)
        utf8_decode(text.data, text.length, &character);
    return character;
}

bool is_letter_or_digit(char32_t character)
{
    return u_isalnum((UChar32)character);
}

bool has_letter_or_digit(struct bytes text)
{
    size_t at = 0;

    while (at < text.length) {
        char32_t character;

        at += utf8_decode(text.data + at, text.length - at, &character);
        if (is_letter_or_digit(character))
            return true;
    }
    return false;
}

static bool is_within(char32_t character, char32_t first, char32_t last)
{
    return character >= first && character <= last;
}

bool is_unspaced(char32_t character)
{
    if (character < 0x2E80)
        return false;
    return is_within(character, 0x2E80, 0x312F) || /* radicals … Bopomofo */
           is_within(character, 0x31A0, 0x9FFF) || /* … unified ideographs */
           is_within(character, 0xF900, 0xFAFF) || /* compatibility */
           is_within(character, 0xFE30, 0xFE4F) || /* vertical forms */
           is_within(character, 0xFF01, 0xFF60) || /* full-width forms */
           is_within(character, 0xFF61, 0xFF9F) || /* half-width Katakana */
           is_within(character, 0x1B000, 0x1B16F) || /* Kana supplement */
           is_within(character, 0x20000, 0x3FFFF);   /* ideographic planes */
}

bool is_hyphen(char32_t character)
{
    return character == '-' || character == 0x2010 || character == 0x2011;
}

/* Punctuation that only closes what is before it. */
static bool is_closer(char32_t character)
{
    switch (u_charType((UChar32)character)) {
    case U_END_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
    case U_INITIAL_PUNCTUATION: return true;
    default:
        return character == '"' || character == '\'' || character == '*' ||
               character == '_';
    }
}

bool ends_clause(struct bytes text, bool commas)
{
    char32_t last = last_character(text);

    while (is_closer(last)) {
        text.length = last_start(text.data, text.length);
        last = last_character(text);
    }
    switch (last) {
    case '.':
    case ';':
    case ':':
    case '!':
    case '?':
    case 0x2026: /* … */
    case 0x061B: /* Arabic semicolon */
    case 0x061F: /* Arabic question mark */
    case 0x06D4: /* Urdu full stop */
    case 0x0964: /* danda */
    case 0x3002: /* ideographic full stop */
    case 0xFF01: /* the full-width ones of ASCII */
    case 0xFF1A:
    case 0xFF1B:
    case 0xFF1F: return true;
    case ',':
    case 0x060C: /* Arabic comma */
    case 0x3001: /* ideographic comma */
    case 0xFF0C: return commas;
    default: return false;
    }
}

/* How many bytes at the start of TEXT are from SET, at most MAX. */
static size_t span_of(struct bytes text, const char *set, size_t max)
{
    size_t length = 0;

    while (length < text.length && length < max && text.data[length] &&
           strchr(set, text.data[length]))
        length++;
    return length;
}

/* The length of the number of an item: digits, a letter, or a Roman number. */
static size_t item_number_length(struct bytes text)
{
    size_t length = span_of(text, "0123456789", 3);

    if (length == 0)
        length = span_of(text, "ivxlIVXL", 5);
    if (length == 0)
        length = span_of(text,
                         "abcdefghijklmnopqrstuvwxyz"
                         "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
                         1);
    return length;
}

bool begins_with_item_mark(struct bytes text)
{
    struct bytes rest;
    size_t length;
    bool bracket;

    switch (first_character(text)) {
    case '-':
    case '*':
    case 0x2013: /* en dash */
    case 0x2022: /* bullet */ return true;
    default: break;
    }
    bracket = text.length > 0 && text.data[0] == '(';
    rest = (struct bytes){text.data + bracket, text.length - bracket};
    length = item_number_length(rest);
    if (length == 0 || length == rest.length)
        return false;
    if (rest.data[length] != ')' && (bracket || rest.data[length] != '.'))
        return false;
    length++;
    return length == rest.length ||
           white_length(rest.data + length, rest.length - length) > 0;
}
