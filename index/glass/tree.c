/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/glass/tree.h"

#include "index/disk.h"
#include "index/glass/format.h"

#include <limits.h>
#include <stdlib.h>

struct glass_tree {
    struct buffer path;
    const struct verified *file;
    struct verified own; /* the same, if nobody else has it */
    uint32_t root;
    unsigned level; /* of the root */
};

void glass_tree_close(struct glass_tree *tree)
{
    if (!tree)
        return;
    verified_close(&tree->own);
    buffer_release(&tree->path);
    free(tree);
}

enum status glass_tree_fail(const struct glass_tree *tree,
                            struct failure *failure)
{
    return fail(failure, STATUS_CORRUPT, "'%s' is damaged", tree->path.data);
}

enum status glass_tree_open(const char *folder, enum glass_table_kind kind,
                            const struct glass_root *root,
                            const struct verified *file,
                            struct glass_tree **tree, struct failure *failure)
{
    struct glass_tree *new = calloc(1, sizeof *new);
    enum status status;

    *tree = NULL;
    if (!new)
        return fail_memory(failure);
    status = glass_table_path(&new->path, folder, kind, failure);
    if (status == STATUS_OK && root->n_blocks && !file)
        status = verified_open(&new->own, folder, glass_table_name(kind), NULL,
                               failure);
    new->file = file ? file : &new->own;
    new->root = root->root;
    new->level = root->level;
    if (status == STATUS_OK && root->n_blocks &&
        (root->level >= GLASS_LEVELS_MAX ||
         root->root >= new->file->file.length / GLASS_BLOCK_SIZE))
        status = glass_tree_fail(new, failure);
    if (status != STATUS_OK) {
        glass_tree_close(new);
        return status;
    }
    *tree = new;
    return STATUS_OK;
}

bool glass_tree_empty(const struct glass_tree *tree)
{
    return tree->file->file.length < GLASS_BLOCK_SIZE;
}

/* --- Walking */

/* Begin to look at block NUMBER, which must be one of LEVEL. */
static bool enter(struct glass_cursor *cursor, unsigned level, uint32_t number)
{
    struct glass_step *step = &cursor->steps[level];

    step->item = 0;
    return glass_block_read(cursor->tree->file, number, level, &step->block);
}

/* The piece that the cursor is at. */
static bool read_here(const struct glass_cursor *cursor,
                      struct glass_piece *piece)
{
    const struct glass_step *leaf = &cursor->steps[0];

    return glass_piece_of(&leaf->block, leaf->item, piece);
}

/* Enter the child at which the step of LEVEL is. */
static bool descend_one(struct glass_cursor *cursor, unsigned level)
{
    const struct glass_step *step = &cursor->steps[level];
    struct glass_child child;

    return glass_child_of(&step->block, step->item, &child) &&
           enter(cursor, level - 1, child.block);
}

/* How many pieces of LEAF are not above the first of KEY. */
static bool count_below(const struct glass_block *leaf, struct bytes key,
                        unsigned *n)
{
    unsigned low = 0, high = leaf->n_items;

    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        struct glass_piece piece;

        if (!glass_piece_of(leaf, middle, &piece))
            return false;
        if (glass_compare(piece.key, piece.component, key, 1) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    *n = low;
    return true;
}

/* Go to the leaf before or, FORWARD, behind the present one, to its end or
 * beginning that is next. *MORE is false if there is none. */
static bool next_leaf(struct glass_cursor *cursor, bool forward, bool *more)
{
    unsigned level = 1, root = cursor->tree->level;

    while (level <= root && (forward ? cursor->steps[level].item + 1 ==
                                           cursor->steps[level].block.n_items
                                     : cursor->steps[level].item == 0))
        level++;
    *more = level <= root;
    if (!*more)
        return true;
    cursor->steps[level].item += forward ? 1 : -1u;
    for (; level > 0; level--) {
        struct glass_step *below = &cursor->steps[level - 1];

        if (!descend_one(cursor, level))
            return false;
        below->item = forward ? 0 : below->block.n_items - 1;
    }
    return true;
}

static bool step_forward(struct glass_cursor *cursor, bool *more)
{
    struct glass_step *leaf = &cursor->steps[0];

    *more = true;
    if (leaf->item + 1 == leaf->block.n_items)
        return next_leaf(cursor, true, more);
    leaf->item++;
    return true;
}

/* Go back, not to before the beginning. */
static bool step_back(struct glass_cursor *cursor)
{
    struct glass_step *leaf = &cursor->steps[0];
    bool more = true;

    if (leaf->item == 0)
        return next_leaf(cursor, false, &more) && more;
    leaf->item--;
    return true;
}

/* How item I of the step of LEVEL compares with KEY; 0 also where it cannot be
 * read. */
static int compare_item(const struct glass_cursor *cursor, unsigned level,
                        unsigned i, struct bytes key)
{
    const struct glass_block *block = &cursor->steps[level].block;
    struct glass_piece piece;
    struct glass_child child;

    if (level > 0)
        return glass_child_of(block, i, &child)
                   ? glass_compare(child.key, child.component, key, 1)
                   : 0;
    return glass_piece_of(block, i, &piece)
               ? glass_compare(piece.key, piece.component, key, 1)
               : 0;
}

/* The lowest block on the way that the cursor has gone in which KEY must be,
 * since it is between what the block tells of; or the root. */
static bool enter_lowest(struct glass_cursor *cursor, struct bytes key,
                         unsigned *level)
{
    const struct glass_tree *tree = cursor->tree;

    for (*level = 0; cursor->placed && *level <= tree->level; ++*level) {
        unsigned n = cursor->steps[*level].block.n_items;
        /* The first key of a branch is empty. */
        unsigned first = *level > 0;

        if (n > first && compare_item(cursor, *level, first, key) < 0 &&
            compare_item(cursor, *level, n - 1, key) > 0)
            return true;
    }
    *level = tree->level;
    return enter(cursor, tree->level, tree->root);
}

bool glass_cursor_find(struct glass_cursor *cursor, struct bytes key,
                       struct glass_piece *piece)
{
    struct glass_step *leaf = &cursor->steps[0];
    unsigned level, n, component = UINT_MAX;

    if (!enter_lowest(cursor, key, &level))
        return false;
    for (cursor->placed = false; level > 0; level--)
        if (!glass_child_find(&cursor->steps[level].block, key, 1,
                              &cursor->steps[level].item) ||
            !descend_one(cursor, level))
            return false;
    if (!count_below(&leaf->block, key, &n))
        return false;
    /* Branches have keys cut short, so that what is wanted may be at the end
     * of the leaf before. A long tag may take several leaves. */
    leaf->item = n;
    cursor->placed = true;
    do {
        if (!step_back(cursor) || !read_here(cursor, piece) ||
            piece->component >= component)
            return false;
        component = piece->component;
    } while (!piece->first);
    return true;
}

bool glass_cursor_next(struct glass_cursor *cursor, struct glass_piece *piece,
                       bool *more)
{
    struct glass_piece before;
    unsigned component;

    *more = cursor->placed;
    if (!*more)
        return true;
    if (!read_here(cursor, &before))
        return false;
    component = before.component;
    do {
        if (!step_forward(cursor, more))
            return false;
        if (!*more)
            return true;
        if (!read_here(cursor, piece))
            return false;
        if (!piece->first && piece->component != ++component)
            return false;
    } while (!piece->first);
    return bytes_compare(before.key, piece->key) < 0;
}

bool glass_cursor_tag(struct glass_cursor *cursor,
                      const struct glass_piece *piece, struct buffer *buffer,
                      struct bytes *tag)
{
    struct glass_piece next = *piece;
    unsigned component = 1;
    bool more;

    *tag = piece->part;
    if (piece->last)
        return true;
    buffer_clear(buffer);
    buffer_append(buffer, piece->part.data, piece->part.length);
    while (!next.last) {
        if (!step_forward(cursor, &more) || !more ||
            !read_here(cursor, &next) || next.component != ++component ||
            next.first || !bytes_equal(next.key, piece->key))
            return false;
        buffer_append(buffer, next.part.data, next.part.length);
    }
    *tag = buffer_bytes(buffer);
    return !buffer->failed;
}
