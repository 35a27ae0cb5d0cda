/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words that are ranked:
 *
 *   word            SYNONYM of the stems, in every language of the index, of
 *                   every spelling of it; of a compound also its parts in a
 *                   row, which counts little, and each part hints
 *   wildcard        SYNONYM of the words that it stands for
 *   several words   in one chunk (A/RES/59/153): the same, without stems
 *   ideographs      OR of the pairs that they make; each by itself hints */
#include <config.h>

#include "src/query/plan_parts.h"

#include "base/buffer.h"
#include "index/schema.h"
#include "src/text/function_words.h"

struct query_node *plan_term(const char *prefix, struct bytes word)
{
    struct buffer term = BUFFER_EMPTY;
    struct query_node *node = NULL;

    buffer_append_string(&term, prefix);
    buffer_append(&term, word.data, word.length);
    if (!term.failed)
        node = query_term_new(term.data, term.length, 1);
    buffer_release(&term);
    return node;
}

static bool is_function(const struct planner *planner, struct bytes word)
{
    return function_word(word, planner->language);
}

/* Keep STEMS, WORD's, which are emptied, for the hints of titles and headings.
 */
static enum status keep_stems(struct planner *planner, struct bytes word,
                              struct word_list *stems)
{
    double weight =
        is_function(planner, word) ? plan_ranking(planner)->function_word : 1;

    if (!array_grow(&planner->ranked, &planner->capacity, planner->n_ranked + 1,
                    sizeof *planner->ranked))
        return fail_memory(planner->failure);
    planner->ranked[planner->n_ranked++] =
        (struct ranked_word){*stems, weight * planner->boost};
    *stems = (struct word_list){0};
    return STATUS_OK;
}

/* The stems of all spellings of WORD as a query, not yet simplified; HINTS:
 * titles and headings may have them, too. */
static enum status plan_stems(struct planner *planner, struct bytes word,
                              bool hints, struct query_node **out)
{
    struct vocabulary *vocabulary = &planner->vocabulary;
    struct word_list spellings = {0}, stems = {0};
    struct query_node *any = query_node_new(QUERY_SYNONYM, 0);
    enum status status =
        vocabulary_spellings(vocabulary, word, &spellings, planner->failure);
    size_t i;

    if (!status)
        status =
            vocabulary_stems(vocabulary, &spellings, &stems, planner->failure);
    for (i = 0; !status && i < stems.n_items; i++)
        any = query_add(any, plan_term(TERM_STEM, stems.items[i]));
    if (!status && !any)
        status = fail_memory(planner->failure);
    if (!status && hints && !planner->excluded)
        status = keep_stems(planner, word, &stems);
    if (status)
        query_free(any);
    else
        *out = any;
    word_list_release(&stems);
    word_list_release(&spellings);
    return status;
}

/* Put before *NODE, the stems of WORD, what they count as a word. */
static enum status weigh(struct planner *planner, struct bytes word,
                         struct query_node **node)
{
    return ranked_weigh(planner->vocabulary.reader, is_function(planner, word),
                        node, planner->failure);
}

/* Let *NODE count WEIGHT against what it did. */
static enum status scale(struct planner *planner, double weight,
                         struct query_node **node)
{
    if (weight != 1)
        *node = query_scale_new(*node, weight);
    return *node ? STATUS_OK : fail_memory(planner->failure);
}

/* Let the words of N units from FIRST on hint, each by itself, unless they are
 * excluded. */
static enum status hint_at_words(struct planner *planner,
                                 const struct units *units,
                                 const struct unit *first, size_t n,
                                 double weight)
{
    const struct unit *last = first + n - 1;
    size_t i = first->first, end = last->first + last->n_words;
    enum status status = STATUS_OK;

    if (planner->excluded || weight <= 0)
        return STATUS_OK;
    for (; !status && i < end; i++) {
        struct bytes word = units->words.items[i];
        struct query_node *stems = NULL;

        if (piece_is_wild(&units->piece, word))
            continue;
        status = plan_stems(planner, word, false, &stems);
        stems = query_simplify(stems);
        if (!status && stems && !first->ideograph)
            status = weigh(planner, word, &stems);
        if (!status)
            status = plan_hint(planner, stems, weight);
        else
            query_free(stems);
    }
    return status;
}

/* What a compound counts as WHOLE, one word, and each of its words as a PART:
 * as far as the index has WORD written as one (cooperation), it is; otherwise
 * its words are two like others, and that they stand together tells a little.
 */
static enum status weigh_compound(struct planner *planner, struct bytes word,
                                  double *whole, double *part)
{
    const struct ranking *ranking = plan_ranking(planner);
    struct vocabulary *vocabulary = &planner->vocabulary;
    uint32_t n_hyphens = 0, n_without = 0;
    struct bytes key;
    double one = 0;
    enum status status = reader_frequency(vocabulary->reader, word, &n_hyphens,
                                          planner->failure);

    if (!status)
        status = vocabulary_key(vocabulary, word, &key, planner->failure);
    if (!status)
        status = reader_frequency(vocabulary->reader, key, &n_without,
                                  planner->failure);
    if (!status && n_without > 0)
        one = n_without / ((double)n_without + n_hyphens);
    *whole = one + (1 - one) * ranking->together;
    *part = (1 - one) * ranking->part;
    return status;
}

/* A compound without wildcards: its stems, or its parts in a row. */
static enum status plan_compound(struct planner *planner,
                                 const struct units *units,
                                 const struct unit *unit,
                                 struct query_node **out)
{
    struct query_node *any = NULL, *row = NULL;
    double whole = 1, part = 0;
    enum status status = plan_stems(planner, unit->word, true, &any);

    if (!status)
        status = plan_parts(planner, units, unit, ROW_WRITTEN, &row);
    if (!status)
        status = weigh_compound(planner, unit->word, &whole, &part);
    if (!status) {
        any = query_simplify(query_add(any, row));
        status = any ? weigh(planner, unit->word, &any)
                     : fail_memory(planner->failure);
    }
    if (!status)
        status = scale(planner, whole, &any);
    if (!status)
        status = hint_at_words(planner, units, unit, 1, part);
    if (status)
        query_free(any);
    else
        *out = any;
    return status;
}

/* One unit, ranked. */
static enum status plan_unit(struct planner *planner, const struct units *units,
                             size_t number, struct query_node **out)
{
    const struct unit *unit = &units->items[number];
    enum status status;

    if (unit->column)
        return plan_units(planner, units, number, 1, ROW_WRITTEN, true, out);
    if (unit->n_words > 1)
        return plan_compound(planner, units, unit, out);
    status = plan_stems(planner, unit->word, true, out);
    if (!status)
        *out = query_simplify(*out);
    if (!status && !unit->ideograph)
        status = weigh(planner, unit->word, out);
    return status;
}

/* The N ideographs from FIRST on, more than one, of which each makes a pair
 * with the one before. */
static enum status plan_ideographs(struct planner *planner,
                                   const struct units *units,
                                   const struct unit *first, size_t n,
                                   struct query_node **out)
{
    struct query_node *any = query_node_new(QUERY_OR, 0);
    enum status status = STATUS_OK;
    size_t i;

    for (i = 1; !status && any && i < n; i++) {
        struct query_node *stems = NULL;

        status = plan_stems(planner, first[i].pair, true, &stems);
        any = query_add(any, stems ? query_simplify(stems) : NULL);
    }
    if (!status)
        status = hint_at_words(planner, units, first, n,
                               plan_ranking(planner)->ideograph);
    if (status)
        query_free(any);
    else
        *out =
            query_scale_new(query_simplify(any), plan_ranking(planner)->pair);
    return !status && !*out ? fail_memory(planner->failure) : status;
}

/* How many units from FIRST on are read together: words up to the next
 * ideograph, or ideographs as long as they make pairs. */
static size_t run_length(const struct units *units, size_t first)
{
    bool ideographs = units->items[first].ideograph;
    size_t n = 1;

    while (first + n < units->n_items &&
           (ideographs ? units->items[first + n].pair.length > 0
                       : !units->items[first + n].ideograph))
        n++;
    return n;
}

/* The N units from number FIRST on, which are read together. */
static enum status plan_run(struct planner *planner, const struct units *units,
                            size_t first, size_t n, struct query_node **out)
{
    const struct unit *unit = &units->items[first];
    enum status status;

    if (n == 1)
        return plan_unit(planner, units, first, out);
    if (unit->ideograph)
        return plan_ideographs(planner, units, unit, n, out);
    status = plan_units(planner, units, first, n, ROW_WRITTEN, true, out);
    if (!status && *out)
        status = scale(planner, plan_ranking(planner)->together, out);
    return status ? status
                  : hint_at_words(planner, units, unit, n,
                                  plan_ranking(planner)->part);
}

/* Keep the words of UNITS, ideographs and wildcards aside, to look at in the
 * best paragraphs. */
static enum status keep_ranked(struct planner *planner,
                               const struct units *units)
{
    enum status status = STATUS_OK;
    size_t i, j;

    for (i = 0; i < units->n_items && !planner->excluded; i++) {
        const struct unit *unit = &units->items[i];

        for (j = 0; !status && !unit->ideograph && j < unit->n_words; j++) {
            struct bytes word = units->words.items[unit->first + j];

            if (!piece_is_wild(&units->piece, word))
                status =
                    ranked_add(&planner->plan->ranked, word, planner->boost,
                               is_function(planner, word), planner->failure);
        }
    }
    return status;
}

enum status plan_words(struct planner *planner, const struct syntax *tree,
                       struct query_node **out)
{
    struct query_node *any = query_node_new(QUERY_OR, 0);
    struct units units = {0};
    enum status status = units_read(&units, planner->analyzer, tree->text,
                                    tree->text_column, planner->failure);
    size_t i, n;

    if (!status)
        status = plan_take_words(planner, &units, tree->text_column);
    if (!status)
        status = keep_ranked(planner, &units);
    for (i = 0; !status && any && i < units.n_items; i += n) {
        struct query_node *part = NULL;

        n = run_length(&units, i);
        status = plan_run(planner, &units, i, n, &part);
        if (status)
            query_free(part);
        else
            any = query_add(any, part);
    }
    if (!status && !any)
        status = fail_memory(planner->failure);
    if (!status && units.n_items > 0)
        *out = query_simplify(any);
    else
        query_free(any);
    units_release(&units);
    return status;
}
