/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/text/fold.h"

#include "base/ascii.h"
#include "src/text/utf8.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    /* UTF-16 units. No byte of UTF-8 folds to more than six (U+FDFA, three
     * bytes, to 18), so that nothing overflows. */
    UNITS = FOLD_MAX_BYTES * 6 + 16,
    SIMPLE_FIRST = 0x80, /* the two-byte sequences of UTF-8: */
    SIMPLE_LAST = 0x7FF, /* Latin, Greek, Cyrillic, Hebrew, Arabic */
    SIMPLE_UNKNOWN = 0,  /* not asked yet */
    SIMPLE_NO = 0xFFFF,  /* it may change with its neighbours */
};

struct folder {
    const UNormalizer2 *nfkc_casefold, *nfd, *nfc;   /* ICU's, never freed */
    uint16_t simple[SIMPLE_LAST - SIMPLE_FIRST + 1]; /* filled when asked */
    UChar source[UNITS], target[UNITS];
};

enum status folder_new(struct folder **folder, struct failure *failure)
{
    UErrorCode error = U_ZERO_ERROR;
    struct folder *made = calloc(1, sizeof *made);

    *folder = NULL;
    if (!made)
        return fail_memory(failure);
    made->nfkc_casefold = unorm2_getNFKCCasefoldInstance(&error);
    made->nfd = unorm2_getNFDInstance(&error);
    made->nfc = unorm2_getNFCInstance(&error);
    if (U_FAILURE(error)) {
        free(made);
        return fail(failure, STATUS_IO, "cannot load the data of ICU: %s",
                    u_errorName(error));
    }
    *folder = made;
    return STATUS_OK;
}

void folder_free(struct folder *folder)
{
    free(folder);
}

static bool is_apostrophe(char32_t c)
{
    return c == 0x2019 || c == 0x2018 || c == 0x02BC;
}

/* LENGTH, or if that is more than LIMIT, the largest length up to it that does
 * not end inside a UTF-8 sequence. */
static size_t cut_at(const char *text, size_t length, size_t limit)
{
    if (length <= limit)
        return length;
    while (limit > 0 && ((unsigned char)text[limit] & 0xC0) == 0x80)
        limit--;
    return limit;
}

static int32_t to_utf16(const char *text, size_t length, UChar *units)
{
    size_t at = 0;
    int32_t n_units = 0;

    while (at < length) {
        char32_t c;

        at += utf8_decode(text + at, length - at, &c);
        U16_APPEND_UNSAFE(units, n_units, c);
    }
    return n_units;
}

/* Append C to BYTES, of *LENGTH; false if CAPACITY does not allow it. */
static bool append(char *bytes, size_t *length, size_t capacity, char32_t c)
{
    char encoded[4];
    size_t size;

    if (capacity - *length >= sizeof encoded) {
        *length += utf8_encode(c, bytes + *length);
        return true;
    }
    size = utf8_encode(c, encoded);
    if (size > capacity - *length)
        return false;
    memcpy(bytes + *length, encoded, size);
    *length += size;
    return true;
}

static size_t to_utf8(const UChar *units, int32_t n_units, char *bytes,
                      size_t capacity)
{
    size_t length = 0;
    int32_t at = 0;

    while (at < n_units) {
        UChar32 c;

        U16_NEXT(units, at, n_units, c);
        if (!append(bytes, &length, capacity,
                    is_apostrophe((char32_t)c) ? '\'' : (char32_t)c))
            break;
    }
    return length;
}

/* What C folds to if that is one character whatever stands beside it. */
static uint16_t find_simple(const struct folder *folder, char32_t c)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar source = (UChar)c, target[32];
    int32_t length;

    if (is_apostrophe(c))
        return '\'';
    length =
        unorm2_normalize(folder->nfkc_casefold, &source, 1, target, 32, &error);
    if (U_FAILURE(error) || length != 1 || U16_IS_SURROGATE(target[0]) ||
        !unorm2_hasBoundaryBefore(folder->nfkc_casefold, target[0]))
        return SIMPLE_NO;
    return target[0];
}

/* Most words are made of characters that fold one by one. False if TEXT is
 * not; then WORD holds nothing of use. */
static bool fold_simply(struct folder *folder, const char *text, size_t length,
                        char *word, size_t capacity, size_t *word_length)
{
    size_t at = 0;

    *word_length = 0;
    while (at < length) {
        char32_t c;

        at += utf8_decode(text + at, length - at, &c);
        if (c < SIMPLE_FIRST) {
            c |= (char32_t)is_ascii_capital(c) << 5;
        } else if (c <= SIMPLE_LAST) {
            uint16_t *simple = &folder->simple[c - SIMPLE_FIRST];

            if (*simple == SIMPLE_UNKNOWN)
                *simple = find_simple(folder, c);
            if (*simple == SIMPLE_NO)
                return false;
            c = *simple;
        } else if (is_apostrophe(c)) {
            c = '\'';
        } else if (!unorm2_isInert(folder->nfkc_casefold, (UChar32)c)) {
            return false;
        }
        if (c == ' ')
            return false;
        if (!append(word, word_length, capacity, c))
            break;
    }
    return true;
}

/* Normalize SOURCE, of N_UNITS, into TARGET. */
static int32_t normalize(const UNormalizer2 *form, const UChar *source,
                         int32_t n_units, UChar *target)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t length =
        unorm2_normalize(form, source, n_units, target, UNITS, &error);

    return U_FAILURE(error) ? 0 : length;
}

static int32_t remove_spaces(UChar *units, int32_t n_units)
{
    int32_t i, kept = 0;

    for (i = 0; i < n_units; i++)
        if (units[i] != ' ')
            units[kept++] = units[i];
    return kept;
}

/* The standard (D147) has NFD go first, for the iota subscript: it is a mark
 * that folds to a letter, behind which no mark can be put in order again. */
static size_t fold_fully(struct folder *folder, const char *text, size_t length,
                         char *word, size_t capacity)
{
    int32_t n_units = to_utf16(text, length, folder->source), n_kept;

    n_units = normalize(folder->nfd, folder->source, n_units, folder->target);
    n_units = normalize(folder->nfkc_casefold, folder->target, n_units,
                        folder->source);
    n_kept = remove_spaces(folder->source, n_units);
    if (n_kept == n_units)
        return to_utf8(folder->source, n_units, word, capacity);
    /* Marks that stood on a space may now stand on a letter. */
    n_units = normalize(folder->nfkc_casefold, folder->source, n_kept,
                        folder->target);
    return to_utf8(folder->target, n_units, word, capacity);
}

static bool is_of_a_word(char32_t c)
{
    if (c < 0x80)
        return (unsigned char)((c | 0x20) - 'a') < 26 ||
               (unsigned char)(c - '0') < 10;
    return U_GET_GC_MASK((UChar32)c) &
           (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK);
}

/* Remove what is not of a word at both ends: (1) is what ⑴ folds to. */
static size_t trim(char *word, size_t length)
{
    size_t start = 0, end = length;
    char32_t c;

    while (start < length) {
        size_t size = utf8_decode(word + start, length - start, &c);

        if (is_of_a_word(c))
            break;
        start += size;
    }
    while (end > start) {
        size_t last = end - 1;

        while (last > start && ((unsigned char)word[last] & 0xC0) == 0x80)
            last--;
        utf8_decode(word + last, end - last, &c);
        if (is_of_a_word(c))
            break;
        end = last;
    }
    if (start > 0)
        memmove(word, word + start, end - start);
    return end - start;
}

/* As much as SHORTER takes of TEXT without what folds to nothing, so that it
 * does not depend on soft hyphens where a long word is cut. */
static size_t shorten(const char *text, size_t length,
                      char shorter[FOLD_MAX_BYTES])
{
    size_t at = 0, kept = 0;

    while (at < length) {
        char32_t c;

        at += utf8_decode(text + at, length - at, &c);
        if (c >= 0x80 &&
            u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
            continue;
        if (!append(shorter, &kept, FOLD_MAX_BYTES, c))
            break;
    }
    return kept;
}

size_t fold_word(struct folder *folder, const char *text, size_t length,
                 char *word, size_t capacity)
{
    char shorter[FOLD_MAX_BYTES];
    size_t word_length;

    if (length > FOLD_MAX_BYTES) {
        length = shorten(text, length, shorter);
        text = shorter;
    }
    if (!fold_simply(folder, text, length, word, capacity, &word_length))
        word_length = fold_fully(folder, text, length, word, capacity);
    return trim(word, word_length);
}

/* Letters of the Latin script that Unicode does not take apart, and alef with
 * wasla. */
static const char *plain_letter(UChar32 c)
{
    switch (c) {
    case 0x00E6: return "ae";
    case 0x00F0: return "d"; /* eth */
    case 0x00F8: return "o";
    case 0x00FE: return "th"; /* thorn */
    case 0x0111: return "d";
    case 0x0127: return "h";
    case 0x0131: return "i"; /* without a dot */
    case 0x0142: return "l";
    case 0x014B: return "n"; /* eng */
    case 0x0153: return "oe";
    case 0x0167: return "t";
    case 0x0671: return "\xD8\xA7"; /* alef */
    default: return NULL;
    }
}

static bool is_cyrillic_vowel(UChar32 c)
{
    switch (c) {
    case 0x0430: /* а */
    case 0x0435: /* е */
    case 0x0438: /* и */
    case 0x043E: /* о */
    case 0x0443: /* у */
    case 0x044B: /* ы */
    case 0x044D: /* э */
    case 0x044E: /* ю */
    case 0x044F: /* я */
    case 0x0454: /* є */
    case 0x0456: /* і */
    case 0x0457: /* ї */ return true;
    default: return false;
    }
}

/* Whether MARK, a nonspacing mark, is an accent to the letter BASE. */
static bool is_accent(UChar32 base, UChar32 mark)
{
    UErrorCode error = U_ZERO_ERROR;

    switch ((int)uscript_getScript(base, &error)) {
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW: return true;
    case USCRIPT_CYRILLIC:
        return (base == 0x0435 && mark == 0x0308) ||
               ((mark == 0x0300 || mark == 0x0301) && is_cyrillic_vowel(base));
    default: return false;
    }
}

/* Copy SOURCE, which is decomposed, into TARGET, leaving out the accents.
 * A letter is replaced by two at most, and so the result fits where its UTF-8
 * did. */
static int32_t drop_accents(const UChar *source, int32_t n_units, UChar *target)
{
    int32_t at = 0, length = 0;
    UChar32 base = 0;

    while (at < n_units) {
        const char *plain;
        UChar32 c;

        U16_NEXT(source, at, n_units, c);
        if (u_charType(c) == U_NON_SPACING_MARK) {
            if (is_accent(base, c))
                continue;
        } else {
            base = c;
        }
        plain = plain_letter(c);
        if (plain)
            length += to_utf16(plain, strlen(plain), target + length);
        else if (c != 0x0640) /* tatweel only stretches the line */
            U16_APPEND_UNSAFE(target, length, c);
    }
    return length;
}

static bool is_ascii(const char *text, size_t length)
{
    size_t i;
    unsigned char all = 0;

    for (i = 0; i < length; i++)
        all |= (unsigned char)text[i];
    return all < 0x80;
}

size_t fold_accents(struct folder *folder, const char *word, size_t length,
                    char *plain, size_t capacity)
{
    int32_t n_units;

    length = cut_at(word, length, FOLD_MAX_BYTES);
    if (is_ascii(word, length)) {
        length = length < capacity ? length : capacity;
        memcpy(plain, word, length);
        return length;
    }
    n_units = to_utf16(word, length, folder->source);
    n_units = normalize(folder->nfd, folder->source, n_units, folder->target);
    n_units = drop_accents(folder->target, n_units, folder->source);
    n_units = normalize(folder->nfc, folder->source, n_units, folder->target);
    return to_utf8(folder->target, n_units, plain, capacity);
}
