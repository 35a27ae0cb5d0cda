/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What may help somebody who did not find what was looked for. */
#ifndef CLI_ADVICE_H
#define CLI_ADVICE_H

#include "src/cli/answer.h"

/* Say on standard error which words of QUERY, answered by ANSWER, are not in
 * the index, and what may have been meant; and, if nothing was found, what
 * would be. MEMORY; what the reader returns. */
enum status give_advice(const struct answer *answer, struct session *session,
                        struct bytes query,
                        const struct answer_options *options,
                        struct failure *failure);

/* Say of each field of QUERY, which found nothing, if no paragraph has it, and
 * what there is. *N_MISSING is how many there are of these. MEMORY; what the
 * reader returns. */
enum status advise_on_fields(struct bytes query, struct session *session,
                             size_t *n_missing, struct failure *failure);

#endif
