/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Looking over an index: whether each file is what was written (its hashes),
 * whether its tables are whole (every block is walked through by our own
 * reader, in which nothing is trusted), whether each record can be read, and
 * whether the files that it knows of and its paragraphs agree. It does not look
 * whether a paragraph's terms are those of its text. */
#ifndef INDEX_CHECK_H
#define INDEX_CHECK_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct check_facts {
    size_t n_segments;
    uint64_t n_bytes, n_items, n_paragraphs, n_files;
    size_t n_problems;
};

/* Called for each problem, with what it is in WHAT. */
typedef void (*problem_function)(void *context, const struct failure *what);

/* Check the index in the folder PATH. OK also where there are problems.
 * NO_INDEX, SCHEMA; IO and MEMORY where the check itself could not go on. */
enum status index_check(const char *path, problem_function problem,
                        void *context, struct check_facts *facts,
                        struct failure *failure);

#endif
