/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/glass/version.h"

#include "base/buffer.h"
#include "index/disk.h"
#include "index/glass/format.h"

enum {
    ROOT_FAKED = 1,      /* the table has no block */
    ROOT_SEQUENTIAL = 2, /* leaves follow each other in the file */
    ROOT_LEVEL_SHIFT = 2,
    BLOCK_SIZE_SHIFT = 11,

    /* From which length on Xapian's own writer would compress tags. */
    COMPRESS_MIN = 18,

    UUID_SIZE = 16,
};

/* "Xapian Glass" of the format of 14 March 2016. */
static const char magic[] = "\x0F\x0DXapian Glass\x04\x6E";

/* Where a table's free blocks are listed: nowhere, since there are none, and
 * behind which block there is nothing. */
static void append_free_list(struct buffer *buffer, uint32_t n_blocks)
{
    struct buffer list = BUFFER_EMPTY;

    buffer_append_varint(&list, GLASS_REVISION);
    buffer_append_varint(&list, n_blocks);
    buffer_append(&list, "\0\0\0\0", 4);
    buffer_append_varint(buffer, list.length);
    buffer_append(buffer, list.data, list.length);
    buffer->failed = buffer->failed || list.failed;
    buffer_release(&list);
}

static void append_root(struct buffer *buffer, const struct glass_root *root,
                        enum glass_table_kind kind)
{
    bool plain = kind == GLASS_POSTLIST || kind == GLASS_POSITION;

    buffer_append_varint(buffer, root->root);
    buffer_append_varint(buffer, root->level << ROOT_LEVEL_SHIFT |
                                     ROOT_SEQUENTIAL |
                                     (root->n_blocks ? 0 : ROOT_FAKED));
    buffer_append_varint(buffer, root->n_items);
    buffer_append_varint(buffer, GLASS_BLOCK_SIZE >> BLOCK_SIZE_SHIFT);
    buffer_append_varint(buffer, plain ? 0 : COMPRESS_MIN);
    if (root->n_blocks)
        append_free_list(buffer, root->n_blocks);
    else
        buffer_append_varint(buffer, 0);
}

static void append_statistics(struct buffer *buffer,
                              const struct glass_statistics *statistics)
{
    uint32_t length_max = statistics->length_max;

    /* What is stored is by how much the one bound is above the other. */
    if (length_max < statistics->wdf_max)
        length_max = statistics->wdf_max;
    buffer_append_varint(buffer, statistics->n_documents);
    buffer_append_varint(buffer,
                         statistics->last_document - statistics->n_documents);
    buffer_append_varint(buffer, statistics->length_min);
    buffer_append_varint(buffer, statistics->wdf_max);
    buffer_append_varint(buffer, length_max - statistics->wdf_max);
    buffer_append_varint(buffer, 0); /* the oldest changeset */
    buffer_append_varint(buffer, statistics->length_sum);
    buffer_append_varint(buffer, 0); /* the frequency of spellings */
}

static uint64_t mix(uint64_t hash, uint64_t number)
{
    hash = (hash ^ number) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

/* A UUID of version 8 (RFC 9562): of our own making. */
static void make_uuid(unsigned char uuid[UUID_SIZE],
                      const struct glass_root *roots,
                      const struct glass_statistics *statistics, uint64_t other)
{
    uint64_t hash[2] = {mix(statistics->n_documents, other),
                        mix(other, statistics->length_sum)};

    for (size_t i = 0; i < GLASS_N_TABLES; i++)
        for (size_t j = 0; j < 2; j++)
            hash[j] = mix(mix(hash[j], roots[i].hash[j]), roots[i].n_items);
    for (size_t i = 0; i < UUID_SIZE; i++)
        uuid[i] = (unsigned char)(hash[i / 8] >> 8 * (i % 8));
    uuid[6] = (unsigned char)((uuid[6] & 0x0F) | 0x80);
    uuid[8] = (unsigned char)((uuid[8] & 0x3F) | 0x80);
}

enum status glass_version_write(const char *folder,
                                const struct glass_root roots[GLASS_N_TABLES],
                                const struct glass_statistics *statistics,
                                uint64_t hash, struct failure *failure)
{
    struct buffer content = BUFFER_EMPTY;
    unsigned char uuid[UUID_SIZE];
    enum status status;

    make_uuid(uuid, roots, statistics, hash);
    buffer_append(&content, magic, sizeof magic - 1);
    buffer_append(&content, (const char *)uuid, sizeof uuid);
    buffer_append_varint(&content, GLASS_REVISION);
    for (unsigned kind = 0; kind < GLASS_N_TABLES; kind++)
        append_root(&content, &roots[kind], (enum glass_table_kind)kind);
    append_statistics(&content, statistics);
    status = content.failed ? fail_memory(failure)
                            : disk_replace(folder, "iamglass",
                                           buffer_bytes(&content), failure);
    buffer_release(&content);
    return status;
}
