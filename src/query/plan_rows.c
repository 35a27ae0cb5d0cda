/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands at places in a paragraph: positional nodes, as
 * index/positional.h has them.
 *
 *   word        OR of its spellings, or of its inflections, or of what its
 *               wildcards stand for
 *   compound    among these: the compound, and behind it all of its parts but
 *               the first, at whose position the index has it; so the row ends
 *               where the compound does
 *   phrase      PHRASE of its words
 *   NEAR, ONEAR of two of these, of alternatives of these, or of others of
 *               its kind
 *
 * Where one word is all there is, its spellings are a SYNONYM of terms instead:
 * one word to the ranking. */
#include <config.h>

#include "src/query/plan_parts.h"

#include "base/buffer.h"
#include "index/schema.h"

#include <string.h>

/* Append CHILD to NODE, a PHRASE or OR; of another one, what it holds: one long
 * list of words is looked for quicker than many short ones. */
static struct query_node *add_flat(struct query_node *node,
                                   struct query_node *child)
{
    size_t i;

    if (!node || !child || child->operator!= node->operator)
        return query_add(node, child);
    for (i = 0; node && i < child->n_children; i++)
        node = query_add(node, child->children[i]);
    while (i < child->n_children)
        query_free(child->children[i++]);
    child->n_children = 0;
    query_free(child);
    return node;
}

/* COMPOUND, spelled with '-', as a row. */
static struct query_node *compound_row(struct bytes compound)
{
    const char *end = compound.data + compound.length;
    const char *hyphen = memchr(compound.data, '-', compound.length);
    struct query_node *row = query_node_new(QUERY_PHRASE, 0);

    row = query_add(row, plan_term(TERM_WORD, compound));
    while (row && hyphen) {
        const char *start = hyphen + 1;

        hyphen = memchr(start, '-', (size_t)(end - start));
        row = query_add(
            row,
            plan_term(TERM_WORD,
                      (struct bytes){
                          start, (size_t)((hyphen ? hyphen : end) - start)}));
    }
    return row;
}

static bool is_compound(struct bytes word)
{
    return memchr(word.data, '-', word.length) != NULL;
}

/* Add WORD to ANY, which stands in a row unless it is ALONE. */
static struct query_node *add_word(struct query_node *any, struct bytes word,
                                   bool alone)
{
    return query_add(any, !alone && is_compound(word)
                              ? compound_row(word)
                              : plan_term(TERM_WORD, word));
}

/* Fill LIST with what WORD of UNITS, whose first wildcard is at COLUMN, may be
 * in the index. */
static enum status list_words(struct planner *planner,
                              const struct units *units, struct bytes word,
                              size_t column, enum row_words how,
                              struct word_list *list)
{
    struct vocabulary *vocabulary = &planner->vocabulary;
    struct failure *failure = planner->failure;
    struct buffer pattern = BUFFER_EMPTY;
    struct bytes key;
    enum status status;

    if (!column && how == ROW_EXACT)
        return word_list_append(list, word, failure);
    if (!column && how == ROW_WRITTEN)
        return vocabulary_spellings(vocabulary, word, list, failure);
    if (!column) {
        status = vocabulary_inflections(vocabulary, word, planner->column, list,
                                        failure);
        return status ? status : word_list_add(list, word, failure);
    }
    status = vocabulary_key(vocabulary, word, &key, failure);
    if (!status)
        piece_pattern(&units->piece, key, &pattern);
    if (!status && pattern.failed)
        status = fail_memory(failure);
    if (!status)
        status = vocabulary_wild(vocabulary, buffer_bytes(&pattern), column,
                                 list, failure);
    buffer_release(&pattern);
    return status;
}

/* Word number I of UNITS, a part of a compound. COLUMN if it has wildcards,
 * else 0. */
static enum status part(struct planner *planner, const struct units *units,
                        size_t i, size_t column, enum row_words how,
                        struct query_node **out)
{
    struct query_node *any = query_node_new(QUERY_OR, 0);
    struct word_list list = {0};
    enum status status =
        list_words(planner, units, units->words.items[i], column, how, &list);
    size_t n;

    for (n = 0; !status && n < list.n_items; n++)
        any = add_word(any, list.items[n], false);
    word_list_release(&list);
    any = query_simplify(any);
    if (status)
        query_free(any);
    else
        *out = any;
    return !status && !any ? fail_memory(planner->failure) : status;
}

enum status plan_parts(struct planner *planner, const struct units *units,
                       const struct unit *unit, enum row_words how,
                       struct query_node **out)
{
    struct query_node *row = query_node_new(QUERY_PHRASE, 0);
    enum status status = STATUS_OK;
    size_t i, end = unit->first + unit->n_words;

    for (i = unit->first; i < end; i++)
        if (piece_is_wild(&units->piece, units->words.items[i]) &&
            !units_wild(units, i))
            break;
    if (i < end) {
        query_free(row);
        return STATUS_OK;
    }
    for (i = unit->first; !status && row && i < end; i++) {
        struct query_node *word = NULL;

        status = part(planner, units, i,
                      units_wild(units, i) ? unit->column : 0, how, &word);
        row = query_add(row, word);
    }
    if (status)
        query_free(row);
    else
        *out = row;
    return !status && !row ? fail_memory(planner->failure) : status;
}

/* UNIT at its place; ALONE if nothing stands beside it. */
static enum status plan_unit(struct planner *planner, const struct units *units,
                             const struct unit *unit, enum row_words how,
                             bool alone, struct query_node **out)
{
    bool by_parts = unit->n_words > 1 && how != ROW_EXACT;
    struct query_node *any =
        query_node_new(alone && !by_parts ? QUERY_SYNONYM : QUERY_OR, 0);
    struct query_node *row = NULL;
    struct word_list list = {0};
    enum status status =
        list_words(planner, units, unit->word, unit->column, how, &list);
    size_t i;

    if (!status && by_parts)
        status = plan_parts(planner, units, unit, how, &row);
    if (row)
        any = query_add(any, row);
    for (i = 0; !status && any && i < list.n_items; i++)
        if (!by_parts || !bytes_equal(list.items[i], unit->word))
            any = add_word(any, list.items[i], alone);
    word_list_release(&list);
    any = query_simplify(any);
    if (status)
        query_free(any);
    else
        *out = any;
    return !status && !any ? fail_memory(planner->failure) : status;
}

/* Append the N units of UNITS from number FIRST on to *ROW, which becomes NULL
 * where memory is short. */
static enum status add_units(struct planner *planner, const struct units *units,
                             size_t first, size_t n, enum row_words how,
                             bool alone, struct query_node **row)
{
    enum status status = STATUS_OK;
    size_t i;

    for (i = first; !status && *row && i < first + n; i++) {
        struct query_node *unit = NULL;

        status = plan_unit(planner, units, &units->items[i], how,
                           alone && n == 1, &unit);
        if (!status)
            *row = add_flat(*row, unit);
    }
    return !status && !*row ? fail_memory(planner->failure) : status;
}

enum status plan_units(struct planner *planner, const struct units *units,
                       size_t first, size_t n, enum row_words how, bool alone,
                       struct query_node **out)
{
    struct query_node *row = query_node_new(QUERY_PHRASE, 0);
    enum status status = add_units(planner, units, first, n, how, alone, &row);

    if (status)
        query_free(row);
    else
        *out = query_simplify(row);
    return status;
}

/* Append the words of TEXT, a leaf or a part of one, to *ROW. */
static enum status add_text(struct planner *planner, const struct syntax *text,
                            enum row_words how, bool alone,
                            struct query_node **row)
{
    struct units units = {0};
    enum status status = units_read(&units, planner->analyzer, text->text,
                                    text->text_column, planner->failure);

    if (!status && how == ROW_EXACT && units.piece.n_wildcards > 0)
        status = fail_column(planner->failure, units.piece.wildcards[0].column,
                             "'=' finds one word as it is: leave it out, or "
                             "put a '\\' before the wildcard");
    if (!status)
        status = plan_take_words(planner, &units, text->text_column);
    if (!status)
        status = add_units(planner, &units, 0, units.n_items, how, alone, row);
    units_release(&units);
    return status;
}

/* The ALTERNATIVES of a phrase, each a row. */
static enum status plan_alternatives(struct planner *planner,
                                     const struct syntax *alternatives,
                                     enum row_words how,
                                     struct query_node **out)
{
    struct query_node *any = query_node_new(QUERY_OR, 0);
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; !status && any && i < alternatives->n_children; i++) {
        const struct syntax *text = alternatives->children[i];
        struct query_node *row = query_node_new(QUERY_PHRASE, 0);

        status = add_text(planner, text, how, false, &row);
        if (!status && row->n_children == 0)
            status = plan_no_word(planner, text);
        if (status)
            query_free(row);
        else
            any = add_flat(any, query_simplify(row));
    }
    if (status)
        query_free(any);
    else
        *out = query_simplify(any);
    return !status && !any ? fail_memory(planner->failure) : status;
}

/* EXACT, PHRASE, and WORDS beside NEAR. */
static enum status plan_row(struct planner *planner, const struct syntax *tree,
                            enum row_words how, bool alone,
                            struct query_node **out)
{
    struct query_node *row = query_node_new(QUERY_PHRASE, 0);
    enum status status = STATUS_OK;
    size_t i;

    if (tree->n_children == 0)
        status = add_text(planner, tree, how, alone, &row);
    for (i = 0; !status && row && i < tree->n_children; i++) {
        const struct syntax *child = tree->children[i];
        struct query_node *any = NULL;

        if (child->kind == SYNTAX_WORDS) {
            status = add_text(planner, child, how, false, &row);
        } else {
            status = plan_alternatives(planner, child, how, &any);
            if (!status)
                row = add_flat(row, any);
        }
    }
    if (!status && !row)
        status = fail_memory(planner->failure);
    if (!status && row->n_children == 0)
        status = plan_no_word(planner, tree);
    if (status)
        query_free(row);
    else
        *out = query_simplify(row);
    return status;
}

/* word~n. */
static enum status plan_fuzzy(struct planner *planner,
                              const struct syntax *tree, bool alone,
                              struct query_node **out)
{
    struct query_node *any =
        query_node_new(alone ? QUERY_SYNONYM : QUERY_OR, 0);
    struct word_list list = {0};
    struct units units = {0};
    enum status status = units_read(&units, planner->analyzer, tree->text,
                                    tree->text_column, planner->failure);
    size_t i;

    if (!status && (units.n_items != 1 || units.items[0].ideograph ||
                    units.piece.n_wildcards > 0))
        status = fail_column(planner->failure, tree->text_column,
                             "'~' stands behind one word without wildcards");
    if (!status && units.items[0].word.length <= tree->distance)
        status =
            fail_column(planner->failure, tree->text_column,
                        "'~%u' needs a word of more than %u letters",
                        (unsigned)tree->distance, (unsigned)tree->distance);
    if (!status)
        status = vocabulary_fuzzy(&planner->vocabulary, units.items[0].word,
                                  tree->distance, tree->column, &list,
                                  planner->failure);
    for (i = 0; !status && i < list.n_items; i++)
        any = add_word(any, list.items[i], alone);
    if (!status && !any)
        status = fail_memory(planner->failure);
    if (status)
        query_free(any);
    else
        *out = query_simplify(any);
    word_list_release(&list);
    units_release(&units);
    return status;
}

static enum status plan_operand(struct planner *planner,
                                const struct syntax *tree,
                                struct query_node **out);

/* Two operands, or any number of alternatives, in a node of OPERATOR. */
static enum status plan_operands(struct planner *planner,
                                 const struct syntax *tree,
                                 enum query_operator operator,
                                 struct query_node ** out)
{
    struct query_node *node = query_node_new(operator, tree->distance);
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; !status && node && i < tree->n_children; i++) {
        struct query_node *child = NULL;

        status = plan_operand(planner, tree->children[i], &child);
        if (!status)
            node = operator== QUERY_OR ? add_flat(node, child)
                                       : query_add(node, child);
    }
    if (status)
        query_free(node);
    else
        *out = query_simplify(node);
    return !status && !node ? fail_memory(planner->failure) : status;
}

/* TREE cannot stand beside NEAR. */
static enum status misplaced(struct planner *planner, const struct syntax *tree,
                             const char *what)
{
    return fail_column(planner->failure,
                       tree->kind == SYNTAX_FIELD ? tree->column
                                                  : tree->text_column,
                       "%s cannot stand inside NEAR or ONEAR: there are words, "
                       "phrases, and alternatives with OR between",
                       what);
}

/* Words side by side beside NEAR: any of them, where that is what it means. */
static enum status plan_group(struct planner *planner,
                              const struct syntax *tree,
                              struct query_node **out)
{
    size_t i;

    if (planner->options.all)
        return misplaced(planner, tree, "words that must all match");
    for (i = 0; i < tree->n_children; i++)
        if (tree->children[i]->required || tree->children[i]->excluded)
            return misplaced(planner, tree->children[i],
                             tree->children[i]->required ? "'+'" : "'-'");
    return plan_operands(planner, tree, QUERY_OR, out);
}

static enum status plan_operand_kind(struct planner *planner,
                                     const struct syntax *tree,
                                     struct query_node **out)
{
    switch (tree->kind) {
    case SYNTAX_WORDS:
        return plan_row(planner, tree, ROW_INFLECTED, false, out);
    case SYNTAX_EXACT: return plan_row(planner, tree, ROW_EXACT, false, out);
    case SYNTAX_PHRASE:
        return plan_row(planner, tree,
                        tree->inflected ? ROW_INFLECTED : ROW_WRITTEN, false,
                        out);
    case SYNTAX_FUZZY: return plan_fuzzy(planner, tree, false, out);
    case SYNTAX_NEAR: return plan_operands(planner, tree, QUERY_NEAR, out);
    case SYNTAX_ONEAR: return plan_operands(planner, tree, QUERY_ONEAR, out);
    case SYNTAX_OR: return plan_operands(planner, tree, QUERY_OR, out);
    case SYNTAX_GROUP: return plan_group(planner, tree, out);
    case SYNTAX_FIELD: return misplaced(planner, tree, "a field");
    case SYNTAX_AND: return misplaced(planner, tree, "AND");
    case SYNTAX_XOR: return misplaced(planner, tree, "XOR");
    case SYNTAX_NOT: return misplaced(planner, tree, "NOT");
    }
    return STATUS_OK;
}

/* TREE at its place beside NEAR. */
static enum status plan_operand(struct planner *planner,
                                const struct syntax *tree,
                                struct query_node **out)
{
    enum status status;

    planner->column = tree->column;
    if (tree->boost != 1)
        return misplaced(planner, tree, "a boost");
    status = plan_operand_kind(planner, tree, out);
    plan_at(planner, tree, status, *out);
    return status;
}

enum status plan_place(struct planner *planner, const struct syntax *tree,
                       struct query_node **out)
{
    if (tree->kind == SYNTAX_NEAR)
        return plan_operands(planner, tree, QUERY_NEAR, out);
    if (tree->kind == SYNTAX_ONEAR)
        return plan_operands(planner, tree, QUERY_ONEAR, out);
    if (tree->kind == SYNTAX_FUZZY)
        return plan_fuzzy(planner, tree, true, out);
    return plan_row(planner, tree,
                    tree->kind == SYNTAX_EXACT ? ROW_EXACT
                    : tree->inflected          ? ROW_INFLECTED
                                               : ROW_WRITTEN,
                    true, out);
}
