/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files into a part of an index: what each thread of an indexer does, with
 * things that it shares with no other (an analyzer, and a worker process for
 * foreign formats). */
#ifndef DOCUMENT_FILLER_H
#define DOCUMENT_FILLER_H

#include <signal.h>

#include "base/buffer.h"
#include "base/status.h"
#include "index/writer.h"
#include "src/document/changes.h"
#include "src/document/json_lines.h"
#include "src/document/source.h"
#include "src/document/worker.h"

struct filler;

struct filler_options {
    const char *language; /* as of document_options */
    const volatile sig_atomic_t *interrupted;
    struct worker_options worker; /* its .interrupted is not used */
};

/* How the reading of a file ended. */
enum outcome {
    OUTCOME_READ,
    OUTCOME_PARTIAL,     /* something could not be read */
    OUTCOME_FAILED,      /* nothing of it can be read */
    OUTCOME_UNREADABLE,  /* it cannot be opened, or its disk has errors: nothing
                            that the file itself is to blame for */
    OUTCOME_INTERRUPTED, /* it was not read to its end */
    OUTCOME_SAME,        /* it has another time, but the bytes that it had */
};

/* A file, and what came of it. */
struct filled_file {
    const struct change *change; /* borrowed */
    enum outcome outcome;
    struct source_facts facts; /* unless UNREADABLE or INTERRUPTED */
    struct buffer note;        /* why it is PARTIAL or FAILED */
};

/* A filler; it starts no process before one is needed. OPTIONS is borrowed.
 * The caller frees *FILLER with filler_free (NULL is fine). MEMORY, and what
 * analyzer_new returns. */
enum status filler_new(const struct filler_options *options,
                       struct filler **filler, struct failure *failure);
void filler_free(struct filler *filler);

/* Put PARAGRAPH, as an index gave it, into PART. MEMORY. */
enum status filler_add(struct filler *filler, const struct paragraph *paragraph,
                       struct writer_part *part, struct failure *failure);

/* Read the file that FILE->change names, put its paragraphs into PART, and fill
 * in the rest of FILE. What there is to say about it is appended to MESSAGES,
 * each ending in NUL. That a file cannot be read is its outcome, and
 * STATUS_OK. INTERRUPTED, MEMORY: what PART holds of it is then no use. */
enum status filler_read(struct filler *filler, struct filled_file *file,
                        struct writer_part *part, struct buffer *messages,
                        struct failure *failure);

/* The same for a file that was opened as SOURCE. */
enum status filler_read_source(struct filler *filler, struct source *source,
                               struct filled_file *file,
                               struct writer_part *part,
                               struct buffer *messages,
                               struct failure *failure);

/* Put the paragraphs of SLICE into PART; INTERRUPTED only if HEEDS, MEMORY. */
enum status filler_read_slice(struct filler *filler,
                              const struct json_slice *slice, bool heeds,
                              struct writer_part *part,
                              struct failure *failure);

/* What it means that reading a file ended with STATUS, and gave paragraphs. */
enum outcome outcome_of(enum status status, bool has_paragraphs);

/* Say that the file of PATH changed while it was read. */
void say_changed(const char *path, struct buffer *messages);

#endif
