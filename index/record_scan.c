/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/record_scan.h"

#include "index/glass/format.h"

enum status record_scan_open(struct record_scan *scan, const char *folder,
                             uint32_t n_documents, struct failure *failure)
{
    *scan = (struct record_scan){.n_documents = n_documents};
    return glass_scan_open(folder, GLASS_DOCDATA, &scan->table, failure);
}

void record_scan_close(struct record_scan *scan)
{
    glass_scan_free(scan->table);
    buffer_release(&scan->tag);
    buffer_release(&scan->inflated);
    *scan = (struct record_scan){.first = 0};
}

/* Read the block behind the one at hand. The first is that of document 1, and
 * the end is behind the last document. */
static enum status look_ahead(struct record_scan *scan, struct failure *failure)
{
    uint64_t before = scan->next;
    bool more;
    enum status status =
        glass_scan_next(scan->table, &scan->ahead, &more, failure);

    if (status != STATUS_OK)
        return status;
    scan->next = (uint64_t)scan->n_documents + 1;
    if (more) {
        const char *at = scan->ahead.key.data;
        const char *end = at + scan->ahead.key.length;
        uint32_t first;

        if (!glass_read_sortable(&at, end, &first) || at != end ||
            first >= scan->next)
            return glass_scan_fail(scan->table, failure);
        scan->next = first;
    }
    if (before ? scan->next <= before : scan->next != 1)
        return glass_scan_fail(scan->table, failure);
    return STATUS_OK;
}

enum status record_scan_next(struct record_scan *scan, bool *more,
                             struct failure *failure)
{
    enum status status = STATUS_OK;

    *more = false;
    if (scan->next == 0)
        status = look_ahead(scan, failure);
    if (status != STATUS_OK || scan->next > scan->n_documents)
        return status;
    scan->first = (uint32_t)scan->next;
    scan->deflated = scan->ahead.compressed;
    buffer_clear(&scan->tag);
    buffer_append(&scan->tag, scan->ahead.tag.data, scan->ahead.tag.length);
    if (scan->tag.failed)
        return fail_memory(failure);
    scan->stored = buffer_bytes(&scan->tag);
    status = look_ahead(scan, failure);
    scan->n = (uint32_t)(scan->next - scan->first);
    *more = status == STATUS_OK;
    return status;
}

enum status record_scan_begin(struct record_scan *scan, struct failure *failure)
{
    struct bytes block = scan->stored;

    if (scan->deflated) {
        enum status status =
            record_block_inflate(block, &scan->inflated, failure);

        if (status == STATUS_CORRUPT)
            return glass_scan_fail(scan->table, failure);
        if (status != STATUS_OK)
            return status;
        block = buffer_bytes(&scan->inflated);
    }
    record_reader_init(&scan->records, block);
    return STATUS_OK;
}

enum status record_scan_record(struct record_scan *scan, struct bytes *record,
                               struct failure *failure)
{
    return record_reader_next(&scan->records, record)
               ? STATUS_OK
               : glass_scan_fail(scan->table, failure);
}
