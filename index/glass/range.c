/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/glass/range.h"

#include <limits.h>

#include "index/glass/format.h"

enum {
    LEVELS_MAX = 10, /* of Xapian's */
    CHILD_SIZE = 4,  /* of a branch's item, before the key */
};

/* What is looked for, and what was found behind it. */
struct range {
    const struct verified *table;
    uint32_t n_blocks;
    unsigned level; /* of the root */
    struct bytes first, last, behind;
};

/* A branch that is verified. */
struct branch {
    const unsigned char *block;
    unsigned n_items;
};

static bool read_branch(const struct range *range, uint32_t number,
                        unsigned level, struct branch *branch)
{
    uint64_t at = (uint64_t)number * GLASS_BLOCK_SIZE;
    unsigned end;

    if (!verified_has(range->table, at, GLASS_BLOCK_SIZE))
        return false;
    branch->block = (const unsigned char *)range->table->file.data + at;
    end = glass_get16(branch->block + GLASS_DIRECTORY_END_AT);
    if (branch->block[GLASS_LEVEL_AT] != level ||
        end < GLASS_HEADER_SIZE + GLASS_ENTRY_SIZE || end > GLASS_BLOCK_SIZE)
        return false;
    branch->n_items = (end - GLASS_HEADER_SIZE) / GLASS_ENTRY_SIZE;
    return true;
}

/* Read which block item I leads to, and what parts it from the one before. */
static bool read_item(const struct branch *branch, unsigned i, uint32_t *child,
                      struct bytes *key, unsigned *component)
{
    unsigned start =
        glass_get16(branch->block + GLASS_HEADER_SIZE + i * GLASS_ENTRY_SIZE);
    unsigned head = start + CHILD_SIZE + 1;
    const unsigned char *item = branch->block + start;

    if (head > GLASS_BLOCK_SIZE ||
        head + item[CHILD_SIZE] + GLASS_COMPONENT_SIZE > GLASS_BLOCK_SIZE)
        return false;
    *child = glass_get32(item);
    *key =
        (struct bytes){(const char *)item + CHILD_SIZE + 1, item[CHILD_SIZE]};
    *component = glass_get16(item + CHILD_SIZE + 1 + key->length);
    return true;
}

/* Find the last child that begins at or before the component COMPONENT of
 * KEY. */
static bool find_child(const struct branch *branch, struct bytes key,
                       unsigned component, unsigned *found)
{
    unsigned low = 0, high = branch->n_items;

    while (low + 1 < high) {
        unsigned middle = low + (high - low) / 2, other_component;
        struct bytes other;
        uint32_t child;
        int order;

        if (!read_item(branch, middle, &child, &other, &other_component))
            return false;
        order = bytes_compare(other, key);
        if (order < 0 || (order == 0 && other_component <= component))
            low = middle;
        else
            high = middle;
    }
    *found = low;
    return true;
}

/* A reader that goes on to the next leaf, or back, looks at blocks one after
 * the other until one is a leaf; at most one of each level is between. */
static bool verify_leaf(const struct range *range, uint32_t number)
{
    uint32_t beside = range->level + 1;
    uint32_t from = number > beside ? number - beside : 0;
    uint32_t rest = range->n_blocks - number;

    return verified_has(
        range->table, (uint64_t)from * GLASS_BLOCK_SIZE,
        (uint64_t)(number - from + (rest > beside ? beside + 1 : rest)) *
            GLASS_BLOCK_SIZE);
}

/* Verify what is asked for below block NUMBER, itself included. */
static bool verify_below(struct range *range, uint32_t number, unsigned level)
{
    struct branch branch;
    unsigned from, to, component;
    uint32_t child;
    struct bytes key;

    if (number >= range->n_blocks)
        return false;
    if (level == 0)
        return verify_leaf(range, number);
    if (!read_branch(range, number, level, &branch) ||
        !find_child(&branch, range->first, 1, &from) ||
        !find_child(&branch, range->last, UINT_MAX, &to))
        return false;
    if (to + 1 < branch.n_items &&
        !read_item(&branch, to + 1, &child, &range->behind, &component))
        return false;
    for (unsigned i = from; i <= to; i++)
        if (!read_item(&branch, i, &child, &key, &component) ||
            !verify_below(range, child, level - 1))
            return false;
    return true;
}

bool glass_verify_range(const struct verified *table,
                        const struct glass_root *root, struct bytes first,
                        struct bytes last, struct bytes *behind)
{
    struct range range = {.table = table,
                          .n_blocks =
                              (uint32_t)(table->file.length / GLASS_BLOCK_SIZE),
                          .level = root->level,
                          .first = first,
                          .last = last};
    bool good = root->level < LEVELS_MAX &&
                verify_below(&range, root->root, root->level);

    *behind = range.behind;
    return good;
}
