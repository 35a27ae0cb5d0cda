/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The process of a worker: started, given a file, ended. It does not know what
 * the process says. */
#ifndef DOCUMENT_WORKER_PROCESS_H
#define DOCUMENT_WORKER_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/bytes.h"
#include "base/status.h"

struct worker_process {
    pid_t id;   /* 0: none runs */
    int socket; /* non-blocking */
};

/* Run PROGRAM (NULL: find it), which may take MEMORY bytes. STATUS_IO. */
enum status process_start(struct worker_process *process, const char *program,
                          uint64_t memory, struct failure *failure);

/* How a process came to its end. */
enum process_end {
    PROCESS_FAILED,        /* crashed, or ended by itself */
    PROCESS_OUT_OF_MEMORY, /* as it said */
    PROCESS_OUT_OF_TIME,   /* used up its CPU time */
};

/* Kill it, if it still runs, and forget it. Nothing if none runs. */
enum process_end process_stop(struct worker_process *process);

/* Whether something has come from it, or it has died. */
bool process_stirs(const struct worker_process *process);

/* Its address space in bytes; 0 if that cannot be known. */
uint64_t process_size(const struct worker_process *process);

/* Let it use SECONDS of CPU time from now. Does nothing where that is not
 * possible: it is there for when we do not run ourselves; else we look at the
 * clock. */
void process_limit_time(const struct worker_process *process, unsigned seconds);

/* Send a request to read CONTENT, a file called NAME in messages, as FORMAT.
 * STATUS_IO. */
enum status process_ask(const struct worker_process *process,
                        const char *format, const char *name,
                        struct bytes content, struct failure *failure);

#endif
