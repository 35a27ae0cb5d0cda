/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/walk.h"

#include "base/buffer.h"
#include "index/schema.h"
#include "src/document/source.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What is still to be visited, the next one last. */
struct walk {
    const struct walk_receiver *receiver;
    char **paths;
    size_t n_paths, capacity;
};

static void report(const struct walk *walk, const char *path,
                   const char *reason)
{
    if (walk->receiver->problem)
        walk->receiver->problem(walk->receiver->context, path, reason);
}

/* Takes over PATH (NULL: memory was short), also on failure. */
static enum status push(struct walk *walk, char *path, struct failure *failure)
{
    if (!path || !array_grow(&walk->paths, &walk->capacity, walk->n_paths + 1,
                             sizeof *walk->paths)) {
        free(path);
        return fail_memory(failure);
    }
    walk->paths[walk->n_paths++] = path;
    return STATUS_OK;
}

char *walk_tidy(const char *path)
{
    /* Room for a name that becomes "./-". */
    char *tidied = malloc(strlen(path) + 3), *end = tidied;

    if (!tidied)
        return NULL;
    if (*path == '/')
        *end++ = '/';
    while (*path) {
        size_t length = strcspn(path, "/");

        if (length && !(length == 1 && *path == '.')) {
            if (end > tidied && end[-1] != '/')
                *end++ = '/';
            memcpy(end, path, length);
            end += length;
        }
        path += length + strspn(path + length, "/");
    }
    *end = '\0';
    if (end == tidied)
        strcpy(tidied, ".");
    else if (strcmp(tidied, "-") == 0)
        strcpy(tidied, "./-");
    return tidied;
}

/* Whether PATH leads out of where it begins, in which no walk results. */
static bool leads_up(struct bytes path)
{
    size_t start = 0, end;

    for (; start < path.length; start = end + 1) {
        const char *slash = memchr(path.data + start, '/', path.length - start);

        end = slash ? (size_t)(slash - path.data) : path.length;
        if (end - start == 2 && memcmp(path.data + start, "..", 2) == 0)
            return true;
    }
    return false;
}

bool walk_is_below(const char *folder, struct bytes path)
{
    size_t length = strlen(folder);

    if (strcmp(folder, ".") == 0)
        return path.length > 0 && path.data[0] != '/' && !leads_up(path);
    if (path.length < length || memcmp(path.data, folder, length) != 0)
        return false;
    path = (struct bytes){path.data + length, path.length - length};
    return (path.length == 0 || path.data[0] == '/' ||
            folder[length - 1] == '/') &&
           !leads_up(path);
}

/* The path of NAME in FOLDER, both tidy; malloc'ed, NULL if memory is short. */
static char *child_path(const char *folder, const char *name)
{
    struct buffer path = BUFFER_EMPTY;

    if (strcmp(folder, ".") != 0 || strcmp(name, "-") == 0) {
        buffer_append_string(&path, folder);
        if (folder[strlen(folder) - 1] != '/')
            buffer_append_byte(&path, '/');
    }
    buffer_append(&path, name, strlen(name) + 1);
    if (path.failed) {
        buffer_release(&path);
        return NULL;
    }
    return path.data;
}

/* The last first, since they go onto a stack. All in one folder, so that the
 * order of the paths is that of the names. */
static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(char *const *)b, *(char *const *)a);
}

/* Push all that is to be visited in the folder PATH; if it is an index, nothing
 * is, and *IS_INDEX tells. */
static enum status read_folder(struct walk *walk, const char *path,
                               bool *is_index, struct failure *failure)
{
    size_t first = walk->n_paths;
    enum status status = STATUS_OK;
    struct dirent *entry;
    DIR *folder = opendir(path);

    *is_index = false;
    if (!folder) {
        report(walk, path, strerror(errno));
        return STATUS_OK;
    }
    while (status == STATUS_OK && (errno = 0, entry = readdir(folder))) {
        *is_index |= strcmp(entry->d_name, SCHEMA_MANIFEST) == 0;
        if (entry->d_name[0] != '.')
            status = push(walk, child_path(path, entry->d_name), failure);
    }
    if (status == STATUS_OK && errno)
        report(walk, path, strerror(errno));
    closedir(folder);
    while (*is_index && walk->n_paths > first)
        free(walk->paths[--walk->n_paths]);
    if (walk->n_paths - first > 1)
        qsort(walk->paths + first, walk->n_paths - first, sizeof *walk->paths,
              compare_paths);
    return status;
}

static enum status visit_folder(struct walk *walk, const char *path,
                                bool is_inside, struct failure *failure)
{
    const struct walk_receiver *receiver = walk->receiver;
    enum status status = STATUS_OK;
    bool is_index = false;

    if (!is_inside && receiver->folder)
        status = receiver->folder(receiver->context, path, failure);
    if (status == STATUS_OK)
        status = read_folder(walk, path, &is_index, failure);
    if (is_index && !is_inside)
        report(walk, path, "is an index");
    return status;
}

static enum status visit_file(struct walk *walk, const char *path,
                              const struct stat *facts, struct failure *failure)
{
    const struct walk_receiver *receiver = walk->receiver;
    struct walk_file file = {.path = path,
                             .is_regular = facts && S_ISREG(facts->st_mode)};

    if (file.is_regular) {
        file.size = (uint64_t)facts->st_size;
        file.modified = source_modified(facts);
    }
    return receiver->file(receiver->context, &file, failure);
}

/* Visit PATH: an argument, or (IS_INSIDE) something found in a folder. */
static enum status visit(struct walk *walk, const char *path, bool is_inside,
                         struct failure *failure)
{
    bool is_link = false;
    struct stat facts;
    int result = lstat(path, &facts);

    if (result == 0 && S_ISLNK(facts.st_mode)) {
        is_link = true;
        result = stat(path, &facts);
    }
    if (result != 0)
        report(walk, path, strerror(errno));
    else if (!S_ISDIR(facts.st_mode) && is_inside && !S_ISREG(facts.st_mode))
        report(walk, path, "not a regular file, skipped");
    else if (!S_ISDIR(facts.st_mode))
        return visit_file(walk, path, &facts, failure);
    else if (!is_inside || !is_link)
        return visit_folder(walk, path, is_inside, failure);
    return STATUS_OK;
}

/* Visit the argument PATH and all that is below it. */
static enum status visit_argument(struct walk *walk, const char *path,
                                  struct failure *failure)
{
    bool is_inside = false;
    enum status status;

    if (strcmp(path, "-") == 0)
        return visit_file(walk, path, NULL, failure);
    if (!*path) {
        report(walk, path, strerror(ENOENT));
        return STATUS_OK;
    }
    status = push(walk, walk_tidy(path), failure);
    while (status == STATUS_OK && walk->n_paths > 0) {
        char *next = walk->paths[--walk->n_paths];

        status = visit(walk, next, is_inside, failure);
        is_inside = true;
        free(next);
    }
    return status;
}

enum status walk_files(const char *const *paths, size_t n_paths,
                       const struct walk_receiver *receiver,
                       struct failure *failure)
{
    struct walk walk = {.receiver = receiver};
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < n_paths && status == STATUS_OK; i++)
        status = visit_argument(&walk, paths[i], failure);
    while (walk.n_paths > 0)
        free(walk.paths[--walk.n_paths]);
    free(walk.paths);
    return status;
}
