/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A result for a person: address and place first, then the paragraph, wrapped
 * and with the matches marked. */
#include <config.h>

#include "src/cli/output.h"

#include "src/result/wrap.h"

#define BOLD "\033[1m"
#define FAINT "\033[2m"
#define MATCH "\033[1;31m"
#define PLAIN "\033[0m"

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

struct places {
    struct buffer *buffer;
    size_t n_ranges;
};

static void append_range(void *context, size_t start, size_t end)
{
    struct places *places = context;

    buffer_append_format(places->buffer, "%s %zu-%zu",
                         places->n_ranges++ ? "" : "  bytes", start, end);
}

/* Where the paragraph is: the file, where the address does not name it, the
 * page, the bytes. */
static void append_place(struct buffer *buffer, const struct result *result)
{
    const struct paragraph *paragraph = result->paragraph;
    struct bytes path = paragraph->path;

    if (!bytes_equal(path, paragraph->document) || paragraph->id.length)
        append_part(buffer, path);
    if (first_page(paragraph))
        buffer_append_format(buffer, "  page %u",
                             (unsigned)first_page(paragraph));
    source_ranges(paragraph, append_range, &(struct places){buffer, 0});
}

void output_text(struct output *output, const struct result *result)
{
    const struct paragraph *paragraph = result->paragraph;
    struct buffer *buffer = &output->scratch;
    struct wrap_style style = {.width = output->width, .indent = 4};

    if (output->n_results)
        buffer_append_byte(buffer, '\n');
    if (output->color)
        buffer_append_string(buffer, BOLD);
    append_inline(buffer, result->address);
    if (output->color)
        buffer_append_string(buffer, PLAIN FAINT);
    append_part(buffer, paragraph->date);
    append_part(buffer, paragraph->title);
    append_part(buffer, paragraph->heading);
    append_place(buffer, result);
    if (output->color) {
        buffer_append_string(buffer, PLAIN);
        style.mark_begin = MATCH;
        style.mark_end = PLAIN;
    }
    buffer_append_byte(buffer, '\n');
    wrap_text(paragraph->text, result->matches, &style, buffer);
}
