/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The worker: a process without privileges in which files of foreign formats
 * are parsed, so that no file can take us down or reach what it should not.
 *
 * The process is the program pilcrow-reader. It starts with the first file, is
 * used for the files after it, and is replaced when a file crashed it, hung
 * it, or left it grown. What it says is checked as a hostile file's own
 * words would be (see block_codec.h): a process that was taken over can
 * at worst give wrong text.
 *
 * A worker reads one file at a time, and waits for it. To use the cores there
 * are, make one worker for each and let as many threads each have theirs; a
 * thread that starts a process must then live as long as the process, which
 * dies with it (PR_SET_PDEATHSIG). */
#ifndef DOCUMENT_WORKER_H
#define DOCUMENT_WORKER_H

#include <signal.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"
#include "src/document/block.h"

struct worker;

enum {
    WORKER_MEMORY = 1 << 30, /* bytes of address space, if not stated */
    WORKER_SECONDS = 30,     /* for a file, if not stated */
    /* The most that a file can give. A gigabyte of text in one file would be a
     * thousand times the Bible. */
    WORKER_MAX_ANSWER = 256 << 20,
};

/* Zero is what is said of it, for each. Strings and flags are borrowed until
 * worker_free. */
struct worker_options {
    const char *program; /* NULL: pilcrow-reader, beside the running program or
                            where it is installed */
    uint64_t memory;     /* bytes of address space; 0: WORKER_MEMORY */
    unsigned seconds;    /* for one file; 0: WORKER_SECONDS */
    /* Set by a signal handler to stop. May be NULL. */
    const volatile sig_atomic_t *interrupted;
};

/* A worker; no process starts yet. OPTIONS may be NULL. The caller frees
 * *WORKER. STATUS_MEMORY. */
enum status worker_new(const struct worker_options *options,
                       struct worker **worker, struct failure *failure);

/* Ends the process. NULL is fine. */
void worker_free(struct worker *worker);

/* Let the reader of FORMAT (a name of the table of format.h) find the blocks of
 * CONTENT and give them to RECEIVER. NAME is how the file is called in
 * messages.
 *
 * Blocks come while the file is being read, so that any error can come after
 * some of them: a receiver keeps them and drops them then, as a struct
 * structure does. STATUS_INPUT if the file is damaged, encrypted, has no text,
 * crashed the reader, or took too long or too much memory; STATUS_LIMIT;
 * STATUS_IO if no process can be started; STATUS_MEMORY if it is our own that
 * is short; STATUS_INTERRUPTED; and what RECEIVER returned. After each of them
 * the worker can be used for the next file. */
enum status worker_read(struct worker *worker, const char *format,
                        const char *name, struct bytes content,
                        const struct block_receiver *receiver,
                        struct failure *failure);

/* Start the process if none runs. STATUS_IO, STATUS_MEMORY,
 * STATUS_INTERRUPTED. */
enum status worker_start(struct worker *worker, struct failure *failure);

/* The layers of protection (enum sandbox_layer of foreign/sandbox.h) that are
 * in force for the process that runs or ran last, as it says itself; 0 if there
 * was none. */
unsigned worker_layers(const struct worker *worker);

/* The same as words for a user ("memory and files limited, no privileges,
 * Landlock, seccomp"), appended to BUFFER. */
void worker_layers_append(unsigned layers, struct buffer *buffer);

/* The process that runs; 0 if none does. */
pid_t worker_process_id(const struct worker *worker);

#endif
