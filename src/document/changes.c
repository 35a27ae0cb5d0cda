/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/changes.h"

#include "base/buffer.h"
#include "src/document/walk.h"

#include <stdlib.h>
#include <string.h>

/* Paths, owned. */
struct path_list {
    char **items;
    size_t n_items, capacity;
};

struct search {
    const struct changes_options *options;
    const struct file_facts *const *known;
    size_t n_known;
    bool *seen;  /* of each that is known */
    size_t next; /* of these, the one that the walk probably comes to next */
    struct path_list folders;    /* arguments */
    struct path_list unreadable; /* nothing is known of what is below them */
    struct changes *changes;
    bool out_of_memory; /* where that could not be said */
};

static bool path_list_add(struct path_list *list, const char *path)
{
    char *copy = strdup(path);

    if (!copy || !array_grow(&list->items, &list->capacity, list->n_items + 1,
                             sizeof *list->items)) {
        free(copy);
        return false;
    }
    list->items[list->n_items++] = copy;
    return true;
}

static void path_list_release(struct path_list *list)
{
    while (list->n_items > 0)
        free(list->items[--list->n_items]);
    free(list->items);
}

/* Whether PATH is one of LIST, or below one. */
static bool path_list_covers(const struct path_list *list, struct bytes path)
{
    size_t i = 0;

    while (i < list->n_items && !walk_is_below(list->items[i], path))
        i++;
    return i < list->n_items;
}

static int compare_known(const void *key, const void *element)
{
    const struct file_facts *const *known = element;

    return bytes_compare(*(const struct bytes *)key, (*known)->path);
}

/* The number of PATH among what is known; .n_known if it is not. The order of
 * a walk is nearly that of paths. */
static size_t find_known(struct search *search, struct bytes path)
{
    const struct file_facts *const *found;
    size_t i = search->next;

    if (i >= search->n_known || !bytes_equal(search->known[i]->path, path)) {
        found = search->n_known > 0
                    ? bsearch(&path, search->known, search->n_known,
                              sizeof *search->known, compare_known)
                    : NULL;
        if (!found)
            return search->n_known;
        i = (size_t)(found - search->known);
    }
    search->next = i + 1;
    return i;
}

static enum status add(struct changes *changes, struct change change,
                       const char *path, size_t length, struct failure *failure)
{
    change.path = strndup(path, length);
    if (!change.path ||
        !array_grow(&changes->items, &changes->capacity, changes->n_items + 1,
                    sizeof *changes->items)) {
        free(change.path);
        return fail_memory(failure);
    }
    changes->items[changes->n_items++] = change;
    return STATUS_OK;
}

/* What is to be done about FILE, of which KNOWN is known; false if nothing. */
static bool compare(const struct changes_options *options,
                    const struct walk_file *file,
                    const struct file_facts *known, enum change_kind *kind)
{
    if (!known)
        *kind = CHANGE_NEW;
    else if (options->force || (options->retry && known->state != FILE_READ))
        *kind = CHANGE_AGAIN;
    else if (known->size != file->size || known->modified != file->modified)
        *kind = CHANGE_DIFFERS;
    else if (known->state == FILE_FAILED)
        *kind = CHANGE_FAILED;
    else
        return false;
    return true;
}

static enum status take_file(void *context, const struct walk_file *file,
                             struct failure *failure)
{
    struct search *search = context;
    struct changes *changes = search->changes;
    struct change change = {.size = file->size, .is_regular = file->is_regular};
    size_t i = search->n_known;

    if (search->out_of_memory)
        return fail_memory(failure);
    if (*search->options->interrupted)
        return fail(failure, STATUS_INTERRUPTED, "interrupted");
    if (file->is_regular)
        i = find_known(search, bytes_of(file->path));
    if (i < search->n_known) {
        if (search->seen[i])
            return STATUS_OK;
        search->seen[i] = true;
        change.known = search->known[i];
    }
    if (!compare(search->options, file, change.known, &change.kind)) {
        changes->n_unchanged++;
        changes->n_incomplete += change.known->state == FILE_PARTIAL;
        return STATUS_OK;
    }
    if (change.kind != CHANGE_FAILED)
        changes->n_bytes += file->size;
    return add(changes, change, file->path, strlen(file->path), failure);
}

static enum status take_folder(void *context, const char *path,
                               struct failure *failure)
{
    struct search *search = context;

    return path_list_add(&search->folders, path) ? STATUS_OK
                                                 : fail_memory(failure);
}

static void take_problem(void *context, const char *path, const char *reason)
{
    struct search *search = context;
    const struct changes_options *options = search->options;

    if (options->problem)
        options->problem(options->problem_context, path, reason);
    if (!path_list_add(&search->unreadable, path))
        search->out_of_memory = true;
}

/* By path, and of the same path the first before the others. */
static int compare_changes(const void *a, const void *b)
{
    const struct change *left = *(const struct change *const *)a;
    const struct change *right = *(const struct change *const *)b;
    int order = strcmp(left->path, right->path);

    return order ? order : (left > right) - (left < right);
}

/* Take out new files that came a second time; those that are known, did not. */
static enum status leave_out_repeated(struct changes *changes,
                                      struct failure *failure)
{
    struct change **sorted = calloc(changes->n_items + 1, sizeof *sorted);
    size_t i, n = 0;

    if (!sorted)
        return fail_memory(failure);
    for (i = 0; i < changes->n_items; i++)
        sorted[i] = &changes->items[i];
    qsort(sorted, changes->n_items, sizeof *sorted, compare_changes);
    /* From the end: the one before must still have its path. */
    for (i = changes->n_items; i-- > 1;)
        if (sorted[i]->is_regular &&
            strcmp(sorted[i]->path, sorted[i - 1]->path) == 0) {
            changes->n_bytes -= sorted[i]->size;
            free(sorted[i]->path);
            sorted[i]->path = NULL;
        }
    for (i = 0; i < changes->n_items; i++)
        if (changes->items[i].path)
            changes->items[n++] = changes->items[i];
    changes->n_items = n;
    free(sorted);
    return STATUS_OK;
}

static enum status find_gone(struct search *search, struct failure *failure)
{
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < search->n_known && status == STATUS_OK; i++) {
        struct change change = {
            .kind = CHANGE_GONE, .is_regular = true, .known = search->known[i]};
        struct bytes path = change.known->path;

        if (!search->seen[i] && path_list_covers(&search->folders, path) &&
            !path_list_covers(&search->unreadable, path))
            status =
                add(search->changes, change, path.data, path.length, failure);
    }
    return status;
}

enum status changes_find(const char *const *paths, size_t n_paths,
                         const struct file_facts *const *known, size_t n_known,
                         const struct changes_options *options,
                         struct changes *changes, struct failure *failure)
{
    struct search search = {.options = options,
                            .known = known,
                            .n_known = n_known,
                            .changes = changes};
    const struct walk_receiver receiver = {.file = take_file,
                                           .folder = take_folder,
                                           .problem = take_problem,
                                           .context = &search};
    enum status status;

    *changes = (struct changes){.items = NULL};
    search.seen = calloc(n_known + 1, sizeof *search.seen);
    if (!search.seen)
        return fail_memory(failure);
    status = walk_files(paths, n_paths, &receiver, failure);
    if (status == STATUS_OK && search.out_of_memory)
        status = fail_memory(failure);
    if (status == STATUS_OK && n_paths > 1)
        status = leave_out_repeated(changes, failure);
    if (status == STATUS_OK && !options->no_delete)
        status = find_gone(&search, failure);
    path_list_release(&search.folders);
    path_list_release(&search.unreadable);
    free(search.seen);
    return status;
}

void changes_release(struct changes *changes)
{
    while (changes->n_items > 0)
        free(changes->items[--changes->n_items].path);
    free(changes->items);
    *changes = (struct changes){.items = NULL};
}

enum status change_compare(const struct change *change,
                           const volatile sig_atomic_t *interrupted, bool *same,
                           struct source_facts *facts, struct failure *failure)
{
    const struct file_facts *known = change->known;
    struct source *source = NULL;
    enum status status;

    *same = false;
    if (change->kind != CHANGE_DIFFERS || known->size != change->size ||
        (known->hash[0] == 0 && known->hash[1] == 0))
        return STATUS_OK;
    status = source_open(change->path, interrupted, &source, failure);
    if (status == STATUS_OK)
        status = source_facts(source, true, facts, failure);
    source_close(source);
    *same = status == STATUS_OK && facts->hash[0] == known->hash[0] &&
            facts->hash[1] == known->hash[1];
    return status;
}
