/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/compact.h"

#include "index/folder.h"
#include "index/merge_policy.h"

static uint32_t count_deleted(const struct deletions *deletions)
{
    size_t n = 0;

    for (size_t i = 0; i < deletions->n_segments; i++)
        n += deletions->segments[i].n;
    return (uint32_t)n;
}

enum status index_compact(const char *path, unsigned seconds,
                          struct compact_facts *facts, struct failure *failure)
{
    const struct folder_options options = {.wait = seconds};
    struct folder folder;
    enum status status = folder_open(&folder, path, &options, failure);

    *facts = (struct compact_facts){0};
    if (status == STATUS_OK) {
        facts->n_segments_before = folder.manifest.n_segments;
        facts->n_dropped = count_deleted(&folder.deletions);
        status = merge_all(&folder, failure);
        facts->n_segments = folder.manifest.n_segments;
    }
    folder_release(&folder);
    return status;
}
