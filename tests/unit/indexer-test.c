/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files into an index by several threads, some of whose workers crash and hang
 * (test-reader.c): what is said and counted is the same with any number of
 * threads, and the others are read. */
#include <config.h>

#include "src/document/indexer.h"

#include "base/buffer.h"
#include "src/text/lexicon.h"
#include "tests/folder.h"
#include "tests/tap.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

enum { N_FILES = 320 }; /* five batches */

static char program[PATH_MAX];
static struct lexicon *lexicon;

/* What is in file I, and what is said about it. */
static const struct {
    const char *content;
    const char *message;
} kinds[] = {
    {"{\\rtf a paragraph}", NULL},
    {"{\\rtf crash}", "crash"},
    {"A plain paragraph.\n", NULL},
    {"{\\rtf leave}", "crash"},
    {"{\\rtf another paragraph}", NULL},
    {"{\\rtf refuse}", "refuse"},
    {"{\"text\": \"one\"}\n{\"text\": \"two\"}\n{\n", "line 3"},
    {"\x7f"
     "ELF program",
     "a program"},
};
enum { N_KINDS = sizeof kinds / sizeof *kinds };

/* Only one, as it takes a second each time. */
static const char *content_of(unsigned i)
{
    return i == 7 ? "{\\rtf hang}" : kinds[i % N_KINDS].content;
}

static void make(const char *path, const char *content)
{
    FILE *file = fopen(path, "w");

    if (!file || fputs(content, file) < 0 || fclose(file) != 0)
        abort();
}

static void keep(void *context, const char *message)
{
    buffer_append_format(context, "%s\n", message);
}

/* Index all files by N_THREADS into the index FOLDER; what is said goes to
 * MESSAGES. */
static struct indexer_counts run(const char *index, size_t n_threads,
                                 struct buffer *messages)
{
    static const volatile sig_atomic_t never;
    const struct writer_options writing = {
        .analyzer = "test", .forms = indexer_forms, .forms_context = lexicon};
    const struct indexer_options options = {
        .language = "en",
        .n_threads = n_threads,
        .interrupted = &never,
        .worker = {.program = program, .seconds = 1},
        .warn = keep,
        .context = messages};
    static const char *const paths[] = {"files"};
    const struct changes_options finding = {.interrupted = &never};
    struct indexer_counts counts = {0};
    struct indexer *indexer = NULL;
    struct writer *writer = NULL;
    struct changes changes;
    bool good;

    good =
        writer_open(index, &writing, &writer, NULL) == STATUS_OK &&
        indexer_new(writer, &options, &indexer, NULL) == STATUS_OK &&
        changes_find(paths, 1, NULL, 0, &finding, &changes, NULL) == STATUS_OK;
    for (size_t i = 0; good && i < changes.n_items; i++)
        good = indexer_put(indexer, &changes.items[i], NULL) == STATUS_OK;
    ok(good && indexer_finish(indexer, NULL) == STATUS_OK &&
           writer_commit(writer, NULL) == STATUS_OK &&
           writer_merge(writer, NULL) == STATUS_OK,
       "%zu threads", n_threads);
    if (good)
        counts = indexer_counts(indexer);
    indexer_free(indexer);
    changes_release(&changes);
    writer_free(writer);
    return counts;
}

static void test_counts(const struct indexer_counts *counts)
{
    unsigned n_read = 0, n_failed = 0, n_partial = 0;

    for (unsigned i = 0; i < N_FILES; i++) {
        bool partial = i % N_KINDS == 6;

        n_partial += partial;
        if (i == 7 || (kinds[i % N_KINDS].message && !partial))
            n_failed++;
        else
            n_read++;
    }
    ok(counts->n_added == n_read, "%u files are read", n_read);
    ok(counts->n_partial == n_partial, "of these %u in part", n_partial);
    ok(counts->n_failed == n_failed, "%u files are not", n_failed);
    ok(counts->n_paragraphs == n_read + n_partial, "paragraphs");
    ok(counts->n_left == 0 && counts->n_replaced == 0 && counts->n_same == 0,
       "nothing else");
}

/* In the order of files, one about each that has one. */
static void test_messages(struct bytes messages)
{
    const char *at = messages.data, *end = at + messages.length;

    for (unsigned i = 0; i < N_FILES; i++) {
        const char *wanted = i == 7 ? "took" : kinds[i % N_KINDS].message;
        char name[32];
        const char *next =
            at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;

        if (!wanted)
            continue;
        snprintf(name, sizeof name, "files/%03u", i);
        ok(next && strncmp(at, name, strlen(name)) == 0 &&
               memmem(at, (size_t)(next - at), wanted, strlen(wanted)),
           "%s: %s", name, wanted);
        if (next)
            at = next + 1;
        /* Of a file in part two things are said. */
        if (i % N_KINDS == 6 && at < end)
            at = (const char *)memchr(at, '\n', (size_t)(end - at)) + 1;
    }
    ok(at == end, "nothing else is said");
}

int main(void)
{
    char path[32];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 32);
    char *slash = length > 0 ? memrchr(program, '/', (size_t)length) : program;
    struct buffer messages[2] = {BUFFER_EMPTY, BUFFER_EMPTY};
    struct indexer_counts counts[2];

    strcpy(slash ? slash + 1 : program, "test-reader");
    folder_make("indexer-test");
    if (chdir(folder) || mkdir("files", 0755) || lexicon_new(&lexicon, NULL))
        abort();
    for (unsigned i = 0; i < N_FILES; i++) {
        snprintf(path, sizeof path, "files/%03u", i);
        make(path, content_of(i));
    }
    counts[0] = run("one", 1, &messages[0]);
    counts[1] = run("four", 4, &messages[1]);
    test_counts(&counts[0]);
    test_counts(&counts[1]);
    test_messages(buffer_bytes(&messages[0]));
    ok(bytes_equal(buffer_bytes(&messages[0]), buffer_bytes(&messages[1])),
       "one thread says what four say");
    buffer_release(&messages[0]);
    buffer_release(&messages[1]);
    lexicon_free(lexicon);
    if (chdir("/"))
        return 1;
    folder_remove();
    return tap_done();
}
