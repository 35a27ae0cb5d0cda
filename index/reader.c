/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "index/forward.h"
#include "index/manifest.h"
#include "index/reader_parts.h"
#include "index/remote.h"
#include "index/schema.h"
#include "index/stub.h"
#include "index/xapian_failure.h"

/* How deep stub files may name stub files. */
enum { STUB_MAX_DEPTH = 8 };

enum status reader_fail(const struct reader *reader, xapian_error *error,
                        const char *path, struct failure *failure)
{
    const struct whole *broken;

    if (!error)
        return STATUS_OK;
    broken = reader_find_broken(reader, error);
    if (broken)
        return remote_fail(broken->path, reader->options.seconds, error,
                           failure);
    return fail_xapian(failure, error, path);
}

enum status reader_check(const struct reader *reader, xapian_error *error,
                         struct failure *failure)
{
    return reader_fail(reader, error, reader->wholes[0].path, failure);
}

enum status reader_check_analyzer(const struct reader *reader, const char *path,
                                  const char *theirs, struct failure *failure)
{
    if (strcmp(theirs, reader->analyzer) == 0)
        return STATUS_OK;
    return fail(failure, STATUS_SCHEMA,
                "'%s' was written with the analyzer '%s', this program has "
                "'%s'; rebuild the index",
                path, theirs, reader->analyzer);
}

enum status reader_add_part(struct reader *reader, const char *path,
                            xapian_database *database, struct failure *failure)
{
    struct whole *whole = &reader->wholes[reader->n_wholes - 1];
    xapian_error *error = NULL;
    struct part *part;

    if (!array_grow(&reader->parts, &reader->parts_capacity,
                    reader->n_parts + 1, sizeof *reader->parts)) {
        xapian_database_free(database);
        return fail_memory(failure);
    }
    part = &reader->parts[reader->n_parts++];
    *part = (struct part){
        .database = database, .path = strdup(path), .n_inside = 1};
    if (!part->path)
        return fail_memory(failure);
    if (database)
        xapian_database_add_database(whole->database, database, &error);
    return error ? fail_xapian(failure, error, path) : STATUS_OK;
}

enum status reader_open_part(struct reader *reader, const char *path, int flags,
                             struct guard *guard, struct failure *failure)
{
    xapian_database *database = NULL;
    xapian_error *error = NULL;
    struct part *part;
    enum status status;

    xapian_database_open(path, strlen(path), flags, &database, &error);
    status = error ? fail_xapian(failure, error, path)
                   : reader_add_part(reader, path, database, failure);
    if (status != STATUS_OK) {
        guard_free(guard);
        return status;
    }
    part = &reader->parts[reader->n_parts - 1];
    part->guard = guard;
    return forward_open(path, guard_sums(guard), &part->forward, failure);
}

enum status reader_add_whole(struct reader *reader, const char *path,
                             struct failure *failure)
{
    struct whole *whole;
    xapian_error *error = NULL;

    if (!array_grow(&reader->wholes, &reader->wholes_capacity,
                    reader->n_wholes + 1, sizeof *reader->wholes))
        return fail_memory(failure);
    whole = &reader->wholes[reader->n_wholes];
    *whole =
        (struct whole){.path = strdup(path), .first_part = reader->n_parts};
    if (!whole->path)
        return fail_memory(failure);
    reader->n_wholes++;
    xapian_database_new(&whole->database, &error);
    return error ? fail_xapian(failure, error, path) : STATUS_OK;
}

static void release_part(struct part *part)
{
    record_table_close(part->records);
    glass_tree_close(part->postings);
    forward_close(part->forward);
    guard_free(part->guard);
    xapian_database_free(part->database);
    free(part->uuid);
    free(part->path);
}

static void release_whole(struct whole *whole)
{
    xapian_database_free(whole->database);
    deletions_release(&whole->deletions);
    free(whole->path);
    free(whole->why);
}

void reader_drop_whole(struct reader *reader, size_t n_parts)
{
    while (reader->n_parts > n_parts)
        release_part(&reader->parts[--reader->n_parts]);
    release_whole(&reader->wholes[--reader->n_wholes]);
}

static enum status fail_no_index(const char *path, struct failure *failure)
{
    if (access(path, F_OK) != 0)
        return fail(failure, STATUS_NO_INDEX,
                    "there is no index at '%s'; make one with 'pilcrow index "
                    "-d %s FILE...'",
                    path, path);
    return fail(failure, STATUS_NO_INDEX, "'%s' is not an index", path);
}

/* Metadata KEY of DATABASE, which is at PATH; empty if there is none. */
static enum status get_metadata(const xapian_database *database,
                                const char *path, const char *key, char **value,
                                struct failure *failure)
{
    xapian_error *error = NULL;
    size_t length;

    xapian_database_get_metadata(database, key, strlen(key), value, &length,
                                 &error);
    return error ? fail_xapian(failure, error, path) : STATUS_OK;
}

enum status reader_check_metadata(const struct reader *reader,
                                  const xapian_database *database,
                                  const char *path, struct failure *failure)
{
    char *schema = NULL, *theirs = NULL, ours[16];
    enum status status =
        get_metadata(database, path, SCHEMA_METADATA_VERSION, &schema, failure);

    if (status == STATUS_OK)
        status = get_metadata(database, path, SCHEMA_METADATA_ANALYZER, &theirs,
                              failure);
    if (status != STATUS_OK)
        goto out;
    snprintf(ours, sizeof ours, "%d", SCHEMA_VERSION);
    if (*schema == '\0')
        status = fail(failure, STATUS_NO_INDEX,
                      "'%s' is a Xapian database, but not one that pilcrow "
                      "made",
                      path);
    else if (strcmp(schema, ours) != 0)
        status = fail(failure, STATUS_SCHEMA,
                      "'%s' has schema %s, this program reads %s; rebuild the "
                      "index",
                      path, schema, ours);
    else
        status = reader_check_analyzer(reader, path, theirs, failure);
out:
    xapian_free(schema);
    xapian_free(theirs);
    return status;
}

/* Open what is at PATH, not a folder of ours, as Xapian would. */
static enum status open_plain(struct reader *reader, const char *path,
                              struct failure *failure)
{
    size_t n_parts = reader->n_parts;
    enum status status = reader_add_whole(reader, path, failure);

    if (status != STATUS_OK)
        return status;
    status = reader_open_part(reader, path, 0, NULL, failure);
    if (status == STATUS_NO_INDEX)
        status = fail_no_index(path, failure);
    if (status == STATUS_OK)
        status = reader_check_metadata(reader, reader->parts[n_parts].database,
                                       path, failure);
    if (status != STATUS_OK)
        reader_drop_whole(reader, n_parts);
    return status;
}

static enum status open_name(struct reader *reader, const char *name, int depth,
                             struct failure *failure);

/* Open all that the stub FILE names. */
static enum status open_stub(struct reader *reader, const char *file, int depth,
                             struct failure *failure)
{
    struct buffer names = BUFFER_EMPTY;
    enum status status;

    if (depth == STUB_MAX_DEPTH)
        return fail(failure, STATUS_CORRUPT,
                    "'%s' is a stub file within %d others", file, depth);
    status = stub_read(file, &names, failure);
    if (status == STATUS_OK && names.length == 0)
        status = fail(failure, STATUS_NO_INDEX, "'%s' names no database", file);
    for (size_t at = 0; status == STATUS_OK && at < names.length;
         at += strlen(names.data + at) + 1)
        status = open_name(reader, names.data + at, depth + 1, failure);
    buffer_release(&names);
    return status;
}

/* Open what NAME stands for, whatever it is. */
static enum status open_name(struct reader *reader, const char *name, int depth,
                             struct failure *failure)
{
    struct buffer file = BUFFER_EMPTY;
    enum status status;
    bool is_stub;

    if (remote_is_name(name))
        return reader_add_remote(reader, name, failure);
    status = reader_open_folder(reader, name, failure);
    if (status != STATUS_NO_INDEX || manifest_begun(name) == 1)
        return status;
    status = stub_find(name, &is_stub, &file, failure);
    if (status == STATUS_OK)
        status = is_stub ? open_stub(reader, file.data, depth, failure)
                         : open_plain(reader, name, failure);
    buffer_release(&file);
    return status;
}

enum status reader_join(struct reader *reader, struct failure *failure)
{
    xapian_error *error = NULL;
    enum status status;

    xapian_database_free(reader->database);
    reader->database = NULL;
    reader->n_deleted = 0;
    xapian_database_new(&reader->database, &error);
    for (size_t i = 0; !error && i < reader->n_wholes; i++)
        xapian_database_add_database(reader->database,
                                     reader->wholes[i].database, &error);
    status = error ? reader_check(reader, error, failure)
                   : reader_list_shards(reader, failure);
    return status == STATUS_OK ? deleted_prepare(reader, failure) : status;
}

enum status reader_open_with(const char *const *paths, size_t n_paths,
                             const char *analyzer,
                             const struct reader_options *options,
                             struct reader **reader, struct failure *failure)
{
    struct reader *new = calloc(1, sizeof *new);
    enum status status = STATUS_OK;

    *reader = NULL;
    if (!new)
        return fail_memory(failure);
    new->ranking = ranking_defaults;
    if (options)
        new->options = *options;
    if (new->options.seconds == 0)
        new->options.seconds = REMOTE_SECONDS;
    new->analyzer = strdup(analyzer);
    if (!new->analyzer)
        status = fail_memory(failure);
    for (size_t i = 0; status == STATUS_OK && i < n_paths; i++)
        status = open_name(new, paths[i], 0, failure);
    if (status == STATUS_OK && n_paths == 0)
        status = fail(failure, STATUS_NO_INDEX, "no index was named");
    if (status == STATUS_OK)
        status = reader_join(new, failure);
    if (status == STATUS_OK)
        status = reader_check_any(new, failure);
    if (status != STATUS_OK) {
        reader_close(new);
        return status;
    }
    *reader = new;
    return STATUS_OK;
}

enum status reader_open(const char *const *paths, size_t n_paths,
                        const char *analyzer, struct reader **reader,
                        struct failure *failure)
{
    return reader_open_with(paths, n_paths, analyzer, NULL, reader, failure);
}

enum status reader_refresh(struct reader *reader, bool *changed,
                           struct failure *failure)
{
    struct reader *new, old;
    const char **paths;
    enum status status;

    *changed = false;
    for (size_t i = 0; i < reader->n_wholes; i++)
        *changed = *changed || whole_has_changed(&reader->wholes[i]);
    if (!*changed)
        return reader_refresh_remote(reader, changed, failure);
    paths = calloc(reader->n_wholes, sizeof *paths);
    if (!paths)
        return fail_memory(failure);
    for (size_t i = 0; i < reader->n_wholes; i++)
        paths[i] = reader->wholes[i].path;
    status = reader_open_with(paths, reader->n_wholes, reader->analyzer,
                              &reader->options, &new, failure);
    free(paths);
    if (status != STATUS_OK)
        return status;
    new->ranking = reader->ranking;
    old = *reader;
    *reader = *new;
    *new = old;
    reader_close(new);
    return STATUS_OK;
}

const struct ranking *reader_ranking(const struct reader *reader)
{
    return &reader->ranking;
}

void reader_set_ranking(struct reader *reader, const struct ranking *ranking)
{
    reader->ranking = *ranking;
}

void reader_close(struct reader *reader)
{
    if (!reader)
        return;
    free(reader->places);
    reader_let_go(reader);
    xapian_database_free(reader->database);
    for (size_t i = 0; i < reader->n_wholes; i++)
        release_whole(&reader->wholes[i]);
    for (size_t i = 0; i < reader->n_parts; i++)
        release_part(&reader->parts[i]);
    free(reader->shards);
    free(reader->wholes);
    free(reader->parts);
    free(reader->analyzer);
    free(reader);
}
