/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a query was understood: how it was read, which words of the index its
 * words stand for, and what the index is asked, with frequencies and weights.
 */
#ifndef CLI_EXPLAIN_H
#define CLI_EXPLAIN_H

#include "src/cli/answer.h"

/* Append to OUT an account of PLAN, which was made of TREE for OPTIONS: as
 * lines to read or, if JSON, as one object and a line end. STATUS_MEMORY; what
 * the reader returns. */
enum status explain(const struct syntax *tree, const struct plan *plan,
                    const struct plan_options *options, struct session *session,
                    bool json, struct buffer *out, struct failure *failure);

#endif
