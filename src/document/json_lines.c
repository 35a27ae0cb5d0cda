/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON Lines: each line is a JSON object, and that a paragraph.
 *
 *   text       the paragraph, kept exactly as given; required
 *   id         its address
 *   document   the document it belongs to; if absent, the path of the file
 *   title      of the document
 *   date       YYYY, YYYY-MM or YYYY-MM-DD; a time of day after it is ignored
 *   language   a code such as "en"; if absent, that of the options; if these
 *              give none, it is detected: from the first 1,000 bytes of the
 *              text, or, where they do not tell it, that of most of the
 *              lines before, of which the last eight or so count
 *   kind       if absent, "paragraph"
 *   label      if absent, P1, P2, …
 *
 * All are strings; id, document and label may be numbers; null is the same as
 * absent; other members are ignored. A member that is not as it
 * should be is warned of and counts as absent. Paragraphs of a document stand
 * on consecutive lines, and are counted from 1 in each such run.
 *
 * Blank lines are ignored. A line that gives no paragraph is warned of and
 * skipped, and in the end makes the file a STATUS_INPUT. One line is held in
 * memory at a time. */
#include <config.h>

#include "src/document/format.h"

#include "base/buffer.h"
#include "src/document/characters.h"
#include "src/text/detect.h"
#include "src/text/language.h"

#include <jansson.h>

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* \u0000 may stand in a text, as any character may. */
enum { LOAD_FLAGS = JSON_ALLOW_NUL };

/* Of a text, for its language. It must not cost more than the rest. */
enum { LANGUAGE_SAMPLE = 1000 };

/* So many lines in another language than those before change what the lines are
 * taken for that do not tell theirs. A list of foreign names has a few. */
enum { MAX_VOTES = 8 };

struct lines {
    const struct reading *reading;
    const char *name;       /* of the file, for warnings */
    struct buffer document; /* of the paragraph before */
    uint32_t ordinal;       /* of the paragraph before, in its document */
    size_t number;          /* of this line, from 1 */
    uint64_t n_lines;       /* that are not blank */
    uint64_t n_skipped;
    struct detector *detector;
    const struct language *language; /* of the lines before; NULL: none yet */
    unsigned votes;                  /* of lines for it */
    struct buffer numbers[3]; /* id, document and label given as numbers */
};

__attribute__((format(printf, 2, 3))) static void
warn(const struct lines *lines, const char *format, ...)
{
    struct buffer message = BUFFER_EMPTY;
    char text[256];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    buffer_append_format(&message, "%s: line %zu: %s", lines->name,
                         lines->number, text);
    buffer_append_byte(&message, '\0');
    /* Short of memory the line still says which file it is about. */
    reading_warn(lines->reading, message.failed ? lines->name : message.data);
    buffer_release(&message);
}

static bool name_ends_in(const char *path, size_t length, const char *end)
{
    size_t end_length = strlen(end);

    return length >= end_length &&
           strncasecmp(path + length - end_length, end, end_length) == 0;
}

static bool is_named_so(const char *path)
{
    size_t length = strlen(path);

    if (name_ends_in(path, length, ".gz"))
        length -= strlen(".gz");
    return name_ends_in(path, length, ".jsonl") ||
           name_ends_in(path, length, ".ndjson");
}

/* A first line that is longer than what we see of it is believed if it has
 * a member of that name. */
static bool mentions_text(struct bytes line)
{
    static const char name[] = "\"text\"";
    const char *found = memmem(line.data, line.length, name, strlen(name));
    const char *end = line.data + line.length;

    if (!found)
        return false;
    found += strlen(name);
    while (found < end && (*found == ' ' || *found == '\t'))
        found++;
    return found < end && *found == ':';
}

static bool recognise(struct bytes head, const char *path)
{
    struct bytes line = head;
    const char *end;
    json_t *object;
    bool has_text;

    if (is_named_so(path))
        return true;
    if (line.length >= 3 && memcmp(line.data, "\xef\xbb\xbf", 3) == 0)
        line = (struct bytes){line.data + 3, line.length - 3};
    while (line.length > 0 && strchr(" \t\r\n", line.data[0]))
        line = (struct bytes){line.data + 1, line.length - 1};
    if (line.length == 0 || line.data[0] != '{')
        return false;
    end = memchr(line.data, '\n', line.length);
    if (!end && head.length == FORMAT_HEAD)
        return mentions_text(line);
    if (end)
        line.length = (size_t)(end - line.data);
    object = json_loadb(line.data, line.length, LOAD_FLAGS, NULL);
    has_text = json_object_get(object, "text");
    json_decref(object);
    return has_text;
}

/* The string member NAME of OBJECT; empty if it is absent. A number is taken
 * as its text, kept in NUMBER, unless that is NULL. */
static enum status get_string(struct lines *lines, const json_t *object,
                              const char *name, struct buffer *number,
                              struct bytes *string, struct failure *failure)
{
    const json_t *member = json_object_get(object, name);

    *string = (struct bytes){NULL, 0};
    if (json_is_string(member)) {
        *string = (struct bytes){json_string_value(member),
                                 json_string_length(member)};
        /* These become terms and lines of output. */
        if (memchr(string->data, '\0', string->length)) {
            warn(lines, "'%s' holds a NUL and is ignored", name);
            *string = (struct bytes){NULL, 0};
        }
    } else if (json_is_number(member) && number) {
        buffer_clear(number);
        if (json_is_integer(member))
            buffer_append_format(number, "%" JSON_INTEGER_FORMAT,
                                 json_integer_value(member));
        else
            buffer_append_format(number, "%.15g", json_real_value(member));
        if (number->failed)
            return fail_memory(failure);
        *string = buffer_bytes(number);
    } else if (member && !json_is_null(member)) {
        warn(lines, "'%s' is not a string and is ignored", name);
    }
    return STATUS_OK;
}

/* The number that LENGTH digits at TEXT make, -1 if they are not digits. */
static int digits(const char *text, size_t length)
{
    int number = 0;

    while (length-- > 0) {
        if (*text < '0' || *text > '9')
            return -1;
        number = 10 * number + *text++ - '0';
    }
    return number;
}

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

/* Cut *DATE to YYYY, YYYY-MM or YYYY-MM-DD; false if it is no date. */
static bool normalise_date(struct bytes *date)
{
    const char *text = date->data;
    int year, month, day;

    /* 2003-12-22T10:30:00Z, or with a space */
    if (date->length > 10 &&
        (text[10] == 'T' || text[10] == 't' || text[10] == ' '))
        date->length = 10;
    if (date->length != 4 && date->length != 7 && date->length != 10)
        return false;
    year = digits(text, 4);
    if (year < 0 || date->length == 4)
        return year >= 0;
    month = digits(text + 5, 2);
    if (text[4] != '-' || month < 1 || month > 12 || date->length == 7)
        return text[4] == '-' && month >= 1 && month <= 12;
    day = digits(text + 8, 2);
    return text[7] == '-' && day >= 1 && day <= days_of(year, month);
}

/* CODE as we call that language, or in lower case (in LOWER, of SIZE bytes)
 * if we do not know it. */
static struct bytes normalise_language(struct bytes code, char *lower,
                                       size_t size)
{
    const struct language *language = language_find(code);
    size_t i;

    if (language)
        return bytes_of(language->code);
    for (i = 0; i < code.length && i < size; i++) {
        lower[i] = code.data[i];
        if (lower[i] >= 'A' && lower[i] <= 'Z')
            lower[i] = (char)(lower[i] + 'a' - 'A');
    }
    return (struct bytes){lower, i};
}

/* Count PARAGRAPH in its document. */
static enum status count(struct lines *lines, struct paragraph *paragraph,
                         struct failure *failure)
{
    if (lines->ordinal == 0 ||
        !bytes_equal(paragraph->document, buffer_bytes(&lines->document))) {
        buffer_clear(&lines->document);
        buffer_append(&lines->document, paragraph->document.data,
                      paragraph->document.length);
        lines->ordinal = 0;
        if (lines->document.failed)
            return fail_memory(failure);
    }
    paragraph->ordinal = ++lines->ordinal;
    return STATUS_OK;
}

/* What to take for the language of TEXT, which does not name it. */
static struct bytes find_language(struct lines *lines, struct bytes text)
{
    const char *given = lines->reading->options->language;
    const struct language *found;

    if (given)
        return bytes_of(given);
    if (text.length > LANGUAGE_SAMPLE)
        text.length = LANGUAGE_SAMPLE;
    detector_start(lines->detector);
    detector_add(lines->detector, text);
    found = detector_language(lines->detector);
    if (!found) {
        found = lines->language;
    } else if (found == lines->language) {
        lines->votes += lines->votes < MAX_VOTES;
    } else if (lines->votes > 0) {
        lines->votes--;
    } else {
        lines->language = found;
        lines->votes = 1;
    }
    return bytes_of(found ? found->code : LANGUAGE_DEFAULT);
}

/* Give PARAGRAPH, whose text, document and place are set, with what else
 * OBJECT says of it. */
static enum status give(struct lines *lines, const json_t *object,
                        struct paragraph *paragraph, struct failure *failure)
{
    const struct reading *reading = lines->reading;
    struct bytes language;
    char lower[32], label[16];
    enum status status;

    if ((status = get_string(lines, object, "id", &lines->numbers[0],
                             &paragraph->id, failure)) ||
        (status = get_string(lines, object, "label", &lines->numbers[1],
                             &paragraph->label, failure)) ||
        (status = get_string(lines, object, "title", NULL, &paragraph->title,
                             failure)) ||
        (status = get_string(lines, object, "date", NULL, &paragraph->date,
                             failure)) ||
        (status = get_string(lines, object, "kind", NULL, &paragraph->kind,
                             failure)) ||
        (status =
             get_string(lines, object, "language", NULL, &language, failure)) ||
        (status = count(lines, paragraph, failure)))
        return status;
    if (paragraph->date.length > 0 && !normalise_date(&paragraph->date)) {
        warn(lines, "'date' is no date (YYYY-MM-DD) and is ignored");
        paragraph->date.length = 0;
    }
    paragraph->language =
        language.length > 0 ? normalise_language(language, lower, sizeof lower)
                            : find_language(lines, paragraph->text);
    if (paragraph->kind.length == 0)
        paragraph->kind = bytes_of("paragraph");
    if (paragraph->label.length == 0) {
        snprintf(label, sizeof label, "P%" PRIu32, paragraph->ordinal);
        paragraph->label = bytes_of(label);
    }
    return reading->receive(reading->context, paragraph, failure);
}

/* What keeps OBJECT from being a paragraph; NULL if nothing does. */
static const char *objection(const json_t *object)
{
    const json_t *text = json_object_get(object, "text");

    if (!json_is_object(object))
        return "not a JSON object";
    if (!text || json_is_null(text))
        return "no 'text'";
    if (!json_is_string(text))
        return "'text' is not a string";
    if (json_string_length(text) == 0)
        return "'text' is empty";
    return NULL;
}

static enum status read_object(struct lines *lines, const json_t *object,
                               struct bytes line, uint64_t offset,
                               struct failure *failure)
{
    const json_t *text = json_object_get(object, "text");
    struct place place = {
        .text_length = json_string_length(text),
        .source = offset,
        .source_length = line.length,
    };
    struct paragraph paragraph = {
        .text = {json_string_value(text), json_string_length(text)},
        .path = bytes_of(lines->reading->path),
        .places = &place,
        .n_places = 1,
        .unit = PLACE_WHOLE,
    };
    enum status status =
        get_string(lines, object, "document", &lines->numbers[2],
                   &paragraph.document, failure);

    if (status)
        return status;
    if (paragraph.document.length == 0)
        paragraph.document = paragraph.path;
    return give(lines, object, &paragraph, failure);
}

/* Read LINE, which is not blank and begins at OFFSET of the file. */
static enum status read_line(struct lines *lines, struct bytes line,
                             uint64_t offset, struct failure *failure)
{
    json_error_t error;
    json_t *object = json_loadb(line.data, line.length, LOAD_FLAGS, &error);
    const char *wrong;
    enum status status = STATUS_OK;

    lines->n_lines++;
    if (!object && json_error_code(&error) == json_error_out_of_memory)
        return fail_memory(failure);
    wrong = object ? objection(object) : NULL;
    if (!object)
        warn(lines, "not JSON: %s", error.text);
    else if (wrong)
        warn(lines, "%s", wrong);
    if (!object || wrong)
        lines->n_skipped++;
    else
        status = read_object(lines, object, line, offset, failure);
    json_decref(object);
    return status;
}

static bool is_blank(struct bytes line)
{
    size_t i = 0;

    while (i < line.length && strchr(" \t\r", line.data[i]) && line.data[i])
        i++;
    return i == line.length;
}

static enum status read_lines(struct source *source, struct lines *lines,
                              struct failure *failure)
{
    for (;;) {
        uint64_t offset = source_offset(source);
        struct bytes line;
        bool found;
        enum status status = source_line(source, &line, &found, failure);

        if (status || !found)
            return status;
        lines->number++;
        if (offset == 0 && line.length >= 3 &&
            memcmp(line.data, "\xef\xbb\xbf", 3) == 0) {
            line = (struct bytes){line.data + 3, line.length - 3};
            offset = 3;
        }
        if (!is_blank(line))
            status = read_line(lines, line, offset, failure);
        if (status)
            return status;
    }
}

static enum status read_json_lines(struct source *source,
                                   const struct reading *reading,
                                   struct failure *failure)
{
    struct lines lines = {.reading = reading, .name = source_name(source)};
    enum status status = detector_new(&lines.detector, failure);
    size_t i;

    if (status == STATUS_OK)
        status = read_lines(source, &lines, failure);
    if (status == STATUS_OK && lines.n_skipped > 0)
        status = fail(failure, STATUS_INPUT,
                      "%s: %" PRIu64 " of %" PRIu64 " lines could not be read",
                      lines.name, lines.n_skipped, lines.n_lines);
    detector_free(lines.detector);
    buffer_release(&lines.document);
    for (i = 0; i < sizeof lines.numbers / sizeof *lines.numbers; i++)
        buffer_release(&lines.numbers[i]);
    return status;
}

const struct format format_json_lines = {
    .name = "JSON Lines",
    .recognise = recognise,
    .paragraphs = read_json_lines,
};
