/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A set of things known by their hashes, to tell what came before: documents,
 * wordings. The hash has 128 bits, so that two things are taken for one only by
 * a chance that need not be thought of. */
#ifndef RESULT_DISTINCT_H
#define RESULT_DISTINCT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"
#include "src/text/analyzer.h"

struct fingerprint {
    uint64_t high, low;
};

struct distinct {
    struct fingerprint *items; /* a hash table; owned */
    bool *used;
    size_t n_items, capacity;
};

void distinct_clear(struct distinct *set);
void distinct_release(struct distinct *set);

/* Add ONE to SET; *IS_NEW says whether it was not there. STATUS_MEMORY. */
enum status distinct_add(struct distinct *set, struct fingerprint one,
                         bool *is_new, struct failure *failure);

/* That of bytes as they are. */
struct fingerprint fingerprint_bytes(struct bytes bytes);

/* TEXT without the number of its item ("12.", "(a)", "iv)"), which is its place
 * in a document and not what it says. */
struct bytes wording_of(struct bytes text);

/* That of the words of TEXT's wording, in their order, whatever stands between
 * them. STATUS_MEMORY. */
enum status fingerprint_words(struct bytes text, struct analyzer *analyzer,
                              struct fingerprint *fingerprint,
                              struct failure *failure);

#endif
