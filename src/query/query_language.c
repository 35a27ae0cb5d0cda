/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/query/query_language.h"

#include "base/buffer.h"
#include "index/schema.h"
#include "src/text/function_words.h"

#include <stdlib.h>

/* Add to COUNTS, one for each of LANGUAGES, the function words of TEXT. */
static void count_text(struct analyzer *analyzer, struct bytes text,
                       const struct word_list *languages, size_t *counts)
{
    struct token token;

    analyzer_start(analyzer, text.data, text.length);
    while (analyzer_next(analyzer, &token))
        for (size_t i = 0; i < languages->n_items; i++)
            counts[i] += function_word(token.word, languages->items[i]);
}

/* The same of all texts of TREE but fields. */
static void count_tree(struct analyzer *analyzer, const struct syntax *tree,
                       const struct word_list *languages, size_t *counts)
{
    if (tree->kind == SYNTAX_FIELD)
        return;
    if (tree->n_children == 0)
        count_text(analyzer, tree->text, languages, counts);
    for (size_t i = 0; i < tree->n_children; i++)
        count_tree(analyzer, tree->children[i], languages, counts);
}

/* Whether TREE has words that are ranked, which alone ask for a language. */
static bool has_words(const struct syntax *tree)
{
    bool has = tree->kind == SYNTAX_WORDS;

    for (size_t i = 0; !has && i < tree->n_children; i++)
        has = has_words(tree->children[i]);
    return has;
}

/* The number of the language that most paragraphs are in. */
static enum status find_largest(struct vocabulary *vocabulary, size_t *largest,
                                struct failure *failure)
{
    const struct word_list *languages = &vocabulary->languages;
    struct buffer term = BUFFER_EMPTY;
    enum status status = STATUS_OK;
    uint32_t most = 0, n, n_occurrences;

    *largest = 0;
    for (size_t i = 0; !status && i < languages->n_items; i++) {
        buffer_clear(&term);
        buffer_append_string(&term, TERM_LANGUAGE);
        buffer_append(&term, languages->items[i].data,
                      languages->items[i].length);
        status = term.failed ? fail_memory(failure)
                             : reader_occurrences(vocabulary->reader,
                                                  buffer_bytes(&term), &n,
                                                  &n_occurrences, failure);
        if (!status && n > most) {
            most = n;
            *largest = i;
        }
    }
    buffer_release(&term);
    return status;
}

enum status query_language(const struct syntax *tree,
                           struct vocabulary *vocabulary,
                           struct analyzer *analyzer, struct bytes *language,
                           struct failure *failure)
{
    const struct word_list *languages = &vocabulary->languages;
    size_t *counts, best = 0;
    enum status status;

    *language = languages->items[0];
    if (languages->n_items == 1 || !has_words(tree))
        return STATUS_OK;
    counts = calloc(languages->n_items, sizeof *counts);
    status = counts ? find_largest(vocabulary, &best, failure)
                    : fail_memory(failure);
    if (!status) {
        count_tree(analyzer, tree, languages, counts);
        counts[best]++;
        for (size_t i = 0; i < languages->n_items; i++)
            if (counts[i] > counts[best])
                best = i;
        *language = languages->items[best];
    }
    free(counts);
    return status;
}
