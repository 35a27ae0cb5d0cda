/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fetching a paragraph. Its record is in the data of its own document or of one
 * some way before it in the same segment; value 2 says how far. */
#include <config.h>


#include "index/reader_parts.h"
#include "index/record_block.h"
#include "index/schema.h"

/* What leads to a record. */
struct whereabouts {
    uint32_t id;
    uint32_t before; /* documents */
    uint32_t document_number, ordinal;
};

/* The best paragraphs of many queries are in the same few blocks, and Xapian
 * inflates one each time that it is asked for. What is larger is held one at a
 * time. */
enum { HELD_LARGE = 64 * 1024 };

static void let_go(struct held *held)
{
    xapian_document_free(held->document);
    *held = (struct held){0};
}

void reader_let_go(struct reader *reader)
{
    for (size_t i = 0; i <= READER_HELD; i++)
        let_go(&reader->held[i]);
}

/* The document ID, if it is held; else NULL. */
static const struct held *find_held(const struct reader *reader, uint32_t id)
{
    for (size_t i = 0; i <= READER_HELD; i++)
        if (reader->held[i].id == id)
            return &reader->held[i];
    return NULL;
}

/* Where DATA is to be held: in place of what has been for longest, or, if it is
 * large, of what else is. */
static struct held *find_place(struct reader *reader, struct bytes data)
{
    if (data.length > HELD_LARGE)
        return &reader->held[READER_HELD];
    return &reader->held[reader->n_held++ % READER_HELD];
}

/* Read the document ID into HELD. */
static enum status read_document(const struct reader *reader, uint32_t id,
                                 unsigned flags, struct held *held,
                                 struct failure *failure)
{
    const struct part *part = reader->shards[(id - 1) % reader->n_shards].part;
    xapian_error *error = NULL;
    uint32_t number;
    struct guard *guard = reader_guard_of(reader, id, &number);
    enum status status = guard_data(guard, number, failure);

    if (status == STATUS_OK)
        status = guard_length(guard, number, failure);
    if (status != STATUS_OK)
        return status;
    held->id = id;
    if (xapian_database_get_document(reader->database, id, flags,
                                     &held->document, &error) == XAPIAN_OK)
        xapian_document_get_data(held->document, &held->data.data,
                                 &held->data.length, &error);
    status = reader_check(reader, error, failure);
    /* Whatever keeps Xapian from opening this table, it goes on as if there
     * were none. */
    if (status == STATUS_OK && held->data.length == 0 && part->guard)
        status = fail(failure, STATUS_IO, "cannot read '%s/docdata.glass'",
                      part->path);
    return status;
}

/* Hold the document ID, and put it into *OUT. */
static enum status hold(struct reader *reader, uint32_t id, unsigned flags,
                        const struct held **out, struct failure *failure)
{
    struct held read = {0}, *place;
    enum status status;

    *out = find_held(reader, id);
    if (*out)
        return STATUS_OK;
    status = read_document(reader, id, flags, &read, failure);
    if (status != STATUS_OK) {
        let_go(&read);
        return status;
    }
    place = find_place(reader, read.data);
    let_go(place);
    *place = read;
    *out = place;
    return STATUS_OK;
}

static uint32_t number_at(const char *bytes)
{
    uint32_t number = 0;

    for (size_t i = 0; i < 4; i++)
        number = number << 8 | (unsigned char)bytes[i];
    return number;
}

static enum status find_out(const struct reader *reader,
                            xapian_document *document, uint32_t id,
                            struct whereabouts *where, struct failure *failure)
{
    xapian_error *error = NULL;
    uint32_t number;
    struct guard *guard = reader_guard_of(reader, id, &number);
    enum status status = guard_value(guard, VALUE_ORDER, number, failure);
    const char *order = NULL, *block = NULL, *end;
    size_t order_length = 0, block_length = 0;
    uint64_t before = 0;

    if (status == STATUS_OK)
        status = guard_value(guard, VALUE_BLOCK, number, failure);
    if (status != STATUS_OK)
        return status;
    if (xapian_document_get_value(document, VALUE_ORDER, &order, &order_length,
                                  &error) == XAPIAN_OK &&
        order_length >= 8) {
        where->document_number = number_at(order);
        where->ordinal = number_at(order + 4);
    }
    if (!error)
        xapian_document_get_value(document, VALUE_BLOCK, &block, &block_length,
                                  &error);
    if (!error && block_length) {
        end = block + block_length;
        (void)varint_read(&block, end, &before);
        where->before = before > UINT32_MAX ? UINT32_MAX : (uint32_t)before;
    }
    return reader_check(reader, error, failure);
}

/* Whether HELD *MAY be the document with whose record the block begins that has
 * the one of WHERE. */
static enum status may_begin_block(const struct reader *reader,
                                   const struct held *held,
                                   const struct whereabouts *where, bool *may,
                                   struct failure *failure)
{
    struct whereabouts first = {.id = 0};
    enum status status =
        find_out(reader, held->document, held->id, &first, failure);

    *may = status == STATUS_OK && first.before == 0 &&
           first.document_number <= where->document_number;
    return status;
}

static enum status fail_record(struct failure *failure)
{
    return fail(failure, STATUS_CORRUPT, "a paragraph's record is damaged");
}

/* Decode record number N of those that HELD has. */
static enum status decode(struct reader *reader, const struct held *held,
                          uint32_t n, struct paragraph *paragraph,
                          struct failure *failure)
{
    struct bytes record;

    if (!record_block_find(held->data, n, &record))
        return fail_record(failure);
    return paragraph_decode(record.data, record.length, paragraph,
                            &reader->places, &reader->places_capacity, failure);
}

/* The paragraph whose record is in another document's block. */
static enum status fetch_far(struct reader *reader,
                             const struct whereabouts *where,
                             struct paragraph *paragraph,
                             struct failure *failure)
{
    const struct shard *shard =
        &reader->shards[(where->id - 1) % reader->n_shards];
    uint64_t distance = (uint64_t)where->before * reader->n_shards;
    const struct held *held;
    enum status status;
    bool fits = false;

    distance *= shard->part->n_inside;
    if (distance >= where->id)
        return fail_record(failure);
    status = hold(reader, where->id - (uint32_t)distance,
                  XAPIAN_DOC_ASSUME_VALID, &held, failure);
    if (status == STATUS_OK)
        status = decode(reader, held, where->before, paragraph, failure);
    if (status == STATUS_OK && paragraph->ordinal == where->ordinal)
        status = may_begin_block(reader, held, where, &fits, failure);
    if (status == STATUS_OK && fits)
        return STATUS_OK;
    *paragraph = (struct paragraph){0};
    return status == STATUS_OK ? fail_record(failure) : status;
}

enum status reader_paragraph(struct reader *reader, uint32_t id,
                             struct paragraph *paragraph,
                             struct failure *failure)
{
    struct whereabouts where = {.id = id};
    const struct held *held;
    xapian_document *document = NULL;
    xapian_error *error = NULL;
    uint32_t number;
    struct guard *guard = reader_guard_of(reader, id, &number);
    enum status status = guard_length(guard, number, failure);

    *paragraph = (struct paragraph){0};
    if (status != STATUS_OK)
        return status;
    xapian_database_get_document(reader->database, id, 0, &document, &error);
    status = reader_check(reader, error, failure);
    if (status == STATUS_OK)
        status = find_out(reader, document, id, &where, failure);
    xapian_document_free(document);
    if (status != STATUS_OK)
        return status;
    if (where.before) {
        status = fetch_far(reader, &where, paragraph, failure);
    } else {
        status = hold(reader, id, 0, &held, failure);
        if (status == STATUS_OK)
            status = decode(reader, held, 0, paragraph, failure);
    }
    if (status == STATUS_OK)
        paragraph->document_number = where.document_number;
    return status;
}
