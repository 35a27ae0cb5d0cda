/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/encoding.h"

#include "src/document/legacy_encoding.h"
#include "src/text/utf8.h"

#include <stdint.h>
#include <string.h>

enum encoding {
    ENCODING_UTF8,
    ENCODING_UTF16_LE,
    ENCODING_UTF16_BE,
    ENCODING_WINDOWS_1252,
    ENCODING_LEGACY, /* any other */
};

enum { HEAD = 64 << 10 };

/* Rules 1 and 2 for UTF-16; ENCODING_UTF8 if it is not that. */
static enum encoding detect_utf16(struct bytes data)
{
    size_t n_units = (data.length < HEAD ? data.length : HEAD) / 2;
    size_t low = 0, high = 0, i;

    if (bytes_begin_with(data, "\xff\xfe"))
        return ENCODING_UTF16_LE;
    if (bytes_begin_with(data, "\xfe\xff"))
        return ENCODING_UTF16_BE;
    for (i = 0; i < n_units; i++) {
        low += data.data[2 * i] == 0;
        high += data.data[2 * i + 1] == 0;
    }
    if (high > 0 && high >= n_units / 16 && low <= high / 20)
        return ENCODING_UTF16_LE;
    if (low > 0 && low >= n_units / 16 && high <= low / 20)
        return ENCODING_UTF16_BE;
    return ENCODING_UTF8;
}

bool encoding_is_utf16(struct bytes head)
{
    return detect_utf16(head) != ENCODING_UTF8;
}

/* How many bytes from AT on are ASCII. Most text is, nearly throughout. */
static size_t ascii_run(struct bytes data, size_t at)
{
    size_t start = at;

    while (data.length - at >= sizeof(uint64_t)) {
        uint64_t word;

        memcpy(&word, data.data + at, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
        at += sizeof word;
    }
    while (at < data.length && (unsigned char)data.data[at] < 0x80)
        at++;
    return at - start;
}

/* The sequence at AT, which is not ASCII: its length, and whether it is
 * well-formed. U+FFFD itself may be written in the file. */
static size_t sequence(struct bytes data, size_t at, bool *well_formed)
{
    char32_t code_point;
    size_t length = utf8_decode(data.data + at, data.length - at, &code_point);

    *well_formed =
        code_point != UTF8_REPLACEMENT ||
        (length == 3 && memcmp(data.data + at, "\xef\xbf\xbd", 3) == 0);
    return length;
}

static void count_sequences(struct bytes data, size_t *n_good, size_t *n_bad)
{
    size_t at = 0;

    *n_good = *n_bad = 0;
    while ((at += ascii_run(data, at)) < data.length) {
        bool well_formed;

        at += sequence(data, at, &well_formed);
        if (well_formed)
            ++*n_good;
        else
            ++*n_bad;
    }
}

static enum status decode_damaged(struct bytes data, size_t at,
                                  struct placed_text *text,
                                  struct failure *failure)
{
    bool marked = placed_text_mark(text, 0, at, true);
    size_t run = at;

    while (marked) {
        bool well_formed = true;
        size_t length = 0;

        at += ascii_run(data, at);
        if (at < data.length)
            length = sequence(data, at, &well_formed);
        if (!well_formed || at == data.length)
            buffer_append(&text->own, data.data + run, at - run);
        if (at == data.length)
            break;
        if (!well_formed) {
            marked = placed_text_mark(text, text->own.length, at, false);
            buffer_append_string(&text->own, "\xef\xbf\xbd");
            run = at + length;
            marked =
                marked && placed_text_mark(text, text->own.length, run, true);
        }
        at += length;
    }
    text->text = buffer_bytes(&text->own);
    return marked && !text->own.failed ? STATUS_OK : fail_memory(failure);
}

static enum status decode_utf8(struct bytes data, bool damaged,
                               struct placed_text *text,
                               struct failure *failure)
{
    size_t start = bytes_begin_with(data, "\xef\xbb\xbf") ? 3 : 0;

    text->unit = PLACE_BYTES;
    if (damaged)
        return decode_damaged(data, start, text, failure);
    text->text = (struct bytes){start ? data.data + start : data.data,
                                data.length - start};
    return placed_text_mark(text, 0, start, true) ? STATUS_OK
                                                  : fail_memory(failure);
}

static unsigned unit_at(const char *data, bool big_endian)
{
    unsigned char first = (unsigned char)data[0];
    unsigned char second = (unsigned char)data[1];

    return big_endian ? first << 8 | second : second << 8 | first;
}

static enum status decode_utf16(struct bytes data, bool big_endian,
                                struct placed_text *text,
                                struct failure *failure)
{
    size_t at =
        bytes_begin_with(data, big_endian ? "\xfe\xff" : "\xff\xfe") ? 2 : 0;
    bool marked = placed_text_mark(text, 0, at, true);
    struct buffer *out = &text->own;
    char bytes[4];

    text->unit = PLACE_UTF16;
    while (data.length - at >= 2 && !out->failed) {
        char32_t code_point = unit_at(data.data + at, big_endian);

        at += 2;
        if (code_point >> 10 == 0xD800 >> 10 && data.length - at >= 2) {
            unsigned low = unit_at(data.data + at, big_endian);

            if (low >> 10 == 0xDC00 >> 10) {
                code_point =
                    0x10000 + ((code_point & 0x3FF) << 10) + (low & 0x3FF);
                at += 2;
            }
        }
        /* A surrogate alone becomes U+FFFD, which is one unit as well. */
        buffer_append(out, bytes, utf8_encode(code_point, bytes));
    }
    if (at < data.length && marked) {
        marked = placed_text_mark(text, out->length, at, false);
        buffer_append_string(out, "\xef\xbf\xbd");
        marked =
            marked && placed_text_mark(text, out->length, data.length, true);
    }
    text->text = buffer_bytes(out);
    return marked && !out->failed ? STATUS_OK : fail_memory(failure);
}

/* 0x80 to 0x9F, from index-windows-1252 of the WHATWG Encoding Standard. */
static const char16_t windows_1252[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
    0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

static enum status decode_windows_1252(struct bytes data,
                                       struct placed_text *text,
                                       struct failure *failure)
{
    struct buffer *out = &text->own;
    size_t at = 0;

    text->unit = PLACE_LATIN1;
    while (at < data.length && !out->failed) {
        size_t run = ascii_run(data, at);
        char bytes[4];

        buffer_append(out, data.data + at, run);
        at += run;
        for (; at < data.length; at++) {
            unsigned char byte = (unsigned char)data.data[at];

            if (byte < 0x80)
                break;
            buffer_append(
                out, bytes,
                utf8_encode(byte < 0xA0 ? windows_1252[byte - 0x80] : byte,
                            bytes));
        }
    }
    text->text = buffer_bytes(out);
    if (out->failed || !placed_text_mark(text, 0, 0, true))
        return fail_memory(failure);
    return STATUS_OK;
}

enum status encoding_decode(struct bytes data, struct placed_text *text,
                            struct failure *failure)
{
    enum encoding encoding = ENCODING_UTF8;
    const char *legacy = NULL;
    size_t n_good = 0, n_bad = 0;

    *text = PLACED_TEXT_EMPTY;
    if (!bytes_begin_with(data, "\xef\xbb\xbf"))
        encoding = detect_utf16(data);
    if (encoding == ENCODING_UTF8) {
        count_sequences(data, &n_good, &n_bad);
        if (n_good / 4 < n_bad && !bytes_begin_with(data, "\xef\xbb\xbf"))
            encoding = ENCODING_WINDOWS_1252;
    }
    if (encoding == ENCODING_WINDOWS_1252) {
        if (legacy_encoding_detect(data, &legacy, failure))
            return STATUS_MEMORY;
        if (legacy)
            encoding = ENCODING_LEGACY;
    }
    switch (encoding) {
    case ENCODING_UTF8: return decode_utf8(data, n_bad > 0, text, failure);
    case ENCODING_UTF16_LE: return decode_utf16(data, false, text, failure);
    case ENCODING_UTF16_BE: return decode_utf16(data, true, text, failure);
    case ENCODING_WINDOWS_1252: return decode_windows_1252(data, text, failure);
    case ENCODING_LEGACY:
        return legacy_encoding_decode(data, legacy, text, failure);
    }
    return STATUS_OK;
}
