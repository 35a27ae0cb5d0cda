/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading the lists of a posting table by skipping: which documents have a term
 * and how often, how long documents are, which values they have.
 *
 * All functions that return bool return false if the table is damaged or memory
 * is short. */
#ifndef INDEX_GLASS_LIST_H
#define INDEX_GLASS_LIST_H

#include "index/glass/chunk.h"
#include "index/glass/tree.h"

/* A posting list, or that of the lengths, which are its wdf. .chunk has the
 * posting that it is at. */
struct glass_list {
    struct glass_postings_chunk chunk;
    struct glass_cursor cursor;
    struct buffer key; /* of the first chunk, and what others begin with */
    struct buffer tag; /* of the chunk, where it is in pieces */
    size_t prefix;     /* how much of .key others begin with */
    uint32_t first;    /* with which the chunk's key ends */
    uint32_t n_documents;
    uint64_t wdf_sum;
    bool ended;
};

/* Open the list of TERM, at its first posting; .ended if it has none. LIST is
 * the caller's to release, also on failure. */
bool glass_list_open(struct glass_list *list, const struct glass_tree *tree,
                     struct bytes term);
bool glass_list_open_lengths(struct glass_list *list,
                             const struct glass_tree *tree);
void glass_list_release(struct glass_list *list);

/* Whether memory was short where a function of a list said false, and not the
 * table damaged. */
static inline bool glass_list_failed(const struct glass_list *list)
{
    return list->key.failed || list->tag.failed;
}

/* Go on to the first posting that is at DOCUMENT or behind it, and of which the
 * wdf is at least WDF; .ended if there is none. */
bool glass_list_skip_long(struct glass_list *list, uint32_t document,
                          uint32_t wdf);
static inline bool glass_list_skip(struct glass_list *list, uint32_t document,
                                   uint32_t wdf)
{
    struct glass_postings_chunk *chunk = &list->chunk;
    bool more = true;

    if (list->ended || (chunk->document >= document && chunk->wdf >= wdf))
        return true;
    if (chunk->last < document)
        return glass_list_skip_long(list, document, wdf);
    if (!glass_postings_chunk_skip(chunk, document, wdf, &more))
        return false;
    return more || glass_list_skip_long(list, document, wdf);
}

/* The values of a slot. */
struct glass_value_list {
    struct glass_values_chunk chunk;
    struct glass_cursor cursor;
    struct buffer key, tag;
    unsigned slot;
};

/* What DOCUMENT, not below that of the call before, has for a value; empty
 * where it has none. All zeros but for .cursor.tree and .slot is a list that
 * was not read yet. */
bool glass_value_list_find(struct glass_value_list *list, uint32_t document,
                           struct bytes *value);
void glass_value_list_release(struct glass_value_list *list);
static inline bool glass_value_list_failed(const struct glass_value_list *list)
{
    return list->key.failed || list->tag.failed;
}

#endif
