/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A result for a person: address and place first, then the paragraph, wrapped
 * and with the matches marked. */
#include <config.h>

#include "src/cli/output.h"

#include "src/result/wrap.h"

#include <string.h>

#define BOLD "\033[1m"
#define FAINT "\033[2m"
#define MATCH "\033[1;31m"
#define PLAIN "\033[0m"

/* So many addresses of paragraphs with the same words. */
enum { COPIES_SHOWN = 5 };

/* TEXT on the line of the address, harmless to a terminal; its line end is
 * taken away again. */
static void append_inline(struct buffer *buffer, struct bytes text)
{
    size_t before = buffer->length;

    wrap_text(text, NULL, &(struct wrap_style){0}, buffer);
    if (buffer->length > before)
        buffer->length--;
}

static void append_part(struct buffer *buffer, struct bytes text)
{
    if (text.length == 0)
        return;
    buffer_append_string(buffer, "  ");
    append_inline(buffer, text);
}

/* Where the paragraph begins and ends in its file, whatever lies between. */
struct extent {
    size_t start, end;
    bool known;
};

static void extend(void *context, size_t start, size_t end)
{
    struct extent *extent = context;

    if (!extent->known || start < extent->start)
        extent->start = start;
    if (!extent->known || end > extent->end)
        extent->end = end;
    extent->known = true;
}

/* Where the paragraph is: the file, where the address does not name it, the
 * page, the bytes. */
static void append_place(struct buffer *buffer, const struct result *result)
{
    const struct paragraph *paragraph = result->paragraph;
    struct bytes path = paragraph->path;
    struct extent extent = {0};

    if (!bytes_equal(path, paragraph->document) || paragraph->id.length)
        append_part(buffer, path);
    if (first_page(paragraph))
        buffer_append_format(buffer, "  page %u",
                             (unsigned)first_page(paragraph));
    source_ranges(paragraph, extend, &extent);
    if (extent.known)
        buffer_append_format(buffer, "  bytes %zu-%zu", extent.start,
                             extent.end);
}

/* The title and the headings above, on one line, which a narrow screen cuts. */
static void append_title(struct output *output, struct buffer *buffer,
                         const struct paragraph *paragraph)
{
    /* Room for the sign that it was cut. */
    const struct wrap_style style = {
        .width = output->width > 2 ? output->width - 2 : output->width,
        .indent = 4};
    size_t start = buffer->length;
    struct buffer line = BUFFER_EMPTY;
    const char *end;

    buffer_append(&line, paragraph->title.data, paragraph->title.length);
    if (line.length && paragraph->heading.length)
        buffer_append_string(&line, " > ");
    buffer_append(&line, paragraph->heading.data, paragraph->heading.length);
    buffer->failed |= line.failed;
    wrap_text(buffer_bytes(&line), NULL, &style, buffer);
    buffer_release(&line);
    if (buffer->failed || buffer->length == start)
        return;
    end = memchr(buffer->data + start, '\n', buffer->length - start);
    if (!end || end + 1 == buffer->data + buffer->length)
        return;
    buffer->length = (size_t)(end - buffer->data);
    buffer_append_string(buffer, " …\n");
}

/* What parts RESULT from the one before: an empty line, and in context a line
 * between what belongs together. */
static void part(struct output *output, const struct result *result)
{
    size_t group = result->rank ? result->rank : result->around;

    if (output->n_results && output->end == '\n')
        buffer_append_string(&output->text,
                             output->context && group && group != output->group
                                 ? "\n--\n\n"
                                 : "\n");
    output->group = group;
}

/* How many others have the same words, and the first of them. */
static void append_copies(struct buffer *buffer, const struct copies *copies)
{
    size_t at = 0;

    if (!copies || copies->n_items == 0)
        return;
    buffer_append_format(buffer,
                         "    and %zu with the same words: ", copies->n_items);
    for (size_t i = 0; i < copies->n_items && i < COPIES_SHOWN; i++) {
        const char *address = copies->addresses.data + at;

        if (i > 0)
            buffer_append_string(buffer, ", ");
        append_inline(buffer, bytes_of(address));
        at += strlen(address) + 1;
    }
    buffer_append_string(buffer,
                         copies->n_items > COPIES_SHOWN ? " …\n" : "\n");
}

static void write_result(struct output *output, const struct result *result)
{
    const struct paragraph *paragraph = result->paragraph;
    struct buffer *buffer = &output->text;
    struct wrap_style style = {.width = output->width, .indent = 4};

    if (output->documents) {
        if (output->end == '\0') /* for a program, which wants it as it is */
            buffer_append(buffer, paragraph->document.data,
                          paragraph->document.length);
        else
            append_inline(buffer, paragraph->document);
        buffer_append_byte(buffer, '\n');
        return;
    }
    part(output, result);
    if (output->color)
        buffer_append_string(buffer, BOLD);
    append_inline(buffer, result->address);
    if (output->color)
        buffer_append_string(buffer, PLAIN FAINT);
    append_part(buffer, paragraph->date);
    append_place(buffer, result);
    buffer_append_byte(buffer, '\n');
    append_title(output, buffer, paragraph);
    if (output->color) {
        buffer_append_string(buffer, PLAIN);
        style.mark_begin = MATCH;
        style.mark_end = PLAIN;
    }
    if (result->snippet)
        wrap_text(buffer_bytes(&result->snippet->text),
                  &result->snippet->matches, &style, buffer);
    else
        wrap_text(paragraph->text, result->matches, &style, buffer);
    append_copies(buffer, result->copies);
}

static void write_count(struct output *output, const struct matches *matches)
{
    buffer_append_format(&output->text, "%zu\n",
                         output->documents ? matches->n_documents
                                           : matches->n_paragraphs);
}

const struct output_format output_text = {.name = "text",
                                          .marks = true,
                                          .result = write_result,
                                          .count = write_count};
