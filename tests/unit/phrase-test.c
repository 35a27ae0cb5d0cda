/* SPDX-License-Identifier: GPL-2.0-or-later */
/* index/phrase.h: what our forward index finds is what Xapian finds by its
 * table of positions. */
#include <config.h>

#include "index/forward.h"
#include "index/phrase.h"
#include "index/reader.h"
#include "index/writer.h"

#include <stdio.h>
#include <stdlib.h>

#include "index/disk.h"
#include "tests/tap.h"

#define ANALYZER "test 1"

enum { N_PARAGRAPHS = 600, N_WORDS = 8, N_QUERIES = 400 };

static char folder[] = "/tmp/pilcrow-phrase-test-XXXXXX";
static char paths[3][128];

static uint64_t state;

static uint32_t random_number(uint32_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 16) % below);
}

static enum status no_forms(void *context, struct bytes word,
                            struct bytes language, struct word_forms *forms,
                            struct failure *failure)
{
    (void)context;
    (void)word;
    (void)language;
    (void)forms;
    (void)failure;
    return STATUS_OK;
}

/* A few words are common; w7 and above are many, so that numbers take two and
 * three bytes. */
static struct bytes random_word(char name[16])
{
    uint32_t number = random_number(N_WORDS);

    if (number == N_WORDS - 1)
        number += random_number(30000);
    snprintf(name, 16, "w%u", number);
    return bytes_of(name);
}

/* Words in a row, with gaps and words beside others here and there. */
static bool add_words(struct writer_part *part)
{
    uint32_t position = 1;
    bool plain = random_number(2), good = true;
    char name[16];

    for (uint32_t n = random_number(30); good && n > 0; n--) {
        good = writer_part_add_word(part, random_word(name), position, true,
                                    NULL) == STATUS_OK;
        if (good && !plain && random_number(5) == 0)
            good = writer_part_add_word(part, random_word(name),
                                        1 + random_number(position), false,
                                        NULL) == STATUS_OK;
        position += plain || random_number(8) ? 1 : 1 + random_number(3);
    }
    return good;
}

/* Write the same paragraphs to PATH in any form. */
static void write_index(const char *path, bool first_portable,
                        bool second_portable)
{
    bool good = true;

    state = 88172645463325252;
    for (uint32_t half = 0; good && half < 2; half++) {
        const struct writer_options options = {
            .analyzer = ANALYZER,
            .forms = no_forms,
            .portable = half ? second_portable : first_portable};
        struct writer *writer = NULL;
        struct writer_part *part = NULL;

        good = writer_open(path, &options, &writer, NULL) == STATUS_OK &&
               writer_part_new(&options, &part, NULL) == STATUS_OK;
        for (uint32_t i = 0; good && i < N_PARAGRAPHS; i++) {
            struct paragraph paragraph = {
                .document = bytes_of(half ? "b" : "a"),
                .path = bytes_of(half ? "b" : "a"),
                .language = bytes_of(random_number(9) ? "en" : "fr"),
                .ordinal = i + 1};

            good = writer_part_begin_paragraph(part, &paragraph, NULL) ==
                       STATUS_OK &&
                   add_words(part) &&
                   writer_part_end_paragraph(part, NULL) == STATUS_OK &&
                   (random_number(100) ||
                    writer_take(writer, part, NULL) == STATUS_OK);
        }
        good = good && writer_take(writer, part, NULL) == STATUS_OK &&
               writer_commit(writer, NULL) == STATUS_OK;
        writer_part_free(part);
        writer_free(writer);
    }
    ok(good, "an index in %s", path);
}

static struct query_node *random_term(void)
{
    char name[16];
    struct bytes word = random_word(name);

    return query_term_new(word.data, word.length, 1);
}

static struct query_node *random_query(void)
{
    uint32_t n = 2 + random_number(3);
    uint32_t window = random_number(3) ? 0 : n + random_number(6);
    struct query_node *query =
        query_node_new(random_number(3) ? QUERY_PHRASE : QUERY_NEAR, window);

    for (; n > 0; n--) {
        struct query_node *child = random_term();

        if (random_number(6) == 0)
            child = query_add(query_add(query_node_new(QUERY_OR, 0), child),
                              random_term());
        query = query_add(query, child);
    }
    return query;
}

static bool same_matches(const struct matches *a, const struct matches *b)
{
    bool same = a->n_items == b->n_items &&
                a->n_paragraphs == b->n_paragraphs &&
                a->n_documents == b->n_documents;

    for (size_t i = 0; same && i < a->n_items; i++)
        same = a->items[i].id == b->items[i].id &&
               a->items[i].score - b->items[i].score < 1e-9 &&
               b->items[i].score - a->items[i].score < 1e-9;
    return same;
}

/* All indexes answer alike. */
static void compare(struct reader *const readers[3])
{
    const struct search_options options = {.offset = 0, .limit = 100, .count = SIZE_MAX};
    size_t n_found = 0, n_different = 0;

    for (size_t i = 0; i < N_QUERIES; i++) {
        struct query_node *query = random_query();
        struct matches matches[3];
        bool good = true;

        for (size_t j = 0; j < 3; j++)
            good = reader_search(readers[j], query, &options, &matches[j],
                                 NULL) == STATUS_OK &&
                   good;
        /* Xapian's NEAR misses some where words share a position. */
        if (!good || !same_matches(&matches[1], &matches[2]) ||
            (query->operator== QUERY_PHRASE
                 ? !same_matches(&matches[0], &matches[1])
                 : matches[0].n_paragraphs> matches[1].n_paragraphs)) {
            printf("# query %zu: %zu, %zu, %zu paragraphs\n", i,
                   matches[0].n_paragraphs, matches[1].n_paragraphs,
                   matches[2].n_paragraphs);
            n_different++;
        }
        n_found += matches[0].n_paragraphs > 0;
        for (size_t j = 0; j < 3; j++)
            matches_release(&matches[j]);
        query_free(query);
    }
    ok(n_different == 0, "%d phrases are found alike", N_QUERIES);
    ok(n_found > N_QUERIES / 4 && n_found < N_QUERIES, "%zu of them at all",
       n_found);
}

/* Whether one position of each from argument I on can be chosen, behind those
 * in CHOSEN: all ways are tried. */
static bool try_all(const struct positions *arguments, size_t n, size_t i,
                    uint32_t *chosen, uint32_t window, bool in_order)
{
    uint32_t low = UINT32_MAX, high = 0;

    for (size_t j = 0; j < i; j++) {
        low = chosen[j] < low ? chosen[j] : low;
        high = chosen[j] > high ? chosen[j] : high;
        for (size_t k = 0; k < j; k++)
            if (chosen[k] == chosen[j] || (in_order && chosen[k] > chosen[j]))
                return false;
    }
    if (i > 0 && high - low >= window)
        return false;
    if (i == n)
        return true;
    for (size_t j = 0; j < arguments[i].n; j++) {
        chosen[i] = arguments[i].items[j];
        if (try_all(arguments, n, i + 1, chosen, window, in_order))
            return true;
    }
    return false;
}

static void test_windows(void)
{
    uint32_t items[4][5], chosen[4];
    struct positions arguments[4];
    size_t n_wrong = 0, n_true = 0;

    for (size_t round = 0; round < 20000; round++) {
        size_t n = 2 + random_number(3);
        uint32_t window = (uint32_t)n + random_number(4);
        bool ordered, near;

        for (size_t i = 0; i < n; i++) {
            uint32_t position = 0;

            arguments[i] = (struct positions){.items = items[i],
                                              .n = 1 + random_number(5)};
            for (size_t j = 0; j < arguments[i].n; j++)
                items[i][j] = position += 1 + random_number(6);
        }
        ordered = try_all(arguments, n, 0, chosen, window, true);
        near = try_all(arguments, n, 0, chosen, window, false);
        n_wrong += phrase_in_order(arguments, n, window) != ordered;
        n_wrong += phrase_in_any_order(arguments, n, window) != near;
        n_true += ordered;
    }
    ok(n_wrong == 0, "windows are found as by trying all (%zu wrong)", n_wrong);
    ok(n_true > 1000 && n_true < 19000, "%zu of 20000", n_true);
}

/* Without its file an index does not take a phrase for words anywhere. */
static void test_missing(void)
{
    const struct search_options options = {.offset = 0, .limit = 10, .count = 10};
    char segment[160], name[256];
    const char *path = paths[1], *inside = segment;
    struct query_node *query =
        query_add(query_add(query_node_new(QUERY_PHRASE, 0), random_term()),
                  random_term());
    struct reader *reader = NULL;
    struct matches matches;
    struct failure failure = {.message = ""};

    snprintf(segment, sizeof segment, "%s/segment-000001", path);
    snprintf(name, sizeof name, "%s/" FORWARD_NAME, segment);
    ok(remove(name) == 0 &&
           reader_open(&path, 1, ANALYZER, &reader, &failure) == STATUS_CORRUPT,
       "a forward index that is gone: %s", failure.message);
    ok(reader_open(&inside, 1, ANALYZER, &reader, NULL) == STATUS_OK,
       "the rest of the segment");
    ok(reader_search(reader, query, &options, &matches, &failure) ==
           STATUS_LIMIT,
       "is missed: %s", failure.message);
    reader_close(reader);
    query_free(query);
}

static void test_forward(void)
{
    struct forward_writer *writer = NULL;
    struct forward *forward = NULL;
    struct forward_tokens token = {.paragraph = 0};
    struct buffer numbers = BUFFER_EMPTY;
    uint64_t hash;
    bool good = forward_writer_new(folder, &writer, NULL) == STATUS_OK;

    for (uint32_t i = 1; good && i <= 100; i++) {
        uint32_t tokens[100];

        for (uint32_t j = 1; j <= i; j++)
            tokens[j - 1] = i * 1000 + j;
        good = forward_writer_add(writer, tokens, i, NULL, NULL) == STATUS_OK;
    }
    for (uint32_t i = 100; good && i < 500; i++) {
        char name[16];

        snprintf(name, sizeof name, "w%u", i * 2);
        good =
            forward_writer_word(writer, bytes_of(name), i, NULL) == STATUS_OK &&
            (i % 7 || forward_writer_word(writer, bytes_of(name), 7 * i,
                                          NULL) == STATUS_OK);
    }
    good = good && forward_writer_finish(writer, &hash, NULL) == STATUS_OK;
    forward_writer_free(writer);
    good = good && forward_open(folder, &forward, NULL) == STATUS_OK && forward;
    ok(good, "a forward index");
    for (uint32_t i = 1; good && i <= 100; i++) {
        good = forward_tokens(forward, i, &token);
        for (uint32_t j = 1; good && j <= i; j++)
            good = forward_next(&token) && token.position == j &&
                   token.number == i * 1000 + j;
        good = good && !forward_next(&token) && token.at == token.end;
    }
    ok(good && !forward_tokens(forward, 0, &token) &&
           !forward_tokens(forward, 101, &token),
       "its paragraphs");
    for (uint32_t i = 199; good && i <= 1001; i++) {
        char name[16];
        size_t n = i % 2 || i >= 1000 ? 0 : i / 2 % 7 ? 1 : 2;

        if (i < 200)
            n = 0;
        snprintf(name, sizeof name, "w%u", i);
        buffer_clear(&numbers);
        good = forward_numbers(forward, bytes_of(name), &numbers) &&
               numbers.length == n * sizeof(uint32_t);
    }
    ok(good, "its words");
    buffer_release(&numbers);
    forward_close(forward);
}

/* Cut or changed anywhere, it is told, or read as something else, no worse. */
static void test_damage(void)
{
    struct buffer path = BUFFER_EMPTY, content = BUFFER_EMPTY;
    struct buffer numbers = BUFFER_EMPTY;
    size_t n_told = 0;

    disk_join(&path, folder, FORWARD_NAME, NULL);
    disk_read(path.data, 1 << 20, &content, NULL);
    for (size_t i = 0; i < 150; i++) {
        struct bytes damaged = {
            content.data,
            i % 2 ? content.length : random_number((uint32_t)content.length)};
        size_t at = random_number((uint32_t)content.length);
        struct forward *forward;
        struct forward_tokens token = {.paragraph = 0};

        content.data[at] ^= (char)0x84;
        disk_replace(folder, FORWARD_NAME, damaged, NULL);
        if (forward_open(folder, &forward, NULL) != STATUS_OK)
            n_told++;
        else if (forward && forward_tokens(forward, 50, &token))
            while (forward_next(&token))
                ;
        if (forward)
            forward_numbers(forward, bytes_of("w500"), &numbers);
        forward_close(forward);
        content.data[at] ^= (char)0x84;
    }
    ok(n_told > 60, "%zu of 150 kinds of damage are told at once", n_told);
    buffer_release(&path);
    buffer_release(&content);
    buffer_release(&numbers);
}

int main(void)
{
    static const bool portable[3][2] = {
        {true, true}, {false, false}, {false, true}};
    struct reader *readers[3] = {NULL, NULL, NULL};
    bool good = true;

    if (!mkdtemp(folder))
        return 1;
    for (size_t i = 0; i < 3; i++) {
        const char *path = paths[i];

        snprintf(paths[i], sizeof paths[i], "%s/%zu", folder, i);
        write_index(path, portable[i][0], portable[i][1]);
        good =
            reader_open(&path, 1, ANALYZER, &readers[i], NULL) == STATUS_OK &&
            good;
    }
    if (ok(good, "three of them"))
        compare(readers);
    for (size_t i = 0; i < 3; i++)
        reader_close(readers[i]);
    test_missing();
    test_windows();
    test_forward();
    test_damage();
    {
        char command[128];

        snprintf(command, sizeof command, "rm -rf '%s'", folder);
        if (system(command) != 0)
            return 1;
    }
    return tap_done();
}
