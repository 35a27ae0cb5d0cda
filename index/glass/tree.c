/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/glass/tree.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "index/disk.h"
#include "index/glass/format.h"

struct glass_tree {
    struct buffer path;
    const struct verified *file;
    struct verified own; /* the same, if nobody else has it */
    uint32_t root, n_blocks;
    unsigned level; /* of the root */
};

enum {
    CHILD_SIZE = 4, /* of a branch's item, before the key */
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

enum status glass_tree_open(const char *folder, const char *name,
                            const struct glass_root *root,
                            const struct verified *file,
                            struct glass_tree **tree, struct failure *failure)
{
    struct glass_tree *new = calloc(1, sizeof *new);
    char file_name[32];
    enum status status;

    *tree = NULL;
    if (!new)
        return fail_memory(failure);
    snprintf(file_name, sizeof file_name, "%s.glass", name);
    status = disk_join(&new->path, folder, file_name, failure);
    if (status == STATUS_OK && root->n_blocks && !file)
        status = verified_open(&new->own, folder, file_name, NULL, failure);
    new->file = file ? file : &new->own;
    new->n_blocks = (uint32_t)(new->file->file.length / GLASS_BLOCK_SIZE);
    new->root = root->root;
    new->level = root->level;
    if (status == STATUS_OK && root->n_blocks &&
        (root->level >= GLASS_LEVELS_MAX || root->root >= new->n_blocks))
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
    return tree->n_blocks == 0;
}

/* --- Blocks and items */

/* Begin to look at block NUMBER, which must be one of LEVEL. */
static bool enter(struct glass_cursor *cursor, unsigned level, uint32_t number)
{
    const struct glass_tree *tree = cursor->tree;
    const unsigned char *block;
    unsigned end;

    if (number >= tree->n_blocks ||
        !verified_has(tree->file, (uint64_t)number * GLASS_BLOCK_SIZE,
                      GLASS_BLOCK_SIZE))
        return false;
    block = (const unsigned char *)tree->file->file.data +
            (size_t)number * GLASS_BLOCK_SIZE;
    end = glass_get16(block + GLASS_DIRECTORY_END_AT);
    if (block[GLASS_LEVEL_AT] != level ||
        end < GLASS_HEADER_SIZE + GLASS_ENTRY_SIZE || end > GLASS_BLOCK_SIZE)
        return false;
    cursor->steps[level] = (struct glass_step){
        block, 0, (end - GLASS_HEADER_SIZE) / GLASS_ENTRY_SIZE};
    return true;
}

/* Where item I of STEP begins. */
static unsigned item_at(const struct glass_step *step, unsigned i)
{
    return glass_get16(step->block + GLASS_HEADER_SIZE + i * GLASS_ENTRY_SIZE);
}

/* Read what parts the child I of a branch from the one before it, and which
 * block the child is. */
static bool read_branch(const struct glass_step *step, unsigned i,
                        struct bytes *key, unsigned *component, uint32_t *child)
{
    unsigned start = item_at(step, i);
    const unsigned char *item = step->block + start;
    unsigned head = CHILD_SIZE + 1;

    if (start + head > GLASS_BLOCK_SIZE ||
        start + head + item[CHILD_SIZE] + GLASS_COMPONENT_SIZE >
            GLASS_BLOCK_SIZE)
        return false;
    *child = glass_get32(item);
    *key = (struct bytes){(const char *)item + head, item[CHILD_SIZE]};
    *component = glass_get16(item + head + key->length);
    return true;
}

bool glass_read_piece(const unsigned char *block, unsigned start,
                      struct glass_piece *piece)
{
    const unsigned char *item = block + start;
    size_t size, head;
    unsigned flags;

    if (start + GLASS_ITEM_MIN > GLASS_BLOCK_SIZE)
        return false;
    flags = glass_get16(item);
    size = (flags & GLASS_ITEM_SIZE_MASK) + GLASS_ITEM_MIN;
    head = GLASS_ITEM_MIN + item[2];
    piece->first = flags & GLASS_ITEM_FIRST;
    piece->last = flags & GLASS_ITEM_LAST;
    piece->compressed = flags & GLASS_ITEM_COMPRESSED;
    piece->key = (struct bytes){(const char *)item + GLASS_ITEM_MIN, item[2]};
    piece->component = 1;
    if (!piece->first)
        head += GLASS_COMPONENT_SIZE;
    if (head > size || start + size > GLASS_BLOCK_SIZE)
        return false;
    if (!piece->first)
        piece->component = glass_get16(item + head - GLASS_COMPONENT_SIZE);
    piece->part = (struct bytes){(const char *)item + head, size - head};
    return true;
}

/* The piece that the cursor is at. */
static bool read_here(const struct glass_cursor *cursor,
                      struct glass_piece *piece)
{
    const struct glass_step *leaf = &cursor->steps[0];

    return glass_read_piece(leaf->block, item_at(leaf, leaf->item), piece);
}

/* --- Walking */

/* How (A, COMPONENT) compares with the first component of B. */
static int compare(struct bytes a, unsigned component, struct bytes b)
{
    int order = bytes_compare(a, b);

    return order ? order : component > 1;
}

/* Enter the child at which the step of LEVEL is. */
static bool descend_one(struct glass_cursor *cursor, unsigned level)
{
    const struct glass_step *step = &cursor->steps[level];
    struct bytes key;
    unsigned component;
    uint32_t child;

    return read_branch(step, step->item, &key, &component, &child) &&
           enter(cursor, level - 1, child);
}

/* Place the step of LEVEL, a branch, at the child in which KEY would be. */
static bool choose_child(struct glass_cursor *cursor, unsigned level,
                         struct bytes key)
{
    struct glass_step *step = &cursor->steps[level];
    unsigned low = 0, high = step->n_items;

    while (low + 1 < high) {
        unsigned middle = low + (high - low) / 2, component;
        struct bytes other;
        uint32_t child;

        if (!read_branch(step, middle, &other, &component, &child))
            return false;
        if (compare(other, component, key) <= 0)
            low = middle;
        else
            high = middle;
    }
    step->item = low;
    return true;
}

/* How many pieces of the leaf are not above KEY. */
static bool count_below(const struct glass_step *leaf, struct bytes key,
                        unsigned *n)
{
    unsigned low = 0, high = leaf->n_items;

    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        struct glass_piece piece;

        if (!glass_read_piece(leaf->block, item_at(leaf, middle), &piece))
            return false;
        if (compare(piece.key, piece.component, key) <= 0)
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
                                           cursor->steps[level].n_items
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
        below->item = forward ? 0 : below->n_items - 1;
    }
    return true;
}

static bool step_forward(struct glass_cursor *cursor, bool *more)
{
    struct glass_step *leaf = &cursor->steps[0];

    *more = true;
    if (leaf->item + 1 == leaf->n_items)
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
    const struct glass_step *step = &cursor->steps[level];
    struct glass_piece piece;
    uint32_t child;

    if (level > 0 ? !read_branch(step, i, &piece.key, &piece.component, &child)
                  : !glass_read_piece(step->block, item_at(step, i), &piece))
        return 0;
    return compare(piece.key, piece.component, key);
}

/* The lowest block on the way that the cursor has gone in which KEY must be,
 * since it is between what the block tells of; or the root. */
static bool enter_lowest(struct glass_cursor *cursor, struct bytes key,
                         unsigned *level)
{
    const struct glass_tree *tree = cursor->tree;

    for (*level = 0; cursor->placed && *level <= tree->level; ++*level) {
        unsigned n = cursor->steps[*level].n_items;
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
        if (!choose_child(cursor, level, key) || !descend_one(cursor, level))
            return false;
    if (!count_below(leaf, key, &n))
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
