/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/query/units.h"

#include "base/buffer.h"

#include <stdlib.h>

/* A compound comes behind its parts and takes their place. */
static enum status add_compound(struct units *units, const struct token *token,
                                struct unit *unit, struct failure *failure)
{
    struct pattern_slot *compounds = &units->compounds;

    if (pattern_slot_append(compounds, token->word, failure))
        return STATUS_MEMORY;
    while (units->n_items > 0 &&
           units->items[units->n_items - 1].first + 1 >= token->position)
        unit->first = units->items[--units->n_items].first;
    unit->n_words = units->words.n_items - unit->first;
    unit->word = compounds->items[compounds->n_items - 1];
    return STATUS_OK;
}

/* A pair comes behind its second half. */
static enum status add_pair(struct units *units, const struct token *token,
                            struct failure *failure)
{
    struct pattern_slot *pairs = &units->pairs;

    if (pattern_slot_append(pairs, token->word, failure))
        return STATUS_MEMORY;
    units->items[units->n_items - 1].pair = pairs->items[pairs->n_items - 1];
    return STATUS_OK;
}

static enum status add(struct units *units, const struct token *token,
                       struct failure *failure)
{
    struct pattern_slot *words = &units->words;
    struct unit unit = {.first = words->n_items, .n_words = 1};

    if (token->kind == TOKEN_PAIR)
        return add_pair(units, token, failure);
    if (token->kind == TOKEN_COMPOUND) {
        if (add_compound(units, token, &unit, failure))
            return STATUS_MEMORY;
    } else {
        if (pattern_slot_append(words, token->word, failure))
            return STATUS_MEMORY;
        unit.word = words->items[words->n_items - 1];
        unit.ideograph = token->kind == TOKEN_IDEOGRAPH;
    }
    if (!array_grow(&units->items, &units->capacity, units->n_items + 1,
                    sizeof *units->items))
        return fail_memory(failure);
    units->items[units->n_items++] = unit;
    return STATUS_OK;
}

enum status units_read(struct units *units, struct analyzer *analyzer,
                       struct bytes text, struct failure *failure)
{
    struct token token;

    analyzer_start(analyzer, text.data, text.length);
    while (analyzer_next(analyzer, &token))
        if (add(units, &token, failure))
            return STATUS_MEMORY;
    return analyzer_status(analyzer) ? fail_memory(failure) : STATUS_OK;
}

void units_release(struct units *units)
{
    free(units->items);
    pattern_slot_release(&units->words);
    pattern_slot_release(&units->compounds);
    pattern_slot_release(&units->pairs);
    *units = (struct units){0};
}
