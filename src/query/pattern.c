/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/query/pattern.h"

#include "base/buffer.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum status pattern_slot_append(struct pattern_slot *slot, struct bytes word,
                                struct failure *failure)
{
    char *copy;

    if (!array_grow(&slot->items, &slot->capacity, slot->n_items + 1,
                    sizeof *slot->items))
        return fail_memory(failure);
    copy = malloc(word.length ? word.length : 1);
    if (!copy)
        return fail_memory(failure);
    if (word.length)
        memcpy(copy, word.data, word.length);
    slot->items[slot->n_items++] = (struct bytes){copy, word.length};
    return STATUS_OK;
}

enum status pattern_slot_add(struct pattern_slot *slot, struct bytes word,
                             struct failure *failure)
{
    if (pattern_slot_holds(slot, word))
        return STATUS_OK;
    return pattern_slot_append(slot, word, failure);
}

bool pattern_slot_holds(const struct pattern_slot *slot, struct bytes word)
{
    size_t i;

    for (i = 0; i < slot->n_items; i++)
        if (bytes_equal(slot->items[i], word))
            return true;
    return false;
}

void pattern_slot_release(struct pattern_slot *slot)
{
    size_t i;

    for (i = 0; i < slot->n_items; i++)
        free((char *)(uintptr_t)slot->items[i].data);
    free(slot->items);
    *slot = (struct pattern_slot){0};
}

struct pattern_slot *pattern_add_slot(struct pattern *pattern,
                                      struct failure *failure)
{
    if (!array_grow(&pattern->slots, &pattern->capacity, pattern->n_slots + 1,
                    sizeof *pattern->slots)) {
        fail_memory(failure);
        return NULL;
    }
    pattern->slots[pattern->n_slots] = (struct pattern_slot){0};
    return &pattern->slots[pattern->n_slots++];
}

enum status pattern_extend(struct pattern *pattern, const struct pattern *more,
                           struct failure *failure)
{
    size_t i, j;

    for (i = 0; i < more->n_slots; i++) {
        struct pattern_slot *slot = pattern_add_slot(pattern, failure);

        if (!slot)
            return STATUS_MEMORY;
        for (j = 0; j < more->slots[i].n_items; j++)
            if (pattern_slot_append(slot, more->slots[i].items[j], failure))
                return STATUS_MEMORY;
    }
    return STATUS_OK;
}

void pattern_release(struct pattern *pattern)
{
    size_t i;

    for (i = 0; i < pattern->n_slots; i++)
        pattern_slot_release(&pattern->slots[i]);
    free(pattern->slots);
    *pattern = (struct pattern){0};
}

enum status patterns_take(struct patterns *patterns, struct pattern *pattern,
                          struct failure *failure)
{
    if (!array_grow(&patterns->items, &patterns->capacity,
                    patterns->n_items + 1, sizeof *patterns->items))
        return fail_memory(failure);
    patterns->items[patterns->n_items++] = *pattern;
    *pattern = (struct pattern){0};
    return STATUS_OK;
}

void patterns_release(struct patterns *patterns)
{
    size_t i;

    for (i = 0; i < patterns->n_items; i++)
        pattern_release(&patterns->items[i]);
    free(patterns->items);
    *patterns = (struct patterns){0};
}
