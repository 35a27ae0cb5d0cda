/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory that is given out in small pieces and taken back all at once. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena {
    struct arena_slab *slabs; /* the newest first */
    struct arena_slab *spare; /* kept for later */
    char *at, *end;           /* what is left of the newest */
    size_t size;              /* of all slabs but the spare ones */
};

#define ARENA_EMPTY ((struct arena){.slabs = NULL})

/* SIZE bytes, aligned for any object, that live until the arena is released;
 * NULL if memory is short. */
void *arena_allocate(struct arena *arena, size_t size);

/* Take back all that was given out, and keep the memory, but that of long
 * pieces, for what is given out next. */
void arena_clear(struct arena *arena);

/* Take back all that was given out. */
void arena_release(struct arena *arena);

#endif
