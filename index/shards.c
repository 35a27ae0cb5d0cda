/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The physical databases that Xapian deals document numbers out to, and what is
 * known of positions in each. */
#include <config.h>

#include "index/reader_parts.h"

#include "index/schema.h"
#include "index/xapian_failure.h"

#include <stdlib.h>
#include <string.h>

/* Find out what PART has. */
static enum status ask(struct part *part, struct failure *failure)
{
    static const char key[] = SCHEMA_METADATA_POSITIONS;
    xapian_error *error = NULL;
    char *uuid = NULL, *where = NULL;
    size_t length = 0;
    enum status status = STATUS_OK;

    free(part->uuid);
    part->uuid = NULL;
    if (xapian_database_uuid(part->database, &uuid, &length, &error) ==
        XAPIAN_OK)
        part->uuid = strndup(uuid, length);
    xapian_free(uuid);
    if (!error && !part->uuid)
        return fail_memory(failure);
    if (!error && !part->forward)
        status = guard_all(part->guard, GUARD_METADATA, (struct bytes){NULL, 0},
                           failure);
    if (status != STATUS_OK)
        return status;
    /* It has no forward index here; had it one where it was written? */
    if (!error && !part->forward)
        xapian_database_get_metadata(part->database, key, sizeof key - 1,
                                     &where, &length, &error);
    part->lost = where && length > 0;
    xapian_free(where);
    return error ? fail_xapian(failure, error, part->path) : STATUS_OK;
}

/* Add the shards of PART to those of READER, which has room. */
static void add_shards(struct reader *reader, const struct part *part,
                       uint32_t n)
{
    const char *uuid = part->uuid;

    for (uint32_t i = 0; i < n; i++) {
        size_t length = strcspn(uuid, ":");

        reader->shards[reader->n_shards++] =
            (struct shard){part, {uuid, length}, i, n};
        uuid += length;
        uuid += *uuid == ':';
    }
}

const struct part *reader_part_of(const struct reader *reader, uint32_t id,
                                  uint32_t *document)
{
    *document = (uint32_t)((id - 1) / reader->n_shards + 1);
    return reader->shards[(id - 1) % reader->n_shards].part;
}

enum status reader_list_shards(struct reader *reader, struct failure *failure)
{
    size_t n = xapian_database_size(reader->database), part;
    enum status status = STATUS_OK;

    free(reader->shards);
    reader->n_shards = 0;
    reader->shards = calloc(n + 1, sizeof *reader->shards);
    if (!reader->shards)
        return fail_memory(failure);
    for (size_t i = 0; i < reader->n_wholes; i++) {
        struct whole *whole = &reader->wholes[i];

        part = whole->first_part;
        whole->first_shard = reader->n_shards;
        whole->n_shards = xapian_database_size(whole->database);
        while (reader->n_shards - whole->first_shard < whole->n_shards) {
            size_t size = xapian_database_size(reader->parts[part].database);

            status = ask(&reader->parts[part], failure);
            if (status != STATUS_OK)
                return status;
            add_shards(reader, &reader->parts[part++], (uint32_t)size);
        }
    }
    return STATUS_OK;
}
