/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/folder.h"

#include <stdlib.h>
#include <string.h>

#include "index/disk.h"
#include "index/lock.h"
#include "index/schema.h"

/* What stands in a folder. */
struct inventory {
    bool lock;    /* a lock, so that a writer has been here */
    bool strange; /* something that no writer leaves there */
    uint32_t last_segment;
};

static enum status take_inventory(void *context, const char *path,
                                  const char *name, struct failure *failure)
{
    struct inventory *inventory = context;
    uint32_t segment;

    (void)path;
    (void)failure;
    if (strcmp(name, SCHEMA_LOCK) == 0) {
        inventory->lock = true;
    } else if (segment_parse(bytes_of(name), &segment)) {
        if (segment > inventory->last_segment)
            inventory->last_segment = segment;
    } else if (strcmp(name, SCHEMA_MANIFEST DISK_NEW_SUFFIX) != 0) {
        inventory->strange = true;
    }
    return STATUS_OK;
}

/* A folder without a manifest must be empty, or hold no more than the leftovers
 * of a first run: we do not make ourselves at home among a user's files. */
static enum status check_no_index(const struct folder *folder,
                                  struct failure *failure)
{
    struct inventory inventory = {0};
    enum status status =
        disk_each(folder->path, take_inventory, &inventory, failure);

    if (status != STATUS_OK)
        return status;
    if (inventory.strange || (inventory.last_segment && !inventory.lock))
        return fail(failure, STATUS_IO, "'%s' is not an index and not empty",
                    folder->path);
    return STATUS_OK;
}

/* Read the manifest; *FOUND is false where there is none, or one that cannot be
 * read but is to be replaced. */
static enum status read_manifest(struct folder *folder, bool replace,
                                 bool *found, struct failure *failure)
{
    enum status status;

    manifest_release(&folder->manifest);
    status = manifest_read(folder->path, &folder->manifest, failure);
    *found = status == STATUS_OK;
    if (status == STATUS_NO_INDEX)
        return check_no_index(folder, failure);
    if (replace && (status == STATUS_SCHEMA || status == STATUS_CORRUPT))
        return STATUS_OK;
    return status;
}

static enum status remove_unnamed(void *context, const char *path,
                                  const char *name, struct failure *failure)
{
    const struct manifest *manifest = context;
    struct buffer segment_path = BUFFER_EMPTY;
    uint32_t segment;
    enum status status;

    if (!segment_parse(bytes_of(name), &segment) ||
        manifest_names(manifest, segment))
        return STATUS_OK;
    status = disk_join(&segment_path, path, name, failure);
    if (status == STATUS_OK)
        status = disk_remove_folder(segment_path.data, failure);
    buffer_release(&segment_path);
    return status;
}

static enum status check_analyzer(const struct folder *folder,
                                  const char *analyzer, struct failure *failure)
{
    if (strcmp(folder->manifest.analyzer, analyzer) == 0)
        return STATUS_OK;
    return fail(failure, STATUS_SCHEMA,
                "'%s' was written with the analyzer '%s', this program has "
                "'%s'; rebuild the index",
                folder->path, folder->manifest.analyzer, analyzer);
}

/* Begin a manifest in place of the one that was read: of nothing, but with no
 * number that was used before. */
static enum status new_manifest(struct folder *folder, const char *analyzer,
                                struct failure *failure)
{
    struct inventory inventory = {0};
    uint32_t next = folder->manifest.next_segment;
    enum status status =
        disk_each(folder->path, take_inventory, &inventory, failure);

    if (status != STATUS_OK)
        return status;
    manifest_release(&folder->manifest);
    if (inventory.last_segment >= next)
        next = inventory.last_segment == UINT32_MAX
                   ? UINT32_MAX
                   : inventory.last_segment + 1;
    folder->manifest.next_segment = next;
    folder->manifest.analyzer = strdup(analyzer);
    return folder->manifest.analyzer ? STATUS_OK : fail_memory(failure);
}

/* With the lock held: read the manifest, and remove what it does not name. */
static enum status prepare(struct folder *folder, const char *analyzer,
                           bool replace, struct failure *failure)
{
    bool found;
    enum status status = read_manifest(folder, replace, &found, failure);

    if (status == STATUS_OK && found && !replace)
        status = check_analyzer(folder, analyzer, failure);
    /* A manifest that cannot be read may name what readers still need; then
     * the leftovers wait for the new manifest. */
    if (status == STATUS_OK && (found || !replace))
        status =
            disk_each(folder->path, remove_unnamed, &folder->manifest, failure);
    if (status == STATUS_OK && (!found || replace))
        status = new_manifest(folder, analyzer, failure);
    return status;
}

enum status folder_open(struct folder *folder, const char *path,
                        const char *analyzer, bool replace,
                        struct failure *failure)
{
    enum status status;
    bool found;

    *folder = FOLDER_EMPTY;
    folder->path = strdup(path);
    if (!folder->path)
        return fail_memory(failure);
    status = disk_make_folders(path, failure);
    /* Looked at before the lock, lest one be left in a folder of others. */
    if (status == STATUS_OK)
        status = read_manifest(folder, replace, &found, failure);
    if (status == STATUS_OK)
        status = lock_take(path, &folder->lock, failure);
    if (status == STATUS_OK)
        status = prepare(folder, analyzer, replace, failure);
    folder->n_old = folder->manifest.n_segments;
    return status;
}

enum status folder_new_segment(struct folder *folder, struct failure *failure)
{
    struct manifest *manifest = &folder->manifest;
    char name[SEGMENT_NAME_MAX];
    enum status status;

    if (manifest->next_segment == UINT32_MAX)
        return fail(failure, STATUS_LIMIT, "'%s' is out of segment numbers",
                    folder->path);
    segment_name(name, manifest->next_segment);
    status = disk_join(&folder->segment_path, folder->path, name, failure);
    if (status == STATUS_OK)
        status = manifest_add(manifest, manifest->next_segment, failure);
    if (status == STATUS_OK)
        manifest->next_segment++;
    return status;
}

enum status folder_commit(struct folder *folder, struct failure *failure)
{
    enum status status;

    /* Also where this fails: the rename may have been done. */
    folder->named = true;
    status = manifest_write(folder->path, &folder->manifest, failure);
    /* What was replaced is in nobody's way; the next writer removes what
     * cannot be removed now. */
    if (status == STATUS_OK)
        (void)disk_each(folder->path, remove_unnamed, &folder->manifest, NULL);
    return status;
}

static void remove_new_segments(struct folder *folder)
{
    const struct manifest *manifest = &folder->manifest;
    char name[SEGMENT_NAME_MAX];

    for (size_t i = folder->n_old; i < manifest->n_segments; i++) {
        segment_name(name, manifest->segments[i]);
        if (disk_join(&folder->segment_path, folder->path, name, NULL) ==
            STATUS_OK)
            (void)disk_remove_folder(folder->segment_path.data, NULL);
    }
}

void folder_release(struct folder *folder)
{
    if (!folder->named)
        remove_new_segments(folder);
    lock_release(folder->lock);
    manifest_release(&folder->manifest);
    buffer_release(&folder->segment_path);
    free(folder->path);
    *folder = FOLDER_EMPTY;
}
