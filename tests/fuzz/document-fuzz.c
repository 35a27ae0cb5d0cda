/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a document. Besides not crashing, what comes of them must be
 * well-formed text whose places lie in the text, in order. */
#include <config.h>

#include "src/document/format.h"
#include "src/text/utf8.h"
#include "tests/tap.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum status check(void *context, const struct paragraph *paragraph,
                         struct failure *failure)
{
    size_t end = 0, i;

    (void)failure;
    ++*(size_t *)context;
    if (paragraph->text.length == 0 || paragraph->ordinal == 0 ||
        !utf8_valid(paragraph->text.data, paragraph->text.length))
        abort();
    for (i = 0; i < paragraph->n_places; i++) {
        const struct place *place = &paragraph->places[i];

        if (place->text < end || place->text_length == 0 ||
            place->text_length > paragraph->text.length - place->text)
            abort();
        if (paragraph->unit == PLACE_BYTES &&
            place->source_length != place->text_length)
            abort();
        end = place->text + place->text_length;
    }
    return STATUS_OK;
}

static void warn(void *context, const char *message)
{
    (void)context;
    if (!strstr(message, "line"))
        abort();
}

static void run(const char *path, const uint8_t *data, size_t size)
{
    struct document_options options = {.language = "en", .warn = warn};
    size_t n_paragraphs = 0;
    struct reading reading = {path, &options, check, &n_paragraphs};
    struct source *source = NULL;
    struct failure failure;

    if (source_open_memory(path, (const char *)data, size, &source, &failure) ==
        STATUS_OK)
        (void)format_read(source, &reading, &failure);
    source_close(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    run("fuzz", data, size);
    run("fuzz.jsonl", data, size);
    return 0;
}

#define FUZZ_SEEDS "tests/fuzz/seeds/document"
#include "tests/fuzz/fuzz.h"
