/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/merge_policy.h"

#include "index/disk.h"
#include "index/forward.h"
#include "index/glass/version.h"
#include "index/merge.h"

#include <stdlib.h>

/* A segment as the policy sees it. */
struct candidate {
    char *path;
    uint32_t n_paragraphs, n_deleted;
    uint64_t size; /* bytes */
    bool forward;  /* it has a forward index */
};

static uint64_t n_live(const struct candidate *candidate)
{
    return candidate->n_paragraphs - candidate->n_deleted;
}

static enum status look_at(const struct folder *folder, size_t i,
                           struct candidate *candidate, struct failure *failure)
{
    uint32_t number = folder->manifest.segments[i].number;
    const struct deleted *deleted = deletions_of(&folder->deletions, number);
    struct buffer path = BUFFER_EMPTY;
    struct glass_statistics statistics;
    char name[SEGMENT_NAME_MAX];
    enum status status;

    segment_name(name, number);
    status = disk_join(&path, folder->path, name, failure);
    if (status == STATUS_OK) {
        candidate->path = path.data;
        status = glass_version_read(path.data, NULL, &statistics, failure);
    } else {
        buffer_release(&path);
    }
    if (status == STATUS_OK)
        status =
            disk_has(path.data, FORWARD_NAME, &candidate->forward, failure);
    if (status != STATUS_OK)
        return status;
    candidate->size = disk_folder_size(path.data);
    candidate->n_paragraphs = statistics.n_documents;
    candidate->n_deleted = deleted ? (uint32_t)deleted->n : 0;
    if (candidate->n_deleted > candidate->n_paragraphs)
        return fail(failure, STATUS_CORRUPT,
                    "'%s' has not all that was deleted of it", path.data);
    return STATUS_OK;
}

static bool is_empty(const struct candidate *candidates, size_t n)
{
    uint64_t live = 0;

    for (size_t i = 0; i < n; i++)
        live += n_live(&candidates[i]);
    return live == 0;
}

static void free_candidates(struct candidate *candidates, size_t n)
{
    for (size_t i = 0; candidates && i < n; i++)
        free(candidates[i].path);
    free(candidates);
}

/* Merge the N segments of CANDIDATES from FIRST on, and commit that. */
static enum status merge_run(struct folder *folder,
                             const struct candidate *candidates, size_t first,
                             size_t n, struct failure *failure)
{
    struct merge_input *inputs;
    enum status status;

    if (is_empty(candidates + first, n) && folder->manifest.n_segments > n) {
        folder_drop_segments(folder, first, n);
        return folder_commit(folder, failure);
    }
    inputs = calloc(n, sizeof *inputs);
    status = inputs ? STATUS_OK : fail_memory(failure);
    for (size_t i = 0; status == STATUS_OK && i < n; i++) {
        const struct manifest_segment *segment =
            &folder->manifest.segments[first + i];

        inputs[i] = (struct merge_input){
            candidates[first + i].path, &segment->sums,
            deletions_of(&folder->deletions, segment->number)};
    }
    if (status == STATUS_OK)
        status = folder_new_segment(folder, failure);
    /* The manifest's segments may have moved in memory. */
    for (size_t i = 0; status == STATUS_OK && i < n; i++)
        inputs[i].sums = &folder->manifest.segments[first + i].sums;
    if (status == STATUS_OK)
        status = merge_segments(inputs, n, folder->segment_path.data, failure);
    if (status == STATUS_OK) {
        folder_replace_segments(folder, first, n);
        status = folder_commit(folder, failure);
    }
    free(inputs);
    return status;
}

/* How many segments before END are to be merged with each other, so that the
 * one before them is large enough beside them; 1: none. */
static size_t due_before(const struct candidate *candidates, size_t end)
{
    uint64_t live = 0, size = 0;
    size_t n = 0;

    while (n < end) {
        const struct candidate *next = &candidates[end - 1 - n];

        if (n > 0 && (n_live(next) >= MERGE_RATIO * live ||
                      next->forward != candidates[end - 1].forward))
            break;
        if (size + next->size > MERGE_MAX_BYTES)
            break;
        live += n_live(next);
        size += next->size;
        n++;
    }
    return n;
}

static bool has_many_deleted(const struct candidate *candidate)
{
    return candidate->n_deleted > candidate->n_paragraphs / MERGE_DELETED &&
           candidate->size <= MERGE_MAX_BYTES;
}

/* The N segments from FIRST on that are to be merged first; N is 0 if nothing
 * is due. */
static void find_due(const struct candidate *candidates, size_t n_candidates,
                     size_t *first, size_t *n)
{
    for (size_t end = n_candidates; end > 0; end--) {
        *n = due_before(candidates, end);
        *first = end - *n;
        if (*n > 1)
            return;
    }
    for (*first = 0; *first < n_candidates; ++*first)
        if (has_many_deleted(&candidates[*first]) ||
            (n_candidates > 1 && is_empty(&candidates[*first], 1))) {
            *n = 1;
            return;
        }
    *n = 0;
}

/* The longest run of segments of one kind that are not one without deletions.
 */
static void find_any(const struct candidate *candidates, size_t n_candidates,
                     size_t *first, size_t *n)
{
    for (*first = 0; *first < n_candidates; *first += *n) {
        *n = 1;
        while (*first + *n < n_candidates &&
               candidates[*first + *n].forward == candidates[*first].forward)
            ++*n;
        if (*n > 1 || candidates[*first].n_deleted)
            return;
    }
    *n = 0;
}

typedef void (*choice)(const struct candidate *candidates, size_t n_candidates,
                       size_t *first, size_t *n);

/* Merge what CHOOSE chooses, until there is nothing. Each merge leaves fewer
 * segments, or fewer with deletions. */
static enum status merge_by(struct folder *folder, choice choose,
                            struct failure *failure)
{
    enum status status = STATUS_OK;
    size_t first, n = 1;

    while (status == STATUS_OK && n > 0) {
        size_t n_candidates = folder->manifest.n_segments;
        struct candidate *candidates =
            calloc(n_candidates + 1, sizeof *candidates);

        if (!candidates)
            return fail_memory(failure);
        for (size_t i = 0; status == STATUS_OK && i < n_candidates; i++)
            status = look_at(folder, i, &candidates[i], failure);
        if (status == STATUS_OK)
            choose(candidates, n_candidates, &first, &n);
        if (status == STATUS_OK && n > 0)
            status = merge_run(folder, candidates, first, n, failure);
        free_candidates(candidates, n_candidates);
    }
    return status;
}

enum status merge_due(struct folder *folder, struct failure *failure)
{
    return merge_by(folder, find_due, failure);
}

enum status merge_all(struct folder *folder, struct failure *failure)
{
    return merge_by(folder, find_any, failure);
}
