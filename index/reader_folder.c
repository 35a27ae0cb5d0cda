/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opening the folder of an index by its manifest: all of its segments, under
 * their hashes, without what is deleted; and seeing that the manifest was
 * replaced. */
#include <config.h>

#include "base/buffer.h"
#include "index/disk.h"
#include "index/manifest.h"
#include "index/reader_parts.h"
#include "index/schema.h"
#include "index/xapian_failure.h"

/* How often a manifest is read again because what it named is gone: a writer
 * may have come between. */
enum { OPEN_ATTEMPTS = 5 };

/* Whatever keeps Xapian from opening its table of positions, of which ROOT is
 * in the version file, it goes on as if there were none. */
static enum status check_positions(const struct part *part,
                                   const struct glass_root *root,
                                   struct failure *failure)
{
    xapian_error *error = NULL;
    bool has = false;

    xapian_database_has_positions(part->database, &has, &error);
    if (error)
        return fail_xapian(failure, error, part->path);
    return has || root->n_items == 0
               ? STATUS_OK
               : fail(failure, STATUS_IO, "cannot read '%s/position.glass'",
                      part->path);
}

/* Read the last part, a segment of ours, which nobody changes, in place. */
static enum status open_tables(struct reader *reader, struct failure *failure)
{
    struct part *part = &reader->parts[reader->n_parts - 1];
    struct glass_root roots[GLASS_N_TABLES];
    enum status status =
        glass_version_read(part->path, roots, &part->statistics, failure);

    if (status == STATUS_OK)
        status = check_positions(part, &roots[GLASS_POSITION], failure);
    if (status == STATUS_OK)
        status = glass_tree_open(
            part->path, GLASS_POSTLIST, &roots[GLASS_POSTLIST],
            guard_table(part->guard, GLASS_POSTLIST), &part->postings, failure);
    if (status == STATUS_OK)
        status = record_table_open(part->path, &roots[GLASS_DOCDATA],
                                   guard_table(part->guard, GLASS_DOCDATA),
                                   part->postings, &part->records, failure);
    return status;
}

/* Read what is deleted in the folder PATH. */
static enum status read_deletions(const char *path,
                                  const struct manifest_file *file,
                                  struct deletions *deletions,
                                  struct failure *failure)
{
    struct buffer content = BUFFER_EMPTY;
    enum status status = numbered_read(path, MANIFEST_DELETED, file->number,
                                       &file->check, &content, failure);

    if (status == STATUS_OK && file->number)
        status =
            deletions_parse(path, buffer_bytes(&content), deletions, failure);
    buffer_release(&content);
    return status;
}

/* Know which of the last part's paragraphs are deleted. */
static enum status mark_deleted(struct reader *reader, uint32_t segment,
                                struct failure *failure)
{
    const struct whole *whole = &reader->wholes[reader->n_wholes - 1];
    struct part *part = &reader->parts[reader->n_parts - 1];
    xapian_error *error = NULL;
    xapian_docid last = 0;

    part->segment = segment;
    part->deleted = deletions_of(&whole->deletions, segment);
    if (!part->deleted)
        return STATUS_OK;
    if (xapian_database_lastdocid(part->database, &last, &error) != XAPIAN_OK)
        return fail_xapian(failure, error, part->path);
    if (part->deleted->documents[part->deleted->n - 1] > last)
        return fail(failure, STATUS_CORRUPT,
                    "'%s' has not all that was deleted of it", part->path);
    return STATUS_OK;
}

static enum status add_segments(struct reader *reader, const char *path,
                                const struct manifest *manifest,
                                struct failure *failure)
{
    struct buffer segment = BUFFER_EMPTY;
    enum status status = STATUS_OK;
    char name[SEGMENT_NAME_MAX];
    struct guard *guard;

    for (size_t i = 0; status == STATUS_OK && i < manifest->n_segments; i++) {
        segment_name(name, manifest->segments[i].number);
        status = disk_join(&segment, path, name, failure);
        if (status == STATUS_OK)
            status = guard_new(segment.data, &manifest->segments[i].sums,
                               &guard, failure);
        if (status == STATUS_OK)
            status = reader_open_part(reader, segment.data,
                                      XAPIAN_DB_BACKEND_GLASS, guard, failure);
        if (status == STATUS_OK)
            status = open_tables(reader, failure);
        if (status == STATUS_OK)
            status =
                mark_deleted(reader, manifest->segments[i].number, failure);
    }
    buffer_release(&segment);
    return status;
}

/* Open the folder PATH, whose manifest is read. */
static enum status open_manifest(struct reader *reader, const char *path,
                                 const struct manifest *manifest,
                                 struct failure *failure)
{
    size_t n_parts = reader->n_parts;
    struct whole *whole;
    enum status status =
        reader_check_analyzer(reader, path, manifest->analyzer, failure);

    if (status == STATUS_OK)
        status = reader_add_whole(reader, path, failure);
    if (status != STATUS_OK)
        return status;
    whole = &reader->wholes[reader->n_wholes - 1];
    status =
        read_deletions(path, &manifest->deleted, &whole->deletions, failure);
    if (status == STATUS_OK)
        status = add_segments(reader, path, manifest, failure);
    if (status == STATUS_NO_INDEX)
        status = fail(failure, STATUS_CORRUPT,
                      "'%s' lacks a file that its manifest names", path);
    if (status != STATUS_OK)
        reader_drop_whole(reader, n_parts);
    return status;
}

static struct disk_stamp manifest_stamp(const char *folder)
{
    struct buffer path = BUFFER_EMPTY;
    struct disk_stamp stamp = {0};

    if (disk_join(&path, folder, SCHEMA_MANIFEST, NULL) == STATUS_OK)
        stamp = disk_stamp(path.data);
    buffer_release(&path);
    return stamp;
}

enum status reader_open_folder(struct reader *reader, const char *path,
                               struct failure *failure)
{
    enum status status = STATUS_OK;

    for (int i = 0; i < OPEN_ATTEMPTS; i++) {
        struct manifest manifest;
        struct disk_stamp stamp = manifest_stamp(path), now;

        status = manifest_read(path, &manifest, failure);
        if (status == STATUS_OK)
            status = open_manifest(reader, path, &manifest, failure);
        manifest_release(&manifest);
        if (status == STATUS_OK) {
            reader->wholes[reader->n_wholes - 1].stamp = stamp;
            break;
        }
        now = manifest_stamp(path);
        if (disk_stamp_equal(&stamp, &now))
            break;
    }
    return status;
}

bool whole_has_changed(const struct whole *whole)
{
    static const struct disk_stamp none = {0};
    struct disk_stamp now;

    if (disk_stamp_equal(&whole->stamp, &none))
        return false;
    now = manifest_stamp(whole->path);
    return !disk_stamp_equal(&whole->stamp, &now);
}
