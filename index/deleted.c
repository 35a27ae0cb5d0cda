/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Leaving out what is marked as deleted: of a query by AND NOT a list, of
 * numbers by counting what of it they count. All of it costs nothing where
 * nothing is deleted. What a server has deleted nobody knows here. */
#include <config.h>

#include "index/reader_parts.h"
#include "index/xapian_failure.h"

#include <stdlib.h>

static bool same_documents(const struct deleted *a, const struct deleted *b)
{
    return a && b && a->n == b->n &&
           memcmp(a->documents, b->documents, a->n * sizeof *a->documents) == 0;
}

/* Xapian tells a function of ours which database it asks about by the UUID. The
 * segments of an index have different ones, since their documents have
 * different numbers; but there may be copies of an index. */
static enum status check_part(const struct reader *reader, size_t i,
                              struct failure *failure)
{
    const struct part *part = &reader->parts[i];

    for (size_t j = 0; j < i; j++) {
        const struct part *other = &reader->parts[j];

        if ((part->deleted || other->deleted) &&
            strcmp(part->uuid, other->uuid) == 0 &&
            !same_documents(part->deleted, other->deleted))
            return fail(failure, STATUS_LIMIT,
                        "'%s' and '%s' are copies of the same, but not with "
                        "the same deletions; run 'pilcrow compact' on one",
                        other->path, part->path);
    }
    return STATUS_OK;
}

enum status deleted_prepare(struct reader *reader, struct failure *failure)
{
    size_t shard = 0;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < reader->n_parts; i++) {
        struct part *part = &reader->parts[i];

        part->shard = shard;
        shard += xapian_database_size(part->database);
        reader->n_deleted += part->deleted ? (uint32_t)part->deleted->n : 0;
    }
    for (size_t i = 0;
         status == STATUS_OK && reader->n_deleted && i < reader->n_parts; i++)
        status = check_part(reader, i, failure);
    return status;
}

/* What the functions of a list are given. */
struct exclusion {
    const struct reader *reader;
};

/* The part whose UUID this is. */
static bool open_part(void *context, const char *uuid, size_t length,
                      void **shard)
{
    const struct reader *reader = ((const struct exclusion *)context)->reader;

    for (size_t i = 0; i < reader->n_parts; i++) {
        const struct part *part = &reader->parts[i];

        if (part->deleted &&
            bytes_equal(bytes_of(part->uuid), (struct bytes){uuid, length}))
            *shard = part->deleted;
    }
    return true;
}

static bool next_deleted(void *context, void *shard, xapian_docid from,
                         xapian_docid *next)
{
    const struct deleted *deleted = shard;
    size_t i = deleted_find(deleted, from);

    (void)context;
    if (deleted && i < deleted->n)
        *next = deleted->documents[i];
    return true;
}

enum status deleted_exclude(const struct reader *reader, xapian_query **query,
                            struct failure *failure)
{
    xapian_query *pair[2] = {*query, NULL}, *both = NULL;
    struct exclusion *exclusion;
    xapian_error *error = NULL;

    if (reader->n_deleted == 0 || !*query)
        return STATUS_OK;
    exclusion = malloc(sizeof *exclusion);
    if (!exclusion)
        return fail_memory(failure);
    exclusion->reader = reader;
    xapian_query_new_list(open_part, next_deleted, exclusion, free, &pair[1],
                          &error);
    if (error)
        free(exclusion);
    else
        xapian_query_new_combined(XAPIAN_OP_AND_NOT,
                                  (const xapian_query *const *)pair, 2, 0,
                                  &both, &error);
    xapian_query_free(pair[0]);
    xapian_query_free(pair[1]);
    *query = both;
    return reader_check(reader, error, failure);
}

/* PART is the one that holds ID, its number there *DOCUMENT. NULL: a part of
 * several shards, which has no deletions of its own. */
static const struct part *part_of(const struct reader *reader, uint32_t id,
                                  uint32_t *document)
{
    size_t shard = (id - 1) % reader->n_shards;

    *document = (uint32_t)((id - 1) / reader->n_shards + 1);
    for (size_t i = 0; i < reader->n_parts; i++)
        if (reader->parts[i].shard == shard)
            return &reader->parts[i];
    return NULL;
}

bool deleted_is(const struct reader *reader, uint32_t id)
{
    uint32_t document;
    const struct part *part;

    if (reader->n_deleted == 0)
        return false;
    part = part_of(reader, id, &document);
    return part && deleted_has(part->deleted, document);
}

/* How many of PART's deleted paragraphs have TERM. */
static enum status count_part(const struct part *part, struct bytes term,
                              uint32_t *n, struct failure *failure)
{
    const struct deleted *deleted = part->deleted;
    xapian_posting_iterator *postings = NULL;
    xapian_error *error = NULL;
    size_t i = 0;
    enum status status = guard_all(part->guard, GUARD_POSTINGS, term, failure);

    if (status != STATUS_OK)
        return status;
    xapian_database_postlist(part->database, term.data, term.length, &postings,
                             &error);
    while (!error && i < deleted->n) {
        xapian_docid at;

        xapian_posting_iterator_skip_to(postings, deleted->documents[i],
                                        &error);
        if (error || xapian_posting_iterator_at_end(postings))
            break;
        at = xapian_posting_iterator_docid(postings);
        *n += at == deleted->documents[i];
        i = deleted_find(deleted, at + (at == deleted->documents[i]));
    }
    xapian_posting_iterator_free(postings);
    return error ? fail_xapian(failure, error, part->path) : STATUS_OK;
}

enum status deleted_discount(const struct reader *reader, struct bytes term,
                             uint32_t *n_paragraphs, struct failure *failure)
{
    enum status status = STATUS_OK;
    uint32_t n = 0;

    if (reader->n_deleted == 0 || *n_paragraphs == 0)
        return STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < reader->n_parts; i++)
        if (reader->parts[i].deleted)
            status = count_part(&reader->parts[i], term, &n, failure);
    *n_paragraphs -= n < *n_paragraphs ? n : *n_paragraphs;
    return status;
}

enum status deleted_words(const struct reader *reader, uint64_t *n_words,
                          struct failure *failure)
{
    xapian_error *error = NULL;
    enum status status =
        reader_guard(reader, GUARD_LENGTHS, (struct bytes){NULL, 0}, failure);

    *n_words = 0;
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; !error && i < reader->n_parts; i++) {
        const struct part *part = &reader->parts[i];
        xapian_termcount length;

        for (size_t j = 0; part->deleted && !error && j < part->deleted->n; j++)
            if (xapian_database_doclength(part->database,
                                          part->deleted->documents[j], &length,
                                          &error) == XAPIAN_OK)
                *n_words += length;
    }
    return reader_check(reader, error, failure);
}
