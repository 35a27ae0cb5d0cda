/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Random positional nodes, and where they stand by the definition of
 * index/positional.h, word by word, in short paragraphs. */
#ifndef TESTS_POSITIONAL_H
#define TESTS_POSITIONAL_H

#include <stdbool.h>
#include <stdint.h>

#include "index/query.h"

enum { SHORT_MAX = 24 }; /* positions 1 to SHORT_MAX - 1 */

/* What stands at each position of a paragraph: a bit for each of the words
 * "a", "b", "c" … */
typedef uint32_t short_paragraph[SHORT_MAX];

/* A span is first * SHORT_MAX + last. */
struct short_spans {
    bool at[SHORT_MAX * SHORT_MAX];
};

/* The spans from one of A to one of B within WINDOW behind it, added to
 * JOINED. */
static inline void short_join(const struct short_spans *a,
                              const struct short_spans *b, uint32_t window,
                              struct short_spans *joined)
{
    for (uint32_t i = 0; i < SHORT_MAX; i++)
        for (uint32_t j = i; j < SHORT_MAX; j++)
            for (uint32_t k = j + 1; a->at[i * SHORT_MAX + j] && k < SHORT_MAX;
                 k++)
                for (uint32_t l = k; k - j <= window && l < SHORT_MAX; l++)
                    joined->at[i * SHORT_MAX + l] |= b->at[k * SHORT_MAX + l];
}

static inline struct short_spans short_find(const struct query_node *node,
                                            const short_paragraph paragraph)
{
    struct short_spans spans = {{false}};
    bool chain = node->operator!= QUERY_OR && node->operator!= QUERY_SYNONYM;

    for (uint32_t i = 1; node->operator== QUERY_TERM && i<SHORT_MAX; i++)
        spans.at[i * SHORT_MAX + i] =
            paragraph[i] >> (node->term.data[0] - 'a') & 1;
    for (size_t child = 0; child < node->n_children; child++) {
        struct short_spans other = short_find(node->children[child], paragraph);
        struct short_spans joined = {{false}};
        uint32_t window = node->operator== QUERY_PHRASE ? 1 : node->window;

        if (chain && child > 0) {
            short_join(&spans, &other, window, &joined);
            if (node->operator== QUERY_NEAR)
                short_join(&other, &spans, window, &joined);
            spans = joined;
            continue;
        }
        for (size_t i = 0; i < SHORT_MAX * SHORT_MAX; i++)
            spans.at[i] |= other.at[i];
    }
    return spans;
}

static uint32_t short_seed = 1;

static inline uint32_t short_random(uint32_t below)
{
    short_seed = short_seed * 1664525 + 1013904223;
    return (uint32_t)((uint64_t)(short_seed >> 8) * below >> 24);
}

/* A random node over the first N_WORDS words, at most DEPTH deep. */
static inline struct query_node *short_node(uint32_t n_words, uint32_t depth)
{
    static const enum query_operator operators[] = {
        QUERY_OR,     QUERY_SYNONYM, QUERY_PHRASE,
        QUERY_PHRASE, QUERY_NEAR,    QUERY_ONEAR,
    };
    enum query_operator operator= operators[short_random(6)];
    struct query_node *node;
    uint32_t n = 2;

    if (depth == 0 || short_random(3) == 0) {
        char word = (char)('a' + short_random(n_words));

        return short_random(20) ? query_term_new(&word, 1, 1)
                                : query_node_new(QUERY_NOTHING, 0);
    }
    /* Mostly two where there should be. */
    if (short_random(4) == 0 ||
        (operator!= QUERY_NEAR && operator!= QUERY_ONEAR))
        n += short_random(3);
    node = query_node_new(operator, 1 + short_random(4));
    while (n-- > 0) {
        uint32_t seed = short_seed;

        node = query_add(node, short_node(n_words, depth - 1));
        /* The same again, now and then. */
        if (short_random(6) == 0) {
            uint32_t next = short_seed;

            short_seed = seed;
            node = query_add(node, short_node(n_words, depth - 1));
            short_seed = next;
        }
    }
    return node;
}

#endif
