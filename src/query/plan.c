/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the tree of a query to what the index is asked, part by part:
 *
 *   word            SYNONYM of the stems, in every language of the index, of
 *                   every spelling of it; of a compound also its parts in a
 *                   row, and each part hints
 *   several words   in one chunk (A/RES/59/153): a phrase of them; each hints
 *   ideographs      OR of the pairs that they make; each by itself hints
 *   phrase          see phrase.h
 *   words side by side   OR; AND of those with '+', AND_NOT of those with '-'
 *   field           see filter.h; beside words a FILTER of them, several of
 *                   one name being alternatives
 *
 * A hint matches nothing: it adds a little to the score of what matches anyway.
 * The stems of all ranked words in titles and headings hint as well.
 *
 * A chunk without a word ("—") among others is left out: it says nothing. Where
 * an operator needs it to say something it is a mistake. Recursion is as deep
 * as the tree, which the parser bounds. */
#include <config.h>

#include "src/query/plan.h"

#include "base/buffer.h"
#include "index/schema.h"
#include "src/query/excerpt.h"
#include "src/query/filter.h"
#include "src/query/phrase.h"
#include "src/query/units.h"
#include "src/query/vocabulary.h"

struct planner {
    struct vocabulary vocabulary;
    struct analyzer *analyzer;
    struct plan *plan;
    struct query_node *hints; /* an OR; NULL: none yet */
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

/* The terms of STEMS under PREFIX, scored as one. */
static struct query_node *stems_query(const struct pattern_slot *stems,
                                      const char *prefix)
{
    struct query_node *any = query_node_new(QUERY_SYNONYM, 0);
    struct buffer term = BUFFER_EMPTY;
    size_t i;

    for (i = 0; any && i < stems->n_items; i++) {
        buffer_clear(&term);
        buffer_append_string(&term, prefix);
        buffer_append(&term, stems->items[i].data, stems->items[i].length);
        any = query_add(any, term.failed
                                 ? NULL
                                 : query_term_new(term.data, term.length, 1));
    }
    buffer_release(&term);
    return any;
}

/* Let NODE, which is taken over, add to the score, at WEIGHT against words. */
static enum status add_hint(struct planner *planner, struct query_node *node,
                            double weight)
{
    if (!planner->hints)
        planner->hints = query_node_new(QUERY_OR, 0);
    planner->hints = query_add(planner->hints, query_scale_new(node, weight));
    return planner->hints ? STATUS_OK : fail_memory(planner->failure);
}

/* The stems of all spellings of WORD as a query, not yet simplified, and, if
 * MARKED, as a pattern. */
static enum status plan_stems(struct planner *planner, struct bytes word,
                              bool marked, struct query_node **out)
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
        *out = stems_query(stems, TERM_STEM);
        if (!*out)
            status = fail_memory(planner->failure);
    }
    if (!status && marked && !planner->excluded)
        status =
            patterns_take(&planner->plan->patterns, &pattern, planner->failure);
    pattern_release(&pattern);
    pattern_slot_release(&spellings);
    return status;
}

/* What each word counts that stands in a row with others, each ideograph that
 * does, and each pair of these, against a word by itself. An ideograph is in
 * two pairs, and nearly every word in one or more; alone it says much less than
 * a word. On questions in Chinese (XQuAD) pairs alone give an nDCG@10 of 0.965,
 * half of them and a fifth of the ideographs 0.970, whatever k1 and b are. */
static const double part_weight = 0.5, pair_weight = 0.5,
                    ideograph_weight = 0.2;

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

    for (; !status && !planner->excluded && i < end; i++) {
        struct query_node *stems = NULL;

        status = plan_stems(planner, units->words.items[i], false, &stems);
        if (!status)
            status = add_hint(planner, query_simplify(stems), weight);
    }
    return status;
}

/* One unit, ranked. */
static enum status plan_unit(struct planner *planner, const struct units *units,
                             const struct unit *unit, struct query_node **out)
{
    enum status status = plan_stems(planner, unit->word, true, out);

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
        if (!status)
            status = hint_at_words(planner, units, unit, 1, part_weight);
    }
    if (!status && *out)
        *out = query_simplify(*out);
    return !status && !*out ? fail_memory(planner->failure) : status;
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
        status = hint_at_words(planner, units, first, n, ideograph_weight);
    if (status)
        query_free(any);
    else
        *out = query_scale_new(query_simplify(any), pair_weight);
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
                            size_t first, size_t n, struct bytes text,
                            struct query_node **out)
{
    const struct unit *unit = &units->items[first];
    enum status status;

    if (n == 1)
        return plan_unit(planner, units, unit, out);
    if (unit->ideograph)
        return plan_ideographs(planner, units, unit, n, out);
    status = plan_row(planner, units, first, n, text, out);
    return status ? status
                  : hint_at_words(planner, units, unit, n, part_weight);
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
        status = plan_run(planner, &units, i, n, tree->text, &part);
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

/* Make the field CHILD one of FILTERS, an AND of an OR for each name. */
static enum status add_filter(struct planner *planner,
                              const struct syntax *child,
                              struct query_node *filters[N_FIELDS])
{
    struct query_node **filter = &filters[child->field], *node = NULL;
    enum status status =
        filter_query(child, &planner->vocabulary, planner->analyzer, &node,
                     planner->failure);

    if (status)
        return status;
    if (!*filter)
        *filter = query_node_new(QUERY_OR, 0);
    *filter = query_add(*filter, node);
    return *filter ? STATUS_OK : fail_memory(planner->failure);
}

/* BASE (NULL: everything) where all of FILTERS hold, which are taken over. NULL
 * if memory is short. */
static struct query_node *apply_filters(struct query_node *base,
                                        struct query_node *filters[N_FIELDS])
{
    struct query_node *node = query_node_new(QUERY_FILTER, 0);
    size_t i;

    node = query_add(node, base ? base : query_all_new());
    for (i = 0; i < N_FIELDS; i++) {
        if (!filters[i])
            continue;
        if (node)
            node = query_add(node, query_simplify(filters[i]));
        else
            query_free(filters[i]);
        filters[i] = NULL;
    }
    return query_simplify(node);
}

/* A field by itself. */
static enum status plan_field(struct planner *planner,
                              const struct syntax *tree,
                              struct query_node **out)
{
    struct query_node *filters[N_FIELDS] = {NULL};
    enum status status = add_filter(planner, tree, filters);

    if (status)
        return status;
    *out = apply_filters(NULL, filters);
    return *out ? STATUS_OK : fail_memory(planner->failure);
}

/* The members of a group, by what they are in it. */
struct group {
    struct query_node *must, *may, *not ;
    struct query_node *filters[N_FIELDS];
    size_t n_filters;
};

static enum status add_member(struct planner *planner, struct group *group,
                              const struct syntax *child)
{
    bool optional = !child->required && !child->excluded;
    enum status status;

    if (child->kind == SYNTAX_FIELD && !child->excluded) {
        group->n_filters++;
        return add_filter(planner, child, group->filters);
    }
    planner->excluded += child->excluded;
    status = add_child(planner, child, optional,
                       child->required   ? &group->must
                       : child->excluded ? &group->not
                                         : &group->may);
    planner->excluded -= child->excluded;
    return status;
}

/* What GROUP, whose members are taken over, asks of the index. */
static enum status finish_group(struct planner *planner,
                                const struct syntax *tree, struct group *group,
                                struct query_node **out)
{
    bool has_words = group->must->n_children + group->may->n_children > 0;
    struct query_node *base;

    if (!has_words && group->n_filters == 0)
        return group->not ->n_children > 0
                   ? fail_column(planner->failure, tree->column,
                                 "there is no word here that the '-' could "
                                 "take away from")
                   : no_word(planner, tree->children[0]);
    if (!has_words) {
        /* "lang:en -kind:footnote": of everything. */
        group->may = query_add(group->may, query_all_new());
        if (!group->may)
            return fail_memory(planner->failure);
    }
    base = join_group(group->must, group->may, group->not );
    group->must = group->may = group->not = NULL;
    if (base && group->n_filters)
        base = apply_filters(base, group->filters);
    *out = base;
    return base ? STATUS_OK : fail_memory(planner->failure);
}

static enum status plan_group(struct planner *planner,
                              const struct syntax *tree,
                              struct query_node **out)
{
    struct group group = {
        .must = query_node_new(QUERY_AND, 0),
        .may = query_node_new(QUERY_OR, 0),
        .not = query_node_new(QUERY_OR, 0),
    };
    enum status status = STATUS_OK;
    size_t i;

    if (!group.must || !group.may || !group.not )
        status = fail_memory(planner->failure);
    for (i = 0; !status && i < tree->n_children; i++)
        status = add_member(planner, &group, tree->children[i]);
    if (!status)
        status = finish_group(planner, tree, &group, out);
    query_free(group.must);
    query_free(group.may);
    query_free(group.not );
    for (i = 0; i < N_FIELDS; i++)
        query_free(group.filters[i]);
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
    case SYNTAX_FIELD: return plan_field(planner, tree, out);
    case SYNTAX_AND: return plan_operator(planner, tree, QUERY_AND, out);
    case SYNTAX_OR: return plan_operator(planner, tree, QUERY_OR, out);
    case SYNTAX_NOT: return plan_operator(planner, tree, QUERY_AND_NOT, out);
    case SYNTAX_GROUP: return plan_group(planner, tree, out);
    }
    return status;
}

/* How much a word in a title or a heading counts against one in the text. */
static const double heading_weight = 0.3;

/* Add to ANY the stems of PATTERN under PREFIX. */
static struct query_node *add_heading(struct query_node *any,
                                      const struct pattern *pattern,
                                      const char *prefix)
{
    struct query_node *stems = stems_query(&pattern->slots[0], prefix);

    return query_add(any, stems ? query_simplify(stems) : NULL);
}

static bool any_term(void *context, struct bytes term, uint32_t n_paragraphs)
{
    (void)term;
    (void)n_paragraphs;
    *(bool *)context = true;
    return false;
}

/* Whether the index has any term that begins with PREFIX. */
static enum status has_terms(struct planner *planner, const char *prefix,
                             bool *has)
{
    *has = false;
    return reader_terms(planner->vocabulary.reader, bytes_of(prefix), any_term,
                        has, planner->failure);
}

/* Let the ranked words hint where titles or headings have them. */
static enum status hint_at_headings(struct planner *planner)
{
    static const char *const prefixes[] = {TERM_TITLE, TERM_HEADING};
    const struct plan *plan = planner->plan;
    struct query_node *any = query_node_new(QUERY_OR, 0);
    enum status status = STATUS_OK;
    size_t i, j;

    for (j = 0; j < sizeof prefixes / sizeof *prefixes; j++) {
        bool has = false;

        status = has_terms(planner, prefixes[j], &has);
        for (i = 0; !status && has && any && i < plan->patterns.n_items; i++)
            if (plan->patterns.items[i].stem)
                any = add_heading(any, &plan->patterns.items[i], prefixes[j]);
        if (status || !any)
            break;
    }
    if (status || (any && any->n_children == 0)) {
        query_free(any);
        return status;
    }
    return add_hint(planner, query_simplify(any), heading_weight);
}

/* Put the hints, which are taken over, beside the query. */
static enum status apply_hints(struct planner *planner)
{
    struct plan *plan = planner->plan;
    struct query_node *hints = planner->hints;

    planner->hints = NULL;
    if (!hints)
        return STATUS_OK;
    plan->query = query_add(query_node_new(QUERY_AND_MAYBE, 0), plan->query);
    plan->query = query_add(plan->query, query_simplify(hints));
    return plan->query ? STATUS_OK : fail_memory(planner->failure);
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
    if (!status)
        status = hint_at_headings(&planner);
    if (!status)
        status = apply_hints(&planner);
    query_free(planner.hints);
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
