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
                            : disk_replace(folder, GLASS_VERSION_NAME,
                                           buffer_bytes(&content), failure);
    buffer_release(&content);
    return status;
}

/* Read a number of at most MAX. Sticky: where *AT is NULL, nothing is done. */
static uint64_t read_number(const char **at, const char *end, uint64_t max)
{
    uint64_t number = 0;

    if (*at && (!varint_read(at, end, &number) || number > max)) {
        *at = NULL;
        return 0;
    }
    return number;
}

static void read_root(const char **at, const char *end, struct glass_root *root)
{
    uint64_t flags, length;
    const char *list;

    *root = (struct glass_root){0};
    root->root = (uint32_t)read_number(at, end, UINT32_MAX);
    flags = read_number(at, end, UINT16_MAX);
    root->level = (unsigned)(flags >> ROOT_LEVEL_SHIFT);
    root->n_items = read_number(at, end, UINT64_MAX);
    (void)read_number(at, end, UINT16_MAX);
    (void)read_number(at, end, UINT16_MAX);
    length = read_number(at, end, 64);
    if (!*at || length > (uint64_t)(end - *at)) {
        *at = NULL;
        return;
    }
    list = *at;
    *at += length;
    if (flags & ROOT_FAKED)
        return;
    (void)read_number(&list, *at, UINT32_MAX);
    root->n_blocks = (uint32_t)read_number(&list, *at, UINT32_MAX);
    if (!list)
        *at = NULL;
}

static void read_statistics(const char **at, const char *end,
                            struct glass_statistics *statistics)
{
    uint64_t n = read_number(at, end, UINT32_MAX), more;

    statistics->n_documents = (uint32_t)n;
    more = read_number(at, end, UINT32_MAX - n);
    statistics->last_document = (uint32_t)(n + more);
    statistics->length_min = (uint32_t)read_number(at, end, UINT32_MAX);
    n = read_number(at, end, UINT32_MAX);
    statistics->wdf_max = (uint32_t)n;
    more = read_number(at, end, UINT32_MAX - n);
    statistics->length_max = (uint32_t)(n + more);
    (void)read_number(at, end, UINT64_MAX);
    statistics->length_sum = read_number(at, end, UINT64_MAX);
    (void)read_number(at, end, UINT64_MAX);
}

enum { VERSION_MAX_BYTES = 1 << 12 };

enum status glass_version_read(const char *folder,
                               struct glass_root roots[GLASS_N_TABLES],
                               struct glass_statistics *statistics,
                               struct failure *failure)
{
    struct buffer path = BUFFER_EMPTY, content = BUFFER_EMPTY;
    size_t head = sizeof magic - 1;
    const char *at = NULL, *end = NULL;
    struct glass_root root;
    enum status status = disk_join(&path, folder, GLASS_VERSION_NAME, failure);

    *statistics = (struct glass_statistics){0};
    if (status == STATUS_OK)
        status = disk_read(path.data, VERSION_MAX_BYTES, &content, failure);
    if (status == STATUS_OK && content.length >= head + UUID_SIZE &&
        memcmp(content.data, magic, head) == 0) {
        at = content.data + head + UUID_SIZE;
        end = content.data + content.length;
    }
    if (read_number(&at, end, UINT32_MAX) != GLASS_REVISION)
        at = NULL;
    for (unsigned kind = 0; kind < GLASS_N_TABLES; kind++)
        read_root(&at, end, roots ? &roots[kind] : &root);
    read_statistics(&at, end, statistics);
    if (status == STATUS_LIMIT || (status == STATUS_OK && (!at || at != end)))
        status = fail(failure, STATUS_CORRUPT, "'%s' is damaged", path.data);
    buffer_release(&content);
    buffer_release(&path);
    return status;
}
