/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

enum { SLAB_SIZE = 1 << 20 };

struct arena_slab {
    struct arena_slab *next;
    size_t size; /* of its data */
    alignas(max_align_t) char data[];
};

/* A slab with SIZE bytes of data, or a spare one. */
static struct arena_slab *find_slab(struct arena *arena, size_t size)
{
    struct arena_slab *slab = arena->spare;
    size_t total;

    if (slab && size == SLAB_SIZE) {
        arena->spare = slab->next;
        return slab;
    }
    if (__builtin_add_overflow(size, sizeof *slab, &total))
        return NULL;
    slab = malloc(total);
    if (slab)
        slab->size = size;
    return slab;
}

/* A slab for a piece of SIZE bytes and, unless that is long, for more. */
static bool add_slab(struct arena *arena, size_t size)
{
    struct arena_slab *slab =
        find_slab(arena, size > SLAB_SIZE / 4 ? size : SLAB_SIZE);

    if (!slab)
        return false;
    slab->next = arena->slabs;
    arena->slabs = slab;
    arena->size += sizeof *slab + slab->size;
    arena->at = slab->data;
    arena->end = slab->data + slab->size;
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

void arena_clear(struct arena *arena)
{
    struct arena_slab *slab = arena->slabs;

    while (slab) {
        struct arena_slab *next = slab->next;

        if (slab->size == SLAB_SIZE) {
            slab->next = arena->spare;
            arena->spare = slab;
        } else {
            free(slab);
        }
        slab = next;
    }
    *arena = (struct arena){.spare = arena->spare};
}

void arena_release(struct arena *arena)
{
    arena_clear(arena);
    while (arena->spare) {
        struct arena_slab *next = arena->spare->next;

        free(arena->spare);
        arena->spare = next;
    }
}
