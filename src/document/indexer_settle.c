/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was read of a file takes the place of what the index held of it. What
 * could not be read does not: the index keeps what it has, and knows that the
 * file failed, so that it is not tried again before it changes. */
#include <config.h>

#include "src/document/indexer_parts.h"

#include <string.h>

static void pass_on_messages(const struct indexer *indexer,
                             const struct batch *batch)
{
    const struct buffer *messages = &batch->messages;
    size_t at = 0;

    while (indexer->options.warn && at < messages->length) {
        const char *message = messages->data + at;

        indexer->options.warn(indexer->options.context, message);
        at += strlen(message) + 1;
    }
}

enum status remove_paragraphs(struct indexer *indexer, const char *path,
                              struct failure *failure)
{
    uint32_t n_paragraphs = 0;
    enum status status = writer_remove_path(indexer->writer, bytes_of(path),
                                            &n_paragraphs, failure);

    indexer->counts.n_removed_paragraphs += n_paragraphs;
    return status;
}

/* Let the index know FILE as it was now. */
static enum status set_facts(struct indexer *indexer,
                             const struct filled_file *file,
                             enum file_state state, struct bytes note,
                             struct failure *failure)
{
    const struct file_facts facts = {
        .path = bytes_of(file->change->path),
        .size = file->facts.size,
        .modified = file->facts.modified,
        .hash = {file->facts.hash[0], file->facts.hash[1]},
        .state = state,
        .note = note,
    };
    const struct file_facts *known = file->change->known;
    const struct file_facts stream = {.path = facts.path, .state = FILE_STREAM};

    if (!file->change->is_regular)
        return state == FILE_FAILED || strcmp(file->change->path, "-") == 0
                   ? STATUS_OK
                   : writer_set_file(indexer->writer, &stream, failure);
    /* Nothing is written if nothing is new. */
    if (known && known->size == facts.size &&
        known->modified == facts.modified && known->state == facts.state &&
        memcmp(known->hash, facts.hash, sizeof facts.hash) == 0 &&
        bytes_equal(known->note, facts.note))
        return STATUS_OK;
    return writer_set_file(indexer->writer, &facts, failure);
}

static enum status replace(struct indexer *indexer,
                           const struct filled_file *file,
                           enum file_state state, struct failure *failure)
{
    enum status status = STATUS_OK;

    if (file->change->known) {
        indexer->counts.n_replaced++;
        status = remove_paragraphs(indexer, file->change->path, failure);
    } else {
        indexer->counts.n_added++;
    }
    if (status)
        return status;
    return set_facts(indexer, file, state, buffer_bytes(&file->note), failure);
}

/* The slices of FILE are delivered: what is it now? */
static void judge_slices(struct indexer *indexer, struct filled_file *file)
{
    bool has_paragraphs = indexer->counts.n_paragraphs > indexer->n_before;

    if (indexer->lost || file->outcome == OUTCOME_INTERRUPTED) {
        file->outcome = OUTCOME_INTERRUPTED;
        file->facts = (struct source_facts){.modified = SOURCE_TIME_UNKNOWN};
    } else if (file->outcome != OUTCOME_READ && has_paragraphs) {
        file->outcome = OUTCOME_PARTIAL;
    }
}

static enum status settle_file(struct indexer *indexer,
                               const struct filled_file *file,
                               struct failure *failure)
{
    const struct file_facts *known = file->change->known;
    struct indexer_counts *counts = &indexer->counts;

    switch (file->outcome) {
    case OUTCOME_READ: return replace(indexer, file, FILE_READ, failure);
    case OUTCOME_PARTIAL:
        counts->n_partial++;
        return replace(indexer, file, FILE_PARTIAL, failure);
    case OUTCOME_INTERRUPTED:
        counts->n_left++;
        if (counts->n_paragraphs == indexer->n_before)
            return STATUS_OK;
        return replace(indexer, file, FILE_PARTIAL, failure);
    case OUTCOME_FAILED:
    case OUTCOME_UNREADABLE:
        counts->n_failed++;
        counts->n_kept += known && known->state != FILE_FAILED;
        if (file->outcome == OUTCOME_UNREADABLE)
            return STATUS_OK; /* nothing new is known of the file itself */
        return set_facts(indexer, file, FILE_FAILED, buffer_bytes(&file->note),
                         failure);
    case OUTCOME_SAME:
        counts->n_same++;
        counts->n_partial += known->state == FILE_PARTIAL;
        return set_facts(indexer, file, known->state, known->note, failure);
    }
    return STATUS_OK;
}

enum status settle(struct indexer *indexer, struct batch *batch,
                   struct failure *failure)
{
    enum status status = STATUS_OK;

    pass_on_messages(indexer, batch);
    if (batch->opens) {
        indexer->n_before = indexer->counts.n_paragraphs;
        indexer->lost = false;
    }
    if (batch->closes)
        judge_slices(indexer, &batch->files[0]);
    indexer->counts.n_left += batch->n_files - batch->n_done;
    for (size_t i = 0; i < batch->n_done && status == STATUS_OK; i++)
        status = settle_file(indexer, &batch->files[i], failure);
    return status;
}
