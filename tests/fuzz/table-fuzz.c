/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A table of Xapian's as an enemy would write it: whatever is in it, looking
 * things up and going through it ends, and reads nothing outside of it. */
#include <config.h>

#include "index/glass/format.h"
#include "index/glass/list.h"
#include "index/glass/range.h"
#include "index/glass/tree.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(const struct glass_tree *tree, struct bytes from)
{
    struct glass_cursor cursor = {.tree = tree};
    struct glass_piece piece;
    struct buffer buffer = BUFFER_EMPTY;
    struct bytes tag;
    bool more = true;

    if (!glass_cursor_find(&cursor, from, &piece))
        return;
    do {
        struct glass_cursor inside = cursor;
        struct glass_piece first = piece;

        if (!glass_cursor_tag(&inside, &first, &buffer, &tag))
            break;
    } while (glass_cursor_next(&cursor, &piece, &more) && more);
    buffer_release(&buffer);
}

static void go_through(struct glass_list *list, bool opened)
{
    uint32_t before = 0;

    while (opened && !list->ended) {
        if (list->chunk.document <= before)
            abort();
        before = list->chunk.document;
        if (before == UINT32_MAX || !glass_list_skip(list, before + 1, 0))
            break;
    }
    glass_list_release(list);
}

static void read_lists(const struct glass_tree *tree, struct bytes term)
{
    struct glass_value_list values = {.cursor.tree = tree, .slot = 0};
    struct glass_list list;
    struct bytes value;

    go_through(&list, glass_list_open(&list, tree, term));
    go_through(&list, glass_list_open_lengths(&list, tree));
    for (uint32_t document = 1; document < 1000; document += document / 8 + 1)
        if (!glass_value_list_find(&values, document, &value))
            break;
    glass_value_list_release(&values);
}

static void try_table(struct verified *file, const struct glass_root *root)
{
    static const struct bytes words[] = {
        {"", 0}, {"the", 3}, {"Zword", 5}, {"\0\xC0", 2}, {"\0\xD8\0", 3}};
    struct glass_tree *tree;
    struct bytes behind;

    if (glass_tree_open("DIR", GLASS_POSTLIST, root, file, &tree, NULL) !=
        STATUS_OK)
        return;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        (void)glass_verify_range(file, root, words[i], words[i], &behind);
        walk(tree, words[i]);
        read_lists(tree, words[i]);
    }
    glass_tree_close(tree);
}

/* The file is filled up to whole blocks; the last is the root. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t n_blocks = (size + GLASS_BLOCK_SIZE - 1) / GLASS_BLOCK_SIZE;
    char *copy = calloc(n_blocks + !n_blocks, GLASS_BLOCK_SIZE);
    struct verified file = {.file = {copy, n_blocks * GLASS_BLOCK_SIZE}};
    struct glass_root root = {.n_blocks = (uint32_t)n_blocks};

    if (!copy || n_blocks == 0 || n_blocks > 64) {
        free(copy);
        return 0;
    }
    memcpy(copy, data, size);
    root.root = root.n_blocks - 1;
    root.level = (unsigned char)
        copy[(size_t)root.root * GLASS_BLOCK_SIZE + GLASS_LEVEL_AT];
    try_table(&file, &root);
    free(copy);
    return 0;
}

#define FUZZ_SEEDS "tests/fuzz/seeds/table"
#include "tests/fuzz/fuzz.h"
