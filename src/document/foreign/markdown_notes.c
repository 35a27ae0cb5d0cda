/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Front matter and footnotes, line by line. */
#include <config.h>

#include "src/document/foreign/markdown.h"

#include "base/buffer.h"
#include "src/document/foreign/facts.h"

#include <stdlib.h>

enum { LABEL_MAX = 64 };

/* The line that begins at AT, without its end. */
static struct bytes line_at(struct bytes text, size_t at)
{
    const char *line = text.data + at;
    const char *end = memchr(line, '\n', text.length - at);
    size_t length = end ? (size_t)(end - line) : text.length - at;

    if (length > 0 && line[length - 1] == '\r')
        length--;
    return (struct bytes){line, length};
}

static size_t next_line(struct bytes text, size_t at)
{
    const char *end = memchr(text.data + at, '\n', text.length - at);

    return end ? (size_t)(end - text.data) + 1 : text.length;
}

static struct bytes trim(struct bytes bytes)
{
    while (bytes.length > 0 && strchr(" \t\r", bytes.data[0]) && bytes.data[0])
        bytes = (struct bytes){bytes.data + 1, bytes.length - 1};
    while (bytes.length > 0 && bytes.data[bytes.length - 1] &&
           strchr(" \t\r", bytes.data[bytes.length - 1]))
        bytes.length--;
    return bytes;
}

static bool is(struct bytes bytes, const char *string)
{
    return bytes_equal(bytes, bytes_of(string));
}

/* The value behind KEY and a colon, without quotation marks; empty if LINE is
 * something else. */
static struct bytes value_of(struct bytes line, const char *key)
{
    size_t length = strlen(key);
    struct bytes value = {"", 0};

    if (line.length <= length || memcmp(line.data, key, length) != 0 ||
        line.data[length] != ':')
        return value;
    value =
        trim((struct bytes){line.data + length + 1, line.length - length - 1});
    if (value.length >= 2 && strchr("\"'", value.data[0]) &&
        value.data[value.length - 1] == value.data[0])
        value = (struct bytes){value.data + 1, value.length - 2};
    return value;
}

static void take(struct front_matter *found, struct bytes line)
{
    struct bytes language = value_of(line, "lang");

    if (language.length == 0)
        language = value_of(line, "language");
    if (found->language.length == 0)
        found->language = facts_language(language);
    if (found->title.length == 0)
        found->title = value_of(line, "title");
    if (found->date.length == 0)
        found->date = facts_date(value_of(line, "date"));
}

struct front_matter front_matter_find(struct bytes text)
{
    struct front_matter found = {.end = 0};
    size_t at;

    if (text.length == 0 || !is(trim(line_at(text, 0)), "---"))
        return found;
    for (at = next_line(text, 0); at < text.length; at = next_line(text, at)) {
        struct bytes line = trim(line_at(text, at));

        if (is(line, "---") || is(line, "...")) {
            found.end = next_line(text, at);
            return found;
        }
        take(&found, line_at(text, at));
    }
    /* It does not end: the first line is a rule. */
    return (struct front_matter){.end = 0};
}

static size_t indentation(struct bytes line)
{
    size_t at = 0, columns = 0;

    for (; at < line.length; at++)
        if (line.data[at] == ' ')
            columns++;
        else if (line.data[at] == '\t')
            columns += 4;
        else
            break;
    return columns;
}

/* The label of "[^label]" at the start of TEXT; empty if that is something
 * else. */
static struct bytes label_of(struct bytes text)
{
    size_t end = 2;

    if (text.length < 4 || memcmp(text.data, "[^", 2) != 0)
        return (struct bytes){"", 0};
    while (end < text.length && end < LABEL_MAX &&
           (unsigned char)text.data[end] > ' ' && text.data[end] != ']' &&
           text.data[end] != '[')
        end++;
    if (end == text.length || text.data[end] != ']')
        return (struct bytes){"", 0};
    return (struct bytes){text.data + 2, end - 2};
}

/* Whether LINE begins a definition. */
static bool begins_note(struct bytes line, struct bytes *label)
{
    size_t at = indentation(line);

    if (at > 3 || at >= line.length)
        return false;
    line = (struct bytes){line.data + at, line.length - at};
    *label = label_of(line);
    return label->length > 0 && line.length > label->length + 3 &&
           line.data[label->length + 3] == ':';
}

/* Whether LINE opens code between fences, or closes the one that CHARACTER
 * (0: none) opened. */
static bool is_fence(struct bytes line, char character)
{
    struct bytes rest = trim(line);

    if (indentation(line) > 3 || rest.length < 3 ||
        (rest.data[0] != '`' && rest.data[0] != '~') ||
        rest.data[1] != rest.data[0] || rest.data[2] != rest.data[0])
        return false;
    return !character || rest.data[0] == character;
}

/* Where the note whose first line is at AT ends: before the next one, and
 * before a line that stands behind an empty one and is not indented. */
static size_t note_end(struct bytes text, size_t at)
{
    size_t end = next_line(text, at);
    struct bytes label;
    bool empty = false;

    for (at = end; at < text.length; at = next_line(text, at)) {
        struct bytes line = line_at(text, at);

        if (trim(line).length == 0) {
            empty = true;
            continue;
        }
        if (begins_note(line, &label) || (empty && indentation(line) < 4) ||
            (!empty && is_fence(line, 0)))
            break;
        empty = false;
        end = next_line(text, at);
    }
    return end;
}

static int compare_labels(const void *a, const void *b)
{
    return bytes_compare(*(const struct bytes *)a, *(const struct bytes *)b);
}

static bool sort_labels(struct markdown_notes *notes)
{
    size_t i;

    if (notes->n_notes == 0)
        return true;
    notes->labels = calloc(notes->n_notes, sizeof *notes->labels);
    for (i = 0; notes->labels && i < notes->n_notes; i++)
        notes->labels[i] = notes->notes[i].label;
    if (notes->labels)
        qsort(notes->labels, notes->n_notes, sizeof *notes->labels,
              compare_labels);
    return notes->labels != NULL;
}

static bool add_note(struct markdown_notes *notes, struct bytes text,
                     struct bytes label, size_t start, size_t end)
{
    if (!array_grow(&notes->notes, &notes->capacity, notes->n_notes + 1,
                    sizeof *notes->notes))
        return false;
    notes->notes[notes->n_notes++] = (struct markdown_note){
        .label = label,
        .start = start,
        .end = end,
        .text = (size_t)(label.data - text.data) + label.length + 2,
    };
    return true;
}

bool markdown_notes_find(struct markdown_notes *notes, struct bytes text,
                         size_t start)
{
    size_t at = start, end;
    struct bytes label;
    char fence = '\0';

    for (; at < text.length; at = end) {
        struct bytes line = line_at(text, at);

        end = next_line(text, at);
        if (is_fence(line, fence)) {
            fence = fence ? '\0' : trim(line).data[0];
        } else if (!fence && begins_note(line, &label)) {
            end = note_end(text, at);
            if (!add_note(notes, text, label, at, end))
                return false;
        }
    }
    return sort_labels(notes);
}

void markdown_notes_release(struct markdown_notes *notes)
{
    free(notes->notes);
    free(notes->labels);
}

size_t markdown_reference_length(const struct markdown_notes *notes,
                                 struct bytes text)
{
    struct bytes label = label_of(text);

    if (label.length == 0 || notes->n_notes == 0 ||
        !bsearch(&label, notes->labels, notes->n_notes, sizeof label,
                 compare_labels))
        return 0;
    return label.length + 3;
}
