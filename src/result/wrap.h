/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A paragraph laid out for a terminal: lines of a width, with the matches
 * marked. Whatever the text holds, nothing in it can command the terminal. */
#ifndef RESULT_WRAP_H
#define RESULT_WRAP_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "src/result/spans.h"

struct wrap_style {
    size_t width;           /* of a line with its indent, in columns; 0: one
                               line, however long */
    size_t indent;          /* spaces before every line */
    const char *mark_begin; /* around a match, taking no columns; NULL: none */
    const char *mark_end;
};

/* Append TEXT to OUT (check out->failed), every line ended by '\n'; nothing if
 * there is nothing in it but white space.
 *
 * White space and control characters, any number, are one space or the break
 * of a line; no-break spaces stay what they are. What is longer than a line is
 * cut, never before a combining character. A line may also end before an
 * ideograph. Soft hyphens and the controls of text direction, which would
 * outlive the text, are left out; what is not UTF-8 becomes U+FFFD. A mark that
 * a line's end would cut is ended there and begun again on the next. SPANS
 * (NULL: none) are bytes of TEXT, ascending. */
void wrap_text(struct bytes text, const struct spans *spans,
               const struct wrap_style *style, struct buffer *out);

#endif
