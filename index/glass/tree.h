/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Looking things up in a Glass table, which is mapped into memory: the item of
 * a key, those before it and behind it. What was written by others than
 * index/glass/table.h is read as well, as long as its blocks have 8 KiB.
 *
 * The table may hold anything: nothing outside of the mapping is read, and
 * every walk ends, since keys must rise. */
#ifndef INDEX_GLASS_TREE_H
#define INDEX_GLASS_TREE_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"
#include "index/glass/block.h"
#include "index/glass/format.h"
#include "index/glass/table.h"
#include "index/verified.h"

struct glass_tree;

/* Read the table of KIND in FOLDER, whose version file says ROOT of it. FILE
 * is that, borrowed; its blocks are verified before they are looked at. NULL:
 * it is mapped here, and nothing is verified. *TREE is the caller's to close.
 * CORRUPT, IO, MEMORY. */
enum status glass_tree_open(const char *folder, enum glass_table_kind kind,
                            const struct glass_root *root,
                            const struct verified *file,
                            struct glass_tree **tree, struct failure *failure);
void glass_tree_close(struct glass_tree *tree); /* NULL is fine */

/* Whether it has no items; then there is nothing to look up. */
bool glass_tree_empty(const struct glass_tree *tree);

/* CORRUPT, naming the table: for those to whom a function below, or a tag, says
 * that it is damaged. */
enum status glass_tree_fail(const struct glass_tree *tree,
                            struct failure *failure);

/* A place in a table. */
struct glass_step {
    struct glass_block block;
    unsigned item;
};
struct glass_cursor {
    const struct glass_tree *tree;
    struct glass_step steps[GLASS_LEVELS_MAX]; /* the leaf first */
    bool placed;
};

/* Go to the item with the greatest key that is not above KEY; there always is
 * one, since a table begins with the empty key. PIECE is its first component.
 * False if the table is damaged, as of all that follow. */
bool glass_cursor_find(struct glass_cursor *cursor, struct bytes key,
                       struct glass_piece *piece);

/* Go on to the next item; *MORE is false at the end. */
bool glass_cursor_next(struct glass_cursor *cursor, struct glass_piece *piece,
                       bool *more);

/* The tag of the item that the cursor is at, whose first component is PIECE; in
 * BUFFER where it is in several components, otherwise in the table. The cursor
 * is at the last of them afterwards. */
bool glass_cursor_tag(struct glass_cursor *cursor,
                      const struct glass_piece *piece, struct buffer *buffer,
                      struct bytes *tag);

#endif
