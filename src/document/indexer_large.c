/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A large JSON Lines file, or one that comes through a pipe, is cut into slices
 * by the owner's thread, and read by all. Other large files are
 * read like small ones; what comes through a pipe, by the owner's thread: it is
 * the one that signals wake up. */
#include <config.h>

#include "src/document/indexer_parts.h"

#include "src/document/document.h"
#include "src/document/format.h"

#include <string.h>

enum { LARGE = 1 << 20 }; /* bytes; about a slice */

struct cutting {
    struct indexer *indexer;
    const struct change *change;
    struct source *source;
    struct json_lines *lines;
    struct buffer *messages;
    bool heeds;
    bool ended;
    struct failure problem; /* why it ended, if not at the end */
};

static void say(void *context, const char *message)
{
    const struct cutting *cutting = context;

    buffer_append(cutting->messages, message, strlen(message) + 1);
}

/* Cut the next slice and put it in, and see whether that was all. A failure is
 * ours, and not that of the file. */
static enum status put_slice(struct cutting *cutting, bool opens,
                             struct failure *failure)
{
    struct indexer *indexer = cutting->indexer;
    uint64_t before = source_raw_offset(cutting->source);
    struct batch *batch = batch_new(indexer, failure);
    enum status status;

    if (!batch)
        return STATUS_MEMORY;
    cutting->messages = &batch->messages;
    batch->opens = opens;
    batch->heeds = cutting->heeds;
    status = json_lines_next(cutting->lines, batch->slice, &batch->has_slice,
                             &cutting->problem);
    cutting->problem.status = status;
    cutting->ended = status != STATUS_OK || !batch->has_slice;
    batch->n_bytes = source_raw_offset(cutting->source) - before;
    if (cutting->heeds && *indexer->options.interrupted) {
        cutting->problem.status = STATUS_INTERRUPTED;
        cutting->ended = true;
    }
    status = put_batch(indexer, batch, failure);
    if (status == STATUS_OK && cutting->problem.status == STATUS_MEMORY)
        status = fail_memory(failure);
    return status;
}

/* Fill in what came of FILE. */
static void judge(struct cutting *cutting, struct filled_file *file)
{
    struct failure *problem = &cutting->problem;
    enum status status = problem->status;

    file->facts = (struct source_facts){.modified = SOURCE_TIME_UNKNOWN};
    if (status == STATUS_INTERRUPTED) {
        file->outcome = OUTCOME_INTERRUPTED;
        return;
    }
    if (status == STATUS_OK)
        status = json_lines_check(cutting->lines, problem);
    if (status != STATUS_IO)
        source_facts(cutting->source, problem->status == STATUS_OK,
                     &file->facts, NULL);
    file->outcome = outcome_of(status, false);
    if (status) {
        buffer_append_string(&file->note, problem->message);
        say(cutting, problem->message);
    } else if (file->facts.changed) {
        say_changed(cutting->change->path, cutting->messages);
    }
}

/* The last batch of a file that was put in in slices. */
static enum status put_end(struct cutting *cutting, struct failure *failure)
{
    struct batch *batch = batch_new(cutting->indexer, failure);
    enum status status;

    if (!batch)
        return STATUS_MEMORY;
    cutting->messages = &batch->messages;
    status = batch_add(batch, cutting->change, failure);
    if (status == STATUS_OK) {
        batch->closes = true;
        batch->n_done = 1;
        batch->n_bytes = 0; /* counted with the slices */
        judge(cutting, &batch->files[0]);
        if (batch->files[0].note.failed)
            status = fail_memory(failure);
    }
    /* It must not get lost, whatever happened. */
    if (status == STATUS_OK)
        return put_batch(cutting->indexer, batch, failure);
    batch_free(batch);
    return status;
}

static enum status put_slices(struct cutting *cutting, struct failure *failure)
{
    const struct document_options options = {
        .language = cutting->indexer->options.language,
        .warn = say,
        .warn_context = cutting,
    };
    const struct reading reading = {.path = cutting->change->path,
                                    .options = &options};
    enum status status =
        json_lines_new(cutting->source, &reading, &cutting->lines, failure);
    bool opens = true;

    while (status == STATUS_OK && !cutting->ended) {
        status = put_slice(cutting, opens, failure);
        opens = false;
    }
    if (status == STATUS_OK)
        status = put_end(cutting, failure);
    json_lines_free(cutting->lines);
    return status;
}

/* Whether the file opened as SOURCE is cut into slices; if it could not be
 * opened, that is said where it is read. */
static bool is_cut(struct source *source, const struct change *change)
{
    const struct format *format;
    const char *what;

    return source &&
           format_recognise(source, change->path, &format, &what, NULL) ==
               STATUS_OK &&
           format == &format_json_lines;
}

/* Whether there is nothing to read of CHANGE after all. */
static bool is_same(const struct indexer *indexer, const struct change *change)
{
    struct source_facts facts;
    bool same;

    return change_compare(change, indexer->options.interrupted, &same, &facts,
                          NULL) == STATUS_OK &&
           same;
}

enum status put_large(struct indexer *indexer, const struct change *change,
                      bool *taken, struct failure *failure)
{
    struct cutting cutting = {
        .indexer = indexer,
        .change = change,
        /* What replaces paragraphs is read to its end: half of it would be less
         * than there was. */
        .heeds = !change->known,
    };
    enum status status = STATUS_OK;

    *taken = false;
    if (change->is_regular &&
        (change->size < LARGE || is_same(indexer, change)))
        return STATUS_OK;
    source_open(change->path,
                cutting.heeds ? indexer->options.interrupted : NULL,
                &cutting.source, NULL);
    if (is_cut(cutting.source, change)) {
        *taken = true;
        status = put_slices(&cutting, failure);
    } else if (!change->is_regular && cutting.source) {
        *taken = true;
        status = put_source(indexer, change, cutting.source, failure);
    }
    source_close(cutting.source);
    return status;
}
