/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The line that tells how far an indexing run is: paragraphs, MB, rate, time
 * left. On standard error, and only if that is a terminal. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    bool shown;       /* at all */
    bool drawn;       /* the line is on the screen */
    uint64_t total;   /* bytes to read; 0: not known */
    uint64_t started; /* by clock_now */
    uint64_t next;    /* when to draw again */
};

void progress_init(struct progress *progress, bool wanted, uint64_t total);

/* PARAGRAPHS are done and DONE bytes are read. Draws some times a second, and
 * otherwise costs a look at the clock. */
void progress_update(struct progress *progress, uint64_t paragraphs,
                     uint64_t done);

/* Take the line away, so that something else can be said. */
void progress_clear(struct progress *progress);

#endif
