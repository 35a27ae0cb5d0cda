/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a PDF. Besides not crashing, what comes of them must be blocks
 * of well-formed text whose places lie in it, in order. What it finds in
 * libpoppler itself is for those who make that. */
#include <config.h>

#include "src/document/foreign/readers.h"
#include "src/text/utf8.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum status check_facts(void *context,
                               const struct document_facts *facts,
                               struct failure *failure)
{
    (void)context;
    (void)failure;
    if (!utf8_valid(facts->title.data, facts->title.length))
        abort();
    return STATUS_OK;
}

static enum status check_block(void *context, const struct block *block,
                               struct failure *failure)
{
    size_t end = 0, i;

    (void)context;
    (void)failure;
    if (block->text.length == 0 ||
        !utf8_valid(block->text.data, block->text.length) ||
        !utf8_valid(block->number.data, block->number.length))
        abort();
    for (i = 0; i < block->n_places; i++) {
        const struct place *place = &block->places[i];

        if (place->text < end || place->text_length == 0 ||
            place->text > block->text.length ||
            place->text_length > block->text.length - place->text ||
            place->page == 0)
            abort();
        end = place->text + place->text_length;
    }
    return STATUS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct block_receiver receiver = {check_facts, check_block, NULL};
    const struct bytes content = {(const char *)data, size};
    struct failure failure;
    enum status status = pdf_blocks(content, "fuzz", &receiver, &failure);

    if (status != STATUS_OK && status != STATUS_INPUT &&
        status != STATUS_LIMIT && status != STATUS_MEMORY)
        abort();
    return 0;
}

#define FUZZ_SEEDS "tests/fuzz/seeds/pdf"
#include "tests/fuzz/fuzz.h"
