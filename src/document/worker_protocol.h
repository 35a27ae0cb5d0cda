/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What worker.c and the program pilcrow-reader (foreign/reader_main.c) say to
 * each other, over a stream socket that the program has as READER_SOCKET. Both
 * were built together and run on one machine, so numbers are in its order.
 *
 * The program first says FRAME_READY. Then, again and again, worker.c sends
 * a struct reader_request, with it as a file descriptor (SCM_RIGHTS) the bytes
 * to be read, a sealed memfd; and the program answers with frames: any
 * number of FRAME_FACTS and FRAME_BLOCK, then one FRAME_END. It ends when
 * the socket does.
 *
 * The name of the file is not sent, since whoever takes the program over need
 * not know it; messages call the file READER_NAME, and worker.c puts the real
 * name there. */
#ifndef DOCUMENT_WORKER_PROTOCOL_H
#define DOCUMENT_WORKER_PROTOCOL_H

#include <stdint.h>

enum {
    READER_SOCKET = 3,
    /* The exit status of the program when memory was short. */
    READER_OUT_OF_MEMORY = 3,
    /* The longest payload of a frame. A block is a paragraph; that nobody
     * writes one of 64 MiB is the reader's to find out. */
    FRAME_MAX_BYTES = 64 << 20,
};

#define READER_NAME "document"

enum frame_kind {
    FRAME_READY = 1, /* varint: the layers of the sandbox that are in force */
    FRAME_FACTS,     /* see block_codec.h */
    FRAME_BLOCK,     /* likewise */
    FRAME_END,       /* varint: an enum status; then its message */
};

struct frame_head {
    uint32_t kind;
    uint32_t length; /* of the payload that follows, in bytes */
};

struct reader_request {
    char format[32]; /* its name in the table of format.h, ends in NUL */
};

#endif
