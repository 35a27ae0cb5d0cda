/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/glass/list.h"

#include "index/glass/format.h"

/* What follows PREFIX in KEY, a document, is its first. False if something else
 * does; 0 where nothing does. */
static bool read_first(struct bytes key, struct bytes prefix, uint32_t *first)
{
    const char *at = key.data + prefix.length, *end = key.data + key.length;

    *first = 0;
    return key.length > prefix.length &&
           memcmp(key.data, prefix.data, prefix.length) == 0 &&
           glass_read_sortable(&at, end, first) && at == end && *first > 0;
}

/* --- Posting lists */

void glass_list_release(struct glass_list *list)
{
    buffer_release(&list->key);
    buffer_release(&list->tag);
}

static struct bytes prefix_of(const struct glass_list *list)
{
    return (struct bytes){list->key.data, list->prefix};
}

/* Begin to read the chunk that is at PIECE and begins at FIRST (0: the list's
 * first), at its first posting. */
static bool begin_chunk(struct glass_list *list,
                        const struct glass_piece *piece, uint32_t first)
{
    struct bytes tag;
    bool more;

    list->first = first;
    return !piece->compressed &&
           glass_cursor_tag(&list->cursor, piece, &list->tag, &tag) &&
           glass_postings_chunk_init(&list->chunk, tag, first) &&
           glass_postings_chunk_next(&list->chunk, &more) && more;
}

/* Open the list whose first chunk has the key in .key; others go on with PART.
 */
static bool open_list(struct glass_list *list, struct bytes part)
{
    struct glass_piece piece;
    bool found;

    list->ended = true;
    if (list->key.failed)
        return false;
    if (!glass_cursor_find(&list->cursor, buffer_bytes(&list->key), &piece))
        return false;
    found = bytes_equal(piece.key, buffer_bytes(&list->key));
    buffer_append(&list->key, part.data, part.length);
    list->prefix = list->key.length;
    if (!found || list->key.failed)
        return !list->key.failed;
    if (!begin_chunk(list, &piece, 0) || list->chunk.n_documents > UINT32_MAX)
        return false;
    list->n_documents = (uint32_t)list->chunk.n_documents;
    list->wdf_sum = list->chunk.wdf_sum;
    list->ended = false;
    return true;
}

bool glass_list_open(struct glass_list *list, const struct glass_tree *tree,
                     struct bytes term)
{
    *list = (struct glass_list){.cursor.tree = tree};
    glass_append_term(&list->key, term);
    return glass_tree_empty(tree) ? (list->ended = true)
                                  : open_list(list, (struct bytes){"", 1});
}

bool glass_list_open_lengths(struct glass_list *list,
                             const struct glass_tree *tree)
{
    struct bytes key = GLASS_KEY_LENGTHS;

    *list = (struct glass_list){.cursor.tree = tree};
    buffer_append(&list->key, key.data, key.length);
    return glass_tree_empty(tree) ? (list->ended = true)
                                  : open_list(list, (struct bytes){"", 0});
}

/* Go on to the next chunk. */
static bool next_chunk(struct glass_list *list)
{
    uint32_t before = list->chunk.last, first;
    struct glass_piece piece;
    bool more;

    list->ended = list->chunk.is_last;
    if (list->ended)
        return true;
    return glass_cursor_next(&list->cursor, &piece, &more) && more &&
           read_first(piece.key, prefix_of(list), &first) && first > before &&
           begin_chunk(list, &piece, first);
}

/* Go to the chunk in which DOCUMENT, behind the present one, would be, or to
 * the next. */
static bool find_chunk(struct glass_list *list, uint32_t document)
{
    uint32_t before = list->chunk.last, first;
    struct glass_piece piece;

    list->key.length = list->prefix;
    glass_append_sortable(&list->key, document);
    if (list->key.failed ||
        !glass_cursor_find(&list->cursor, buffer_bytes(&list->key), &piece) ||
        !read_first(piece.key, prefix_of(list), &first))
        return false;
    if (first == list->first)
        return next_chunk(list);
    return first > before && begin_chunk(list, &piece, first);
}

/* Whether DOCUMENT is so far behind the present chunk that it will hardly be in
 * the next one. */
static bool is_far(const struct glass_list *list, uint32_t document)
{
    const struct glass_postings_chunk *chunk = &list->chunk;

    return !chunk->is_last && document > chunk->last &&
           document - chunk->last > chunk->last - list->first;
}

bool glass_list_skip_long(struct glass_list *list, uint32_t document,
                          uint32_t wdf)
{
    bool more = false;

    while (!list->ended) {
        struct glass_postings_chunk *chunk = &list->chunk;

        if (chunk->document >= document && chunk->wdf >= wdf)
            return true;
        if (chunk->last >= document) {
            if (!glass_postings_chunk_skip(chunk, document, wdf, &more))
                return false;
            if (more)
                return true;
        }
        if (!(is_far(list, document) ? find_chunk(list, document)
                                     : next_chunk(list)))
            return false;
    }
    return true;
}

/* --- Values */

void glass_value_list_release(struct glass_value_list *list)
{
    buffer_release(&list->key);
    buffer_release(&list->tag);
}

/* Begin to read the chunk in which DOCUMENT would be; *FOUND is false if there
 * is none. */
static bool find_values(struct glass_value_list *list, uint32_t document,
                        bool *found)
{
    struct bytes prefix = GLASS_KEY_VALUES, tag;
    struct glass_piece piece;
    uint32_t first;

    buffer_clear(&list->key);
    buffer_append(&list->key, prefix.data, prefix.length);
    buffer_append_byte(&list->key, (char)list->slot);
    prefix = (struct bytes){list->key.data, list->key.length};
    glass_append_sortable(&list->key, document);
    prefix.data = list->key.data;
    if (list->key.failed ||
        !glass_cursor_find(&list->cursor, buffer_bytes(&list->key), &piece))
        return false;
    *found = read_first(piece.key, prefix, &first);
    if (!*found)
        return true;
    if (piece.compressed ||
        !glass_cursor_tag(&list->cursor, &piece, &list->tag, &tag))
        return false;
    glass_values_chunk_init(&list->chunk, tag, first);
    return true;
}

bool glass_value_list_find(struct glass_value_list *list, uint32_t document,
                           struct bytes *value)
{
    struct glass_values_chunk *chunk = &list->chunk;
    bool more = chunk->begun;

    *value = (struct bytes){NULL, 0};
    while (more && chunk->document < document)
        if (!glass_values_chunk_next(chunk, &more))
            return false;
    if (!more && !find_values(list, document, &more))
        return false;
    while (more && (!chunk->begun || chunk->document < document))
        if (!glass_values_chunk_next(chunk, &more))
            return false;
    if (more && chunk->document == document)
        *value = chunk->value;
    return true;
}
