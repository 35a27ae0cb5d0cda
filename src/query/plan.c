/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the tree of a query to what the index is asked, part by part:
 *
 *   word            SYNONYM of the stems, in every language of the index, of
 *                   every spelling of it; of a compound also its parts in a row
 *   several words   in one chunk (A/RES/59/153): a phrase of them; ideographs:
 *                   words side by side
 *   phrase          see phrase.h
 *   words side by side   OR; AND of those with '+', AND_NOT of those with '-'
 *
 * A chunk without a word ("—") among others is left out: it says nothing. Where
 * an operator needs it to say something it is a mistake. Recursion is as deep
 * as the tree, which the parser bounds. */
#include <config.h>

#include "src/query/plan.h"

#include "base/buffer.h"
#include "index/schema.h"
#include "src/query/excerpt.h"
#include "src/query/phrase.h"
#include "src/query/units.h"
#include "src/query/vocabulary.h"

struct planner {
    struct vocabulary vocabulary;
    struct analyzer *analyzer;
    struct plan *plan;
    size_t excluded; /* how many of the parts around this one are excluded */
    struct failure *failure;
};

static enum status plan_node(struct planner *planner, const struct syntax *tree,
                             struct query_node **out);

static enum status no_word(struct planner *planner, const struct syntax *tree)
{
    if (tree->kind == SYNTAX_PHRASE)
        return fail_column(planner->failure, tree->column,
                           "there is no word in this phrase");
    return fail_column(
        planner->failure, tree->column, "there is no word in '%s%s'",
        tree->kind == SYNTAX_EXACT ? "=" : "", excerpt_of(tree->text).text);
}

/* Make *OUT the query for PATTERNS from number FIRST on, and keep them in the
 * plan unless they are excluded. */
static enum status finish_patterns(struct planner *planner,
                                   struct patterns *patterns,
                                   struct query_node **out)
{
    struct patterns *marked = &planner->plan->patterns;
    size_t i;

    *out = phrase_query(patterns, 0);
    if (!*out)
        return fail_memory(planner->failure);
    for (i = 0; !planner->excluded && i < patterns->n_items; i++)
        if (patterns_take(marked, &patterns->items[i], planner->failure))
            return STATUS_MEMORY;
    return STATUS_OK;
}

/* The N units from number FIRST on, in a row. */
static enum status plan_row(struct planner *planner, const struct units *units,
                            size_t first, size_t n, struct bytes text,
                            struct query_node **out)
{
    struct patterns patterns = {0};
    enum status status = phrase_readings(&planner->vocabulary, units, first, n,
                                         text, &patterns, planner->failure);

    if (!status)
        status = finish_patterns(planner, &patterns, out);
    patterns_release(&patterns);
    return status;
}

static struct query_node *stems_query(const struct pattern_slot *stems)
{
    struct query_node *any = query_node_new(QUERY_SYNONYM, 0);
    struct buffer term = BUFFER_EMPTY;
    size_t i;

    for (i = 0; any && i < stems->n_items; i++) {
        buffer_clear(&term);
        buffer_append_string(&term, TERM_STEM);
        buffer_append(&term, stems->items[i].data, stems->items[i].length);
        any = query_add(any, term.failed
                                 ? NULL
                                 : query_term_new(term.data, term.length, 1));
    }
    buffer_release(&term);
    return any;
}

/* The stems of all spellings of WORD as a pattern and, not yet simplified, as
 * a query. */
static enum status plan_stems(struct planner *planner, struct bytes word,
                              struct query_node **out)
{
    struct vocabulary *vocabulary = &planner->vocabulary;
    struct pattern_slot spellings = {0};
    struct pattern pattern = {.stem = true};
    struct pattern_slot *stems = pattern_add_slot(&pattern, planner->failure);
    enum status status = stems ? STATUS_OK : STATUS_MEMORY;

    if (!status)
        status = vocabulary_spellings(vocabulary, word, &spellings,
                                      planner->failure);
    if (!status)
        status =
            vocabulary_stems(vocabulary, &spellings, stems, planner->failure);
    if (!status) {
        *out = stems_query(stems);
        if (!*out)
            status = fail_memory(planner->failure);
    }
    if (!status && !planner->excluded)
        status =
            patterns_take(&planner->plan->patterns, &pattern, planner->failure);
    pattern_release(&pattern);
    pattern_slot_release(&spellings);
    return status;
}

/* One unit, ranked. */
static enum status plan_unit(struct planner *planner, const struct units *units,
                             const struct unit *unit, struct query_node **out)
{
    enum status status = plan_stems(planner, unit->word, out);

    if (!status && unit->n_words > 1) {
        struct patterns parts = {0};
        struct query_node *row = NULL;

        status = phrase_of_parts(&planner->vocabulary, units, unit, &parts,
                                 planner->failure);
        if (!status)
            status = finish_patterns(planner, &parts, &row);
        patterns_release(&parts);
        if (!status)
            *out = query_add(*out, row);
        else
            query_free(row);
    }
    if (!status && *out)
        *out = query_simplify(*out);
    return !status && !*out ? fail_memory(planner->failure) : status;
}

/* How many units from FIRST on are read in a row: up to the next ideograph. */
static size_t run_length(const struct units *units, size_t first)
{
    size_t n = 1;

    while (!units->items[first].ideograph && first + n < units->n_items &&
           !units->items[first + n].ideograph)
        n++;
    return n;
}

/* A chunk; *OUT stays NULL if there is no word in it. */
static enum status plan_words(struct planner *planner,
                              const struct syntax *tree,
                              struct query_node **out)
{
    struct query_node *any = query_node_new(QUERY_OR, 0);
    struct units units = {0};
    enum status status =
        units_read(&units, planner->analyzer, tree->text, planner->failure);
    size_t i, n;

    for (i = 0; !status && any && i < units.n_items; i += n) {
        struct query_node *part = NULL;

        n = run_length(&units, i);
        status = n == 1 ? plan_unit(planner, &units, &units.items[i], &part)
                        : plan_row(planner, &units, i, n, tree->text, &part);
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

static enum status plan_phrase(struct planner *planner,
                               const struct syntax *tree,
                               struct query_node **out)
{
    struct patterns patterns = {0};
    struct units units = {0};
    enum status status =
        units_read(&units, planner->analyzer, tree->text, planner->failure);

    if (!status && units.n_items == 0)
        status = no_word(planner, tree);
    if (!status && tree->kind == SYNTAX_EXACT)
        status = phrase_exact(&units, &patterns, planner->failure);
    else if (!status)
        status = phrase_readings(&planner->vocabulary, &units, 0, units.n_items,
                                 tree->text, &patterns, planner->failure);
    if (!status)
        status = finish_patterns(planner, &patterns, out);
    patterns_release(&patterns);
    units_release(&units);
    return status;
}

/* Append the query of CHILD to *PARENT, which becomes NULL if that fails for
 * want of memory. OPTIONAL words may be none. */
static enum status add_child(struct planner *planner,
                             const struct syntax *child, bool optional,
                             struct query_node **parent)
{
    struct query_node *node = NULL;
    enum status status = optional && child->kind == SYNTAX_WORDS
                             ? plan_words(planner, child, &node)
                             : plan_node(planner, child, &node);

    if (status) {
        query_free(node);
        return status;
    }
    if (node)
        *parent = query_add(*parent, node);
    return *parent ? STATUS_OK : fail_memory(planner->failure);
}

/* AND, OR, NOT. */
static enum status plan_operator(struct planner *planner,
                                 const struct syntax *tree,
                                 enum query_operator operator,
                                 struct query_node ** out)
{
    struct query_node *node = query_node_new(operator, 0);
    enum status status = node ? STATUS_OK : fail_memory(planner->failure);
    size_t i;

    for (i = 0; !status && i < tree->n_children; i++) {
        bool excluded = operator== QUERY_AND_NOT && i> 0;

        planner->excluded += excluded;
        status = add_child(planner, tree->children[i], false, &node);
        planner->excluded -= excluded;
    }
    if (status)
        query_free(node);
    else
        *out = node;
    return status;
}

/* What is left of a group for the index: those of MUST, else those of MAY,
 * which otherwise only add to the score; without those of NOT. All are taken
 * over. NULL if memory is short. */
static struct query_node *join_group(struct query_node *must,
                                     struct query_node *may,
                                     struct query_node * not )
{
    struct query_node *base, *difference;

    if (must->n_children == 0) {
        query_free(must);
        base = query_simplify(may);
    } else {
        base = query_node_new(QUERY_AND_MAYBE, 0);
        base = query_add(base, query_simplify(must));
        if (may->n_children > 0)
            base = query_add(base, query_simplify(may));
        else
            query_free(may);
        base = query_simplify(base);
    }
    if (not ->n_children == 0) {
        query_free(not );
        return base;
    }
    difference = query_add(query_node_new(QUERY_AND_NOT, 0), base);
    return query_add(difference, query_simplify(not ));
}

static enum status plan_group(struct planner *planner,
                              const struct syntax *tree,
                              struct query_node **out)
{
    struct query_node *must = query_node_new(QUERY_AND, 0);
    struct query_node *may = query_node_new(QUERY_OR, 0);
    struct query_node *not = query_node_new(QUERY_OR, 0);
    enum status status = STATUS_OK;
    size_t i;

    if (!must || !may || !not )
        status = fail_memory(planner->failure);
    for (i = 0; !status && i < tree->n_children; i++) {
        const struct syntax *child = tree->children[i];
        bool optional = !child->required && !child->excluded;

        planner->excluded += child->excluded;
        status = add_child(planner, child, optional,
                           child->required   ? &must
                           : child->excluded ? &not
                                             : &may);
        planner->excluded -= child->excluded;
    }
    if (!status && must->n_children == 0 && may->n_children == 0)
        status = not ->n_children > 0
                     ? fail_column(planner->failure, tree->column,
                                   "there is no word here that the '-' could "
                                   "take away from")
                     : no_word(planner, tree->children[0]);
    if (!status) {
        *out = join_group(must, may, not );
        return *out ? STATUS_OK : fail_memory(planner->failure);
    }
    query_free(must);
    query_free(may);
    query_free(not );
    return status;
}

/* *OUT is not NULL if all went well. */
static enum status plan_node(struct planner *planner, const struct syntax *tree,
                             struct query_node **out)
{
    enum status status = STATUS_OK;

    switch (tree->kind) {
    case SYNTAX_WORDS:
        status = plan_words(planner, tree, out);
        return !status && !*out ? no_word(planner, tree) : status;
    case SYNTAX_EXACT:
    case SYNTAX_PHRASE: return plan_phrase(planner, tree, out);
    case SYNTAX_AND: return plan_operator(planner, tree, QUERY_AND, out);
    case SYNTAX_OR: return plan_operator(planner, tree, QUERY_OR, out);
    case SYNTAX_NOT: return plan_operator(planner, tree, QUERY_AND_NOT, out);
    case SYNTAX_GROUP: return plan_group(planner, tree, out);
    }
    return status;
}

enum status plan_make(const struct syntax *tree, struct reader *reader,
                      struct analyzer *analyzer, struct lexicon *lexicon,
                      struct plan *plan, struct failure *failure)
{
    struct planner planner = {
        .analyzer = analyzer, .plan = plan, .failure = failure};
    enum status status;

    *plan = (struct plan){0};
    status = vocabulary_init(&planner.vocabulary, reader, lexicon, failure);
    if (!status)
        status = plan_node(&planner, tree, &plan->query);
    vocabulary_release(&planner.vocabulary);
    if (status)
        plan_release(plan);
    return status;
}

void plan_release(struct plan *plan)
{
    query_free(plan->query);
    patterns_release(&plan->patterns);
    *plan = (struct plan){0};
}
