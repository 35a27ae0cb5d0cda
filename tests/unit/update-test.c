/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an update does to an index: files that are known, documents that are
 * removed, and a reader that stays open meanwhile. */
#include <config.h>

#include "index/reader.h"
#include "index/writer.h"

#include "base/buffer.h"
#include "tests/folder.h"
#include "tests/small-index.h"
#include "tests/tap.h"

#include <stdint.h>
#include <stdio.h>

static char path[128];

static const struct file_facts file_b = {.path = {"b", 1},
                                         .size = 5,
                                         .modified = -3,
                                         .hash = {1, UINT64_MAX},
                                         .state = FILE_PARTIAL,
                                         .note = {"why", 3}};

static void set_file_a(struct writer *writer, uint64_t size, const char *name)
{
    struct file_facts facts = file_b;

    facts.path = bytes_of("a/x");
    facts.size = size;
    ok(writer_set_file(writer, &facts, NULL) == STATUS_OK, "%s", name);
}

static void write_first(void)
{
    struct writer *writer = begin(path, &append);

    ok(add(writer, "a", 0, "one two") && add(writer, "a", 1, "two three") &&
           add(writer, "b", 0, "two four") && add(writer, "c", 0, "two"),
       "three documents");
    ok(writer_set_file(writer, &file_b, NULL) == STATUS_OK, "a file");
    set_file_a(writer, 5, "another");
    commit(writer);
}

/* What is known of files, and forgetting one. */
static void test_files(struct writer *writer)
{
    const struct file_facts *known;

    ok(writer_file(writer, bytes_of("b"), &known) && known->size == 5 &&
           known->modified == -3 && known->hash[1] == UINT64_MAX &&
           known->state == FILE_PARTIAL &&
           bytes_equal(known->note, bytes_of("why")),
       "is known");
    ok(!writer_file(writer, bytes_of("c"), &known) && !known, "no other is");
    set_file_a(writer, 6, "one changed");
    ok(writer_forget_file(writer, bytes_of("b"), NULL) == STATUS_OK &&
           writer_forget_file(writer, bytes_of("z"), NULL) == STATUS_OK,
       "one forgotten");
}

static void test_removal(struct writer *writer)
{
    uint32_t n;

    ok(writer_remove_path(writer, bytes_of("a"), &n, NULL) == STATUS_OK &&
           n == 2,
       "remove a file");
    ok(writer_remove_document(writer, bytes_of("a"), &n, NULL) == STATUS_OK &&
           n == 0,
       "only once");
    ok(writer_remove_document(writer, bytes_of("c"), &n, NULL) == STATUS_OK &&
           n == 1,
       "remove a document");
    ok(add(writer, "c", 0, "two five"), "and write it again");
}

/* READER was opened before two commits, of which WRITER makes the second. */
static void test_refresh(struct reader *reader, struct writer *writer)
{
    bool changed;

    finds(reader, term("two"), "two|one two|two three|two four", 3,
          "an open reader sees what was");
    ok(reader_refresh(reader, &changed, NULL) == STATUS_OK && changed,
       "until it is refreshed");
    finds(reader, term("two"), "two four|two five", 2, "what is now");
    commit(writer);
    ok(reader_refresh(reader, &changed, NULL) == STATUS_OK && changed,
       "and again");
    ok(reader_refresh(reader, &changed, NULL) == STATUS_OK && !changed,
       "nothing new");
}

/* What was removed is neither found nor counted. */
static void test_removed(struct reader *reader)
{
    struct reader_facts about;
    uint32_t n;

    finds(reader, term("six"), "six", 1, "what came after a commit");
    finds(reader, term("three"), "", 0, "nothing of what was removed");
    finds(reader, two(QUERY_OR, 0, term("one"), term("four")), "two four", 1,
          "in an OR");
    finds(reader, query_all_new(), "two four|two five|six", 3, "in ALL");
    ok(reader_frequency(reader, bytes_of("two"), &n, NULL) == STATUS_OK &&
           n == 2,
       "it does not count");
    ok(reader_frequency(reader, bytes_of("one"), &n, NULL) == STATUS_OK &&
           n == 0,
       "a word that only it had is none");
    ok(reader_facts(reader, &about, NULL) == STATUS_OK &&
           about.n_paragraphs == 3 && about.n_documents == 3 &&
           about.average_length > 1.66 && about.average_length < 1.67 &&
           about.n_deleted == 3,
       "nor in the facts");
}

static enum status name_file(void *context, const struct file_facts *facts,
                             struct failure *failure)
{
    struct buffer *names = context;

    (void)failure;
    buffer_append(names, facts->path.data, facts->path.length);
    buffer_append_byte(names, ' ');
    return STATUS_OK;
}

static void test_files_left(void)
{
    struct buffer names = BUFFER_EMPTY;
    struct writer *writer = begin(path, &append);

    ok(writer_each_file(writer, name_file, &names, NULL) == STATUS_OK,
       "all files");
    is_bytes(buffer_bytes(&names), "a/x ", "that are left");
    writer_free(writer);
    buffer_release(&names);
}

int main(void)
{
    struct writer *writer;
    struct reader *reader;

    folder_make("update-test");
    snprintf(path, sizeof path, "%s/updates", folder);
    write_first();
    reader = open_one(path);
    writer = begin(path, &append);
    test_files(writer);
    test_removal(writer);
    ok(writer_commit(writer, NULL) == STATUS_OK, "go on");
    ok(add(writer, "d", 0, "six"), "with another");
    test_refresh(reader, writer);
    test_removed(reader);
    reader_close(reader);
    test_files_left();
    folder_remove();
    return tap_done();
}
