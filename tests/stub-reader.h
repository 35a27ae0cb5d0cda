/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An index that is a list of terms, for tests of what asks only for these. It
 * takes the place of index/reader.c. */
#ifndef TESTS_STUB_READER_H
#define TESTS_STUB_READER_H

#include <string.h>

#include "base/bytes.h"
#include "index/reader.h"

struct reader {
    struct bytes terms; /* parted by spaces, in byte order */
};

enum status reader_terms(struct reader *reader, struct bytes prefix,
                         term_function each, void *context,
                         struct failure *failure)
{
    const char *cursor = reader->terms.data;
    const char *end = cursor + reader->terms.length;

    (void)failure;
    while (cursor < end) {
        const char *space = memchr(cursor, ' ', (size_t)(end - cursor));
        struct bytes term = {cursor, (size_t)((space ? space : end) - cursor)};

        cursor = space ? space + 1 : end;
        if (term.length >= prefix.length && prefix.length > 0 &&
            memcmp(term.data, prefix.data, prefix.length) == 0 &&
            !each(context, term, 1))
            break;
    }
    return STATUS_OK;
}

static bool is_whole(void *context, struct bytes term, uint32_t n_paragraphs)
{
    struct bytes *wanted = context;

    (void)n_paragraphs;
    if (bytes_equal(term, *wanted))
        wanted->length = 0;
    return wanted->length > 0;
}

/* Each term of the list is in one paragraph. */
enum status reader_frequency(struct reader *reader, struct bytes term,
                             uint32_t *n_paragraphs, struct failure *failure)
{
    struct bytes wanted = term;

    *n_paragraphs = 0;
    reader_terms(reader, term, is_whole, &wanted, failure);
    if (term.length > 0 && wanted.length == 0)
        *n_paragraphs = 1;
    return STATUS_OK;
}

/* Nothing is known of how often a term occurs, and nothing weighs on it. */
enum status reader_occurrences(struct reader *reader, struct bytes term,
                               uint32_t *n_paragraphs, uint32_t *n_occurrences,
                               struct failure *failure)
{
    (void)reader;
    (void)term;
    (void)failure;
    *n_paragraphs = *n_occurrences = 0;
    return STATUS_OK;
}

/* It has no paragraphs. */
enum status reader_size(const struct reader *reader, uint32_t *n_paragraphs,
                        struct failure *failure)
{
    (void)reader;
    (void)failure;
    *n_paragraphs = 0;
    return STATUS_OK;
}

enum status reader_search(struct reader *reader, const struct query_node *query,
                          const struct search_options *options,
                          struct matches *matches, struct failure *failure)
{
    (void)reader;
    (void)query;
    (void)options;
    (void)failure;
    *matches = (struct matches){.exact = true};
    return STATUS_OK;
}

void matches_release(struct matches *matches)
{
    *matches = (struct matches){0};
}

enum status reader_paragraph(struct reader *reader, uint32_t id,
                             struct paragraph *paragraph,
                             struct failure *failure)
{
    (void)reader;
    (void)id;
    *paragraph = (struct paragraph){0};
    return fail(failure, STATUS_CORRUPT, "there are no paragraphs");
}

/* All words count the same here: a tree has only what the query says. */
const struct ranking *reader_ranking(const struct reader *reader)
{
    static struct ranking ranking;

    (void)reader;
    ranking = ranking_defaults;
    ranking.function_word = 1;
    return &ranking;
}

#endif
