/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Terms, where they are, and what can be counted through them. */
#include <config.h>

#include "index/reader.h"

#include "base/buffer.h"
#include "index/disk.h"
#include "index/reader_parts.h"
#include "index/schema.h"
#include "index/terms.h"

#include <stdlib.h>

enum status reader_frequency(struct reader *reader, struct bytes term,
                             uint32_t *n_paragraphs, struct failure *failure)
{
    uint32_t n_occurrences;

    return reader_occurrences(reader, term, n_paragraphs, &n_occurrences,
                              failure);
}

/* What Xapian counts, deleted paragraphs among them. */
static enum status count(const struct reader *reader, struct bytes term,
                         uint32_t *n_paragraphs, uint32_t *n_occurrences,
                         struct failure *failure)
{
    xapian_error *error = NULL;
    enum status status;

    *n_paragraphs = *n_occurrences = 0;
    /* Xapian takes the empty term for all documents, and refuses long ones. */
    if (term.length == 0 || schema_term_size(term) > TERM_MAX)
        return STATUS_OK;
    status = reader_guard(reader, GUARD_FREQUENCY, term, failure);
    if (status != STATUS_OK)
        return status;
    if (xapian_database_termfreq(reader->database, term.data, term.length,
                                 n_paragraphs, &error) == XAPIAN_OK &&
        *n_paragraphs > 0)
        xapian_database_collection_freq(reader->database, term.data,
                                        term.length, n_occurrences, &error);
    return reader_check(reader, error, failure);
}

enum status reader_occurrences(struct reader *reader, struct bytes term,
                               uint32_t *n_paragraphs, uint32_t *n_occurrences,
                               struct failure *failure)
{
    enum status status = (terms_are_mapped(reader) ? terms_count : count)(
        reader, term, n_paragraphs, n_occurrences, failure);

    return status == STATUS_OK
               ? deleted_discount(reader, term, n_paragraphs, failure)
               : status;
}

enum status reader_terms(struct reader *reader, struct bytes prefix,
                         term_function each, void *context,
                         struct failure *failure)
{
    xapian_term_iterator *terms = NULL;
    xapian_error *error = NULL;
    xapian_doccount frequency;
    struct bytes term;
    enum status status = STATUS_OK;

    if (terms_are_mapped(reader))
        return terms_each(reader, prefix, each, context, failure);
    status = reader_guard(reader, GUARD_TERMS, prefix, failure);
    if (status != STATUS_OK)
        return status;
    xapian_database_allterms(reader->database, prefix.data, prefix.length,
                             &terms, &error);
    while (!error && !xapian_term_iterator_at_end(terms)) {
        term.data = xapian_term_iterator_term(terms, &term.length);
        if (xapian_term_iterator_termfreq(terms, &frequency, &error) !=
            XAPIAN_OK)
            break;
        status = deleted_discount(reader, term, &frequency, failure);
        if (status != STATUS_OK ||
            (frequency && !each(context, term, frequency)))
            break;
        xapian_term_iterator_next(terms, &error);
    }
    xapian_term_iterator_free(terms);
    return error ? reader_check(reader, error, failure) : status;
}

/* Append the documents of POSTINGS to IDS. */
static enum status collect(const struct reader *reader,
                           xapian_posting_iterator *postings, uint32_t **ids,
                           size_t *n_ids, struct failure *failure)
{
    xapian_error *error = NULL;
    size_t capacity = 0;

    while (!error && !xapian_posting_iterator_at_end(postings)) {
        uint32_t id = xapian_posting_iterator_docid(postings);

        if (!array_grow(ids, &capacity, *n_ids + 1, sizeof **ids))
            return fail_memory(failure);
        if (!deleted_is(reader, id))
            (*ids)[(*n_ids)++] = id;
        xapian_posting_iterator_next(postings, &error);
    }
    return reader_check(reader, error, failure);
}

/* Which of all shards ID belongs to, those within remote ones counted. */
static size_t flat_shard(const struct reader *reader, uint32_t id)
{
    size_t shard = (id - 1) % reader->n_shards, before = 0;

    for (size_t i = 0; i < reader->n_parts; i++) {
        const struct part *part = &reader->parts[i];
        size_t n = xapian_database_size(part->database);

        if (shard < n)
            return before + shard +
                   (id - 1) / reader->n_shards % part->n_inside;
        shard -= n;
        before += n + part->n_inside - 1;
    }
    return before;
}

/* A paragraph, by where it stands. */
struct standing {
    size_t shard;
    uint32_t id;
};

static int compare_standings(const void *a, const void *b)
{
    const struct standing *one = a, *other = b;

    if (one->shard != other->shard)
        return one->shard < other->shard ? -1 : 1;
    return (one->id > other->id) - (one->id < other->id);
}

/* Put IDS, which ascend, in the order of the shards, whose ids are dealt out
 * in turn: those of the first shard, then those of the second, and so on. */
static enum status sort_by_shard(const struct reader *reader, uint32_t *ids,
                                 size_t n_ids, struct failure *failure)
{
    struct standing *standings;

    if (n_ids < 2)
        return STATUS_OK;
    standings = calloc(n_ids, sizeof *standings);
    if (!standings)
        return fail_memory(failure);
    for (size_t i = 0; i < n_ids; i++)
        standings[i] = (struct standing){flat_shard(reader, ids[i]), ids[i]};
    qsort(standings, n_ids, sizeof *standings, compare_standings);
    for (size_t i = 0; i < n_ids; i++)
        ids[i] = standings[i].id;
    free(standings);
    return STATUS_OK;
}

enum status reader_postings(struct reader *reader, struct bytes term,
                            uint32_t **ids, size_t *n_ids,
                            struct failure *failure)
{
    xapian_posting_iterator *postings = NULL;
    xapian_error *error = NULL;
    enum status status;

    *ids = NULL;
    *n_ids = 0;
    if (term.length == 0 || schema_term_size(term) > TERM_MAX)
        return STATUS_OK;
    status = reader_guard(reader, GUARD_POSTINGS, term, failure);
    if (status != STATUS_OK)
        return status;
    xapian_database_postlist(reader->database, term.data, term.length,
                             &postings, &error);
    status = reader_check(reader, error, failure);
    if (status == STATUS_OK)
        status = collect(reader, postings, ids, n_ids, failure);
    if (status == STATUS_OK)
        status = sort_by_shard(reader, *ids, *n_ids, failure);
    xapian_posting_iterator_free(postings);
    if (status != STATUS_OK) {
        free(*ids);
        *ids = NULL;
        *n_ids = 0;
    }
    return status;
}

static bool count_term(void *context, struct bytes term, uint32_t n_paragraphs)
{
    uint32_t *n_terms = context;

    (void)term;
    (void)n_paragraphs;
    ++*n_terms;
    return true;
}

/* Add the words of all parts to *N_WORDS. *KNOWN is false where a part does
 * not say how many it has. */
static enum status add_words(const struct reader *reader, uint64_t *n_words,
                             bool *known, struct failure *failure)
{
    xapian_error *error = NULL;
    enum status status =
        reader_guard(reader, GUARD_METADATA, (struct bytes){NULL, 0}, failure);

    *known = true;
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; !error && i < reader->n_parts; i++) {
        char *text = NULL;
        size_t length;

        xapian_database_get_metadata(
            reader->parts[i].database, SCHEMA_METADATA_WORDS,
            strlen(SCHEMA_METADATA_WORDS), &text, &length, &error);
        /* Of several shards that Xapian opened as one, the first answers. */
        if (error || length == 0 ||
            xapian_database_size(reader->parts[i].database) > 1)
            *known = false;
        else
            *n_words += strtoull(text, NULL, 10);
        xapian_free(text);
    }
    return reader_check(reader, error, failure);
}

static enum status average_length(const struct reader *reader,
                                  struct reader_facts *facts,
                                  struct failure *failure)
{
    xapian_error *error = NULL;
    uint64_t n_words = 0, n_deleted = 0;
    bool known;
    enum status status = add_words(reader, &n_words, &known, failure);

    if (status == STATUS_OK)
        status = deleted_words(reader, &n_deleted, failure);
    if (status != STATUS_OK || facts->n_paragraphs == 0)
        return status;
    n_words -= n_deleted < n_words ? n_deleted : n_words;
    if (known) {
        facts->average_length = (double)n_words / facts->n_paragraphs;
        return STATUS_OK;
    }
    xapian_database_average_length(reader->database, &facts->average_length,
                                   &error);
    return reader_check(reader, error, failure);
}

enum status reader_facts(struct reader *reader, struct reader_facts *facts,
                         struct failure *failure)
{
    xapian_error *error = NULL;
    enum status status;

    *facts = (struct reader_facts){.schema = SCHEMA_VERSION,
                                   .analyzer = reader->analyzer,
                                   .n_segments = reader->n_shards};
    for (size_t i = 0; i < reader->n_parts; i++)
        facts->size += disk_folder_size(reader->parts[i].path);
    xapian_database_doccount(reader->database, &facts->n_paragraphs, &error);
    status = reader_check(reader, error, failure);
    facts->n_deleted = reader->n_deleted < facts->n_paragraphs
                           ? reader->n_deleted
                           : facts->n_paragraphs;
    facts->n_paragraphs -= facts->n_deleted;
    if (status == STATUS_OK)
        status = reader_terms(reader, bytes_of(TERM_DOCUMENT), count_term,
                              &facts->n_documents, failure);
    if (status == STATUS_OK)
        status = average_length(reader, facts, failure);
    return status;
}
