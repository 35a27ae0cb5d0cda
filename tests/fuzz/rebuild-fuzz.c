/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as plain text. Besides not crashing, what comes of them must be
 * well-formed text whose places lie in it, in order, and hold what the
 * file has there; and of letters and digits of ASCII no more may be missing
 * than marks of footnotes are. */
#include <config.h>

#include "src/document/format.h"
#include "src/text/utf8.h"
#include "tests/tap.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct tally {
    const char *data;
    size_t size;
    size_t n_letters; /* of ASCII */
};

static size_t count_letters(const char *text, size_t length)
{
    size_t n = 0, i;

    for (i = 0; i < length; i++)
        n += (text[i] | 0x20) >= 'a' && (text[i] | 0x20) <= 'z';
    return n;
}

static void check_place(const struct tally *tally, const struct block *block,
                        const struct place *place, size_t end)
{
    size_t i;

    if (place->text < end || place->text_length == 0 ||
        place->text + place->text_length > block->text.length)
        abort();
    if (block->unit != PLACE_BYTES)
        return;
    if (place->source_length != place->text_length ||
        place->source + place->source_length > tally->size)
        abort();
    for (i = 0; i < place->text_length; i++)
        if (block->text.data[place->text + i] != ' ' &&
            block->text.data[place->text + i] != tally->data[place->source + i])
            abort();
}

static enum status check(void *context, const struct block *block,
                         struct failure *failure)
{
    struct tally *tally = context;
    size_t end = 0, i;

    (void)failure;
    if (block->text.length == 0 ||
        !utf8_valid(block->text.data, block->text.length))
        abort();
    for (i = 0; i < block->n_places; i++) {
        check_place(tally, block, &block->places[i], end);
        end = block->places[i].text + block->places[i].text_length;
        if (block->unit == PLACE_BYTES)
            tally->n_letters +=
                count_letters(block->text.data + block->places[i].text,
                              block->places[i].text_length);
    }
    return STATUS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tally tally = {(const char *)data, size, 0};
    struct block_receiver receiver = {NULL, check, &tally};
    struct bytes content = {(const char *)data, size};
    struct failure failure;
    size_t n_letters = count_letters(content.data, size);

    if (format_plain_text.blocks(content, "fuzz", &receiver, &failure))
        return 0;
    /* Of other encodings other bytes are letters. */
    if (utf8_valid(content.data, size) && tally.n_letters &&
        tally.n_letters != n_letters)
        abort();
    return 0;
}

#define FUZZ_SEEDS "tests/data/rebuild", "tests/fuzz/seeds/document"
#include "tests/fuzz/fuzz.h"
