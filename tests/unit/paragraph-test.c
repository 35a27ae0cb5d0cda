/* SPDX-License-Identifier: GPL-2.0-or-later */
/* index/paragraph.h: records that come back as they were, damaged records that
 * are found out, and the way from text to file. */
#include <config.h>

#include "index/paragraph.h"

#include "tests/tap.h"

#include <stdint.h>
#include <stdlib.h>

/* A text of 20 bytes in three places; the second stands before the first in
 * the file, and byte 5 was put in. */
static const struct place sample_places[] = {
    {0, 5, 100, 5, 1, false},
    {6, 4, 20, 4, 1, true},
    {10, 10, 300000, 12, 2, false},
};

static const struct paragraph sample = {
    .id = {"id-1", 4},
    .document = {"A/RES/59/153", 12},
    .title = {"A title", 7},
    .date = {"2004-12-20", 10},
    .path = {"dir/file.txt", 12},
    .label = {"OP14", 4},
    .kind = {"operative", 9},
    .language = {"en", 2},
    .heading = {"Part I > Aims", 13},
    .text = {"Hello word again and", 20},
    .places = sample_places,
    .n_places = 3,
    .unit = PLACE_BYTES,
    .document_number = 7,
    .ordinal = 300,
};

static bool same_strings(const struct paragraph *a, const struct paragraph *b)
{
    return bytes_equal(a->id, b->id) && bytes_equal(a->document, b->document) &&
           bytes_equal(a->title, b->title) && bytes_equal(a->date, b->date) &&
           bytes_equal(a->path, b->path) && bytes_equal(a->label, b->label) &&
           bytes_equal(a->kind, b->kind) &&
           bytes_equal(a->language, b->language) &&
           bytes_equal(a->heading, b->heading) && bytes_equal(a->text, b->text);
}

static bool same_places(const struct paragraph *a, const struct paragraph *b)
{
    if (a->n_places != b->n_places)
        return false;
    for (size_t i = 0; i < a->n_places; i++) {
        const struct place *p = &a->places[i], *q = &b->places[i];

        if (p->text != q->text || p->text_length != q->text_length ||
            p->source != q->source || p->source_length != q->source_length ||
            p->page != q->page || p->adjoins != q->adjoins)
            return false;
    }
    return true;
}

static bool within(struct bytes part, const char *data, size_t length)
{
    return part.length == 0 || (part.data >= data && part.length <= length &&
                                part.data + part.length <= data + length);
}

/* Whether what was decoded from LENGTH bytes at DATA keeps the promises. */
static bool is_sane(const struct paragraph *paragraph, const char *data,
                    size_t length)
{
    const struct bytes strings[] = {
        paragraph->id,   paragraph->document, paragraph->title,
        paragraph->date, paragraph->path,     paragraph->label,
        paragraph->kind, paragraph->language, paragraph->heading,
        paragraph->text,
    };
    size_t end = 0, source_start, source_end;

    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        if (!within(strings[i], data, length))
            return false;
    for (size_t i = 0; i < paragraph->n_places; i++) {
        const struct place *place = &paragraph->places[i];

        if (place->text < end ||
            place->text_length > paragraph->text.length - place->text ||
            place->source > INT64_MAX - place->source_length)
            return false;
        end = place->text + place->text_length;
    }
    paragraph_source(paragraph, 0, paragraph->text.length, &source_start,
                     &source_end);
    return source_start <= source_end && paragraph->unit <= PLACE_WHOLE;
}

/* Decode a copy of LENGTH bytes, so that AddressSanitizer sees its ends. */
static bool survives(const char *data, size_t length)
{
    char *copy = malloc(length ? length : 1);
    struct place *places = NULL;
    size_t capacity = 0;
    struct paragraph paragraph;
    struct failure failure;
    enum status status;
    bool good;

    if (!copy)
        return false;
    memcpy(copy, data, length);
    status = paragraph_decode(copy, length, &paragraph, &places, &capacity,
                              &failure);
    good = status == STATUS_CORRUPT ||
           (status == STATUS_OK && is_sane(&paragraph, copy, length));
    free(places);
    free(copy);
    return good;
}

static void test_round_trip(void)
{
    struct buffer record = BUFFER_EMPTY;
    struct place *places = NULL;
    size_t capacity = 0;
    struct paragraph back;
    struct failure failure;

    paragraph_encode(&sample, &record);
    ok(paragraph_decode(record.data, record.length, &back, &places, &capacity,
                        &failure) == STATUS_OK,
       "a record is read back");
    ok(same_strings(&sample, &back), "its strings are the same");
    ok(same_places(&sample, &back), "its places are the same");
    ok(back.document_number == 7 && back.ordinal == 300 &&
           back.unit == PLACE_BYTES,
       "its numbers are the same");
    buffer_clear(&record);
    paragraph_encode(&(struct paragraph){.unit = PLACE_WHOLE}, &record);
    ok(paragraph_decode(record.data, record.length, &back, &places, &capacity,
                        &failure) == STATUS_OK &&
           back.text.length == 0 && back.n_places == 0,
       "an empty one, too");
    free(places);
    buffer_release(&record);
}

static void test_damage(void)
{
    struct buffer record = BUFFER_EMPTY;
    bool good = true;

    paragraph_encode(&sample, &record);
    for (size_t length = 0; length < record.length; length++) {
        struct place *places = NULL;
        size_t capacity = 0;
        struct paragraph back;

        good = good && survives(record.data, length) &&
               paragraph_decode(record.data, length, &back, &places, &capacity,
                                NULL) == STATUS_CORRUPT;
        free(places);
    }
    ok(good, "a record that was cut is damaged, wherever it was cut");

    good = true;
    for (size_t i = 0; i < record.length; i++) {
        char byte = record.data[i];

        for (int value = 0; value < 256; value++) {
            record.data[i] = (char)value;
            good = good && survives(record.data, record.length);
        }
        record.data[i] = byte;
    }
    ok(good, "every byte may be anything");
    buffer_append_byte(&record, 0);
    ok(survives(record.data, record.length), "a byte may follow");
    buffer_release(&record);
}

static void test_address(void)
{
    struct buffer buffer = BUFFER_EMPTY;
    struct paragraph paragraph = sample;

    paragraph_address(&paragraph, &buffer);
    is_bytes(buffer_bytes(&buffer), "id-1", "the address is the id");
    buffer_clear(&buffer);
    paragraph.id = (struct bytes){NULL, 0};
    paragraph_address(&paragraph, &buffer);
    is_bytes(buffer_bytes(&buffer), "A/RES/59/153:OP14",
             "or else document and label");
    buffer_release(&buffer);
}

static void check_source(const struct paragraph *paragraph, size_t start,
                         size_t end, size_t wanted_start, size_t wanted_end,
                         const char *name)
{
    size_t from, to;

    paragraph_source(paragraph, start, end, &from, &to);
    if (!ok(from == wanted_start && to == wanted_end, "%s", name))
        printf("# got %zu to %zu, wanted %zu to %zu\n", from, to, wanted_start,
               wanted_end);
}

static void test_source(void)
{
    /* "aé€𐍈z": 1, 2, 3, 4 and 1 bytes; 1, 1, 1, 2 and 1 UTF-16 units. */
    static const struct place place = {0, 11, 50, 12, 0, false};
    static const struct place latin = {0, 11, 50, 5, 0, false};
    struct paragraph paragraph = sample;

    check_source(&paragraph, 1, 3, 101, 103, "bytes within a place");
    check_source(&paragraph, 7, 10, 21, 24, "to the end of a place");
    check_source(&paragraph, 3, 8, 20, 105, "over places out of order");
    check_source(&paragraph, 5, 6, 105, 105, "what was put in");
    check_source(&paragraph, 10, 11, 300000, 300001, "where places touch");
    check_source(&paragraph, 8, 12, 22, 300002, "across that");

    paragraph.text = bytes_of("a\xC3\xA9\xE2\x82\xAC\xF0\x90\x8D\x88z");
    paragraph.places = &place;
    paragraph.n_places = 1;
    paragraph.unit = PLACE_UTF16;
    check_source(&paragraph, 1, 6, 52, 56, "UTF-16 units");
    check_source(&paragraph, 6, 11, 56, 62, "a pair of surrogates");
    paragraph.unit = PLACE_WHOLE;
    check_source(&paragraph, 1, 3, 50, 62, "a place known as a whole");
    paragraph.places = &latin;
    paragraph.unit = PLACE_LATIN1;
    check_source(&paragraph, 1, 6, 51, 53, "Latin-1");
    paragraph.unit = PLACE_DOUBLE;
    check_source(&paragraph, 1, 6, 51, 55, "double bytes");
    paragraph.n_places = 0;
    check_source(&paragraph, 1, 6, 0, 0, "no places");
}

int main(void)
{
    test_round_trip();
    test_damage();
    test_address();
    test_source();
    return tap_done();
}
