/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/result/distinct.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

enum { FIRST_CAPACITY = 64 };

void distinct_clear(struct distinct *set)
{
    if (set->used)
        memset(set->used, 0, set->capacity * sizeof *set->used);
    set->n_items = 0;
}

void distinct_release(struct distinct *set)
{
    free(set->items);
    free(set->used);
    *set = (struct distinct){0};
}

/* Where ONE is in SET, which is not full, or would be. */
static size_t place_of(const struct distinct *set, struct fingerprint one)
{
    size_t at = (size_t)one.low & (set->capacity - 1);

    while (set->used[at] &&
           (set->items[at].low != one.low || set->items[at].high != one.high))
        at = (at + 1) & (set->capacity - 1);
    return at;
}

/* Let SET, whose capacity is a power of two, have twice the room. */
static enum status enlarge(struct distinct *set, struct failure *failure)
{
    struct distinct larger = {
        .capacity = set->capacity ? 2 * set->capacity : FIRST_CAPACITY,
        .n_items = set->n_items,
    };

    larger.items = calloc(larger.capacity, sizeof *larger.items);
    larger.used = calloc(larger.capacity, sizeof *larger.used);
    if (!larger.items || !larger.used) {
        distinct_release(&larger);
        return fail_memory(failure);
    }
    for (size_t i = 0; i < set->capacity; i++)
        if (set->used[i]) {
            size_t at = place_of(&larger, set->items[i]);

            larger.items[at] = set->items[i];
            larger.used[at] = true;
        }
    distinct_release(set);
    *set = larger;
    return STATUS_OK;
}

enum status distinct_add(struct distinct *set, struct fingerprint one,
                         bool *is_new, struct failure *failure)
{
    enum status status = STATUS_OK;
    size_t at;

    *is_new = false;
    if (2 * set->n_items >= set->capacity)
        status = enlarge(set, failure);
    if (status != STATUS_OK)
        return status;
    at = place_of(set, one);
    *is_new = !set->used[at];
    set->items[at] = one;
    set->used[at] = true;
    set->n_items += *is_new;
    return STATUS_OK;
}

static struct fingerprint of_hash(XXH128_hash_t hash)
{
    return (struct fingerprint){hash.high64, hash.low64};
}

struct fingerprint fingerprint_bytes(struct bytes bytes)
{
    return of_hash(XXH3_128bits(bytes.data, bytes.length));
}

/* How many bytes at AT are ASCII letters or digits of CHARACTERS. */
static size_t run(struct bytes text, size_t at, const char *characters)
{
    size_t n = 0;

    while (at + n < text.length && text.data[at + n] != '\0' &&
           strchr(characters, text.data[at + n]))
        n++;
    return n;
}

struct bytes wording_of(struct bytes text)
{
    size_t at = run(text, 0, "("), digits = run(text, at, "0123456789"),
           roman = run(text, at, "ivx"),
           letter = run(text, at,
                        "abcdefghijklmnopqrstuvwxyz"
                        "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    size_t length = digits ? digits : roman > 1 ? roman : letter == 1;

    if (at > 1 || length == 0 || length > 5)
        return text;
    at += length;
    length = run(text, at, ".)");
    at += length;
    if (length != 1 || run(text, at, " \t\n") == 0)
        return text;
    return (struct bytes){text.data + at, text.length - at};
}

enum status fingerprint_words(struct bytes text, struct analyzer *analyzer,
                              struct fingerprint *fingerprint,
                              struct failure *failure)
{
    XXH3_state_t *state = XXH3_createState();
    struct token token;

    *fingerprint = (struct fingerprint){0, 0};
    if (!state || XXH3_128bits_reset(state) != XXH_OK) {
        XXH3_freeState(state);
        return fail_memory(failure);
    }
    text = wording_of(text);
    analyzer_start(analyzer, text.data, text.length);
    while (analyzer_next(analyzer, &token))
        if (token_counts(token.kind)) {
            XXH3_128bits_update(state, token.word.data, token.word.length);
            XXH3_128bits_update(state, "", 1);
        }
    *fingerprint = of_hash(XXH3_128bits_digest(state));
    XXH3_freeState(state);
    return STATUS_OK;
}
