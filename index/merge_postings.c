/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Terms with their postings and positions, merged in the order of their keys.
 * Of each term the sources are gone through in order, which is the order of
 * documents in the whole. */
#include <config.h>

#include "index/merge_parts.h"

#include "index/disk.h"
#include "index/glass/chunk.h"
#include "index/glass/format.h"

#include <stdlib.h>

/* The lowest key of all sources; false if none has any. */
static bool lowest_key(const struct merge *merge, struct bytes *key)
{
    bool found = false;

    for (size_t i = 0; i < merge->n_sources; i++) {
        const struct source *source = &merge->sources[i];

        if (source->more &&
            (!found || bytes_compare(source->item.key, *key) < 0)) {
            *key = source->item.key;
            found = true;
        }
    }
    return found;
}

/* Add the postings of the chunk at hand. FIRST as of the chunk. */
static enum status add_chunk(struct merge *merge, struct source *source,
                             uint32_t first, bool *is_last,
                             uint32_t *n_documents, struct failure *failure)
{
    struct glass_postings_chunk chunk;
    struct glass_four four;
    bool more = true, good;
    uint32_t before = first ? first - 1 : 0;

    good = glass_postings_chunk_init(&chunk, source->item.tag, first);
    while (good && (good = glass_postings_chunk_next(&chunk, &more)) && more) {
        uint32_t number;

        if (chunk.document > source->n_documents || chunk.document <= before)
            break;
        before = chunk.document;
        ++*n_documents;
        number = merge_number(source, chunk.document);
        if (number)
            glass_postings_add(&merge->postings, number, chunk.wdf);
        while (!source->deleted && chunk.last <= source->n_documents &&
               glass_four_read(chunk.at, chunk.end, &four) &&
               four.span < chunk.last - chunk.document &&
               glass_postings_add_four(&merge->postings, chunk.at, &four)) {
            before = chunk.document += four.span;
            chunk.at += GLASS_FOUR_SIZE;
            *n_documents += 4;
        }
    }
    *is_last = chunk.is_last;
    return good && !more ? STATUS_OK
                         : glass_scan_fail(source->postlist, failure);
}

/* Whether the key at hand is that of a later chunk of the list of the term
 * whose key KEY is, and of which FIRST document. */
static bool is_later_chunk(const struct source *source, struct bytes key,
                           uint32_t *first)
{
    struct bytes at_hand = source->item.key;
    const char *at = at_hand.data + key.length + 1;

    return source->more && at_hand.length > key.length + 1 &&
           memcmp(at_hand.data, key.data, key.length) == 0 &&
           at_hand.data[key.length] == '\0' &&
           glass_read_sortable(&at, at_hand.data + at_hand.length, first) &&
           at == at_hand.data + at_hand.length && *first > 0;
}

/* Add the list of the term with KEY of SOURCE, which is at it, and go on behind
 * it. */
static enum status add_list(struct merge *merge, struct source *source,
                            struct bytes key, struct failure *failure)
{
    uint32_t first = 0, n_documents = 0, last = 0;
    uint64_t wanted = 0;
    bool is_last = false;
    enum status status = STATUS_OK;
    struct bytes tag = source->item.tag;
    const char *at = tag.length ? tag.data : "";

    if (!varint_read(&at, at + tag.length, &wanted))
        return glass_scan_fail(source->postlist, failure);
    while (status == STATUS_OK && !is_last) {
        status =
            add_chunk(merge, source, first, &is_last, &n_documents, failure);
        last = first;
        if (status == STATUS_OK)
            status = merge_next(source, failure);
        if (status == STATUS_OK && !is_last &&
            (!is_later_chunk(source, key, &first) || first <= last))
            status = glass_scan_fail(source->postlist, failure);
    }
    if (status == STATUS_OK && n_documents != wanted)
        status = glass_scan_fail(source->postlist, failure);
    return status;
}

/* Append KEY as the term that it is of. */
static bool unescape(struct bytes key, struct buffer *term)
{
    for (size_t i = 0; i < key.length; i++) {
        buffer_append_byte(term, key.data[i]);
        if (key.data[i] == '\0' && (++i == key.length || key.data[i] != '\xFF'))
            return false;
    }
    return true;
}

static enum status write_list(struct merge *merge, struct bytes key,
                              struct glass_table *postlist,
                              struct failure *failure)
{
    enum status status;

    if (merge->postings.body.failed)
        return fail_memory(failure);
    if (merge->postings.n_documents == 0)
        return STATUS_OK;
    buffer_clear(&merge->tag);
    if (!unescape(key, &merge->tag))
        return fail(failure, STATUS_CORRUPT, "'%s' is damaged",
                    merge->sources[0].path);
    if (merge->tag.failed)
        return fail_memory(failure);
    status = glass_postings_write(&merge->postings, &merge->items,
                                  buffer_bytes(&merge->tag), failure);
    return status == STATUS_OK ? merge_write_items(merge, postlist, failure)
                               : status;
}

enum status merge_terms(struct merge *merge, struct glass_table *postlist,
                        struct failure *failure)
{
    struct buffer *key = &merge->key;
    enum status status = STATUS_OK;
    struct bytes lowest = {NULL, 0};

    while (status == STATUS_OK && lowest_key(merge, &lowest)) {
        buffer_clear(key);
        buffer_append(key, lowest.data, lowest.length);
        if (key->failed)
            return fail_memory(failure);
        glass_postings_begin(&merge->postings, GLASS_POSTINGS_CHUNK);
        for (size_t i = 0; status == STATUS_OK && i < merge->n_sources; i++) {
            struct source *source = &merge->sources[i];

            if (source->more &&
                bytes_equal(source->item.key, buffer_bytes(key)))
                status = add_list(merge, source, buffer_bytes(key), failure);
        }
        if (status == STATUS_OK)
            status = write_list(merge, buffer_bytes(key), postlist, failure);
    }
    merge->tables.statistics.wdf_max = merge->postings.wdf_max;
    return status;
}

/* --- Positions */

/* A table of positions while it is read. */
struct position_source {
    struct glass_scan *scan;
    struct glass_scanned item;
    bool more;
};

/* How long the part of KEY is that stands for its term, with the zero byte
 * behind it; 0 if there is none. */
static size_t term_length(struct bytes key)
{
    for (size_t i = 0; i + 1 < key.length; i++)
        if (key.data[i] == '\0' && key.data[++i] != '\xFF')
            return i;
    return 0;
}

static struct bytes term_of(struct bytes key)
{
    return (struct bytes){key.data, term_length(key)};
}

/* Copy the positions of the term that stands in merge->key from SOURCE. */
static enum status copy_positions(struct merge *merge,
                                  const struct source *source,
                                  struct position_source *positions,
                                  size_t length, struct glass_table *table,
                                  struct failure *failure)
{
    enum status status = STATUS_OK;

    while (status == STATUS_OK && positions->more &&
           bytes_equal(term_of(positions->item.key),
                       (struct bytes){merge->key.data, length})) {
        struct bytes key = positions->item.key;
        const char *at = key.data + length;
        uint32_t document = 0, number;

        if (!glass_read_sortable(&at, key.data + key.length, &document) ||
            at != key.data + key.length || document == 0 ||
            document > source->n_documents)
            return glass_scan_fail(positions->scan, failure);
        number = merge_number(source, document);
        merge->key.length = length;
        if (number) {
            glass_append_sortable(&merge->key, number);
            if (merge->key.failed)
                return fail_memory(failure);
            status = glass_table_add(table, buffer_bytes(&merge->key),
                                     positions->item.tag, false, failure);
        }
        if (status == STATUS_OK)
            status = glass_scan_next(positions->scan, &positions->item,
                                     &positions->more, failure);
    }
    return status;
}

/* The lowest term of all into merge->key; *LENGTH is 0 if there is none. */
static enum status lowest_term(struct merge *merge,
                               const struct position_source *positions,
                               size_t *length, struct failure *failure)
{
    struct bytes lowest = {NULL, 0};

    *length = 0;
    for (size_t i = 0; i < merge->n_sources; i++) {
        struct bytes term;

        if (!positions[i].more)
            continue;
        term = term_of(positions[i].item.key);
        if (term.length == 0)
            return glass_scan_fail(positions[i].scan, failure);
        if (!lowest.data || bytes_compare(term, lowest) < 0)
            lowest = term;
    }
    buffer_clear(&merge->key);
    if (lowest.data)
        buffer_append(&merge->key, lowest.data, lowest.length);
    *length = lowest.length;
    return merge->key.failed ? fail_memory(failure) : STATUS_OK;
}

static enum status copy_all_positions(struct merge *merge,
                                      struct position_source *positions,
                                      struct glass_table *table,
                                      struct failure *failure)
{
    enum status status = STATUS_OK;
    size_t length;

    for (size_t i = 0; status == STATUS_OK && i < merge->n_sources; i++) {
        status = glass_scan_open(merge->sources[i].path, GLASS_POSITION,
                                 &positions[i].scan, failure);
        if (status == STATUS_OK)
            status = glass_scan_next(positions[i].scan, &positions[i].item,
                                     &positions[i].more, failure);
    }
    while (status == STATUS_OK) {
        status = lowest_term(merge, positions, &length, failure);
        if (status != STATUS_OK || length == 0)
            break;
        for (size_t i = 0; status == STATUS_OK && i < merge->n_sources; i++)
            status = copy_positions(merge, &merge->sources[i], &positions[i],
                                    length, table, failure);
    }
    return status;
}

enum status merge_positions(struct merge *merge, struct failure *failure)
{
    struct position_source *positions;
    struct glass_table *table = NULL;
    bool has_one;
    enum status status =
        disk_has(merge->sources[0].path, glass_table_name(GLASS_POSITION),
                 &has_one, failure);

    if (status != STATUS_OK || !has_one)
        return status;
    positions = calloc(merge->n_sources, sizeof *positions);
    status = positions
                 ? glass_table_new(merge->path, GLASS_POSITION, &table, failure)
                 : fail_memory(failure);
    if (status == STATUS_OK)
        status = copy_all_positions(merge, positions, table, failure);
    if (status == STATUS_OK)
        status = glass_table_finish(table, &merge->tables.roots[GLASS_POSITION],
                                    failure);
    for (size_t i = 0; positions && i < merge->n_sources; i++)
        glass_scan_free(positions[i].scan);
    free(positions);
    glass_table_free(table);
    return status;
}
