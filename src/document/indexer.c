/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/indexer.h"

#include "src/document/indexer_parts.h"
#include "src/text/lexicon.h"

#include <stdlib.h>

enum {
    /* A batch is put in when its files have so many bytes, or are so many: then
     * taking a part costs little beside filling it, and there are enough parts
     * for all cores. */
    BATCH_BYTES = 256 << 10,
    BATCH_FILES = 64,
    /* So many for each thread are on their way, */
    ITEMS_OF_THREAD = 2,
    /* if there is memory for them: each takes about so much, of what the writer
     * leaves, and of what the program takes besides. */
    ITEM_MEMORY = 8 << 20,
    OTHER_MEMORY = 40 << 20,
    /* A byte of a file becomes so many of memory. No further batch is put in
     * before those on their way take less than that, unless it is alone. */
    BYTE_MEMORY = 8,
};

/* What batches on their way may take. */
static size_t batches_memory(const struct indexer *indexer)
{
    return OTHER_MEMORY + writer_spare_memory(indexer->writer);
}

static void batch_clear(struct batch *batch)
{
    while (batch->n_files > 0)
        buffer_release(&batch->files[--batch->n_files].note);
    batch->n_done = 0;
    batch->n_bytes = 0;
    batch->has_slice = batch->opens = batch->closes = false;
    writer_part_clear(batch->part);
    buffer_clear(&batch->messages);
}

void batch_free(struct batch *batch)
{
    if (!batch)
        return;
    if (batch->part)
        batch_clear(batch);
    json_slice_free(batch->slice);
    writer_part_free(batch->part);
    buffer_release(&batch->messages);
    free(batch->files);
    free(batch);
}

struct batch *batch_new(struct indexer *indexer, struct failure *failure)
{
    struct batch *batch = indexer->spare;

    if (batch) {
        indexer->spare = batch->next;
        return batch;
    }
    batch = calloc(1, sizeof *batch);
    if (!batch) {
        fail_memory(failure);
        return NULL;
    }
    if (writer_part_new(writer_options(indexer->writer), &batch->part,
                        failure) != STATUS_OK ||
        json_slice_new(&batch->slice, failure) != STATUS_OK) {
        batch_free(batch);
        return NULL;
    }
    return batch;
}

/* BATCH left the pipeline; keep it for files to come. */
static void put_aside(struct indexer *indexer, struct batch *batch)
{
    indexer->n_under_way--;
    indexer->n_bytes -= batch->n_bytes;
    batch_clear(batch);
    batch->next = indexer->spare;
    indexer->spare = batch;
}

/* Read the files of BATCH until one is interrupted. */
static enum status read_files(struct filler *filler, struct batch *batch,
                              struct failure *failure)
{
    uint32_t n_before = 0;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && batch->n_done < batch->n_files) {
        n_before = writer_part_n_paragraphs(batch->part);
        status = filler_read(filler, &batch->files[batch->n_done], batch->part,
                             &batch->messages, failure);
        batch->n_done += status == STATUS_OK;
    }
    /* The part can do without the file at hand if it has nothing of it yet. */
    return status == STATUS_INTERRUPTED && batch->n_done > 0 &&
                   writer_part_n_paragraphs(batch->part) == n_before
               ? STATUS_OK
               : status;
}

static enum status work(void *context, size_t thread, void *item,
                        struct failure *failure)
{
    const struct indexer *indexer = context;
    struct filler *filler = indexer->fillers[thread];
    struct batch *batch = item;
    enum status status =
        batch->has_slice ? filler_read_slice(filler, batch->slice, batch->heeds,
                                             batch->part, failure)
                         : read_files(filler, batch, failure);

    return status == STATUS_OK ? writer_part_finish(batch->part, failure)
                               : status;
}

static enum status take(struct indexer *indexer, struct batch *batch,
                        struct failure *failure)
{
    enum status status = settle(indexer, batch, failure);

    if (status)
        return status;
    indexer->counts.bytes_read += batch->n_bytes;
    indexer->counts.n_paragraphs += writer_part_n_paragraphs(batch->part);
    indexer->counts.text_bytes += writer_part_text_size(batch->part);
    return writer_take(indexer->writer, batch->part, failure);
}

static enum status deliver(void *context, void *item, enum status status,
                           const struct failure *problem,
                           struct failure *failure)
{
    struct indexer *indexer = context;
    struct batch *batch = item;

    if (status == STATUS_INTERRUPTED) {
        indexer->counts.n_left += batch->n_files;
        indexer->lost |= batch->has_slice;
        status = STATUS_OK;
    } else if (status == STATUS_OK) {
        status = take(indexer, batch, failure);
    } else if (failure) {
        *failure = *problem;
    }
    put_aside(indexer, batch);
    if (indexer->options.progress)
        indexer->options.progress(indexer->options.context);
    return status;
}

static void drop(void *context, void *item)
{
    put_aside(context, item);
}

static enum status start(struct indexer *indexer, struct failure *failure)
{
    const struct pipeline_stages stages = {work, deliver, drop, indexer};
    size_t i, n = pipeline_threads(indexer->options.n_threads);
    size_t n_items = batches_memory(indexer) / ITEM_MEMORY;
    enum status status;

    if (n_items > ITEMS_OF_THREAD * n)
        n_items = ITEMS_OF_THREAD * n;
    status = pipeline_new(&stages, n, n_items, &indexer->pipeline, failure);
    if (status)
        return status;
    n = pipeline_n_threads(indexer->pipeline);
    indexer->fillers = calloc(n + 1, sizeof *indexer->fillers);
    if (!indexer->fillers)
        return fail_memory(failure);
    for (i = 0; i < n && status == STATUS_OK; i++)
        status = filler_new(&indexer->filling, &indexer->fillers[i], failure);
    return status;
}

enum status indexer_new(struct writer *writer,
                        const struct indexer_options *options,
                        struct indexer **out, struct failure *failure)
{
    struct indexer *indexer = calloc(1, sizeof *indexer);
    enum status status;

    *out = NULL;
    if (!indexer)
        return fail_memory(failure);
    indexer->writer = writer;
    indexer->options = *options;
    indexer->filling =
        (struct filler_options){.language = options->language,
                                .interrupted = options->interrupted,
                                .worker = options->worker};
    status = start(indexer, failure);
    if (status)
        indexer_free(indexer);
    else
        *out = indexer;
    return status;
}

void indexer_free(struct indexer *indexer)
{
    if (!indexer)
        return;
    /* Its threads first: they use the rest. */
    pipeline_free(indexer->pipeline);
    for (struct filler **filler = indexer->fillers; filler && *filler; filler++)
        filler_free(*filler);
    free(indexer->fillers);
    batch_free(indexer->batch);
    while (indexer->spare) {
        struct batch *batch = indexer->spare;

        indexer->spare = batch->next;
        batch_free(batch);
    }
    free(indexer);
}

enum status batch_add(struct batch *batch, const struct change *change,
                      struct failure *failure)
{
    if (!array_grow(&batch->files, &batch->capacity, batch->n_files + 1,
                    sizeof *batch->files))
        return fail_memory(failure);
    batch->files[batch->n_files++] = (struct filled_file){.change = change};
    batch->n_bytes += change->size;
    return STATUS_OK;
}

static void put_under_way(struct indexer *indexer, const struct batch *batch)
{
    indexer->n_under_way++;
    indexer->n_bytes += batch->n_bytes;
}

enum status put_batch(struct indexer *indexer, struct batch *batch,
                      struct failure *failure)
{
    enum status status = STATUS_OK;

    while (status == STATUS_OK && indexer->n_under_way > 0 &&
           indexer->n_bytes + batch->n_bytes >
               batches_memory(indexer) / BYTE_MEMORY)
        status = pipeline_reduce(indexer->pipeline, indexer->n_under_way - 1,
                                 failure);
    put_under_way(indexer, batch);
    if (status == STATUS_OK)
        return pipeline_put(indexer->pipeline, batch, failure);
    put_aside(indexer, batch);
    return status;
}

/* Put in the batch that was gathered, if there is one. */
static enum status put_gathered(struct indexer *indexer,
                                struct failure *failure)
{
    struct batch *batch = indexer->batch;

    indexer->batch = NULL;
    return batch ? put_batch(indexer, batch, failure) : STATUS_OK;
}

enum status put_source(struct indexer *indexer, const struct change *change,
                       struct source *source, struct failure *failure)
{
    struct failure problem = {.status = STATUS_OK};
    struct batch *batch = batch_new(indexer, failure);
    enum status status =
        batch ? indexer_finish(indexer, failure) : STATUS_MEMORY;

    if (status == STATUS_OK)
        status = batch_add(batch, change, failure);
    if (status) {
        batch_free(batch);
        return status;
    }
    put_under_way(indexer, batch);
    status = filler_read_source(indexer->fillers[0], source, &batch->files[0],
                                batch->part, &batch->messages, &problem);
    batch->n_done = status == STATUS_OK;
    return deliver(indexer, batch, status, &problem, failure);
}

/* Gather CHANGE with others. */
static enum status gather(struct indexer *indexer, const struct change *change,
                          struct failure *failure)
{
    enum status status = STATUS_OK;

    if (indexer->batch && indexer->batch->n_bytes + change->size > BATCH_BYTES)
        status = put_gathered(indexer, failure);
    if (status == STATUS_OK && !indexer->batch) {
        indexer->batch = batch_new(indexer, failure);
        if (!indexer->batch)
            return STATUS_MEMORY;
    }
    if (status == STATUS_OK)
        status = batch_add(indexer->batch, change, failure);
    if (status == STATUS_OK && (indexer->batch->n_files == BATCH_FILES ||
                                indexer->batch->n_bytes >= BATCH_BYTES))
        status = put_gathered(indexer, failure);
    return status;
}

static enum status put_file(struct indexer *indexer,
                            const struct change *change,
                            struct failure *failure)
{
    bool taken = false;
    enum status status = STATUS_OK;

    if (!change->is_regular || change->size > BATCH_BYTES) {
        status = put_gathered(indexer, failure);
        if (status == STATUS_OK)
            status = put_large(indexer, change, &taken, failure);
    }
    if (status == STATUS_OK && !taken)
        status = gather(indexer, change, failure);
    return status;
}

static enum status remove_file(struct indexer *indexer,
                               const struct change *change,
                               struct failure *failure)
{
    enum status status = remove_paragraphs(indexer, change->path, failure);

    if (status == STATUS_OK)
        status = writer_forget_file(indexer->writer, bytes_of(change->path),
                                    failure);
    indexer->counts.n_removed += status == STATUS_OK;
    return status;
}

enum status indexer_put(struct indexer *indexer, const struct change *change,
                        struct failure *failure)
{
    switch (change->kind) {
    case CHANGE_NEW:
    case CHANGE_DIFFERS:
    case CHANGE_AGAIN:
        if (!*indexer->options.interrupted)
            return put_file(indexer, change, failure);
        break;
    case CHANGE_GONE:
        if (!*indexer->options.interrupted)
            return remove_file(indexer, change, failure);
        break;
    case CHANGE_FAILED: return STATUS_OK;
    }
    indexer->counts.n_left++;
    return STATUS_OK;
}

enum status indexer_finish(struct indexer *indexer, struct failure *failure)
{
    enum status status = put_gathered(indexer, failure);

    return status ? status : pipeline_finish(indexer->pipeline, failure);
}

struct indexer_counts indexer_counts(const struct indexer *indexer)
{
    return indexer->counts;
}

enum status indexer_forms(void *context, struct bytes word,
                          struct bytes language, struct word_forms *forms,
                          struct failure *failure)
{
    enum status status = lexicon_forms(context, word, language, &forms->stem,
                                       &forms->key, failure);

    if (status == STATUS_OK && bytes_equal(forms->key, word))
        forms->key.length = 0;
    return status;
}
