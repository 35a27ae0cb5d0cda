/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/salvage.h"

#include <stdlib.h>

#include "index/deletions.h"
#include "index/disk.h"
#include "index/glass/format.h"
#include "index/glass/scan.h"
#include "index/manifest.h"
#include "index/record_block.h"
#include "index/sums.h"

struct salvaging {
    const char *path;
    const struct salvage *salvage;
    struct salvaged *found;
    struct manifest manifest; /* hashes of nothing where it is lost */
    struct deletions deletions;
    struct files seen; /* paths; .size is the last segment that has them */
    struct buffer last_path, inflated;
    struct place *places;
    size_t places_capacity;

    /* Of the segment at hand: */
    uint32_t segment;
    bool unchecked; /* its hashes are lost */
};

static enum status gap(struct salvaging *salvaging, struct failure *failure)
{
    return salvaging->salvage->gap(salvaging->salvage->context, failure);
}

/* Whether what is found of a file may be what was deleted. */
static bool may_be_deleted(const struct salvaging *salvaging)
{
    return salvaging->found->no_deletions || salvaging->found->no_manifest;
}

/* Note that the segment at hand has paragraphs of the file PATH; once for
 * paragraphs in a row. What is in several segments may be the old and the
 * new. */
static enum status note_path(struct salvaging *salvaging, struct bytes path,
                             struct failure *failure)
{
    const struct file_facts *seen;
    bool doubt = salvaging->unchecked || salvaging->found->no_files;
    enum status status;

    if (bytes_equal(path, buffer_bytes(&salvaging->last_path)))
        return STATUS_OK;
    buffer_clear(&salvaging->last_path);
    buffer_append(&salvaging->last_path, path.data, path.length);
    if (salvaging->last_path.failed)
        return fail_memory(failure);
    seen = files_find(&salvaging->seen, path);
    if (may_be_deleted(salvaging))
        doubt = doubt || (seen && seen->size != salvaging->segment) ||
                !files_find(&salvaging->found->files, path);
    if (seen && seen->size == salvaging->segment)
        return STATUS_OK;
    status = files_set(
        &salvaging->seen,
        &(struct file_facts){.path = path, .size = salvaging->segment},
        failure);
    return status == STATUS_OK && doubt
               ? salvaging->salvage->doubt(salvaging->salvage->context, path,
                                           failure)
               : status;
}

static enum status give(struct salvaging *salvaging, struct bytes record,
                        struct failure *failure)
{
    struct paragraph paragraph;
    enum status status = paragraph_decode(record.data, record.length,
                                          &paragraph, &salvaging->places,
                                          &salvaging->places_capacity, failure);

    if (status == STATUS_OK)
        status = note_path(salvaging, paragraph.path, failure);
    return status == STATUS_OK
               ? salvaging->salvage->paragraph(salvaging->salvage->context,
                                               &paragraph, failure)
               : status;
}

/* Give out the records of ITEM, the block of the documents from FIRST on. *NEXT
 * is the document behind them. CORRUPT where one cannot be read. */
static enum status salvage_block(struct salvaging *salvaging,
                                 const struct glass_scanned *item,
                                 const struct deleted *deleted, uint32_t *next,
                                 struct failure *failure)
{
    struct bytes block = item->tag, record;
    struct record_reader reader;
    enum status status = STATUS_OK;

    if (item->compressed) {
        status = record_block_inflate(block, &salvaging->inflated, failure);
        block = buffer_bytes(&salvaging->inflated);
    }
    record_reader_init(&reader, block);
    for (; status == STATUS_OK && record_reader_next(&reader, &record); ++*next)
        if (!deleted_has(deleted, *next))
            status = give(salvaging, record, failure);
    return status;
}

/* Give out what SCAN gives, and pass over what is damaged. */
static enum status salvage_scan(struct salvaging *salvaging,
                                struct glass_scan *scan,
                                const struct deleted *deleted,
                                struct failure *failure)
{
    uint32_t next = 1, first;
    enum status status = STATUS_OK;
    bool more = true;

    while (status == STATUS_OK) {
        struct glass_scanned item;

        status = glass_scan_next(scan, &item, &more, failure);
        if (status == STATUS_OK && !more)
            break;
        if (status == STATUS_OK) {
            const char *at = item.key.data, *end = at + item.key.length;

            if (!glass_read_sortable(&at, end, &first) || at != end)
                first = 0;
            if (first != next)
                status = gap(salvaging, failure);
            next = first;
            if (status == STATUS_OK && first)
                status =
                    salvage_block(salvaging, &item, deleted, &next, failure);
        } else if (status == STATUS_CORRUPT) {
            glass_scan_skip(scan);
        }
        if (status == STATUS_CORRUPT)
            status = gap(salvaging, failure);
    }
    return status;
}

/* Have SCAN, of the segment in PATH, compared with the hashes of it, if these
 * are to be had. */
static enum status verify(struct salvaging *salvaging, struct glass_scan *scan,
                          const char *path,
                          const struct manifest_segment *segment,
                          struct sums **sums, struct failure *failure)
{
    const struct file_check *check = segment->sums.size ? &segment->sums : NULL;
    enum status status = sums_read(path, check, sums, failure);
    uint64_t size;

    salvaging->unchecked =
        status == STATUS_CORRUPT || status == STATUS_NO_INDEX;
    salvaging->found->n_unchecked += salvaging->unchecked;
    if (status == STATUS_OK) {
        const unsigned char *hashes =
            sums_of(*sums, glass_table_name(GLASS_DOCDATA), &size);

        glass_scan_verify(scan, hashes, size);
    }
    return salvaging->unchecked ? STATUS_OK : status;
}

static enum status salvage_segment(struct salvaging *salvaging, size_t i,
                                   struct failure *failure)
{
    const struct manifest_segment *segment = &salvaging->manifest.segments[i];
    struct buffer path = BUFFER_EMPTY;
    struct glass_scan *scan = NULL;
    struct sums *sums = NULL;
    char name[SEGMENT_NAME_MAX];
    enum status status;

    salvaging->segment = segment->number;
    buffer_clear(&salvaging->last_path);
    segment_name(name, segment->number);
    status = disk_join(&path, salvaging->path, name, failure);
    if (status == STATUS_OK)
        status = glass_scan_open(path.data, GLASS_DOCDATA, &scan, failure);
    if (status == STATUS_OK)
        status = verify(salvaging, scan, path.data, segment, &sums, failure);
    if (status == STATUS_OK)
        status = salvage_scan(
            salvaging, scan,
            deletions_of(&salvaging->deletions, segment->number), failure);
    if (status == STATUS_OK && glass_scan_is_cut(scan))
        status = gap(salvaging, failure);
    sums_free(sums);
    glass_scan_free(scan);
    buffer_release(&path);
    return status;
}

/* --- The folder */

static void raise(struct manifest_file *file, uint32_t number)
{
    if (number > file->number)
        file->number = number;
}

static enum status find_one(void *context, const char *folder, const char *name,
                            struct failure *failure)
{
    struct manifest *manifest = context;
    uint32_t number;

    (void)folder;
    if (segment_parse(bytes_of(name), &number))
        return manifest_add(manifest, number, failure);
    if (numbered_parse(bytes_of(name), MANIFEST_FILES, &number))
        raise(&manifest->files, number);
    else if (numbered_parse(bytes_of(name), MANIFEST_DELETED, &number))
        raise(&manifest->deleted, number);
    return STATUS_OK;
}

static int compare_segments(const void *a, const void *b)
{
    const struct manifest_segment *one = a, *other = b;

    return (one->number > other->number) - (one->number < other->number);
}

/* What the manifest says, or without one, what stands in the folder. */
static enum status find(const char *path, struct manifest *manifest, bool *lost,
                        struct failure *failure)
{
    struct failure what;
    enum status status = manifest_read(path, manifest, failure), walked;
    uint32_t begun = manifest_begun(path);

    *lost =
        status == STATUS_CORRUPT || (status == STATUS_NO_INDEX && begun != 1);
    if (!*lost)
        return status;
    walked = disk_each(path, find_one, manifest, &what);
    if (walked != STATUS_OK && walked != STATUS_NO_INDEX) {
        if (failure)
            *failure = what;
        return walked;
    }
    if (manifest->n_segments == 0)
        return status;
    qsort(manifest->segments, manifest->n_segments, sizeof *manifest->segments,
          compare_segments);
    /* The rest is of a repair that was killed. */
    while (begun && manifest->n_segments &&
           manifest->segments[manifest->n_segments - 1].number >= begun)
        manifest->n_segments--;
    return manifest->n_segments ? STATUS_OK : status;
}

typedef enum status (*list_parser)(struct salvaging *salvaging,
                                   struct bytes content,
                                   struct failure *failure);

static enum status parse_deletions(struct salvaging *salvaging,
                                   struct bytes content,
                                   struct failure *failure)
{
    return deletions_parse(salvaging->path, content, &salvaging->deletions,
                           failure);
}

static enum status parse_files(struct salvaging *salvaging,
                               struct bytes content, struct failure *failure)
{
    return files_parse(salvaging->path, content, &salvaging->found->files,
                       failure);
}

/* Give the content of FILE, which is of KIND, to PARSE; *LOST if there is one
 * that cannot be read. */
static enum status read_list(struct salvaging *salvaging, const char *kind,
                             const struct manifest_file *file,
                             list_parser parse, bool *lost,
                             struct failure *failure)
{
    struct buffer content = BUFFER_EMPTY;
    enum status status;

    if (file->number == 0)
        return STATUS_OK;
    status = numbered_read(salvaging->path, kind, file->number,
                           file->check.size ? &file->check : NULL, &content,
                           failure);
    if (status == STATUS_OK)
        status = parse(salvaging, buffer_bytes(&content), failure);
    buffer_release(&content);
    *lost = status == STATUS_CORRUPT || status == STATUS_NO_INDEX;
    return *lost ? STATUS_OK : status;
}

/* Read what there is about deletions and files. */
static enum status read_lists(struct salvaging *salvaging,
                              struct failure *failure)
{
    const struct manifest *manifest = &salvaging->manifest;
    struct salvaged *found = salvaging->found;
    enum status status =
        read_list(salvaging, MANIFEST_DELETED, &manifest->deleted,
                  parse_deletions, &found->no_deletions, failure);

    found->no_files = manifest->files.number == 0 && found->no_manifest;
    if (status == STATUS_OK)
        status = read_list(salvaging, MANIFEST_FILES, &manifest->files,
                           parse_files, &found->no_files, failure);
    return status;
}

enum status index_salvage(const char *path, const struct salvage *salvage,
                          struct salvaged *salvaged, struct failure *failure)
{
    struct salvaging salvaging = {.path = path,
                                  .salvage = salvage,
                                  .found = salvaged,
                                  .seen = FILES_EMPTY};
    enum status status;

    *salvaged = (struct salvaged){.files = FILES_EMPTY};
    status = find(path, &salvaging.manifest, &salvaged->no_manifest, failure);
    if (status == STATUS_OK)
        status = read_lists(&salvaging, failure);
    for (size_t i = 0; status == STATUS_OK && i < salvaging.manifest.n_segments;
         i++)
        status = salvage_segment(&salvaging, i, failure);
    manifest_release(&salvaging.manifest);
    deletions_release(&salvaging.deletions);
    files_release(&salvaging.seen);
    buffer_release(&salvaging.last_path);
    buffer_release(&salvaging.inflated);
    free(salvaging.places);
    return status;
}

enum status index_can_salvage(const char *path, struct failure *failure)
{
    struct manifest manifest = MANIFEST_EMPTY;
    bool lost;
    enum status status = find(path, &manifest, &lost, failure);

    manifest_release(&manifest);
    return status;
}
