/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/glass/postings.h"

#include "index/glass/format.h"

#include <assert.h>
#include <stdlib.h>

struct glass_chunk {
    size_t start; /* in the body */
    uint32_t first, last;
};

void glass_postings_begin(struct glass_postings *postings, size_t chunk_size)
{
    buffer_clear(&postings->body);
    postings->n_chunks = 0;
    postings->chunk_size = chunk_size;
    postings->n_documents = 0;
    postings->last_document = 0;
    postings->wdf_sum = 0;
}

static struct glass_chunk *begin_chunk(struct glass_postings *postings,
                                       uint32_t document)
{
    struct glass_chunk *chunk;

    if (!array_grow(&postings->chunks, &postings->capacity,
                    postings->n_chunks + 1, sizeof *postings->chunks)) {
        postings->body.failed = true;
        return NULL;
    }
    chunk = &postings->chunks[postings->n_chunks++];
    *chunk = (struct glass_chunk){postings->body.length, document, document};
    return chunk;
}

void glass_postings_add(struct glass_postings *postings, uint32_t document,
                        uint32_t wdf)
{
    struct glass_chunk *chunk =
        postings->n_chunks ? &postings->chunks[postings->n_chunks - 1] : NULL;

    if (postings->body.failed)
        return;
    assert(document > postings->last_document);
    if (!chunk || postings->body.length - chunk->start >= postings->chunk_size)
        chunk = begin_chunk(postings, document);
    else
        buffer_append_varint(&postings->body,
                             document - postings->last_document - 1);
    if (!chunk)
        return;
    buffer_append_varint(&postings->body, wdf);
    chunk->last = document;
    postings->last_document = document;
    postings->n_documents++;
    postings->wdf_sum += wdf;
    if (wdf > postings->wdf_max)
        postings->wdf_max = wdf;
}

bool glass_postings_add_four(struct glass_postings *postings, const void *at,
                             const struct glass_four *four)
{
    struct glass_chunk *chunk =
        postings->n_chunks ? &postings->chunks[postings->n_chunks - 1] : NULL;

    /* The last of them must still go into the chunk. */
    if (postings->body.failed || !chunk ||
        postings->body.length - chunk->start + 3 * GLASS_FOUR_SIZE / 4 >=
            postings->chunk_size)
        return false;
    buffer_append(&postings->body, at, GLASS_FOUR_SIZE);
    postings->last_document += four->span;
    chunk->last = postings->last_document;
    postings->n_documents += 4;
    postings->wdf_sum += four->counts * GLASS_FOUR_ONES >> 48;
    while (postings->wdf_max < 0x7F &&
           !glass_four_below(four, postings->wdf_max + 1))
        postings->wdf_max++;
    return true;
}

/* Append chunk I, whose item has the key PREFIX, followed by its first document
 * where it is not the first. COUNTS are the numbers that the first begins with.
 */
static void write_chunk(struct glass_postings *postings,
                        struct glass_items *items, size_t i,
                        const uint64_t counts[2])
{
    const struct glass_chunk *chunk = &postings->chunks[i];
    bool is_last = i + 1 == postings->n_chunks;
    size_t end = is_last ? postings->body.length : chunk[1].start;
    struct buffer *tag = &postings->tag;

    buffer_clear(tag);
    if (i == 0) {
        buffer_append_varint(tag, counts[0]);
        buffer_append_varint(tag, counts[1]);
        buffer_append_varint(tag, chunk->first - 1);
    }
    buffer_append_byte(tag, is_last ? '1' : '0');
    buffer_append_varint(tag, chunk->last - chunk->first);
    buffer_append(tag, postings->body.data + chunk->start, end - chunk->start);
    if (tag->failed || postings->key.failed)
        items->bytes.failed = true;
    glass_items_add(items, buffer_bytes(&postings->key), buffer_bytes(tag));
}

/* Append all chunks. What postings->key holds is the key of the first; those of
 * the others go on with PART and the number of their first document. */
static enum status write_chunks(struct glass_postings *postings,
                                struct glass_items *items, struct bytes part,
                                const uint64_t counts[2],
                                struct failure *failure)
{
    size_t prefix = postings->key.length;

    if (postings->body.failed)
        return fail_memory(failure);
    for (size_t i = 0; i < postings->n_chunks; i++) {
        if (i > 0) {
            postings->key.length = prefix;
            buffer_append(&postings->key, part.data, part.length);
            glass_append_sortable(&postings->key, postings->chunks[i].first);
        }
        write_chunk(postings, items, i, counts);
    }
    return items->bytes.failed ? fail_memory(failure) : STATUS_OK;
}

enum status glass_postings_write(struct glass_postings *postings,
                                 struct glass_items *items, struct bytes term,
                                 struct failure *failure)
{
    const uint64_t counts[2] = {postings->n_documents, postings->wdf_sum};

    if (postings->wdf_sum > UINT32_MAX)
        return fail(failure, STATUS_LIMIT,
                    "a word occurs more often than an index can count");
    buffer_clear(&postings->key);
    glass_append_term(&postings->key, term);
    return write_chunks(postings, items, (struct bytes){"", 1}, counts,
                        failure);
}

enum status glass_postings_write_lengths(struct glass_postings *postings,
                                         struct glass_items *items,
                                         struct failure *failure)
{
    static const uint64_t counts[2] = {0, 0};
    struct bytes key = GLASS_KEY_LENGTHS;

    buffer_clear(&postings->key);
    buffer_append(&postings->key, key.data, key.length);
    return write_chunks(postings, items, (struct bytes){"", 0}, counts,
                        failure);
}

void glass_postings_release(struct glass_postings *postings)
{
    buffer_release(&postings->body);
    buffer_release(&postings->key);
    buffer_release(&postings->tag);
    free(postings->chunks);
    *postings = GLASS_POSTINGS_EMPTY;
}
