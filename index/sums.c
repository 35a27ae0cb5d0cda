/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/sums.h"

#include "base/buffer.h"
#include "index/disk.h"
#include "index/schema.h"

#include <xxhash.h>

#include <stdlib.h>

static const char magic[] = "pilcrow sums 2\n";

enum { HASH_SIZE = 8 };

struct summed_file {
    struct bytes name; /* in the content */
    uint64_t size;
    const unsigned char *hashes; /* in the content */
};

struct sums {
    char *folder;
    struct buffer content;
    struct summed_file *files;
    size_t n_files, capacity;
};

static uint64_t n_pieces(uint64_t size)
{
    return size / SUMS_PIECE + (size % SUMS_PIECE != 0);
}

/* --- Writing */

struct names {
    char **names; /* owned */
    size_t n, capacity;
};

static enum status collect_name(void *context, const char *folder,
                                const char *name, struct failure *failure)
{
    struct names *names = context;

    (void)folder;
    if (strcmp(name, SCHEMA_SUMS) == 0 ||
        strcmp(name, SCHEMA_SUMS DISK_NEW_SUFFIX) == 0)
        return STATUS_OK;
    if (!array_grow(&names->names, &names->capacity, names->n + 1,
                    sizeof *names->names))
        return fail_memory(failure);
    names->names[names->n] = strdup(name);
    if (!names->names[names->n])
        return fail_memory(failure);
    names->n++;
    return STATUS_OK;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

struct hashing {
    struct buffer hashes;
    uint64_t size;
};

static bool hash_piece(void *context, struct bytes piece)
{
    struct hashing *hashing = context;
    uint64_t hash = content_hash(piece);

    for (unsigned i = 0; i < HASH_SIZE; i++)
        buffer_append_byte(&hashing->hashes, (char)(hash >> 8 * i));
    hashing->size += piece.length;
    return true;
}

static enum status append_file(const char *folder, const char *name,
                               struct buffer *list, struct failure *failure)
{
    struct hashing hashing = {BUFFER_EMPTY, 0};
    struct buffer path = BUFFER_EMPTY;
    enum status status = disk_join(&path, folder, name, failure);

    if (status == STATUS_OK)
        status =
            disk_pieces(path.data, SUMS_PIECE, hash_piece, &hashing, failure);
    buffer_append_varint(list, strlen(name));
    buffer_append_string(list, name);
    buffer_append_varint(list, hashing.size);
    buffer_append(list, hashing.hashes.data, hashing.hashes.length);
    if (status == STATUS_OK && (hashing.hashes.failed || list->failed))
        status = fail_memory(failure);
    buffer_release(&hashing.hashes);
    buffer_release(&path);
    return status;
}

enum status sums_write(const char *folder, struct file_check *check,
                       struct failure *failure)
{
    struct names names = {NULL, 0, 0};
    struct buffer list = BUFFER_EMPTY;
    enum status status = disk_each(folder, collect_name, &names, failure);

    buffer_append_string(&list, magic);
    if (names.n)
        qsort(names.names, names.n, sizeof *names.names, compare_names);
    for (size_t i = 0; status == STATUS_OK && i < names.n; i++)
        status = append_file(folder, names.names[i], &list, failure);
    if (status == STATUS_OK)
        status =
            disk_replace(folder, SCHEMA_SUMS, buffer_bytes(&list), failure);
    *check = (struct file_check){list.length, 0};
    if (status == STATUS_OK)
        check->hash = content_hash(buffer_bytes(&list));
    for (size_t i = 0; i < names.n; i++)
        free(names.names[i]);
    free(names.names);
    buffer_release(&list);
    return status;
}

/* --- Reading */

void sums_free(struct sums *sums)
{
    if (!sums)
        return;
    free(sums->files);
    free(sums->folder);
    buffer_release(&sums->content);
    free(sums);
}

static bool parse_file(const char **at, const char *end,
                       struct summed_file *file)
{
    uint64_t length;

    if (!varint_read(at, end, &length) || length > (uint64_t)(end - *at))
        return false;
    file->name = (struct bytes){*at, (size_t)length};
    *at += length;
    if (length == 0 || memchr(file->name.data, '/', file->name.length) ||
        memchr(file->name.data, '\0', file->name.length) ||
        !varint_read(at, end, &file->size) ||
        n_pieces(file->size) > (uint64_t)(end - *at) / HASH_SIZE)
        return false;
    file->hashes = (const unsigned char *)*at;
    *at += n_pieces(file->size) * HASH_SIZE;
    return true;
}

static enum status parse(struct sums *sums, struct failure *failure)
{
    const char *at = sums->content.data, *end = at;
    size_t head = sizeof magic - 1;
    bool good = sums->content.length >= head && memcmp(at, magic, head) == 0;

    if (good) {
        end = at + sums->content.length;
        at += head;
    }
    while (good && at < end) {
        if (!array_grow(&sums->files, &sums->capacity, sums->n_files + 1,
                        sizeof *sums->files))
            return fail_memory(failure);
        good = parse_file(&at, end, &sums->files[sums->n_files++]);
    }
    return good ? STATUS_OK
                : fail(failure, STATUS_CORRUPT, "'%s/%s' is damaged",
                       sums->folder, SCHEMA_SUMS);
}

/* The path of FILE. */
static enum status path_of(const struct sums *sums,
                           const struct summed_file *file, struct buffer *path,
                           struct failure *failure)
{
    buffer_clear(path);
    buffer_append_string(path, sums->folder);
    buffer_append_byte(path, '/');
    buffer_append(path, file->name.data, file->name.length);
    buffer_append_byte(path, '\0');
    return path->failed ? fail_memory(failure) : STATUS_OK;
}

static enum status check_sizes(const struct sums *sums, struct failure *failure)
{
    struct buffer path = BUFFER_EMPTY;
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < sums->n_files; i++) {
        uint64_t size = 0;

        status = path_of(sums, &sums->files[i], &path, failure);
        if (status == STATUS_OK)
            status = disk_size(path.data, &size, failure);
        if (status == STATUS_OK && size != sums->files[i].size)
            status = fail(failure, STATUS_CORRUPT,
                          "'%s' has not the size that it was written with",
                          path.data);
    }
    buffer_release(&path);
    return status;
}

enum status sums_parse(const char *folder, struct bytes content,
                       struct sums **sums, struct failure *failure)
{
    struct sums *new = calloc(1, sizeof *new);
    enum status status;

    *sums = NULL;
    if (!new)
        return fail_memory(failure);
    new->folder = strdup(folder);
    buffer_append(&new->content, content.data, content.length);
    status = new->folder && !new->content.failed ? parse(new, failure)
                                                 : fail_memory(failure);
    if (status != STATUS_OK) {
        sums_free(new);
        return status;
    }
    *sums = new;
    return STATUS_OK;
}

enum status sums_read(const char *folder, const struct file_check *check,
                      struct sums **sums, struct failure *failure)
{
    struct buffer content = BUFFER_EMPTY;
    enum status status =
        checked_read(folder, SCHEMA_SUMS, check, &content, failure);

    *sums = NULL;
    if (status == STATUS_OK)
        status = sums_parse(folder, buffer_bytes(&content), sums, failure);
    buffer_release(&content);
    return status;
}

enum status sums_open(const char *folder, const struct file_check *check,
                      struct sums **sums, struct failure *failure)
{
    enum status status = sums_read(folder, check, sums, failure);

    if (status == STATUS_OK)
        status = check_sizes(*sums, failure);
    if (status != STATUS_OK) {
        sums_free(*sums);
        *sums = NULL;
    }
    return status;
}

static const struct summed_file *find(const struct sums *sums, const char *name)
{
    for (size_t i = 0; i < sums->n_files; i++)
        if (bytes_equal(sums->files[i].name, bytes_of(name)))
            return &sums->files[i];
    return NULL;
}

const unsigned char *sums_of(const struct sums *sums, const char *name,
                             uint64_t *size)
{
    const struct summed_file *file = find(sums, name);

    *size = file ? file->size : 0;
    return file ? file->hashes : NULL;
}

bool sums_match(const unsigned char *hashes, uint64_t i, struct bytes piece)
{
    uint64_t hash = content_hash(piece);
    bool match = true;

    for (unsigned j = 0; j < HASH_SIZE; j++)
        match = match &&
                hashes[i * HASH_SIZE + j] == (unsigned char)(hash >> 8 * j);
    return match;
}

struct comparison {
    const struct summed_file *file;
    uint64_t i;
    bool differs;
};

static bool compare_piece(void *context, struct bytes piece)
{
    struct comparison *comparison = context;
    const struct summed_file *file = comparison->file;

    comparison->differs = comparison->i >= n_pieces(file->size) ||
                          !sums_match(file->hashes, comparison->i, piece);
    comparison->i++;
    return !comparison->differs;
}

static enum status check_file(const struct sums *sums,
                              const struct summed_file *file,
                              struct failure *failure)
{
    struct comparison comparison = {file, 0, false};
    struct buffer path = BUFFER_EMPTY;
    enum status status = path_of(sums, file, &path, failure);

    if (status == STATUS_OK)
        status = disk_pieces(path.data, SUMS_PIECE, compare_piece, &comparison,
                             failure);
    if (status == STATUS_OK &&
        (comparison.differs || comparison.i != n_pieces(file->size)))
        status = fail(failure, STATUS_CORRUPT, "'%s' is damaged", path.data);
    buffer_release(&path);
    return status;
}

enum status sums_check_file(const struct sums *sums, const char *name,
                            struct failure *failure)
{
    const struct summed_file *file = find(sums, name);

    return file ? check_file(sums, file, failure)
                : fail(failure, STATUS_CORRUPT, "'%s' lacks its '%s'",
                       sums->folder, name);
}

enum status sums_check_all(const struct sums *sums, damaged_function damaged,
                           void *context, struct failure *failure)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < sums->n_files; i++) {
        struct failure what;

        status = check_file(sums, &sums->files[i], &what);
        if (status == STATUS_CORRUPT || status == STATUS_NO_INDEX)
            status = damaged(context, &what, failure);
        else if (status != STATUS_OK && failure)
            *failure = what;
    }
    return status;
}
