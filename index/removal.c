/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/removal.h"

#include "index/reader_parts.h"
#include "index/schema.h"

#include <stdlib.h>

/* Mark those of IDS that are in PART, which is number SHARD of as many. */
static enum status mark_part(struct removal *removal, size_t shard,
                             const uint32_t *ids, size_t n_ids,
                             uint32_t *documents, uint32_t *n_paragraphs,
                             struct failure *failure)
{
    uint32_t segment = removal->reader->parts[shard].segment;
    size_t n_shards = removal->reader->n_shards, n = 0, n_new = 0;
    enum status status;

    if (segment >= removal->folder->first_segment)
        return STATUS_OK;
    for (size_t i = 0; i < n_ids; i++)
        if ((ids[i] - 1) % n_shards == shard)
            documents[n++] = (uint32_t)((ids[i] - 1) / n_shards + 1);
    status = deletions_add(&removal->folder->deletions, segment, documents, n,
                           &n_new, failure);
    *n_paragraphs += (uint32_t)n_new;
    if (n_new)
        removal->folder->deletions_changed = true;
    return status;
}

static enum status mark_all(struct removal *removal, const uint32_t *ids,
                            size_t n_ids, uint32_t *n_paragraphs,
                            struct failure *failure)
{
    uint32_t *documents = n_ids ? calloc(n_ids, sizeof *documents) : NULL;
    enum status status = STATUS_OK;

    if (n_ids == 0)
        return STATUS_OK;
    if (!documents)
        return fail_memory(failure);
    for (size_t i = 0; status == STATUS_OK && i < removal->reader->n_parts; i++)
        status =
            mark_part(removal, i, ids, n_ids, documents, n_paragraphs, failure);
    free(documents);
    return status;
}

enum status removal_mark(struct removal *removal, const char *prefix,
                         struct bytes value, uint32_t *n_paragraphs,
                         struct failure *failure)
{
    const char *const paths[] = {removal->folder->path};
    struct buffer term = BUFFER_EMPTY;
    uint32_t *ids = NULL;
    size_t n_ids = 0;
    enum status status = STATUS_OK;

    *n_paragraphs = 0;
    if (removal->folder->n_old == 0)
        return STATUS_OK;
    if (!removal->reader)
        status = reader_open(paths, 1, removal->folder->manifest.analyzer,
                             &removal->reader, failure);
    schema_term(&term, prefix, value);
    if (status == STATUS_OK && term.failed)
        status = fail_memory(failure);
    if (status == STATUS_OK)
        status = reader_postings(removal->reader, buffer_bytes(&term), &ids,
                                 &n_ids, failure);
    if (status == STATUS_OK)
        status = mark_all(removal, ids, n_ids, n_paragraphs, failure);
    free(ids);
    buffer_release(&term);
    return status;
}

void removal_release(struct removal *removal)
{
    reader_close(removal->reader);
    removal->reader = NULL;
}
