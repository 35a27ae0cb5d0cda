/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Looking over an index: whether each file is what was written (its hashes),
 * whether its tables are whole (every block is walked through by our own
 * reader, in which nothing is trusted, and each item looked up), whether each
 * record can be read, and whether the files that it knows of and its paragraphs
 * agree, and, by analyzing all texts again, whether paragraphs are found by
 * their words and by no others (index/check_terms.h). */
#ifndef INDEX_CHECK_H
#define INDEX_CHECK_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "index/paragraph.h"

struct check_facts {
    size_t n_segments;
    uint64_t n_bytes, n_items, n_paragraphs, n_files;
    size_t n_problems;
};

/* Called for each problem, with what it is in WHAT. */
typedef void (*problem_function)(void *context, const struct failure *what);

/* Told that a paragraph has a term once more: PREFIX and WORD. */
typedef void (*term_once_function)(void *sums, const char *prefix,
                                   struct bytes word);

struct check_options {
    problem_function problem;
    void *context; /* of it */

    /* Call ONCE for each time that a term that counts is in the text of
     * PARAGRAPH. Asked where the index was written with ANALYZER. */
    const char *analyzer;
    enum status (*terms)(void *context, const struct paragraph *paragraph,
                         term_once_function once, void *sums,
                         struct failure *failure);
    void *terms_context;
};

/* Check the index in the folder PATH. OK also where there are problems.
 * NO_INDEX, SCHEMA; IO and MEMORY where the check itself could not go on. */
enum status index_check(const char *path, const struct check_options *options,
                        struct check_facts *facts, struct failure *failure);

#endif
