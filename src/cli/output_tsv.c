/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A result as a line of columns parted by tabs; pilcrow-search(1) lists them.
 * What would break the line is escaped: \t, \n, \r, and \\ for '\'. */
#include <config.h>

#include "src/cli/output.h"

/* The letter that stands for C behind a '\\'; 0: C stands for itself. */
static char escape(char c)
{
    switch (c) {
    case '\t': return 't';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\\': return '\\';
    default: return 0;
    }
}

static void column(struct buffer *buffer, struct bytes text)
{
    size_t start = 0, i;

    for (i = 0; i < text.length; i++) {
        if (!escape(text.data[i]))
            continue;
        buffer_append(buffer, text.data + start, i - start);
        buffer_append_byte(buffer, '\\');
        buffer_append_byte(buffer, escape(text.data[i]));
        start = i + 1;
    }
    buffer_append(buffer, text.data + start, text.length - start);
    buffer_append_byte(buffer, '\t');
}

/* START-END, after a comma where it is not the first of its column. */
static void append_range(void *context, size_t start, size_t end)
{
    struct buffer *buffer = context;

    if (buffer->length && buffer->data[buffer->length - 1] != '\t')
        buffer_append_byte(buffer, ',');
    buffer_append_format(buffer, "%zu-%zu", start, end);
}

static void write_result(struct output *output, const struct result *result)
{
    const struct paragraph *paragraph = result->paragraph;
    struct buffer *buffer = &output->text;
    size_t i;

    if (output->asked)
        column(buffer, output->asked->id);
    if (result->rank)
        buffer_append_format(buffer, "%zu\t%.6f\t", result->rank,
                             result->score);
    else
        buffer_append_string(buffer, "\t\t");
    column(buffer, paragraph->document);
    column(buffer, paragraph->title);
    column(buffer, paragraph->heading);
    column(buffer, paragraph->date);
    column(buffer, paragraph->path);
    column(buffer, paragraph->label);
    column(buffer, result->address);
    column(buffer, paragraph->kind);
    column(buffer, paragraph->language);
    for (i = 0; result->matches && i < result->matches->n_items; i++)
        append_range(buffer, result->matches->items[i].start,
                     result->matches->items[i].end);
    buffer_append_byte(buffer, '\t');
    source_ranges(paragraph, append_range, buffer);
    buffer_append_byte(buffer, '\t');
    if (first_page(paragraph))
        buffer_append_format(buffer, "%u", (unsigned)first_page(paragraph));
    buffer_append_byte(buffer, '\t');
    column(buffer, paragraph->text);
    if (!buffer->failed)
        buffer->data[buffer->length - 1] = '\n';
}

static void write_count(struct output *output, const struct matches *matches)
{
    if (output->asked)
        column(&output->text, output->asked->id);
    buffer_append_format(&output->text, "%zu\t%zu\n", matches->n_paragraphs,
                         matches->n_documents);
}

const struct output_format output_tsv = {
    .name = "tsv",
    .matches = true,
    .result = write_result,
    .count = write_count,
};
