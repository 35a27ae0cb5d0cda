/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/glass/chunk.h"

#include "base/buffer.h"

static bool read_number(const char **at, const char *end, uint64_t max,
                        uint64_t *number)
{
    return varint_read(at, end, number) && *number <= max;
}

bool glass_postings_chunk_init(struct glass_postings_chunk *chunk,
                               struct bytes tag, uint32_t first)
{
    const char *at = tag.length ? tag.data : "", *end = at + tag.length;
    uint64_t number = 0, span;

    *chunk = (struct glass_postings_chunk){.end = end};
    if (first == 0) {
        if (!varint_read(&at, end, &chunk->n_documents) ||
            !varint_read(&at, end, &chunk->wdf_sum) ||
            !read_number(&at, end, UINT32_MAX - 1, &number))
            return false;
        first = (uint32_t)number + 1;
    }
    if (at == end || (*at != '0' && *at != '1'))
        return false;
    chunk->is_last = *at++ == '1';
    if (!read_number(&at, end, UINT32_MAX - first, &span))
        return false;
    chunk->document = first;
    chunk->last = first + (uint32_t)span;
    chunk->at = at;
    return true;
}

bool glass_postings_chunk_next_long(struct glass_postings_chunk *chunk,
                                    bool *more)
{
    uint64_t step, wdf;

    *more = true;
    if (chunk->begun && chunk->document == chunk->last) {
        *more = false;
        return chunk->at == chunk->end;
    }
    if (chunk->begun) {
        if (!read_number(&chunk->at, chunk->end,
                         chunk->last - chunk->document - 1, &step))
            return false;
        chunk->document += (uint32_t)step + 1;
    }
    chunk->begun = true;
    if (!read_number(&chunk->at, chunk->end, UINT32_MAX, &wdf))
        return false;
    chunk->wdf = (uint32_t)wdf;
    return true;
}

void glass_values_chunk_init(struct glass_values_chunk *chunk, struct bytes tag,
                             uint32_t first)
{
    const char *at = tag.length ? tag.data : "";

    *chunk = (struct glass_values_chunk){
        .document = first, .at = at, .end = at + tag.length};
}

bool glass_values_chunk_next_long(struct glass_values_chunk *chunk, bool *more)
{
    uint64_t step, length;

    *more = chunk->at < chunk->end;
    if (!*more)
        return chunk->begun;
    if (chunk->begun) {
        if (!read_number(&chunk->at, chunk->end,
                         UINT32_MAX - (uint64_t)chunk->document - 1, &step))
            return false;
        chunk->document += (uint32_t)step + 1;
    }
    chunk->begun = true;
    if (!read_number(&chunk->at, chunk->end, (uint64_t)(chunk->end - chunk->at),
                     &length) ||
        length > (uint64_t)(chunk->end - chunk->at))
        return false;
    chunk->value = (struct bytes){chunk->at, (size_t)length};
    chunk->at += length;
    return true;
}
