/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of a long paragraph that shows best why it was found. */
#ifndef RESULT_SNIPPET_H
#define RESULT_SNIPPET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"
#include "src/result/spans.h"

struct snippet {
    struct buffer text;   /* with "…" where something was cut off; owned */
    struct spans matches; /* in it; owned */
};

/* Whether TEXT has more than LENGTH code points. */
bool snippet_is_shorter(struct bytes text, size_t length);

/* Make *SNIPPET, which may hold an earlier one, from about LENGTH code points
 * of TEXT: those around the matches with the most different words, and of such
 * the most words, and of such the first; without a match, the beginning. It is
 * cut between words, and where there are none for long, between characters.
 * MATCHES (NULL: none) are bytes of TEXT, ascending. Takes time in proportion
 * to TEXT. STATUS_MEMORY. */
enum status snippet_make(struct bytes text, const struct spans *matches,
                         size_t length, struct snippet *snippet,
                         struct failure *failure);
void snippet_release(struct snippet *snippet);

#endif
