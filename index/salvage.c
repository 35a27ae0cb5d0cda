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
    struct manifest manifest;
    struct deletions deletions;
    struct buffer inflated;
    struct place *places;
    size_t places_capacity;
};

static enum status gap(struct salvaging *salvaging, struct failure *failure)
{
    return salvaging->salvage->gap(salvaging->salvage->context, failure);
}

/* Give out the records of ITEM, the block of the documents from FIRST on. *NEXT
 * is the document behind them. CORRUPT where one cannot be read. */
static enum status salvage_block(struct salvaging *salvaging,
                                 const struct glass_scanned *item,
                                 const struct deleted *deleted, uint32_t *next,
                                 struct failure *failure)
{
    struct bytes block = item->tag, record;
    enum status status = STATUS_OK;

    if (item->compressed) {
        status = record_block_inflate(block, &salvaging->inflated, failure);
        block = buffer_bytes(&salvaging->inflated);
    }
    for (uint32_t i = 0;
         status == STATUS_OK && record_block_find(block, i, &record);
         i++, ++*next) {
        struct paragraph paragraph;

        if (deleted_has(deleted, *next))
            continue;
        status = paragraph_decode(record.data, record.length, &paragraph,
                                  &salvaging->places,
                                  &salvaging->places_capacity, failure);
        if (status == STATUS_OK)
            status = salvaging->salvage->paragraph(salvaging->salvage->context,
                                                   &paragraph, failure);
    }
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

static enum status salvage_segment(struct salvaging *salvaging, size_t i,
                                   struct failure *failure)
{
    const struct manifest_segment *segment = &salvaging->manifest.segments[i];
    struct buffer path = BUFFER_EMPTY;
    struct glass_scan *scan = NULL;
    struct sums *sums = NULL;
    char name[SEGMENT_NAME_MAX];
    uint64_t size;
    enum status status;

    segment_name(name, segment->number);
    status = disk_join(&path, salvaging->path, name, failure);
    if (status == STATUS_OK)
        status = glass_scan_open(path.data, "docdata", &scan, failure);
    if (status == STATUS_OK &&
        sums_open(path.data, &segment->sums, &sums, NULL) == STATUS_OK) {
        const unsigned char *hashes = sums_of(sums, "docdata.glass", &size);

        glass_scan_verify(scan, hashes, size);
    }
    if (status == STATUS_OK)
        status = salvage_scan(
            salvaging, scan,
            deletions_of(&salvaging->deletions, segment->number), failure);
    sums_free(sums);
    glass_scan_free(scan);
    buffer_release(&path);
    return status;
}

/* Read what there is about deletions and files; damage means that nothing is
 * known. */
static enum status read_lists(struct salvaging *salvaging, struct files *files,
                              struct failure *failure)
{
    const struct manifest *manifest = &salvaging->manifest;
    struct buffer content = BUFFER_EMPTY;
    char name[SEGMENT_NAME_MAX];
    enum status status = STATUS_OK;

    numbered_name(name, MANIFEST_DELETED, manifest->deleted.number);
    if (manifest->deleted.number)
        status = checked_read(salvaging->path, name, &manifest->deleted.check,
                              &content, failure);
    if (status == STATUS_OK && manifest->deleted.number)
        status = deletions_parse(name, buffer_bytes(&content),
                                 &salvaging->deletions, failure);
    buffer_clear(&content);
    numbered_name(name, MANIFEST_FILES, manifest->files.number);
    if (status == STATUS_OK && manifest->files.number &&
        checked_read(salvaging->path, name, &manifest->files.check, &content,
                     NULL) == STATUS_OK)
        (void)files_parse(name, buffer_bytes(&content), files, NULL);
    buffer_release(&content);
    return status;
}

enum status index_salvage(const char *path, const struct salvage *salvage,
                          struct files *files, struct failure *failure)
{
    struct salvaging salvaging = {.path = path, .salvage = salvage};
    enum status status = manifest_read(path, &salvaging.manifest, failure);

    *files = FILES_EMPTY;
    if (status == STATUS_OK)
        status = read_lists(&salvaging, files, failure);
    for (size_t i = 0; status == STATUS_OK && i < salvaging.manifest.n_segments;
         i++)
        status = salvage_segment(&salvaging, i, failure);
    manifest_release(&salvaging.manifest);
    deletions_release(&salvaging.deletions);
    buffer_release(&salvaging.inflated);
    free(salvaging.places);
    return status;
}
