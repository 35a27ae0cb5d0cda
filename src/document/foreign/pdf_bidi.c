/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the order in which characters stand on a page to the order in which they
 * are read: the Unicode bidirectional algorithm (UAX #9) backwards, by ICU. */
#include <config.h>

#include "src/document/foreign/pdf_parts.h"

#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>

#include <stdlib.h>
#include <string.h>

bool pdf_is_rtl(char32_t code)
{
    UCharDirection direction;

    if (code < 0x590)
        return false;
    direction = u_charDirection((UChar32)code);
    return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
}

/* Numbers of Arabic, whose order is settled by what is around them. */
static bool is_directed(const struct pdf_sign *signs, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++)
        if (signs[i].code >= 0x590 &&
            (pdf_is_rtl(signs[i].code) ||
             u_charDirection((UChar32)signs[i].code) == U_ARABIC_NUMBER))
            return true;
    return false;
}

/* What the algorithm sees, one UTF-16 unit a sign: those that need two are
 * replaced by one that is treated alike. */
static void fill_units(UChar *units, const struct pdf_sign *signs, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++) {
        char32_t code = signs[i].code;

        if (code > 0xFFFF)
            code = pdf_is_rtl(code) ? 0x5D0 : 'a';
        units[i] = (UChar)code;
    }
}

static void reorder(struct pdf_sign *signs, const struct pdf_sign *copy,
                    size_t n, const int32_t *places, const UBiDiLevel *levels)
{
    size_t i;

    for (i = 0; i < n; i++) {
        struct pdf_sign sign = copy[i];
        size_t to =
            places[i] >= 0 && (size_t)places[i] < n ? (size_t)places[i] : i;

        if (levels[i] & 1)
            sign.code = (char32_t)u_charMirror((UChar32)sign.code);
        signs[to] = sign;
    }
}

/* Whether SIGN parts words: a space, or punctuation that no word begins with.
 */
static bool parts_words(char32_t code)
{
    return code == ' ' || code == '.' || code == ',' || code == ';' ||
           code == ':' || code == 0x60C || code == 0x61B;
}

/* Some programs write a bracket as it is read, others as it is seen. Which one
 * it is follows from where the space is: before what opens, behind what
 * closes. */
static void turn_brackets(struct pdf_sign *signs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        UChar32 code = (UChar32)signs[i].code;
        int type = u_getIntPropertyValue(code, UCHAR_BIDI_PAIRED_BRACKET_TYPE);
        bool before = i == 0 || parts_words(signs[i - 1].code);
        bool after = i + 1 == n || parts_words(signs[i + 1].code);

        if ((type == U_BPT_OPEN && after && !before) ||
            (type == U_BPT_CLOSE && before && !after))
            signs[i].code = (char32_t)u_getBidiPairedBracket(code);
    }
}

enum status pdf_read_order(struct pdf_sign *signs, size_t n, bool rtl,
                           struct failure *failure)
{
    UErrorCode error = U_ZERO_ERROR;
    struct pdf_sign *copy = NULL;
    const UBiDiLevel *levels;
    int32_t *places = NULL;
    UChar *units = NULL;
    UBiDi *bidi = NULL;
    enum status status = STATUS_OK;

    if (n == 0 || n > INT32_MAX / 4 || (!rtl && !is_directed(signs, n)))
        return STATUS_OK;
    copy = calloc(n, sizeof *copy);
    places = calloc(n, sizeof *places);
    units = calloc(n, sizeof *units);
    bidi = ubidi_open();
    if (!copy || !places || !units || !bidi) {
        status = fail_memory(failure);
        goto out;
    }
    memcpy(copy, signs, n * sizeof *copy);
    fill_units(units, signs, n);
    ubidi_setReorderingMode(bidi, UBIDI_REORDER_INVERSE_LIKE_DIRECT);
    ubidi_setPara(bidi, units, (int32_t)n, rtl, NULL, &error);
    levels = ubidi_getLevels(bidi, &error);
    ubidi_getLogicalMap(bidi, places, &error);
    if (U_SUCCESS(error)) {
        reorder(signs, copy, n, places, levels);
        turn_brackets(signs, n);
    } else if (error == U_MEMORY_ALLOCATION_ERROR) {
        status = fail_memory(failure);
    }
out:
    if (bidi)
        ubidi_close(bidi);
    free(units);
    free(places);
    free(copy);
    return status;
}
