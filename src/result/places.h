/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which words make up a phrase or a nearness in one paragraph: not where the
 * whole stands, which index/positional.h says, but its operands, without what
 * lies between them. */
#ifndef RESULT_PLACES_H
#define RESULT_PLACES_H

#include <stdint.h>

#include "base/status.h"
#include "index/positional.h"
#include "index/query.h"

struct places;

/* For NODE, a PHRASE, NEAR or ONEAR, which outlives it. *PLACES is the caller's
 * to free. LIMIT where it is nested too deeply, MEMORY. */
enum status places_new(const struct query_node *node, struct places **places,
                       struct failure *failure);
void places_free(struct places *places);

/* Call EACH for every part of it whose terms are wanted. Returns what EACH
 * did last, OK to go on. */
enum status places_each_part(struct places *places,
                             enum status (*each)(void *context,
                                                 struct positional *part),
                             void *context);

/* Call EACH, in any order, for the first and last positions of every operand of
 * every place where it stands in the paragraph whose words its parts were
 * given. Returns what EACH did last; MEMORY. */
enum status places_mark(struct places *places,
                        enum status (*each)(void *context, uint32_t first,
                                            uint32_t last),
                        void *context, struct failure *failure);

#endif
