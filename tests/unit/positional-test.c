/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Positional nodes against their definition, and their bounds. */
#include <config.h>

#include "index/positional.h"

#include "tests/positional.h"
#include "tests/tap.h"

enum { N_WORDS = 4, N_TREES = 4000, N_PARAGRAPHS = 12 };

/* Words at random, in some paragraphs several at one position. */
static void fill(short_paragraph paragraph)
{
    uint32_t n = 1 + short_random(SHORT_MAX), several = short_random(3);

    memset(paragraph, 0, sizeof(short_paragraph));
    for (uint32_t i = 1; i < n && i < SHORT_MAX; i++) {
        paragraph[i] = 1U << short_random(N_WORDS);
        if (several == 0 && short_random(4) == 0)
            paragraph[i] |= 1U << short_random(N_WORDS);
    }
}

/* Tell POSITIONAL of PARAGRAPH, from its end if BACKWARDS. */
static bool tell(struct positional *positional, const short_paragraph paragraph,
                 bool backwards)
{
    bool good = true;

    positional_clear(positional);
    for (uint32_t i = 1; i < SHORT_MAX; i++) {
        uint32_t position = backwards ? SHORT_MAX - i : i;

        for (size_t j = 0; j < positional_n_terms(positional); j++)
            if (paragraph[position] >>
                    (positional_term(positional, j).data[0] - 'a') &
                1)
                good = positional_add(positional, j, position) && good;
    }
    return good;
}

/* The spans that are to come, in order. */
struct expected {
    struct short_spans spans;
    uint32_t next;
};

static bool next_span(void *context, uint32_t first, uint32_t last)
{
    struct expected *expected = context;
    const bool *all = expected->spans.at;

    while (expected->next < SHORT_MAX * SHORT_MAX && !all[expected->next])
        expected->next++;
    return expected->next++ == first * SHORT_MAX + last;
}

static bool any_left(const struct expected *expected)
{
    const bool *all = expected->spans.at;
    uint32_t i = expected->next;

    while (i < SHORT_MAX * SHORT_MAX && !all[i])
        i++;
    return i < SHORT_MAX * SHORT_MAX;
}

static bool compare(struct positional *positional,
                    const struct query_node *node, size_t *n_matches)
{
    short_paragraph paragraph;
    struct expected expected = {.next = 0};
    bool matches, good;

    fill(paragraph);
    expected.spans = short_find(node, paragraph);
    matches = any_left(&expected);
    *n_matches += matches;
    good = tell(positional, paragraph, short_random(8) == 0);
    /* Either question may come first. */
    if (short_random(2))
        good = positional_matches(positional) == matches && good;
    good = positional_each(positional, next_span, &expected) && good;
    good = !any_left(&expected) && good;
    good = positional_matches(positional) == matches && good;
    return positional_status(positional, NULL) == STATUS_OK && good;
}

static void test_definition(void)
{
    size_t n_matches = 0, n_wrong = 0;

    for (int i = 0; i < N_TREES; i++) {
        struct query_node *node = short_node(N_WORDS, 1 + short_random(4));
        struct positional *positional;

        if (positional_new(node, &positional, NULL) != STATUS_OK)
            n_wrong++;
        for (int j = 0; positional && j < N_PARAGRAPHS; j++)
            n_wrong += !compare(positional, node, &n_matches);
        n_wrong += !positional_is(node);
        positional_free(positional);
        query_free(node);
    }
    ok(n_wrong == 0, "%d nodes in %d paragraphs each: %zu wrong", N_TREES,
       N_PARAGRAPHS, n_wrong);
    ok(n_matches > N_TREES * N_PARAGRAPHS / 10 &&
           n_matches < N_TREES * N_PARAGRAPHS * 9 / 10,
       "%zu match", n_matches);
}

static struct query_node *term(const char *word)
{
    return query_term_new(word, strlen(word), 1);
}

/* N times the word "a" in a chain of OPERATOR. */
static struct query_node *chain(enum query_operator operator, size_t n)
{
    struct query_node *node = query_node_new(operator, QUERY_MAX_WINDOW);

    while (n-- > 0)
        node = query_add(node, term("a"));
    return node;
}

/* The status of NODE, whose one term stands at 1 to N. */
static enum status run(struct query_node *node, uint32_t n, bool each)
{
    struct positional *positional;
    struct expected expected = {.next = 0};
    enum status status = positional_new(node, &positional, NULL);

    for (uint32_t i = 1; positional && i <= n; i++)
        positional_add(positional, 0, i);
    if (positional && each)
        positional_each(positional, next_span, &expected);
    if (positional) {
        if (!each && positional_matches(positional) !=
                         (positional_status(positional, NULL) == STATUS_OK))
            status = STATUS_USAGE;
        else
            status = positional_status(positional, NULL);
    }
    positional_free(positional);
    query_free(node);
    return status;
}

static void test_bounds(void)
{
    struct query_node *deep = term("a");

    ok(run(chain(QUERY_NEAR, 3), 100000, false) == STATUS_OK &&
           run(chain(QUERY_ONEAR, 100), 50000, false) == STATUS_OK &&
           run(chain(QUERY_PHRASE, 1000), 10000, false) == STATUS_OK,
       "long paragraphs and long chains");
    ok(run(chain(QUERY_NEAR, 4), 30000, false) == STATUS_LIMIT &&
           run(chain(QUERY_ONEAR, 2), 30000, true) == STATUS_LIMIT,
       "too many spans");
    for (int i = 0; i < POSITIONAL_MAX_DEPTH - 1; i++)
        deep =
            query_add(query_node_new(i % 2 ? QUERY_OR : QUERY_PHRASE, 0), deep);
    ok(run(query_add(query_node_new(QUERY_OR, 0), deep), 2, false) == STATUS_OK,
       "a deep node");
    deep = term("a");
    for (int i = 0; i < POSITIONAL_MAX_DEPTH + 2; i++)
        deep =
            query_add(query_node_new(i % 2 ? QUERY_OR : QUERY_PHRASE, 0), deep);
    ok(run(deep, 2, false) == STATUS_LIMIT, "too deep a node");
    deep = query_add(query_node_new(QUERY_PHRASE, 0), query_all_new());
    ok(!positional_is(deep), "not a positional node");
    query_free(deep);
}

int main(void)
{
    test_definition();
    test_bounds();
    return tap_done();
}
