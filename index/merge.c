/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/merge_parts.h"

#include "base/ascii.h"
#include "index/disk.h"
#include "index/glass/chunk.h"
#include "index/glass/format.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

uint32_t merge_number(const struct source *source, uint32_t document)
{
    size_t before = deleted_find(source->deleted, document);

    if (source->deleted && before < source->deleted->n &&
        source->deleted->documents[before] == document)
        return 0;
    return source->base + document - (uint32_t)before;
}

enum status merge_next(struct source *source, struct failure *failure)
{
    return glass_scan_next(source->postlist, &source->item, &source->more,
                           failure);
}

static enum status fail_source(const struct source *source,
                               struct failure *failure)
{
    return glass_scan_fail(source->postlist, failure);
}

/* Whether the key at hand begins with PREFIX; what follows is *REST. */
static bool has_key(const struct source *source, struct bytes prefix,
                    struct bytes *rest)
{
    struct bytes key = source->item.key;

    if (!source->more || key.length < prefix.length ||
        memcmp(key.data, prefix.data, prefix.length) != 0)
        return false;
    *rest =
        (struct bytes){key.data + prefix.length, key.length - prefix.length};
    return true;
}

static void append_string(struct buffer *buffer, struct bytes string)
{
    buffer_append_varint(buffer, string.length);
    if (string.length)
        buffer_append(buffer, string.data, string.length);
}

static uint64_t number_of(struct bytes digits)
{
    uint64_t number = 0;

    for (size_t i = 0; i < digits.length && i < 19; i++)
        if (is_ascii_digit(digits.data[i]))
            number = number * 10 + (uint64_t)(digits.data[i] - '0');
    return number;
}

/* Read the facts of SOURCE, of which all but the number of words must be those
 * of the first. */
static enum status read_facts(struct merge *merge, struct source *source,
                              struct failure *failure)
{
    struct buffer facts = BUFFER_EMPTY;
    enum status status = STATUS_OK;
    struct bytes name;

    while (status == STATUS_OK && has_key(source, GLASS_KEY_METADATA, &name)) {
        append_string(&facts, name);
        if (bytes_equal(name, bytes_of(SCHEMA_METADATA_WORDS))) {
            merge->n_words += number_of(source->item.tag);
            append_string(&facts, (struct bytes){"", 0});
        } else {
            append_string(&facts, source->item.tag);
        }
        status = merge_next(source, failure);
    }
    if (status == STATUS_OK && facts.failed)
        status = fail_memory(failure);
    if (status == STATUS_OK && source != merge->sources &&
        !bytes_equal(buffer_bytes(&facts), buffer_bytes(&merge->facts)))
        status = fail(failure, STATUS_CORRUPT,
                      "'%s' is not of the same kind as the segment before it",
                      source->path);
    if (source == merge->sources)
        merge->facts = facts;
    else
        buffer_release(&facts);
    return status;
}

static enum status pass_over(struct source *source, struct bytes prefix,
                             struct failure *failure)
{
    enum status status = STATUS_OK;
    struct bytes rest;

    while (status == STATUS_OK && has_key(source, prefix, &rest))
        status = merge_next(source, failure);
    return status;
}

/* Read the chunk of values whose key goes on with REST. Those of VALUE_BLOCK
 * are made anew. */
static enum status read_values(struct merge *merge, struct source *source,
                               struct bytes rest, uint32_t *before,
                               struct failure *failure)
{
    const char *at = rest.data, *end = at + rest.length;
    struct glass_values_chunk chunk;
    uint64_t slot;
    uint32_t first, number;
    bool more, good;

    if (!varint_read(&at, end, &slot) || slot >= SCHEMA_N_VALUES ||
        !glass_read_sortable(&at, end, &first) || at != end ||
        first <= before[slot])
        return fail_source(source, failure);
    glass_values_chunk_init(&chunk, source->item.tag, first);
    while ((good = glass_values_chunk_next(&chunk, &more)) && more) {
        if (chunk.document > source->n_documents || chunk.value.length == 0)
            return fail_source(source, failure);
        number = merge_number(source, chunk.document);
        if (number && slot != VALUE_BLOCK)
            glass_values_add(&merge->tables.values[slot], number, chunk.value);
        before[slot] = chunk.document;
    }
    return good ? STATUS_OK : fail_source(source, failure);
}

static enum status read_all_values(struct merge *merge, struct source *source,
                                   struct failure *failure)
{
    uint32_t before[SCHEMA_N_VALUES] = {0};
    enum status status = pass_over(source, GLASS_KEY_VALUE_STATISTICS, failure);
    struct bytes rest;

    while (status == STATUS_OK && has_key(source, GLASS_KEY_VALUES, &rest)) {
        status = read_values(merge, source, rest, before, failure);
        if (status == STATUS_OK)
            status = merge_next(source, failure);
    }
    return status;
}

static void add_length(struct merge *merge, uint32_t number, uint32_t length)
{
    struct glass_statistics *statistics = &merge->tables.statistics;

    glass_postings_add(&merge->lengths, number, length);
    statistics->n_documents++;
    statistics->last_document = number;
    statistics->length_sum += length;
    if (length &&
        (statistics->length_min == 0 || length < statistics->length_min))
        statistics->length_min = length;
    if (length > statistics->length_max)
        statistics->length_max = length;
}

/* Read the lengths, one of each document. */
static enum status read_lengths(struct merge *merge, struct source *source,
                                struct failure *failure)
{
    enum status status = STATUS_OK;
    uint32_t last = 0;
    struct bytes rest;

    while (status == STATUS_OK && has_key(source, GLASS_KEY_LENGTHS, &rest)) {
        const char *at = rest.data;
        struct glass_postings_chunk chunk;
        uint32_t first = 0;
        bool more, good;

        if ((rest.length &&
             (!glass_read_sortable(&at, at + rest.length, &first) ||
              first == 0)) ||
            !glass_postings_chunk_init(&chunk, source->item.tag, first))
            return fail_source(source, failure);
        while ((good = glass_postings_chunk_next(&chunk, &more)) && more) {
            uint32_t number = merge_number(source, chunk.document);

            if (chunk.document != ++last)
                return fail_source(source, failure);
            if (number)
                add_length(merge, number, chunk.wdf);
            else
                merge->n_words -=
                    chunk.wdf < merge->n_words ? chunk.wdf : merge->n_words;
        }
        status =
            good ? merge_next(source, failure) : fail_source(source, failure);
    }
    if (status == STATUS_OK && last != source->n_documents)
        status = fail_source(source, failure);
    return status;
}

/* Read what stands before the terms. */
static enum status read_heads(struct merge *merge, struct failure *failure)
{
    enum status status = STATUS_OK;

    glass_postings_begin(&merge->lengths, GLASS_LENGTHS_CHUNK);
    for (size_t i = 0; status == STATUS_OK && i < merge->n_sources; i++) {
        struct source *source = &merge->sources[i];

        status = merge_next(source, failure);
        if (status == STATUS_OK)
            status = read_facts(merge, source, failure);
        if (status == STATUS_OK)
            status = read_all_values(merge, source, failure);
        if (status == STATUS_OK)
            status = read_lengths(merge, source, failure);
    }
    return status;
}

enum status merge_write_items(struct merge *merge, struct glass_table *table,
                              struct failure *failure)
{
    enum status status = glass_items_write(&merge->items, table, failure);

    glass_items_clear(&merge->items);
    return status;
}

static bool read_string(const char **at, const char *end, struct bytes *string)
{
    uint64_t length;

    if (*at == end || !varint_read(at, end, &length))
        return false;
    *string = (struct bytes){*at, (size_t)length};
    *at += length;
    return true;
}

static enum status write_facts(struct merge *merge,
                               struct glass_table *postlist,
                               struct failure *failure)
{
    const char *at = merge->facts.data, *end = at + merge->facts.length;
    enum status status = STATUS_OK;
    struct bytes name, value;
    char words[24];

    snprintf(words, sizeof words, "%" PRIu64, merge->n_words);
    while (status == STATUS_OK && at && read_string(&at, end, &name) &&
           read_string(&at, end, &value)) {
        if (bytes_equal(name, bytes_of(SCHEMA_METADATA_WORDS)))
            value = bytes_of(words);
        status =
            segment_tables_fact(&merge->tables, postlist, name, value, failure);
    }
    return status;
}

static enum status write_postlist(struct merge *merge, struct failure *failure)
{
    struct glass_table *postlist = NULL;
    enum status status =
        glass_table_new(merge->path, GLASS_POSTLIST, &postlist, failure);

    if (status == STATUS_OK)
        status = write_facts(merge, postlist, failure);
    if (status == STATUS_OK)
        status = segment_tables_values(&merge->tables, postlist, failure);
    if (status == STATUS_OK)
        status = glass_postings_write_lengths(&merge->lengths, &merge->items,
                                              failure);
    if (status == STATUS_OK)
        status = merge_write_items(merge, postlist, failure);
    if (status == STATUS_OK)
        status = merge_terms(merge, postlist, failure);
    if (status == STATUS_OK)
        status = glass_table_finish(
            postlist, &merge->tables.roots[GLASS_POSTLIST], failure);
    glass_table_free(postlist);
    return status;
}

static enum status pass_up(void *context, const struct failure *what,
                           struct failure *failure)
{
    (void)context;
    if (failure)
        *failure = *what;
    return STATUS_CORRUPT;
}

/* Look whether INPUT is what was written: merging must not pass damage on under
 * a new hash. */
static enum status verify(const struct merge_input *input,
                          struct failure *failure)
{
    struct sums *sums = NULL;
    enum status status = sums_open(input->path, input->sums, &sums, failure);

    if (status == STATUS_OK)
        status = sums_check_all(sums, pass_up, NULL, failure);
    sums_free(sums);
    return status;
}

static enum status open_source(struct merge *merge, size_t i,
                               const struct merge_input *input,
                               struct failure *failure)
{
    struct source *source = &merge->sources[i], *before = source - 1;
    struct glass_statistics statistics;
    enum status status = verify(input, failure);
    uint64_t base = 0;

    source->path = input->path;
    source->deleted = input->deleted;
    if (status == STATUS_OK)
        status = glass_version_read(input->path, NULL, &statistics, failure);
    if (status != STATUS_OK)
        return status;
    source->n_documents = statistics.n_documents;
    if (source->deleted && (source->deleted->n > source->n_documents ||
                            source->deleted->documents[source->deleted->n - 1] >
                                source->n_documents))
        return fail(failure, STATUS_CORRUPT,
                    "'%s' has not all that was deleted of it", input->path);
    if (i > 0)
        base = (uint64_t)before->base + before->n_documents -
               (before->deleted ? before->deleted->n : 0);
    if (base + source->n_documents > UINT32_MAX)
        return fail(failure, STATUS_LIMIT,
                    "a segment cannot hold so many paragraphs");
    source->base = (uint32_t)base;
    return glass_scan_open(input->path, GLASS_POSTLIST, &source->postlist,
                           failure);
}

static enum status write_all(struct merge *merge, struct failure *failure)
{
    enum status status =
        segment_tables_begin(&merge->tables, merge->path, failure);

    if (status == STATUS_OK)
        status = merge_records(merge, failure);
    if (status == STATUS_OK)
        status = read_heads(merge, failure);
    if (status == STATUS_OK)
        status = write_postlist(merge, failure);
    if (status == STATUS_OK)
        status = merge_positions(merge, failure);
    if (status == STATUS_OK)
        status = merge_forward(merge, failure);
    if (status == STATUS_OK)
        status = segment_tables_finish(&merge->tables, failure);
    return status;
}

enum status merge_segments(const struct merge_input *inputs, size_t n,
                           const char *path, struct failure *failure)
{
    struct merge merge = {.path = path,
                          .sources = calloc(n, sizeof *merge.sources),
                          .n_sources = n,
                          .lengths = GLASS_POSTINGS_EMPTY,
                          .postings = GLASS_POSTINGS_EMPTY};
    enum status status = merge.sources ? STATUS_OK : fail_memory(failure);

    for (size_t i = 0; status == STATUS_OK && i < n; i++)
        status = open_source(&merge, i, &inputs[i], failure);
    if (status == STATUS_OK)
        status = write_all(&merge, failure);
    for (size_t i = 0; merge.sources && i < n; i++)
        glass_scan_free(merge.sources[i].postlist);
    free(merge.sources);
    segment_tables_release(&merge.tables);
    glass_postings_release(&merge.lengths);
    glass_postings_release(&merge.postings);
    glass_items_release(&merge.items);
    buffer_release(&merge.facts);
    buffer_release(&merge.key);
    buffer_release(&merge.tag);
    return status;
}
