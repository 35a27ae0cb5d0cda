/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/legacy_encoding.h"

#include "src/text/detect.h"
#include "src/text/utf8.h"

#ifdef HAVE_UCHARDET
#include <uchardet.h>
#endif
#include <unicode/ucnv.h>

#include <stdbool.h>
#include <string.h>

enum {
    SAMPLE = 64 << 10, /* that an encoding is guessed from */
    /* In a sample with fewer bytes beyond ASCII there is too little to tell two
     * encodings apart: it would be a letter of each kind. */
    MIN_BYTES = 32,
};

/* The encodings that are believed, by the names that both libraries have for
 * them, and the languages that they are used for. ISO-8859-1 and -15 are left
 * out: there Windows-1252 does as well. */
static const struct encoding {
    const char *name;
    const char *languages;
} encodings[] = {
    {"BIG5", "zh"},
    {"EUC-JP", "ja"},
    {"EUC-KR", "ko"},
    {"EUC-TW", "zh"},
    {"GB18030", "zh"},
    {"IBM852", "cs hu pl ro sk sl sr"},
    {"IBM855", "ru uk bg sr mk be"},
    {"IBM866", "ru uk bg be"},
    {"ISO-8859-2", "cs hu pl ro sk sl sr"},
    {"ISO-8859-4", "lt lv et"},
    {"ISO-8859-5", "ru uk bg sr mk be"},
    {"ISO-8859-6", "ar fa ur"},
    {"ISO-8859-7", "el"},
    {"ISO-8859-8", "he yi"},
    {"ISO-8859-9", "tr"},
    {"ISO-8859-13", "lt lv et"},
    {"KOI8-R", "ru uk bg be"},
    {"MAC-CYRILLIC", "ru uk bg sr mk be"},
    {"SHIFT_JIS", "ja"},
    {"TIS-620", "th"},
    {"windows-949", "ko"}, /* to uchardet: UHC */
    {"WINDOWS-1250", "cs hu pl ro sk sl sr"},
    {"WINDOWS-1251", "ru uk bg sr mk be"},
    {"WINDOWS-1253", "el"},
    {"WINDOWS-1254", "tr"},
    {"WINDOWS-1255", "he yi"},
    {"WINDOWS-1256", "ar fa ur"},
    {"WINDOWS-1257", "lt lv et"},
    {"WINDOWS-1258", "vi"},
};

#ifdef HAVE_UCHARDET
static size_t ascii_length(struct bytes data)
{
    size_t length = 0;

    while (length < data.length && (unsigned char)data.data[length] < 0x80)
        length++;
    return length;
}

/* What tells something: DATA from the line on where ASCII ends. */
static struct bytes telling_part(struct bytes data)
{
    size_t start = ascii_length(data);

    while (start > 0 && data.data[start - 1] != '\n')
        start--;
    data = (struct bytes){data.data + start, data.length - start};
    if (data.length > SAMPLE)
        data.length = SAMPLE;
    return data;
}

static size_t count_beyond_ascii(struct bytes data)
{
    size_t count = 0, i;

    for (i = 0; i < data.length; i++)
        count += (unsigned char)data.data[i] >= 0x80;
    return count;
}

/* What uchardet takes DATA for, if it is one of ours; else NULL. */
static enum status guess(struct bytes data, const struct encoding **encoding,
                         struct failure *failure)
{
    uchardet_t detector = uchardet_new();
    const char *name;
    size_t i;

    *encoding = NULL;
    if (!detector)
        return fail_memory(failure);
    if (uchardet_handle_data(detector, data.data, data.length) != 0) {
        uchardet_delete(detector);
        return fail_memory(failure);
    }
    uchardet_data_end(detector);
    name = uchardet_get_charset(detector);
    if (strcmp(name, "UHC") == 0)
        name = "windows-949";
    for (i = 0; i < sizeof encodings / sizeof *encodings; i++)
        if (strcmp(encodings[i].name, name) == 0)
            *encoding = &encodings[i];
    uchardet_delete(detector);
    return STATUS_OK;
}

/* Whether SAMPLE in ENCODING is in one of its languages. */
static enum status verify(struct bytes sample, const struct encoding *encoding,
                          bool *verified, struct failure *failure)
{
    struct placed_text text = PLACED_TEXT_EMPTY;
    struct detector *detector = NULL;
    const struct language *language = NULL;
    enum status status =
        legacy_encoding_decode(sample, encoding->name, &text, failure);

    if (status == STATUS_OK)
        status = detector_new(&detector, failure);
    if (status == STATUS_OK) {
        detector_add(detector, text.text);
        language = detector_language(detector);
    }
    *verified = language && strstr(encoding->languages, language->code);
    detector_free(detector);
    placed_text_release(&text);
    return status;
}

enum status legacy_encoding_detect(struct bytes data, const char **name,
                                   struct failure *failure)
{
    struct bytes sample = telling_part(data);
    const struct encoding *encoding = NULL;
    bool verified = false;
    enum status status = STATUS_OK;

    *name = NULL;
    if (count_beyond_ascii(sample) >= MIN_BYTES)
        status = guess(sample, &encoding, failure);
    if (status == STATUS_OK && encoding)
        status = verify(sample, encoding, &verified, failure);
    /* An ICU without this encoding. */
    if (status == STATUS_INPUT)
        status = STATUS_OK;
    if (status == STATUS_OK && verified)
        *name = encoding->name;
    return status;
}
#else
enum status legacy_encoding_detect(struct bytes data, const char **name,
                                   struct failure *failure)
{
    (void)data;
    (void)encodings;
    (void)failure;
    *name = NULL;
    return STATUS_OK;
}
#endif

/* The character at AT, which moves behind it. */
static char32_t next_character(UConverter *converter, struct bytes data,
                               size_t *at)
{
    const char *start = data.data + *at, *end = start;
    UErrorCode error = U_ZERO_ERROR;
    UChar32 character =
        ucnv_getNextUChar(converter, &end, data.data + data.length, &error);

    if (end == start)
        end++;
    *at += (size_t)(end - start);
    if (U_FAILURE(error)) {
        ucnv_resetToUnicode(converter);
        return UTF8_REPLACEMENT;
    }
    return (char32_t)character;
}

/* Every byte is a character. */
static bool decode_single(UConverter *converter, struct bytes data,
                          struct placed_text *text)
{
    char characters[256][4];
    uint8_t lengths[256];
    unsigned byte;
    size_t i;

    for (byte = 0; byte < 256; byte++) {
        char string = (char)byte;
        size_t at = 0;
        char32_t c = next_character(converter, (struct bytes){&string, 1}, &at);

        lengths[byte] = (uint8_t)utf8_encode(c, characters[byte]);
    }
    text->unit = PLACE_LATIN1;
    for (i = 0; i < data.length && !text->own.failed; i++) {
        byte = (unsigned char)data.data[i];
        buffer_append(&text->own, characters[byte], lengths[byte]);
    }
    return placed_text_mark(text, 0, 0, true);
}

/* A character is ASCII, or of two bytes, or an exception. */
static bool decode_double(UConverter *converter, struct bytes data,
                          struct placed_text *text)
{
    struct buffer *out = &text->own;
    bool marked = placed_text_mark(text, 0, 0, true);
    size_t at = 0;

    text->unit = PLACE_DOUBLE;
    while (at < data.length && marked && !out->failed) {
        size_t start = at, place = out->length;
        bool ascii = (unsigned char)data.data[at] < 0x80;
        char bytes[4];
        char32_t c;

        if (ascii) {
            buffer_append_byte(out, data.data[at++]);
            continue;
        }
        c = next_character(converter, data, &at);
        buffer_append(out, bytes, utf8_encode(c, bytes));
        if (at - start != 2 || c < 0x80)
            marked = placed_text_mark(text, place, start, false) &&
                     placed_text_mark(text, out->length, at, true);
    }
    return marked;
}

enum status legacy_encoding_decode(struct bytes data, const char *name,
                                   struct placed_text *text,
                                   struct failure *failure)
{
    UErrorCode error = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(name, &error);
    bool done;

    /* What is not well-formed is an error, not a control character. */
    if (U_SUCCESS(error))
        ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL,
                            NULL, &error);
    if (U_FAILURE(error)) {
        ucnv_close(converter);
        return fail(failure, STATUS_INPUT,
                    "the Unicode library cannot convert from '%s'", name);
    }
    done = ucnv_getMaxCharSize(converter) == 1
               ? decode_single(converter, data, text)
               : decode_double(converter, data, text);
    ucnv_close(converter);
    text->text = buffer_bytes(&text->own);
    return done && !text->own.failed ? STATUS_OK : fail_memory(failure);
}
