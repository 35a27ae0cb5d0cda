/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of index/match.h share. */
#ifndef INDEX_MATCH_PARTS_H
#define INDEX_MATCH_PARTS_H

#include "index/glass/list.h"
#include "index/match.h"
#include "index/phrase.h"

/* Behind the last paragraph. */
#define NODE_END UINT32_MAX

enum node_kind {
    NODE_LIST,    /* the paragraphs of a term, or all */
    NODE_RANGE,   /* those of .lists whose value is in .range */
    NODE_ANY,     /* of any child; scores add */
    NODE_SYNONYM, /* of any child, scored as one word that stands wherever one
                     of them does */
    NODE_ALL,     /* of all children */
    NODE_WITHOUT, /* of the first, and of none of the others */
    NODE_ODD,     /* of an odd number of children; scores add */
    NODE_MAYBE,   /* of the first; the others add to the score */
    NODE_CHECKED, /* of the only child, where .phrase stands */
};

/* A part of the query in the shard at hand. */
struct node {
    enum node_kind kind;
    uint32_t at;        /* the paragraph it has come to; 0: none yet */
    uint32_t frequency; /* of its paragraphs in all shards, estimated */
    double weight;      /* LIST, SYNONYM: what endless occurrences would add */
    double max;         /* what it adds at most; 0: it is not scored */
    double behind;      /* the same of those of its siblings that come later */
    uint32_t wdf_max;
    struct node *children;
    size_t n_children;
    struct window *window; /* ANY, SYNONYM of many words; NULL: of few */

    struct glass_list *lists; /* LIST, RANGE: of each shard */
    bool clamped;             /* no more occurrences count than words */
    /* LIST, SYNONYM: with fewer occurrences the word does not add what was
     * needed of it, in going on and, which may be more, in scoring. */
    struct least {
        double need;
        uint32_t wdf;
    } advancing, scoring;

    const struct query_node *range; /* RANGE */
    struct glass_value_list values; /* the same, in the shard */

    struct phrase *phrase; /* CHECKED */
    uint32_t checked;      /* the same: the paragraph that .stands is of */
    bool stands;           /* the phrase */
    bool unsure;           /* it is CHECKED, or one below it: it comes to
                              paragraphs that it may turn out not to match */
};

struct matcher {
    const struct reader *reader;
    struct node root;
    bool fits;
    size_t shard;

    /* BM25, as Xapian's BM25Weight has it; see index/ranking.h. */
    double k1, b, minimum_length, length_factor;
    uint32_t n_paragraphs; /* in all shards */
    uint32_t wdf_max;

    /* Scores are of what stands; else of what may, and so as high as they can
     * be. */
    bool checks;

    struct glass_list lengths;           /* of the shard */
    struct glass_value_list order, date; /* the same */

    double n_steps;     /* that the query costs, see match_make.c */
    enum status status; /* the first failure is sticky */
    struct failure *failure;
};

/* The table of a shard. */
static inline const struct part *matcher_part(const struct matcher *matcher)
{
    return matcher->reader->shards[matcher->shard].part;
}

/* The posting table of the shard at hand is damaged, or MEMORY is short. Always
 * false. */
bool matcher_fail(struct matcher *matcher, bool memory);

/* Let .lengths be at DOCUMENT or behind it; a window of words may have read
 * ahead. False if that failed. */
bool matcher_seek_length(struct matcher *matcher, uint32_t document);

/* --- match_make.c */

/* Make the nodes of QUERY; .fits is false where that cannot be. SCORED: scores
 * are asked for. */
enum status matcher_make(struct matcher *matcher,
                         const struct query_node *query, bool scored);
void node_release(struct node *node, size_t n_shards);

/* --- match_walk.c */

/* What WDF occurrences in a paragraph of LENGTH words (0: in the shortest) add
 * to its score, as a part of the word's weight. */
static inline double matcher_part_of_weight(const struct matcher *matcher,
                                            uint32_t wdf, uint32_t length)
{
    double relative = length * matcher->length_factor;

    if (wdf == 0)
        return 0;
    if (relative < matcher->minimum_length)
        relative = matcher->minimum_length;
    return wdf /
           (matcher->k1 * (relative * matcher->b + (1 - matcher->b)) + wdf);
}

/* How many occurrences of NODE's word it takes at least to add more than NEED,
 * as far as LEAST, which has been used for it with lower needs, knows. */
uint32_t node_least(const struct matcher *matcher, const struct node *node,
                    struct least *least, double need);

/* Begin with the shard at hand. */
void node_begin(const struct matcher *matcher, struct node *node);

/* Go on to the first paragraph at FROM or behind it that NODE may match, and
 * that may have a score above NEED; below 0: to the first of all. False if that
 * failed. */
bool node_advance(struct matcher *matcher, struct node *node, uint32_t from,
                  double need);

/* --- match_score.c */

/* Whether NODE, which goes on to DOCUMENT if it has not yet, matches it. False
 * if that failed. */
bool node_check(struct matcher *matcher, struct node *node, uint32_t document,
                bool *stands);

/* How often the words of NODE occur in DOCUMENT, where it is, or not. */
uint64_t node_occurrences(const struct matcher *matcher,
                          const struct node *node, uint32_t document);

/* The score of the paragraph that NODE is at; or less than it where it is not
 * above NEED. */
double node_score(struct matcher *matcher, struct node *node, double need);

/* What N occurrences of NODE, a word, add to the score of a paragraph of LENGTH
 * words. */
static inline double node_word_score(const struct matcher *matcher,
                                     const struct node *node, uint64_t n,
                                     uint32_t length)
{
    uint32_t wdf = n < UINT32_MAX ? (uint32_t)n : UINT32_MAX;

    if (node->clamped && wdf > length)
        wdf = length; /* as Xapian's SynonymPostList has it */
    return node->weight * matcher_part_of_weight(matcher, wdf, length);
}

/* --- match_window.c */

bool window_make(struct matcher *matcher, struct node *node);
void window_free(struct window *window);
void window_begin(struct window *window);

/* The same as node_advance, and, where NODE is then, the score of a scored ANY,
 * or the occurrences of others. */
bool window_advance(struct matcher *matcher, struct node *node, uint32_t from);
double window_sum(const struct node *node);

#endif
