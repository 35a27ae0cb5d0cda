/* SPDX-License-Identifier: GPL-2.0-or-later */
/* index/writer.h and index/reader.h together: what was written is found, in
 * order, over segments and indexes, and whatever went wrong leaves the index
 * as it was. */
#include <config.h>

#include "index/reader.h"
#include "index/writer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "index/disk.h"
#include "index/manifest.h"
#include "index/schema.h"
#include "tests/folder.h"
#include "tests/random.h"
#include "tests/small-index.h"
#include "tests/tap.h"

static char path_one[128], path_two[128];

static bool exists(const char *name)
{
    char path[256];

    snprintf(path, sizeof path, "%s/%s", path_one, name);
    return access(path, F_OK) == 0;
}

static void test_empty(void)
{
    struct reader *reader;
    struct reader_facts facts;
    char path[128];

    snprintf(path, sizeof path, "%s/empty/of/all", folder);
    commit(begin(path, &append));
    commit(begin(path, &append));
    reader = open_one(path);
    finds(reader, term("one"), "", 0, "an empty index has no words");
    finds(reader, query_all_new(), "", 0, "nor paragraphs");
    ok(reader_facts(reader, &facts, NULL) == STATUS_OK &&
           facts.n_paragraphs == 0 && facts.n_segments == 1 &&
           facts.average_length < 0.5,
       "nor facts");
    reader_close(reader);
}

static void test_operators(struct reader *reader)
{
    struct query_node *wide = query_node_new(QUERY_OR, 0);
    char word[16];

    finds(reader, term("fox"), "brown fox|red fox|the quick brown fox", 2,
          "a term");
    finds(reader, term("lynx"), "", 0, "no term");
    finds(reader, query_term_new(NULL, 0, 1), "", 0, "the empty term");
    finds(reader, query_node_new(QUERY_NOTHING, 0), "", 0, "nothing");
    finds(reader, query_all_new(),
          "the quick brown fox|brown fox|red fox|re-do the dog", 2, "all");
    finds(reader, two(QUERY_AND, 0, term("brown"), term("fox")),
          "brown fox|the quick brown fox", 1, "AND");
    finds(reader, two(QUERY_AND_NOT, 0, term("fox"), term("brown")), "red fox",
          1, "AND_NOT");
    finds(reader,
          query_add(two(QUERY_AND_NOT, 0, query_all_new(), term("brown")),
                    term("red")),
          "re-do the dog", 1, "AND_NOT of two");
    finds(reader, two(QUERY_XOR, 0, term("fox"), term("the")),
          "re-do the dog|brown fox|red fox", 2, "XOR");
    finds(reader, two(QUERY_FILTER, 0, query_all_new(), term("XDdoc1")),
          "the quick brown fox|brown fox", 1, "FILTER by document");
    finds(reader, two(QUERY_AND_MAYBE, 0, term("fox"), term("red")),
          "red fox|brown fox|the quick brown fox", 2, "AND_MAYBE");
    finds(reader, two(QUERY_PHRASE, 0, term("quick"), term("brown")),
          "the quick brown fox", 1, "PHRASE");
    finds(reader, two(QUERY_PHRASE, 0, term("brown"), term("quick")), "", 0,
          "PHRASE in another order");
    finds(reader,
          two(QUERY_PHRASE, 0, two(QUERY_OR, 0, term("brown"), term("red")),
              term("fox")),
          "red fox|brown fox|the quick brown fox", 2, "PHRASE of an OR");
    finds(reader,
          two(QUERY_PHRASE, 0, term("brown"), query_node_new(QUERY_NOTHING, 0)),
          "", 0, "PHRASE with nothing in it");
    finds(reader, two(QUERY_NEAR, 3, term("brown"), term("the")),
          "the quick brown fox", 1, "NEAR");
    finds(reader, two(QUERY_SYNONYM, 0, term("red"), term("dog")),
          "red fox|re-do the dog", 1, "SYNONYM");
    finds(reader, term("Zqui"), "the quick brown fox", 1, "a stem");
    finds(reader, term("Zred"), "re-do the dog|red fox", 1,
          "the stem of a compound");
    finds(reader, term("XVredo\tre-do"), "re-do the dog", 1, "a spelling");
    finds(reader, term("M200412"),
          "the quick brown fox|brown fox|red fox|re-do the dog", 2, "a month");
    finds(reader, term("D20041200"), "", 0, "no day");
    for (int i = 0; i < 10000; i++) {
        snprintf(word, sizeof word, "w%d", i);
        wide = query_add(wide, term(word));
    }
    finds(reader, query_add(wide, term("quick")), "the quick brown fox", 1,
          "a wide OR");
}

static bool append_term(void *context, struct bytes name, uint32_t n_paragraphs)
{
    struct buffer *names = context;

    buffer_append(names, name.data, name.length);
    buffer_append_format(names, "=%u ", n_paragraphs);
    return names->length < 20;
}

static void test_vocabulary(struct reader *reader)
{
    struct buffer names = BUFFER_EMPTY;
    uint32_t frequency = 7, *ids = NULL;
    size_t n_ids = 7;
    struct reader_facts facts;

    ok(reader_frequency(reader, bytes_of("fox"), &frequency, NULL) ==
               STATUS_OK &&
           frequency == 3,
       "a frequency");
    ok(reader_frequency(reader, bytes_of("fo"), &frequency, NULL) ==
               STATUS_OK &&
           frequency == 0,
       "none");
    ok(reader_terms(reader, bytes_of("re"), append_term, &names, NULL) ==
           STATUS_OK,
       "terms");
    is_bytes(buffer_bytes(&names), "re-do=1 red=1 ", "with a prefix");
    buffer_clear(&names);
    reader_terms(reader, bytes_of("XD"), append_term, &names, NULL);
    is_bytes(buffer_bytes(&names), "XDdoc1=2 XDdoc2=2 ", "documents");
    ok(reader_postings(reader, bytes_of("XDdoc2"), &ids, &n_ids, NULL) ==
               STATUS_OK &&
           n_ids == 2,
       "the paragraphs of a document");
    free(ids);
    ok(reader_postings(reader, bytes_of("XDdoc"), &ids, &n_ids, NULL) ==
               STATUS_OK &&
           n_ids == 0 && !ids,
       "of none");
    ok(reader_facts(reader, &facts, NULL) == STATUS_OK &&
           facts.n_paragraphs == 4 && facts.n_documents == 2 &&
           facts.schema == SCHEMA_VERSION && facts.size > 1000 &&
           strcmp(facts.analyzer, ANALYZER) == 0,
       "facts");
    ok(facts.average_length > 2.74 && facts.average_length < 2.76,
       "the average length counts words, not stems nor compounds");
    buffer_release(&names);
}

static void write_first(void)
{
    struct writer *writer = begin(path_one, &append);

    ok(add(writer, "doc1", 1, "the quick brown fox") &&
           add(writer, "doc1", 2, "brown fox") &&
           add(writer, "doc2", 1, "red fox") &&
           add(writer, "doc2", 2, "re-do the dog"),
       "four paragraphs");
    ok(writer_n_paragraphs(writer) == 4 && writer_n_documents(writer) == 2,
       "are counted");
    commit(writer);
}

static void test_round_trip(void)
{
    struct reader *reader;
    struct paragraph paragraph;
    struct failure failure;

    write_first();
    reader = open_one(path_one);
    test_operators(reader);
    test_vocabulary(reader);
    ok(reader_paragraph(reader, 4, &paragraph, &failure) == STATUS_OK &&
           paragraph.document_number == 2 && paragraph.ordinal == 2 &&
           paragraph.n_places == 1 && paragraph.places[0].source == 7,
       "a paragraph is what was written");
    ok(reader_paragraph(reader, 99, &paragraph, &failure) == STATUS_CORRUPT,
       "none is none");
    ok(reader_paragraph(reader, 0, &paragraph, &failure) != STATUS_OK,
       "nor is 0");
    reader_close(reader);
}

static void test_counts(struct reader *reader)
{
    struct query_node *all = query_all_new();
    struct matches matches;
    struct search_options options = {
        .offset = 0, .limit = 0, .count = SIZE_MAX};

    ok(reader_search(reader, all, &options, &matches, NULL) == STATUS_OK &&
           matches.n_items == 0 && matches.n_paragraphs == 6 && matches.exact &&
           matches.n_documents == 3,
       "only counted");
    matches_release(&matches);
    options.count = 6;
    ok(reader_search(reader, all, &options, &matches, NULL) == STATUS_OK &&
           matches.n_paragraphs == 6 && matches.exact,
       "up to just so many");
    matches_release(&matches);
    options.count = 5;
    ok(reader_search(reader, all, &options, &matches, NULL) == STATUS_OK &&
           matches.n_paragraphs == 5 && !matches.exact,
       "up to fewer");
    matches_release(&matches);
    options = (struct search_options){.offset = 4, .limit = 100, .count = 0};
    ok(reader_search(reader, all, &options, &matches, NULL) == STATUS_OK &&
           matches.n_items == 2,
       "an offset");
    matches_release(&matches);
    options =
        (struct search_options){.offset = 2, .limit = 3, .count = SIZE_MAX};
    ok(reader_search(reader, all, &options, &matches, NULL) == STATUS_OK &&
           matches.n_items == 3 && matches.n_paragraphs == 6,
       "an offset and a limit");
    matches_release(&matches);
    options = (struct search_options){
        .offset = SIZE_MAX, .limit = SIZE_MAX, .count = SIZE_MAX};
    ok(reader_search(reader, all, &options, &matches, NULL) == STATUS_OK &&
           matches.n_items == 0 && matches.n_paragraphs == 6,
       "numbers as large as they get");
    matches_release(&matches);
    query_free(all);
}

static void test_segments(void)
{
    struct writer *writer = begin(path_one, &append);
    struct reader *reader;
    uint32_t *ids;
    size_t n_ids;

    ok(add(writer, "doc3", 1, "red fox") && add(writer, "doc3", 2, "fox red"),
       "a second segment");
    commit(writer);
    reader = open_one(path_one);
    finds(reader, term("red"), "red fox|red fox|fox red", 2,
          "ties are in document order over segments");
    finds(reader, query_all_new(),
          "the quick brown fox|brown fox|red fox|re-do the dog|red fox|fox red",
          3, "all of them");
    ok(reader_postings(reader, bytes_of("Tbody"), &ids, &n_ids, NULL) ==
               STATUS_OK &&
           n_ids == 6 && ids[0] == 1 && ids[1] == 3 && ids[4] == 2 &&
           ids[5] == 4,
       "so are postings");
    free(ids);
    test_counts(reader);
    reader_close(reader);
    writer = begin(path_one, &append);
    commit(writer);
    ok(!exists("segment-000003"), "an empty run adds no segment");
}

static void test_several_indexes(void)
{
    struct writer *writer = begin(path_two, &append);
    struct reader *reader;

    ok(add(writer, "other", 1, "a hen") && add(writer, "other", 2, "the hen"),
       "a second index");
    commit(writer);
    reader = open_reader((const char *const[]){path_one, path_two}, 2);
    finds(reader, two(QUERY_OR, 0, term("quick"), term("hen")),
          "the quick brown fox|a hen|the hen", 2, "two indexes at once");
    reader_close(reader);
    reader = open_reader((const char *const[]){path_two, path_two}, 2);
    finds(reader, term("the"), "the hen|the hen", 2,
          "documents of two indexes differ");
    reader_close(reader);
}

/* A bound of a byte makes each paragraph a segment. */
static void test_memory(void)
{
    struct writer_options tight = append;
    struct writer *writer;
    struct reader *reader;
    struct reader_facts facts;
    char path[128];

    tight.memory = 1;
    snprintf(path, sizeof path, "%s/tight", folder);
    writer = begin(path, &tight);
    ok(add(writer, "doc1", 1, "one fox") && add(writer, "doc1", 2, "two fox") &&
           add(writer, "doc2", 1, "red fox") &&
           writer_n_paragraphs(writer) == 3 && writer_n_documents(writer) == 2,
       "little memory");
    commit(writer);
    reader = open_one(path);
    finds(reader, term("fox"), "one fox|two fox|red fox", 2,
          "a document goes on in the next segment");
    ok(reader_facts(reader, &facts, NULL) == STATUS_OK &&
           facts.n_segments == 3 && facts.n_paragraphs == 3 &&
           facts.n_documents == 2 && facts.average_length > 1.99 &&
           facts.average_length < 2.01,
       "a paragraph a segment");
    reader_close(reader);
    writer = begin(path, &tight);
    ok(add(writer, "doc3", 1, "lost fox") && add(writer, "doc3", 2, "fox"),
       "two more");
    writer_free(writer);
    reader = open_one(path);
    finds(reader, term("fox"), "one fox|two fox|red fox", 2,
          "are not there without a commit");
    reader_close(reader);
}

static void test_lock(void)
{
    struct writer *writer = begin(path_one, &append), *second;
    struct failure failure;
    char pid[32];

    snprintf(pid, sizeof pid, "process %ld", (long)getpid());
    ok(writer_open(path_one, &append, &second, &failure) == STATUS_LOCKED &&
           !second,
       "there is one writer");
    ok(strstr(failure.message, pid), "and its process is named");
    writer_free(writer);
    writer_free(begin(path_one, &append));
}

static void test_abandon(void)
{
    struct writer *writer = begin(path_one, &append);
    struct reader *reader;
    char path[256];

    ok(add(writer, "doc9", 1, "a lost fox") && exists("segment-000003"),
       "a segment that will not be");
    writer_free(writer);
    ok(!exists("segment-000003"), "is removed");

    /* What a run that was killed leaves. */
    snprintf(path, sizeof path, "%s/segment-000003", path_one);
    disk_make_folders(path, NULL);
    disk_replace(path, "postlist.glass", bytes_of("half"), NULL);
    reader = open_one(path_one);
    finds(reader, term("lost"), "", 0, "a leftover is not read");
    reader_close(reader);
    writer_free(begin(path_one, &append));
    ok(!exists("segment-000003") && exists("segment-000002"),
       "the next writer removes it");
}

static void refuses(enum status wanted, const char *path, const char *message)
{
    struct reader *reader;
    struct failure failure = {.message = ""};
    enum status status = reader_open((const char *const[]){path}, 1, ANALYZER,
                                     &reader, &failure);

    ok(status == wanted && !reader && strstr(failure.message, message),
       "reading: %s", failure.message);
    reader_close(reader);
}

/* What a first run that was killed leaves is nobody's index. */
static void test_begun(void)
{
    struct writer *writer;
    struct reader *reader;
    char path[256], inner[300];

    snprintf(path, sizeof path, "%s/begun", folder);
    writer = begin(path, &append);
    ok(add(writer, "doc", 1, "a first fox") && manifest_begun(path) == 1,
       "an index is begun");
    refuses(STATUS_NO_INDEX, path, "was begun");
    writer_free(writer);
    refuses(STATUS_NO_INDEX, path, "was begun");
    snprintf(inner, sizeof inner, "%s/segment-000001", path);
    disk_make_folders(inner, NULL);
    disk_replace(inner, "postlist.glass", bytes_of("half"), NULL);
    writer = begin(path, &append);
    ok(access(inner, F_OK) != 0, "the leftover is removed");
    ok(add(writer, "doc", 1, "a second fox"), "the next run");
    commit(writer);
    reader = open_one(path);
    finds(reader, term("fox"), "a second fox", 1, "goes on");
    reader_close(reader);
}

static void test_replace(void)
{
    struct reader *before = open_one(path_one), *after;
    struct writer *writer = begin(path_one, &replace);

    ok(add(writer, "new", 1, "new fox"), "an index anew");
    commit(writer);
    ok(!exists("segment-000001") && !exists("segment-000002") &&
           exists("segment-000003"),
       "the old segments are gone");
    finds(before, term("brown"), "brown fox|the quick brown fox", 1,
          "who has them open goes on");
    reader_close(before);
    after = open_one(path_one);
    finds(after, term("fox"), "new fox", 1, "the new one is read");
    reader_close(after);
}

static void refuses_writing(enum status wanted, const char *path,
                            const struct writer_options *options,
                            const char *message)
{
    struct writer *writer;
    struct failure failure = {.message = ""};
    enum status status = writer_open(path, options, &writer, &failure);

    ok(status == wanted && !writer && strstr(failure.message, message),
       "writing: %s", failure.message);
    writer_free(writer);
}

static void put_manifest(const char *path, const char *text)
{
    struct buffer whole = BUFFER_EMPTY;

    buffer_append_string(&whole, text);
    if (text[strlen(text) - 1] == '\n')
        buffer_append_format(&whole, "# end %016jx\n",
                             (uintmax_t)content_hash(bytes_of(text)));
    disk_make_folders(path, NULL);
    ok(disk_replace(path, SCHEMA_MANIFEST, buffer_bytes(&whole), NULL) ==
           STATUS_OK,
       "a manifest by hand");
    buffer_release(&whole);
}

static void test_refusals(void)
{
    struct writer_options other = append;
    char path[256], inner[300];

    snprintf(path, sizeof path, "%s/nowhere", folder);
    refuses(STATUS_NO_INDEX, path, "there is no index at");
    snprintf(path, sizeof path, "%s/files", folder);
    disk_make_folders(path, NULL);
    refuses(STATUS_NO_INDEX, path, "is not an index");
    disk_replace(path, "letter.txt", bytes_of("Dear sir"), NULL);
    refuses_writing(STATUS_IO, path, &append, "not an index and not empty");
    refuses_writing(STATUS_IO, path, &replace, "not an index and not empty");
    snprintf(inner, sizeof inner, "%s/letter.txt", path);
    refuses(STATUS_NO_INDEX, inner, "is not an index");
    refuses_writing(STATUS_IO, inner, &append, "is not a folder");
    snprintf(inner, sizeof inner, "%s/lock", path);
    ok(access(inner, F_OK) != 0, "no lock is left there");

    other.analyzer = "test 2";
    refuses_writing(STATUS_SCHEMA, path_one, &other, "'test 2'");

    snprintf(path, sizeof path, "%s/later", folder);
    put_manifest(path, "# pilcrow 3\n");
    refuses(STATUS_SCHEMA, path, "has schema 3, this program reads 2");
    refuses_writing(STATUS_SCHEMA, path, &append, "has schema 3");
    commit(begin(path, &replace));
    reader_close(open_one(path));

    snprintf(path, sizeof path, "%s/lacking", folder);
    put_manifest(path, "# pilcrow 2\n# analyzer " ANALYZER "\n"
                       "# generation 1\n"
                       "# next-segment 3\n# next-document 6\n"
                       "auto segment-000002\n"
                       "# file segment-000002/sums.pilcrow 10 "
                       "0123456789abcdef\n");
    refuses(STATUS_CORRUPT, path, "lacks a file");
    snprintf(path, sizeof path, "%s/other", folder);
    put_manifest(path, "# pilcrow 2\n# analyzer test 2\n"
                       "# generation 1\n"
                       "# next-segment 3\n# next-document 6\n"
                       "auto segment-000002\n"
                       "# file segment-000002/sums.pilcrow 10 "
                       "0123456789abcdef\n");
    refuses(STATUS_SCHEMA, path, "written with the analyzer 'test 2'");
    snprintf(path, sizeof path, "%s/torn", folder);
    put_manifest(path, "# pilcrow 2\n# analyzer");
    refuses(STATUS_CORRUPT, path, "not whole");
    refuses_writing(STATUS_CORRUPT, path, &append, "not whole");
    commit(begin(path, &replace));
}

/* Paragraphs in any order, of many blocks of records and of one that has a
 * block to itself, as we read them and as Xapian does. */
static void test_fetching(void)
{
    enum { N = 3000, LARGE = 200000 };
    char path[256], segment[512], text[64];
    struct reader *ours, *xapians;
    struct paragraph one, other;
    struct writer *writer;
    char *large = malloc(LARGE + 1);
    bool good = large != NULL;

    for (size_t i = 0; good && i < LARGE; i++)
        large[i] = i % 8 ? 'x' : ' ';
    if (large)
        large[LARGE] = '\0';
    snprintf(path, sizeof path, "%s/fetching", folder);
    snprintf(segment, sizeof segment, "%s/segment-000001", path);
    writer = begin(path, &(struct writer_options){.analyzer = ANALYZER});
    for (uint32_t i = 1; good && i <= N; i++) {
        snprintf(text, sizeof text, "number %u and %u", i, random_number(1000));
        good = add(writer, i > N / 2 ? "second" : "first", i,
                   i == N / 3 ? large : text);
    }
    commit(writer);
    ours = open_one(path);
    xapians = open_one(segment);
    for (uint32_t i = 1; good && i <= 2 * N; i++) {
        uint32_t id = i > N ? N - (i - N - 1) : 1 + random_number(N);

        good = reader_paragraph(ours, id, &one, NULL) == STATUS_OK &&
               reader_paragraph(xapians, id, &other, NULL) == STATUS_OK &&
               one.ordinal == id && other.ordinal == id &&
               one.document_number == other.document_number &&
               bytes_equal(one.document, other.document) &&
               bytes_equal(one.text, other.text);
    }
    ok(good, "paragraphs in any order, read by us and by Xapian");
    reader_close(ours);
    reader_close(xapians);
    free(large);
}

static void test_plain(void)
{
    char path[256];
    struct reader *reader;

    snprintf(path, sizeof path, "%s/segment-000001", path_two);
    reader = open_one(path);
    finds(reader, term("hen"), "a hen|the hen", 1, "a segment by itself");
    reader_close(reader);
    snprintf(path, sizeof path, "%s/XAPIANDB", path_two);
    reader = open_one(path);
    finds(reader, term("hen"), "a hen|the hen", 1, "a stub file");
    reader_close(reader);
}

static void test_long_path(void)
{
    char longest[5000];
    struct writer *writer = begin(path_two, &append);
    struct reader *reader;
    uint32_t n = 0;

    memset(longest, 'p', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    ok(add(writer, longest, 1, "hen hen"), "a path longer than a term");
    commit(writer);
    reader = open_one(path_two);
    finds(reader, term("hen"), "hen hen|a hen|the hen", 2, "is indexed");
    reader_close(reader);
    writer = begin(path_two, &append);
    ok(writer_remove_path(writer, bytes_of(longest), &n, NULL) == STATUS_OK &&
           n == 1,
       "and known again");
    writer_free(writer);
}

int main(void)
{
    folder_make("index-test");
    snprintf(path_one, sizeof path_one, "%s/one", folder);
    snprintf(path_two, sizeof path_two, "%s/two", folder);
    test_empty();
    test_round_trip();
    test_segments();
    test_several_indexes();
    test_memory();
    test_fetching();
    test_plain();
    test_lock();
    test_abandon();
    test_begun();
    test_replace();
    test_refusals();
    test_long_path();
    folder_remove();
    return tap_done();
}
