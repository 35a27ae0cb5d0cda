/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A block has a header, a directory that grows behind it, and items that grow
 * from its end towards the directory. One block of each level is in memory: the
 * one that is being filled. When it is full it is written, and its number
 * goes with a separating key into the block above. */
#include <config.h>

#include "index/glass/table.h"

#include "base/buffer.h"
#include "index/disk.h"
#include "index/glass/format.h"

#include <xxhash.h>

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    /* Readers expect room for four items in each block. */
    ITEM_MAX =
        (GLASS_BLOCK_SIZE - GLASS_HEADER_SIZE - 4 * GLASS_ENTRY_SIZE) / 4,
    COMPONENTS_MAX = 65535,

    /* A tag is not split for the sake of filling a block if less than this
     * would stand on either side: two blocks to read instead of one. */
    PART_MIN = 160,

    OUTPUT_SIZE = 16 * GLASS_BLOCK_SIZE,
};

/* What parts a block from the one before it, for the block above. */
struct separator {
    unsigned char key[GLASS_KEY_MAX];
    size_t length;
    unsigned component;
};

struct level {
    unsigned char *block; /* NULL: there is none yet */
    size_t end;           /* of the directory */
    size_t low;           /* where the items begin */
    struct separator separator;
};

struct glass_table {
    struct buffer path;
    int file; /* -1: closed */
    unsigned char *output;
    size_t output_length;
    struct level levels[GLASS_LEVELS_MAX];
    uint32_t n_blocks;
    uint64_t n_items;
    XXH3_state_t *hash; /* of what was written */
};

static void clear(struct level *level)
{
    level->end = GLASS_HEADER_SIZE;
    level->low = GLASS_BLOCK_SIZE;
}

static size_t room(const struct level *level)
{
    return level->low - level->end;
}

static bool make_block(struct level *level)
{
    level->block = malloc(GLASS_BLOCK_SIZE);
    clear(level);
    return level->block != NULL;
}

/* Make room for an item of SIZE bytes, for which there is room. */
static unsigned char *new_item(struct level *level, size_t size)
{
    assert(room(level) >= size + GLASS_ENTRY_SIZE);
    level->low -= size;
    glass_put16(level->block + level->end, (unsigned)level->low);
    level->end += GLASS_ENTRY_SIZE;
    return level->block + level->low;
}

/* Every tree begins with an item whose key and tag are empty. */
static void add_null_item(struct level *leaf)
{
    unsigned char *item = new_item(leaf, GLASS_ITEM_MIN);

    glass_put16(item, GLASS_ITEM_FIRST | GLASS_ITEM_LAST);
    item[GLASS_ITEM_MIN - 1] = 0;
}

enum status glass_table_new(const char *folder, enum glass_table_kind kind,
                            struct glass_table **table, struct failure *failure)
{
    struct glass_table *new = calloc(1, sizeof *new);
    enum status status;

    *table = NULL;
    if (!new)
        return fail_memory(failure);
    new->file = -1;
    status = glass_table_path(&new->path, folder, kind, failure);
    new->output = malloc(OUTPUT_SIZE);
    new->hash = XXH3_createState();
    if (status == STATUS_OK &&
        (!new->output || !make_block(&new->levels[0]) || !new->hash ||
         XXH3_128bits_reset(new->hash) != XXH_OK))
        status = fail_memory(failure);
    if (status == STATUS_OK)
        status = disk_create(new->path.data, &new->file, failure);
    if (status != STATUS_OK) {
        glass_table_free(new);
        return status;
    }
    add_null_item(&new->levels[0]);
    *table = new;
    return STATUS_OK;
}

static enum status write_output(struct glass_table *table,
                                struct failure *failure)
{
    struct bytes content = {(const char *)table->output, table->output_length};

    table->output_length = 0;
    XXH3_128bits_update(table->hash, content.data, content.length);
    return disk_write(table->file, table->path.data, content, failure);
}

/* Write the block of level J, whose number is given to *NUMBER. */
static enum status write_block(struct glass_table *table, unsigned j,
                               uint32_t *number, struct failure *failure)
{
    struct level *level = &table->levels[j];
    unsigned char *block = level->block;

    if (table->n_blocks == UINT32_MAX)
        return fail(failure, STATUS_LIMIT, "'%s' is out of block numbers",
                    table->path.data);
    glass_put32(block, GLASS_REVISION);
    block[GLASS_LEVEL_AT] = (unsigned char)j;
    /* The free space is in one piece, so both measures of it are the same. */
    glass_put16(block + 5, (unsigned)room(level));
    glass_put16(block + 7, (unsigned)room(level));
    glass_put16(block + GLASS_DIRECTORY_END_AT, (unsigned)level->end);
    memset(block + level->end, 0, room(level));
    memcpy(table->output + table->output_length, block, GLASS_BLOCK_SIZE);
    table->output_length += GLASS_BLOCK_SIZE;
    *number = table->n_blocks++;
    return table->output_length == OUTPUT_SIZE ? write_output(table, failure)
                                               : STATUS_OK;
}

/* Add an item for the block CHILD to a block that has room for it. */
static void add_child(struct level *level, const unsigned char *key,
                      size_t length, unsigned component, uint32_t child)
{
    unsigned char *item =
        new_item(level, GLASS_CHILD_SIZE + GLASS_KEY_LENGTH_SIZE + length +
                            GLASS_COMPONENT_SIZE);

    glass_put32(item, child);
    item[GLASS_CHILD_SIZE] = (unsigned char)length;
    if (length)
        memcpy(item + GLASS_CHILD_SIZE + GLASS_KEY_LENGTH_SIZE, key, length);
    glass_put16(item + GLASS_CHILD_SIZE + GLASS_KEY_LENGTH_SIZE + length,
                component);
}

/* Add CHILD, which SEPARATOR parts from the block before it, to level J. */
static enum status add_branch(struct glass_table *table, unsigned j,
                              const struct separator *separator, uint32_t child,
                              struct failure *failure)
{
    struct level *level;
    size_t size = GLASS_CHILD_SIZE + GLASS_KEY_LENGTH_SIZE + separator->length +
                  GLASS_COMPONENT_SIZE + GLASS_ENTRY_SIZE;
    uint32_t number;
    enum status status;

    if (j == GLASS_LEVELS_MAX)
        return fail(failure, STATUS_LIMIT, "'%s' has too many levels",
                    table->path.data);
    level = &table->levels[j];
    if (level->block && room(level) >= size) {
        add_child(level, separator->key, separator->length,
                  separator->component, child);
        return STATUS_OK;
    }
    if (level->block) {
        status = write_block(table, j, &number, failure);
        if (status == STATUS_OK)
            status =
                add_branch(table, j + 1, &level->separator, number, failure);
        if (status != STATUS_OK)
            return status;
        clear(level);
    } else if (!make_block(level)) {
        return fail_memory(failure);
    }
    /* The first key of a branch is never looked at, so it is empty. */
    level->separator = *separator;
    add_child(level, NULL, 0, 0, child);
    return STATUS_OK;
}

/* The key of the item that was added last to the leaf. */
static struct bytes last_key(const struct level *leaf)
{
    const unsigned char *item = leaf->block + leaf->low;

    return (struct bytes){(const char *)item + GLASS_ITEM_MIN,
                          item[GLASS_ITEM_MIN - 1]};
}

/* The shortest beginning of KEY that tells it from BEFORE, or all of it. */
static void separate(struct separator *separator, struct bytes before,
                     struct bytes key, unsigned component)
{
    size_t length = 0;

    while (length < before.length && length < key.length &&
           before.data[length] == key.data[length])
        length++;
    if (length < key.length)
        length++;
    memcpy(separator->key, key.data, length);
    separator->length = length;
    separator->component = component;
}

/* Write the leaf, and begin another whose first item will be COMPONENT of KEY.
 */
static enum status next_leaf(struct glass_table *table, struct bytes key,
                             unsigned component, struct failure *failure)
{
    struct level *leaf = &table->levels[0];
    uint32_t number;
    enum status status = write_block(table, 0, &number, failure);

    if (status == STATUS_OK)
        status = add_branch(table, 1, &leaf->separator, number, failure);
    if (status != STATUS_OK)
        return status;
    separate(&leaf->separator, last_key(leaf), key, component);
    clear(leaf);
    return STATUS_OK;
}

/* Add LENGTH bytes of a tag as one item. FLAGS tell compressed and last. */
static void add_part(struct level *leaf, struct bytes key, unsigned component,
                     struct bytes part, unsigned flags)
{
    size_t head = GLASS_ITEM_MIN + key.length +
                  (component > 1 ? GLASS_COMPONENT_SIZE : 0);
    unsigned char *item = new_item(leaf, head + part.length);

    if (component == 1)
        flags |= GLASS_ITEM_FIRST;
    else
        glass_put16(item + GLASS_ITEM_MIN + key.length, component);
    glass_put16(item, (unsigned)(head + part.length - GLASS_ITEM_MIN) | flags);
    item[GLASS_ITEM_MIN - 1] = (unsigned char)key.length;
    memcpy(item + GLASS_ITEM_MIN, key.data, key.length);
    if (part.length)
        memcpy(item + head, part.data, part.length);
}

/* How much of a tag, of which LEFT bytes are left, stands in its next
 * component, which takes HEAD bytes besides. 0: a new leaf is better. */
static size_t part_length(const struct level *leaf, size_t head, size_t left)
{
    size_t space = room(leaf), length = ITEM_MAX - head;

    if (length > left)
        length = left;
    if (space >= head + length + GLASS_ENTRY_SIZE)
        return length;
    if (left < 2 * PART_MIN || space < head + PART_MIN + GLASS_ENTRY_SIZE)
        return 0;
    return space - head - GLASS_ENTRY_SIZE;
}

enum status glass_table_add(struct glass_table *table, struct bytes key,
                            struct bytes tag, bool compressed,
                            struct failure *failure)
{
    struct level *leaf = &table->levels[0];
    unsigned component = 1;
    size_t done = 0;
    enum status status;

    assert(key.length > 0 && key.length <= GLASS_KEY_MAX);
    assert(leaf->end == GLASS_HEADER_SIZE ||
           bytes_compare(last_key(leaf), key) < 0);
    do {
        size_t head = GLASS_ITEM_MIN + key.length +
                      (component > 1 ? GLASS_COMPONENT_SIZE : 0);
        size_t length = part_length(leaf, head, tag.length - done);
        unsigned flags = compressed ? GLASS_ITEM_COMPRESSED : 0;

        if (component == COMPONENTS_MAX)
            return fail(failure, STATUS_LIMIT, "an item of '%s' is too long",
                        table->path.data);
        if (room(leaf) < head + length + GLASS_ENTRY_SIZE ||
            (length == 0 && tag.length > done)) {
            status = next_leaf(table, key, component, failure);
            if (status != STATUS_OK)
                return status;
            continue;
        }
        if (done + length == tag.length)
            flags |= GLASS_ITEM_LAST;
        add_part(leaf, key, component,
                 (struct bytes){length ? tag.data + done : NULL, length},
                 flags);
        done += length;
        component++;
    } while (done < tag.length || component == 1);
    table->n_items++;
    return STATUS_OK;
}

/* Write the blocks that are being filled, from the leaf up. */
static enum status write_levels(struct glass_table *table,
                                struct glass_root *root,
                                struct failure *failure)
{
    enum status status = STATUS_OK;

    for (unsigned j = 0; status == STATUS_OK; j++) {
        status = write_block(table, j, &root->root, failure);
        root->level = j;
        if (j + 1 == GLASS_LEVELS_MAX || !table->levels[j + 1].block)
            break;
        if (status == STATUS_OK)
            status = add_branch(table, j + 1, &table->levels[j].separator,
                                root->root, failure);
    }
    return status;
}

enum status glass_table_finish(struct glass_table *table,
                               struct glass_root *root, struct failure *failure)
{
    enum status status = STATUS_OK;
    XXH128_hash_t hash;

    *root = (struct glass_root){0};
    if (table->n_items)
        status = write_levels(table, root, failure);
    if (status == STATUS_OK && table->output_length)
        status = write_output(table, failure);
    if (close(table->file) != 0 && status == STATUS_OK)
        status = fail_errno(failure, STATUS_IO, errno, "cannot write '%s'",
                            table->path.data);
    table->file = -1;
    root->n_blocks = table->n_blocks;
    root->n_items = table->n_items;
    hash = XXH3_128bits_digest(table->hash);
    root->hash[0] = hash.low64;
    root->hash[1] = hash.high64;
    return status;
}

void glass_table_free(struct glass_table *table)
{
    if (!table)
        return;
    if (table->file >= 0)
        close(table->file);
    for (unsigned j = 0; j < GLASS_LEVELS_MAX; j++)
        free(table->levels[j].block);
    free(table->output);
    XXH3_freeState(table->hash);
    buffer_release(&table->path);
    free(table);
}
