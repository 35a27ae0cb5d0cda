/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A query as the index understands it: a tree of operators over terms.
 *
 * The tree says nothing of languages, columns or syntax; terms are those of
 * index/schema.h, complete with prefix. Nodes own their children and copies of
 * their terms. A constructor takes over the children that it is given, also
 * when it fails; it returns NULL when memory is short or when a child is
 * NULL, so that a tree can be built in one expression and checked once. */
#ifndef INDEX_QUERY_H
#define INDEX_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

enum { QUERY_MAX_WINDOW = 10000 };

enum query_operator {
    QUERY_NOTHING,   /* matches no paragraph */
    QUERY_ALL,       /* matches every paragraph, score 0 */
    QUERY_TERM,      /* .term */
    QUERY_AND,       /* all children */
    QUERY_OR,        /* any child; scores add */
    QUERY_XOR,       /* an odd number of children */
    QUERY_AND_NOT,   /* the first child and none of the others */
    QUERY_AND_MAYBE, /* the first child; the others only add to the score */
    QUERY_FILTER,    /* the first child and all others, these without score */
    QUERY_SYNONYM,   /* any child; scored as if all were one word, if they are
                        TERMs or positional, otherwise as OR */
    QUERY_PHRASE,    /* all children, each right behind the one before; these
                        three as index/positional.h says, and scored as AND */
    QUERY_NEAR,      /* all children, within .window positions */
    QUERY_ONEAR,     /* the same, in their order */
    QUERY_RANGE,     /* the value of .slot is from .term to .end, as bytes,
                        both included; no score */
    QUERY_SCALE,     /* the only child, its score times .factor */
};

struct query_node {
    enum query_operator operator;
    uint32_t window;   /* NEAR, ONEAR: 1 to QUERY_MAX_WINDOW positions */
    uint32_t wqf;      /* TERM: how often the query holds it, at least 1 */
    struct bytes term; /* TERM; RANGE: where it begins. Owned */
    struct bytes end;  /* RANGE: where it ends. Owned */
    uint32_t slot;     /* RANGE: an enum schema_value */
    double factor;     /* SCALE: at least 0 */
    size_t column;     /* where whoever asks has it, for a failure of this
                          node; 0: nowhere */
    struct query_node **children;
    size_t n_children;
    size_t capacity;
};

struct query_node *query_all_new(void);

/* A term, of LENGTH bytes, copied. A term longer than the index can hold
 * matches nothing. */
struct query_node *query_term_new(const char *term, size_t length,
                                  uint32_t wqf);

/* The paragraphs whose value in SLOT is from BEGIN to END; both are copied. */
struct query_node *query_range_new(uint32_t slot, struct bytes begin,
                                   struct bytes end);

/* CHILD, its score times FACTOR. */
struct query_node *query_scale_new(struct query_node *child, double factor);

/* An operator node without children; WINDOW only for NEAR and ONEAR. */
struct query_node *query_node_new(enum query_operator operator,
                                  uint32_t window);

/* Let NODE and all below it that are nowhere yet be at COLUMN. */
void query_set_column(struct query_node *node, size_t column);

/* Append CHILD to PARENT and return PARENT; on failure, or where one of them
 * is NULL, free both and return NULL. */
struct query_node *query_add(struct query_node *parent,
                             struct query_node *child);

/* A node with one child that adds nothing (AND, OR, SYNONYM, FILTER,
 * AND_NOT, AND_MAYBE of one; PHRASE and NEAR of one): that child, the node
 * freed. A node without children becomes NOTHING. An OR in
 * which the same stands several times has it once, a term with the wqf of all,
 * a SCALE with the factors of all. Anything else: itself. NULL if memory is
 * short. */
struct query_node *query_simplify(struct query_node *node);

/* The same of what stands side by side: an OR or AND in which the same stands
 * several times has it once, and its score as often. */
struct query_node *query_join(struct query_node *node);

/* Whether child I of NODE, a PHRASE, NEAR or ONEAR, is one of those before it
 * again: it stands elsewhere, but what has that one has this one. So the words
 * of "of the of the" are asked for once, and count once. */
bool query_is_again(const struct query_node *node, size_t i);

/* The number of the first that is like it; I if none is. */
size_t query_first_like(const struct query_node *node, size_t i);

/* Frees the whole tree, without recursion deeper than the tree was built. */
void query_free(struct query_node *node);

#endif
