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
 * cut, by one thread; the rest when it is read. */
#include <config.h>

#include "src/document/json_lines.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "base/buffer.h"
#include "index/schema.h"
#include "src/document/json_line.h"
#include "src/text/language.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Of text in a slice, and of its lines with what is kept of each. */
enum { SLICE_TEXT = 1 << 20, SLICE_MEMORY = 4 << 20 };

/* Of a text, for its language: it must not cost more than the rest. So much of
 * it is enough for most, and more is looked at for those that it does not tell.
 */
enum { LANGUAGE_HEAD = 160, LANGUAGE_SAMPLE = 1000 };

/* So many lines in another language than those before change what the lines are
 * taken for that do not tell theirs. A list of foreign names has a few. */
enum { MAX_VOTES = 8 };

/* So many lines before a slice are asked for their language once more, so that
 * it begins with the votes that these left. */
enum { VOTERS = 2 * MAX_VOTES };

/* A line of a slice, which is a paragraph. */
struct slice_line {
    struct json_line json;
    uint64_t offset; /* in the file */
    size_t length;
    uint32_t ordinal; /* in its document */
};

struct json_slice {
    struct arena arena; /* of all strings */
    struct slice_line *lines;
    size_t n_lines, capacity;
    size_t text_size;
    struct bytes path;
    const char *language;        /* of the options; NULL: it is detected */
    struct bytes voters[VOTERS]; /* texts of the last lines before it */
    size_t n_voters;
};

struct json_lines {
    struct source *source;
    struct reading reading;
    struct buffer document; /* of the paragraph before */
    uint32_t ordinal;       /* of the paragraph before, in its document */
    size_t number;          /* of this line, from 1 */
    uint64_t n_lines;       /* that are not blank */
    uint64_t n_skipped;
    struct buffer voters[VOTERS]; /* texts of the last lines, a ring */
    size_t n_voters;              /* of all lines */
    struct failure failure;       /* which ended the reading */
};

/* Whose votes say what to take for the language of a line. */
struct votes {
    struct detector *detector;
    const struct language *language; /* of the lines before; NULL: none yet */
    unsigned n;                      /* of lines for it */
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
        if (is_ascii_capital(lower[i]))
            lower[i] = (char)(lower[i] + 'a' - 'A');
    }
    return (struct bytes){lower, i};
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
    struct buffer *voter = &lines->voters[lines->n_voters % VOTERS];

    if (lines->reading.options->language ||
        line->members[JSON_LANGUAGE].length > 0)
        return STATUS_OK;
    if (text.length > LANGUAGE_SAMPLE)
        text.length = LANGUAGE_SAMPLE;
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
    size_t n = lines->n_voters < VOTERS ? lines->n_voters : VOTERS;
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
                                    VOTERS]),
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
    for (size_t i = 0; i < VOTERS; i++)
        buffer_release(&lines->voters[i]);
    free(lines);
}

enum status json_slice_new(struct json_slice **slice, struct failure *failure)
{
    *slice = calloc(1, sizeof **slice);
    return *slice ? STATUS_OK : fail_memory(failure);
}

void json_slice_free(struct json_slice *slice)
{
    if (!slice)
        return;
    arena_release(&slice->arena);
    free(slice->lines);
    free(slice);
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

/* How long the head of TEXT is, which ends with a word if it can. */
static size_t text_head(struct bytes text)
{
    const char *end;

    if (text.length <= LANGUAGE_HEAD)
        return text.length;
    end = memrchr(text.data, ' ', LANGUAGE_HEAD);
    return end ? (size_t)(end - text.data) : text.length;
}

/* What to take for the language of TEXT, which does not name it. */
static const char *find_language(struct votes *votes, struct bytes text)
{
    const struct language *found;
    size_t head;

    if (text.length > LANGUAGE_SAMPLE)
        text.length = LANGUAGE_SAMPLE;
    head = text_head(text);
    detector_start(votes->detector);
    detector_add(votes->detector, (struct bytes){text.data, head});
    found = detector_language(votes->detector);
    if (!found && head < text.length) {
        detector_add(votes->detector,
                     (struct bytes){text.data + head, text.length - head});
        found = detector_language(votes->detector);
    }
    if (!found) {
        found = votes->language;
    } else if (found == votes->language) {
        votes->n += votes->n < MAX_VOTES;
    } else if (votes->n > 0) {
        votes->n--;
    } else {
        votes->language = found;
        votes->n = 1;
    }
    return found ? found->code : LANGUAGE_DEFAULT;
}

static enum status give(const struct json_slice *slice,
                        const struct slice_line *line, struct votes *votes,
                        paragraph_receiver receive, void *context,
                        struct failure *failure)
{
    const struct bytes *members = line->json.members;
    struct place place = {.text_length = members[JSON_TEXT].length,
                          .source = line->offset,
                          .source_length = line->length};
    struct paragraph paragraph = {
        .id = members[JSON_ID],
        .document = members[JSON_DOCUMENT],
        .title = members[JSON_TITLE],
        .date = members[JSON_DATE],
        .path = slice->path,
        .label = members[JSON_LABEL],
        .kind = members[JSON_KIND],
        .text = members[JSON_TEXT],
        .places = &place,
        .n_places = 1,
        .unit = PLACE_WHOLE,
        .ordinal = line->ordinal,
    };
    char lower[32], label[16];

    if (members[JSON_LANGUAGE].length > 0)
        paragraph.language =
            normalise_language(members[JSON_LANGUAGE], lower, sizeof lower);
    else
        paragraph.language =
            bytes_of(slice->language ? slice->language
                                     : find_language(votes, paragraph.text));
    if (paragraph.kind.length == 0)
        paragraph.kind = bytes_of("paragraph");
    if (paragraph.label.length == 0) {
        snprintf(label, sizeof label, "P%" PRIu32, paragraph.ordinal);
        paragraph.label = bytes_of(label);
    }
    return receive(context, &paragraph, failure);
}

enum status json_slice_read(const struct json_slice *slice,
                            struct detector *detector,
                            paragraph_receiver receive, void *context,
                            struct failure *failure)
{
    struct votes votes = {.detector = detector};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < slice->n_voters; i++)
        find_language(&votes, slice->voters[i]);
    for (size_t i = 0; status == STATUS_OK && i < slice->n_lines; i++)
        status =
            give(slice, &slice->lines[i], &votes, receive, context, failure);
    return status;
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
