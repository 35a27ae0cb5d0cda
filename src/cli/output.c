/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/cli/output.h"

#include <string.h>

#include "src/cli/terminal.h"

static const struct {
    const char *name;
    void (*write)(struct output *output, const struct result *result);
} formats[] = {
    {"text", output_text},
    {"jsonl", output_jsonl},
    {"tsv", output_tsv},
};

void output_init(struct output *output, const struct settings *settings)
{
    size_t i;

    *output = (struct output){.stream = stdout};
    output->width = settings->width ? settings->width : terminal_width(stdout);
    output->color = terminal_color(stdout, settings->color);
    for (i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (strcmp(formats[i].name, settings->format) == 0)
            output->write = formats[i].write;
}

enum status output_result(struct output *output, struct result *result,
                          struct failure *failure)
{
    buffer_clear(&output->scratch);
    buffer_clear(&output->address);
    paragraph_address(result->paragraph, &output->address);
    result->address = buffer_bytes(&output->address);
    output->write(output, result);
    if (output->scratch.failed || output->address.failed)
        return fail_memory(failure);
    fwrite(output->scratch.data, 1, output->scratch.length, output->stream);
    output->n_results++;
    return STATUS_OK;
}

void output_release(struct output *output)
{
    buffer_release(&output->scratch);
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
