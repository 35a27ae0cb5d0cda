/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of the parser share. */
#ifndef QUERY_SYNTAX_PARTS_H
#define QUERY_SYNTAX_PARTS_H

#include "src/query/syntax.h"

/* A node without children, its boost 1; NULL if memory is short. */
struct syntax *syntax_new(enum syntax_kind kind, size_t column);

/* Move *CHILD to the end of PARENT's children. STATUS_MEMORY. */
enum status syntax_append(struct syntax *parent, struct syntax **child,
                          struct failure *failure);

/* Read the alternatives in the text of PHRASE, a PHRASE; if there are any, all
 * of it becomes children. STATUS_QUERY, with the column; STATUS_MEMORY. */
enum status syntax_phrase(struct syntax *phrase, struct failure *failure);

#endif
