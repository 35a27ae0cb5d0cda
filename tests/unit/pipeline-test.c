/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pipelines: every item is worked on once and delivered in order, whatever the
 * number of threads, and dropped where the pipeline ended before. */
#include <config.h>

#include "base/pipeline.h"

#include "tests/tap.h"

enum { N_ITEMS = 1000 };

struct item {
    unsigned number, n_worked;
};

struct run {
    struct item items[N_ITEMS];
    unsigned n_delivered, n_dropped;
    unsigned stop_at; /* the delivery that fails */
    bool in_order;
    size_t n_threads;
};

static enum status work(void *context, size_t thread, void *item,
                        struct failure *failure)
{
    struct run *run = context;
    struct item *one = item;

    /* Unequal work, so that items are done out of order. */
    for (volatile unsigned i = 0; i < one->number % 7 * 1000; i++)
        ;
    if (thread >= run->n_threads)
        return fail(failure, STATUS_LIMIT, "a thread too many");
    one->n_worked++;
    return one->number % 10 == 3 ? fail(failure, STATUS_INPUT, "a three")
                                 : STATUS_OK;
}

static enum status deliver(void *context, void *item, enum status status,
                           const struct failure *problem,
                           struct failure *failure)
{
    struct run *run = context;
    const struct item *one = item;

    run->in_order &= one->number == run->n_delivered && one->n_worked == 1;
    run->in_order &= (status == STATUS_INPUT) == (one->number % 10 == 3);
    if (status != STATUS_OK)
        run->in_order &= strcmp(problem->message, "a three") == 0;
    if (++run->n_delivered == run->stop_at)
        return fail(failure, STATUS_IO, "stopped");
    return STATUS_OK;
}

static void drop(void *context, void *item)
{
    struct run *run = context;

    (void)item;
    run->n_dropped++;
}

/* All items by N_THREADS, ended by STOP_AT deliveries if that is not 0. */
static void try(size_t n_threads, unsigned stop_at)
{
    static struct run run;
    const struct pipeline_stages stages = {work, deliver, drop, &run};
    struct pipeline *pipeline;
    struct failure failure = {0};
    enum status status;
    unsigned n_put = 0;

    run = (struct run){.stop_at = stop_at, .in_order = true};
    status = pipeline_new(&stages, n_threads, 0, &pipeline, &failure);
    run.n_threads = n_threads;
    while (status == STATUS_OK && n_put < N_ITEMS) {
        run.items[n_put].number = n_put;
        status = pipeline_put(pipeline, &run.items[n_put++], &failure);
        if (status == STATUS_OK && n_put % 100 == 0) {
            status = pipeline_reduce(pipeline, 1, &failure);
            run.in_order &= status != STATUS_OK || n_put - run.n_delivered <= 1;
        }
    }
    if (status == STATUS_OK)
        status = pipeline_finish(pipeline, &failure);
    pipeline_free(pipeline);
    ok(run.in_order, "%zu threads: in order, each once", n_threads);
    ok(status == (stop_at ? STATUS_IO : STATUS_OK), "%zu threads: its end",
       n_threads);
    ok(run.n_delivered == (stop_at ? stop_at : N_ITEMS),
       "%zu threads: %u delivered", n_threads, run.n_delivered);
    ok(run.n_delivered + run.n_dropped == n_put, "%zu threads: none is lost",
       n_threads);
}

int main(void)
{
    ok(pipeline_n_cores() >= 1, "there is a core");
    for (size_t n_threads = 1; n_threads <= 5; n_threads++) {
        try(n_threads, 0);
        try(n_threads, 1);
        try(n_threads, 500);
        try(n_threads, N_ITEMS);
    }
    return tap_done();
}
