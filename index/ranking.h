/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How paragraphs are ranked: every number that decides it, with one set of
 * defaults. doc/ranking.md says what each gives, measured.
 *
 * A reader carries one, which searching and planning read. */
#ifndef INDEX_RANKING_H
#define INDEX_RANKING_H

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"

struct ranking {
    /* BM25 over the stems of the words (Robertson and Zaragoza, The
     * Probabilistic Relevance Framework, 2009, who have k1 from 1.2 to 2 and b
     * from 0.5 to 0.8 for documents; a word said twice in the query counts
     * twice, as with an endless k3). A paragraph shorter than MINIMUM_LENGTH
     * times the average is weighed as one of that length, or headings would
     * come first. */
    double k1, b, minimum_length;

    /* The power of (occurrences + 1) / paragraphs of a stem that its weight is
     * multiplied by: words that gather in few paragraphs say what these are
     * about (Kwok, A new method of weighting query terms, SIGIR 1996; the
     * first normalisation B of Amati and van Rijsbergen, 2002, is power 1). */
    double burst;

    /* What a function word counts against another word. */
    double function_word;

    /* What counts against a word in the text: the same in a title or heading
     * above it; a word of several in a row (high-speed, A/RES/59/153), and that
     * they stand in a row; two ideographs; one of several ideographs. */
    double heading, part, together, pair, ideograph;

    /* A second look at the first DEPTH paragraphs, at where the words stand as
     * the query has them: how much it counts that they do, and that
     * two neighbours in the query are within WINDOW positions (4 for each of
     * two words: Metzler and Croft, A Markov random field model, SIGIR 2005;
     * BM25 of such places as in Rasolofo and Savoy, ECIR 2003). */
    double depth, written, near, window;

    /* Feedback, where it is asked for: from how many paragraphs, how many
     * words, and what the weightiest of them counts against a word of the
     * query (3, 10 and 0.4 in Terrier, for whole documents; where one paragraph
     * is the answer that much takes it away from the top). */
    double expand_paragraphs, expand_words, expand;
};

extern const struct ranking ranking_defaults;

/* Change RANKING as TEXT says: "k1=1.5,b=0.8". STATUS_USAGE where a name is not
 * known or a value is out of its range. */
enum status ranking_set(struct ranking *ranking, struct bytes text,
                        struct failure *failure);

/* Append RANKING in the form that ranking_set reads. */
void ranking_append(const struct ranking *ranking, struct buffer *out);

/* --- What the numbers mean; the formulas of doc/ranking.md */

/* The weight of a word that is in N_PARAGRAPHS of N_ALL, N_OCCURRENCES times
 * together; burst_weight is the factor in it that Xapian's BM25 lacks. */
double ranking_burst_weight(const struct ranking *ranking,
                            uint32_t n_paragraphs, uint32_t n_occurrences);
double ranking_word_weight(const struct ranking *ranking, uint32_t n_all,
                           uint32_t n_paragraphs, uint32_t n_occurrences);

/* How much of its weight a word adds that a paragraph has N times, whose
 * LENGTH is relative to the average; up to k1 + 1. */
double ranking_saturation(const struct ranking *ranking, double n,
                          double length);

#endif
