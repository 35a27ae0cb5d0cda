/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/guard.h"

#include "base/buffer.h"
#include "index/glass/format.h"
#include "index/glass/range.h"
#include "index/glass/version.h"

#include <stdlib.h>

/* Documents whose values of a slot stand in verified blocks. */
struct stretch {
    uint32_t from, behind;
};

struct guard {
    char *folder;
    struct sums *sums;
    struct verified tables[GLASS_N_TABLES];
    struct glass_root roots[GLASS_N_TABLES];
    struct stretch values[SCHEMA_N_VALUES];
    bool lengths;              /* are all verified */
    struct buffer first, last; /* keys */
};

void guard_free(struct guard *guard)
{
    if (!guard)
        return;
    for (unsigned i = 0; i < GLASS_N_TABLES; i++)
        verified_close(&guard->tables[i]);
    sums_free(guard->sums);
    buffer_release(&guard->first);
    buffer_release(&guard->last);
    free(guard->folder);
    free(guard);
}

const struct sums *guard_sums(const struct guard *guard)
{
    return guard ? guard->sums : NULL;
}

const struct verified *guard_table(const struct guard *guard,
                                   enum glass_table_kind kind)
{
    return guard ? &guard->tables[kind] : NULL;
}

/* Verify what stands in TABLE between the keys that were made. */
static enum status verify(struct guard *guard, enum glass_table_kind table,
                          struct bytes *behind, struct failure *failure)
{
    *behind = (struct bytes){NULL, 0};
    if (guard->first.failed || guard->last.failed)
        return fail_memory(failure);
    if (guard->roots[table].n_blocks == 0 ||
        glass_verify_range(&guard->tables[table], &guard->roots[table],
                           buffer_bytes(&guard->first),
                           buffer_bytes(&guard->last), behind))
        return STATUS_OK;
    return fail(failure, STATUS_CORRUPT, "'%s/%s' is damaged", guard->folder,
                glass_table_name(table));
}

/* Map a table, and verify its root, which Xapian reads when it is opened. */
static enum status open_table(struct guard *guard, enum glass_table_kind table,
                              struct failure *failure)
{
    const struct glass_root *root = &guard->roots[table];
    struct verified *file = &guard->tables[table];
    const char *name = glass_table_name(table);
    enum status status;

    if (root->n_blocks == 0)
        return STATUS_OK;
    if (!name)
        return fail(failure, STATUS_CORRUPT, "'%s' has a table too many",
                    guard->folder);
    status = verified_open(file, guard->folder, name, guard->sums, failure);
    if (status == STATUS_OK &&
        !verified_has(file, (uint64_t)root->root * GLASS_BLOCK_SIZE,
                      GLASS_BLOCK_SIZE))
        status = fail(failure, STATUS_CORRUPT, "'%s/%s' is damaged",
                      guard->folder, name);
    return status;
}

enum status guard_new(const char *folder, const struct file_check *check,
                      struct guard **guard, struct failure *failure)
{
    struct guard *new = calloc(1, sizeof *new);
    struct glass_statistics statistics;
    enum status status;

    *guard = NULL;
    if (!new)
        return fail_memory(failure);
    new->folder = strdup(folder);
    status = new->folder ? sums_open(folder, check, &new->sums, failure)
                         : fail_memory(failure);
    if (status == STATUS_OK)
        status = sums_check_file(new->sums, GLASS_VERSION_NAME, failure);
    if (status == STATUS_OK)
        status = glass_version_read(folder, new->roots, &statistics, failure);
    for (unsigned i = 0; status == STATUS_OK && i < GLASS_N_TABLES; i++)
        status = open_table(new, i, failure);
    if (status != STATUS_OK) {
        guard_free(new);
        return status;
    }
    *guard = new;
    return STATUS_OK;
}

/* Begin both keys with BYTES. */
static void begin_keys(struct guard *guard, struct bytes bytes)
{
    buffer_clear(&guard->first);
    buffer_clear(&guard->last);
    buffer_append(&guard->first, bytes.data, bytes.length);
    buffer_append(&guard->last, bytes.data, bytes.length);
}

static void begin_term(struct guard *guard, struct bytes term)
{
    begin_keys(guard, (struct bytes){NULL, 0});
    glass_append_term(&guard->first, term);
    glass_append_term(&guard->last, term);
}

/* Go on with BYTE. */
static void extend(struct guard *guard, char byte)
{
    buffer_append_byte(&guard->first, byte);
    buffer_append_byte(&guard->last, byte);
}

/* Go on with NUMBER. */
static void extend_sortable(struct guard *guard, uint32_t number)
{
    glass_append_sortable(&guard->first, number);
    glass_append_sortable(&guard->last, number);
}

/* Let the last key be behind all that go on with a sortable number, and before
 * what goes on with the FF behind a zero byte of a term. */
static void end_numbers(struct guard *guard)
{
    buffer_append_byte(&guard->last, '\xFE');
}

/* Let it be behind all that begin with it. */
static void end_all(struct guard *guard)
{
    while (guard->last.length <= GLASS_KEY_MAX && !guard->last.failed)
        buffer_append_byte(&guard->last, '\xFF');
}

enum status guard_all(struct guard *guard, enum guarded what, struct bytes term,
                      struct failure *failure)
{
    enum glass_table_kind table = GLASS_POSTLIST;
    struct bytes behind;
    enum status status;

    if (!guard || (what == GUARD_LENGTHS && guard->lengths))
        return STATUS_OK;
    begin_term(guard, term);
    switch (what) {
    case GUARD_FREQUENCY: break;
    case GUARD_POSTINGS:
        buffer_append_byte(&guard->last, '\0');
        end_numbers(guard);
        break;
    case GUARD_POSITIONS:
        table = GLASS_POSITION;
        extend(guard, '\0');
        end_numbers(guard);
        break;
    case GUARD_TERMS: end_all(guard); break;
    case GUARD_METADATA:
        begin_keys(guard, GLASS_KEY_METADATA);
        end_all(guard);
        break;
    case GUARD_LENGTHS:
        begin_keys(guard, GLASS_KEY_LENGTHS);
        end_numbers(guard);
        break;
    }
    status = verify(guard, table, &behind, failure);
    guard->lengths =
        guard->lengths || (what == GUARD_LENGTHS && status == STATUS_OK);
    return status;
}

enum status guard_values(struct guard *guard, enum schema_value slot,
                         struct failure *failure)
{
    struct bytes behind;
    enum status status;

    if (!guard || (guard->values[slot].from == 0 &&
                   guard->values[slot].behind == UINT32_MAX))
        return STATUS_OK;
    begin_keys(guard, GLASS_KEY_VALUE_STATISTICS);
    if (slot)
        extend(guard, (char)slot);
    status = verify(guard, GLASS_POSTLIST, &behind, failure);
    if (status != STATUS_OK)
        return status;
    begin_keys(guard, GLASS_KEY_VALUES);
    extend(guard, (char)slot);
    end_numbers(guard);
    status = verify(guard, GLASS_POSTLIST, &behind, failure);
    if (status == STATUS_OK)
        guard->values[slot] = (struct stretch){0, UINT32_MAX};
    return status;
}

/* The document with which the values of SLOT begin that have KEY, if it is of
 * these; otherwise none has so high a number. */
static uint32_t document_of(struct bytes key, enum schema_value slot)
{
    struct bytes head = GLASS_KEY_VALUES;
    char number[8] = "";
    const char *at = number;
    uint32_t document;
    size_t length;

    if (key.length <= head.length ||
        memcmp(key.data, head.data, head.length) != 0 ||
        key.data[head.length] != (char)slot)
        return UINT32_MAX;
    /* A key may be cut short, and stands for the lowest that it may have been.
     */
    length = key.length - head.length - 1;
    memcpy(number, key.data + head.length + 1,
           length < sizeof number ? length : sizeof number);
    return glass_read_sortable(&at, number + sizeof number, &document)
               ? document
               : 0;
}

enum status guard_value(struct guard *guard, enum schema_value slot,
                        uint32_t document, struct failure *failure)
{
    struct stretch *stretch;
    struct bytes behind;
    enum status status;

    if (!guard)
        return STATUS_OK;
    stretch = &guard->values[slot];
    if (document >= stretch->from && document < stretch->behind)
        return STATUS_OK;
    begin_keys(guard, GLASS_KEY_VALUES);
    extend(guard, (char)slot);
    extend_sortable(guard, document);
    status = verify(guard, GLASS_POSTLIST, &behind, failure);
    if (status == STATUS_OK)
        *stretch = (struct stretch){document, document_of(behind, slot)};
    return status;
}

enum status guard_positions(struct guard *guard, struct bytes term,
                            uint32_t document, struct failure *failure)
{
    struct bytes behind;

    if (!guard)
        return STATUS_OK;
    begin_term(guard, term);
    extend(guard, '\0');
    extend_sortable(guard, document);
    return verify(guard, GLASS_POSITION, &behind, failure);
}
