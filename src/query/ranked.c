/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/query/ranked.h"

#include <stdint.h>
#include <stdlib.h>

/* Add to the counts those of NODE, if it is a term. */
static enum status add_counts(struct reader *reader,
                              const struct query_node *node,
                              uint32_t *n_paragraphs, uint32_t *n_occurrences,
                              struct failure *failure)
{
    uint32_t paragraphs = 0, occurrences = 0;
    enum status status = STATUS_OK;

    if (node->operator== QUERY_TERM)
        status = reader_occurrences(reader, node->term, &paragraphs,
                                    &occurrences, failure);
    /* Stems of several languages may meet in one paragraph, which is then
     * counted twice: it is a weight, no count. */
    *n_paragraphs += paragraphs;
    *n_occurrences += occurrences;
    return status;
}

enum status ranked_weigh(struct reader *reader, bool function,
                         struct query_node **node, struct failure *failure)
{
    const struct ranking *ranking = reader_ranking(reader);
    uint32_t n_paragraphs = 0, n_occurrences = 0;
    enum status status =
        add_counts(reader, *node, &n_paragraphs, &n_occurrences, failure);
    double factor;

    if ((*node)->operator== QUERY_SYNONYM)
        for (size_t i = 0; status == STATUS_OK && i < (*node)->n_children; i++)
            status = add_counts(reader, (*node)->children[i], &n_paragraphs,
                                &n_occurrences, failure);
    if (status != STATUS_OK)
        return status;
    factor = ranking_burst_weight(ranking, n_paragraphs, n_occurrences);
    if (function)
        factor *= ranking->function_word;
    if (factor != 1)
        *node = query_scale_new(*node, factor);
    return *node ? STATUS_OK : fail_memory(failure);
}

static bool holds(const struct ranked *ranked, struct bytes word)
{
    for (size_t i = 0; i < ranked->n_items; i++)
        if (bytes_equal(ranked->items[i].word, word))
            return true;
    return false;
}

enum status ranked_add(struct ranked *ranked, struct bytes word, double weight,
                       bool function, struct failure *failure)
{
    char *copy;

    if (ranked->n_items == RANKED_MAX_WORDS || word.length == 0 ||
        holds(ranked, word))
        return STATUS_OK;
    if (!ranked->items)
        ranked->items = calloc(RANKED_MAX_WORDS, sizeof *ranked->items);
    if (!ranked->function)
        ranked->function = calloc(RANKED_MAX_WORDS, sizeof *ranked->function);
    copy = malloc(word.length);
    if (!ranked->items || !ranked->function || !copy) {
        free(copy);
        return fail_memory(failure);
    }
    memcpy(copy, word.data, word.length);
    ranked->items[ranked->n_items] =
        (struct placed_word){{copy, word.length}, weight};
    ranked->function[ranked->n_items++] = function;
    return STATUS_OK;
}

void ranked_finish(struct ranked *ranked)
{
    size_t n = 0, n_functions = 0, i;

    for (i = 0; i < ranked->n_items; i++)
        n_functions += ranked->function[i];
    if (n_functions == ranked->n_items)
        return;
    for (i = 0; i < ranked->n_items; i++)
        if (ranked->function[i]) {
            free((char *)(uintptr_t)ranked->items[i].word.data);
        } else {
            ranked->function[n] = false;
            ranked->items[n++] = ranked->items[i];
        }
    ranked->n_items = n;
}

void ranked_release(struct ranked *ranked)
{
    for (size_t i = 0; i < ranked->n_items; i++)
        free((char *)(uintptr_t)ranked->items[i].word.data);
    free(ranked->items);
    free(ranked->function);
    *ranked = (struct ranked){0};
}
