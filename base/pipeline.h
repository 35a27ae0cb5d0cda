/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Items worked on by several threads, and given back in the order in which
 * they were put in: what all cores do at once, without an order that depends on
 * timing.
 *
 * The thread that owns a pipeline puts items in, works on them like the others
 * while it would have to wait, and alone takes what is done. With one thread
 * nothing is started, and each item is worked on when it is put in. */
#ifndef BASE_PIPELINE_H
#define BASE_PIPELINE_H

#include <stddef.h>

#include "base/status.h"

struct pipeline;

struct pipeline_stages {
    /* Work on ITEM: called by any thread, by several at once. THREAD, below the
     * number of threads, says whose things may be used; the owner's is 0. What
     * it returns is for .deliver to see, and stops nothing. */
    enum status (*work)(void *context, size_t thread, void *item,
                        struct failure *failure);
    /* Take ITEM, of which work returned STATUS with PROBLEM: called by the
     * owner, in the order of items. Any status but STATUS_OK ends the pipeline
     * and is what pipeline_put or pipeline_finish returns. */
    enum status (*deliver)(void *context, void *item, enum status status,
                           const struct failure *problem,
                           struct failure *failure);
    /* Called by the owner for an item that will not be delivered, worked on or
     * not, since the pipeline ended before. */
    void (*drop)(void *context, void *item);
    void *context;
};

/* How many cores this process may use; at least 1. */
size_t pipeline_n_cores(void);

/* How many threads stand for WANTED: as many as there are cores for 0, and at
 * most PIPELINE_MAX_THREADS, since each costs memory and time to begin. */
enum { PIPELINE_MAX_THREADS = 1024 };
size_t pipeline_threads(size_t wanted);

/* A pipeline of N_THREADS threads, the caller's included (as pipeline_threads
 * takes it), that holds at most N_ITEMS items which are not delivered (0: four
 * for each thread). *PIPELINE is the caller's to free. Threads that cannot be
 * had are done without. MEMORY. */
enum status pipeline_new(const struct pipeline_stages *stages, size_t n_threads,
                         size_t n_items, struct pipeline **pipeline,
                         struct failure *failure);

/* How many threads it has, the owner's included. */
size_t pipeline_n_threads(const struct pipeline *pipeline);

/* Put ITEM in; where there is no room, that is made first. What .deliver
 * returned; after a failure everything that is put in is dropped. */
enum status pipeline_put(struct pipeline *pipeline, void *item,
                         struct failure *failure);

/* Deliver what was put in until at most N_ITEMS are not delivered: for when
 * they take more room than others do. As pipeline_put. */
enum status pipeline_reduce(struct pipeline *pipeline, size_t n_items,
                            struct failure *failure);

/* Deliver all that was put in. More may be put in afterwards. */
enum status pipeline_finish(struct pipeline *pipeline, struct failure *failure);

/* Ends its threads and drops what was not delivered. NULL is fine. */
void pipeline_free(struct pipeline *pipeline);

#endif
