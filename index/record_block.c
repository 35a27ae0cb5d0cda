/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/record_block.h"

#include <libdeflate.h>
#include <stdlib.h>

enum {
    BLOCK_VERSION = 2,

    /* Of English paragraphs, each of which alone deflates to 0.63 of its size
     * at any level, 16 KiB take 0.45, 32 KiB 0.42, at the fastest level. A
     * higher one takes from 0.01 off, for a tenth of all that indexing costs. A
     * block inflates in 50 to 60 microseconds. */
    BLOCK_SIZE = 32 << 10,
    LEVEL = 1,
};

/* Deflate the block behind the others. *DEFLATED is false if it does not get
 * shorter. False if memory is short. */
static bool deflate_block(struct record_blocks *blocks, bool *deflated)
{
    size_t length = blocks->block.length, shorter;

    *deflated = false;
    if (!blocks->compressor)
        blocks->compressor = libdeflate_alloc_compressor(LEVEL);
    if (!blocks->compressor || !buffer_reserve(&blocks->bytes, length))
        return false;
    shorter = libdeflate_deflate_compress(
        blocks->compressor, blocks->block.data, length,
        blocks->bytes.data + blocks->bytes.length, length - 1);
    blocks->bytes.length += shorter;
    *deflated = shorter > 0;
    return true;
}

bool record_blocks_finish(struct record_blocks *blocks)
{
    struct record_block *block;
    bool deflated;

    if (blocks->n_records == 0)
        return true;
    if (blocks->block.failed ||
        !array_grow(&blocks->items, &blocks->capacity, blocks->n + 1,
                    sizeof *blocks->items) ||
        !deflate_block(blocks, &deflated))
        return false;
    if (!deflated)
        buffer_append(&blocks->bytes, blocks->block.data, blocks->block.length);
    block = &blocks->items[blocks->n++];
    *block = (struct record_block){blocks->n_records, deflated,
                                   blocks->bytes.length};
    blocks->n_records = 0;
    buffer_clear(&blocks->block);
    return !blocks->bytes.failed;
}

bool record_blocks_add(struct record_blocks *blocks, struct bytes record)
{
    if (blocks->n_records++ == 0)
        buffer_append_byte(&blocks->block, BLOCK_VERSION);
    buffer_append_varint(&blocks->block, record.length);
    buffer_append(&blocks->block, record.data, record.length);
    return blocks->block.length < BLOCK_SIZE || record_blocks_finish(blocks);
}

void record_blocks_clear(struct record_blocks *blocks)
{
    blocks->n = 0;
    blocks->n_records = 0;
    buffer_clear(&blocks->bytes);
    buffer_clear(&blocks->block);
}

void record_blocks_release(struct record_blocks *blocks)
{
    free(blocks->items);
    buffer_release(&blocks->bytes);
    buffer_release(&blocks->block);
    libdeflate_free_compressor(blocks->compressor);
    *blocks = (struct record_blocks){.items = NULL};
}

/* Glass takes tags of about 120 MiB. */
enum { INFLATED_MAX = 128 << 20 };

static enum libdeflate_result inflate_block(struct bytes deflated,
                                            struct buffer *block)
{
    struct libdeflate_decompressor *decompressor =
        libdeflate_alloc_decompressor();
    enum libdeflate_result result = LIBDEFLATE_INSUFFICIENT_SPACE;
    size_t room = 2 * (size_t)BLOCK_SIZE;

    for (; decompressor && result == LIBDEFLATE_INSUFFICIENT_SPACE &&
           room <= INFLATED_MAX && buffer_reserve(block, room);
         room *= 2)
        result = libdeflate_deflate_decompress(decompressor, deflated.data,
                                               deflated.length, block->data,
                                               block->capacity, &block->length);
    if (result != LIBDEFLATE_SUCCESS)
        block->length = 0;
    if (!decompressor)
        block->failed = true;
    libdeflate_free_decompressor(decompressor);
    return result;
}

enum status record_block_inflate(struct bytes deflated, struct buffer *block,
                                 struct failure *failure)
{
    enum libdeflate_result result;

    buffer_clear(block);
    result = inflate_block(deflated, block);
    if (block->failed)
        return fail_memory(failure);
    return result == LIBDEFLATE_SUCCESS
               ? STATUS_OK
               : fail(failure, STATUS_CORRUPT, "a block of records is damaged");
}

void record_reader_init(struct record_reader *reader, struct bytes data)
{
    reader->rest = data;
    reader->is_block = data.length > 0 && data.data[0] == BLOCK_VERSION;
    reader->begun = false;
}

bool record_reader_next(struct record_reader *reader, struct bytes *record)
{
    const char *at = reader->rest.data, *end = at + reader->rest.length;
    bool first = !reader->begun;
    uint64_t length;

    reader->begun = true;
    *record = reader->rest;
    if (!reader->is_block)
        return first;
    if (first)
        at++;
    if (!varint_read(&at, end, &length) || length > (uint64_t)(end - at))
        return false;
    *record = (struct bytes){at, (size_t)length};
    at += length;
    reader->rest = (struct bytes){at, (size_t)(end - at)};
    return true;
}

bool record_block_find(struct bytes data, uint32_t n, struct bytes *record)
{
    struct record_reader reader;
    bool found;

    record_reader_init(&reader, data);
    while ((found = record_reader_next(&reader, record)) && n > 0)
        n--;
    return found;
}
