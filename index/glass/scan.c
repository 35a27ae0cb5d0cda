/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/glass/scan.h"

#include "base/buffer.h"
#include "index/disk.h"
#include "index/glass/block.h"
#include "index/glass/format.h"
#include "index/sums.h"

#include <stdlib.h>
#include <unistd.h>

enum { BLOCKS_AT_ONCE = 16 };

struct glass_scan {
    struct buffer path;
    int file;              /* -1: the table has no items */
    unsigned char *blocks; /* what was read at once */
    size_t n_blocks, next_block;
    bool torn;                 /* the last that was read is not a whole one */
    const unsigned char *leaf; /* NULL: there is none yet */
    size_t directory, directory_end;
    struct buffer key, tag, before;
    uint64_t n_items;

    const unsigned char *hashes; /* NULL: none */
    uint64_t n_hashes, n_pieces; /* that were read */
    unsigned bad;                /* of the pieces in .blocks, as bits */
};

/* Blocks are read by whole pieces. */
enum { BLOCKS_OF_PIECE = SUMS_PIECE / GLASS_BLOCK_SIZE };

void glass_scan_free(struct glass_scan *scan)
{
    if (!scan)
        return;
    if (scan->file >= 0)
        close(scan->file);
    free(scan->blocks);
    buffer_release(&scan->path);
    buffer_release(&scan->key);
    buffer_release(&scan->tag);
    buffer_release(&scan->before);
    free(scan);
}

static enum status open_file(struct glass_scan *scan, struct failure *failure)
{
    enum status status = disk_open(scan->path.data, &scan->file, failure);

    if (status == STATUS_NO_INDEX)
        return STATUS_OK;
    if (status != STATUS_OK)
        return status;
    scan->blocks = malloc((size_t)BLOCKS_AT_ONCE * GLASS_BLOCK_SIZE);
    return scan->blocks ? STATUS_OK : fail_memory(failure);
}

enum status glass_scan_open(const char *folder, enum glass_table_kind kind,
                            struct glass_scan **scan, struct failure *failure)
{
    struct glass_scan *new = calloc(1, sizeof *new);
    enum status status;

    *scan = NULL;
    if (!new)
        return fail_memory(failure);
    new->file = -1;
    status = glass_table_path(&new->path, folder, kind, failure);
    if (status == STATUS_OK)
        status = open_file(new, failure);
    if (status != STATUS_OK) {
        glass_scan_free(new);
        return status;
    }
    *scan = new;
    return STATUS_OK;
}

uint64_t glass_scan_n_items(const struct glass_scan *scan)
{
    return scan->n_items;
}

enum status glass_scan_fail(const struct glass_scan *scan,
                            struct failure *failure)
{
    return fail(failure, STATUS_CORRUPT, "'%s' is damaged", scan->path.data);
}

void glass_scan_verify(struct glass_scan *scan, const unsigned char *hashes,
                       uint64_t size)
{
    scan->hashes = hashes;
    scan->n_hashes = (size + SUMS_PIECE - 1) / SUMS_PIECE;
}

bool glass_scan_is_cut(const struct glass_scan *scan)
{
    return scan->hashes && scan->n_pieces < scan->n_hashes;
}

void glass_scan_skip(struct glass_scan *scan)
{
    scan->leaf = NULL;
    buffer_clear(&scan->key);
}

/* Find out which of the pieces that were read, LENGTH bytes, are bad. */
static void verify_pieces(struct glass_scan *scan, size_t length)
{
    scan->bad = 0;
    for (size_t at = 0; scan->hashes && at < length; at += SUMS_PIECE) {
        size_t rest = length - at;
        struct bytes piece = {(const char *)scan->blocks + at,
                              rest < SUMS_PIECE ? rest : SUMS_PIECE};

        if (scan->n_pieces >= scan->n_hashes ||
            !sums_match(scan->hashes, scan->n_pieces, piece))
            scan->bad |= 1U << at / SUMS_PIECE;
        scan->n_pieces++;
    }
}

/* Have at least one block that is not looked at; *MORE is false at the end. */
static enum status read_blocks(struct glass_scan *scan, bool *more,
                               struct failure *failure)
{
    size_t length;
    enum status status;

    *more = true;
    if (scan->next_block < scan->n_blocks)
        return STATUS_OK;
    if (scan->torn) {
        scan->torn = false;
        return glass_scan_fail(scan, failure);
    }
    status = disk_read_piece(scan->file, scan->path.data, (char *)scan->blocks,
                             (size_t)BLOCKS_AT_ONCE * GLASS_BLOCK_SIZE, &length,
                             failure);
    if (status != STATUS_OK)
        return status;
    verify_pieces(scan, length);
    scan->next_block = 0;
    scan->n_blocks = length / GLASS_BLOCK_SIZE;
    *more = scan->n_blocks > 0;
    scan->torn = *more && length % GLASS_BLOCK_SIZE;
    return length && !*more ? glass_scan_fail(scan, failure) : STATUS_OK;
}

/* Go to the next leaf. */
static enum status next_leaf(struct glass_scan *scan, bool *more,
                             struct failure *failure)
{
    enum status status;
    const unsigned char *block;

    do {
        status = read_blocks(scan, more, failure);
        if (status != STATUS_OK || !*more)
            return status;
        block = scan->blocks + scan->next_block++ * GLASS_BLOCK_SIZE;
    } while (block[GLASS_LEVEL_AT] != 0 &&
             !(scan->bad >> (scan->next_block - 1) / BLOCKS_OF_PIECE & 1));
    scan->leaf = block;
    if (scan->bad >> (scan->next_block - 1) / BLOCKS_OF_PIECE & 1)
        return glass_scan_fail(scan, failure);
    scan->directory = GLASS_HEADER_SIZE;
    scan->directory_end = glass_get16(block + GLASS_DIRECTORY_END_AT);
    if (scan->directory_end <= GLASS_HEADER_SIZE ||
        scan->directory_end > GLASS_BLOCK_SIZE ||
        (scan->directory_end - GLASS_HEADER_SIZE) % GLASS_ENTRY_SIZE)
        return glass_scan_fail(scan, failure);
    return STATUS_OK;
}

/* Read the next item of the leaf. False if it cannot be one. */
static bool read_piece(struct glass_scan *scan, struct glass_piece *piece)
{
    unsigned start = glass_get16(scan->leaf + scan->directory);

    scan->directory += GLASS_ENTRY_SIZE;
    return start >= scan->directory_end &&
           glass_piece_read(scan->leaf, start, piece);
}

static enum status next_piece(struct glass_scan *scan,
                              struct glass_piece *piece, bool *more,
                              struct failure *failure)
{
    enum status status = STATUS_OK;

    *more = true;
    if (!scan->leaf || scan->directory == scan->directory_end)
        status = next_leaf(scan, more, failure);
    if (status != STATUS_OK || !*more)
        return status;
    return read_piece(scan, piece) ? STATUS_OK : glass_scan_fail(scan, failure);
}

/* Collect the components of the tag that begins with PIECE, in scan->tag. */
static enum status read_tag(struct glass_scan *scan, struct glass_piece *piece,
                            struct failure *failure)
{
    unsigned component = 1;
    enum status status = STATUS_OK;
    bool more = true;

    buffer_clear(&scan->tag);
    buffer_append(&scan->tag, piece->part.data, piece->part.length);
    while (status == STATUS_OK && !piece->last) {
        status = next_piece(scan, piece, &more, failure);
        if (status != STATUS_OK)
            break;
        if (!more || piece->component != ++component ||
            !bytes_equal(piece->key, buffer_bytes(&scan->key)))
            return glass_scan_fail(scan, failure);
        buffer_append(&scan->tag, piece->part.data, piece->part.length);
    }
    if (status == STATUS_OK && (scan->tag.failed || scan->key.failed))
        status = fail_memory(failure);
    return status;
}

enum status glass_scan_next(struct glass_scan *scan, struct glass_scanned *item,
                            bool *more, struct failure *failure)
{
    struct glass_piece piece;
    struct buffer before = scan->key;
    enum status status;

    *more = false;
    if (scan->file < 0)
        return STATUS_OK;
    scan->key = scan->before;
    scan->before = before;
    status = next_piece(scan, &piece, more, failure);
    if (status == STATUS_OK && *more && piece.key.length == 0 &&
        scan->n_items == 0 && scan->before.length == 0)
        status = next_piece(scan, &piece, more, failure);
    if (status != STATUS_OK || !*more)
        return status;
    if (!piece.first || piece.key.length == 0 ||
        (scan->n_items &&
         bytes_compare(buffer_bytes(&scan->before), piece.key) >= 0))
        return glass_scan_fail(scan, failure);
    buffer_clear(&scan->key);
    buffer_append(&scan->key, piece.key.data, piece.key.length);
    item->compressed = piece.compressed;
    status = read_tag(scan, &piece, failure);
    item->key = buffer_bytes(&scan->key);
    item->tag = buffer_bytes(&scan->tag);
    scan->n_items++;
    return status;
}
