/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a positional node is made of: positional.c makes it and fills in where
 * its words stand, positional_spans.c finds its spans.
 *
 * It is a tree of three kinds: leaves, which hold positions; unions; and
 * chains, which go from one child to the next. A phrase is a chain whose gaps
 * are 1. Where a child of a chain is one of those before it again, that stands
 * for both. */
#ifndef INDEX_POSITIONAL_PARTS_H
#define INDEX_POSITIONAL_PARTS_H

#include "base/arena.h"
#include "index/positional.h"

struct span {
    uint32_t first, last;
};

struct spans {
    struct span *items;
    size_t n, capacity;
};

enum positional_kind {
    POSITIONAL_LEAF,
    POSITIONAL_UNION,
    POSITIONAL_CHAIN,
    POSITIONAL_AGAIN, /* .first, which is no leaf */
};

struct positional_node {
    enum positional_kind kind;
    bool either;     /* CHAIN: in either order */
    bool row;        /* CHAIN: a phrase of leaves, at least .n_leaves of them */
    uint32_t window; /* CHAIN */
    struct positional_node *parent, *children;
    struct positional_node *next;    /* the next of its parent's */
    size_t n_leaves, n_touched;      /* of children: leaves, with positions */
    struct positional_node **link;   /* where the next child goes */
    struct positional_node *active;  /* UNION: the first of the chains that are
                                        not among .children, but have all their
                                        words in this paragraph */
    struct positional_node *touched; /* LEAF: the next that has positions */
    struct positional_node *first;   /* LEAF: the first that has the same words,
                                        whose .spans are those of all, */
    struct positional_node *twin;    /* and the next of them */
    size_t words;                    /* LEAF: which it has, as a number */
    struct spans spans;
    struct spans other; /* CHAIN: while .spans are made from these */
};

/* A term and a leaf that it belongs to, the first of its like. */
struct positional_entry {
    struct bytes term;
    struct positional_node *leaf;
};

struct positional {
    struct arena arena; /* of nodes */
    struct positional_node **nodes;
    size_t n_nodes, nodes_capacity;
    struct positional_node *root;
    size_t least; /* words that it takes */
    size_t column;
    struct positional_entry *entries; /* by term */
    size_t n_entries, entries_capacity;
    size_t *terms; /* the first entry of each, and the end of all */
    size_t n_terms;

    /* Of this paragraph. */
    struct positional_node *touched; /* the first leaf that has positions */
    size_t n_formed;                 /* spans */
    size_t n_of_all;                 /* the same, in all so far */
    size_t n_free;  /* of a join: as many as are joined are not counted */
    uint64_t *bits; /* of a row */
    size_t bits_capacity;
    enum status status;
};

/* What a caller wants to know of the spans of a node. It gets as many of them
 * as tell it. */
enum want {
    WANT_ANY = 0,    /* whether there is one */
    WANT_FIRSTS = 1, /* all positions at which one begins */
    WANT_LASTS = 2,  /* all positions at which one ends */
    WANT_PAIRS = 7,  /* all of them, sorted, none twice */
};

/* The spans of NODE, which are its own and may be reordered. None where
 * .status is set. */
struct spans *positional_evaluate(struct positional *positional,
                                  struct positional_node *node, enum want want);

/* Append a span; false, and .status set, where memory is short. */
bool positional_append(struct positional *positional, struct spans *spans,
                       uint32_t first, uint32_t last);

#endif
