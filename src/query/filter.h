/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A field and its value as the index is asked for it: boolean terms, or a range
 * of values. */
#ifndef QUERY_FILTER_H
#define QUERY_FILTER_H

#include "index/query.h"
#include "src/query/syntax.h"
#include "src/query/vocabulary.h"
#include "src/text/analyzer.h"

/* What TREE, a SYNTAX_FIELD, asks of the index; *OUT is the caller's to free.
 * Its score is 0 if it is used as a filter. STATUS_QUERY, with the column, for
 * a value that makes no sense; STATUS_MEMORY; what the reader returns. */
enum status filter_query(const struct syntax *tree,
                         struct vocabulary *vocabulary,
                         struct analyzer *analyzer, struct query_node **out,
                         struct failure *failure);

#endif
