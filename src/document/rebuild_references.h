/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The marks by which the text refers to footnotes, when those are known. */
#ifndef DOCUMENT_REBUILD_REFERENCES_H
#define DOCUMENT_REBUILD_REFERENCES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct rebuild;
struct references;

/* Gather what may be a mark in the body lines of REBUILD, which must live
 * longer. The caller frees it. MEMORY. */
enum status references_new(struct rebuild *rebuild,
                           struct references **references,
                           struct failure *failure);
void references_free(struct references *references);

/* Lines are looked at in order; now at line I. */
void references_pass(struct references *references, size_t i);

/* Whether a line that was passed has a mark of NUMBER. */
bool references_seen(const struct references *references, unsigned number);

/* Line I is the footnote NUMBER (0: its mark is a sign). */
void references_define(struct references *references, size_t i,
                       unsigned number);

/* The number that was defined last, 0 before the first. */
unsigned references_last(const struct references *references);

/* Cut the marks of the footnotes that were defined out of the text.
 * STATUS_MEMORY. */
enum status references_cut(struct references *references,
                           struct failure *failure);

#endif
