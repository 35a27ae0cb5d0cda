/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/folder.h"

#include <stdlib.h>
#include <string.h>

#include "index/disk.h"
#include "index/lock.h"
#include "index/schema.h"
#include "index/sums.h"

/* What stands in a folder. */
struct inventory {
    bool strange; /* something that no writer leaves there */
    uint32_t last_segment, last_generation;
};

static void raise(uint32_t *highest, uint32_t number)
{
    if (number > *highest)
        *highest = number;
}

/* Whether NAME is that of a file while it is written, by disk_replace. */
static bool is_new(const char *name)
{
    size_t length = strlen(name), suffix = strlen(DISK_NEW_SUFFIX);

    return length > suffix &&
           strcmp(name + length - suffix, DISK_NEW_SUFFIX) == 0;
}

static enum status take_inventory(void *context, const char *path,
                                  const char *name, struct failure *failure)
{
    struct inventory *inventory = context;
    uint32_t number;

    (void)path;
    (void)failure;
    if (segment_parse(bytes_of(name), &number))
        raise(&inventory->last_segment, number);
    else if (numbered_parse(bytes_of(name), MANIFEST_FILES, &number) ||
             numbered_parse(bytes_of(name), MANIFEST_DELETED, &number))
        raise(&inventory->last_generation, number);
    else if (!is_new(name) && strcmp(name, SCHEMA_LOCK) != 0)
        inventory->strange = true;
    return STATUS_OK;
}

/* A folder without a manifest must be empty, or hold no more than the leftovers
 * of a run that did not begin an index: we do not make ourselves at home among
 * a user's files. */
static enum status check_no_index(const struct folder *folder,
                                  struct failure *failure)
{
    struct inventory inventory = {0};
    enum status status =
        disk_each(folder->path, take_inventory, &inventory, failure);

    if (status != STATUS_OK)
        return status;
    if (inventory.strange || inventory.last_segment ||
        inventory.last_generation)
        return fail(failure, STATUS_IO, "'%s' is not an index and not empty",
                    folder->path);
    return STATUS_OK;
}

/* Read the manifest; *FOUND is false where there is none that counts, or one
 * that cannot be read but is to be replaced. */
static enum status read_manifest(struct folder *folder, bool replace,
                                 bool *found, struct failure *failure)
{
    enum status status;

    manifest_release(&folder->manifest);
    status = manifest_read_any(folder->path, &folder->manifest, failure);
    *found = status == STATUS_OK && folder->manifest.n_segments;
    folder->begins = status == STATUS_NO_INDEX;
    if (folder->begins)
        return check_no_index(folder, failure);
    /* What is left by the first one that began to replace it stays known. */
    folder->begins =
        status == STATUS_CORRUPT && manifest_begun(folder->path) == 0;
    if (replace && (status == STATUS_SCHEMA || status == STATUS_CORRUPT))
        return STATUS_OK;
    return status;
}

/* Whether NAME is of our making, and MANIFEST does not name it. */
static bool is_leftover(const struct manifest *manifest, const char *name)
{
    struct bytes bytes = bytes_of(name);
    uint32_t number;

    if (segment_parse(bytes, &number))
        return !manifest_names(manifest, number);
    if (numbered_parse(bytes, MANIFEST_FILES, &number))
        return number != manifest->files.number;
    if (numbered_parse(bytes, MANIFEST_DELETED, &number))
        return number != manifest->deleted.number;
    return is_new(name);
}

static enum status remove_unnamed(void *context, const char *path,
                                  const char *name, struct failure *failure)
{
    struct buffer segment_path = BUFFER_EMPTY;
    uint32_t segment;
    enum status status;

    if (!is_leftover(context, name))
        return STATUS_OK;
    if (!segment_parse(bytes_of(name), &segment))
        return disk_remove(path, name, failure);
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

/* The number behind the last and behind all of the inventory's. */
static uint32_t next_number(uint32_t next, uint32_t last)
{
    if (last < next)
        return next;
    return last == UINT32_MAX ? UINT32_MAX : last + 1;
}

/* Begin a manifest in place of the one that was read: of nothing, but with no
 * number that was used before. */
static enum status new_manifest(struct folder *folder, const char *analyzer,
                                struct failure *failure)
{
    struct inventory inventory = {0};
    uint32_t next = folder->manifest.next_segment;
    uint32_t generation = folder->manifest.generation;
    enum status status =
        disk_each(folder->path, take_inventory, &inventory, failure);

    if (status != STATUS_OK)
        return status;
    manifest_release(&folder->manifest);
    folder->manifest.next_segment = next_number(next, inventory.last_segment);
    raise(&generation, inventory.last_generation);
    folder->manifest.generation = generation;
    folder->manifest.analyzer = strdup(analyzer);
    return folder->manifest.analyzer ? STATUS_OK : fail_memory(failure);
}

/* Read the file of KIND, unless there is none. */
static enum status read_numbered(const struct folder *folder, const char *kind,
                                 const struct manifest_file *file,
                                 struct buffer *content,
                                 struct failure *failure)
{
    enum status status = numbered_read(folder->path, kind, file->number,
                                       &file->check, content, failure);

    if (status == STATUS_NO_INDEX) {
        char name[SEGMENT_NAME_MAX];

        numbered_name(name, kind, file->number);
        status = fail(failure, STATUS_CORRUPT, "'%s' lacks its '%s'",
                      folder->path, name);
    }
    return status;
}

static enum status read_files(struct folder *folder, struct failure *failure)
{
    const struct manifest *manifest = &folder->manifest;
    struct buffer content = BUFFER_EMPTY;
    enum status status = read_numbered(folder, MANIFEST_DELETED,
                                       &manifest->deleted, &content, failure);

    if (status == STATUS_OK && manifest->deleted.number)
        status = deletions_parse(folder->path, buffer_bytes(&content),
                                 &folder->deletions, failure);
    if (status == STATUS_OK)
        status = read_numbered(folder, MANIFEST_FILES, &manifest->files,
                               &content, failure);
    if (status == STATUS_OK && manifest->files.number)
        status = files_parse(folder->path, buffer_bytes(&content),
                             &folder->files, failure);
    buffer_release(&content);
    return status;
}

/* With the lock held: read the manifest, and remove what it does not name. */
static enum status prepare(struct folder *folder,
                           const struct folder_options *options,
                           struct failure *failure)
{
    bool found;
    enum status status =
        read_manifest(folder, options->replace, &found, failure);

    if (status == STATUS_OK && found && !options->replace && options->analyzer)
        status = check_analyzer(folder, options->analyzer, failure);
    /* A manifest that cannot be read may name what readers still need; then
     * the leftovers wait for the new manifest. */
    if (status == STATUS_OK && (found || !options->replace))
        status =
            disk_each(folder->path, remove_unnamed, &folder->manifest, failure);
    if (status == STATUS_OK && (!found || options->replace))
        return new_manifest(folder, options->analyzer, failure);
    return status == STATUS_OK ? read_files(folder, failure) : status;
}

/* Read what is there without the lock, as nothing will be changed. */
static enum status look(struct folder *folder,
                        const struct folder_options *options,
                        struct failure *failure)
{
    enum { N_TRIES = 10 };
    enum status status = STATUS_CORRUPT;

    /* The writer of a commit removes what we are about to read. */
    for (int i = 0; i < N_TRIES && status == STATUS_CORRUPT; i++) {
        manifest_release(&folder->manifest);
        deletions_release(&folder->deletions);
        files_release(&folder->files);
        status = manifest_read(folder->path, &folder->manifest, failure);
        if (options->analyzer &&
            (status == STATUS_NO_INDEX || options->replace))
            return STATUS_OK;
        if (status == STATUS_OK && options->analyzer)
            status = check_analyzer(folder, options->analyzer, failure);
        if (status == STATUS_OK)
            status = read_files(folder, failure);
    }
    return status;
}

static void mark_named(struct folder *folder)
{
    folder->unnamed_segment = folder->manifest.next_segment;
    folder->unnamed_generation = next_number(1, folder->manifest.generation);
}

/* Take the lock and what it guards. */
static enum status take(struct folder *folder,
                        const struct folder_options *options,
                        struct failure *failure)
{
    enum status status = STATUS_OK;
    bool found;

    if (options->analyzer)
        status = disk_make_folders(folder->path, failure);
    /* Looked at before the lock, lest one be left in a folder of others. */
    if (status == STATUS_OK)
        status = read_manifest(folder, options->replace, &found, failure);
    if (status == STATUS_OK && !found && !options->analyzer)
        status = fail(failure, STATUS_NO_INDEX, "there is no index at '%s'",
                      folder->path);
    if (status == STATUS_OK)
        status = lock_take(folder->path, options->wait, &folder->lock, failure);
    return status == STATUS_OK ? prepare(folder, options, failure) : status;
}

enum status folder_open(struct folder *folder, const char *path,
                        const struct folder_options *options,
                        struct failure *failure)
{
    enum status status;

    *folder = FOLDER_EMPTY;
    /* Until it is known what the manifest names, nothing is to be removed. */
    folder->unnamed_segment = folder->unnamed_generation = UINT32_MAX;
    folder->path = strdup(path);
    if (!folder->path)
        return fail_memory(failure);
    status = options->look ? look(folder, options, failure)
                           : take(folder, options, failure);
    folder->n_old = folder->manifest.n_segments;
    folder->first_segment = folder->manifest.next_segment;
    if (status == STATUS_OK)
        mark_named(folder);
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
    if (folder->begins) {
        status = manifest_begin(folder->path, manifest->analyzer,
                                manifest->next_segment, failure);
        if (status != STATUS_OK)
            return status;
        folder->begins = false;
    }
    segment_name(name, manifest->next_segment);
    status = disk_join(&folder->segment_path, folder->path, name, failure);
    if (status == STATUS_OK)
        status = manifest_add(manifest, manifest->next_segment, failure);
    if (status == STATUS_OK)
        manifest->next_segment++;
    return status;
}

void folder_drop_segments(struct folder *folder, size_t first, size_t n)
{
    struct manifest *manifest = &folder->manifest;

    for (size_t i = first; i < first + n; i++)
        deletions_forget(&folder->deletions, manifest->segments[i].number);
    folder->deletions_changed = folder->segments_changed = true;
    manifest->n_segments -= n;
    memmove(&manifest->segments[first], &manifest->segments[first + n],
            (manifest->n_segments - first) * sizeof *manifest->segments);
}

void folder_replace_segments(struct folder *folder, size_t first, size_t n)
{
    struct manifest *manifest = &folder->manifest;
    struct manifest_segment new = manifest->segments[manifest->n_segments - 1];

    folder_drop_segments(folder, first, n);
    memmove(&manifest->segments[first + 1], &manifest->segments[first],
            (manifest->n_segments - 1 - first) * sizeof *manifest->segments);
    manifest->segments[first] = new;
}

static enum status write_sums(struct folder *folder, struct failure *failure)
{
    struct manifest *manifest = &folder->manifest;
    struct buffer path = BUFFER_EMPTY;
    enum status status = STATUS_OK;
    char name[SEGMENT_NAME_MAX];

    for (size_t i = 0; status == STATUS_OK && i < manifest->n_segments; i++) {
        struct manifest_segment *segment = &manifest->segments[i];

        if (segment->sums.size)
            continue;
        segment_name(name, segment->number);
        status = disk_join(&path, folder->path, name, failure);
        if (status == STATUS_OK)
            status = sums_write(path.data, &segment->sums, failure);
    }
    buffer_release(&path);
    return status;
}

/* Write CONTENT as the file of KIND of this generation. */
static enum status write_numbered(struct folder *folder, const char *kind,
                                  const struct buffer *content,
                                  struct manifest_file *file,
                                  struct failure *failure)
{
    char name[SEGMENT_NAME_MAX];

    if (content->failed)
        return fail_memory(failure);
    if (content->length > UINT32_MAX)
        return fail(failure, STATUS_LIMIT, "'%s' knows of too many files",
                    folder->path);
    *file = (struct manifest_file){
        folder->manifest.generation,
        {content->length, content_hash(buffer_bytes(content))}};
    numbered_name(name, kind, file->number);
    return disk_replace(folder->path, name, buffer_bytes(content), failure);
}

static enum status write_files(struct folder *folder, struct failure *failure)
{
    struct manifest *manifest = &folder->manifest;
    struct buffer content = BUFFER_EMPTY;
    enum status status = STATUS_OK;

    if (folder->files_changed)
        status = files_format(&folder->files, &content, failure);
    if (status == STATUS_OK && folder->files_changed)
        status = write_numbered(folder, MANIFEST_FILES, &content,
                                &manifest->files, failure);
    buffer_clear(&content);
    if (status == STATUS_OK && folder->deletions_changed) {
        manifest->deleted = (struct manifest_file){0};
        deletions_format(&folder->deletions, &content);
        if (folder->deletions.n_segments)
            status = write_numbered(folder, MANIFEST_DELETED, &content,
                                    &manifest->deleted, failure);
    }
    buffer_release(&content);
    return status;
}

bool folder_has_changed(const struct folder *folder)
{
    return folder->files_changed || folder->deletions_changed ||
           folder->segments_changed ||
           folder->manifest.next_segment != folder->unnamed_segment;
}

/* Whether the manifest on disk is not ours. */
static bool is_another(const struct folder *folder)
{
    struct manifest manifest = MANIFEST_EMPTY;
    enum status status = manifest_read(folder->path, &manifest, NULL);
    bool another = status == STATUS_NO_INDEX ||
                   (status == STATUS_OK &&
                    manifest.generation != folder->manifest.generation);

    manifest_release(&manifest);
    return another;
}

/* Put the manifest on disk. What it names is not to be removed once the rename
 * is done, even if it fails after that. */
static enum status write_manifest(struct folder *folder,
                                  struct failure *failure)
{
    uint32_t segment = folder->unnamed_segment;
    uint32_t generation = folder->unnamed_generation;
    enum status status;

    mark_named(folder);
    status = manifest_write(folder->path, &folder->manifest, failure);
    if (status != STATUS_OK && is_another(folder)) {
        folder->unnamed_segment = segment;
        folder->unnamed_generation = generation;
    }
    return status;
}

enum status folder_commit(struct folder *folder, struct failure *failure)
{
    struct manifest *manifest = &folder->manifest;
    enum status status;

    if (manifest->generation == UINT32_MAX)
        return fail(failure, STATUS_LIMIT, "'%s' was written too often",
                    folder->path);
    manifest->generation++;
    status = write_sums(folder, failure);
    if (status == STATUS_OK)
        status = write_files(folder, failure);
    if (status != STATUS_OK)
        return status;
    status = write_manifest(folder, failure);
    /* What was replaced is in nobody's way; the next writer removes what
     * cannot be removed now. */
    if (status == STATUS_OK)
        (void)disk_each(folder->path, remove_unnamed, manifest, NULL);
    if (status == STATUS_OK)
        folder->files_changed = folder->deletions_changed =
            folder->segments_changed = false;
    return status;
}

/* Remove what was written and never named. */
static enum status remove_new(void *context, const char *path, const char *name,
                              struct failure *failure)
{
    const struct folder *folder = context;
    struct bytes bytes = bytes_of(name);
    struct buffer segment = BUFFER_EMPTY;
    uint32_t number;

    if (segment_parse(bytes, &number) && number >= folder->unnamed_segment) {
        if (disk_join(&segment, path, name, NULL) == STATUS_OK)
            (void)disk_remove_folder(segment.data, NULL);
    } else if ((numbered_parse(bytes, MANIFEST_FILES, &number) ||
                numbered_parse(bytes, MANIFEST_DELETED, &number)) &&
               number >= folder->unnamed_generation) {
        (void)disk_remove(path, name, NULL);
    }
    (void)failure;
    buffer_release(&segment);
    return STATUS_OK;
}

void folder_release(struct folder *folder)
{
    if (folder->lock >= 0)
        (void)disk_each(folder->path, remove_new, folder, NULL);
    lock_release(folder->lock);
    manifest_release(&folder->manifest);
    files_release(&folder->files);
    deletions_release(&folder->deletions);
    buffer_release(&folder->segment_path);
    free(folder->path);
    *folder = FOLDER_EMPTY;
}
