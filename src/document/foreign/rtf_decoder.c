/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Code pages by ICU. A character of two bytes can be written as two tokens, so
 * bytes are gathered before they are decoded. */
#include <config.h>

#include "src/document/foreign/rtf_decoder.h"

#include "src/text/utf8.h"

#include <unicode/ucnv.h>

#include <stdio.h>
#include <string.h>

void rtf_decoder_release(struct rtf_decoder *decoder)
{
    size_t i;

    for (i = 0; i < decoder->n_converters; i++)
        if (decoder->converters[i].converter)
            ucnv_close(decoder->converters[i].converter);
    decoder->n_converters = 0;
    buffer_release(&decoder->bytes);
    buffer_release(&decoder->text);
}

static UConverter *open_converter(long code_page)
{
    UErrorCode error = U_ZERO_ERROR;
    UConverter *converter;
    char name[32];

    snprintf(name, sizeof name, "windows-%ld", code_page);
    if (code_page == 10000)
        strcpy(name, "macintosh");
    else if (code_page == 65001)
        strcpy(name, "UTF-8");
    converter = ucnv_open(name, &error);
    if (U_FAILURE(error)) {
        error = U_ZERO_ERROR;
        snprintf(name, sizeof name, "cp%ld", code_page);
        converter = ucnv_open(name, &error);
    }
    if (U_FAILURE(error)) {
        error = U_ZERO_ERROR;
        converter = ucnv_open("windows-1252", &error);
    }
    return U_FAILURE(error) ? NULL : converter;
}

static UConverter *find_converter(struct rtf_decoder *decoder, long code_page)
{
    size_t i;

    for (i = 0; i < decoder->n_converters; i++)
        if (decoder->converters[i].code_page == code_page)
            return decoder->converters[i].converter;
    if (i == RTF_MAX_CONVERTERS) {
        i--;
        if (decoder->converters[i].converter)
            ucnv_close(decoder->converters[i].converter);
    } else {
        decoder->n_converters++;
    }
    decoder->converters[i].code_page = code_page;
    decoder->converters[i].converter = open_converter(code_page);
    return decoder->converters[i].converter;
}

static void append_character(struct rtf_decoder *decoder, char32_t character)
{
    char bytes[4];

    buffer_append(&decoder->text, bytes, utf8_encode(character, bytes));
}

/* Decode the bytes that were gathered. */
static void flush(struct rtf_decoder *decoder)
{
    const char *at = decoder->bytes.data, *end;
    UConverter *converter;

    if (decoder->bytes.length == 0)
        return;
    end = at + decoder->bytes.length;
    converter = find_converter(decoder, decoder->code_page);
    if (converter)
        ucnv_resetToUnicode(converter);
    while (at < end) {
        UErrorCode error = U_ZERO_ERROR;
        UChar32 character = converter
                                ? ucnv_getNextUChar(converter, &at, end, &error)
                                : UTF8_REPLACEMENT;

        if (error == U_INDEX_OUTOFBOUNDS_ERROR)
            break;
        if (!converter)
            at++;
        append_character(decoder, U_FAILURE(error) ? UTF8_REPLACEMENT
                                                   : (char32_t)character);
    }
    buffer_clear(&decoder->bytes);
}

static bool is_ascii(struct bytes bytes)
{
    size_t i;

    for (i = 0; i < bytes.length; i++)
        if ((unsigned char)bytes.data[i] >= 0x80)
            return false;
    return true;
}

void rtf_decoder_bytes(struct rtf_decoder *decoder, long code_page,
                       struct bytes bytes)
{
    if (code_page != decoder->code_page)
        flush(decoder);
    decoder->code_page = code_page;
    if (decoder->bytes.length == 0 && is_ascii(bytes))
        buffer_append(&decoder->text, bytes.data, bytes.length);
    else
        buffer_append(&decoder->bytes, bytes.data, bytes.length);
    if (decoder->bytes.failed)
        decoder->text.failed = true;
}

void rtf_decoder_unit(struct rtf_decoder *decoder, char32_t unit)
{
    flush(decoder);
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        decoder->high = unit;
        return;
    }
    if (decoder->high && unit >= 0xDC00 && unit <= 0xDFFF)
        unit = 0x10000 + ((decoder->high - 0xD800) << 10) + (unit - 0xDC00);
    decoder->high = 0;
    append_character(decoder, unit);
}

struct bytes rtf_decoder_take(struct rtf_decoder *decoder)
{
    flush(decoder);
    return buffer_bytes(&decoder->text);
}

long rtf_charset_code_page(long charset)
{
    static const struct {
        long charset, code_page;
    } known[] = {
        {0, 1252},   {2, -1},     {77, 10000}, {128, 932},  {129, 949},
        {130, 1361}, {134, 936},  {136, 950},  {161, 1253}, {162, 1254},
        {163, 1258}, {177, 1255}, {178, 1256}, {186, 1257}, {204, 1251},
        {222, 874},  {238, 1250}, {255, 437},
    };
    size_t i;

    for (i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].charset == charset)
            return known[i].code_page;
    return 0;
}
