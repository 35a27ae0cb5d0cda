/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/glass/range.h"

#include "index/glass/block.h"
#include "index/glass/format.h"

#include <limits.h>

/* What is looked for, and what was found behind it. */
struct range {
    const struct verified *table;
    uint32_t n_blocks;
    unsigned level; /* of the root */
    struct bytes first, last, behind;
};

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
    struct glass_block branch;
    struct glass_child child = {.block = 0};
    unsigned from, to;

    if (number >= range->n_blocks)
        return false;
    if (level == 0)
        return verify_leaf(range, number);
    if (!glass_block_read(range->table, number, level, &branch) ||
        !glass_child_find(&branch, range->first, 1, &from) ||
        !glass_child_find(&branch, range->last, UINT_MAX, &to))
        return false;
    if (to + 1 < branch.n_items) {
        if (!glass_child_of(&branch, to + 1, &child))
            return false;
        range->behind = child.key;
    }
    for (unsigned i = from; i <= to; i++)
        if (!glass_child_of(&branch, i, &child) ||
            !verify_below(range, child.block, level - 1))
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
    bool good = root->level < GLASS_LEVELS_MAX &&
                verify_below(&range, root->root, root->level);

    *behind = range.behind;
    return good;
}
