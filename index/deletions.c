/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/deletions.h"

#include <stdlib.h>

static const char magic[] = "pilcrow deleted 1\n";

void deletions_release(struct deletions *deletions)
{
    for (size_t i = 0; i < deletions->n_segments; i++)
        free(deletions->segments[i].documents);
    free(deletions->segments);
    *deletions = DELETIONS_EMPTY;
}

/* The place of the first whose number is not below SEGMENT. */
static size_t find_segment(const struct deletions *deletions, uint32_t segment)
{
    size_t low = 0, high = deletions->n_segments;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (deletions->segments[middle].segment < segment)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_at(const struct deletions *deletions, size_t i, uint32_t segment)
{
    return i < deletions->n_segments &&
           deletions->segments[i].segment == segment;
}

struct deleted *deletions_of(const struct deletions *deletions,
                             uint32_t segment)
{
    size_t i = find_segment(deletions, segment);

    return is_at(deletions, i, segment) ? &deletions->segments[i] : NULL;
}

size_t deleted_find(const struct deleted *deleted, uint32_t document)
{
    size_t low = 0, high = deleted ? deleted->n : 0;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (deleted->documents[middle] < document)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool deleted_has(const struct deleted *deleted, uint32_t document)
{
    size_t i = deleted_find(deleted, document);

    return deleted && i < deleted->n && deleted->documents[i] == document;
}

/* Make room for SEGMENT at I. */
static bool insert_segment(struct deletions *deletions, size_t i,
                           uint32_t segment)
{
    if (!array_grow(&deletions->segments, &deletions->capacity,
                    deletions->n_segments + 1, sizeof *deletions->segments))
        return false;
    memmove(&deletions->segments[i + 1], &deletions->segments[i],
            (deletions->n_segments - i) * sizeof *deletions->segments);
    deletions->segments[i] = (struct deleted){.segment = segment};
    deletions->n_segments++;
    return true;
}

/* Merge the N DOCUMENTS into those of DELETED, from behind, in the room that is
 * there. */
static size_t merge(struct deleted *deleted, const uint32_t *documents,
                    size_t n)
{
    uint32_t *all = deleted->documents;
    size_t n_new = 0, i, old, to;

    for (i = 0, old = 0; i < n; i++) {
        while (old < deleted->n && all[old] < documents[i])
            old++;
        n_new += old == deleted->n || all[old] != documents[i];
    }
    old = deleted->n;
    to = deleted->n + n_new;
    deleted->n = to;
    for (i = n; i > 0; i--) {
        while (old > 0 && all[old - 1] > documents[i - 1])
            all[--to] = all[--old];
        if (old == 0 || all[old - 1] != documents[i - 1])
            all[--to] = documents[i - 1];
    }
    return n_new;
}

enum status deletions_add(struct deletions *deletions, uint32_t segment,
                          const uint32_t *documents, size_t n, size_t *n_new,
                          struct failure *failure)
{
    size_t i = find_segment(deletions, segment);
    struct deleted *deleted;

    *n_new = 0;
    if (n == 0)
        return STATUS_OK;
    if (!is_at(deletions, i, segment) && !insert_segment(deletions, i, segment))
        return fail_memory(failure);
    deleted = &deletions->segments[i];
    if (!array_grow(&deleted->documents, &deleted->capacity, deleted->n + n,
                    sizeof *deleted->documents)) {
        if (deleted->n == 0)
            deletions_forget(deletions, segment);
        return fail_memory(failure);
    }
    *n_new = merge(deleted, documents, n);
    return STATUS_OK;
}

void deletions_forget(struct deletions *deletions, uint32_t segment)
{
    size_t i = find_segment(deletions, segment);

    if (!is_at(deletions, i, segment))
        return;
    free(deletions->segments[i].documents);
    deletions->n_segments--;
    memmove(&deletions->segments[i], &deletions->segments[i + 1],
            (deletions->n_segments - i) * sizeof *deletions->segments);
}

void deletions_format(const struct deletions *deletions, struct buffer *buffer)
{
    buffer_append_string(buffer, magic);
    buffer_append_varint(buffer, deletions->n_segments);
    for (size_t i = 0; i < deletions->n_segments; i++) {
        const struct deleted *deleted = &deletions->segments[i];
        uint32_t before = 0;

        buffer_append_varint(buffer, deleted->segment);
        buffer_append_varint(buffer, deleted->n);
        for (size_t j = 0; j < deleted->n; j++) {
            buffer_append_varint(buffer, deleted->documents[j] - before - 1);
            before = deleted->documents[j];
        }
    }
}

/* Read N documents; each takes a byte or more. CORRUPT, MEMORY. */
static enum status parse_documents(const char **at, const char *end, uint64_t n,
                                   struct deleted *deleted)
{
    uint64_t last = 0, step;

    if (n == 0 || n > (uint64_t)(end - *at))
        return STATUS_CORRUPT;
    if (!array_grow(&deleted->documents, &deleted->capacity, (size_t)n,
                    sizeof *deleted->documents))
        return STATUS_MEMORY;
    while (deleted->n < n) {
        if (!varint_read(at, end, &step) || step >= UINT32_MAX - last)
            return STATUS_CORRUPT;
        last += step + 1;
        deleted->documents[deleted->n++] = (uint32_t)last;
    }
    return STATUS_OK;
}

static enum status parse_segments(const char *at, const char *end,
                                  struct deletions *deletions)
{
    uint64_t n_segments, number, n, before = 0;
    enum status status = STATUS_OK;

    if (!varint_read(&at, end, &n_segments))
        return STATUS_CORRUPT;
    for (; status == STATUS_OK && n_segments > 0; n_segments--) {
        size_t last = deletions->n_segments;

        if (!varint_read(&at, end, &number) || number <= before ||
            number > UINT32_MAX || !varint_read(&at, end, &n))
            return STATUS_CORRUPT;
        if (!insert_segment(deletions, last, (uint32_t)number))
            return STATUS_MEMORY;
        status = parse_documents(&at, end, n, &deletions->segments[last]);
        before = number;
    }
    return status == STATUS_OK && at != end ? STATUS_CORRUPT : status;
}

enum status deletions_parse(const char *path, struct bytes content,
                            struct deletions *deletions,
                            struct failure *failure)
{
    size_t head = sizeof magic - 1;
    enum status status = STATUS_CORRUPT;

    *deletions = DELETIONS_EMPTY;
    if (content.length >= head && memcmp(content.data, magic, head) == 0)
        status = parse_segments(content.data + head,
                                content.data + content.length, deletions);
    if (status == STATUS_OK)
        return STATUS_OK;
    deletions_release(deletions);
    if (status == STATUS_MEMORY)
        return fail_memory(failure);
    return fail(failure, STATUS_CORRUPT, "'%s' is damaged", path);
}
