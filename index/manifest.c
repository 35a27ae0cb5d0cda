/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/manifest.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "index/disk.h"
#include "index/schema.h"

/* Far beyond any that we write; a bound on what a hostile one costs. */
enum { MANIFEST_MAX_BYTES = 1 << 24 };

#define FIRST_FACT "# pilcrow "
#define SEGMENT_LINE "auto "

void manifest_release(struct manifest *manifest)
{
    free(manifest->analyzer);
    free(manifest->segments);
    buffer_release(&manifest->others);
    *manifest = MANIFEST_EMPTY;
}

void segment_name(char name[SEGMENT_NAME_MAX], uint32_t segment)
{
    snprintf(name, SEGMENT_NAME_MAX, SCHEMA_SEGMENT_FORMAT, segment);
}

/* All of TEXT as a decimal number. */
static bool parse_number(struct bytes text, uint32_t *number)
{
    uint64_t value = 0;

    if (text.length == 0 || text.length > 10)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(text.data[i] - '0');
    }
    *number = (uint32_t)value;
    return value <= UINT32_MAX;
}

/* Whether TEXT begins with PREFIX; if so, *REST is what follows. */
static bool skip(struct bytes text, const char *prefix, struct bytes *rest)
{
    size_t length = strlen(prefix);

    if (text.length < length || memcmp(text.data, prefix, length) != 0)
        return false;
    *rest = (struct bytes){text.data + length, text.length - length};
    return true;
}

bool segment_parse(struct bytes name, uint32_t *segment)
{
    char canonical[SEGMENT_NAME_MAX];
    struct bytes digits;

    if (!skip(name, "segment-", &digits) || !parse_number(digits, segment) ||
        *segment == 0)
        return false;
    segment_name(canonical, *segment);
    return bytes_equal(name, bytes_of(canonical));
}

bool manifest_names(const struct manifest *manifest, uint32_t segment)
{
    for (size_t i = 0; i < manifest->n_segments; i++)
        if (manifest->segments[i] == segment)
            return true;
    return false;
}

enum status manifest_add(struct manifest *manifest, uint32_t segment,
                         struct failure *failure)
{
    if (!array_grow(&manifest->segments, &manifest->capacity,
                    manifest->n_segments + 1, sizeof *manifest->segments))
        return fail_memory(failure);
    manifest->segments[manifest->n_segments++] = segment;
    return STATUS_OK;
}

/* A manifest while it is read. */
struct parser {
    const char *folder; /* for messages */
    const char *cursor;
    const char *end;
    size_t line;
    bool has_next_segment, has_next_document;
};

static enum status fail_line(const struct parser *parser,
                             struct failure *failure)
{
    return fail(failure, STATUS_CORRUPT,
                "the manifest of '%s' is damaged in line %zu", parser->folder,
                parser->line);
}

/* The next line into *LINE, without its end. False at the end of the file,
 * and where the line does not end, which no whole manifest has. */
static bool next_line(struct parser *parser, struct bytes *line)
{
    size_t left = (size_t)(parser->end - parser->cursor);
    const char *newline = left ? memchr(parser->cursor, '\n', left) : NULL;

    parser->line++;
    if (!newline)
        return false;
    *line = (struct bytes){parser->cursor, (size_t)(newline - parser->cursor)};
    parser->cursor = newline + 1;
    return true;
}

static enum status parse_version(struct parser *parser, struct failure *failure)
{
    struct bytes line, number;
    uint32_t version;

    if (!next_line(parser, &line) || !skip(line, FIRST_FACT, &number))
        return fail(failure, STATUS_NO_INDEX,
                    "'%s' is a Xapian stub, but not an index", parser->folder);
    if (!parse_number(number, &version))
        return fail_line(parser, failure);
    if (version != SCHEMA_VERSION)
        return fail(failure, STATUS_SCHEMA,
                    "'%s' has schema %" PRIu32 ", this program reads %d; "
                    "rebuild the index",
                    parser->folder, version, SCHEMA_VERSION);
    return STATUS_OK;
}

static enum status parse_analyzer(struct parser *parser, struct bytes name,
                                  struct manifest *manifest,
                                  struct failure *failure)
{
    if (manifest->analyzer || name.length == 0 ||
        memchr(name.data, '\0', name.length))
        return fail_line(parser, failure);
    manifest->analyzer = strndup(name.data, name.length);
    return manifest->analyzer ? STATUS_OK : fail_memory(failure);
}

/* Read VALUE into *NUMBER, a fact that is there once and is not 0. */
static enum status parse_next(struct parser *parser, struct bytes value,
                              bool *seen, uint32_t *number,
                              struct failure *failure)
{
    if (*seen || !parse_number(value, number) || *number == 0)
        return fail_line(parser, failure);
    *seen = true;
    return STATUS_OK;
}

static enum status parse_segment(struct parser *parser, struct bytes name,
                                 struct manifest *manifest,
                                 struct failure *failure)
{
    uint32_t segment;

    /* Numbers rise, so that none is there twice. */
    if (!segment_parse(name, &segment) ||
        (manifest->n_segments &&
         segment <= manifest->segments[manifest->n_segments - 1]))
        return fail_line(parser, failure);
    return manifest_add(manifest, segment, failure);
}

static enum status parse_line(struct parser *parser, struct bytes line,
                              struct manifest *manifest,
                              struct failure *failure)
{
    struct bytes rest;

    if (skip(line, "# analyzer ", &rest))
        return parse_analyzer(parser, rest, manifest, failure);
    if (skip(line, "# next-segment ", &rest))
        return parse_next(parser, rest, &parser->has_next_segment,
                          &manifest->next_segment, failure);
    if (skip(line, "# next-document ", &rest))
        return parse_next(parser, rest, &parser->has_next_document,
                          &manifest->next_document, failure);
    if (skip(line, SEGMENT_LINE, &rest))
        return parse_segment(parser, rest, manifest, failure);
    if (!skip(line, "#", &rest))
        return fail_line(parser, failure);
    buffer_append(&manifest->others, line.data, line.length);
    buffer_append_byte(&manifest->others, '\n');
    return manifest->others.failed ? fail_memory(failure) : STATUS_OK;
}

/* Whether all facts are there that must be, and agree. */
static bool is_whole(const struct parser *parser,
                     const struct manifest *manifest)
{
    return parser->cursor == parser->end && manifest->analyzer &&
           parser->has_next_segment && parser->has_next_document &&
           (manifest->n_segments == 0 ||
            manifest->segments[manifest->n_segments - 1] <
                manifest->next_segment);
}

enum status manifest_parse(const char *folder, const char *text, size_t length,
                           struct manifest *manifest, struct failure *failure)
{
    struct parser parser = {
        .folder = folder, .cursor = text, .end = length ? text + length : text};
    struct bytes line;
    enum status status;

    *manifest = MANIFEST_EMPTY;
    status = parse_version(&parser, failure);
    while (status == STATUS_OK && next_line(&parser, &line))
        status = parse_line(&parser, line, manifest, failure);
    if (status == STATUS_OK && !is_whole(&parser, manifest))
        status = fail(failure, STATUS_CORRUPT,
                      "the manifest of '%s' is not whole", folder);
    if (status != STATUS_OK)
        manifest_release(manifest);
    return status;
}

enum status manifest_read(const char *folder, struct manifest *manifest,
                          struct failure *failure)
{
    struct buffer path = BUFFER_EMPTY, text = BUFFER_EMPTY;
    enum status status = disk_join(&path, folder, SCHEMA_MANIFEST, failure);

    *manifest = MANIFEST_EMPTY;
    if (status == STATUS_OK)
        status = disk_read(path.data, MANIFEST_MAX_BYTES, &text, failure);
    if (status == STATUS_LIMIT)
        status = fail(failure, STATUS_CORRUPT,
                      "the manifest of '%s' is too long", folder);
    if (status == STATUS_OK)
        status =
            manifest_parse(folder, text.data, text.length, manifest, failure);
    buffer_release(&text);
    buffer_release(&path);
    return status;
}

void manifest_format(const struct manifest *manifest, struct buffer *buffer)
{
    char name[SEGMENT_NAME_MAX];

    buffer_append_format(buffer, FIRST_FACT "%d\n", SCHEMA_VERSION);
    buffer_append_format(buffer, "# analyzer %s\n", manifest->analyzer);
    buffer_append_format(buffer, "# next-segment %" PRIu32 "\n",
                         manifest->next_segment);
    buffer_append_format(buffer, "# next-document %" PRIu32 "\n",
                         manifest->next_document);
    buffer_append(buffer, manifest->others.data, manifest->others.length);
    for (size_t i = 0; i < manifest->n_segments; i++) {
        segment_name(name, manifest->segments[i]);
        buffer_append_format(buffer, SEGMENT_LINE "%s\n", name);
    }
}

enum status manifest_write(const char *folder, const struct manifest *manifest,
                           struct failure *failure)
{
    struct buffer text = BUFFER_EMPTY;
    enum status status;

    manifest_format(manifest, &text);
    status = text.failed ? fail_memory(failure)
                         : disk_replace(folder, SCHEMA_MANIFEST,
                                        buffer_bytes(&text), failure);
    buffer_release(&text);
    return status;
}
