/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Blocks and facts as bytes: there and back, and what is damaged on the way. */
#include <config.h>

#include "src/document/block_codec.h"

#include "src/text/utf8.h"
#include "tests/blocks.h"
#include "tests/tap.h"

#include <stdlib.h>

/* Places as the decoder grows them. */
struct room {
    struct place *places;
    size_t capacity;
};

static enum status decode(struct bytes bytes, struct block *block,
                          struct room *room)
{
    return block_decode(bytes.data, bytes.length, block, &room->places,
                        &room->capacity, NULL);
}

static const struct place places[] = {
    {.text = 0, .text_length = 4, .source = 100, .source_length = 8, .page = 3},
    {.text = 5,
     .text_length = 7,
     .source = 20,
     .source_length = 7,
     .page = 4,
     .adjoins = true},
};

static const struct block sample = {
    .role = BLOCK_HEADING,
    .level = 2,
    .number = {"IV.", 3},
    .name = {"annex", 5},
    .text = {"Caf\xC3\xA9 of sorts", 14},
    .places = places,
    .n_places = 2,
    .unit = PLACE_LATIN1,
};

static bool same_block(const struct block *a, const struct block *b)
{
    if (a->role != b->role || a->level != b->level || a->unit != b->unit ||
        !bytes_equal(a->number, b->number) || !bytes_equal(a->name, b->name) ||
        !bytes_equal(a->text, b->text) || a->n_places != b->n_places)
        return false;
    for (size_t i = 0; i < a->n_places; i++)
        if (a->places[i].text != b->places[i].text ||
            a->places[i].text_length != b->places[i].text_length ||
            a->places[i].source != b->places[i].source ||
            a->places[i].source_length != b->places[i].source_length ||
            a->places[i].page != b->places[i].page ||
            a->places[i].adjoins != b->places[i].adjoins)
            return false;
    return true;
}

static void test_round_trip(struct room *room)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct block block, deep = sample, odd = sample;

    block_encode(&sample, &bytes);
    ok(decode(buffer_bytes(&bytes), &block, room) == STATUS_OK &&
           same_block(&block, &sample),
       "a block comes back as it was");
    deep.level = 1000000;
    buffer_clear(&bytes);
    block_encode(&deep, &bytes);
    ok(decode(buffer_bytes(&bytes), &block, room) == STATUS_OK &&
           block.level == BLOCK_MAX_LEVEL,
       "no level is too deep");
    odd.level = 0;
    odd.name = bytes_of("other");
    buffer_clear(&bytes);
    block_encode(&odd, &bytes);
    ok(decode(buffer_bytes(&bytes), &block, room) == STATUS_OK &&
           block.level == 1 && block.name.length == 0,
       "a heading has a level, and an unknown name is none");
    buffer_release(&bytes);
}

static void test_facts(const char *date, const char *language,
                       const char *wanted)
{
    const struct document_facts facts = {
        .symbol = bytes_of("A/RES/59/153"),
        .title = bytes_of("Extrabudgetary resources"),
        .date = bytes_of(date),
        .language = bytes_of(language),
        .body = bytes_of("General Assembly"),
    };
    struct buffer bytes = BUFFER_EMPTY, lines = BUFFER_EMPTY;
    struct document_facts back;

    facts_encode(&facts, &bytes);
    ok(facts_decode(bytes.data, bytes.length, &back, NULL) == STATUS_OK,
       "facts: %s %s", date, language);
    blocks_document(&lines, &back, NULL);
    is_bytes(buffer_bytes(&lines), wanted, "what comes back");
    for (size_t n = 0; n < bytes.length; n++)
        if (facts_decode(bytes.data, n, &back, NULL) != STATUS_CORRUPT)
            ok(false, "facts cut at %zu", n);
    buffer_release(&bytes);
    buffer_release(&lines);
}

/* What a decoder must never give. */
static bool is_sound(const struct block *block)
{
    size_t end = 0;

    for (size_t i = 0; i < block->n_places; i++) {
        const struct place *place = &block->places[i];

        if (place->text < end || place->text > block->text.length ||
            place->text_length > block->text.length - place->text)
            return false;
        end = place->text + place->text_length;
    }
    return (int)block->role >= 0 && block->role <= BLOCK_FURNITURE &&
           block->level <= BLOCK_MAX_LEVEL && block->unit <= PLACE_WHOLE &&
           utf8_valid(block->text.data, block->text.length) &&
           utf8_valid(block->number.data, block->number.length);
}

/* Every byte with every other value, in memory of just its size. */
static void test_damage(struct room *room)
{
    struct buffer bytes = BUFFER_EMPTY;
    size_t n_wrong = 0, n_accepted = 0;
    struct block block;

    block_encode(&sample, &bytes);
    for (size_t n = 0; n < bytes.length; n++) {
        char *cut = malloc(n + 1);

        if (!cut)
            exit(1);
        memcpy(cut, bytes.data, n);
        n_wrong +=
            decode((struct bytes){cut, n}, &block, room) != STATUS_CORRUPT;
        free(cut);
    }
    ok(n_wrong == 0, "a block that was cut anywhere is damaged");
    n_wrong = 0;
    for (size_t n = 0; n < bytes.length; n++)
        for (int change = 1; change < 256; change++) {
            enum status status;

            bytes.data[n] = (char)(bytes.data[n] ^ change);
            status = decode(buffer_bytes(&bytes), &block, room);
            n_accepted += status == STATUS_OK;
            n_wrong += status == STATUS_OK ? !is_sound(&block)
                                           : status != STATUS_CORRUPT;
            bytes.data[n] = (char)(bytes.data[n] ^ change);
        }
    ok(n_wrong == 0, "with any byte changed it is damaged or another block");
    printf("# %zu others\n", n_accepted);
    buffer_append_byte(&bytes, '\0');
    ok(decode(buffer_bytes(&bytes), &block, room) == STATUS_CORRUPT,
       "nothing may follow");
    buffer_release(&bytes);
}

int main(void)
{
    struct room room = {NULL, 0};

    test_round_trip(&room);
    test_facts("2004-12-20", "en",
               "document\tA/RES/59/153\tExtrabudgetary resources\t2004-12-20\t"
               "en\tGeneral Assembly\n");
    test_facts("2003-02-29", "",
               "document\tA/RES/59/153\tExtrabudgetary resources\t\t\t"
               "General Assembly\n");
    test_facts("2004-1", "english",
               "document\tA/RES/59/153\tExtrabudgetary resources\t\t\t"
               "General Assembly\n");
    test_facts("20 December", "EN",
               "document\tA/RES/59/153\tExtrabudgetary resources\t\t\t"
               "General Assembly\n");
    test_damage(&room);
    free(room.places);
    return tap_done();
}
