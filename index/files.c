/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/files.h"

#include <stdlib.h>
#include <xxhash.h>

static const char magic[] = "pilcrow files 1\n";

enum { SLOTS_MIN = 64 };

/* In the slot of a file that was forgotten, so that those behind it are found.
 */
static struct file_facts forgotten;

void files_release(struct files *files)
{
    free(files->slots);
    arena_release(&files->arena);
    *files = FILES_EMPTY;
}

/* The slot of PATH, or the free one where it would be put. There are slots, and
 * a free one. */
static size_t find_slot(const struct files *files, struct bytes path)
{
    size_t mask = files->n_slots - 1;
    size_t i = XXH3_64bits(path.length ? path.data : "", path.length) & mask;

    while (files->slots[i] && (files->slots[i] == &forgotten ||
                               !bytes_equal(files->slots[i]->path, path)))
        i = (i + 1) & mask;
    return i;
}

const struct file_facts *files_find(const struct files *files,
                                    struct bytes path)
{
    return files->n_slots ? files->slots[find_slot(files, path)] : NULL;
}

/* Have a free slot in three. */
static bool make_room(struct files *files)
{
    struct files larger = *files;

    if (files->n_used < files->n_slots / 3 * 2)
        return true;
    larger.n_slots = SLOTS_MIN;
    while (larger.n_slots / 3 <= files->n_files)
        larger.n_slots *= 2;
    larger.slots = calloc(larger.n_slots, sizeof *larger.slots);
    if (!larger.slots)
        return false;
    larger.n_used = files->n_files;
    for (size_t i = 0; i < files->n_slots; i++)
        if (files->slots[i] && files->slots[i] != &forgotten)
            larger.slots[find_slot(&larger, files->slots[i]->path)] =
                files->slots[i];
    free(files->slots);
    *files = larger;
    return true;
}

static bool copy(struct files *files, struct bytes *bytes)
{
    char *data;

    if (bytes->length == 0) {
        bytes->data = "";
        return true;
    }
    data = arena_allocate(&files->arena, bytes->length);
    if (!data)
        return false;
    memcpy(data, bytes->data, bytes->length);
    bytes->data = data;
    return true;
}

enum status files_set(struct files *files, const struct file_facts *facts,
                      struct failure *failure)
{
    struct file_facts *new = arena_allocate(&files->arena, sizeof *new);
    size_t slot;

    if (!new || !make_room(files))
        return fail_memory(failure);
    *new = *facts;
    slot = find_slot(files, facts->path);
    if (files->slots[slot])
        new->path = files->slots[slot]->path;
    else if (!copy(files, &new->path))
        return fail_memory(failure);
    if (!copy(files, &new->note))
        return fail_memory(failure);
    if (!files->slots[slot]) {
        files->n_used++;
        files->n_files++;
    }
    files->slots[slot] = new;
    return STATUS_OK;
}

void files_forget(struct files *files, struct bytes path, bool *known)
{
    size_t slot = files->n_slots ? find_slot(files, path) : 0;

    *known = files->n_slots && files->slots[slot];
    if (*known) {
        files->slots[slot] = &forgotten;
        files->n_files--;
    }
}

static int compare_paths(const void *a, const void *b)
{
    const struct file_facts *const *one = a, *const *other = b;

    return bytes_compare((*one)->path, (*other)->path);
}

enum status files_sort(const struct files *files,
                       const struct file_facts ***sorted,
                       struct failure *failure)
{
    size_t n = 0;

    *sorted = NULL;
    if (files->n_files == 0)
        return STATUS_OK;
    *sorted = calloc(files->n_files, sizeof **sorted);
    if (!*sorted)
        return fail_memory(failure);
    for (size_t i = 0; i < files->n_slots; i++)
        if (files->slots[i] && files->slots[i] != &forgotten)
            (*sorted)[n++] = files->slots[i];
    qsort(*sorted, n, sizeof **sorted, compare_paths);
    return STATUS_OK;
}

static void append_bytes(struct buffer *buffer, struct bytes bytes)
{
    buffer_append_varint(buffer, bytes.length);
    if (bytes.length)
        buffer_append(buffer, bytes.data, bytes.length);
}

static size_t common_length(struct bytes a, struct bytes b)
{
    size_t i = 0;

    while (i < a.length && i < b.length && a.data[i] == b.data[i])
        i++;
    return i;
}

static void format_one(struct buffer *buffer, struct bytes before,
                       const struct file_facts *facts)
{
    size_t common = common_length(before, facts->path);
    uint64_t modified = (uint64_t)facts->modified;

    buffer_append_varint(buffer, common);
    append_bytes(buffer, (struct bytes){facts->path.data + common,
                                        facts->path.length - common});
    buffer_append_varint(buffer, facts->size);
    buffer_append_varint(buffer, facts->modified < 0 ? ~(modified << 1)
                                                     : modified << 1);
    for (size_t half = 0; half < 2; half++)
        for (unsigned i = 0; i < 8; i++)
            buffer_append_byte(buffer, (char)(facts->hash[half] >> 8 * i));
    buffer_append_byte(buffer, (char)facts->state);
    append_bytes(buffer, facts->note);
}

enum status files_format(const struct files *files, struct buffer *buffer,
                         struct failure *failure)
{
    const struct file_facts **sorted;
    struct bytes before = {"", 0};
    enum status status = files_sort(files, &sorted, failure);

    if (status != STATUS_OK)
        return status;
    buffer_append_string(buffer, magic);
    buffer_append_varint(buffer, files->n_files);
    for (size_t i = 0; i < files->n_files; i++) {
        format_one(buffer, before, sorted[i]);
        before = sorted[i]->path;
    }
    free(sorted);
    return buffer->failed ? fail_memory(failure) : STATUS_OK;
}

static bool parse_bytes(const char **at, const char *end, struct bytes *bytes)
{
    uint64_t length;

    if (!varint_read(at, end, &length) || length > (uint64_t)(end - *at))
        return false;
    *bytes = (struct bytes){*at, (size_t)length};
    *at += length;
    return true;
}

/* Read one; *PATH holds the path of the one before, and then its own. */
static bool parse_one(const char **at, const char *end, struct buffer *path,
                      struct file_facts *facts)
{
    uint64_t common, modified;
    struct bytes rest;

    if (!varint_read(at, end, &common) || common > path->length ||
        !parse_bytes(at, end, &rest) || !varint_read(at, end, &facts->size) ||
        !varint_read(at, end, &modified) || end - *at < 17)
        return false;
    path->length = (size_t)common;
    buffer_append(path, rest.data, rest.length);
    facts->path = buffer_bytes(path);
    facts->modified =
        (int64_t)(modified & 1 ? ~(modified >> 1) : modified >> 1);
    for (size_t half = 0; half < 2; half++) {
        facts->hash[half] = 0;
        for (unsigned i = 0; i < 8; i++)
            facts->hash[half] |= (uint64_t)(unsigned char)*(*at)++ << 8 * i;
    }
    if ((unsigned char)**at > FILE_STREAM)
        return false;
    facts->state = (enum file_state) * (*at)++;
    return parse_bytes(at, end, &facts->note) && !path->failed;
}

enum status files_parse(const char *path, struct bytes content,
                        struct files *files, struct failure *failure)
{
    size_t head = sizeof magic - 1;
    const char *at = content.data + head, *end = content.data + content.length;
    struct buffer name = BUFFER_EMPTY;
    enum status status = STATUS_OK;
    uint64_t n = 0;
    bool good;

    *files = FILES_EMPTY;
    good = content.length > head && memcmp(content.data, magic, head) == 0 &&
           varint_read(&at, end, &n);
    for (; good && status == STATUS_OK && n > 0; n--) {
        struct file_facts facts;

        good = parse_one(&at, end, &name, &facts);
        if (good)
            status = files_set(files, &facts, failure);
    }
    if (status == STATUS_OK && name.failed)
        status = fail_memory(failure);
    else if (status == STATUS_OK && (!good || at != end))
        status = fail(failure, STATUS_CORRUPT, "'%s' is damaged", path);
    buffer_release(&name);
    if (status != STATUS_OK)
        files_release(files);
    return status;
}
