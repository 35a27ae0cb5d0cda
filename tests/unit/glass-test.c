/* SPDX-License-Identifier: GPL-2.0-or-later */
/* index/glass/: what it writes, Xapian reads, and finds no fault with. */
#include <config.h>

#include "index/glass/format.h"
#include "index/glass/postings.h"
#include "index/glass/table.h"
#include "index/glass/values.h"
#include "index/glass/version.h"

#include "index/disk.h"
#include "index/xapian-c/xapian-c.h"
#include "tests/asan.h"
#include "tests/folder.h"
#include "tests/random.h"
#include "tests/tap.h"

#include <stdio.h>
#include <stdlib.h>

/* A database that is being made, table by table. */
struct made {
    char path[128];
    struct glass_table *table;
    struct glass_root roots[GLASS_N_TABLES];
};

static void begin(struct made *made, const char *name)
{
    *made = (struct made){.table = NULL};
    snprintf(made->path, sizeof made->path, "%s/%s", folder, name);
    disk_make_folders(made->path, NULL);
}

static void begin_table(struct made *made, enum glass_table_kind kind)
{
    ok(glass_table_new(made->path, kind, &made->table, NULL) == STATUS_OK, "%s",
       glass_table_name(kind));
}

static void end_table(struct made *made, enum glass_table_kind kind)
{
    ok(glass_table_finish(made->table, &made->roots[kind], NULL) == STATUS_OK,
       "finish it");
    glass_table_free(made->table);
}

static xapian_database *finish(struct made *made,
                               const struct glass_statistics *statistics)
{
    xapian_database *database = NULL;
    xapian_error *error = NULL;
    size_t n_errors = 1;

    ok(glass_version_write(made->path, made->roots, statistics, 0, NULL) ==
           STATUS_OK,
       "the version file");
    xapian_database_check(made->path, strlen(made->path), 0, &n_errors, NULL,
                          NULL, &error);
    ok(!error && n_errors == 0, "Xapian checks it");
    if (error)
        printf("# %s\n", xapian_error_message(error, NULL));
    xapian_error_free(error);
    error = NULL;
    xapian_database_open(made->path, strlen(made->path), 0, &database, &error);
    ok(!error, "Xapian opens it");
    xapian_error_free(error);
    return database;
}

struct item {
    struct buffer key, tag;
};

static int compare_items(const void *a, const void *b)
{
    const struct item *one = a, *other = b;

    return bytes_compare(buffer_bytes(&one->key), buffer_bytes(&other->key));
}

static void append_random(struct buffer *buffer, size_t length, bool narrow)
{
    for (size_t i = 0; i < length; i++)
        buffer_append_byte(buffer, (char)(narrow ? 'a' + random_number(2)
                                                 : random_number(256)));
}

/* N items, sorted; of equal keys all but one have no tag. */
static struct item *make_items(size_t n, size_t tag_max)
{
    struct item *items = calloc(n, sizeof *items);

    for (size_t i = 0; i < n; i++) {
        bool narrow = random_number(2);

        append_random(&items[i].key, 1 + random_number(252), narrow);
        append_random(
            &items[i].tag,
            1 + random_number(random_number(20) == 0 ? (uint32_t)tag_max : 60),
            false);
    }
    qsort(items, n, sizeof *items, compare_items);
    for (size_t i = 1; i < n; i++)
        if (compare_items(&items[i - 1], &items[i]) == 0)
            buffer_clear(&items[i - 1].tag);
    return items;
}

static void free_items(struct item *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buffer_release(&items[i].key);
        buffer_release(&items[i].tag);
    }
    free(items);
}

static void write_items(struct made *made, const struct item *items, size_t n)
{
    struct buffer key = BUFFER_EMPTY;
    struct bytes prefix = GLASS_KEY_METADATA;
    enum status status = STATUS_OK;

    begin_table(made, GLASS_POSTLIST);
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        if (items[i].tag.length == 0)
            continue;
        buffer_clear(&key);
        buffer_append(&key, prefix.data, prefix.length);
        buffer_append(&key, items[i].key.data, items[i].key.length);
        status = glass_table_add(made->table, buffer_bytes(&key),
                                 buffer_bytes(&items[i].tag), false, NULL);
    }
    ok(status == STATUS_OK, "%zu items", n);
    buffer_release(&key);
    end_table(made, GLASS_POSTLIST);
}

/* Xapian finds each of ITEMS, and in a walk over all just these. */
static bool same_items(const xapian_database *database,
                       const struct item *items, size_t n)
{
    xapian_term_iterator *keys = NULL;
    xapian_error *error = NULL;
    bool same = true;

    xapian_database_metadata_keys(database, "", 0, &keys, &error);
    for (size_t i = 0; i < n && same && !error; i++) {
        struct bytes key = buffer_bytes(&items[i].key), got;
        char *tag = NULL;
        size_t length = 0;

        if (items[i].tag.length == 0)
            continue;
        xapian_database_get_metadata(database, key.data, key.length, &tag,
                                     &length, &error);
        got.data = xapian_term_iterator_term(keys, &got.length);
        same = bytes_equal((struct bytes){tag, length},
                           buffer_bytes(&items[i].tag)) &&
               bytes_equal(got, key);
        xapian_free(tag);
        xapian_term_iterator_next(keys, &error);
    }
    same = same && xapian_term_iterator_at_end(keys);
    xapian_term_iterator_free(keys);
    if (error)
        printf("# %s\n", xapian_error_message(error, NULL));
    xapian_error_free(error);
    return same && !error;
}

static void test_items(size_t n, size_t tag_max)
{
    static const struct glass_statistics nothing;
    struct item *items = make_items(n, tag_max);
    struct made made;
    xapian_database *database;
    char name[32];

    snprintf(name, sizeof name, "items-%zu-%zu", n, tag_max);
    begin(&made, name);
    write_items(&made, items, n);
    database = finish(&made, &nothing);
    ok(same_items(database, items, n),
       "%zu items of up to %zu bytes, levels "
       "up to %u",
       n, tag_max, made.roots[GLASS_POSTLIST].level);
    xapian_database_free(database);
    free_items(items, n);
}

/* The documents and frequencies of TERM are those that were written. */
static bool same_postings(const xapian_database *database, struct bytes term,
                          const uint32_t *documents, const uint32_t *wdfs,
                          size_t n)
{
    xapian_posting_iterator *postings = NULL;
    xapian_error *error = NULL;
    size_t i;

    xapian_database_postlist(database, term.data, term.length, &postings,
                             &error);
    for (i = 0; !error && i < n && !xapian_posting_iterator_at_end(postings);
         i++) {
        uint32_t wdf = 0;

        xapian_posting_iterator_wdf(postings, &wdf, &error);
        if (xapian_posting_iterator_docid(postings) != documents[i] ||
            wdf != wdfs[i])
            break;
        xapian_posting_iterator_next(postings, &error);
    }
    if (error)
        printf("# %s\n", xapian_error_message(error, NULL));
    else if (i == n && !xapian_posting_iterator_at_end(postings))
        i++;
    xapian_posting_iterator_free(postings);
    xapian_error_free(error);
    return !error && i == n;
}

enum { N_POSTINGS = 40000 };

static uint32_t documents[N_POSTINGS], wdfs[N_POSTINGS];

/* Lists of several lengths, whose numbers take one to five bytes. */
static void test_postings(void)
{
    static const struct bytes terms[] = {{"\0", 1},  {"\0\xFF", 2}, {"a", 1},
                                         {"a\0", 2}, {"a\0b", 3},   {"ab", 2}};
    static const size_t lengths[] = {1, 2, 700, 5000, 7, N_POSTINGS};
    struct glass_postings postings = GLASS_POSTINGS_EMPTY;
    struct glass_items items = {.n = 0};
    struct glass_statistics statistics = {0};
    xapian_database *database;
    struct made made;
    enum status status = STATUS_OK;

    for (size_t i = 0, document = 0; i < N_POSTINGS; i++) {
        document += 1 + random_number(random_number(100) ? 3 : 10000000);
        documents[i] = document < UINT32_MAX ? (uint32_t)document : 0;
        wdfs[i] = random_number(10) ? random_number(4) : random_number(90000);
        if (!documents[i])
            documents[i] = documents[i - 1] + 1;
        statistics.length_sum += wdfs[i];
    }
    begin(&made, "postings");
    begin_table(&made, GLASS_POSTLIST);
    glass_postings_begin(&postings, GLASS_LENGTHS_CHUNK);
    for (size_t i = 0; i < N_POSTINGS; i++)
        glass_postings_add(&postings, documents[i], wdfs[i]);
    status = glass_postings_write_lengths(&postings, &items, NULL);
    for (size_t t = 0; t < 6 && status == STATUS_OK; t++) {
        glass_postings_begin(&postings, GLASS_POSTINGS_CHUNK);
        for (size_t i = 0; i < lengths[t]; i++)
            glass_postings_add(&postings, documents[i], wdfs[i]);
        status = glass_postings_write(&postings, &items, terms[t], NULL);
    }
    if (status == STATUS_OK)
        status = glass_items_write(&items, made.table, NULL);
    glass_items_release(&items);
    ok(status == STATUS_OK, "posting lists");
    end_table(&made, GLASS_POSTLIST);
    statistics.n_documents = N_POSTINGS;
    statistics.last_document = documents[N_POSTINGS - 1];
    statistics.wdf_max = statistics.length_max = 90000;
    database = finish(&made, &statistics);
    for (size_t t = 0; t < 6; t++)
        ok(same_postings(database, terms[t], documents, wdfs, lengths[t]),
           "a list of %zu", lengths[t]);
    ok(same_postings(database, (struct bytes){"", 0}, documents, wdfs, 0) ==
           false,
       "documents are listed");
    xapian_database_free(database);
    glass_postings_release(&postings);
}

/* A sample of sortable numbers, around where their lengths change. */
static void test_sortable(void)
{
    static const struct {
        uint32_t number;
        size_t length;
    } cases[] = {{0, 2},          {1, 2},          {0x7FFF, 2},
                 {0x8000, 3},     {0x3FFFFF, 3},   {0x400000, 4},
                 {0x1FFFFFFF, 4}, {0x20000000, 5}, {UINT32_MAX, 5}};
    struct buffer before = BUFFER_EMPTY, buffer = BUFFER_EMPTY;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buffer_clear(&buffer);
        glass_append_sortable(&buffer, cases[i].number);
        ok(buffer.length == cases[i].length &&
               bytes_compare(buffer_bytes(&before), buffer_bytes(&buffer)) < 0,
           "%#x sorts", cases[i].number);
        buffer_clear(&before);
        buffer_append(&before, buffer.data, buffer.length);
    }
    buffer_release(&before);
    buffer_release(&buffer);
}

int main(void)
{
    static const struct glass_statistics nothing;
    struct made made;

    folder_make("glass-test");
    begin(&made, "nothing");
    begin_table(&made, GLASS_POSTLIST);
    end_table(&made, GLASS_POSTLIST);
    xapian_database_free(finish(&made, &nothing));
    test_items(1, 60);
    test_items(10, 9000);
    test_items(300, 200000);
    test_items(20000, 3000);
    test_postings();
    test_sortable();
    folder_remove();
    return tap_done();
}
