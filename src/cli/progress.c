/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/cli/progress.h"

#include "src/cli/report.h"
#include "src/cli/terminal.h"

#include <inttypes.h>
#include <stdio.h>

enum { INTERVAL = 200 * 1000 * 1000 }; /* nanoseconds between two drawings */

void progress_init(struct progress *progress, bool wanted, uint64_t total)
{
    uint64_t now = clock_now();

    *progress = (struct progress){
        .shown = wanted && terminal_width(stderr) > 0,
        .total = total,
        .started = now,
        .next = now + INTERVAL,
    };
}

static void draw(struct progress *progress, uint64_t paragraphs, uint64_t done,
                 uint64_t now)
{
    double seconds = (double)(now - progress->started) / 1e9;
    double rate = (double)done / 1e6 / seconds;
    char text[COUNTED_SIZE];

    fprintf(stderr, "\r\033[K%s, %.1f MB, %.1f MB/s",
            counted(paragraphs, "paragraph", text), (double)done / 1e6, rate);
    if (progress->total > done && done > 0) {
        double left = seconds * (double)(progress->total - done) / (double)done;

        fprintf(stderr, ", %" PRIu64 ":%02u left", (uint64_t)left / 60,
                (unsigned)((uint64_t)left % 60));
    }
    fflush(stderr);
    progress->drawn = true;
}

void progress_update(struct progress *progress, uint64_t paragraphs,
                     uint64_t done)
{
    uint64_t now;

    if (!progress->shown || (now = clock_now()) < progress->next)
        return;
    draw(progress, paragraphs, done, now);
    progress->next = now + INTERVAL;
}

void progress_clear(struct progress *progress)
{
    if (progress->drawn)
        fputs("\r\033[K", stderr);
    progress->drawn = false;
}
