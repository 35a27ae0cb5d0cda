/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The record of a paragraph, written and read, and the way back from its text
 * to its file. A record comes from a disk and may be anything: every number
 * that is read is checked before it is used. */
#include <config.h>

#include "index/paragraph.h"

#include <assert.h>

enum {
    RECORD_VERSION = 2,
    PLACE_MIN_BYTES = 5, /* a place is five numbers */
};

/* Sources are files, whose sizes are signed. */
#define SOURCE_MAX ((uint64_t)INT64_MAX)

void paragraph_address(const struct paragraph *paragraph, struct buffer *buffer)
{
    if (paragraph->id.length) {
        buffer_append(buffer, paragraph->id.data, paragraph->id.length);
        return;
    }
    buffer_append(buffer, paragraph->document.data, paragraph->document.length);
    buffer_append_byte(buffer, ':');
    buffer_append(buffer, paragraph->label.data, paragraph->label.length);
}

/* DIFFERENCE, a signed number in two's complement, as one that is small where
 * its magnitude is: 0, -1, 1, -2, … become 0, 1, 2, 3, … */
static uint64_t zigzag(uint64_t difference)
{
    return (difference << 1) ^ (difference >> 63 ? UINT64_MAX : 0);
}

static uint64_t unzigzag(uint64_t number)
{
    return (number >> 1) ^ (number & 1 ? UINT64_MAX : 0);
}

static void append_string(struct buffer *buffer, struct bytes string)
{
    buffer_append_varint(buffer, string.length);
    buffer_append(buffer, string.data, string.length);
}

/* The LENGTH of a place where REST of the text is left, or what the last one,
 * which mostly takes all of it, leaves. */
static uint64_t place_rest(bool last, uint64_t rest, uint64_t length)
{
    return last ? rest - length : length;
}

static void append_places(struct buffer *buffer,
                          const struct paragraph *paragraph)
{
    size_t text_end = 0;
    uint64_t source_end = 0, page = 0;

    buffer_append_varint(buffer, paragraph->n_places);
    for (size_t i = 0; i < paragraph->n_places; i++) {
        const struct place *place = &paragraph->places[i];

        assert(place->text >= text_end);
        assert(place->text_length <= paragraph->text.length - place->text);
        buffer_append_varint(buffer, place->text - text_end);
        buffer_append_varint(buffer,
                             place_rest(i + 1 == paragraph->n_places,
                                        paragraph->text.length - place->text,
                                        place->text_length));
        buffer_append_varint(buffer, zigzag(place->source - source_end));
        buffer_append_varint(buffer, zigzag((uint64_t)place->source_length -
                                            place->text_length));
        buffer_append_varint(buffer, zigzag(place->page - page) << 1 |
                                         (place->adjoins ? 1 : 0));
        text_end = place->text + place->text_length;
        source_end = (uint64_t)place->source + place->source_length;
        page = place->page;
    }
}

void paragraph_encode(const struct paragraph *paragraph, struct buffer *buffer)
{
    buffer_append_byte(buffer, RECORD_VERSION);
    buffer_append_varint(buffer, paragraph->document_number);
    buffer_append_varint(buffer, paragraph->unit);
    append_string(buffer, paragraph->document);
    append_string(buffer, paragraph->title);
    append_string(buffer, paragraph->date);
    append_string(buffer, paragraph->path);
    append_string(buffer, paragraph->kind);
    append_string(buffer, paragraph->language);
    append_string(buffer, paragraph->heading);
    buffer_append_varint(buffer, paragraph->ordinal);
    append_string(buffer, paragraph->id);
    append_string(buffer, paragraph->label);
    append_string(buffer, paragraph->text);
    append_places(buffer, paragraph);
}

/* What is left of a record. The first mistake is sticky: all that is read
 * after it is 0 or empty. */
struct record {
    const char *cursor;
    const char *end;
    bool damaged;
};

static uint64_t read_number(struct record *record, uint64_t max)
{
    uint64_t number = 0;

    if (record->damaged)
        return 0;
    if (!varint_read(&record->cursor, record->end, &number) || number > max) {
        record->damaged = true;
        return 0;
    }
    return number;
}

static struct bytes read_string(struct record *record)
{
    uint64_t length = read_number(record, SIZE_MAX);
    struct bytes string = {record->cursor, 0};

    if (length > (uint64_t)(record->end - record->cursor)) {
        record->damaged = true;
        return string;
    }
    string.length = (size_t)length;
    record->cursor += length;
    return string;
}

/* Read what places a text of TEXT_LENGTH bytes has, their number known and
 * room made. */
static void read_places(struct record *record, size_t text_length,
                        struct place *places, size_t n_places)
{
    uint64_t text = 0, source = 0, page = 0;

    for (size_t i = 0; i < n_places && !record->damaged; i++) {
        uint64_t length, flags;

        text += read_number(record, text_length - text);
        length = read_number(record, text_length - text);
        length = place_rest(i + 1 == n_places, text_length - text, length);
        places[i].text = (size_t)text;
        places[i].text_length = (size_t)length;
        text += length;

        source += unzigzag(read_number(record, UINT64_MAX));
        if (source > SOURCE_MAX || source > SIZE_MAX) {
            record->damaged = true;
            return;
        }
        length += unzigzag(read_number(record, UINT64_MAX));
        if (length > SOURCE_MAX - source) {
            record->damaged = true;
            return;
        }
        places[i].source = (size_t)source;
        places[i].source_length = (size_t)length;
        source += length;

        flags = read_number(record, UINT64_MAX);
        page += unzigzag(flags >> 1);
        if (page > UINT32_MAX)
            record->damaged = true;
        places[i].page = (uint32_t)page;
        places[i].adjoins = flags & 1;
    }
}

static void read_strings(struct record *record, struct paragraph *paragraph)
{
    paragraph->document = read_string(record);
    paragraph->title = read_string(record);
    paragraph->date = read_string(record);
    paragraph->path = read_string(record);
    paragraph->kind = read_string(record);
    paragraph->language = read_string(record);
    paragraph->heading = read_string(record);
    paragraph->ordinal = (uint32_t)read_number(record, UINT32_MAX);
    paragraph->id = read_string(record);
    paragraph->label = read_string(record);
    paragraph->text = read_string(record);
}

enum status paragraph_decode(const char *data, size_t length,
                             struct paragraph *paragraph, struct place **places,
                             size_t *capacity, struct failure *failure)
{
    struct record record = {data, data + length, false};
    uint64_t n_places;

    *paragraph = (struct paragraph){0};
    if (length == 0 || data[0] != RECORD_VERSION)
        goto damaged;
    record.cursor++;
    paragraph->document_number = (uint32_t)read_number(&record, UINT32_MAX);
    paragraph->unit = (enum place_unit)read_number(&record, PLACE_WHOLE);
    read_strings(&record, paragraph);
    /* Bounded by what is there, so that a damaged number costs no memory. */
    n_places = read_number(&record, (uint64_t)(record.end - record.cursor) /
                                        PLACE_MIN_BYTES);
    if (!array_grow(places, capacity, (size_t)n_places, sizeof **places)) {
        *paragraph = (struct paragraph){0};
        return fail_memory(failure);
    }
    read_places(&record, paragraph->text.length, *places, (size_t)n_places);
    if (record.damaged || record.cursor != record.end)
        goto damaged;
    paragraph->places = *places;
    paragraph->n_places = (size_t)n_places;
    return STATUS_OK;

damaged:
    *paragraph = (struct paragraph){0};
    return fail(failure, STATUS_CORRUPT, "a paragraph's record is damaged");
}

/* How many bytes of a file the LENGTH bytes of TEXT took there, if an ASCII
 * character took ASCII of them, one of the basic plane BASIC, any other OTHER.
 */
static size_t source_length(const char *text, size_t length, size_t ascii,
                            size_t basic, size_t other)
{
    size_t count = 0;

    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];

        if ((byte & 0xC0) != 0x80) /* begins a code point */
            count += byte < 0x80 ? ascii : byte < 0xF0 ? basic : other;
    }
    return count;
}

/* Where byte POSITION of the text, which PLACE holds or ends with, stands in
 * the file. IS_END: what is sought is the end of what comes before POSITION,
 * which differs where a place is known as a whole only. */
static size_t source_in(const struct paragraph *paragraph,
                        const struct place *place, size_t position, bool is_end)
{
    const char *text = paragraph->text.data + place->text;
    size_t length = position - place->text, offset = 0;

    switch (paragraph->unit) {
    case PLACE_BYTES: offset = length; break;
    case PLACE_LATIN1: offset = source_length(text, length, 1, 1, 1); break;
    case PLACE_UTF16: offset = source_length(text, length, 2, 2, 4); break;
    case PLACE_DOUBLE: offset = source_length(text, length, 1, 2, 2); break;
    case PLACE_WHOLE: offset = is_end ? place->source_length : 0; break;
    }
    if (offset > place->source_length)
        offset = place->source_length;
    return place->source + offset;
}

/* The same for a POSITION anywhere in the text. */
static size_t source_of(const struct paragraph *paragraph, size_t position,
                        bool is_end)
{
    size_t nearest = SIZE_MAX, source = 0;

    for (size_t i = 0; i < paragraph->n_places; i++) {
        const struct place *place = &paragraph->places[i];
        size_t first = place->text, last = first + place->text_length;

        if (is_end ? first < position && position <= last
                   : first <= position && position < last)
            return source_in(paragraph, place, position, is_end);
        if (position <= first && first - position < nearest) {
            nearest = first - position;
            source = place->source;
        }
        if (last <= position && position - last < nearest) {
            nearest = position - last;
            source = place->source + place->source_length;
        }
    }
    return source;
}

void paragraph_source(const struct paragraph *paragraph, size_t start,
                      size_t end, size_t *source_start, size_t *source_end)
{
    size_t first = source_of(paragraph, start, false);
    size_t last = start < end ? source_of(paragraph, end, true) : first;

    /* Places follow each other in the text, but not always in the file. */
    for (size_t i = 0; i < paragraph->n_places; i++) {
        const struct place *place = &paragraph->places[i];
        size_t from = place->text > start ? place->text : start;
        size_t to = place->text + place->text_length;
        size_t source;

        to = to < end ? to : end;
        if (from >= to)
            continue;
        source = source_in(paragraph, place, from, false);
        first = source < first ? source : first;
        source = source_in(paragraph, place, to, true);
        last = source > last ? source : last;
    }
    *source_start = first;
    *source_end = last < first ? first : last;
}
