/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/manifest.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "index/disk.h"
#include "index/schema.h"

/* Far beyond any that we write; bounds on what a hostile one costs. */
enum { MANIFEST_MAX_BYTES = 1 << 24, MANIFEST_MAX_SEGMENTS = 10000 };

#define FIRST_FACT "# pilcrow "
#define SEGMENT_LINE "auto "
#define FILE_FACT "# file "
#define NEXT_SEGMENT_FACT "# next-segment "
#define LAST_FACT "# end "
#define SEGMENT "segment"

void manifest_release(struct manifest *manifest)
{
    free(manifest->analyzer);
    free(manifest->segments);
    buffer_release(&manifest->others);
    *manifest = MANIFEST_EMPTY;
}

uint64_t content_hash(struct bytes content)
{
    return content.length ? XXH3_64bits(content.data, content.length)
                          : XXH3_64bits("", 0);
}

void numbered_name(char name[SEGMENT_NAME_MAX], const char *kind,
                   uint32_t number)
{
    snprintf(name, SEGMENT_NAME_MAX, "%s-%06" PRIu32, kind, number);
}

void segment_name(char name[SEGMENT_NAME_MAX], uint32_t segment)
{
    numbered_name(name, SEGMENT, segment);
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

bool numbered_parse(struct bytes name, const char *kind, uint32_t *number)
{
    char canonical[SEGMENT_NAME_MAX];
    struct bytes digits;

    if (!skip(name, kind, &digits) || !skip(digits, "-", &digits) ||
        !parse_number(digits, number) || *number == 0)
        return false;
    numbered_name(canonical, kind, *number);
    return bytes_equal(name, bytes_of(canonical));
}

bool segment_parse(struct bytes name, uint32_t *segment)
{
    return numbered_parse(name, SEGMENT, segment);
}

bool manifest_names(const struct manifest *manifest, uint32_t segment)
{
    for (size_t i = 0; i < manifest->n_segments; i++)
        if (manifest->segments[i].number == segment)
            return true;
    return false;
}

enum status manifest_add(struct manifest *manifest, uint32_t segment,
                         struct failure *failure)
{
    if (!array_grow(&manifest->segments, &manifest->capacity,
                    manifest->n_segments + 1, sizeof *manifest->segments))
        return fail_memory(failure);
    manifest->segments[manifest->n_segments++] =
        (struct manifest_segment){.number = segment};
    return STATUS_OK;
}

/* A manifest while it is read. */
struct parser {
    const char *folder; /* for messages */
    const char *text;
    const char *cursor;
    const char *end;
    size_t line;
    bool has_generation, has_next_segment, has_next_document;
    bool ended; /* the line with the hash of all before was read */
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

/* Whether a line of what is left begins with FACT. */
static bool has_fact(const struct parser *parser, const char *fact)
{
    struct parser rest = *parser;
    struct bytes line, value;

    while (next_line(&rest, &line))
        if (skip(line, fact, &value))
            return true;
    return false;
}

/* Whether no more is left than the beginning of a first line. */
static bool is_cut(const struct parser *parser)
{
    size_t head = strlen(FIRST_FACT);
    size_t left = (size_t)(parser->end - parser->cursor);
    size_t length = left < head ? left : head;

    return length == 0 || (memcmp(parser->cursor, FIRST_FACT, length) == 0 &&
                           !memchr(parser->cursor, '\n', left));
}

/* What does not begin as a manifest, but goes on as one, must not be taken for
 * a stub of Xapian's: who reads it as that knows nothing of deletions. Nor must
 * what ends before it is one, which would stand for nothing. */
static enum status parse_version(struct parser *parser, struct failure *failure)
{
    struct bytes line, number;
    uint32_t version;
    bool cut = is_cut(parser);

    if (!next_line(parser, &line))
        line = (struct bytes){"", 0};
    if (cut || (!skip(line, FIRST_FACT, &number) &&
                has_fact(parser, NEXT_SEGMENT_FACT)))
        return fail_line(parser, failure);
    if (!skip(line, FIRST_FACT, &number))
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

    if (!segment_parse(name, &segment) || manifest_names(manifest, segment) ||
        manifest->n_segments == MANIFEST_MAX_SEGMENTS)
        return fail_line(parser, failure);
    return manifest_add(manifest, segment, failure);
}

/* All of TEXT as 16 hexadecimal digits. */
static bool parse_hash(struct bytes text, uint64_t *hash)
{
    static const char digits[] = "0123456789abcdef";

    *hash = 0;
    if (text.length != 16)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        const char *digit = memchr(digits, text.data[i], 16);

        if (!digit)
            return false;
        *hash = *hash << 4 | (uint64_t)(digit - digits);
    }
    return true;
}

/* Cut what is before the next space off TEXT. */
static bool next_word(struct bytes *text, struct bytes *word)
{
    const char *space =
        text->length ? memchr(text->data, ' ', text->length) : NULL;

    if (!space)
        return false;
    *word = (struct bytes){text->data, (size_t)(space - text->data)};
    text->length -= word->length + 1;
    text->data = space + 1;
    return true;
}

/* FACT is "NAME SIZE HASH": of a segment's sums behind its line, or of one of
 * the files that have a generation. */
static enum status parse_file(struct parser *parser, struct bytes fact,
                              struct manifest *manifest,
                              struct failure *failure)
{
    struct bytes name, size;
    struct file_check check;
    struct manifest_file *file = NULL;
    struct manifest_segment *last =
        manifest->n_segments ? &manifest->segments[manifest->n_segments - 1]
                             : NULL;
    uint32_t number, small;

    if (!next_word(&fact, &name) || !next_word(&fact, &size) ||
        !parse_number(size, &small) || small == 0 ||
        !parse_hash(fact, &check.hash))
        return fail_line(parser, failure);
    check.size = small;
    if (numbered_parse(name, MANIFEST_FILES, &number))
        file = &manifest->files;
    else if (numbered_parse(name, MANIFEST_DELETED, &number))
        file = &manifest->deleted;
    if (file && file->number == 0) {
        *file = (struct manifest_file){number, check};
        return STATUS_OK;
    }
    for (size_t i = 0; !file && i < name.length; i++)
        if (name.data[i] == '/' &&
            segment_parse((struct bytes){name.data, i}, &number) && last &&
            last->number == number && last->sums.size == 0 &&
            bytes_equal((struct bytes){name.data + i + 1, name.length - i - 1},
                        bytes_of(SCHEMA_SUMS))) {
            last->sums = check;
            return STATUS_OK;
        }
    return fail_line(parser, failure);
}

/* HASH must be that of all lines before this one. */
static enum status parse_end(struct parser *parser, struct bytes hash,
                             struct failure *failure)
{
    struct bytes before = {parser->text, (size_t)(hash.data - parser->text) -
                                             strlen(LAST_FACT)};
    uint64_t wanted;

    if (!parse_hash(hash, &wanted) || wanted != content_hash(before))
        return fail_line(parser, failure);
    parser->ended = true;
    return STATUS_OK;
}

static enum status parse_line(struct parser *parser, struct bytes line,
                              struct manifest *manifest,
                              struct failure *failure)
{
    struct bytes rest;

    if (parser->ended)
        return fail_line(parser, failure);
    if (skip(line, LAST_FACT, &rest))
        return parse_end(parser, rest, failure);
    if (skip(line, "# analyzer ", &rest))
        return parse_analyzer(parser, rest, manifest, failure);
    if (skip(line, "# generation ", &rest))
        return parse_next(parser, rest, &parser->has_generation,
                          &manifest->generation, failure);
    if (skip(line, NEXT_SEGMENT_FACT, &rest))
        return parse_next(parser, rest, &parser->has_next_segment,
                          &manifest->next_segment, failure);
    if (skip(line, "# next-document ", &rest))
        return parse_next(parser, rest, &parser->has_next_document,
                          &manifest->next_document, failure);
    if (skip(line, FILE_FACT, &rest))
        return parse_file(parser, rest, manifest, failure);
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
    for (size_t i = 0; i < manifest->n_segments; i++)
        if (manifest->segments[i].number >= manifest->next_segment ||
            manifest->segments[i].sums.size == 0)
            return false;
    return parser->ended && parser->cursor == parser->end &&
           manifest->analyzer && parser->has_generation &&
           parser->has_next_segment && parser->has_next_document &&
           manifest->files.number <= manifest->generation &&
           manifest->deleted.number <= manifest->generation;
}

enum status manifest_parse(const char *folder, const char *text, size_t length,
                           struct manifest *manifest, struct failure *failure)
{
    struct parser parser = {
        .folder = folder,
        .text = text,
        .cursor = text,
        .end = length ? text + length : text,
    };
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

static enum status fail_lost(const char *folder, struct failure *failure)
{
    return fail(failure, STATUS_CORRUPT,
                "'%s' has segments, but its manifest '" SCHEMA_MANIFEST
                "' is lost",
                folder);
}

/* Whether NAME is a segment, which nobody makes where there is no manifest. */
static enum status refuse_segment(void *context, const char *folder,
                                  const char *name, struct failure *failure)
{
    struct buffer inside = BUFFER_EMPTY;
    enum status status = STATUS_OK;
    bool is_folder = false;
    uint32_t number;

    (void)context;
    if (!segment_parse(bytes_of(name), &number))
        return STATUS_OK;
    status = disk_join(&inside, name, ".", failure);
    if (status == STATUS_OK)
        status = disk_has(folder, inside.data, &is_folder, failure);
    buffer_release(&inside);
    return status == STATUS_OK && is_folder ? fail_lost(folder, failure)
                                            : status;
}

/* The manifest in FOLDER, whatever it names. */
static enum status read_file(const char *folder, struct manifest *manifest,
                             struct failure *failure)
{
    struct buffer path = BUFFER_EMPTY, text = BUFFER_EMPTY;
    enum status status = disk_join(&path, folder, SCHEMA_MANIFEST, failure);
    struct failure what;

    *manifest = MANIFEST_EMPTY;
    if (status == STATUS_OK)
        status = disk_read(path.data, MANIFEST_MAX_BYTES, &text, failure);
    if (status == STATUS_LIMIT)
        status = fail(failure, STATUS_CORRUPT,
                      "the manifest of '%s' is too long", folder);
    if (status == STATUS_OK) {
        status =
            manifest_parse(folder, text.data, text.length, manifest, failure);
    } else if (status == STATUS_NO_INDEX) {
        status = disk_each(folder, refuse_segment, NULL, &what);
        if (status == STATUS_OK)
            status = STATUS_NO_INDEX;
        else if (failure)
            *failure = what;
    }
    buffer_release(&text);
    buffer_release(&path);
    return status;
}

/* The first segment that was to be written, if MANIFEST is one that was put
 * there before; else 0. */
static uint32_t begun(const struct manifest *manifest)
{
    return manifest->n_segments ? 0 : manifest->next_segment;
}

enum status manifest_read_any(const char *folder, struct manifest *manifest,
                              struct failure *failure)
{
    enum status status = read_file(folder, manifest, failure);

    if (status != STATUS_OK || begun(manifest) <= 1)
        return status;
    manifest_release(manifest);
    return fail_lost(folder, failure);
}

enum status manifest_read(const char *folder, struct manifest *manifest,
                          struct failure *failure)
{
    enum status status = manifest_read_any(folder, manifest, failure);

    if (status != STATUS_OK || !begun(manifest))
        return status;
    manifest_release(manifest);
    return fail(failure, STATUS_NO_INDEX,
                "the index '%s' was begun, but no run has come to its end",
                folder);
}

uint32_t manifest_begun(const char *folder)
{
    struct manifest manifest;
    enum status status = read_file(folder, &manifest, NULL);
    uint32_t segment = status == STATUS_OK ? begun(&manifest) : 0;

    manifest_release(&manifest);
    return segment;
}

enum status manifest_begin(const char *folder, const char *analyzer,
                           uint32_t segment, struct failure *failure)
{
    struct manifest manifest = MANIFEST_EMPTY;
    enum status status;

    manifest.generation = 1;
    manifest.next_segment = segment;
    manifest.analyzer = strdup(analyzer);
    status = manifest.analyzer ? manifest_write(folder, &manifest, failure)
                               : fail_memory(failure);
    manifest_release(&manifest);
    return status;
}

static void format_file(struct buffer *buffer, const char *name,
                        const struct file_check *check)
{
    buffer_append_format(buffer, FILE_FACT "%s %" PRIu64 " %016" PRIx64 "\n",
                         name, check->size, check->hash);
}

static void format_numbered(struct buffer *buffer, const char *kind,
                            const struct manifest_file *file)
{
    char name[SEGMENT_NAME_MAX];

    if (file->number == 0)
        return;
    numbered_name(name, kind, file->number);
    format_file(buffer, name, &file->check);
}

static void format_segment(struct buffer *buffer,
                           const struct manifest_segment *segment)
{
    char name[SEGMENT_NAME_MAX + sizeof SCHEMA_SUMS];

    segment_name(name, segment->number);
    buffer_append_format(buffer, SEGMENT_LINE "%s\n", name);
    strcat(strcat(name, "/"), SCHEMA_SUMS);
    format_file(buffer, name, &segment->sums);
}

void manifest_format(const struct manifest *manifest, struct buffer *buffer)
{
    size_t start = buffer->length;

    buffer_append_format(buffer, FIRST_FACT "%d\n", SCHEMA_VERSION);
    buffer_append_format(buffer, "# analyzer %s\n", manifest->analyzer);
    buffer_append_format(buffer, "# generation %" PRIu32 "\n",
                         manifest->generation);
    buffer_append_format(buffer, "# next-segment %" PRIu32 "\n",
                         manifest->next_segment);
    buffer_append_format(buffer, "# next-document %" PRIu32 "\n",
                         manifest->next_document);
    buffer_append(buffer, manifest->others.data, manifest->others.length);
    format_numbered(buffer, MANIFEST_FILES, &manifest->files);
    format_numbered(buffer, MANIFEST_DELETED, &manifest->deleted);
    for (size_t i = 0; i < manifest->n_segments; i++)
        format_segment(buffer, &manifest->segments[i]);
    if (!buffer->failed)
        buffer_append_format(
            buffer, LAST_FACT "%016" PRIx64 "\n",
            content_hash(
                (struct bytes){buffer->data + start, buffer->length - start}));
}

enum status checked_read(const char *folder, const char *name,
                         const struct file_check *check, struct buffer *content,
                         struct failure *failure)
{
    struct buffer path = BUFFER_EMPTY;
    size_t start = content->length;
    enum status status = disk_join(&path, folder, name, failure);

    if (status == STATUS_OK)
        status = disk_read(path.data, check ? check->size : UINT32_MAX, content,
                           failure);
    if (status == STATUS_LIMIT ||
        (status == STATUS_OK && check &&
         (content->length - start != check->size ||
          content_hash((struct bytes){
              content->data + start, content->length - start}) != check->hash)))
        status = fail(failure, STATUS_CORRUPT, "'%s' is damaged", path.data);
    buffer_release(&path);
    return status;
}

enum status numbered_read(const char *folder, const char *kind, uint32_t number,
                          const struct file_check *check,
                          struct buffer *content, struct failure *failure)
{
    char name[SEGMENT_NAME_MAX];

    buffer_clear(content);
    if (number == 0)
        return STATUS_OK;
    numbered_name(name, kind, number);
    return checked_read(folder, name, check, content, failure);
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
