/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Our own matching finds what Xapian's finds, with the same scores; and from
 * damaged tables nothing worse than a message comes. */
#include <config.h>

#include "index/glass/list.h"
#include "index/glass/version.h"
#include "index/reader.h"
#include "index/schema.h"
#include "index/writer.h"

#include "tests/folder.h"
#include "tests/forms.h"
#include "tests/positional.h"
#include "tests/tap.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define ANALYZER "test 1"

enum { N_WORDS = 90, N_QUERIES = 200, N_DAMAGES = 400, TOP = 20 };

static const char *path; /* of the index */

/* Low numbers are common: word 0 is in most paragraphs. */
static uint32_t random_word(void)
{
    uint32_t n = 1 + short_random(N_WORDS);

    return short_random(short_random(n) + 1);
}

static struct bytes word_name(uint32_t word, char name[16])
{
    snprintf(name, 16, "w%u", word);
    return bytes_of(name);
}

static bool add_paragraph(struct writer_part *part, const char *document,
                          const char *date, uint32_t ordinal)
{
    struct paragraph paragraph = {.document = bytes_of(document),
                                  .path = bytes_of(document),
                                  .language = bytes_of("en"),
                                  .date = bytes_of(date),
                                  .ordinal = ordinal};
    uint32_t n = short_random(short_random(60) + 1);
    bool good =
        writer_part_begin_paragraph(part, &paragraph, NULL) == STATUS_OK;

    for (uint32_t i = 1; good && i <= n; i++) {
        char name[16];
        uint32_t word = random_word();

        good = writer_part_add_word(part, word_name(word, name), i, true,
                                    NULL) == STATUS_OK;
    }
    return good && writer_part_end_paragraph(part, NULL) == STATUS_OK;
}

/* Add a segment of N documents with ten paragraphs each, and delete one of
 * those that were there before. */
static bool add_segment(char letter, uint32_t n)
{
    const struct writer_options options = {.analyzer = ANALYZER,
                                           .forms = no_forms};
    struct writer *writer = NULL;
    struct writer_part *part = NULL;
    uint32_t n_removed = 0;
    bool good = writer_open(path, &options, &writer, NULL) == STATUS_OK &&
                writer_part_new(&options, &part, NULL) == STATUS_OK;

    for (uint32_t i = 0; good && i < n; i++) {
        char name[16], date[16] = "";

        snprintf(name, sizeof name, "%c%u", letter, i);
        if (short_random(5))
            snprintf(date, sizeof date, "%u", 2000 + short_random(20));
        for (uint32_t j = 1; good && j <= 10; j++)
            good = add_paragraph(part, name, date, j);
    }
    good = good && writer_take(writer, part, NULL) == STATUS_OK &&
           (letter == 'a' || writer_remove_path(writer, bytes_of("a7"),
                                                &n_removed, NULL) == STATUS_OK);
    good = good && writer_commit(writer, NULL) == STATUS_OK;
    writer_part_free(part);
    writer_free(writer);
    return good;
}

/* --- Queries */

static struct query_node *random_term(void)
{
    char name[16];
    struct bytes word = word_name(
        short_random(20) ? random_word() : N_WORDS + short_random(3), name);

    return query_term_new(word.data, word.length, 1 + !short_random(5));
}

/* Documents of some years, or all that have a date. */
static struct query_node *random_range(void)
{
    uint32_t first = 2000 + short_random(20), n = short_random(8);
    char begin[9], end[9];

    snprintf(begin, sizeof begin, "%u0000", short_random(5) ? first : 1000);
    snprintf(end, sizeof end, "%u9999", short_random(5) ? first + n : 9999);
    return query_range_new(VALUE_DATE, bytes_of(begin), bytes_of(end));
}

static struct query_node *random_query(unsigned depth)
{
    static const enum query_operator operators[] = {
        QUERY_AND,     QUERY_OR,        QUERY_OR,
        QUERY_AND_NOT, QUERY_AND_MAYBE, QUERY_FILTER,
        QUERY_SYNONYM, QUERY_PHRASE,    QUERY_XOR};
    enum query_operator operator= operators[short_random(9)];
    bool words = operator== QUERY_SYNONYM || operator== QUERY_PHRASE;
    struct query_node *node;
    uint32_t n = 2 + short_random(3);

    if (depth == 0 || short_random(4) == 0)
        return short_random(20)  ? random_term()
               : short_random(2) ? query_all_new()
                                 : random_range();
    if (short_random(8) == 0)
        return query_scale_new(random_query(depth - 1), short_random(4) * 0.7);
    /* More than a heap is made for. */
    if (short_random(6) == 0 && operator!= QUERY_PHRASE)
        n = operator== QUERY_XOR ? 12 : 70;
    node = query_node_new(operator, 0);
    for (uint32_t i = 0; i < n; i++)
        node = query_add(node, words || n > 5 ? random_term()
                                              : random_query(depth - 1));
    return node;
}

/* QUERY as only Xapian runs it: where there is a place, as there is anywhere.
 * QUERY stays the caller's. */
static struct query_node *for_xapian(struct query_node *query)
{
    struct bytes first = {"", 0};
    struct bytes last = {"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 9};

    return query_add(query_add(query_node_new(QUERY_FILTER, 0), query),
                     query_range_new(VALUE_ORDER, first, last));
}

/* Over several segments Xapian estimates the frequency of a synonym in another
 * order in each of them, and rounds in between. */
static double tolerance;

static bool close_to(double a, double b)
{
    return a - b <= tolerance * (a + 1) && b - a <= tolerance * (a + 1);
}

/* Whether OURS are the first of THEIRS. Where scores are equal but for
 * rounding, either may come first, unless they do not MATTER. */
static bool same_items(const struct matches *ours, const struct matches *theirs,
                       size_t limit, bool matter)
{
    for (size_t i = 0; i < ours->n_items; i++) {
        size_t j = matter ? 0 : i;

        while (j < theirs->n_items && theirs->items[j].id != ours->items[i].id)
            j++;
        if (j == theirs->n_items ||
            !close_to(ours->items[i].score, theirs->items[i].score) ||
            !close_to(ours->items[i].score, theirs->items[j].score))
            return false;
    }
    return ours->n_items == (theirs->n_items < limit ? theirs->n_items : limit);
}

/* All of Xapian's matches are asked for: when it is asked for few it leaves
 * some of the best out where AND_MAYBE is searched in several segments. */
static bool same(struct reader *reader, struct query_node *query,
                 const struct search_options *options)
{
    struct search_options all = *options;
    struct query_node *other = for_xapian(query);
    struct matches ours, theirs;
    bool good = reader_search(reader, query, options, &ours, NULL) == STATUS_OK;

    all.limit = SIZE_MAX;
    good = reader_search(reader, other, &all, &theirs, NULL) == STATUS_OK &&
           good &&
           same_items(&ours, &theirs, options->limit,
                      options->order != ORDER_DOCUMENT);
    if (good && options->count > 0)
        good = ours.n_paragraphs == theirs.n_paragraphs &&
               ours.n_documents == theirs.n_documents &&
               ours.exact == theirs.exact;
    matches_release(&ours);
    matches_release(&theirs);
    /* The query is freed with it. */
    query_free(other);
    return good;
}

static void test_random(struct reader *reader)
{
    size_t n_wrong = 0;

    for (uint32_t i = 0; i < N_QUERIES; i++) {
        static const enum search_order orders[] = {ORDER_SCORE, ORDER_SCORE,
                                                   ORDER_DATE, ORDER_DOCUMENT};
        struct query_node *query = random_query(3);
        const struct search_options options = {.limit = i % 3 == 0   ? 0
                                                        : i % 3 == 1 ? TOP
                                                                     : SIZE_MAX,
                                               .count = i % 4 == 0   ? 0
                                                        : i % 4 == 1 ? 100
                                                                     : SIZE_MAX,
                                               .order = orders[short_random(4)],
                                               .reverse = short_random(2)};

        if (!same(reader, query, &options)) {
            printf("# query %u: limit %zu, count %zu, order %d\n", i,
                   options.limit, options.count, (int)options.order);
            n_wrong++;
        }
    }
    ok(n_wrong == 0, "%d queries find what Xapian finds (%zu wrong)", N_QUERIES,
       n_wrong);
}

/* --- Terms */

/* Terms and their numbers, one behind the other. */
static bool gather(void *context, struct bytes term, uint32_t n_paragraphs)
{
    buffer_append(context, term.data, term.length);
    buffer_append_format(context, " %u\n", n_paragraphs);
    return true;
}

/* The same terms as Xapian gives for one of the segments by itself. */
static void test_terms(void)
{
    static const char *const prefixes[] = {"", "w", "w1", "w17", "Q", "none"};
    char segment[160];
    const char *plain = segment;
    struct reader *readers[2] = {NULL, NULL};
    bool good;

    snprintf(segment, sizeof segment, "%s/segment-000001", path);
    good = reader_open(&path, 1, ANALYZER, &readers[0], NULL) == STATUS_OK &&
           reader_open(&plain, 1, ANALYZER, &readers[1], NULL) == STATUS_OK;
    for (size_t i = 0; good && i < sizeof prefixes / sizeof *prefixes; i++) {
        struct buffer terms[2] = {BUFFER_EMPTY, BUFFER_EMPTY};

        for (size_t j = 0; j < 2; j++)
            good = reader_terms(readers[j], bytes_of(prefixes[i]), gather,
                                &terms[j], NULL) == STATUS_OK &&
                   good;
        good = good &&
               bytes_equal(buffer_bytes(&terms[0]), buffer_bytes(&terms[1])) &&
               (i > 1) + (terms[0].length > 500) > 0;
        buffer_release(&terms[0]);
        buffer_release(&terms[1]);
    }
    for (uint32_t i = 0; good && i < N_WORDS + 3; i++) {
        char name[16];
        struct bytes term = word_name(i, name);
        uint32_t n[2][2] = {{0}};

        for (size_t j = 0; good && j < 2; j++)
            good = reader_occurrences(readers[j], term, &n[j][0], &n[j][1],
                                      NULL) == STATUS_OK;
        good = good && memcmp(n[0], n[1], sizeof n[0]) == 0;
    }
    ok(good, "the same terms as Xapian has");
    reader_close(readers[0]);
    reader_close(readers[1]);
}

/* --- Tables */

static struct glass_tree *open_tree(const char *name)
{
    char segment[160];
    struct glass_root roots[GLASS_N_TABLES];
    struct glass_statistics statistics;
    struct glass_tree *tree = NULL;

    snprintf(segment, sizeof segment, "%s/%s", path, name);
    if (glass_version_read(segment, roots, &statistics, NULL) == STATUS_OK)
        glass_tree_open(segment, GLASS_POSTLIST, &roots[GLASS_POSTLIST], NULL,
                        &tree, NULL);
    return tree;
}

/* Skipping comes to the same postings as going step by step. */
static void test_skipping(const struct glass_tree *tree)
{
    size_t n_wrong = 0, n_postings = 0;

    for (uint32_t i = 0; tree && i < 400; i++) {
        char name[16];
        struct bytes term = word_name(short_random(N_WORDS), name);
        struct glass_list slow = {0}, quick = {0};
        uint32_t from = 1, wdf;
        bool good = glass_list_open(&slow, tree, term) &&
                    glass_list_open(&quick, tree, term);

        while (good && !quick.ended) {
            from += short_random(i % 10 ? 30 : 900);
            wdf = short_random(3);
            good = glass_list_skip(&quick, from, wdf);
            while (good && !slow.ended &&
                   (slow.chunk.document < from || slow.chunk.wdf < wdf))
                good = glass_list_skip(&slow, slow.chunk.document + 1, 0);
            good =
                good && slow.ended == quick.ended &&
                (slow.ended || (slow.chunk.document == quick.chunk.document &&
                                slow.chunk.wdf == quick.chunk.wdf));
            n_postings++;
            if (!quick.ended)
                from = quick.chunk.document + 1;
        }
        n_wrong += !good;
        glass_list_release(&slow);
        glass_list_release(&quick);
    }
    ok(n_postings > 1000 && n_wrong == 0, "%zu skips (%zu wrong)", n_postings,
       n_wrong);
}

/* Every item comes once, in order, and is found by its key. */
static void test_items(const struct glass_tree *tree)
{
    struct glass_cursor cursor = {.tree = tree}, other = {.tree = tree};
    struct glass_piece piece, found;
    struct buffer tag = BUFFER_EMPTY;
    bool more = true, good = tree != NULL;
    size_t n = 0;

    good = good && glass_cursor_find(&cursor, (struct bytes){"", 0}, &piece);
    while (good && more) {
        struct bytes whole;

        good = glass_cursor_find(&other, piece.key, &found) &&
               bytes_equal(found.key, piece.key) &&
               found.part.data == piece.part.data &&
               glass_cursor_tag(&other, &found, &tag, &whole);
        n++;
        good = good && glass_cursor_next(&cursor, &piece, &more);
    }
    ok(good && n > 100, "a table of %zu items", n);
    buffer_release(&tag);
}

/* Run what goes through most of a table while bytes of it are changed, which
 * those who have it mapped see. */
static void test_damage(struct reader *reader)
{
    const struct search_options options = {.limit = TOP, .count = SIZE_MAX};
    size_t n_told = 0, n_other = 0;
    char name[160];
    off_t size;
    int file;

    snprintf(name, sizeof name, "%s/segment-000001/postlist.glass", path);
    file = open(name, O_RDWR | O_CLOEXEC);
    size = lseek(file, 0, SEEK_END);
    for (uint32_t i = 0; size > 0 && i < N_DAMAGES; i++) {
        off_t at = (off_t)short_random((uint32_t)size);
        unsigned char old, new;
        struct query_node *query;
        struct matches matches;
        struct failure failure = {.message = ""};

        /* Headers and directories as often as what is in items. */
        if (i % 2)
            at = at / 8192 * 8192 + (off_t)short_random(64);
        if (pread(file, &old, 1, at) != 1)
            break;
        new = (unsigned char)(i % 3 ? old ^ (1U << short_random(8))
                                    : short_random(256));
        if (pwrite(file, &new, 1, at) != 1)
            break;
        for (unsigned j = 0; j < 4; j++) {
            enum status status;

            query = random_query(2);
            status = reader_search(reader, query, &options, &matches, &failure);
            n_told += status == STATUS_CORRUPT;
            n_other += status != STATUS_OK && status != STATUS_CORRUPT;
            matches_release(&matches);
            query_free(query);
        }
        if (pwrite(file, &old, 1, at) != 1)
            break;
    }
    if (file >= 0)
        close(file);
    ok(n_told > 25 && n_other == 0, "%zu failures for %d kinds of damage",
       n_told, N_DAMAGES);
}

int main(void)
{
    struct reader *reader = NULL;
    struct glass_tree *tree;

    folder_make("match-test");
    path = folder;
    ok(add_segment('a', 400) &&
           reader_open(&path, 1, ANALYZER, &reader, NULL) == STATUS_OK,
       "an index");
    tolerance = 1e-9;
    if (reader)
        test_random(reader);
    reader_close(reader);
    reader = NULL;
    test_terms();
    ok(add_segment('b', 60) && add_segment('c', 8) &&
           reader_open(&path, 1, ANALYZER, &reader, NULL) == STATUS_OK,
       "in several segments, and with deletions");
    tolerance = 1e-3;
    if (reader)
        test_random(reader);
    tree = open_tree("segment-000001");
    test_items(tree);
    test_skipping(tree);
    glass_tree_close(tree);
    if (reader)
        test_damage(reader);
    reader_close(reader);
    folder_remove();
    return tap_done();
}
