/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The engine finds and marks what tests/reference.c says, for thousands of
 * queries over the shipped corpus and some paragraphs more: on a forward index,
 * on a portable one, and on several segments of which paragraphs are deleted.
 *
 *   reference-test                      1,500 queries for each of these
 *   reference-test INDEX [SEED [N]]     N queries from number SEED on for an
 *                                       index that is there
 *   reference-test -p INDEX [SEED [N]]  the same with phrases of two to six
 *                                       words
 *   reference-test INDEX QUERY          this query */
#include <config.h>

#include "src/document/indexer.h"
#include "src/document/structure.h"
#include "src/query/plan.h"
#include "src/result/spans.h"
#include "tests/folder.h"
#include "tests/generator.h"
#include "tests/tap.h"

#include <ctype.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    N_QUERIES = 1500,
    N_SHOWN = 5,     /* paragraphs of a disagreement */
    N_REPORTED = 20, /* disagreements */
    N_MARKED = 8,    /* paragraphs of a query of which marks are compared */
};

struct comparison {
    struct reference *reference;
    struct reader *reader;
    struct analyzer *analyzer;
    struct lexicon *lexicon;
    size_t *numbers; /* of paragraphs in the reference, by id */
    uint32_t last_id;
    size_t n_queries, n_found, n_refused, n_differ, n_paragraphs, n_marks;
};

/* What is asked. */
struct question {
    struct bytes query;
    uint64_t seed;
    bool all;
};

static void complain(struct comparison *comparison,
                     const struct question *question, const char *what)
{
    if (comparison->n_differ++ < N_REPORTED)
        printf("# seed %llu%s: %.*s\n#   %s\n",
               (unsigned long long)question->seed, question->all ? ", all" : "",
               (int)question->query.length, question->query.data, what);
}

static void show(const struct comparison *comparison, size_t number,
                 const char *who)
{
    const struct reference_paragraph *paragraph =
        &comparison->reference->paragraphs[number];

    if (comparison->n_differ <= N_REPORTED)
        printf("#   only %s: %u, %.*s: %.600s\n", who, paragraph->id,
               (int)paragraph->document.length, paragraph->document.data,
               paragraph->text.data);
}

/* The set of paragraphs that MATCHES has and the one that MEANING has. */
static bool compare_sets(struct comparison *comparison,
                         const struct question *question,
                         const struct matches *matches, struct meaning *meaning)
{
    size_t n = comparison->reference->n_paragraphs, n_shown = 0;
    bool *found = reference_allocate(n, sizeof *found);

    for (size_t i = 0; i < matches->n_items; i++)
        found[comparison->numbers[matches->items[i].id]] = true;
    for (size_t i = 0; i < n; i++) {
        bool wanted = meaning && meaning_matches(meaning, i);

        comparison->n_paragraphs += wanted;
        if (wanted == found[i])
            continue;
        if (n_shown == 0)
            complain(comparison, question, "other paragraphs");
        if (n_shown++ < N_SHOWN)
            show(comparison, i, wanted ? "the reference" : "the engine");
    }
    free(found);
    return n_shown == 0;
}

static bool same_marks(const struct spans *spans,
                       const struct reference_mark *marks, size_t n_marks)
{
    bool same = spans->n_items == n_marks;

    for (size_t i = 0; same && i < n_marks; i++)
        same = spans->items[i].start == marks[i].start &&
               spans->items[i].end == marks[i].end;
    return same;
}

static void show_marks(const struct reference_paragraph *paragraph,
                       const struct spans *spans,
                       const struct reference_mark *marks, size_t n_marks)
{
    printf("#   %.*s\n#   engine:   ", (int)paragraph->text.length,
           paragraph->text.data);
    for (size_t i = 0; i < spans->n_items; i++)
        printf(" [%.*s]", (int)(spans->items[i].end - spans->items[i].start),
               paragraph->text.data + spans->items[i].start);
    printf("\n#   reference:");
    for (size_t i = 0; i < n_marks; i++)
        printf(" [%.*s]", (int)(marks[i].end - marks[i].start),
               paragraph->text.data + marks[i].start);
    printf("\n");
}

static void compare_marks(struct comparison *comparison,
                          const struct question *question,
                          const struct matches *matches,
                          const struct query_node *core,
                          struct meaning *meaning)
{
    struct spans spans = {0};
    struct marker *marker = NULL;

    if (marker_new(core, &marker, NULL))
        abort();
    for (size_t i = 0; i < matches->n_items && i < N_MARKED; i++) {
        size_t number = comparison->numbers[matches->items[i].id], n_marks;
        const struct reference_paragraph *paragraph =
            &comparison->reference->paragraphs[number];
        const struct reference_mark *marks =
            meaning_marks(meaning, number, &n_marks);

        if (spans_find(marker, paragraph->text.data, paragraph->text.length,
                       paragraph->language, comparison->analyzer,
                       comparison->lexicon, &spans, NULL))
            abort();
        comparison->n_marks += n_marks;
        /* In furniture nothing is marked, by answer.c. */
        if (same_marks(&spans, marks, n_marks) ||
            (n_marks == 0 &&
             bytes_equal(paragraph->kind, bytes_of(KIND_FURNITURE))))
            continue;
        complain(comparison, question, "other marks");
        if (comparison->n_differ <= N_REPORTED)
            show_marks(paragraph, &spans, marks, n_marks);
        break;
    }
    marker_free(marker);
    spans_release(&spans);
}

/* What the engine says of PLAN and the reference of TREE. */
static void compare_answers(struct comparison *comparison,
                            const struct question *question,
                            const struct plan *plan, const struct syntax *tree)
{
    struct meaning *meaning =
        meaning_new(comparison->reference, tree, question->all);
    const struct search_options count = {.count = SIZE_MAX};
    struct search_options search = {.limit =
                                        comparison->reference->n_paragraphs};
    struct matches matches, counted;
    struct failure failure;

    search.count = question->seed % 2 ? SIZE_MAX : 0;
    search.words = plan->ranked.items;
    search.n_words = plan->ranked.n_items;
    if (reader_search(comparison->reader, plan->query, &search, &matches,
                      &failure)) {
        complain(comparison, question, failure.message);
        meaning_free(meaning);
        return;
    }
    comparison->n_found += matches.n_items > 0;
    if (compare_sets(comparison, question, &matches, meaning) && meaning)
        compare_marks(comparison, question, &matches, plan->core, meaning);
    if (reader_search(comparison->reader, plan->query, &count, &counted,
                      &failure)) {
        complain(comparison, question, failure.message);
    } else {
        if (counted.n_paragraphs != matches.n_items)
            complain(comparison, question, "another count");
        matches_release(&counted);
    }
    matches_release(&matches);
    meaning_free(meaning);
}

static void compare(struct comparison *comparison,
                    const struct question *question)
{
    struct plan_options options = {.all = question->all};
    struct syntax *tree = NULL;
    struct plan plan = {0};
    struct failure failure = {0};
    enum status status;

    comparison->n_queries++;
    status = syntax_parse(question->query.data, question->query.length, &tree,
                          &failure);
    if (!status)
        status =
            plan_make(tree, &options, comparison->reader, comparison->analyzer,
                      comparison->lexicon, &plan, &failure);
    if (!status) {
        compare_answers(comparison, question, &plan, tree);
    } else {
        comparison->n_refused++;
        if (getenv("REFERENCE_VERBOSE"))
            printf("# %.*s: %zu: %s\n", (int)question->query.length,
                   question->query.data, failure.column, failure.message);
    }
    plan_release(&plan);
    syntax_free(tree);
}

/* All paragraphs of the index into the reference. */
static void load(struct comparison *comparison)
{
    struct search_options options = {.order = ORDER_DOCUMENT,
                                     .limit = UINT32_MAX};
    struct query_node *query = query_all_new();
    struct matches matches;
    struct failure failure;

    if (!query ||
        reader_search(comparison->reader, query, &options, &matches, &failure))
        abort();
    for (size_t i = 0; i < matches.n_items; i++)
        if (matches.items[i].id > comparison->last_id)
            comparison->last_id = matches.items[i].id;
    comparison->numbers = reference_allocate((size_t)comparison->last_id + 1,
                                             sizeof *comparison->numbers);
    for (size_t i = 0; i < matches.n_items; i++) {
        struct paragraph paragraph;

        if (reader_paragraph(comparison->reader, matches.items[i].id,
                             &paragraph, &failure))
            abort();
        comparison->numbers[matches.items[i].id] = i;
        reference_add(comparison->reference, matches.items[i].id, &paragraph);
    }
    matches_release(&matches);
    query_free(query);
}

static void comparison_begin(struct comparison *comparison, const char *index)
{
    struct failure failure = {0};

    *comparison = (struct comparison){.reference = reference_new()};
    if (analyzer_new(&comparison->analyzer, &failure) ||
        lexicon_new(&comparison->lexicon, &failure) ||
        reader_open(&index, 1, analyzer_identity(), &comparison->reader,
                    &failure)) {
        printf("Bail out! %s\n", failure.message);
        exit(1);
    }
    load(comparison);
}

static void comparison_end(struct comparison *comparison)
{
    reader_close(comparison->reader);
    analyzer_free(comparison->analyzer);
    lexicon_free(comparison->lexicon);
    reference_free(comparison->reference);
    free(comparison->numbers);
}

static void compare_many(struct comparison *comparison, uint64_t seed, size_t n,
                         bool phrases, const char *name)
{
    struct buffer query = BUFFER_EMPTY;

    for (size_t i = 0; i < n; i++) {
        struct question question = {.seed = seed + i,
                                    .all = (seed + i) % 4 == 3};

        buffer_clear(&query);
        if (phrases)
            generate_phrase(comparison->reference, seed + i, &query);
        else
            generate_query(comparison->reference, seed + i, &query);
        question.query = buffer_bytes(&query);
        compare(comparison, &question);
    }
    buffer_release(&query);
    ok(comparison->n_differ == 0, "%s: engine and reference agree", name);
    printf("# %zu queries, %zu found something, %zu were refused, %zu differ; "
           "%zu paragraphs, %zu marks\n",
           comparison->n_queries, comparison->n_found, comparison->n_refused,
           comparison->n_differ, comparison->n_paragraphs, comparison->n_marks);
}

/* Indexes of our own. */

static char *data; /* the folder of the sources */

static enum status put_all(struct writer *writer, const char *const *paths,
                           size_t n_paths, struct failure *failure)
{
    static const volatile sig_atomic_t never;
    const struct indexer_options options = {.n_threads = 1,
                                            .interrupted = &never};
    const struct changes_options finding = {.interrupted = &never};
    struct indexer *indexer = NULL;
    struct changes changes = {0};
    enum status status = indexer_new(writer, &options, &indexer, failure);

    if (!status)
        status =
            changes_find(paths, n_paths, NULL, 0, &finding, &changes, failure);
    for (size_t i = 0; !status && i < changes.n_items; i++)
        status = indexer_put(indexer, &changes.items[i], failure);
    if (!status)
        status = indexer_finish(indexer, failure);
    indexer_free(indexer);
    changes_release(&changes);
    return status;
}

/* Put the files PATHS into INDEX, and take the document GONE out of it, if it
 * is not NULL, which it was in before. */
static void write_index(const char *index, bool portable,
                        const char *const *paths, size_t n_paths,
                        const char *gone)
{
    struct lexicon *lexicon = NULL;
    struct writer *writer = NULL;
    struct failure failure = {0};
    uint32_t n_removed = 1;
    enum status status = lexicon_new(&lexicon, &failure);
    const struct writer_options options = {.analyzer = analyzer_identity(),
                                           .forms = indexer_forms,
                                           .forms_context = lexicon,
                                           .portable = portable,
                                           .n_threads = 1};

    if (!status)
        status = writer_open(index, &options, &writer, &failure);
    if (!status && gone)
        status = writer_remove_document(writer, bytes_of(gone), &n_removed,
                                        &failure);
    if (!status)
        status = put_all(writer, paths, n_paths, &failure);
    if (!status)
        status = writer_commit(writer, &failure);
    if (status == STATUS_OK)
        status = writer_merge(writer, &failure);
    if (status || n_removed == 0) {
        printf("Bail out! %s\n", failure.message);
        exit(1);
    }
    writer_free(writer);
    lexicon_free(lexicon);
}

static void test_index(const char *index, uint64_t seed, const char *name)
{
    struct comparison comparison;

    comparison_begin(&comparison, index);
    compare_many(&comparison, seed, N_QUERIES, false, name);
    ok(comparison.n_found > comparison.n_queries / 2, "most find something");
    ok(comparison.n_refused < comparison.n_queries / 10, "few are refused");
    comparison_end(&comparison);
}

static void test_own(void)
{
    struct buffer corpus = BUFFER_EMPTY, more = BUFFER_EMPTY;
    const char *paths[2];

    folder_make("reference-test");
    buffer_append_format(&corpus, "%s/corpus", data);
    buffer_append_format(&more, "%s/tests/data/reference.jsonl", data);
    buffer_append_byte(&corpus, '\0');
    buffer_append_byte(&more, '\0');
    paths[0] = corpus.data;
    paths[1] = more.data;
    if (chdir(folder))
        abort();
    write_index("forward", false, paths, 2, NULL);
    write_index("portable", true, paths, 2, NULL);
    /* A large segment, a small one, and deletions in both. */
    write_index("segments", false, paths, 1, NULL);
    write_index("segments", false, paths + 1, 1, "E/RES/2004/19");
    write_index("segments", false, paths, 0, "letters");
    test_index("forward", 1, "forward");
    test_index("portable", 100001, "portable");
    test_index("segments", 200001, "segments");
    if (chdir("/"))
        abort();
    folder_remove();
    buffer_release(&corpus);
    buffer_release(&more);
}

static void test_given(const char *index, const char *seed, const char *n,
                       bool phrases)
{
    struct comparison comparison;

    comparison_begin(&comparison, index);
    if (seed && !isdigit((unsigned char)*seed)) {
        const struct question question = {.query = bytes_of(seed)};

        compare(&comparison, &question);
        compare_many(&comparison, 0, 0, false, index);
    } else {
        compare_many(&comparison, seed ? strtoull(seed, NULL, 10) : 1,
                     n ? strtoull(n, NULL, 10) : N_QUERIES, phrases, index);
    }
    comparison_end(&comparison);
}

int main(int argc, char **argv)
{
    bool phrases = argc > 1 && strcmp(argv[1], "-p") == 0;

    argc -= phrases;
    argv += phrases;
    data = realpath(getenv("srcdir") ? getenv("srcdir") : ".", NULL);
    if (!data)
        abort();
    if (argc > 1)
        test_given(argv[1], argc > 2 ? argv[2] : NULL,
                   argc > 3 ? argv[3] : NULL, phrases);
    else
        test_own();
    free(data);
    return tap_done();
}
