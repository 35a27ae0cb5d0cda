/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether paragraphs are found by the words that they have, and by no others.
 *
 * For each paragraph of a segment there is a sum, to which the postings add the
 * hash of each term as often as they say that it occurs, and from which the
 * paragraph's text takes it as often as it does. What is left is 0, or the two
 * disagree: so all of them are compared, in both directions, with eight bytes
 * of memory a paragraph. Terms that do not count (compounds as written,
 * spellings, those of titles and headings, boolean ones) are not compared. */
#ifndef INDEX_CHECK_TERMS_H
#define INDEX_CHECK_TERMS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"

struct term_sums {
    uint64_t *sums; /* by document number; owned */
    uint32_t last;  /* the highest */
};

/* Sums of the postings of the segment in FOLDER, whose documents have numbers
 * up to LAST. *SUMS is to be released also on failure. CORRUPT, IO, MEMORY. */
enum status term_sums_init(struct term_sums *sums, const char *folder,
                           uint32_t last, struct failure *failure);
void term_sums_release(struct term_sums *sums);

/* DOCUMENT, one of these, has TERM once: PREFIX and WORD. */
void term_sums_take(struct term_sums *sums, uint32_t document,
                    const char *prefix, struct bytes word);

/* Whether all that the postings have of DOCUMENT was taken, and no more. */
bool term_sums_agree(const struct term_sums *sums, uint32_t document);

#endif
