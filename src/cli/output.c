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

void output_init(struct output *output, const struct settings *settings,
                 FILE *stream)
{
    *output =
        (struct output){.format = output_format(settings), .stream = stream};
    output->width = settings->width ? settings->width : terminal_width(stdout);
    output->color = terminal_color(stdout, settings->color);
}

enum status output_result(struct output *output, struct result *result,
                          struct failure *failure)
{
    buffer_clear(&output->address);
    paragraph_address(result->paragraph, &output->address);
    result->address = buffer_bytes(&output->address);
    output->format->result(output, result);
    if (output->text.failed || output->address.failed)
        return fail_memory(failure);
    output->n_results++;
    if (!output->stream)
        return STATUS_OK;
    fwrite(output->text.data, 1, output->text.length, output->stream);
    buffer_clear(&output->text);
    return STATUS_OK;
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
