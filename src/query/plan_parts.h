/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of the planner share: from the tree of a query to what the
 * index is asked.
 *
 *   plan.c        operators, groups, fields
 *   plan_words.c  words, ranked
 *   plan_rows.c   what stands somewhere: phrases, NEAR, wildcards
 *   plan_hints.c  what only adds to the score
 *
 * Functions that make a node put it into *OUT, which stays NULL on failure. */
#ifndef QUERY_PLAN_PARTS_H
#define QUERY_PLAN_PARTS_H

#include "src/query/plan.h"
#include "src/query/units.h"
#include "src/query/vocabulary.h"

/* The words of a query, each time that they come: with as many, side by side
 * or in a phrase of the commonest words, a search among 200,000 paragraphs
 * takes less than a second. */
enum { PLAN_MAX_WORDS = 1024 };

/* The stems of one ranked word, which counts WEIGHT. */
struct ranked_word {
    struct word_list stems;
    double weight;
};

struct planner {
    struct vocabulary vocabulary;
    struct analyzer *analyzer;
    struct plan_options options;
    struct bytes language; /* of the query */
    struct plan *plan;
    struct query_node *hints; /* an OR; NULL: none yet */
    struct query_node *added; /* by feedback, as further words side by side
                                 with those of the query; NULL: none */
    struct ranked_word *ranked;
    size_t n_ranked, capacity;
    size_t n_words;  /* so far */
    size_t excluded; /* how many of the parts around this one are excluded */
    double boost;    /* of all parts around this one */
    size_t column;   /* of this part */
    struct failure *failure;
};

/* STATUS_QUERY: TREE, a leaf, has no word. */
enum status plan_no_word(struct planner *planner, const struct syntax *tree);

/* What TREE was made into, NODE, stands where TREE does; and so does a STATUS
 * for a bound that was passed, where nobody has said better. NODE may be NULL.
 */
void plan_at(struct planner *planner, const struct syntax *tree,
             enum status status, struct query_node *node);

/* The numbers that decide the order of what is found. */
static inline const struct ranking *plan_ranking(const struct planner *planner)
{
    return reader_ranking(planner->vocabulary.reader);
}

/* PREFIX and WORD as a term; NULL if memory is short. */
struct query_node *plan_term(const char *prefix, struct bytes word);

/* Count the words of UNITS, which stand at COLUMN, and keep them, wildcards
 * aside, for whoever looks for mistakes in them. LIMIT where there are too
 * many. */
enum status plan_take_words(struct planner *planner, const struct units *units,
                            size_t column);

/* --- plan_words.c */

/* A chunk; *OUT stays NULL if there is no word in it. */
enum status plan_words(struct planner *planner, const struct syntax *tree,
                       struct query_node **out);

/* --- plan_rows.c */

/* How the words of a row are meant. */
enum row_words {
    ROW_WRITTEN,   /* in every spelling */
    ROW_INFLECTED, /* in every inflection of every spelling */
    ROW_EXACT,     /* as they are */
};

/* The N units of UNITS from number FIRST on, in a row; where there is one, and
 * it does not stand in a row with others (ALONE), it is scored as one word. */
enum status plan_units(struct planner *planner, const struct units *units,
                       size_t first, size_t n, enum row_words how, bool alone,
                       struct query_node **out);

/* The parts of the compound UNIT in a row; *OUT stays NULL where one has a
 * wildcard with too little beside it. */
enum status plan_parts(struct planner *planner, const struct units *units,
                       const struct unit *unit, enum row_words how,
                       struct query_node **out);

/* EXACT, PHRASE, FUZZY by themselves; NEAR and ONEAR. */
enum status plan_place(struct planner *planner, const struct syntax *tree,
                       struct query_node **out);

/* --- plan_hints.c */

/* Let NODE, which is taken over, add to the score, at WEIGHT against words. */
enum status plan_hint(struct planner *planner, struct query_node *node,
                      double weight);

/* Let the ranked words hint where titles or headings have them, and put all
 * hints beside the query. */
enum status plan_apply_hints(struct planner *planner);
void plan_release_hints(struct planner *planner);

#endif
