/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a query asks of an index and marks in a text, by the lines of
 * tests/data/plan.txt and tests/data/spans.txt. The index is a list of terms.
 */
#include <config.h>

#include "src/query/plan.h"

#include "base/buffer.h"
#include "src/query/vocabulary.h"
#include "src/result/spans.h"
#include "tests/lines.h"
#include "tests/stub-reader.h"
#include "tests/tap.h"

struct tools {
    struct analyzer *analyzer;
    struct lexicon *lexicon;
};

static const char *operator_name(enum query_operator operator)
{
    switch (operator) {
    case QUERY_NOTHING: return "nothing";
    case QUERY_ALL: return "all";
    case QUERY_TERM: return "term";
    case QUERY_AND: return "and";
    case QUERY_OR: return "or";
    case QUERY_XOR: return "xor";
    case QUERY_AND_NOT: return "and-not";
    case QUERY_AND_MAYBE: return "and-maybe";
    case QUERY_FILTER: return "filter";
    case QUERY_SYNONYM: return "synonym";
    case QUERY_PHRASE: return "phrase";
    case QUERY_NEAR: return "near";
    case QUERY_ONEAR: return "onear";
    case QUERY_RANGE: return "range";
    case QUERY_SCALE: return "scale";
    }
    return "";
}

static void write_query(struct buffer *out, const struct query_node *node)
{
    size_t i;

    if (node->operator== QUERY_TERM) {
        buffer_append(out, node->term.data, node->term.length);
        if (node->wqf > 1)
            buffer_append_format(out, "*%u", (unsigned)node->wqf);
        return;
    }
    buffer_append_format(out, "(%s", operator_name(node->operator));
    if (node->operator== QUERY_SCALE && node->factor >= 1)
        buffer_append_format(out, "*%g", node->factor);
    if (node->operator== QUERY_RANGE)
        buffer_append_format(out, " %.*s..%.*s", (int)node->term.length,
                             node->term.data, (int)node->end.length,
                             node->end.data);
    if (node->window)
        buffer_append_format(out, "/%u", node->window);
    for (i = 0; i < node->n_children; i++) {
        buffer_append_byte(out, ' ');
        write_query(out, node->children[i]);
    }
    buffer_append_byte(out, ')');
}

/* Plan QUERY against an index of TERMS; no plan, and a failure, if that cannot
 * be done. */
static enum status make(struct tools *tools, struct bytes query,
                        struct bytes terms, struct plan *plan,
                        struct failure *failure)
{
    /* As the option --all has it. */
    bool all = query.length > 0 && query.data[0] == '&';
    struct plan_options with = {.all = true}, *options = all ? &with : NULL;
    struct reader reader = {terms};
    struct syntax *tree;
    enum status status =
        syntax_parse(query.data + all, query.length - all, &tree, failure);

    *plan = (struct plan){0};
    if (!status)
        status = plan_make(tree, options, &reader, tools->analyzer,
                           tools->lexicon, plan, failure);
    syntax_free(tree);
    return status;
}

static void test_plan(void *context, const struct line *line)
{
    struct buffer got = BUFFER_EMPTY;
    struct failure failure;
    struct plan plan;

    if (make(context, line->fields[0], line->fields[1], &plan, &failure)) {
        buffer_append_format(&got, "error %zu %s", failure.column,
                             failure.message);
        ok(!plan.query && !plan.core && plan.words.n_items == 0, "no plan");
    } else {
        write_query(&got, plan.query);
        if (plan.core != plan.query && plan.core != plan.query->children[0])
            buffer_append_string(&got, " <bad core>");
    }
    is_bytes(buffer_bytes(&got), line->fields[2].data, line->name);
    plan_release(&plan);
    buffer_release(&got);
}

/* TEXT with SPANS in brackets. */
static void write_spans(struct buffer *out, struct bytes text,
                        const struct spans *spans)
{
    size_t at = 0, i;

    for (i = 0; i < spans->n_items; i++) {
        struct span span = spans->items[i];

        if (span.start < at || span.end <= span.start ||
            span.end > text.length) {
            buffer_append_string(out, "<bad span>");
            return;
        }
        buffer_append(out, text.data + at, span.start - at);
        buffer_append_byte(out, '[');
        buffer_append(out, text.data + span.start, span.end - span.start);
        buffer_append_byte(out, ']');
        at = span.end;
    }
    if (at < text.length)
        buffer_append(out, text.data + at, text.length - at);
}

static void test_spans(void *context, const struct line *line)
{
    struct tools *tools = context;
    struct buffer text = BUFFER_EMPTY, got = BUFFER_EMPTY;
    struct marker *marker = NULL;
    struct spans spans = {0};
    struct failure failure;
    struct plan plan;
    size_t i;

    for (i = 0; i < line->fields[2].length; i++)
        if (!strchr("[]", line->fields[2].data[i]))
            buffer_append_byte(&text, line->fields[2].data[i]);
    if (make(tools, line->fields[0], line->fields[1], &plan, &failure) ||
        marker_new(plan.core, &marker, &failure) ||
        spans_find(marker, text.data, text.length,
                   bytes_of(line->n_fields > 3 ? line->fields[3].data : "en"),
                   tools->analyzer, tools->lexicon, &spans, &failure))
        buffer_append_format(&got, "error %zu %s", failure.column,
                             failure.message);
    else
        write_spans(&got, buffer_bytes(&text), &spans);
    is_bytes(buffer_bytes(&got), line->fields[2].data, line->name);
    marker_free(marker);
    plan_release(&plan);
    spans_release(&spans);
    buffer_release(&text);
    buffer_release(&got);
}

/* QUERY against an index with N spellings of "aa" under that key: "a0a", "a1a"
 * …, with HYPHEN between. */
static enum status plan_with_spellings(struct tools *tools, const char *query,
                                       unsigned n, const char *hyphen)
{
    struct buffer terms = BUFFER_EMPTY;
    struct failure failure;
    struct plan plan;
    enum status status;

    buffer_append_string(&terms, "Len");
    while (n-- > 0)
        buffer_append_format(&terms, " XVaa\ta%s%ua", hyphen, n);
    status =
        make(tools, bytes_of(query), buffer_bytes(&terms), &plan, &failure);
    plan_release(&plan);
    buffer_release(&terms);
    return status;
}

/* The same with N words that begin with "ab". */
static enum status plan_with_words(struct tools *tools, const char *query,
                                   unsigned n)
{
    struct buffer terms = BUFFER_EMPTY;
    struct failure failure;
    struct plan plan;
    enum status status;

    buffer_append_string(&terms, "Len");
    while (n-- > 0)
        buffer_append_format(&terms, " ab%u", n);
    status =
        make(tools, bytes_of(query), buffer_bytes(&terms), &plan, &failure);
    plan_release(&plan);
    buffer_release(&terms);
    return status;
}

/* A phrase of a wildcard for 4,000 words, N times over. */
static enum status plan_again(struct tools *tools, unsigned n)
{
    struct buffer query = BUFFER_EMPTY;
    enum status status;

    buffer_append_byte(&query, '"');
    while (n-- > 0)
        buffer_append_string(&query, "ab* ");
    buffer_append_byte(&query, '"');
    buffer_append_byte(&query, '\0');
    status = plan_with_words(tools, query.data, 4000);
    buffer_release(&query);
    return status;
}

static void test_limits(struct tools *tools)
{
    ok(!plan_with_spellings(tools, "aa", 255, ""), "many spellings");
    ok(plan_with_spellings(tools, "aa", 256, "") == STATUS_LIMIT,
       "too many spellings");
    ok(!plan_with_spellings(tools, "=aa", 256, ""), "not asked for");
    ok(!plan_with_spellings(tools, "\"aa aa aa aa aa\"", 200, "-"),
       "a phrase of words with many spellings");
    ok(!plan_with_words(tools, "ab*", VOCABULARY_MAX_EXPANSION),
       "a wildcard for many words");
    ok(plan_with_words(tools, "ab*", VOCABULARY_MAX_EXPANSION + 1) ==
           STATUS_LIMIT,
       "for too many words");
    ok(!plan_with_words(tools, "ab0* \"ab1* ab2*\" ab3*", 3000), "several");
    ok(plan_with_words(tools,
                       "ab* ab?* (ab??* ab???* ab*0 ab*1 ab*2 ab*3) OR "
                       "\"*ab* *ab?* *ab??* *ab???*\"",
                       4000) == STATUS_LIMIT,
       "for too many words all together");
    ok(!plan_again(tools, 50), "the same wildcard again and again");
    ok(plan_again(tools, 70) == STATUS_LIMIT, "too often");
}

int main(void)
{
    struct tools tools = {NULL, NULL};
    struct failure failure;

    if (!ok(!analyzer_new(&tools.analyzer, &failure) &&
                !lexicon_new(&tools.lexicon, &failure),
            "an analyzer and a lexicon"))
        return tap_done();
    test_lines("tests/data/plan.txt", 3, test_plan, &tools);
    test_lines("tests/data/spans.txt", 3, test_spans, &tools);
    test_limits(&tools);
    analyzer_free(tools.analyzer);
    lexicon_free(tools.lexicon);
    return tap_done();
}
