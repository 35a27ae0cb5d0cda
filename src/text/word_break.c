/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/text/word_break.h"

#include "src/text/utf8.h"

#include <stdbool.h>

#define BIT WORD_BREAK_BIT

enum {
    /* AHLetter, MidNumLetQ, and the rest of the standard's macros. */
    LETTER = BIT(U_WB_ALETTER) | BIT(U_WB_HEBREW_LETTER),
    MID_NUM_LET = BIT(U_WB_MIDNUMLET) | BIT(U_WB_SINGLE_QUOTE),
    NUMERIC = BIT(U_WB_NUMERIC),
    KATAKANA = BIT(U_WB_KATAKANA),
    CONNECTOR = BIT(U_WB_EXTENDNUMLET),
    NEWLINE = BIT(U_WB_CR) | BIT(U_WB_LF) | BIT(U_WB_NEWLINE),
    IGNORED = BIT(U_WB_EXTEND) | BIT(U_WB_FORMAT) | BIT(U_WB_ZWJ), /* WB4 */
};

static unsigned class_of_ascii(unsigned char c)
{
    if ((unsigned char)((c | 0x20) - 'a') < 26)
        return U_WB_ALETTER;
    if ((unsigned char)(c - '0') < 10)
        return U_WB_NUMERIC;
    switch (c) {
    case ' ': return U_WB_WSEGSPACE;
    case '\n': return U_WB_LF;
    case '\r': return U_WB_CR;
    case '\v':
    case '\f': return U_WB_NEWLINE;
    case '"': return U_WB_DOUBLE_QUOTE;
    case '\'': return U_WB_SINGLE_QUOTE;
    case '.': return U_WB_MIDNUMLET;
    case ',':
    case ';': return U_WB_MIDNUM;
    case ':': return U_WB_MIDLETTER;
    case '_': return U_WB_EXTENDNUMLET;
    default: return U_WB_OTHER;
    }
}

/* The tailoring: CLASS, which the standard gives to C, or another. */
static unsigned class_for_search(char32_t c, unsigned class)
{
    switch (c) {
    /* A colon parts words ("note:see"); it is in words of Swedish only. */
    case ':':
    case 0xFE13:
    case 0xFE55:
    case 0xFF1A: return U_WB_OTHER;
    /* All apostrophes behave as one, the letter U+02BC included, so that the
     * spelling does not decide where a word ends. */
    case 0x02BC:
    case 0x2018:
    case 0x2019:
    case 0xFF07: return U_WB_SINGLE_QUOTE;
    /* The zero-width space says where a line may be broken. It comes from the
     * <wbr> of web pages and stands within words, where it is nothing. */
    case 0x200B: return U_WB_FORMAT;
    /* The narrow no-break space is a space, as before French punctuation and
     * between the thousands; the standard has it join, for Mongolian. */
    case 0x202F: return U_WB_WSEGSPACE;
    default: break;
    }
    /* An underscore parts words, as a space does: snake_case, Name_of_File;
     * what it joined is then found as a phrase. */
    if (class == U_WB_EXTENDNUMLET)
        return U_WB_OTHER;
    /* Subscript digits belong to their word: CO₂. */
    if (c >= 0x2080 && c <= 0x2089)
        return U_WB_NUMERIC;
    return class;
}

unsigned word_break_class(char32_t c, enum word_break_rules rules)
{
    unsigned class =
        c < 0x80
            ? class_of_ascii((unsigned char)c)
            : (unsigned)u_getIntPropertyValue((UChar32)c, UCHAR_WORD_BREAK);

    return rules == WORD_BREAK_SEARCH ? class_for_search(c, class) : class;
}

/* The state within a segment. */
struct cursor {
    const char *text;
    size_t length;
    enum word_break_rules rules;
    size_t at;         /* what is before it belongs to the segment */
    uint32_t previous; /* the bit of the last class that WB4 does not ignore */
    uint32_t raw;      /* of the last, ignored or not */
    bool bridge;       /* what comes next was looked at, and is joined */
    bool flag;         /* two regional indicators were joined */
};

/* The bit of the class of the first character from AT on that WB4 does not
 * ignore; 0 at the end of the text. It is only asked behind a character that
 * stands between two words, and each run of ignored characters has one such
 * character before it, so the whole text is looked at once. */
static uint32_t look_ahead(const struct cursor *cursor, size_t at)
{
    while (at < cursor->length) {
        char32_t c;
        uint32_t bit;

        at += utf8_decode(cursor->text + at, cursor->length - at, &c);
        bit = BIT(word_break_class(c, cursor->rules));
        if (!(bit & IGNORED))
            return bit;
    }
    return 0;
}

/* WB5, WB8 to WB10, WB13 to WB13b: what joins by itself. */
static bool joins(uint32_t left, uint32_t right)
{
    if (left & (LETTER | NUMERIC))
        return right & (LETTER | NUMERIC | CONNECTOR);
    if (left & KATAKANA)
        return right & (KATAKANA | CONNECTOR);
    if (left & CONNECTOR)
        return right & (LETTER | NUMERIC | KATAKANA | CONNECTOR);
    return false;
}

/* WB6, WB7, WB7b, WB7c, WB11, WB12: a MIDDLE that joins what is on both sides
 * of it; AFTER is the place behind it. */
static bool joins_both(const struct cursor *cursor, uint32_t middle,
                       size_t after)
{
    uint32_t wanted = 0;

    if (cursor->previous & LETTER &&
        middle & (BIT(U_WB_MIDLETTER) | MID_NUM_LET))
        wanted = LETTER;
    else if (cursor->previous & NUMERIC &&
             middle & (BIT(U_WB_MIDNUM) | MID_NUM_LET))
        wanted = NUMERIC;
    else if (cursor->previous & BIT(U_WB_HEBREW_LETTER) &&
             middle & BIT(U_WB_DOUBLE_QUOTE))
        wanted = BIT(U_WB_HEBREW_LETTER);
    return wanted && look_ahead(cursor, after) & wanted;
}

/* Whether C, of class BIT and ending at AFTER, belongs to the segment; if so,
 * it is the last of it now. The order of the tests is that of the rules. */
static bool take(struct cursor *cursor, char32_t c, uint32_t bit, size_t after)
{
    bool taken = false, bridge = false;

    if (bit & NEWLINE) {
        taken = false; /* WB3a */
    } else if (cursor->raw & BIT(U_WB_ZWJ) &&
               u_hasBinaryProperty((UChar32)c, UCHAR_EXTENDED_PICTOGRAPHIC)) {
        taken = true; /* WB3c */
    } else if (bit & BIT(U_WB_WSEGSPACE)) {
        taken = cursor->raw & BIT(U_WB_WSEGSPACE); /* WB3d */
    } else if (bit & IGNORED) {
        cursor->raw = bit; /* WB4: what came before stays the previous */
        cursor->at = after;
        return true;
    } else if (cursor->bridge || joins(cursor->previous, bit)) {
        taken = true;
    } else if (joins_both(cursor, bit, after)) {
        taken = bridge = true;
    } else if (cursor->previous & BIT(U_WB_HEBREW_LETTER)) {
        taken = bit & BIT(U_WB_SINGLE_QUOTE); /* WB7a */
    } else if (cursor->previous & bit & BIT(U_WB_REGIONAL_INDICATOR)) {
        taken = !cursor->flag; /* WB15, WB16 */
        cursor->flag = true;
    }
    if (taken) {
        cursor->previous = cursor->raw = bit;
        cursor->bridge = bridge;
        cursor->at = after;
    }
    return taken;
}

struct segment word_break_segment(const char *text, size_t length, size_t start,
                                  enum word_break_rules rules)
{
    struct cursor cursor = {text, length, rules, start, 0, 0, false, false};
    char32_t c;
    uint32_t classes;

    cursor.at += utf8_decode(text + start, length - start, &c);
    classes = cursor.previous = cursor.raw = BIT(word_break_class(c, rules));
    if (classes & NEWLINE) { /* WB3, WB3b */
        if (classes & BIT(U_WB_CR) && cursor.at < length &&
            text[cursor.at] == '\n')
            cursor.at++;
        return (struct segment){cursor.at, classes};
    }
    while (cursor.at < length) {
        size_t after =
            cursor.at + utf8_decode(text + cursor.at, length - cursor.at, &c);
        uint32_t bit = BIT(word_break_class(c, rules));

        if (!take(&cursor, c, bit, after))
            break;
        classes |= bit;
    }
    return (struct segment){cursor.at, classes};
}
