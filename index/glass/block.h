/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading a block of a Glass table: the items of a leaf, the children of a
 * branch, and which of these a key is below (doc/glass.md).
 *
 * A block may hold anything: nothing outside of it is read. */
#ifndef INDEX_GLASS_BLOCK_H
#define INDEX_GLASS_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "index/verified.h"

struct glass_block {
    const unsigned char *bytes; /* borrowed from the table */
    unsigned n_items;           /* at least one */
};

/* Read block NUMBER of TABLE, which is verified first. False if there is none,
 * or not one of LEVEL. */
bool glass_block_read(const struct verified *table, uint32_t number,
                      unsigned level, struct glass_block *block);

/* How a component of the item with KEY compares with one of OTHER. */
static inline int glass_compare(struct bytes key, unsigned component,
                                struct bytes other, unsigned other_component)
{
    int order = bytes_compare(key, other);

    return order
               ? order
               : (component > other_component) - (component < other_component);
}

/* An item of a leaf, or a component of one. */
struct glass_piece {
    struct bytes key, part;
    unsigned component;
    bool first, last, compressed;
};

/* Read the piece that begins at START of the leaf whose BYTES these are. False
 * if it cannot be one. */
bool glass_piece_read(const unsigned char *bytes, unsigned start,
                      struct glass_piece *piece);

/* The same of the item number I. */
bool glass_piece_of(const struct glass_block *leaf, unsigned i,
                    struct glass_piece *piece);

/* An item of a branch: a block, and the key and component that part it from
 * the one before; nobody looks at those of the first. */
struct glass_child {
    uint32_t block;
    struct bytes key;
    unsigned component;
};

/* Read child number I of BRANCH. False if it cannot be one. */
bool glass_child_of(const struct glass_block *branch, unsigned i,
                    struct glass_child *child);

/* Find the last child of BRANCH that begins at or before component number
 * COMPONENT of KEY, or the first of all; *I is its number. False if one that
 * was looked at cannot be a child. */
bool glass_child_find(const struct glass_block *branch, struct bytes key,
                      unsigned component, unsigned *i);

#endif
