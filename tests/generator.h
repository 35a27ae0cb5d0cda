/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Queries of every operator, made of the words of the paragraphs that they
 * are to find, by chance that is the same in every run. */
#ifndef TESTS_GENERATOR_H
#define TESTS_GENERATOR_H

#include "tests/reference.h"

/* Append the query that SEED stands for to QUERY. */
void generate_query(const struct reference *reference, uint64_t seed,
                    struct buffer *query);

/* The same, a phrase as some paragraph has it, of two to six words. */
void generate_phrase(const struct reference *reference, uint64_t seed,
                     struct buffer *query);

#endif
