/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A phrase, or two near each other, of words that are each any of several,
 * looked for in one pass over the words of a paragraph. That is what most
 * phrases with wildcards and most NEARs are; index/positional.h, which can do
 * anything, costs several times as much. */
#ifndef INDEX_SCAN_H
#define INDEX_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "index/positional.h"

/* What is looked for. A bit for each child of the node, by the term. */
struct scan {
    uint64_t *masks; /* of each of the positional's terms; NULL: the node is not
                        of this kind */
    uint64_t goal;   /* PHRASE: the bit of the last child */
    uint32_t window;
    bool phrase, either;
};

/* Where it has come to in a paragraph. */
struct scan_state {
    uint64_t row;       /* the children up to which a row ends here */
    uint32_t position;  /* of the last word */
    uint32_t places[2]; /* NEAR: of the last word of each child; 0: none yet */
    bool doubtful;
};

/* Make SCAN, all zeros, for NODE, which POSITIONAL is made of. MEMORY. */
enum status scan_init(struct scan *scan, const struct query_node *node,
                      const struct positional *positional,
                      struct failure *failure);
void scan_release(struct scan *scan);

/* The next word of a paragraph, which STATE, all zeros, has gone through so
 * far, stands at POSITION; MASK is that of its term, or 0. True where what is
 * looked for ends here. Where it is never true, it is not in the paragraph
 * unless .doubtful. */
bool scan_next(const struct scan *scan, struct scan_state *state,
               uint32_t position, uint64_t mask);

#endif
