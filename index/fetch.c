/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fetching a paragraph. Its record is in the data of its own document or of one
 * some way before it in the same segment; value 2 says how far. A segment of
 * ours is read in place (index/record_table.h), any other database by Xapian.
 */
#include <config.h>

#include "index/reader_parts.h"
#include "index/record_block.h"
#include "index/schema.h"

/* The best paragraphs of many queries are in the same few blocks, which would
 * be inflated each time. What is larger is held one at a time. */
enum { HELD_LARGE = 64 * 1024 };

static void let_go(struct held *held)
{
    xapian_document_free(held->document);
    buffer_release(&held->inflated);
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
static struct held *find_room(struct reader *reader, struct bytes data)
{
    if (data.length > HELD_LARGE)
        return &reader->held[READER_HELD];
    return &reader->held[reader->n_held++ % READER_HELD];
}

static enum status fail_record(struct failure *failure)
{
    return fail(failure, STATUS_CORRUPT, "a paragraph's record is damaged");
}

/* What Xapian's DOCUMENT says of where its record is. */
static enum status ask_place(const struct reader *reader,
                             xapian_document *document,
                             struct record_place *place,
                             struct failure *failure)
{
    struct bytes order = {NULL, 0}, block = {NULL, 0};
    xapian_error *error = NULL;
    enum status status;

    if (xapian_document_get_value(document, VALUE_ORDER, &order.data,
                                  &order.length, &error) == XAPIAN_OK)
        xapian_document_get_value(document, VALUE_BLOCK, &block.data,
                                  &block.length, &error);
    status = reader_check(reader, error, failure);
    if (status == STATUS_OK && !record_place_read(order, block, place))
        status = fail_record(failure);
    return status;
}

enum status reader_place(const struct reader *reader, uint32_t id,
                         struct record_place *place, struct failure *failure)
{
    uint32_t number;
    const struct part *part = reader_part_of(reader, id, &number);
    xapian_document *document = NULL;
    xapian_error *error = NULL;
    enum status status;

    *place = (struct record_place){0};
    if (part->records)
        return record_table_place(part->records, number, place, failure);
    xapian_database_get_document(reader->database, id, 0, &document, &error);
    status = reader_check(reader, error, failure);
    if (status == STATUS_OK)
        status = ask_place(reader, document, place, failure);
    xapian_document_free(document);
    return status;
}

/* Read the document ID, which is there, into HELD. */
static enum status read_document(const struct reader *reader, uint32_t id,
                                 struct held *held, struct failure *failure)
{
    uint32_t number;
    const struct part *part = reader_part_of(reader, id, &number);
    xapian_error *error = NULL;
    enum status status;

    held->id = id;
    if (part->records) {
        status =
            record_table_place(part->records, number, &held->place, failure);
        if (status == STATUS_OK)
            status = record_table_data(part->records, number, &held->inflated,
                                       failure);
        held->data = buffer_bytes(&held->inflated);
        return status;
    }
    if (xapian_database_get_document(reader->database, id,
                                     XAPIAN_DOC_ASSUME_VALID, &held->document,
                                     &error) == XAPIAN_OK)
        xapian_document_get_data(held->document, &held->data.data,
                                 &held->data.length, &error);
    status = reader_check(reader, error, failure);
    return status == STATUS_OK
               ? ask_place(reader, held->document, &held->place, failure)
               : status;
}

/* Hold the document ID, and put it into *OUT. */
static enum status hold(struct reader *reader, uint32_t id,
                        const struct held **out, struct failure *failure)
{
    struct held read = {0}, *room;
    enum status status;

    *out = find_held(reader, id);
    if (*out)
        return STATUS_OK;
    status = read_document(reader, id, &read, failure);
    if (status != STATUS_OK) {
        let_go(&read);
        return status;
    }
    room = find_room(reader, read.data);
    let_go(room);
    *room = read;
    *out = room;
    return STATUS_OK;
}

/* Decode the record at PLACE, of those that HELD has, which must be its. */
static enum status decode(struct reader *reader, const struct held *held,
                          const struct record_place *place,
                          struct paragraph *paragraph, struct failure *failure)
{
    struct bytes record;
    enum status status;

    if (held->place.before > 0 ||
        held->place.document_number > place->document_number ||
        !record_block_find(held->data, place->before, &record))
        return fail_record(failure);
    status =
        paragraph_decode(record.data, record.length, paragraph, &reader->places,
                         &reader->places_capacity, failure);
    return status == STATUS_OK && paragraph->ordinal != place->ordinal
               ? fail_record(failure)
               : status;
}

/* The paragraph ID, whose record is at PLACE. */
static enum status fetch(struct reader *reader, uint32_t id,
                         const struct record_place *place,
                         struct paragraph *paragraph, struct failure *failure)
{
    uint32_t number;
    const struct part *part = reader_part_of(reader, id, &number);
    uint64_t distance = (uint64_t)place->before * reader->n_shards;
    const struct held *held;
    enum status status;

    distance *= part->n_inside;
    if (distance >= id)
        return fail_record(failure);
    status = hold(reader, id - (uint32_t)distance, &held, failure);
    return status == STATUS_OK ? decode(reader, held, place, paragraph, failure)
                               : status;
}

enum status reader_paragraph(struct reader *reader, uint32_t id,
                             struct paragraph *paragraph,
                             struct failure *failure)
{
    struct record_place place;
    enum status status = reader_place(reader, id, &place, failure);

    if (status == STATUS_OK)
        status = fetch(reader, id, &place, paragraph, failure);
    if (status == STATUS_OK)
        paragraph->document_number = place.document_number;
    else
        *paragraph = (struct paragraph){0};
    return status;
}
