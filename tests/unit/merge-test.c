/* SPDX-License-Identifier: GPL-2.0-or-later */
/* index/merge.h and its policy: an index that was written in many runs, with
 * deletions, and compacted, holds what one run over what is left makes: the
 * same items in its tables, the same words in its forward index, the same
 * records. */
#include <config.h>

#include "index/compact.h"
#include "index/merge_policy.h"

#include "index/disk.h"
#include "index/forward.h"
#include "index/glass/format.h"
#include "index/glass/scan.h"
#include "index/manifest.h"
#include "index/reader.h"
#include "index/schema.h"
#include "index/writer.h"
#include "tests/folder.h"
#include "tests/tap.h"

#include <stdio.h>
#include <stdlib.h>

#define ANALYZER "test 1"

/* The same numbers in every run. */
static uint32_t random_number(uint64_t *state, uint32_t below)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (uint32_t)((*state >> 16) % below);
}

/* A stem is a word's first two letters, its key the word without its last. */
static enum status short_forms(void *context, struct bytes word,
                               struct bytes language, struct word_forms *forms,
                               struct failure *failure)
{
    (void)context;
    (void)language;
    (void)failure;
    forms->stem = (struct bytes){word.data, word.length < 2 ? word.length : 2};
    forms->key = (struct bytes){word.data, word.length - (word.length > 3)};
    return STATUS_OK;
}

/* How the documents of a comparison look; each follows from its number. */
struct shape {
    const char *name;
    uint32_t n_documents;
    uint32_t n_paragraphs; /* of one, at most */
    uint32_t n_words;      /* of one, at most */
    uint32_t n_distinct;
    uint32_t text;    /* bytes of text, at most */
    uint32_t run;     /* documents of one run, at most */
    uint32_t removed; /* one document in so many; 0: none */
    bool portable;
};

static bool is_removed(const struct shape *shape, uint32_t document)
{
    return shape->removed &&
           (document * UINT32_C(2654435761) >> 7) % shape->removed == 0;
}

static bool add_paragraph(struct writer_part *part, const struct shape *shape,
                          uint64_t *state, struct bytes name, uint32_t ordinal)
{
    static char text[1 << 16];
    struct paragraph paragraph = {.document = name,
                                  .path = name,
                                  .date = bytes_of("2004-12"),
                                  .kind = bytes_of("body"),
                                  .language = bytes_of("en"),
                                  .ordinal = ordinal};
    uint32_t length = random_number(state, shape->text + 1);
    uint32_t n = random_number(state, shape->n_words + 1), position = 0;
    bool good;

    for (uint32_t i = 0; i < length; i++)
        text[i] = (char)('a' + random_number(state, 26));
    paragraph.text = (struct bytes){text, length};
    good = writer_part_begin_paragraph(part, &paragraph, NULL) == STATUS_OK;
    for (uint32_t i = 0; good && i < n; i++) {
        char word[32];
        uint32_t square = random_number(state, shape->n_distinct);
        int size = snprintf(word, sizeof word, "w%u",
                            square * square / shape->n_distinct);
        bool beside = position && random_number(state, 9) == 0;

        position += beside ? 0 : 1 + (random_number(state, 9) == 0);
        good = writer_part_add_word(part, (struct bytes){word, (size_t)size},
                                    position, !beside, NULL) == STATUS_OK;
    }
    return good && writer_part_end_paragraph(part, NULL) == STATUS_OK;
}

static bool add_document(struct writer *writer, const struct shape *shape,
                         uint32_t document)
{
    uint64_t state = UINT64_C(88172645463325252) + document;
    struct writer_part *part = NULL;
    char name[32];
    bool good =
        writer_part_new(writer_options(writer), &part, NULL) == STATUS_OK;
    uint32_t n;

    for (int i = 0; i < 9; i++)
        (void)random_number(&state, 2);
    n = random_number(&state, shape->n_paragraphs) + 1;
    snprintf(name, sizeof name, "d%u", document);
    for (uint32_t i = 0; good && i < n; i++)
        good = add_paragraph(part, shape, &state, bytes_of(name), i + 1);
    good = good && writer_take(writer, part, NULL) == STATUS_OK;
    writer_part_free(part);
    return good;
}

static struct writer *begin(const char *path, const struct shape *shape)
{
    const struct writer_options options = {.analyzer = ANALYZER,
                                           .forms = short_forms,
                                           .portable = shape->portable};
    struct writer *writer = NULL;

    return writer_open(path, &options, &writer, NULL) == STATUS_OK ? writer
                                                                   : NULL;
}

/* Write all documents in runs, each removing some of those before; and as they
 * come, what is left in one run. */
static bool write_both(const struct shape *shape, const char *many,
                       const char *one)
{
    struct writer *single = begin(one, shape);
    uint64_t state = 7;
    uint32_t document = 0, removed = 0;
    bool good = single != NULL;

    while (good && document < shape->n_documents) {
        struct writer *writer = begin(many, shape);
        uint32_t end = document + 1 + random_number(&state, shape->run);

        good = writer != NULL;
        for (; good && removed < document; removed++) {
            char name[32];
            uint32_t n = 1;

            snprintf(name, sizeof name, "d%u", removed);
            if (is_removed(shape, removed))
                good = writer_remove_document(writer, bytes_of(name), &n,
                                              NULL) == STATUS_OK &&
                       n > 0;
        }
        for (; good && document < end && document < shape->n_documents;
             document++)
            good = add_document(writer, shape, document);
        good = good && writer_commit(writer, NULL) == STATUS_OK &&
               writer_merge(writer, NULL) == STATUS_OK;
        writer_free(writer);
    }
    for (uint32_t i = 0; good && i < shape->n_documents; i++)
        if (i >= removed || !is_removed(shape, i))
            good = add_document(single, shape, i);
    good = good && writer_commit(single, NULL) == STATUS_OK;
    writer_free(single);
    return good;
}

static void segment_of(const char *path, char *segment, size_t size)
{
    struct manifest manifest;
    char name[SEGMENT_NAME_MAX] = "";

    if (manifest_read(path, &manifest, NULL) == STATUS_OK &&
        manifest.n_segments == 1)
        segment_name(name, manifest.segments[0].number);
    manifest_release(&manifest);
    snprintf(segment, size, "%s/%s", path, name);
}

/* Whether KEY may differ: where records are, and, where documents were removed,
 * what their numbers are. */
static bool may_differ(const struct shape *shape, struct bytes key)
{
    unsigned char kind =
        key.length > 1 && key.data[0] == '\0' ? (unsigned char)key.data[1] : 0;
    unsigned slot = key.length > 2 ? (unsigned char)key.data[2] : 0;

    return (kind == 0xD0 || kind == 0xD8) &&
           (slot == VALUE_BLOCK || (slot == VALUE_ORDER && shape->removed));
}

static bool next_item(const struct shape *shape, struct glass_scan *scan,
                      struct glass_scanned *item, bool *more)
{
    do
        if (glass_scan_next(scan, item, more, NULL) != STATUS_OK)
            return false;
    while (*more && may_differ(shape, item->key));
    return true;
}

static void compare_tables(const struct shape *shape, const char *a,
                           const char *b, enum glass_table_kind kind)
{
    struct glass_scan *scan_a = NULL, *scan_b = NULL;
    struct glass_scanned item_a, item_b;
    bool more_a = false, more_b = false, same = true;
    size_t n = 0;

    same = glass_scan_open(a, kind, &scan_a, NULL) == STATUS_OK &&
           glass_scan_open(b, kind, &scan_b, NULL) == STATUS_OK;
    do {
        same = same && next_item(shape, scan_a, &item_a, &more_a) &&
               next_item(shape, scan_b, &item_b, &more_b) && more_a == more_b;
        if (same && more_a)
            same = bytes_equal(item_a.key, item_b.key) &&
                   bytes_equal(item_a.tag, item_b.tag);
        n++;
    } while (same && more_a);
    ok(same, "%s: the same %s (%zu items)", shape->name, glass_table_name(kind),
       n);
    glass_scan_free(scan_a);
    glass_scan_free(scan_b);
}

/* The words of a forward index by number. */
static struct bytes *words_of(const struct forward *forward, size_t *n)
{
    struct forward_words words = {.place = 0};
    struct bytes *list = calloc(100001, sizeof *list);
    bool more = true;

    *n = 100001;
    while (list && forward_next_word(forward, &words, &more) && more)
        for (size_t i = 0; i < words.n_numbers; i++)
            if (words.numbers[i] < *n)
                list[words.numbers[i]] = words.word;
    forward_words_release(&words);
    return list;
}

static void compare_forward(const struct shape *shape, const char *a,
                            const char *b, uint32_t n_paragraphs)
{
    struct forward *one = NULL, *other = NULL;
    struct forward_tokens tokens = {.paragraph = 0}, wanted = {.paragraph = 0};
    struct bytes *words = NULL, *wanted_words = NULL;
    size_t n, n_tokens = 0;
    bool same = forward_open(a, NULL, &one, NULL) == STATUS_OK &&
                forward_open(b, NULL, &other, NULL) == STATUS_OK && one &&
                other;

    if (same) {
        words = words_of(one, &n);
        wanted_words = words_of(other, &n);
    }
    for (uint32_t i = 1; same && i <= n_paragraphs; i++) {
        same = forward_tokens(one, i, &tokens) &&
               forward_tokens(other, i, &wanted);
        while (same && forward_next(&wanted)) {
            n_tokens++;
            same =
                forward_next(&tokens) && tokens.position == wanted.position &&
                tokens.number < n && wanted.number < n &&
                bytes_equal(words[tokens.number], wanted_words[wanted.number]);
        }
        same = same && !forward_next(&tokens) && tokens.at == tokens.end;
    }
    ok(same, "%s: the same words in order (%zu)", shape->name, n_tokens);
    free(words);
    free(wanted_words);
    forward_close(one);
    forward_close(other);
}

static void compare_records(const struct shape *shape, const char *a,
                            const char *b, uint32_t *n_paragraphs)
{
    struct reader *one = NULL, *other = NULL;
    struct reader_facts facts = {0}, wanted = {0};
    bool same = reader_open(&a, 1, ANALYZER, &one, NULL) == STATUS_OK &&
                reader_open(&b, 1, ANALYZER, &other, NULL) == STATUS_OK &&
                reader_facts(one, &facts, NULL) == STATUS_OK &&
                reader_facts(other, &wanted, NULL) == STATUS_OK;

    ok(same && facts.n_paragraphs == wanted.n_paragraphs &&
           facts.n_documents == wanted.n_documents && facts.n_deleted == 0 &&
           facts.average_length >= wanted.average_length &&
           facts.average_length <= wanted.average_length,
       "%s: %u paragraphs of %u documents", shape->name, facts.n_paragraphs,
       facts.n_documents);
    *n_paragraphs = facts.n_paragraphs;
    for (uint32_t i = 1; same && i <= facts.n_paragraphs; i++) {
        struct paragraph paragraph, expected;

        same = reader_paragraph(one, i, &paragraph, NULL) == STATUS_OK &&
               reader_paragraph(other, i, &expected, NULL) == STATUS_OK &&
               bytes_equal(paragraph.text, expected.text) &&
               bytes_equal(paragraph.document, expected.document) &&
               paragraph.ordinal == expected.ordinal;
    }
    ok(same, "%s: the same records", shape->name);
    reader_close(one);
    reader_close(other);
}

static void compare(const struct shape *shape)
{
    char many[128], one[128], segment[256], wanted[256];
    struct compact_facts facts;
    struct failure failure = {.message = ""};
    enum status status;
    uint32_t n_paragraphs = 0;

    snprintf(many, sizeof many, "%s/%s", folder, shape->name);
    snprintf(one, sizeof one, "%s/%s-one", folder, shape->name);
    ok(write_both(shape, many, one), "%s: written twice", shape->name);
    status = index_compact(many, 0, &facts, &failure);
    ok(status == STATUS_OK && facts.n_segments == 1,
       "%s: %zu segments become one %s", shape->name, facts.n_segments_before,
       failure.message);
    compare_records(shape, many, one, &n_paragraphs);
    segment_of(many, segment, sizeof segment);
    segment_of(one, wanted, sizeof wanted);
    compare_tables(shape, segment, wanted, GLASS_POSTLIST);
    compare_tables(shape, segment, wanted, GLASS_POSITION);
    if (!shape->portable)
        compare_forward(shape, segment, wanted, n_paragraphs);
}

/* After each of many commits few segments are left. */
static void test_number(void)
{
    const struct shape shape = {"few", 400, 1, 5, 50, 10, 1, 0, false};
    char path[128];
    size_t most = 0;
    bool good = true;

    snprintf(path, sizeof path, "%s/number", folder);
    for (uint32_t i = 0; good && i < shape.n_documents; i++) {
        struct manifest manifest;
        struct writer *writer = begin(path, &shape);

        good = writer && add_document(writer, &shape, i) &&
               writer_commit(writer, NULL) == STATUS_OK &&
               writer_merge(writer, NULL) == STATUS_OK;
        writer_free(writer);
        good = good && manifest_read(path, &manifest, NULL) == STATUS_OK;
        if (good && manifest.n_segments > most)
            most = manifest.n_segments;
        if (good)
            manifest_release(&manifest);
    }
    ok(good && most <= 5, "%u runs leave at most %zu segments",
       shape.n_documents, most);
}

int main(void)
{
    static const struct shape shapes[] = {
        {"small", 40, 3, 20, 30, 100, 3, 0, false},
        {"holes", 60, 3, 20, 30, 100, 3, 3, false},
        {"portable", 60, 3, 20, 30, 100, 3, 3, true},
        {"large", 300, 6, 200, 20000, 4000, 60, 4, false},
        {"none", 30, 2, 9, 30, 50, 3, 1, false},
        {"wordless", 30, 2, 0, 30, 50, 3, 5, false},
    };

    folder_make("merge-test");
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        compare(&shapes[i]);
    test_number();
    folder_remove();
    return tap_done();
}
