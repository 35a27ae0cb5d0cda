/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A set of paragraphs: a bit for the id of each. */
#ifndef INDEX_ID_SET_H
#define INDEX_ID_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All zeros: none. */
struct id_set {
    uint64_t *words; /* owned */
    size_t n_words;
};

/* False if memory is short. */
bool id_set_add(struct id_set *set, uint32_t id);

static inline bool id_set_has(const struct id_set *set, uint32_t id)
{
    return id / 64 < set->n_words && set->words[id / 64] >> id % 64 & 1;
}

void id_set_release(struct id_set *set);

#endif
