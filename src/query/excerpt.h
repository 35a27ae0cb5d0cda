/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A piece of a query as a message may show it: valid UTF-8, without control
 * characters, and short. */
#ifndef QUERY_EXCERPT_H
#define QUERY_EXCERPT_H

#include "base/bytes.h"

enum { EXCERPT_MAX_CHARACTERS = 40 };

struct excerpt {
    char text[4 * EXCERPT_MAX_CHARACTERS + sizeof "…"];
};

/* The first EXCERPT_MAX_CHARACTERS code points of TEXT, and "…" if there are
 * more. A control character or an ill-formed byte shows as U+FFFD. By value, so
 * that it can stand among the arguments of fail(). */
struct excerpt excerpt_of(struct bytes text);

#endif
