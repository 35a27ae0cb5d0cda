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
 * skipped, and in the end makes the file a STATUS_INPUT.
 *
 * What depends on the lines before (numbers, counts) is done when a slice is
 * cut, by one thread; the rest when it is read (json_slice.c). */
#include <config.h>

#include "src/document/json_lines.h"

#include "base/buffer.h"
#include "index/schema.h"
#include "src/document/json_lines_parts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Of text in a slice, and of its lines with what is kept of each. */
enum { SLICE_TEXT = 1 << 20, SLICE_MEMORY = 4 << 20 };

struct json_lines {
    struct source *source;
    struct reading reading;
    struct buffer document; /* of the paragraph before */
    uint32_t ordinal;       /* of the paragraph before, in its document */
    size_t number;          /* of this line, from 1 */
    uint64_t n_lines;       /* that are not blank */
    uint64_t n_skipped;
    struct buffer voters[JSON_VOTERS]; /* texts of the last lines, a ring */
    size_t n_voters;                   /* of all lines */
    struct failure failure;            /* which ended the reading */
};

/* A json_complaint about the line at hand. */
static void warn(void *context, const char *text)
{
    const struct json_lines *lines = context;
    const char *name = source_name(lines->source);
    struct buffer message = BUFFER_EMPTY;

    buffer_append_format(&message, "%s: line %zu: %s", name, lines->number,
                         text);
    buffer_append_byte(&message, '\0');
    /* Short of memory the line still says which file it is about. */
    reading_warn(&lines->reading, message.failed ? name : message.data);
    buffer_release(&message);
}

static bool is_named_so(const char *path)
{
    struct bytes name = bytes_of(path);

    if (bytes_end_nocase(name, ".gz"))
        name.length -= strlen(".gz");
    return bytes_end_nocase(name, ".jsonl") ||
           bytes_end_nocase(name, ".ndjson");
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
    return json_line_has_text(line);
}

/* Cut *DATE to YYYY, YYYY-MM or YYYY-MM-DD; false if it is no date. */
static bool normalise_date(struct bytes *date)
{
    char digits[8];

    /* 2003-12-22T10:30:00Z, or with a space */
    if (date->length > 10 && memchr("Tt ", date->data[10], 3))
        date->length = 10;
    return schema_date(*date, '0', digits) > 0;
}

/* Count LINE in its document. */
static enum status count(struct json_lines *lines, struct slice_line *line,
                         struct failure *failure)
{
    struct bytes document = line->json.members[JSON_DOCUMENT];

    if (lines->ordinal == 0 ||
        !bytes_equal(document, buffer_bytes(&lines->document))) {
        buffer_clear(&lines->document);
        buffer_append(&lines->document, document.data, document.length);
        lines->ordinal = 0;
        if (lines->document.failed)
            return fail_memory(failure);
    }
    line->ordinal = ++lines->ordinal;
    return STATUS_OK;
}

/* Remember the text of LINE, if its language will be asked for. */
static enum status add_voter(struct json_lines *lines,
                             const struct json_line *line,
                             struct failure *failure)
{
    struct bytes text = line->members[JSON_TEXT];
    struct buffer *voter = &lines->voters[lines->n_voters % JSON_VOTERS];

    if (lines->reading.options->language ||
        line->members[JSON_LANGUAGE].length > 0)
        return STATUS_OK;
    if (text.length > JSON_LANGUAGE_SAMPLE)
        text.length = JSON_LANGUAGE_SAMPLE;
    buffer_clear(voter);
    buffer_append(voter, text.data, text.length);
    lines->n_voters++;
    return voter->failed ? fail_memory(failure) : STATUS_OK;
}

/* Put what is in LINE, at OFFSET, into SLICE. A line that is no paragraph is
 * warned of. */
static enum status add_line(struct json_lines *lines, struct json_slice *slice,
                            struct bytes line, uint64_t offset,
                            struct failure *failure)
{
    struct slice_line new = {.offset = offset, .length = line.length};
    struct bytes *members = new.json.members;
    char *copy = arena_allocate(&slice->arena, line.length);
    struct failure problem;
    enum status status;

    lines->n_lines++;
    if (!copy || !array_grow(&slice->lines, &slice->capacity,
                             slice->n_lines + 1, sizeof *slice->lines))
        return fail_memory(failure);
    memcpy(copy, line.data, line.length);
    status = json_line_read((struct bytes){copy, line.length}, &slice->arena,
                            &new.json, warn, lines, &problem);
    if (status == STATUS_INPUT) {
        warn(lines, problem.message);
        lines->n_skipped++;
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return fail_memory(failure);
    if (members[JSON_DOCUMENT].length == 0)
        members[JSON_DOCUMENT] = slice->path;
    if (members[JSON_DATE].length > 0 && !normalise_date(&members[JSON_DATE])) {
        warn(lines, "'date' is no date (YYYY-MM-DD) and is ignored");
        members[JSON_DATE].length = 0;
    }
    status = count(lines, &new, failure);
    if (status == STATUS_OK)
        status = add_voter(lines, &new.json, failure);
    slice->text_size += members[JSON_TEXT].length;
    slice->lines[slice->n_lines++] = new;
    return status;
}

static bool is_blank(struct bytes line)
{
    size_t i = 0;

    while (i < line.length && strchr(" \t\r", line.data[i]) && line.data[i])
        i++;
    return i == line.length;
}

static enum status fill(struct json_lines *lines, struct json_slice *slice,
                        struct failure *failure)
{
    while (slice->text_size < SLICE_TEXT && slice->arena.size < SLICE_MEMORY) {
        uint64_t offset = source_offset(lines->source);
        struct bytes line;
        bool found;
        enum status status = source_line(lines->source, &line, &found, failure);

        if (status || !found)
            return status;
        lines->number++;
        if (offset == 0 && bytes_begin_with(line, "\xef\xbb\xbf")) {
            line = (struct bytes){line.data + 3, line.length - 3};
            offset = 3;
        }
        if (!is_blank(line))
            status = add_line(lines, slice, line, offset, failure);
        if (status)
            return status;
    }
    return STATUS_OK;
}

static enum status keep(struct arena *arena, struct bytes string,
                        struct bytes *kept, struct failure *failure)
{
    char *copy = arena_allocate(arena, string.length + 1);

    if (!copy)
        return fail_memory(failure);
    if (string.length)
        memcpy(copy, string.data, string.length);
    *kept = (struct bytes){copy, string.length};
    return STATUS_OK;
}

/* Begin SLICE with what it must know of the lines before it. */
static enum status begin(const struct json_lines *lines,
                         struct json_slice *slice, struct failure *failure)
{
    size_t n = lines->n_voters < JSON_VOTERS ? lines->n_voters : JSON_VOTERS;
    enum status status;

    arena_clear(&slice->arena);
    slice->n_lines = slice->n_voters = slice->text_size = 0;
    slice->language = lines->reading.options->language;
    status = keep(&slice->arena, bytes_of(lines->reading.path), &slice->path,
                  failure);
    for (; status == STATUS_OK && slice->n_voters < n; slice->n_voters++)
        status =
            keep(&slice->arena,
                 buffer_bytes(
                     &lines->voters[(lines->n_voters - n + slice->n_voters) %
                                    JSON_VOTERS]),
                 &slice->voters[slice->n_voters], failure);
    return status;
}

enum status json_lines_new(struct source *source, const struct reading *reading,
                           struct json_lines **lines, struct failure *failure)
{
    *lines = calloc(1, sizeof **lines);
    if (!*lines)
        return fail_memory(failure);
    (*lines)->source = source;
    (*lines)->reading = *reading;
    return STATUS_OK;
}

void json_lines_free(struct json_lines *lines)
{
    if (!lines)
        return;
    buffer_release(&lines->document);
    for (size_t i = 0; i < JSON_VOTERS; i++)
        buffer_release(&lines->voters[i]);
    free(lines);
}

enum status json_lines_next(struct json_lines *lines, struct json_slice *slice,
                            bool *found, struct failure *failure)
{
    enum status status = begin(lines, slice, failure);

    *found = false;
    if (status == STATUS_OK && lines->failure.status == STATUS_OK)
        fill(lines, slice, &lines->failure);
    if (status != STATUS_OK)
        return status;
    *found = slice->n_lines > 0;
    /* What was read before a failure is given before it is told. */
    if (*found || lines->failure.status == STATUS_OK)
        return STATUS_OK;
    if (failure)
        *failure = lines->failure;
    return lines->failure.status;
}

enum status json_lines_check(const struct json_lines *lines,
                             struct failure *failure)
{
    if (lines->n_skipped == 0)
        return STATUS_OK;
    return fail(failure, STATUS_INPUT,
                "%s: %" PRIu64 " of %" PRIu64 " lines could not be read",
                source_name(lines->source), lines->n_skipped, lines->n_lines);
}

/* All slices, one after the other. */
static enum status read_slices(struct json_lines *lines,
                               struct json_slice *slice,
                               struct detector *detector,
                               const struct reading *reading,
                               struct failure *failure)
{
    for (;;) {
        bool found;
        enum status status = json_lines_next(lines, slice, &found, failure);

        if (status == STATUS_OK && !found)
            return json_lines_check(lines, failure);
        if (status == STATUS_OK)
            status = json_slice_read(slice, detector, reading->receive,
                                     reading->context, failure);
        if (status != STATUS_OK)
            return status;
    }
}

static enum status read_json_lines(struct source *source,
                                   const struct reading *reading,
                                   struct failure *failure)
{
    struct json_lines *lines = NULL;
    struct json_slice *slice = NULL;
    struct detector *detector = NULL;
    enum status status = detector_new(&detector, failure);

    if (status == STATUS_OK)
        status = json_lines_new(source, reading, &lines, failure);
    if (status == STATUS_OK)
        status = json_slice_new(&slice, failure);
    if (status == STATUS_OK)
        status = read_slices(lines, slice, detector, reading, failure);
    json_slice_free(slice);
    json_lines_free(lines);
    detector_free(detector);
    return status;
}

const struct format format_json_lines = {
    .name = "JSON Lines",
    .recognise = recognise,
    .paragraphs = read_json_lines,
};
