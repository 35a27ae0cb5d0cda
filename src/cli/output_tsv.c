/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A result as a line of columns parted by tabs; pilcrow-search(1) lists them.
 * What would break the line is escaped: \t, \n, \r, and \\ for '\'. A single
 * column that ends in NUL is broken by nothing, and goes to a program that
 * wants it as it is, such as a path to xargs -0. */
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

static void escaped(struct buffer *buffer, struct bytes text)
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
}

static void verbatim(struct buffer *buffer, struct bytes text)
{
    buffer_append(buffer, text.data, text.length);
}

static void write_result(struct output *output, const struct result *result)
{
    const struct fields *fields = &output->fields;
    struct buffer *buffer = &output->text;
    const struct value_form form = {
        .text =
            output->end == '\0' && fields->n_items == 1 ? verbatim : escaped,
        .nothing = "",
        .list_begin = "",
        .list_middle = "; ",
        .list_end = "",
        .range_begin = "",
        .range_middle = "-",
        .range_end = "",
    };

    for (size_t i = 0; i < fields->n_items; i++) {
        if (!fields->chosen && !field_applies(fields->items[i], output))
            continue;
        field_write(fields->items[i], &form, output, result, buffer);
        buffer_append_byte(buffer, '\t');
    }
    if (!buffer->failed)
        buffer->data[buffer->length - 1] = '\n';
}

static void write_count(struct output *output, const struct matches *matches)
{
    if (output->asked) {
        escaped(&output->text, output->asked->id);
        buffer_append_byte(&output->text, '\t');
    }
    buffer_append_format(&output->text, "%zu\t%zu\n", matches->n_paragraphs,
                         matches->n_documents);
}

const struct output_format output_tsv = {
    .name = "tsv",
    .fields = "query,rank,score,document,title,heading,date,path,label,address,"
              "kind,language,matches,source,page,around,n_copies,copies,text",
    .result = write_result,
    .count = write_count,
};
