/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/positional.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "index/positional_parts.h"

bool positional_is(const struct query_node *node)
{
    switch (node->operator) {
    case QUERY_NOTHING:
    case QUERY_TERM: return true;
    case QUERY_OR:
    case QUERY_SYNONYM:
    case QUERY_PHRASE:
    case QUERY_NEAR:
    case QUERY_ONEAR: break;
    case QUERY_ALL:
    case QUERY_AND:
    case QUERY_XOR:
    case QUERY_AND_NOT:
    case QUERY_AND_MAYBE:
    case QUERY_FILTER:
    case QUERY_RANGE:
    case QUERY_SCALE: return false;
    }
    for (size_t i = 0; i < node->n_children; i++)
        if (!positional_is(node->children[i]))
            return false;
    return true;
}

/* --- Making the tree. What returns a node returns NULL if memory is short or
 * the tree is too deep, which .status says */

static struct positional_node *make_node(struct positional *positional,
                                         enum positional_kind kind)
{
    struct positional_node *node =
        arena_allocate(&positional->arena, sizeof *node);

    if (!node || !array_grow(&positional->nodes, &positional->nodes_capacity,
                             positional->n_nodes + 1,
                             sizeof(struct positional_node *))) {
        positional->status = STATUS_MEMORY;
        return NULL;
    }
    *node = (struct positional_node){.kind = kind};
    node->link = &node->children;
    node->first = node;
    positional->nodes[positional->n_nodes++] = node;
    return node;
}

static void append_child(struct positional_node *parent,
                         struct positional_node *child)
{
    if (!child)
        return;
    child->parent = parent;
    /* Of the hundreds of phrases that a wildcard can stand for a paragraph has
     * few; they make themselves known. */
    if (parent->kind == POSITIONAL_UNION && child->n_leaves > 0)
        return;
    *parent->link = child;
    parent->link = &child->next;
    parent->n_leaves += child->kind == POSITIONAL_LEAF;
}

static void add_entry(struct positional *positional, struct bytes term,
                      struct positional_node *leaf)
{
    if (array_grow(&positional->entries, &positional->entries_capacity,
                   positional->n_entries + 1, sizeof *positional->entries))
        positional->entries[positional->n_entries++] =
            (struct positional_entry){term, leaf};
    else
        positional->status = STATUS_MEMORY;
}

static struct positional_node *make(struct positional *positional,
                                    const struct query_node *query,
                                    size_t depth);

/* Add the children of QUERY, an OR or SYNONYM, and of those in it, to PARENT;
 * those that are TERMs share one LEAF. */
static void gather(struct positional *positional,
                   const struct query_node *query,
                   struct positional_node *parent, struct positional_node *leaf,
                   size_t depth)
{
    if (depth > POSITIONAL_MAX_DEPTH)
        positional->status = STATUS_LIMIT;
    for (size_t i = 0; !positional->status && i < query->n_children; i++) {
        const struct query_node *child = query->children[i];

        if (child->operator== QUERY_TERM)
            add_entry(positional, child->term, leaf);
        else if (child->operator== QUERY_OR || child->operator== QUERY_SYNONYM)
            gather(positional, child, parent, leaf, depth + 1);
        else
            append_child(parent, make(positional, child, depth + 1));
    }
}

static struct positional_node *make_union(struct positional *positional,
                                          const struct query_node *query,
                                          size_t depth)
{
    struct positional_node *parent = make_node(positional, POSITIONAL_UNION);
    struct positional_node *leaf = make_node(positional, POSITIONAL_LEAF);
    size_t n_nodes = positional->n_nodes;

    if (!parent || !leaf)
        return NULL;
    gather(positional, query, parent, leaf, depth);
    if (positional->n_nodes == n_nodes)
        return leaf; /* nothing but words */
    append_child(parent, leaf);
    return parent;
}

/* Child I of QUERY, which is made into CHAIN, to which those before it were
 * appended. */
static struct positional_node *
make_link(struct positional *positional, const struct query_node *query,
          size_t i, const struct positional_node *chain, size_t depth)
{
    size_t like = query_first_like(query, i);
    struct positional_node *first = chain->children, *again;

    if (like == i)
        return make(positional, query->children[i], depth + 1);
    while (like-- > 0)
        first = first->next;
    /* Leaves find each other; see join_twins(). */
    if (first->kind == POSITIONAL_LEAF)
        return make(positional, query->children[i], depth + 1);
    again = make_node(positional, POSITIONAL_AGAIN);
    if (again)
        again->first = first;
    return again;
}

static struct positional_node *make_chain(struct positional *positional,
                                          const struct query_node *query,
                                          size_t depth)
{
    struct positional_node *chain = make_node(positional, POSITIONAL_CHAIN);

    if (!chain)
        return NULL;
    chain->either = query->operator== QUERY_NEAR;
    chain->window = query->operator== QUERY_PHRASE ? 1 : query->window;
    for (size_t i = 0; !positional->status && i < query->n_children; i++)
        append_child(chain, make_link(positional, query, i, chain, depth));
    chain->row =
        query->operator== QUERY_PHRASE && chain->n_leaves == query->n_children;
    return chain;
}

static struct positional_node *make(struct positional *positional,
                                    const struct query_node *query,
                                    size_t depth)
{
    struct positional_node *leaf;

    if (depth > POSITIONAL_MAX_DEPTH) {
        positional->status = STATUS_LIMIT;
        return NULL;
    }
    if (query->operator== QUERY_OR || query->operator== QUERY_SYNONYM)
        return make_union(positional, query, depth);
    if (query->operator!= QUERY_TERM && query->operator!= QUERY_NOTHING)
        return make_chain(positional, query, depth);
    leaf = make_node(positional, POSITIONAL_LEAF);
    if (leaf && query->operator== QUERY_TERM)
        add_entry(positional, query->term, leaf);
    return leaf;
}

static int compare_entries(const void *a, const void *b)
{
    const struct positional_entry *one = a, *other = b;

    return bytes_compare(one->term, other->term);
}

static int compare_words(const void *a, const void *b)
{
    size_t one = ((const struct positional_entry *)a)->leaf->words;
    size_t other = ((const struct positional_entry *)b)->leaf->words;

    return (one > other) - (one < other);
}

/* Find where each term begins among the entries, which are sorted. */
static void list_terms(struct positional *positional)
{
    size_t n = positional->n_entries;
    const struct positional_entry *entries = positional->entries;

    positional->n_terms = 0;
    for (size_t i = 0; i < n; i++)
        if (i == 0 || !bytes_equal(entries[i - 1].term, entries[i].term))
            positional->terms[positional->n_terms++] = i;
    positional->terms[positional->n_terms] = n;
}

/* Number the leaves by the words they have: of those with the same number so
 * far, the ones that have the next word, too, get another. Returns how many
 * numbers there are. */
static size_t number_leaves(struct positional *positional)
{
    size_t n = 1;

    for (size_t i = 0; i < positional->n_terms; i++) {
        size_t first = positional->terms[i], end = positional->terms[i + 1];
        struct positional_entry *entries = positional->entries;
        size_t before = SIZE_MAX;

        qsort(entries + first, end - first, sizeof *entries, compare_words);
        for (size_t j = first; j < end; j++) {
            n += entries[j].leaf->words != before;
            before = entries[j].leaf->words;
            entries[j].leaf->words = n - 1;
        }
    }
    return n;
}

/* Let leaves with the same words share their positions, and drop the entries of
 * all but the first: a word may be in hundreds of the alternatives of a phrase.
 */
static void join_twins(struct positional *positional)
{
    size_t n = number_leaves(positional), kept = 0;
    struct positional_node **last = calloc(n, sizeof(struct positional_node *));

    if (!last) {
        positional->status = STATUS_MEMORY;
        return;
    }
    for (size_t i = 0; i < positional->n_nodes; i++) {
        struct positional_node *node = positional->nodes[i];

        if (node->kind != POSITIONAL_LEAF || node->words == 0)
            continue;
        if (last[node->words]) {
            node->first = last[node->words]->first;
            last[node->words]->twin = node;
        }
        last[node->words] = node;
    }
    free(last);
    for (size_t i = 0; i < positional->n_entries; i++)
        if (positional->entries[i].leaf->first == positional->entries[i].leaf)
            positional->entries[kept++] = positional->entries[i];
    positional->n_entries = kept;
    list_terms(positional);
}

/* Sort the entries, and find out what belongs together. */
static void arrange(struct positional *positional)
{
    size_t n = positional->n_entries;

    if (n)
        qsort(positional->entries, n, sizeof *positional->entries,
              compare_entries);
    positional->terms = calloc(n + 1, sizeof *positional->terms);
    if (!positional->terms) {
        positional->status = STATUS_MEMORY;
        return;
    }
    list_terms(positional);
    join_twins(positional);
}

/* How many words NODE takes at least; no two of them stand at one place. It is
 * called for what make() made, and is as deep. */
static size_t count_least(const struct query_node *node)
{
    bool any = node->operator== QUERY_OR || node->operator== QUERY_SYNONYM;
    size_t least = 0;

    if (node->operator== QUERY_TERM || node->operator== QUERY_NOTHING)
        return 1;
    for (size_t i = 0; i < node->n_children; i++) {
        size_t n = count_least(node->children[i]);

        least = !any ? least + n : i == 0 || n < least ? n : least;
    }
    return least;
}

enum status positional_new(const struct query_node *node,
                           struct positional **positional,
                           struct failure *failure)
{
    struct positional *new = calloc(1, sizeof *new);
    enum status status;

    *positional = NULL;
    if (!new)
        return fail_memory(failure);
    new->root = make(new, node, 0);
    if (!new->status) {
        arrange(new);
        new->least = count_least(node);
        new->column = node->column;
    }
    status = new->status;
    if (status == STATUS_OK) {
        *positional = new;
        return STATUS_OK;
    }
    positional_free(new);
    return status == STATUS_MEMORY
               ? fail_memory(failure)
               : fail_limit(failure, node->column,
                            "the query is nested too deeply");
}

void positional_free(struct positional *positional)
{
    if (!positional)
        return;
    for (size_t i = 0; i < positional->n_nodes; i++) {
        free(positional->nodes[i]->spans.items);
        free(positional->nodes[i]->other.items);
    }
    free(positional->bits);
    free(positional->nodes);
    free(positional->entries);
    free(positional->terms);
    arena_release(&positional->arena);
    free(positional);
}

size_t positional_n_terms(const struct positional *positional)
{
    return positional->n_terms;
}

struct bytes positional_term(const struct positional *positional, size_t i)
{
    return positional->entries[positional->terms[i]].term;
}

size_t positional_least(const struct positional *positional)
{
    return positional->least;
}

/* --- A paragraph */

void positional_clear(struct positional *positional)
{
    struct positional_node *leaf;

    while ((leaf = positional->touched)) {
        leaf->spans.n = 0;
        positional->touched = leaf->touched;
        for (; leaf && leaf->parent; leaf = leaf->twin) {
            leaf->parent->n_touched = 0;
            if (leaf->parent->parent)
                leaf->parent->parent->active = NULL;
        }
    }
    positional->n_formed = 0;
    positional->status = STATUS_OK;
}

/* A leaf of PARENT has its first position. */
static void touch_parent(struct positional_node *parent)
{
    struct positional_node *above;

    if (!parent || ++parent->n_touched < parent->n_leaves ||
        parent->kind != POSITIONAL_CHAIN)
        return;
    above = parent->parent;
    if (above && above->kind == POSITIONAL_UNION) {
        parent->next = above->active;
        above->active = parent;
    }
}

/* LEAF, and so all that are like it, has its first position. */
static void touch(struct positional *positional, struct positional_node *leaf)
{
    leaf->touched = positional->touched;
    positional->touched = leaf;
    for (; leaf; leaf = leaf->twin)
        touch_parent(leaf->parent);
}

bool positional_add(struct positional *positional, size_t i, uint32_t position)
{
    for (size_t j = positional->terms[i]; j < positional->terms[i + 1]; j++) {
        struct positional_node *leaf = positional->entries[j].leaf;

        if (leaf->spans.n == 0)
            touch(positional, leaf);
        if (!positional_append(positional, &leaf->spans, position, position))
            return false;
    }
    return true;
}

bool positional_matches(struct positional *positional)
{
    return positional_evaluate(positional, positional->root, WANT_ANY)->n > 0;
}

bool positional_each(struct positional *positional,
                     bool (*each)(void *context, uint32_t first, uint32_t last),
                     void *context)
{
    const struct spans *spans =
        positional_evaluate(positional, positional->root, WANT_PAIRS);

    for (size_t i = 0; i < spans->n; i++)
        if (!each(context, spans->items[i].first, spans->items[i].last))
            return false;
    return positional->status == STATUS_OK;
}

enum status positional_status(const struct positional *positional,
                              struct failure *failure)
{
    if (positional->status == STATUS_OK)
        return STATUS_OK;
    if (positional->status == STATUS_MEMORY)
        return fail_memory(failure);
    return fail_limit(failure, positional->column,
                      "paragraphs have these words near each other in more "
                      "than %d ways; make the distances or the chain shorter",
                      positional->n_formed > POSITIONAL_MAX_SPANS
                          ? POSITIONAL_MAX_SPANS
                          : POSITIONAL_MAX_OF_ALL);
}
