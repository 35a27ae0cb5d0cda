/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as Akoma Ntoso, HTML and Markdown. Besides not crashing, what
 * comes of them must be well-formed text with single white space, whose places
 * lie in it and in the file, in order. */
#include <config.h>

#include "src/document/foreign/readers.h"
#include "src/text/utf8.h"

#include <stdlib.h>

#define FUZZ_SEEDS "tests/data/markup"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(struct bytes text)
{
    if (!utf8_valid(text.data, text.length) ||
        (text.length > 0 &&
         (text.data[0] == ' ' || text.data[text.length - 1] == ' ' ||
          memmem(text.data, text.length, "  ", 2))))
        abort();
}

static enum status check(void *context, const struct block *block,
                         struct failure *failure)
{
    size_t size = *(const size_t *)context, end = 0, i;

    (void)failure;
    if (block->text.length == 0)
        abort();
    check_text(block->text);
    check_text(block->number);
    for (i = 0; i < block->n_places; i++) {
        const struct place *place = &block->places[i];

        if (place->text < end || place->text_length == 0 ||
            place->text_length > block->text.length - place->text ||
            place->source_length > size ||
            place->source > size - place->source_length)
            abort();
        if (block->unit == PLACE_BYTES &&
            place->source_length != place->text_length)
            abort();
        end = place->text + place->text_length;
    }
    return STATUS_OK;
}

static enum status check_document(void *context,
                                  const struct document_facts *facts,
                                  struct failure *failure)
{
    (void)context;
    (void)failure;
    check_text(facts->title);
    check_text(facts->symbol);
    return STATUS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes content = {(const char *)data, size};
    struct block_receiver receiver = {check_document, check, &size};
    struct failure failure;

    (void)content;
    (void)receiver;
    (void)failure;
#ifdef HAVE_LIBXML2
    (void)akn_blocks(content, "fuzz", &receiver, &failure);
    (void)html_blocks(content, "fuzz", &receiver, &failure);
#endif
#ifdef HAVE_MD4C
    (void)markdown_blocks(content, "fuzz", &receiver, &failure);
#endif
    return 0;
}

#include "tests/fuzz/fuzz.h"
