/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/terms.h"

#include "index/glass/format.h"
#include "index/glass/list.h"
#include "index/schema.h"

#include <stdlib.h>

bool terms_are_mapped(const struct reader *reader)
{
    for (size_t i = 0; i < reader->n_shards; i++)
        if (!reader->shards[i].part->postings)
            return false;
    return true;
}

/* What a function that reads TREE says false for: MEMORY or CORRUPT. */
static enum status fail_reading(const struct glass_tree *tree, bool memory,
                                struct failure *failure)
{
    return memory ? fail_memory(failure) : glass_tree_fail(tree, failure);
}

static uint32_t add(uint32_t sum, uint64_t more)
{
    return more < UINT32_MAX - sum ? sum + (uint32_t)more : UINT32_MAX;
}

enum status terms_count(const struct reader *reader, struct bytes term,
                        uint32_t *n_paragraphs, uint32_t *n_occurrences,
                        struct failure *failure)
{
    bool good = true, memory;

    *n_paragraphs = *n_occurrences = 0;
    if (term.length == 0 || schema_term_size(term) > TERM_MAX)
        return STATUS_OK;
    for (size_t i = 0; good && i < reader->n_shards; i++) {
        const struct glass_tree *tree = reader->shards[i].part->postings;
        struct glass_list list;

        good = glass_list_open(&list, tree, term);
        *n_paragraphs = add(*n_paragraphs, list.n_documents);
        *n_occurrences = add(*n_occurrences, list.wdf_sum);
        memory = glass_list_failed(&list);
        glass_list_release(&list);
        if (!good)
            return fail_reading(tree, memory, failure);
    }
    return STATUS_OK;
}

/* --- All terms with a prefix */

/* A segment while its terms are gone through. */
struct source {
    struct glass_cursor cursor;
    struct bytes prefix; /* of the keys */
    struct buffer term;  /* the one that it is at */
    uint64_t n_documents;
    bool ended;
};

/* How much of KEY is the key with which its list begins: all of it, unless the
 * item is a later chunk of the list, or no list at all. */
static size_t list_key(struct bytes key)
{
    const char *at = key.data, *end = key.data + key.length, *zero;

    for (; at < end && (zero = memchr(at, '\0', (size_t)(end - at)));
         at = zero + 2)
        /* See glass_append_term. */
        if (end - zero < 2 || zero[1] != '\xFF')
            return (size_t)(zero - key.data);
    return key.length;
}

/* The term whose list begins with the item of KEY. */
static bool read_term(struct buffer *term, struct bytes key)
{
    const char *at = key.data, *end = key.data + key.length, *zero;

    buffer_clear(term);
    for (; at < end && (zero = memchr(at, '\0', (size_t)(end - at)));
         at = zero + 2)
        buffer_append(term, at, (size_t)(zero + 1 - at));
    if (at < end)
        buffer_append(term, at, (size_t)(end - at));
    return !term->failed;
}

/* Pass the chunks of the list whose key is the first LENGTH bytes of that of
 * PIECE, one of them. There may be thousands: of what follows, the first is a
 * longer term that begins with this one and a zero byte. */
static bool pass_list(struct source *source, struct glass_piece *piece,
                      size_t length, bool *more)
{
    struct buffer *key = &source->term;
    struct bytes before = piece->key;

    buffer_clear(key);
    buffer_append(key, before.data, length);
    buffer_append(key, "\0\xFF", 2);
    if (key->failed ||
        !glass_cursor_find(&source->cursor, buffer_bytes(key), piece))
        return false;
    *more = true;
    if (bytes_compare(piece->key, buffer_bytes(key)) < 0 &&
        !glass_cursor_next(&source->cursor, piece, more))
        return false;
    return !*more || bytes_compare(before, piece->key) < 0;
}

/* Go on until the source is at a term, PIECE being the next item. */
static bool settle(struct source *source, struct glass_piece *piece)
{
    bool more = true;

    while (more) {
        const char *at = piece->part.data;
        size_t length = list_key(piece->key);

        source->ended = piece->key.length < source->prefix.length ||
                        (source->prefix.length > 0 &&
                         memcmp(piece->key.data, source->prefix.data,
                                source->prefix.length) != 0);
        if (source->ended)
            return true;
        if (length == piece->key.length)
            return read_term(&source->term, piece->key) &&
                   varint_read(&at, at + piece->part.length,
                               &source->n_documents);
        if (!pass_list(source, piece, length, &more))
            return false;
    }
    source->ended = true;
    return true;
}

static bool advance(struct source *source)
{
    struct glass_piece piece;
    bool more;

    if (!glass_cursor_next(&source->cursor, &piece, &more))
        return false;
    source->ended = !more;
    return !more || settle(source, &piece);
}

/* Go to the first term that begins as PREFIX says, which is a key. */
static bool begin(struct source *source, const struct glass_tree *tree,
                  struct bytes prefix)
{
    /* Before the first term stand the items that are no lists. */
    struct bytes key = prefix.length ? prefix : (struct bytes){"\0\xFF", 2};
    struct glass_piece piece;
    bool more = true;

    *source = (struct source){.cursor.tree = tree, .prefix = prefix};
    source->ended = glass_tree_empty(tree);
    if (source->ended)
        return true;
    if (!glass_cursor_find(&source->cursor, key, &piece) ||
        (bytes_compare(piece.key, key) < 0 &&
         !glass_cursor_next(&source->cursor, &piece, &more)))
        return false;
    source->ended = !more;
    return !more || settle(source, &piece);
}

/* The source of those that have not ended whose term comes first; NULL if all
 * have. */
static struct source *first_of(struct source *sources, size_t n)
{
    struct source *first = NULL;

    for (size_t i = 0; i < n; i++)
        if (!sources[i].ended &&
            (!first || bytes_compare(buffer_bytes(&sources[i].term),
                                     buffer_bytes(&first->term)) < 0))
            first = &sources[i];
    return first;
}

/* Tell EACH of the term that comes first, and go on in all that have it. */
static enum status tell(const struct reader *reader, struct source *sources,
                        struct buffer *term, term_function each, void *context,
                        bool *more, struct failure *failure)
{
    const struct source *first = first_of(sources, reader->n_shards);
    uint32_t n = 0;
    enum status status;

    *more = first != NULL;
    if (!first)
        return STATUS_OK;
    buffer_clear(term);
    buffer_append(term, first->term.data, first->term.length);
    if (term->failed)
        return fail_memory(failure);
    for (size_t i = 0; i < reader->n_shards; i++) {
        struct source *source = &sources[i];

        if (source->ended ||
            !bytes_equal(buffer_bytes(&source->term), buffer_bytes(term)))
            continue;
        n = add(n, source->n_documents);
        if (!advance(source))
            return fail_reading(source->cursor.tree, source->term.failed,
                                failure);
    }
    status = deleted_discount(reader, buffer_bytes(term), &n, failure);
    if (status == STATUS_OK && n > 0)
        *more = each(context, buffer_bytes(term), n);
    return status;
}

enum status terms_each(const struct reader *reader, struct bytes prefix,
                       term_function each, void *context,
                       struct failure *failure)
{
    struct source *sources = calloc(reader->n_shards + 1, sizeof *sources);
    struct buffer term = BUFFER_EMPTY, key = BUFFER_EMPTY;
    enum status status = STATUS_OK;
    bool more = true;

    glass_append_term(&key, prefix);
    if (!sources || key.failed)
        status = fail_memory(failure);
    for (size_t i = 0; status == STATUS_OK && i < reader->n_shards; i++) {
        const struct glass_tree *tree = reader->shards[i].part->postings;

        if (!begin(&sources[i], tree, buffer_bytes(&key)))
            status = fail_reading(tree, sources[i].term.failed, failure);
    }
    while (status == STATUS_OK && more)
        status = tell(reader, sources, &term, each, context, &more, failure);
    for (size_t i = 0; sources && i < reader->n_shards; i++)
        buffer_release(&sources[i].term);
    buffer_release(&term);
    buffer_release(&key);
    free(sources);
    return status;
}
