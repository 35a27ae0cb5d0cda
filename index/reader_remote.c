/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Indexes that others serve. A server that does not answer makes the operation
 * fail that found it out; its whole is lost, and reader_refresh connects again.
 *
 * Whatever a client learns of a database it learns anew with a connection, so a
 * connection that was lost is never mended: the database is opened anew, and
 * all wholes are joined anew. */
#include <config.h>

#include "index/reader_parts.h"
#include "index/remote.h"
#include "index/xapian_failure.h"

#include <stdlib.h>
#include <string.h>

/* With .partial, how long a server that was not there is left alone before it
 * is looked for again: looking can take as long as an answer may. */
enum { LOOK_AGAIN_SECONDS = 5 };

static time_t steady_clock(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

static void lose(struct whole *whole, const char *why)
{
    free(whole->why);
    whole->why = why ? strdup(why) : NULL;
    whole->looked = steady_clock();
}

/* Open what NAME stands for as *DATABASE, with N_INSIDE shards. */
static enum status connect_to(const struct reader *reader, const char *name,
                              xapian_database **database, uint32_t *n_inside,
                              struct failure *failure)
{
    unsigned seconds = reader->options.seconds;
    enum status status = remote_open(name, seconds, database, failure);

    if (status == STATUS_OK)
        status = reader_check_metadata(reader, *database, name, failure);
    if (status == STATUS_OK)
        status =
            remote_count_shards(name, seconds, *database, n_inside, failure);
    if (status != STATUS_OK) {
        xapian_database_free(*database);
        *database = NULL;
    }
    return status;
}

/* Let DATABASE, or an empty one where that is NULL, be all of WHOLE. */
static enum status put(struct reader *reader, struct whole *whole,
                       xapian_database *database, struct failure *failure)
{
    struct part *part = &reader->parts[whole->first_part];
    xapian_error *error = NULL;

    xapian_database_free(part->database);
    xapian_database_free(whole->database);
    part->database = database;
    whole->database = NULL;
    xapian_database_new(&whole->database, &error);
    if (!error && !database)
        xapian_database_new(&part->database, &error);
    if (!error)
        xapian_database_add_database(whole->database, part->database, &error);
    return error ? fail_xapian(failure, error, whole->path) : STATUS_OK;
}

/* Connect to WHOLE, in place of what there was. */
static enum status look_for(struct reader *reader, struct whole *whole,
                            struct failure *failure)
{
    struct part *part = &reader->parts[whole->first_part];
    xapian_database *database;
    enum status status =
        connect_to(reader, whole->path, &database, &part->n_inside, failure);
    enum status changed =
        put(reader, whole, database, status == STATUS_OK ? failure : NULL);

    whole->broken = false;
    whole->lost = status != STATUS_OK;
    if (whole->lost)
        lose(whole, failure ? failure->message : NULL);
    return status == STATUS_OK ? changed : status;
}

enum status reader_add_remote(struct reader *reader, const char *name,
                              struct failure *failure)
{
    enum status status = reader_add_whole(reader, name, failure);

    if (status == STATUS_OK)
        status = reader_add_part(reader, name, NULL, failure);
    if (status != STATUS_OK)
        return status;
    reader->wholes[reader->n_wholes - 1].remote = true;
    status = look_for(reader, &reader->wholes[reader->n_wholes - 1], failure);
    return status == STATUS_IO && reader->options.partial ? STATUS_OK : status;
}

/* Whether its server answers. */
static bool is_there(const struct reader *reader, const struct whole *whole)
{
    xapian_error *error = NULL;

    if (whole->broken || whole->lost)
        return false;
    xapian_database_keep_alive(reader->parts[whole->first_part].database,
                               &error);
    if (!error)
        return true;
    xapian_error_free(error);
    return false;
}

/* Look after WHOLE; *CHANGED if it came or went. */
static enum status refresh(struct reader *reader, struct whole *whole,
                           bool *changed, struct failure *failure)
{
    bool partial = reader->options.partial;
    enum status status;

    if (is_there(reader, whole) ||
        (whole->lost && partial &&
         steady_clock() - whole->looked < LOOK_AGAIN_SECONDS))
        return STATUS_OK;
    *changed = true;
    status = look_for(reader, whole, failure);
    return status == STATUS_IO && partial ? STATUS_OK : status;
}

enum status reader_check_any(const struct reader *reader,
                             struct failure *failure)
{
    const struct whole *whole = NULL;

    for (size_t i = 0; i < reader->n_wholes; i++) {
        whole = &reader->wholes[i];
        if (!whole->lost)
            return STATUS_OK;
    }
    return whole ? fail(failure, STATUS_IO, "none of the indexes answers: %s",
                        whole->why ? whole->why : whole->path)
                 : STATUS_OK;
}

enum status reader_refresh_remote(struct reader *reader, bool *changed,
                                  struct failure *failure)
{
    enum status status = STATUS_OK, joined;

    for (size_t i = 0; i < reader->n_wholes && status == STATUS_OK; i++)
        if (reader->wholes[i].remote)
            status = refresh(reader, &reader->wholes[i], changed, failure);
    if (*changed) {
        reader_let_go(reader);
        joined = reader_join(reader, status == STATUS_OK ? failure : NULL);
        if (status == STATUS_OK)
            status = joined;
    }
    return status == STATUS_OK ? reader_check_any(reader, failure) : status;
}

bool reader_missing(const struct reader *reader, size_t n, const char **what,
                    const char **why)
{
    for (size_t i = 0; i < reader->n_wholes; i++) {
        const struct whole *whole = &reader->wholes[i];

        if (!whole->lost || n-- > 0)
            continue;
        *what = whole->path;
        *why = whole->why ? whole->why : "it does not answer";
        return true;
    }
    return false;
}

const struct whole *reader_find_broken(const struct reader *reader,
                                       const xapian_error *error)
{
    xapian_status cause = xapian_error_status(error);

    for (size_t i = 0; i < reader->n_wholes; i++) {
        struct whole *whole = &reader->wholes[i];

        if (!whole->remote || !remote_is_error(whole->path, error))
            continue;
        if (cause == XAPIAN_NETWORK_ERROR ||
            cause == XAPIAN_NETWORK_TIMEOUT_ERROR)
            whole->broken = true;
        return whole;
    }
    return NULL;
}
