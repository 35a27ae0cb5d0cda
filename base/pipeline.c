/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "base/pipeline.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>

enum state {
    STATE_WAITING, /* to be worked on */
    STATE_WORKING,
    STATE_DONE,
};

struct slot {
    void *item;
    enum state state;
    enum status status;     /* what work returned */
    struct failure failure; /* and said */
};

struct helper {
    struct pipeline *pipeline;
    pthread_t thread;
    size_t number;
};

struct pipeline {
    struct pipeline_stages stages;
    struct slot *slots; /* a ring: of items that are not delivered */
    size_t n_slots;
    size_t first, n_items; /* in it */
    size_t n_begun;        /* of these, the first ones, that somebody took */
    enum status ended;     /* the owner's alone */

    struct helper *helpers;
    size_t n_helpers;
    pthread_mutex_t mutex;
    pthread_cond_t work;     /* there is an item to be worked on */
    pthread_cond_t progress; /* one is done */
    bool stop;
};

size_t pipeline_n_cores(void)
{
    cpu_set_t set;
    int n = 0;

    if (sched_getaffinity(0, sizeof set, &set) == 0)
        n = CPU_COUNT(&set);
    return n > 0 ? (size_t)n : 1;
}

static struct slot *slot_at(const struct pipeline *pipeline, size_t i)
{
    return &pipeline->slots[(pipeline->first + i) % pipeline->n_slots];
}

/* Work on the next item, with the mutex held before and after. */
static void work_on_next(struct pipeline *pipeline, size_t thread)
{
    const struct pipeline_stages *stages = &pipeline->stages;
    struct slot *slot = slot_at(pipeline, pipeline->n_begun++);

    slot->state = STATE_WORKING;
    pthread_mutex_unlock(&pipeline->mutex);
    slot->status =
        stages->work(stages->context, thread, slot->item, &slot->failure);
    pthread_mutex_lock(&pipeline->mutex);
    slot->state = STATE_DONE;
    pthread_cond_signal(&pipeline->progress);
}

static void *help(void *context)
{
    struct helper *helper = context;
    struct pipeline *pipeline = helper->pipeline;

    pthread_mutex_lock(&pipeline->mutex);
    while (!pipeline->stop)
        if (pipeline->n_begun < pipeline->n_items)
            work_on_next(pipeline, helper->number);
        else
            pthread_cond_wait(&pipeline->work, &pipeline->mutex);
    pthread_mutex_unlock(&pipeline->mutex);
    return NULL;
}

/* Start threads, up to N. Signals are for the owner's thread. */
static void start_helpers(struct pipeline *pipeline, size_t n)
{
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (pipeline->n_helpers < n) {
        struct helper *helper = &pipeline->helpers[pipeline->n_helpers];

        helper->pipeline = pipeline;
        helper->number = pipeline->n_helpers + 1;
        if (pthread_create(&helper->thread, NULL, help, helper) != 0)
            break;
        pipeline->n_helpers++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

size_t pipeline_threads(size_t wanted)
{
    if (wanted == 0)
        return pipeline_n_cores();
    return wanted < PIPELINE_MAX_THREADS ? wanted : PIPELINE_MAX_THREADS;
}

enum status pipeline_new(const struct pipeline_stages *stages, size_t n_threads,
                         size_t n_items, struct pipeline **pipeline,
                         struct failure *failure)
{
    struct pipeline *new = calloc(1, sizeof *new);

    *pipeline = NULL;
    if (!new)
        return fail_memory(failure);
    n_threads = pipeline_threads(n_threads);
    new->stages = *stages;
    new->n_slots = n_threads == 1 ? 1 : n_items > 0 ? n_items : 4 * n_threads;
    pthread_mutex_init(&new->mutex, NULL);
    pthread_cond_init(&new->work, NULL);
    pthread_cond_init(&new->progress, NULL);
    new->slots = calloc(new->n_slots, sizeof *new->slots);
    new->helpers = calloc(n_threads, sizeof *new->helpers);
    if (!new->slots || !new->helpers) {
        pipeline_free(new);
        return fail_memory(failure);
    }
    start_helpers(new, n_threads - 1);
    *pipeline = new;
    return STATUS_OK;
}

size_t pipeline_n_threads(const struct pipeline *pipeline)
{
    return pipeline->n_helpers + 1;
}

/* Take the first item out and deliver it; the mutex is held. */
static enum status deliver_first(struct pipeline *pipeline,
                                 struct failure *failure)
{
    const struct pipeline_stages *stages = &pipeline->stages;
    struct slot slot = *slot_at(pipeline, 0);

    pipeline->first = (pipeline->first + 1) % pipeline->n_slots;
    pipeline->n_items--;
    pipeline->n_begun--;
    pthread_mutex_unlock(&pipeline->mutex);
    pipeline->ended = stages->deliver(stages->context, slot.item, slot.status,
                                      &slot.failure, failure);
    pthread_mutex_lock(&pipeline->mutex);
    return pipeline->ended;
}

/* Deliver until at most N items are left; the mutex is held. */
static enum status deliver_until(struct pipeline *pipeline, size_t n,
                                 struct failure *failure)
{
    while (pipeline->ended == STATUS_OK && pipeline->n_items > n)
        if (slot_at(pipeline, 0)->state == STATE_DONE)
            deliver_first(pipeline, failure);
        else if (pipeline->n_begun < pipeline->n_items)
            work_on_next(pipeline, 0);
        else
            pthread_cond_wait(&pipeline->progress, &pipeline->mutex);
    return pipeline->ended;
}

enum status pipeline_put(struct pipeline *pipeline, void *item,
                         struct failure *failure)
{
    enum status status;

    pthread_mutex_lock(&pipeline->mutex);
    status = deliver_until(pipeline, pipeline->n_slots - 1, failure);
    if (status == STATUS_OK) {
        *slot_at(pipeline, pipeline->n_items++) = (struct slot){.item = item};
        pthread_cond_signal(&pipeline->work);
        /* Nobody else will: then each is done when it comes. */
        if (pipeline->n_helpers == 0)
            status = deliver_until(pipeline, 0, failure);
        else
            while (status == STATUS_OK && pipeline->n_items > 0 &&
                   slot_at(pipeline, 0)->state == STATE_DONE)
                status = deliver_first(pipeline, failure);
    } else {
        pipeline->stages.drop(pipeline->stages.context, item);
    }
    pthread_mutex_unlock(&pipeline->mutex);
    return status;
}

enum status pipeline_reduce(struct pipeline *pipeline, size_t n_items,
                            struct failure *failure)
{
    enum status status;

    pthread_mutex_lock(&pipeline->mutex);
    status = deliver_until(pipeline, n_items, failure);
    pthread_mutex_unlock(&pipeline->mutex);
    return status;
}

enum status pipeline_finish(struct pipeline *pipeline, struct failure *failure)
{
    return pipeline_reduce(pipeline, 0, failure);
}

void pipeline_free(struct pipeline *pipeline)
{
    if (!pipeline)
        return;
    pthread_mutex_lock(&pipeline->mutex);
    pipeline->stop = true;
    pthread_cond_broadcast(&pipeline->work);
    pthread_mutex_unlock(&pipeline->mutex);
    for (size_t i = 0; i < pipeline->n_helpers; i++)
        pthread_join(pipeline->helpers[i].thread, NULL);
    for (size_t i = 0; i < pipeline->n_items; i++)
        pipeline->stages.drop(pipeline->stages.context,
                              slot_at(pipeline, i)->item);
    pthread_cond_destroy(&pipeline->progress);
    pthread_cond_destroy(&pipeline->work);
    pthread_mutex_destroy(&pipeline->mutex);
    free(pipeline->helpers);
    free(pipeline->slots);
    free(pipeline);
}
