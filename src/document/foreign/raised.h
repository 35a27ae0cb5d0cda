/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Raised numbers that are text: the marks by which a note before is referred
 * to again, which formats have no markup for. */
#ifndef DOCUMENT_FOREIGN_RAISED_H
#define DOCUMENT_FOREIGN_RAISED_H

#include <stdbool.h>

#include "base/bytes.h"

/* Whether NUMBER, which stands raised right behind BEFORE, refers to one of the
 * N_NOTES notes so far: one to four digits behind a word or punctuation, not
 * behind a number, a symbol or a unit (10², x=2, km²). */
bool raised_refers(struct bytes before, struct bytes number,
                   unsigned long n_notes);

#endif
