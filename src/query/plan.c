/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What joins the parts of a query:
 *
 *   words side by side   OR (or AND, if all are wanted); AND of those with '+',
 *                        AND_NOT of those with '-'
 *   field                see filter.h; beside words a FILTER of them, several
 *                        of one name being alternatives
 *   boost                SCALE
 *
 * A chunk without a word ("—") among others is left out: it says nothing. Where
 * an operator needs it to say something it is a mistake. Recursion is as deep
 * as the tree, which the parser bounds. */
#include <config.h>

#include "src/query/plan_parts.h"

#include "src/query/excerpt.h"
#include "src/query/filter.h"
#include "src/query/query_language.h"

static enum status plan_node(struct planner *planner, const struct syntax *tree,
                             bool optional, struct query_node **out);

enum status plan_no_word(struct planner *planner, const struct syntax *tree)
{
    if (tree->kind == SYNTAX_PHRASE)
        return fail_column(planner->failure, tree->column,
                           "there is no word in this phrase");
    return fail_column(
        planner->failure, tree->column, "there is no word in '%s%s'",
        tree->kind == SYNTAX_EXACT ? "=" : "", excerpt_of(tree->text).text);
}

void plan_at(struct planner *planner, const struct syntax *tree,
             enum status status, struct query_node *node)
{
    if (status == STATUS_LIMIT && planner->failure &&
        planner->failure->column == 0)
        planner->failure->column = tree->column;
    query_set_column(node, tree->column);
}

enum status plan_take_words(struct planner *planner, const struct units *units,
                            size_t column)
{
    enum status status = STATUS_OK;
    size_t i;

    planner->n_words += units->n_items;
    if (planner->n_words > PLAN_MAX_WORDS)
        return fail_limit(planner->failure, column,
                          "a query has at most %d words, and here is one more",
                          PLAN_MAX_WORDS);
    for (i = 0; !status && !planner->excluded && i < units->n_items; i++)
        if (!units->items[i].column)
            status = word_list_append(&planner->plan->words,
                                      units->items[i].word, planner->failure);
    return status;
}

/* Append the query of CHILD to *PARENT, which becomes NULL if that fails for
 * want of memory. OPTIONAL words may be none. */
static enum status add_child(struct planner *planner,
                             const struct syntax *child, bool optional,
                             struct query_node **parent)
{
    struct query_node *node = NULL;
    enum status status = plan_node(planner, child, optional, &node);

    if (status) {
        query_free(node);
        return status;
    }
    if (node)
        *parent = query_add(*parent, node);
    return *parent ? STATUS_OK : fail_memory(planner->failure);
}

/* AND, OR, XOR, NOT. */
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
        *out = query_join(node);
    return !status && !*out ? fail_memory(planner->failure) : status;
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
        base = query_join(may);
    } else {
        base = query_node_new(QUERY_AND_MAYBE, 0);
        base = query_add(base, query_join(must));
        if (may->n_children > 0)
            base = query_add(base, query_join(may));
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
                       child->excluded                           ? &group->not
                       : child->required || planner->options.all ? &group->must
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
                   : plan_no_word(planner, tree->children[0]);
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

/* Let the words that feedback added be of GROUP, the whole query. */
static void add_added(struct planner *planner, struct group *group)
{
    if (planner->added)
        group->may = query_add(group->may, planner->added);
    planner->added = NULL;
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

    add_added(planner, &group);
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

/* TREE without its boost. */
static enum status plan_unboosted(struct planner *planner,
                                  const struct syntax *tree,
                                  struct query_node **out)
{
    enum status status = STATUS_OK;

    switch (tree->kind) {
    case SYNTAX_WORDS:
        status = plan_words(planner, tree, out);
        return !status && !*out ? plan_no_word(planner, tree) : status;
    case SYNTAX_FUZZY:
    case SYNTAX_EXACT:
    case SYNTAX_PHRASE:
    case SYNTAX_NEAR:
    case SYNTAX_ONEAR: return plan_place(planner, tree, out);
    case SYNTAX_FIELD: return plan_field(planner, tree, out);
    case SYNTAX_AND: return plan_operator(planner, tree, QUERY_AND, out);
    case SYNTAX_OR: return plan_operator(planner, tree, QUERY_OR, out);
    case SYNTAX_XOR: return plan_operator(planner, tree, QUERY_XOR, out);
    case SYNTAX_NOT: return plan_operator(planner, tree, QUERY_AND_NOT, out);
    case SYNTAX_GROUP: return plan_group(planner, tree, out);
    }
    return status;
}

/* *OUT is not NULL if all went well; OPTIONAL words may be none. */
static enum status plan_node(struct planner *planner, const struct syntax *tree,
                             bool optional, struct query_node **out)
{
    double boost = planner->boost;
    enum status status;

    planner->boost *= tree->boost;
    planner->column = tree->column;
    status = optional && tree->kind == SYNTAX_WORDS
                 ? plan_words(planner, tree, out)
                 : plan_unboosted(planner, tree, out);
    planner->boost = boost;
    if (!status && *out && tree->boost != 1) {
        *out = query_scale_new(*out, tree->boost);
        status = *out ? STATUS_OK : fail_memory(planner->failure);
    }
    plan_at(planner, tree, status, *out);
    return status;
}

/* Whether TREE is nothing but words side by side, of which any may match, and
 * what restricts them. */
static bool is_loose(const struct syntax *tree, bool all)
{
    size_t i;

    if (tree->kind != SYNTAX_GROUP)
        return tree->kind == SYNTAX_WORDS;
    for (i = 0; i < tree->n_children; i++) {
        const struct syntax *child = tree->children[i];

        if (child->kind != SYNTAX_FIELD && !child->excluded &&
            (child->kind != SYNTAX_WORDS || child->required || all))
            return false;
    }
    return true;
}

/* Plan what was added beside TREE, whose own words are in PLAN->query. Where
 * the query says what must match, what was added is only a hint. */
static enum status join_added(struct planner *planner)
{
    struct plan *plan = planner->plan;
    struct query_node *added = planner->added;

    planner->added = NULL;
    plan->query =
        query_add(query_add(query_node_new(QUERY_OR, 0), plan->query), added);
    return plan->query ? STATUS_OK : fail_memory(planner->failure);
}

/* Plan TREE with the words that PLAN->added has. */
static enum status plan_tree(struct planner *planner, const struct syntax *tree)
{
    struct plan *plan = planner->plan;
    bool loose = is_loose(tree, planner->options.all);
    enum status status = STATUS_OK;

    if (plan->added.n_items)
        status = feedback_query(&plan->added, planner->vocabulary.reader,
                                &planner->added, planner->failure);
    if (!status && planner->added && !loose) {
        status = plan_hint(planner, planner->added, 1);
        planner->added = NULL;
    }
    if (!status)
        status = plan_node(planner, tree, false, &plan->query);
    if (!status && planner->added)
        status = join_added(planner);
    if (!status)
        status = plan_apply_hints(planner);
    query_free(planner->added);
    planner->added = NULL;
    return status;
}

/* Make PLAN, which holds nothing or only words to add. */
static enum status plan_once(const struct syntax *tree,
                             const struct plan_options *options,
                             struct reader *reader, struct analyzer *analyzer,
                             struct lexicon *lexicon, struct plan *plan,
                             struct failure *failure)
{
    struct planner planner = {
        .analyzer = analyzer, .plan = plan, .boost = 1, .failure = failure};
    enum status status;

    if (options)
        planner.options = *options;
    status = vocabulary_init(&planner.vocabulary, reader, lexicon, failure);
    if (!status)
        status = query_language(tree, &planner.vocabulary, analyzer,
                                &planner.language, failure);
    if (!status)
        status = plan_tree(&planner, tree);
    plan_release_hints(&planner);
    vocabulary_release(&planner.vocabulary);
    word_list_sort(&plan->words);
    ranked_finish(&plan->ranked);
    if (status)
        plan_release(plan);
    return status;
}

enum status plan_make(const struct syntax *tree,
                      const struct plan_options *options, struct reader *reader,
                      struct analyzer *analyzer, struct lexicon *lexicon,
                      struct plan *plan, struct failure *failure)
{
    struct feedback added;
    enum status status;

    *plan = (struct plan){0};
    status = plan_once(tree, options, reader, analyzer, lexicon, plan, failure);
    if (status || !options || !options->expand)
        return status;
    status = feedback_find(reader, plan->query, &plan->ranked, analyzer,
                           lexicon, &added, failure);
    plan_release(plan);
    plan->added = added;
    if (!status)
        return plan_once(tree, options, reader, analyzer, lexicon, plan,
                         failure);
    plan_release(plan);
    return status;
}

void plan_release(struct plan *plan)
{
    query_free(plan->query);
    ranked_release(&plan->ranked);
    feedback_release(&plan->added);
    word_list_release(&plan->words);
    *plan = (struct plan){0};
}
