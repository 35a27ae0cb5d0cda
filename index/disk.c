/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum status disk_join(struct buffer *path, const char *folder, const char *name,
                      struct failure *failure)
{
    buffer_clear(path);
    buffer_append_string(path, folder);
    buffer_append_byte(path, '/');
    buffer_append(path, name, strlen(name) + 1);
    return path->failed ? fail_memory(failure) : STATUS_OK;
}

/* Wait until the file or folder PATH is on disk. */
static enum status sync_path(const char *path, struct failure *failure)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    enum status status = STATUS_OK;

    /* Some file systems cannot sync a folder, and say EINVAL. */
    if (file < 0 || (fsync(file) != 0 && errno != EINVAL))
        status = fail_errno(failure, STATUS_IO, errno,
                            "cannot put '%s' on disk", path);
    if (file >= 0)
        close(file);
    return status;
}

/* Wait until the folder that PATH is in is on disk, and with it the name. */
static enum status sync_parent(const char *path, struct failure *failure)
{
    char *parent = strdup(path), *slash;
    enum status status;

    if (!parent)
        return fail_memory(failure);
    slash = strrchr(parent, '/');
    if (slash)
        slash[slash == parent ? 1 : 0] = '\0';
    status = sync_path(slash ? parent : ".", failure);
    free(parent);
    return status;
}

static enum status make_folder(const char *path, struct failure *failure)
{
    struct stat status;

    if (mkdir(path, 0777) == 0)
        return sync_parent(path, failure);
    if (errno != EEXIST)
        return fail_errno(failure, STATUS_IO, errno, "cannot make '%s'", path);
    if (stat(path, &status) != 0)
        return fail_errno(failure, STATUS_IO, errno, "cannot open '%s'", path);
    if (!S_ISDIR(status.st_mode))
        return fail(failure, STATUS_IO, "'%s' is not a folder", path);
    return STATUS_OK;
}

enum status disk_make_folders(const char *path, struct failure *failure)
{
    enum status status = STATUS_OK;
    char *copy = strdup(path);

    if (!copy)
        return fail_memory(failure);
    for (char *slash = copy; status == STATUS_OK && *slash; slash++) {
        if (*slash != '/' || slash == copy)
            continue;
        *slash = '\0';
        status = make_folder(copy, failure);
        *slash = '/';
    }
    free(copy);
    return status == STATUS_OK ? make_folder(path, failure) : status;
}

enum { READ_SIZE = 32 << 10 };

/* Append all that FILE gives. */
static enum status read_all(int file, const char *path, size_t max,
                            struct buffer *content, struct failure *failure)
{
    size_t total = 0;

    for (;;) {
        ssize_t length;

        if (!buffer_reserve(content, READ_SIZE))
            return fail_memory(failure);
        length = read(file, content->data + content->length, READ_SIZE);
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0)
            return fail_errno(failure, STATUS_IO, errno, "cannot read '%s'",
                              path);
        if (length == 0)
            return STATUS_OK;
        content->length += (size_t)length;
        total += (size_t)length;
        if (total > max)
            return fail(failure, STATUS_LIMIT, "'%s' is too long", path);
    }
}

enum status disk_open(const char *path, int *file, struct failure *failure)
{
    *file = open(path, O_RDONLY | O_CLOEXEC);
    if (*file >= 0)
        return STATUS_OK;
    return fail_errno(failure,
                      errno == ENOENT || errno == ENOTDIR ? STATUS_NO_INDEX
                                                          : STATUS_IO,
                      errno, "cannot open '%s'", path);
}

enum status disk_read(const char *path, size_t max, struct buffer *content,
                      struct failure *failure)
{
    int file;
    enum status status = disk_open(path, &file, failure);

    if (status != STATUS_OK)
        return status;
    status = read_all(file, path, max, content, failure);
    close(file);
    return status;
}

enum status disk_read_piece(int file, const char *path, char *data, size_t size,
                            size_t *length, struct failure *failure)
{
    *length = 0;
    while (*length < size) {
        ssize_t n = read(file, data + *length, size - *length);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_errno(failure, STATUS_IO, errno, "cannot read '%s'",
                              path);
        if (n == 0)
            break;
        *length += (size_t)n;
    }
    return STATUS_OK;
}

static enum status map_open(int file, const char *path, struct bytes *content,
                            struct failure *failure)
{
    struct stat about;
    void *data;

    if (fstat(file, &about) != 0)
        return fail_errno(failure, STATUS_IO, errno, "cannot read '%s'", path);
    if (about.st_size <= 0 || (uint64_t)about.st_size > SIZE_MAX)
        return fail(failure, STATUS_CORRUPT, "'%s' is damaged", path);
    data = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_SHARED, file, 0);
    if (data == MAP_FAILED)
        return fail_errno(failure, STATUS_IO, errno, "cannot read '%s'", path);
    *content = (struct bytes){data, (size_t)about.st_size};
    return STATUS_OK;
}

enum status disk_map(const char *path, struct bytes *content,
                     struct failure *failure)
{
    int file;
    enum status status = disk_open(path, &file, failure);

    *content = (struct bytes){NULL, 0};
    if (status != STATUS_OK)
        return status;
    status = map_open(file, path, content, failure);
    close(file);
    return status;
}

void disk_unmap(struct bytes content)
{
    if (content.length)
        munmap((void *)(uintptr_t)content.data, content.length);
}

void disk_forget(struct bytes content)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t start = (uintptr_t)content.data, end = start + content.length;

    start = (start + page - 1) / page * page;
    end = end / page * page;
    /* If it cannot be done, nothing is lost but memory. */
    if (start < end)
        madvise((void *)start, end - start, MADV_DONTNEED);
}

enum status disk_pieces(const char *path, size_t size, disk_piece_function each,
                        void *context, struct failure *failure)
{
    int file = -1;
    char *data = malloc(size);
    size_t length = size;
    enum status status =
        data ? disk_open(path, &file, failure) : fail_memory(failure);

    while (status == STATUS_OK && length == size) {
        status = disk_read_piece(file, path, data, size, &length, failure);
        if (status != STATUS_OK || length == 0 ||
            !each(context, (struct bytes){data, length}))
            break;
    }
    if (file >= 0)
        close(file);
    free(data);
    return status;
}

enum status disk_size(const char *path, uint64_t *size, struct failure *failure)
{
    struct stat about;

    *size = 0;
    if (stat(path, &about) != 0)
        return fail_errno(failure,
                          errno == ENOENT || errno == ENOTDIR ? STATUS_NO_INDEX
                                                              : STATUS_IO,
                          errno, "cannot open '%s'", path);
    *size = (uint64_t)about.st_size;
    return STATUS_OK;
}

struct disk_stamp disk_stamp(const char *path)
{
    struct stat about;

    if (stat(path, &about) != 0)
        return (struct disk_stamp){0};
    return (struct disk_stamp){
        (uint64_t)about.st_dev, (uint64_t)about.st_ino, (uint64_t)about.st_size,
        (int64_t)about.st_mtim.tv_sec, (int64_t)about.st_mtim.tv_nsec};
}

bool disk_stamp_equal(const struct disk_stamp *a, const struct disk_stamp *b)
{
    return a->device == b->device && a->number == b->number &&
           a->size == b->size && a->seconds == b->seconds &&
           a->nanoseconds == b->nanoseconds;
}

enum status disk_has(const char *folder, const char *name, bool *has,
                     struct failure *failure)
{
    struct buffer path = BUFFER_EMPTY;
    uint64_t size;
    enum status status = disk_join(&path, folder, name, failure);

    *has = false;
    if (status == STATUS_OK)
        status = disk_size(path.data, &size, failure);
    *has = status == STATUS_OK;
    buffer_release(&path);
    return status == STATUS_NO_INDEX ? STATUS_OK : status;
}

enum status disk_create(const char *path, int *file, struct failure *failure)
{
    *file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (*file < 0)
        return fail_errno(failure, STATUS_IO, errno, "cannot make '%s'", path);
    return STATUS_OK;
}

enum status disk_write(int file, const char *path, struct bytes content,
                       struct failure *failure)
{
    while (content.length > 0) {
        ssize_t length = write(file, content.data, content.length);

        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0)
            return fail_errno(failure, STATUS_IO, errno, "cannot write '%s'",
                              path);
        content.data += length;
        content.length -= (size_t)length;
    }
    return STATUS_OK;
}

static enum status write_file(const char *path, struct bytes content,
                              struct failure *failure)
{
    int file;
    enum status status = disk_create(path, &file, failure);

    if (status != STATUS_OK)
        return status;
    status = disk_write(file, path, content, failure);
    if (status == STATUS_OK && fsync(file) != 0)
        status = fail_errno(failure, STATUS_IO, errno,
                            "cannot put '%s' on disk", path);
    if (close(file) != 0 && status == STATUS_OK)
        status =
            fail_errno(failure, STATUS_IO, errno, "cannot write '%s'", path);
    return status;
}

enum status disk_replace(const char *folder, const char *name,
                         struct bytes content, struct failure *failure)
{
    struct buffer old = BUFFER_EMPTY, new = BUFFER_EMPTY;
    enum status status = disk_join(&old, folder, name, failure);

    if (status != STATUS_OK)
        goto out;
    buffer_append(&new, old.data, old.length - 1);
    buffer_append(&new, DISK_NEW_SUFFIX, sizeof DISK_NEW_SUFFIX);
    if (new.failed) {
        status = fail_memory(failure);
        goto out;
    }
    status = write_file(new.data, content, failure);
    if (status == STATUS_OK && rename(new.data, old.data) != 0)
        status = fail_errno(failure, STATUS_IO, errno, "cannot replace '%s'",
                            old.data);
    if (status == STATUS_OK)
        status = sync_path(folder, failure);
    else
        unlink(new.data);
out:
    buffer_release(&new);
    buffer_release(&old);
    return status;
}

enum status disk_each(const char *folder, disk_function each, void *context,
                      struct failure *failure)
{
    DIR *stream = opendir(folder);
    const struct dirent *entry;
    enum status status = STATUS_OK;

    if (!stream)
        return fail_errno(failure,
                          errno == ENOENT || errno == ENOTDIR ? STATUS_NO_INDEX
                                                              : STATUS_IO,
                          errno, "cannot open '%s'", folder);
    while (status == STATUS_OK) {
        errno = 0;
        entry = readdir(stream);
        if (!entry && errno)
            status = fail_errno(failure, STATUS_IO, errno, "cannot read '%s'",
                                folder);
        if (!entry)
            break;
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            status = each(context, folder, entry->d_name, failure);
    }
    closedir(stream);
    return status;
}

static enum status sync_one(void *context, const char *folder, const char *name,
                            struct failure *failure)
{
    struct buffer *path = context;
    enum status status = disk_join(path, folder, name, failure);

    return status == STATUS_OK ? sync_path(path->data, failure) : status;
}

enum status disk_sync_folder(const char *folder, struct failure *failure)
{
    struct buffer path = BUFFER_EMPTY;
    enum status status = disk_each(folder, sync_one, &path, failure);

    buffer_release(&path);
    return status == STATUS_OK ? sync_path(folder, failure) : status;
}

static enum status remove_one(void *context, const char *folder,
                              const char *name, struct failure *failure)
{
    struct buffer *path = context;
    enum status status = disk_join(path, folder, name, failure);

    if (status == STATUS_OK && unlink(path->data) != 0 && errno != ENOENT)
        status = fail_errno(failure, STATUS_IO, errno, "cannot remove '%s'",
                            path->data);
    return status;
}

enum status disk_remove(const char *folder, const char *name,
                        struct failure *failure)
{
    struct buffer path = BUFFER_EMPTY;
    enum status status = remove_one(&path, folder, name, failure);

    buffer_release(&path);
    return status;
}

enum status disk_remove_folder(const char *folder, struct failure *failure)
{
    struct buffer path = BUFFER_EMPTY;
    enum status status = disk_each(folder, remove_one, &path, failure);

    buffer_release(&path);
    if (status == STATUS_NO_INDEX)
        return STATUS_OK;
    if (status == STATUS_OK && rmdir(folder) != 0 && errno != ENOENT)
        status =
            fail_errno(failure, STATUS_IO, errno, "cannot remove '%s'", folder);
    return status;
}

struct size_sum {
    struct buffer path;
    uint64_t size;
};

static enum status add_size(void *context, const char *folder, const char *name,
                            struct failure *failure)
{
    struct size_sum *sum = context;
    enum status status = disk_join(&sum->path, folder, name, failure);
    struct stat file;

    if (status == STATUS_OK && stat(sum->path.data, &file) == 0)
        sum->size += (uint64_t)file.st_size;
    return status;
}

uint64_t disk_folder_size(const char *folder)
{
    struct size_sum sum = {BUFFER_EMPTY, 0};
    enum status status = disk_each(folder, add_size, &sum, NULL);

    buffer_release(&sum.path);
    return status == STATUS_OK ? sum.size : 0;
}
