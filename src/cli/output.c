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

    *output = (struct output){.stream = stdout, .scratch = BUFFER_EMPTY};
    output->width = settings->width ? settings->width : terminal_width(stdout);
    output->color = terminal_color(stdout, settings->color);
    for (i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (strcmp(formats[i].name, settings->format) == 0)
            output->write = formats[i].write;
}

bool output_result(struct output *output, const struct result *result)
{
    buffer_clear(&output->scratch);
    output->write(output, result);
    if (output->scratch.failed)
        return false;
    fwrite(output->scratch.data, 1, output->scratch.length, output->stream);
    output->n_results++;
    return !ferror(output->stream);
}

void output_release(struct output *output)
{
    buffer_release(&output->scratch);
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
        each(context, first->source, last->source + last->source_length);
    }
}

uint32_t first_page(const struct paragraph *paragraph)
{
    return paragraph->n_places ? paragraph->places[0].page : 0;
}
