/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An index of a few short paragraphs: writing them, and asking for them, each
 * step a test of its own. */
#ifndef TESTS_SMALL_INDEX_H
#define TESTS_SMALL_INDEX_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "index/reader.h"
#include "index/writer.h"
#include "tests/tap.h"

#define ANALYZER "test 1"

/* A stem is a word's first three letters; the key of "x-y" is "xy". */
static inline enum status trivial_forms(void *context, struct bytes word,
                                        struct bytes language,
                                        struct word_forms *forms,
                                        struct failure *failure)
{
    static char key[128];
    size_t length = 0;

    (void)context;
    (void)language;
    (void)failure;
    for (size_t i = 0; i < word.length && length < sizeof key; i++)
        if (word.data[i] != '-')
            key[length++] = word.data[i];
    forms->key = (struct bytes){key, length};
    forms->stem = (struct bytes){key, length < 3 ? length : 3};
    return STATUS_OK;
}

static const struct writer_options append = {.analyzer = ANALYZER,
                                             .forms = trivial_forms};
static const struct writer_options replace = {
    .analyzer = ANALYZER, .forms = trivial_forms, .replace = true};

/* Write the paragraph TEXT, whose words are parted by spaces, as a part of its
 * own. */
static inline bool add(struct writer *writer, const char *document,
                       uint32_t ordinal, const char *text)
{
    struct place place = {0, strlen(text), 7, strlen(text), 0, false};
    struct paragraph paragraph = {
        .document = bytes_of(document),
        .path = bytes_of(document),
        .date = bytes_of("2004-12"),
        .label = bytes_of("P"),
        .kind = bytes_of("body"),
        .language = bytes_of("en"),
        .text = bytes_of(text),
        .places = &place,
        .n_places = 1,
        .ordinal = ordinal,
    };
    uint32_t position = 1;
    struct writer_part *part = NULL;
    bool good =
        writer_part_new(writer_options(writer), &part, NULL) == STATUS_OK &&
        writer_part_begin_paragraph(part, &paragraph, NULL) == STATUS_OK;

    while (good && *text) {
        size_t length = strcspn(text, " ");
        struct bytes word = {text, length};

        good =
            writer_part_add_word(part, word, position, true, NULL) == STATUS_OK;
        /* "x-y" stands for a compound beside itself, to have one. */
        if (good && memchr(text, '-', length))
            good = writer_part_add_word(part, word, position, false, NULL) ==
                   STATUS_OK;
        position++;
        text += length + (text[length] == ' ');
    }
    good = good && writer_part_end_paragraph(part, NULL) == STATUS_OK &&
           writer_take(writer, part, NULL) == STATUS_OK;
    writer_part_free(part);
    return good;
}

static inline struct writer *begin(const char *path,
                                   const struct writer_options *options)
{
    struct writer *writer = NULL;
    struct failure failure = {.message = ""};
    enum status status = writer_open(path, options, &writer, &failure);

    ok(status == STATUS_OK, "open for writing");
    if (status != STATUS_OK)
        printf("# %s\n", failure.message);
    return writer;
}

/* Without merging, so that there are segments to look at. */
static inline void commit(struct writer *writer)
{
    struct failure failure = {.message = ""};
    enum status status = writer_commit(writer, &failure);

    ok(status == STATUS_OK, "commit");
    if (status != STATUS_OK)
        printf("# %s\n", failure.message);
    writer_free(writer);
}

static inline struct reader *open_reader(const char *const *paths,
                                         size_t n_paths)
{
    struct reader *reader = NULL;
    struct failure failure = {.message = ""};
    enum status status =
        reader_open(paths, n_paths, ANALYZER, &reader, &failure);

    ok(status == STATUS_OK, "open for reading");
    if (status != STATUS_OK)
        printf("# %s\n", failure.message);
    return reader;
}

static inline struct reader *open_one(const char *path)
{
    return open_reader((const char *const[]){path}, 1);
}

static inline struct query_node *term(const char *word)
{
    return query_term_new(word, strlen(word), 1);
}

static inline struct query_node *two(enum query_operator operator,
                                     uint32_t window, struct query_node *a,
                                     struct query_node *b)
{
    return query_add(query_add(query_node_new(operator, window), a), b);
}

/* Run QUERY, which is freed, and say whether the paragraphs' texts, joined by
 * '|', are WANTED, best first, in N_DOCUMENTS documents. */
static inline void finds(struct reader *reader, struct query_node *query,
                         const char *wanted, size_t n_documents,
                         const char *name)
{
    struct search_options options = {
        .offset = 0, .limit = 100, .count = SIZE_MAX};
    struct matches matches;
    struct failure failure = {.message = ""};
    struct buffer texts = BUFFER_EMPTY;
    enum status status =
        reader_search(reader, query, &options, &matches, &failure);

    for (size_t i = 0; i < matches.n_items; i++) {
        struct paragraph paragraph;

        if (reader_paragraph(reader, matches.items[i].id, &paragraph,
                             &failure) != STATUS_OK)
            break;
        if (i)
            buffer_append_byte(&texts, '|');
        buffer_append(&texts, paragraph.text.data, paragraph.text.length);
    }
    is_bytes(buffer_bytes(&texts), wanted, name);
    ok(status == STATUS_OK && matches.exact &&
           matches.n_paragraphs == matches.n_items &&
           matches.n_documents == n_documents,
       "%s: %zu documents", name, n_documents);
    if (status != STATUS_OK || matches.n_documents != n_documents)
        printf("# %s; %zu paragraphs, %zu documents\n", failure.message,
               matches.n_paragraphs, matches.n_documents);
    matches_release(&matches);
    buffer_release(&texts);
    query_free(query);
}

#endif
