/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the process of a worker is told and what it answers. The process is to
 * be mistrusted: every frame is checked before it is believed, and a process
 * that once said something wrong is asked nothing more. */
#include <config.h>

#include "src/document/worker.h"

#include "base/buffer.h"
#include "src/document/block_codec.h"
#include "src/document/foreign/sandbox.h"
#include "src/document/worker_process.h"
#include "src/document/worker_protocol.h"
#include "src/text/utf8.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    READ_BYTES = 256 << 10,
    /* How often a wait is broken to see whether a signal handler asked to
     * stop: the signal may come just before the wait begins. */
    LOOK_UP_MILLISECONDS = 200,
};

struct worker {
    struct worker_options options;
    struct worker_process process;
    uint64_t first_size; /* its address space when it started */
    unsigned layers;
    struct buffer received; /* from it, not yet used from .used on */
    size_t used;
    struct place *places; /* room for those of a block */
    size_t places_capacity;
};

/* One file, while it is read. */
struct job {
    struct worker *worker;
    const char *format, *name;
    const struct block_receiver *receiver;
    int64_t deadline; /* milliseconds of the monotonic clock */
    uint64_t n_bytes; /* of the answer, so far */
    bool ended;       /* FRAME_END came */
};

/* A frame, borrowed from worker->received until more is received. */
struct frame {
    uint32_t kind;
    struct bytes payload;
};

enum status worker_new(const struct worker_options *options,
                       struct worker **out, struct failure *failure)
{
    struct worker *worker = *out = calloc(1, sizeof *worker);

    if (!worker)
        return fail_memory(failure);
    if (options)
        worker->options = *options;
    if (!worker->options.memory)
        worker->options.memory = WORKER_MEMORY;
    if (!worker->options.seconds)
        worker->options.seconds = WORKER_SECONDS;
    return STATUS_OK;
}

/* End the process; what it said is forgotten. */
static enum process_end stop(struct worker *worker)
{
    buffer_clear(&worker->received);
    worker->used = 0;
    return process_stop(&worker->process);
}

void worker_free(struct worker *worker)
{
    if (!worker)
        return;
    stop(worker);
    buffer_release(&worker->received);
    free(worker->places);
    free(worker);
}

unsigned worker_layers(const struct worker *worker)
{
    return worker->layers;
}

pid_t worker_process_id(const struct worker *worker)
{
    return worker->process.id;
}

void worker_layers_append(unsigned layers, struct buffer *buffer)
{
    static const struct {
        enum sandbox_layer layer;
        const char *name;
    } names[] = {
        {SANDBOX_LIMITS, "limits of memory and files"},
        {SANDBOX_PRIVILEGES, "no new privileges"},
        {SANDBOX_LANDLOCK, "Landlock"},
        {SANDBOX_SECCOMP, "seccomp"},
    };
    bool any = false;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!(layers & names[i].layer))
            continue;
        buffer_append_string(buffer, any ? ", " : "");
        buffer_append_string(buffer, names[i].name);
        any = true;
    }
    if (!any)
        buffer_append_string(buffer, "none");
}

static int64_t now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static enum status took_too_long(const struct job *job, struct failure *failure)
{
    return fail(failure, STATUS_INPUT,
                "%s: reading it as %s took longer than %u s", job->name,
                job->format, job->worker->options.seconds);
}

static enum status needs_memory(const struct job *job, struct failure *failure)
{
    return fail(failure, STATUS_INPUT,
                "%s: reading it as %s needs more than %" PRIu64
                " MiB of memory",
                job->name, job->format, job->worker->options.memory >> 20);
}

static enum status is_senseless(const struct job *job, struct failure *failure)
{
    return fail(failure, STATUS_INPUT,
                "%s: reading it as %s gave a senseless answer", job->name,
                job->format);
}

/* The process has closed its socket, which it does by dying. */
static enum status has_died(const struct job *job, struct failure *failure)
{
    switch (stop(job->worker)) {
    case PROCESS_OUT_OF_MEMORY: return needs_memory(job, failure);
    case PROCESS_OUT_OF_TIME: return took_too_long(job, failure);
    case PROCESS_FAILED: break;
    }
    return fail(failure, STATUS_INPUT,
                "%s: reading it as %s crashed the reader", job->name,
                job->format);
}

/* Wait until there is something to read. */
static enum status wait_for_more(const struct job *job, struct failure *failure)
{
    const struct worker *worker = job->worker;
    struct pollfd wait = {.fd = worker->process.socket, .events = POLLIN};

    for (;;) {
        int64_t left = job->deadline - now();
        int stirs;

        if (worker->options.interrupted && *worker->options.interrupted)
            return fail(failure, STATUS_INTERRUPTED, "interrupted");
        if (left <= 0)
            return took_too_long(job, failure);
        if (left > LOOK_UP_MILLISECONDS)
            left = LOOK_UP_MILLISECONDS;
        stirs = poll(&wait, 1, (int)left);
        if (stirs > 0)
            return STATUS_OK;
        if (stirs < 0 && errno != EINTR)
            return fail_errno(failure, STATUS_IO, errno, "%s: cannot wait",
                              job->name);
    }
}

/* Add to what was received. */
static enum status receive_more(struct job *job, struct failure *failure)
{
    struct worker *worker = job->worker;
    struct buffer *received = &worker->received;
    enum status status = wait_for_more(job, failure);
    ssize_t got;

    if (status)
        return status;
    if (worker->used > 0) {
        received->length -= worker->used;
        memmove(received->data, received->data + worker->used,
                received->length);
        worker->used = 0;
    }
    if (!buffer_reserve(received, READ_BYTES))
        return fail_memory(failure);
    got = read(worker->process.socket, received->data + received->length,
               received->capacity - received->length);
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return STATUS_OK;
    /* ECONNRESET: it died with a request unread. */
    if (got <= 0)
        return has_died(job, failure);
    received->length += (size_t)got;
    return STATUS_OK;
}

/* Wait for the next frame and give it; its payload is of a length that is
 * allowed, and nothing else is known of it. */
static enum status next_frame(struct job *job, struct frame *frame,
                              struct failure *failure)
{
    struct worker *worker = job->worker;
    struct frame_head head = {.length = 0};

    for (;;) {
        size_t left = worker->received.length - worker->used;
        enum status status;

        if (left >= sizeof head) {
            const char *data = worker->received.data + worker->used;

            memcpy(&head, data, sizeof head);
            if (head.length > FRAME_MAX_BYTES)
                return is_senseless(job, failure);
            if (left - sizeof head >= head.length) {
                frame->kind = head.kind;
                frame->payload =
                    (struct bytes){data + sizeof head, head.length};
                worker->used += sizeof head + head.length;
                return STATUS_OK;
            }
        }
        status = receive_more(job, failure);
        if (status)
            return status;
    }
}

static enum status take_block(const struct job *job, struct bytes payload,
                              struct failure *failure)
{
    struct worker *worker = job->worker;
    struct block block;
    enum status status =
        block_decode(payload.data, payload.length, &block, &worker->places,
                     &worker->places_capacity, failure);

    if (status == STATUS_CORRUPT)
        return is_senseless(job, failure);
    if (status)
        return status;
    return job->receiver->block(job->receiver->context, &block, failure);
}

static enum status take_facts(const struct job *job, struct bytes payload,
                              struct failure *failure)
{
    struct document_facts facts;
    enum status status =
        facts_decode(payload.data, payload.length, &facts, failure);

    if (status == STATUS_CORRUPT)
        return is_senseless(job, failure);
    if (status)
        return status;
    return job->receiver->document(job->receiver->context, &facts, failure);
}

/* Whether MESSAGE can be shown to a user: it is text, and nothing in it
 * controls a terminal. */
static bool can_be_shown(struct bytes message)
{
    size_t i = 0;

    while (i < message.length) {
        char32_t character;

        i += utf8_decode(message.data + i, message.length - i, &character);
        if (character < ' ' || (character >= 0x7F && character < 0xA0))
            return false;
    }
    return utf8_valid(message.data, message.length);
}

/* The reader's own failure, the checked MESSAGE, with the real name of the
 * file. */
static enum status pass_on(const struct job *job, enum status status,
                           struct bytes message, struct failure *failure)
{
    const size_t length = strlen(READER_NAME ": ");
    struct bytes reason = message;

    if (message.length >= length &&
        memcmp(message.data, READER_NAME ": ", length) == 0)
        reason = (struct bytes){message.data + length, message.length - length};
    if (reason.length > sizeof failure->message)
        reason.length = sizeof failure->message; /* more would be cut */
    return fail(failure, status, "%s: %.*s", job->name, (int)reason.length,
                reason.data);
}

/* How the reader ended. Only what a file can be the cause of is believed. */
static enum status take_end(struct job *job, struct bytes payload,
                            struct failure *failure)
{
    const char *cursor = payload.data, *end = cursor + payload.length;
    uint64_t status;

    if (!varint_read(&cursor, end, &status))
        return is_senseless(job, failure);
    payload = (struct bytes){cursor, (size_t)(end - cursor)};
    if (status == STATUS_MEMORY)
        return needs_memory(job, failure);
    if (status != STATUS_OK && status != STATUS_INPUT && status != STATUS_LIMIT)
        return is_senseless(job, failure);
    /* It has to be quiet now until it is asked again. */
    if (!can_be_shown(payload) ||
        job->worker->used != job->worker->received.length)
        return is_senseless(job, failure);
    job->ended = true;
    if (status == STATUS_OK)
        return STATUS_OK;
    return pass_on(job, (enum status)status, payload, failure);
}

static enum status take_frame(struct job *job, const struct frame *frame,
                              struct failure *failure)
{
    job->n_bytes += frame->payload.length;
    if (job->n_bytes > WORKER_MAX_ANSWER)
        return fail(failure, STATUS_LIMIT, "%s: has more than %d MiB of text",
                    job->name, (int)(WORKER_MAX_ANSWER >> 20));
    switch (frame->kind) {
    case FRAME_FACTS: return take_facts(job, frame->payload, failure);
    case FRAME_BLOCK: return take_block(job, frame->payload, failure);
    case FRAME_END: return take_end(job, frame->payload, failure);
    }
    return is_senseless(job, failure);
}

static void set_deadline(struct job *job)
{
    job->deadline = now() + (int64_t)job->worker->options.seconds * 1000;
}

/* Start the process and hear that it is ready. */
static enum status start(struct worker *worker, struct failure *failure)
{
    struct job job = {.worker = worker, .format = "", .name = "pilcrow-reader"};
    struct frame frame = {.kind = 0};
    uint64_t layers = 0;
    enum status status =
        process_start(&worker->process, worker->options.program,
                      worker->options.memory, failure);

    if (status)
        return status;
    set_deadline(&job);
    status = next_frame(&job, &frame, failure);
    if (status == STATUS_OK &&
        (frame.kind != FRAME_READY ||
         !varint_read(&frame.payload.data,
                      frame.payload.data + frame.payload.length, &layers)))
        status = STATUS_INPUT;
    /* Here no file is to blame. */
    if (status == STATUS_INPUT)
        fail(failure, STATUS_IO,
             "the program pilcrow-reader, which reads such files, does not "
             "start");
    if (status) {
        stop(worker);
        return status == STATUS_INPUT ? STATUS_IO : status;
    }
    worker->layers = (unsigned)layers & SANDBOX_ALL;
    worker->first_size = process_size(&worker->process);
    return STATUS_OK;
}

enum status worker_start(struct worker *worker, struct failure *failure)
{
    /* It may have been killed while it had nothing to do. */
    if (worker->process.id && process_stirs(&worker->process))
        stop(worker);
    return worker->process.id ? STATUS_OK : start(worker, failure);
}

/* Memory that libraries lost, or that lies between what they keep, would be
 * missing for the files that follow, and which of them fail would depend on
 * their order. */
static bool has_grown(const struct worker *worker)
{
    return process_size(&worker->process) >
           worker->first_size + worker->options.memory / 4;
}

enum status worker_read(struct worker *worker, const char *format,
                        const char *name, struct bytes content,
                        const struct block_receiver *receiver,
                        struct failure *failure)
{
    struct job job = {
        .worker = worker, .format = format, .name = name, .receiver = receiver};
    enum status status = worker_start(worker, failure);

    if (status)
        return status;
    process_limit_time(&worker->process, worker->options.seconds);
    set_deadline(&job);
    status = process_ask(&worker->process, format, name, content, failure);
    while (status == STATUS_OK && !job.ended) {
        struct frame frame;

        status = next_frame(&job, &frame, failure);
        if (status == STATUS_OK)
            status = take_frame(&job, &frame, failure);
    }
    /* It is only known to be well if its answer came to an end. */
    if (!job.ended || has_grown(worker))
        stop(worker);
    return status;
}
