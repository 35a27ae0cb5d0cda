/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The index has no lists of the words of paragraphs: their texts are read
 * again. A word of only one of them is passed over, as the hobby-horse of that
 * one; so are function words, numbers and single letters. */
#include <config.h>

#include "src/query/feedback.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "index/schema.h"
#include "src/text/function_words.h"
#include "src/text/utf8.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    MIN_PARAGRAPHS = 2, /* that a word must be in */
    /* Matches looked through for paragraphs that say different things, to each
     * that is wanted. */
    MAX_COPIES = 5,
};

/* A word in a text: the LENGTH bytes of its stem at OFFSET. */
struct occurrence {
    size_t offset, length, paragraph;
};

struct gathering {
    struct reader *reader;
    struct analyzer *analyzer;
    struct lexicon *lexicon;
    struct buffer stems; /* of all paragraphs, in their order */
    size_t *starts;      /* in .stems, of each paragraph; one more at the end */
    size_t n_paragraphs;
    struct occurrence *items;
    size_t n_items, capacity;
    struct failure *failure;
};

static bool is_telling(const struct token *token, struct bytes language)
{
    struct bytes word = token->word;

    return token->kind != TOKEN_IDEOGRAPH && word.length > 1 &&
           !is_ascii_digit(word.data[0]) &&
           utf8_count(word.data, word.length) > 1 &&
           !function_word(word, language);
}

static enum status add_word(struct gathering *gathering, struct bytes word,
                            struct bytes language)
{
    struct bytes stem, key;
    enum status status = lexicon_forms(gathering->lexicon, word, language,
                                       &stem, &key, gathering->failure);

    if (status != STATUS_OK)
        return status;
    if (!array_grow(&gathering->items, &gathering->capacity,
                    gathering->n_items + 1, sizeof *gathering->items))
        return fail_memory(gathering->failure);
    gathering->items[gathering->n_items++] = (struct occurrence){
        gathering->stems.length, stem.length, gathering->n_paragraphs};
    buffer_append(&gathering->stems, stem.data, stem.length);
    return gathering->stems.failed ? fail_memory(gathering->failure)
                                   : STATUS_OK;
}

/* Whether the stems from START on are those of an earlier paragraph. */
static bool is_copy(const struct gathering *gathering, size_t start)
{
    size_t length = gathering->stems.length - start;

    for (size_t i = 0; i < gathering->n_paragraphs; i++) {
        size_t first = gathering->starts[i];

        if (gathering->starts[i + 1] - first == length &&
            (length == 0 || memcmp(gathering->stems.data + first,
                                   gathering->stems.data + start, length) == 0))
            return true;
    }
    return false;
}

/* Add the words of a paragraph, unless they are those of an earlier one. */
static enum status add_paragraph(struct gathering *gathering, uint32_t id)
{
    size_t start = gathering->stems.length, n_items = gathering->n_items;
    struct paragraph paragraph;
    struct token token;
    enum status status =
        reader_paragraph(gathering->reader, id, &paragraph, gathering->failure);

    if (status != STATUS_OK)
        return status;
    analyzer_start(gathering->analyzer, paragraph.text.data,
                   paragraph.text.length);
    while (status == STATUS_OK && analyzer_next(gathering->analyzer, &token))
        if (is_telling(&token, paragraph.language))
            status = add_word(gathering, token.word, paragraph.language);
    if (status != STATUS_OK)
        return status;
    if (is_copy(gathering, start)) {
        gathering->stems.length = start;
        gathering->n_items = n_items;
        return STATUS_OK;
    }
    gathering->starts[++gathering->n_paragraphs] = gathering->stems.length;
    return STATUS_OK;
}

/* Add the words of the best N paragraphs that QUERY finds. */
static enum status gather(struct gathering *gathering,
                          const struct query_node *query,
                          const struct ranked *ranked, size_t n)
{
    struct search_options options = {.limit = n * MAX_COPIES,
                                     .words = ranked->items,
                                     .n_words = ranked->n_items};
    struct matches matches;
    enum status status = reader_search(gathering->reader, query, &options,
                                       &matches, gathering->failure);

    if (status != STATUS_OK)
        return status;
    gathering->starts = calloc(n + 1, sizeof *gathering->starts);
    if (!gathering->starts)
        status = fail_memory(gathering->failure);
    /* What has no score is not better than any other. */
    for (size_t i = 0;
         status == STATUS_OK && i < matches.n_items &&
         matches.items[i].score > 0 && gathering->n_paragraphs < n;
         i++)
        status = add_paragraph(gathering, matches.items[i].id);
    matches_release(&matches);
    return status;
}

/* --- Choosing among them */

/* In the order of their stems; qsort has no context, so that these are set
 * beside each other first. */
struct stem {
    struct bytes text;
    size_t paragraph;
};

static int compare_stems(const void *a, const void *b)
{
    const struct stem *left = a, *right = b;
    int order = bytes_compare(left->text, right->text);

    return order ? order
                 : (left->paragraph > right->paragraph) -
                       (left->paragraph < right->paragraph);
}

static int compare_words(const void *a, const void *b)
{
    const struct feedback_word *left = a, *right = b;

    if (left->weight != right->weight)
        return left->weight > right->weight ? -1 : 1;
    return bytes_compare(left->stem, right->stem);
}

static enum status index_occurrences(struct reader *reader, struct bytes stem,
                                     uint32_t *n_occurrences,
                                     struct failure *failure)
{
    struct buffer term = BUFFER_EMPTY;
    uint32_t n_paragraphs;
    enum status status;

    *n_occurrences = 0;
    buffer_append_string(&term, TERM_STEM);
    buffer_append(&term, stem.data, stem.length);
    status = term.failed
                 ? fail_memory(failure)
                 : reader_occurrences(reader, buffer_bytes(&term),
                                      &n_paragraphs, n_occurrences, failure);
    buffer_release(&term);
    return status;
}

/* Bo1: how many bits it takes to say that a word which a paragraph has
 * EXPECTED times on average is N times in these. */
static double information(double n, double expected)
{
    return n * log2((1 + expected) / expected) + log2(1 + expected);
}

/* Weigh those of the N STEMS, which are sorted, that are in enough paragraphs,
 * into WORDS, which has room for them; their texts are borrowed. */
static enum status weigh(const struct gathering *gathering,
                         const struct stem *stems, size_t n, uint32_t n_all,
                         struct feedback_word *words, size_t *n_words)
{
    enum status status = STATUS_OK;
    size_t i, end;

    for (i = 0; status == STATUS_OK && i < n; i = end) {
        size_t n_paragraphs = 1;
        uint32_t n_occurrences;

        for (end = i + 1;
             end < n && bytes_equal(stems[i].text, stems[end].text); end++)
            n_paragraphs += stems[end].paragraph != stems[end - 1].paragraph;
        if (n_paragraphs < MIN_PARAGRAPHS)
            continue;
        status = index_occurrences(gathering->reader, stems[i].text,
                                   &n_occurrences, gathering->failure);
        if (status == STATUS_OK && n_occurrences > 0)
            words[(*n_words)++] = (struct feedback_word){
                stems[i].text,
                information((double)(end - i), (double)n_occurrences / n_all)};
    }
    return status;
}

/* Keep the best of the N WORDS in FEEDBACK, weights against that of the first.
 */
static enum status keep(struct feedback *feedback, struct feedback_word *words,
                        size_t n, const struct ranking *ranking,
                        struct failure *failure)
{
    size_t max = (size_t)ranking->expand_words;

    if (n == 0 || max == 0)
        return STATUS_OK;
    qsort(words, n, sizeof *words, compare_words);
    if (n > max)
        n = max;
    feedback->items = calloc(n, sizeof *feedback->items);
    if (!feedback->items)
        return fail_memory(failure);
    for (size_t i = 0; i < n; i++) {
        char *copy = malloc(words[i].stem.length + 1);

        if (!copy)
            return fail_memory(failure);
        memcpy(copy, words[i].stem.data, words[i].stem.length);
        feedback->items[feedback->n_items++] = (struct feedback_word){
            {copy, words[i].stem.length},
            ranking->expand * words[i].weight / words[0].weight};
    }
    return STATUS_OK;
}

static enum status choose(const struct gathering *gathering,
                          struct feedback *feedback)
{
    const struct ranking *ranking = reader_ranking(gathering->reader);
    size_t n = gathering->n_items, n_words = 0;
    struct stem *stems = calloc(n + 1, sizeof *stems);
    struct feedback_word *words = calloc(n + 1, sizeof *words);
    uint32_t n_all = 0;
    enum status status = stems && words ? reader_size(gathering->reader, &n_all,
                                                      gathering->failure)
                                        : fail_memory(gathering->failure);

    if (status == STATUS_OK) {
        for (size_t i = 0; i < n; i++)
            stems[i] = (struct stem){
                {gathering->stems.data + gathering->items[i].offset,
                 gathering->items[i].length},
                gathering->items[i].paragraph};
        if (n > 1)
            qsort(stems, n, sizeof *stems, compare_stems);
        status = weigh(gathering, stems, n, n_all, words, &n_words);
    }
    if (status == STATUS_OK)
        status = keep(feedback, words, n_words, ranking, gathering->failure);
    free(words);
    free(stems);
    return status;
}

enum status feedback_find(struct reader *reader, const struct query_node *query,
                          const struct ranked *ranked,
                          struct analyzer *analyzer, struct lexicon *lexicon,
                          struct feedback *feedback, struct failure *failure)
{
    struct gathering gathering = {.reader = reader,
                                  .analyzer = analyzer,
                                  .lexicon = lexicon,
                                  .failure = failure};
    size_t n = (size_t)reader_ranking(reader)->expand_paragraphs;
    enum status status;

    *feedback = (struct feedback){0};
    status = gather(&gathering, query, ranked, n);
    feedback->n_paragraphs = gathering.n_paragraphs;
    if (status == STATUS_OK && gathering.n_items > 0)
        status = choose(&gathering, feedback);
    free(gathering.items);
    free(gathering.starts);
    buffer_release(&gathering.stems);
    return status;
}

void feedback_release(struct feedback *feedback)
{
    for (size_t i = 0; i < feedback->n_items; i++)
        free((char *)(uintptr_t)feedback->items[i].stem.data);
    free(feedback->items);
    *feedback = (struct feedback){0};
}

enum status feedback_query(const struct feedback *feedback,
                           struct reader *reader, struct query_node **out,
                           struct failure *failure)
{
    struct query_node *any = query_node_new(QUERY_OR, 0);
    enum status status = any ? STATUS_OK : fail_memory(failure);

    for (size_t i = 0; status == STATUS_OK && i < feedback->n_items; i++) {
        const struct feedback_word *word = &feedback->items[i];
        struct buffer term = BUFFER_EMPTY;
        struct query_node *node = NULL;

        buffer_append_string(&term, TERM_STEM);
        buffer_append(&term, word->stem.data, word->stem.length);
        if (!term.failed)
            node = query_term_new(term.data, term.length, 1);
        buffer_release(&term);
        status = node ? ranked_weigh(reader, false, &node, failure)
                      : fail_memory(failure);
        if (status != STATUS_OK) {
            query_free(node);
            break;
        }
        any = query_add(any, query_scale_new(node, word->weight));
        status = any ? STATUS_OK : fail_memory(failure);
    }
    if (status == STATUS_OK)
        *out = query_simplify(any);
    else
        query_free(any);
    return status;
}
