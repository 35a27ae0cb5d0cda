/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Anything as a query, and as the text in which it is marked: the whole way
 * from the parser to the lines for a terminal, checked for what the headers
 * promise. */
#include <config.h>

#include "src/query/plan.h"
#include "src/query/syntax.h"
#include "src/result/spans.h"
#include "src/result/wrap.h"
#include "tests/stub-reader.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_tree(const struct syntax *tree, const char *query,
                       size_t length)
{
    size_t i;

    if (tree->column == 0 || tree->column > length ||
        (tree->required && tree->excluded))
        abort();
    if (tree->text_column == 0 || tree->text_column > length ||
        !(tree->boost >= 0))
        abort();
    if (tree->n_children == 0 &&
        (tree->text.length == 0 || tree->text.data < query ||
         tree->text.data + tree->text.length > query + length))
        abort();
    for (i = 0; i < tree->n_children; i++)
        check_tree(tree->children[i], query, length);
}

/* A tree, written as a query, is read as what it is; unless the parentheses
 * that are added are too many. */
static void check_writing(const struct syntax *tree)
{
    struct buffer once = BUFFER_EMPTY, twice = BUFFER_EMPTY;
    struct syntax *again;
    struct failure failure;

    syntax_write(tree, &once);
    if (!syntax_parse(once.data, once.length, &again, &failure)) {
        syntax_write(again, &twice);
        if (!bytes_equal(buffer_bytes(&once), buffer_bytes(&twice)))
            abort();
    } else if (once.length <= QUERY_MAX_BYTES &&
               !strstr(failure.message, "nested") &&
               !strstr(failure.message, "inside each other")) {
        abort();
    }
    syntax_free(again);
    buffer_release(&once);
    buffer_release(&twice);
}

static void check_spans(const struct spans *spans, size_t length)
{
    size_t end = 0, i;

    for (i = 0; i < spans->n_items; i++) {
        if (spans->items[i].start < end ||
            spans->items[i].end <= spans->items[i].start ||
            spans->items[i].end > length)
            abort();
        end = spans->items[i].end;
    }
}

/* No control character but the ends of lines. */
static void check_lines(const struct buffer *lines)
{
    size_t i;

    for (i = 0; i < lines->length; i++)
        if ((lines->data[i] >= 0 && lines->data[i] < ' ' &&
             lines->data[i] != '\n') ||
            lines->data[i] == 0x7F)
            abort();
}

static void mark(const struct plan *plan, struct bytes text,
                 struct analyzer *analyzer, struct lexicon *lexicon)
{
    struct wrap_style style = {.width = text.length % 50, .indent = 2};
    struct buffer lines = BUFFER_EMPTY;
    struct marker *marker;
    struct spans spans = {0};

    if (marker_new(plan->core, &marker, NULL) ||
        spans_find(marker, text.data, text.length, bytes_of("en"), analyzer,
                   lexicon, &spans, NULL))
        abort();
    check_spans(&spans, text.length);
    wrap_text(text, &spans, &style, &lines);
    check_lines(&lines);
    marker_free(marker);
    spans_release(&spans);
    buffer_release(&lines);
}

static void plan_and_mark(const struct syntax *tree, struct bytes text)
{
    struct reader reader = {
        bytes_of("Len Lfr XVab\ta-b XVcooperation\tco-operation a aa aaa ab "
                 "abc abd b ba bab bb cooperation operation operations")};
    struct plan_options options = {.all = text.length % 2};
    struct analyzer *analyzer;
    struct lexicon *lexicon;
    struct plan plan;

    if (analyzer_new(&analyzer, NULL) || lexicon_new(&lexicon, NULL))
        abort();
    if (plan_make(tree, &options, &reader, analyzer, lexicon, &plan, NULL)) {
        if (plan.query)
            abort();
    } else {
        mark(&plan, text, analyzer, lexicon);
    }
    plan_release(&plan);
    analyzer_free(analyzer);
    lexicon_free(lexicon);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes query = {(const char *)data, size};
    struct failure failure;
    struct syntax *tree;
    enum status status =
        syntax_parse(query.data, query.length, &tree, &failure);

    if ((status == STATUS_OK) != (tree != NULL))
        abort();
    if (tree) {
        check_tree(tree, query.data, query.length);
        check_writing(tree);
        plan_and_mark(tree, query);
    } else if (failure.column > size + 1 || failure.message[0] == '\0') {
        abort();
    }
    syntax_free(tree);
    return 0;
}

#define FUZZ_SEEDS "tests/fuzz/seeds/query"
#include "tests/fuzz/fuzz.h"
