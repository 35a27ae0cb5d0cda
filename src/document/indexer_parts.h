/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the indexer share.
 *
 *   indexer.c         batches: gathered, worked on, delivered
 *   indexer_large.c   a large file, or one that comes through a pipe
 *   indexer_settle.c  what was read, and what the index knew before
 *
 * A batch is the item of the pipeline: a few small files, a large one, or a
 * slice of a JSON Lines file. Which files share one follows from their sizes
 * alone. A thread reads the batch into its part (filler.h); the owner's thread
 * settles its files with the index and lets the writer take the part, in order.
 * Bounded is how many batches are under way, and how many bytes they are
 * together. */
#ifndef DOCUMENT_INDEXER_PARTS_H
#define DOCUMENT_INDEXER_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/pipeline.h"
#include "base/status.h"
#include "src/document/filler.h"
#include "src/document/indexer.h"
#include "src/document/json_lines.h"

struct batch {
    struct filled_file *files;
    size_t n_files, capacity;
    size_t n_done; /* the first ones, that are read */
    uint64_t n_bytes;
    struct writer_part *part;
    struct buffer messages;
    struct batch *next; /* of those that wait to be used again */

    /* Of a file that is read in slices, a batch each, without .files; the first
     * may have no slice, and the last of its batches has the file. */
    struct json_slice *slice;
    bool has_slice;
    bool heeds; /* interruptions */
    bool opens, closes;
};

struct indexer {
    struct writer *writer;
    struct indexer_options options;
    struct filler_options filling;
    struct pipeline *pipeline;
    struct filler **fillers; /* one for each thread, then NULL */
    struct batch *batch;     /* that is gathered; NULL: none */
    struct batch *spare;
    size_t n_under_way; /* batches in the pipeline, */
    uint64_t n_bytes;   /* and the bytes of their files */
    struct indexer_counts counts;
    /* Of the file that is delivered in slices. */
    uint64_t n_before; /* paragraphs, of all before it */
    bool lost;         /* a slice of it was interrupted */
};

/* A batch of nothing, the caller's until put_batch; NULL if memory is short. */
struct batch *batch_new(struct indexer *indexer, struct failure *failure);
void batch_free(struct batch *batch); /* NULL is fine */

/* Have CHANGE in BATCH. MEMORY. */
enum status batch_add(struct batch *batch, const struct change *change,
                      struct failure *failure);

/* Put BATCH into the pipeline, which takes it over. */
enum status put_batch(struct indexer *indexer, struct batch *batch,
                      struct failure *failure);

/* Read CHANGE, which was opened as SOURCE, by the owner's thread, when all
 * before it is delivered, and deliver it. */
enum status put_source(struct indexer *indexer, const struct change *change,
                       struct source *source, struct failure *failure);

/* Read the large file, or the stream, of CHANGE; *TAKEN is false if it is to be
 * read like any other. */
enum status put_large(struct indexer *indexer, const struct change *change,
                      bool *taken, struct failure *failure);

/* Let the index know what came of BATCH, but for its paragraphs. */
enum status settle(struct indexer *indexer, struct batch *batch,
                   struct failure *failure);

/* Remove what the index held of PATH, and count it. */
enum status remove_paragraphs(struct indexer *indexer, const char *path,
                              struct failure *failure);

#endif
