/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What may be the mark of a footnote, before the footnotes are known. */
#ifndef DOCUMENT_REBUILD_CANDIDATES_H
#define DOCUMENT_REBUILD_CANDIDATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"

struct rebuild;

/* The highest number that a footnote may have. */
enum { NOTE_MAX_NUMBER = 999 };

/* The rules are those of rebuild_candidates.c. */
struct candidate {
    size_t start, end; /* bytes of the text */
    uint32_t line;
    uint16_t number; /* from 1 */
    bool sure;       /* R1, R6 */
    bool spaced;     /* R5, R7 */
    bool bracketed;  /* R6, R7 */
};

struct candidates {
    struct candidate *list; /* in the order of the text */
    size_t n, capacity;
};

/* Gather what may be a mark in the body lines of REBUILD into CANDIDATES, whose
 * list is the caller's to free, also on failure. MEMORY. */
enum status candidates_find(const struct rebuild *rebuild,
                            struct candidates *candidates,
                            struct failure *failure);

/* The number in superscript digits at the start of TEXT: its length in bytes, 0
 * if there is none. */
size_t superscript_number(struct bytes text, unsigned *number);

/* The same for up to three digits in square brackets, behind a circumflex
 * perhaps. */
size_t bracketed_number(struct bytes text, unsigned *number);

#endif
