/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes that a taken-over reader could send: what is decoded as a block or as
 * facts must be sound, and must come back the same when it is written again. */
#include <config.h>

#include "src/document/block_codec.h"

#include "src/text/utf8.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_block(const struct block *block)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct place *places = NULL;
    size_t capacity = 0;
    struct block again;

    if (!utf8_valid(block->text.data, block->text.length) ||
        block->role > BLOCK_FURNITURE || block->level > BLOCK_MAX_LEVEL)
        abort();
    block_encode(block, &bytes);
    if (bytes.failed ||
        block_decode(bytes.data, bytes.length, &again, &places, &capacity,
                     NULL) != STATUS_OK ||
        again.role != block->role || again.n_places != block->n_places ||
        !bytes_equal(again.text, block->text))
        abort();
    buffer_release(&bytes);
    free(places);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct place *places = NULL;
    size_t capacity = 0;
    struct document_facts facts;
    struct block block;
    char *bytes = malloc(size ? size : 1); /* so that reading beyond is seen */

    if (!bytes)
        return 0;
    if (size)
        memcpy(bytes, data, size);
    if (block_decode(bytes, size, &block, &places, &capacity, NULL) ==
        STATUS_OK)
        check_block(&block);
    if (facts_decode(bytes, size, &facts, NULL) == STATUS_OK &&
        !utf8_valid(facts.title.data, facts.title.length))
        abort();
    free(places);
    free(bytes);
    return 0;
}

#define FUZZ_SEEDS "tests/fuzz/seeds/block-codec"
#include "tests/fuzz/fuzz.h"
