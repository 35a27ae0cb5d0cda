/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/segment_writer.h"

#include <stdlib.h>

#include "index/disk.h"
#include "index/xapian-c/xapian-c.h"
#include "index/xapian_failure.h"

enum {
    /* Xapian keeps what it has not committed in a map, which gets slower as it
     * grows: 1,000 documents were measured to be best. Large ones make it
     * large sooner. */
    COMMIT_PARAGRAPHS = 1000,
    COMMIT_BYTES = 16 << 20,

    /* Glass takes records of about 120 MiB after compression. */
    RECORD_MAX_BYTES = 64 << 20,
};

struct segment_writer {
    char *path;
    xapian_writable_database *database;
    xapian_document *document; /* the paragraph; NULL between two */
    size_t n_pending;          /* paragraphs since the last commit */
    size_t pending_bytes;      /* of their records and terms */
};

static enum status check(const struct segment_writer *segment,
                         xapian_error *error, struct failure *failure)
{
    return error ? fail_xapian(failure, error, segment->path) : STATUS_OK;
}

enum status segment_writer_new(const char *path,
                               struct segment_writer **segment,
                               struct failure *failure)
{
    struct segment_writer *new = calloc(1, sizeof *new);
    xapian_error *error = NULL;
    enum status status;

    *segment = NULL;
    if (!new)
        return fail_memory(failure);
    new->path = strdup(path);
    if (!new->path) {
        free(new);
        return fail_memory(failure);
    }
    /* Nothing names the segment before it is finished, so it need not be on
     * disk before that; segment_writer_finish sees to it. */
    xapian_writable_database_open(path, strlen(path),
                                  XAPIAN_DB_CREATE | XAPIAN_DB_NO_SYNC |
                                      XAPIAN_DB_BACKEND_GLASS,
                                  0, &new->database, &error);
    status = check(new, error, failure);
    if (status != STATUS_OK) {
        segment_writer_free(new);
        return status;
    }
    *segment = new;
    return STATUS_OK;
}

enum status segment_writer_begin(struct segment_writer *segment,
                                 struct bytes record, struct failure *failure)
{
    xapian_error *error = NULL;

    if (record.length > RECORD_MAX_BYTES)
        return fail(failure, STATUS_LIMIT,
                    "a paragraph of %zu bytes is longer than an index can hold",
                    record.length);
    xapian_document_free(segment->document);
    if (xapian_document_new(&segment->document, &error) == XAPIAN_OK)
        xapian_document_set_data(segment->document, record.data, record.length,
                                 &error);
    segment->pending_bytes += record.length;
    return check(segment, error, failure);
}

enum status segment_writer_posting(struct segment_writer *segment,
                                   struct bytes term, uint32_t position,
                                   uint32_t wdf, struct failure *failure)
{
    xapian_error *error = NULL;

    if (schema_term_size(term) > TERM_MAX)
        return STATUS_OK;
    xapian_document_add_posting(segment->document, term.data, term.length,
                                position, wdf, &error);
    segment->pending_bytes += term.length;
    return check(segment, error, failure);
}

enum status segment_writer_term(struct segment_writer *segment,
                                struct bytes term, uint32_t wdf,
                                struct failure *failure)
{
    xapian_error *error = NULL;

    if (schema_term_size(term) > TERM_MAX)
        return STATUS_OK;
    xapian_document_add_term(segment->document, term.data, term.length, wdf,
                             &error);
    segment->pending_bytes += term.length;
    return check(segment, error, failure);
}

enum status segment_writer_value(struct segment_writer *segment,
                                 enum schema_value slot, struct bytes value,
                                 struct failure *failure)
{
    xapian_error *error = NULL;

    xapian_document_add_value(segment->document, slot, value.data, value.length,
                              &error);
    return check(segment, error, failure);
}

static enum status commit(struct segment_writer *segment,
                          struct failure *failure)
{
    xapian_error *error = NULL;

    segment->n_pending = 0;
    segment->pending_bytes = 0;
    xapian_writable_database_commit(segment->database, &error);
    return check(segment, error, failure);
}

enum status segment_writer_end(struct segment_writer *segment,
                               struct failure *failure)
{
    xapian_error *error = NULL;
    enum status status;

    xapian_writable_database_add_document(segment->database, segment->document,
                                          NULL, &error);
    xapian_document_free(segment->document);
    segment->document = NULL;
    status = check(segment, error, failure);
    if (status == STATUS_OK && (++segment->n_pending == COMMIT_PARAGRAPHS ||
                                segment->pending_bytes > COMMIT_BYTES))
        status = commit(segment, failure);
    return status;
}

enum status segment_writer_metadata(struct segment_writer *segment,
                                    const char *key, const char *value,
                                    struct failure *failure)
{
    xapian_error *error = NULL;

    xapian_writable_database_set_metadata(segment->database, key, strlen(key),
                                          value, strlen(value), &error);
    return check(segment, error, failure);
}

enum status segment_writer_finish(struct segment_writer *segment,
                                  struct failure *failure)
{
    xapian_error *error = NULL;
    enum status status = commit(segment, failure);

    if (status != STATUS_OK)
        return status;
    xapian_writable_database_close(segment->database, &error);
    status = check(segment, error, failure);
    if (status == STATUS_OK)
        status = disk_sync_folder(segment->path, failure);
    return status;
}

void segment_writer_free(struct segment_writer *segment)
{
    if (!segment)
        return;
    xapian_document_free(segment->document);
    /* Frees the database without a last commit, if there was none. */
    if (segment->database)
        xapian_writable_database_close(segment->database, NULL);
    xapian_writable_database_free(segment->database);
    free(segment->path);
    free(segment);
}
