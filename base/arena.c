/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

enum { SLAB_SIZE = 1 << 20 };

struct arena_slab {
    struct arena_slab *next;
    alignas(max_align_t) char data[];
};

/* A slab for a piece of SIZE bytes and, unless that is long, for more. */
static bool add_slab(struct arena *arena, size_t size)
{
    size_t data = size > SLAB_SIZE / 4 ? size : SLAB_SIZE, total;
    struct arena_slab *slab;

    if (__builtin_add_overflow(data, sizeof *slab, &total))
        return false;
    slab = malloc(total);
    if (!slab)
        return false;
    slab->next = arena->slabs;
    arena->slabs = slab;
    arena->size += total;
    arena->at = slab->data;
    arena->end = slab->data + data;
    return true;
}

void *arena_allocate(struct arena *arena, size_t size)
{
    size_t aligned;
    char *piece;

    if (__builtin_add_overflow(size, alignof(max_align_t) - 1, &aligned))
        return NULL;
    aligned -= aligned % alignof(max_align_t);
    if ((size_t)(arena->end - arena->at) < aligned && !add_slab(arena, aligned))
        return NULL;
    piece = arena->at;
    arena->at += aligned;
    return piece;
}

void arena_release(struct arena *arena)
{
    while (arena->slabs) {
        struct arena_slab *next = arena->slabs->next;

        free(arena->slabs);
        arena->slabs = next;
    }
    *arena = ARENA_EMPTY;
}
