/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What files say of themselves as far as it can be believed. Results are parts
 * of what is given, or empty. */
#ifndef DOCUMENT_FOREIGN_FACTS_H
#define DOCUMENT_FOREIGN_FACTS_H

#include "base/bytes.h"

/* TITLE, without white space around, unless it is one that a program made up:
 * a file's name, "Document1", "untitled". */
struct bytes facts_title(struct bytes title);

/* The date that DATE begins with: YYYY-MM-DD, YYYY-MM or YYYY. The years 0 and
 * 1 are what stands where a program knew none. */
struct bytes facts_date(struct bytes date);

/* The ISO 639-1 code that the language tag TAG begins with: "en" of "en-GB". */
struct bytes facts_language(struct bytes tag);

#endif
