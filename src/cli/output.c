/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/cli/output.h"

#include "src/cli/terminal.h"

#include <string.h>

static const struct output_format *const formats[] = {
    &output_text,
    &output_jsonl,
    &output_tsv,
    &output_trec,
};

const struct output_format *output_format(const struct settings *settings)
{
    size_t i = 0;

    while (strcmp(formats[i]->name, settings->format) != 0)
        i++;
    return formats[i];
}

/* The fields to write, where the format is made of fields. */
static enum status choose_fields(struct output *output,
                                 const struct settings *settings,
                                 struct failure *failure)
{
    const char *list = output->format->fields;
    enum status status;

    if (!list)
        return settings->fields
                   ? fail(failure, STATUS_USAGE, "--format=%s has no fields",
                          output->format->name)
                   : STATUS_OK;
    if (settings->fields)
        list = settings->fields;
    status = fields_parse(list, &output->fields, failure);
    output->fields.chosen = settings->fields != NULL;
    return status;
}

enum status output_init(struct output *output, const struct settings *settings,
                        FILE *stream, struct failure *failure)
{
    enum status status;

    *output = (struct output){.format = output_format(settings),
                              .end = settings->null ? '\0' : '\n',
                              .stream = stream};
    output->width = settings->width ? settings->width : terminal_width(stdout);
    output->color = terminal_color(stdout, settings->color);
    status = choose_fields(output, settings, failure);
    if (status == STATUS_OK && settings->count && !output->format->count)
        status = fail(failure, STATUS_USAGE, "--format=%s has no counts",
                      output->format->name);
    output->documents = settings->documents;
    output->collapse = settings->collapse;
    output->context = settings->context > 0;
    output->snippet = settings->full ? 0 : settings->snippet;
    if (!output->format->marks && !fields_have(&output->fields, "snippet"))
        output->snippet = 0;
    output->matches = output->format->marks || output->snippet > 0 ||
                      fields_have(&output->fields, "matches") ||
                      fields_have(&output->fields, "source_matches");
    return status;
}

/* What was written last, from START, is whole. */
static enum status deliver(struct output *output, size_t start,
                           struct failure *failure)
{
    struct buffer *text = &output->text;

    if (text->failed)
        return fail_memory(failure);
    if (text->length > start)
        text->data[text->length - 1] = output->end;
    if (output->stream) {
        fwrite(text->data, 1, text->length, output->stream);
        buffer_clear(text);
    }
    return STATUS_OK;
}

enum status output_result(struct output *output, struct result *result,
                          struct failure *failure)
{
    size_t start = output->text.length;

    buffer_clear(&output->address);
    paragraph_address(result->paragraph, &output->address);
    if (output->address.failed)
        return fail_memory(failure);
    result->address = buffer_bytes(&output->address);
    output->format->result(output, result);
    output->n_results++;
    return deliver(output, start, failure);
}

enum status output_count(struct output *output, const struct matches *matches,
                         struct failure *failure)
{
    size_t start = output->text.length;

    output->format->count(output, matches);
    return deliver(output, start, failure);
}

void output_release(struct output *output)
{
    buffer_release(&output->text);
    buffer_release(&output->address);
}

void source_ranges(const struct paragraph *paragraph,
                   void (*each)(void *context, size_t start, size_t end),
                   void *context)
{
    size_t i = 0;

    while (i < paragraph->n_places) {
        const struct place *first = &paragraph->places[i];
        const struct place *last = first;

        while (++i < paragraph->n_places && paragraph->places[i].adjoins)
            last = &paragraph->places[i];
        /* In some formats only the page is known. */
        if (last->source + last->source_length > first->source)
            each(context, first->source, last->source + last->source_length);
    }
}

uint32_t first_page(const struct paragraph *paragraph)
{
    return paragraph->n_places ? paragraph->places[0].page : 0;
}
