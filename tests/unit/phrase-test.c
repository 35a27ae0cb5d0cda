/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Positional nodes are found where they stand by their definition: in forward
 * indexes, in Xapian's table of positions, and in both together. */
#include <config.h>

#include "index/forward.h"
#include "index/reader.h"
#include "index/row.h"
#include "index/writer.h"

#include "index/disk.h"
#include "tests/folder.h"
#include "tests/forms.h"
#include "tests/positional.h"
#include "tests/tap.h"

#include <stdio.h>

#define ANALYZER "test 1"

enum { N_PARAGRAPHS = 200, N_WORDS = 5, N_OTHERS = 150, N_QUERIES = 1000 };
enum { N_READERS = 4 };

static char paths[3][128];

/* The paragraphs of each index, in two segments. */
static short_paragraph paragraphs[2 * N_PARAGRAPHS];

/* "a" is common, the last of them rarer than all others, whose numbers need two
 * bytes. */
static char random_letter(void)
{
    uint32_t i = 0;

    while (i < N_WORDS - 1 && short_random(2))
        i++;
    return (char)('a' + i);
}

/* Words in a row, with gaps, other words, and words beside others. */
static bool add_words(struct writer_part *part, uint32_t *paragraph)
{
    bool plain = short_random(2), good = true;
    uint32_t n = short_random(SHORT_MAX);

    for (uint32_t i = 1; good && i <= n && i < SHORT_MAX; i++) {
        char name[16] = {random_letter()};
        bool other = short_random(3) == 0;

        if (!plain && short_random(8) == 0)
            continue;
        if (other)
            snprintf(name, sizeof name, "w%u", short_random(N_OTHERS));
        else
            paragraph[i] |= 1U << (name[0] - 'a');
        good = writer_part_add_word(part, bytes_of(name), i, true, NULL) ==
               STATUS_OK;
        if (!good || plain || short_random(5))
            continue;
        snprintf(name, sizeof name, "%c", random_letter());
        other = paragraph[i] >> (name[0] - 'a') & 1;
        paragraph[i] |= 1U << (name[0] - 'a');
        good = other || writer_part_add_word(part, bytes_of(name), i, false,
                                             NULL) == STATUS_OK;
    }
    return good;
}

/* Write the same paragraphs to PATH in any form. */
static void write_index(const char *path, bool first_portable,
                        bool second_portable)
{
    bool good = true;

    short_seed = 7;
    memset(paragraphs, 0, sizeof paragraphs);
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
                .language = bytes_of(short_random(9) ? "en" : "fr"),
                .ordinal = i + 1};

            good = writer_part_begin_paragraph(part, &paragraph, NULL) ==
                       STATUS_OK &&
                   add_words(part, paragraphs[half * N_PARAGRAPHS + i]) &&
                   writer_part_end_paragraph(part, NULL) == STATUS_OK &&
                   (short_random(100) ||
                    writer_take(writer, part, NULL) == STATUS_OK);
        }
        good = good && writer_take(writer, part, NULL) == STATUS_OK &&
               writer_commit(writer, NULL) == STATUS_OK;
        writer_part_free(part);
        writer_free(writer);
    }
    ok(good, "an index in %s", path);
}

/* Where NODE stands; returns in how many paragraphs. */
static size_t find(const struct query_node *node,
                   bool standing[2 * N_PARAGRAPHS])
{
    size_t n = 0;

    for (size_t i = 0; i < 2 * N_PARAGRAPHS; i++) {
        struct short_spans spans = short_find(node, paragraphs[i]);

        standing[i] = memchr(spans.at, true, sizeof spans.at);
        n += standing[i];
    }
    return n;
}

/* A reader, and which paragraph is meant by each of its ids. */
struct subject {
    struct reader *reader;
    size_t times; /* it has each paragraph */
    uint32_t numbers[32 * N_PARAGRAPHS];
};

static bool list_ids(struct subject *subject)
{
    const struct search_options options = {.limit = SIZE_MAX};
    struct query_node *query = query_all_new();
    struct matches matches;
    bool good = reader_search(subject->reader, query, &options, &matches,
                              NULL) == STATUS_OK;

    for (size_t i = 0; good && i < matches.n_items; i++) {
        uint32_t id = matches.items[i].id;
        struct paragraph paragraph;

        good = id < 32 * N_PARAGRAPHS &&
               reader_paragraph(subject->reader, id, &paragraph, NULL) ==
                   STATUS_OK;
        if (good)
            subject->numbers[id] =
                paragraph.ordinal - 1 +
                (paragraph.document.data[0] == 'b' ? N_PARAGRAPHS : 0);
    }
    good = good && matches.n_items == subject->times * 2 * N_PARAGRAPHS;
    matches_release(&matches);
    query_free(query);
    return good;
}

/* Whether SUBJECT finds QUERY where it is STANDING, and nowhere else. */
static bool as_defined(const struct subject *subject,
                       const struct query_node *query, const bool *standing)
{
    const struct search_options options = {.limit = SIZE_MAX,
                                           .count = SIZE_MAX};
    struct matches matches;
    size_t found[2 * N_PARAGRAPHS] = {0};
    bool good = reader_search(subject->reader, query, &options, &matches,
                              NULL) == STATUS_OK &&
                matches.n_items == matches.n_paragraphs;

    for (size_t i = 0; good && i < matches.n_items; i++)
        found[subject->numbers[matches.items[i].id]]++;
    for (size_t i = 0; good && i < 2 * N_PARAGRAPHS; i++)
        good = found[i] == (standing[i] ? subject->times : 0);
    matches_release(&matches);
    return good;
}

/* Whether two indexes give NODE the same scores; and so does the best ten
 * alone, also within a larger query. */
static bool same_scores(const struct subject *subjects,
                        const struct query_node *query)
{
    struct matches matches[2];
    bool good = true;

    for (size_t i = 0; i < 2; i++) {
        const struct search_options options = {.limit = i ? 10 : 100};

        good = reader_search(subjects[i + 1].reader, query, &options,
                             &matches[i], NULL) == STATUS_OK &&
               good;
    }
    for (size_t i = 0; good && i < matches[1].n_items; i++)
        good = i < matches[0].n_items &&
               matches[0].items[i].id == matches[1].items[i].id &&
               matches[0].items[i].score - matches[1].items[i].score < 1e-9 &&
               matches[1].items[i].score - matches[0].items[i].score < 1e-9;
    good = good && (matches[1].n_items == 10 ||
                    matches[0].n_items == matches[1].n_items);
    matches_release(&matches[0]);
    matches_release(&matches[1]);
    return good;
}

/* All indexes answer as they should. */
static void compare(const struct subject *subjects)
{
    size_t n_found = 0, n_wrong = 0;

    for (size_t i = 0; i < N_QUERIES; i++) {
        struct query_node *query = short_node(N_WORDS, 1 + short_random(3));
        bool good = same_scores(subjects, query);
        bool standing[2 * N_PARAGRAPHS];

        n_found += find(query, standing) > 0;
        for (size_t j = 0; j < N_READERS; j++)
            if (!as_defined(&subjects[j], query, standing)) {
                printf("# query %zu, reader %zu\n", i, j);
                good = false;
            }
        n_wrong += !good;
        query_free(query);
    }
    ok(n_wrong == 0, "%d nodes are found where they stand (%zu wrong)",
       N_QUERIES, n_wrong);
    ok(n_found > N_QUERIES / 2 && n_found < N_QUERIES, "%zu of them at all",
       n_found);
}

/* A node as any part of a query: what must match, may, must not, or scores. */
static void test_places(const struct subject *subjects)
{
    static const enum query_operator operators[] = {
        QUERY_AND,       QUERY_OR,     QUERY_XOR,    QUERY_AND_NOT,
        QUERY_AND_MAYBE, QUERY_FILTER, QUERY_SYNONYM};
    const struct search_options options = {.count = SIZE_MAX};
    size_t n_wrong = 0;

    for (size_t i = 0; i < 350; i++) {
        enum query_operator operator= operators[i % 7];
        struct query_node *query = query_add(
            query_add(query_node_new(operator, 0), short_node(N_WORDS, 2)),
            short_node(N_WORDS, 2));
        bool ones[2 * N_PARAGRAPHS], others[2 * N_PARAGRAPHS];
        size_t n = 0;

        find(query->children[0], ones);
        find(query->children[1], others);
        for (size_t j = 0; j < 2 * N_PARAGRAPHS; j++) {
            bool one = ones[j], other = others[j];

            n += operator== QUERY_AND || operator== QUERY_FILTER ? one && other
                 :
                 operator== QUERY_OR || operator== QUERY_SYNONYM ? one || other
                 :
                 operator== QUERY_XOR ? one != other
                 :
                 operator== QUERY_AND_NOT ? one && !other
                                          : one;
        }
        for (size_t j = 0; j < 3; j++) {
            struct matches matches;

            if (reader_search(subjects[j].reader, query, &options, &matches,
                              NULL) != STATUS_OK ||
                matches.n_paragraphs != n) {
                printf("# query %zu, reader %zu: %zu, not %zu\n", i, j,
                       matches.n_paragraphs, n);
                n_wrong++;
            }
            matches_release(&matches);
        }
        query_free(query);
    }
    ok(n_wrong == 0, "anywhere in a query (%zu wrong)", n_wrong);
}

/* Rows are found wherever they stand, and not in the middle of numbers. */
static void test_rows(void)
{
    static const uint32_t numbers[] = {1, 2, 128, 130, 16384, 16513};
    size_t n_wrong = 0, n_true = 0;

    for (size_t i = 0; i < 20000; i++) {
        struct buffer text = BUFFER_EMPTY;
        struct row row = ROW_EMPTY;
        uint32_t words[8], wanted[3];
        uint32_t n = 1 + short_random(8), m = 1 + short_random(3), at;
        bool found = false;

        for (uint32_t j = 0; j < n; j++)
            buffer_append_varint(&text, words[j] = numbers[short_random(6)]);
        for (uint32_t j = 0; j < m; j++)
            row_append(&row, wanted[j] = numbers[short_random(6)]);
        for (at = 0; at + m <= n; at++)
            found |= memcmp(words + at, wanted, m * sizeof *words) == 0;
        n_true += found;
        n_wrong += found != row_find(&row, (unsigned char *)text.data,
                                     (unsigned char *)text.data + text.length);
        row_release(&row);
        buffer_release(&text);
    }
    ok(n_wrong == 0 && n_true > 1000, "rows of numbers (%zu wrong)", n_wrong);
}

/* Without its file an index does not take a phrase for words anywhere. */
static void test_missing(void)
{
    const struct search_options options = {.limit = 10, .count = 10};
    char segment[160], name[256];
    const char *path = paths[1], *inside = segment;
    struct query_node *query = query_add(
        query_add(query_node_new(QUERY_PHRASE, 0), query_term_new("a", 1, 1)),
        query_term_new("b", 1, 1));
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
           STATUS_CORRUPT,
       "is missed: %s", failure.message);
    reader_close(reader);
    query_free(query);
}

/* Damage that shows only in a paragraph is told, and the file named. */
static void test_damaged_paragraph(void)
{
    const struct search_options options = {.limit = 10, .count = 10};
    const char *path = paths[2];
    struct query_node *query = query_add(
        query_add(query_node_new(QUERY_ONEAR, 3), query_term_new("a", 1, 1)),
        query_term_new("a", 1, 1));
    struct buffer content = BUFFER_EMPTY;
    struct reader *reader = NULL;
    struct matches matches;
    struct failure failure = {.message = ""};
    char segment[160], name[256];
    bool good;

    snprintf(segment, sizeof segment, "%s/segment-000001", path);
    snprintf(name, sizeof name, "%s/" FORWARD_NAME, segment);
    path = segment;
    good = disk_read(name, 1 << 20, &content, NULL) == STATUS_OK;
    /* Behind the magic: the first paragraphs' lengths and words. */
    if (good)
        memset(content.data + 16, 0xFF, 64);
    good = good && disk_replace(segment, FORWARD_NAME, buffer_bytes(&content),
                                NULL) == STATUS_OK;
    ok(good && reader_open(&path, 1, ANALYZER, &reader, NULL) == STATUS_OK,
       "a forward index whose first paragraphs are damaged");
    ok(reader_search(reader, query, &options, &matches, &failure) ==
               STATUS_CORRUPT &&
           strstr(failure.message, FORWARD_NAME),
       "is told: %s", failure.message);
    reader_close(reader);
    buffer_release(&content);
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
    good = good && forward_open(folder, NULL, &forward, NULL) == STATUS_OK &&
           forward;
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
        struct bytes damaged = {content.data,
                                i % 2 ? content.length
                                      : short_random((uint32_t)content.length)};
        size_t at = short_random((uint32_t)content.length);
        struct forward *forward;
        struct forward_tokens token = {.paragraph = 0};

        content.data[at] ^= (char)0x84;
        disk_replace(folder, FORWARD_NAME, damaged, NULL);
        if (forward_open(folder, NULL, &forward, NULL) != STATUS_OK)
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
    static struct subject subjects[N_READERS];
    const char *several[] = {paths[2], paths[1]};
    bool good = true;

    folder_make("phrase-test");
    for (size_t i = 0; i < N_READERS; i++) {
        struct subject *subject = &subjects[i];
        const char *path = i < 3 ? paths[i] : NULL;

        if (path) {
            snprintf(paths[i], sizeof paths[i], "%s/%zu", folder, i);
            write_index(path, portable[i][0], portable[i][1]);
        }
        subject->times = path ? 1 : 2;
        good = reader_open(path ? &path : several, subject->times, ANALYZER,
                           &subject->reader, NULL) == STATUS_OK &&
               list_ids(subject) && good;
    }
    if (ok(good, "three of them, and two together")) {
        compare(subjects);
        test_places(subjects);
    }
    for (size_t i = 0; i < N_READERS; i++)
        reader_close(subjects[i].reader);
    test_rows();
    test_missing();
    test_damaged_paragraph();
    test_forward();
    test_damage();
    folder_remove();
    return tap_done();
}
