/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A part is a list of what it was told, to be told again to the writer. */
#include <config.h>

#include "index/writer_part.h"

#include <assert.h>
#include <stdlib.h>

#include "base/buffer.h"

enum operation {
    OPERATION_BEGIN, /* length of the record, record */
    OPERATION_WORD,  /* position times two plus counts, length, word */
    OPERATION_FIELD, /* field, length, word */
    OPERATION_END,
};

struct writer_part {
    struct buffer operations;
    struct buffer record;         /* of the paragraph that is begun */
    struct buffer document, file; /* of the paragraph before */
    size_t text_size;
    uint32_t n_paragraphs, n_documents;
};

enum status writer_part_new(const struct writer_options *options,
                            struct writer_part **part, struct failure *failure)
{
    (void)options;
    *part = calloc(1, sizeof **part);
    return *part ? STATUS_OK : fail_memory(failure);
}

void writer_part_free(struct writer_part *part)
{
    if (!part)
        return;
    buffer_release(&part->operations);
    buffer_release(&part->record);
    buffer_release(&part->document);
    buffer_release(&part->file);
    free(part);
}

void writer_part_clear(struct writer_part *part)
{
    buffer_clear(&part->operations);
    buffer_clear(&part->record);
    buffer_clear(&part->document);
    buffer_clear(&part->file);
    part->text_size = 0;
    part->n_paragraphs = part->n_documents = 0;
}

static enum status check(const struct writer_part *part,
                         struct failure *failure)
{
    return part->operations.failed ? fail_memory(failure) : STATUS_OK;
}

static void append_string(struct buffer *buffer, struct bytes string)
{
    buffer_append_varint(buffer, string.length);
    buffer_append(buffer, string.data, string.length);
}

static void assign(struct buffer *buffer, struct bytes content)
{
    buffer_clear(buffer);
    buffer_append(buffer, content.data, content.length);
}

static void count(struct writer_part *part, const struct paragraph *paragraph)
{
    part->text_size += paragraph->text.length;
    if (part->n_paragraphs++ > 0 &&
        bytes_equal(buffer_bytes(&part->document), paragraph->document) &&
        bytes_equal(buffer_bytes(&part->file), paragraph->path))
        return;
    part->n_documents++;
    assign(&part->document, paragraph->document);
    assign(&part->file, paragraph->path);
}

enum status writer_part_begin_paragraph(struct writer_part *part,
                                        const struct paragraph *paragraph,
                                        struct failure *failure)
{
    count(part, paragraph);
    buffer_clear(&part->record);
    paragraph_encode(paragraph, &part->record);
    if (part->record.failed || part->document.failed || part->file.failed)
        return fail_memory(failure);
    buffer_append_byte(&part->operations, OPERATION_BEGIN);
    append_string(&part->operations, buffer_bytes(&part->record));
    return check(part, failure);
}

enum status writer_part_add_word(struct writer_part *part, struct bytes word,
                                 uint32_t position, bool counts,
                                 struct failure *failure)
{
    assert(position > 0);
    buffer_append_byte(&part->operations, OPERATION_WORD);
    buffer_append_varint(&part->operations, (uint64_t)position << 1 | counts);
    append_string(&part->operations, word);
    return check(part, failure);
}

enum status writer_part_add_field_word(struct writer_part *part,
                                       enum writer_field field,
                                       struct bytes word,
                                       struct failure *failure)
{
    buffer_append_byte(&part->operations, OPERATION_FIELD);
    buffer_append_byte(&part->operations, (char)field);
    append_string(&part->operations, word);
    return check(part, failure);
}

enum status writer_part_end_paragraph(struct writer_part *part,
                                      struct failure *failure)
{
    buffer_append_byte(&part->operations, OPERATION_END);
    return check(part, failure);
}

size_t writer_part_text_size(const struct writer_part *part)
{
    return part->text_size;
}

uint32_t writer_part_n_paragraphs(const struct writer_part *part)
{
    return part->n_paragraphs;
}

uint32_t writer_part_n_documents(const struct writer_part *part)
{
    return part->n_documents;
}

static uint64_t next_number(struct bytes *rest)
{
    const char *cursor = rest->data, *end = rest->data + rest->length;
    uint64_t number = 0;
    bool good = varint_read(&cursor, end, &number);

    assert(good);
    (void)good;
    *rest = (struct bytes){cursor, (size_t)(end - cursor)};
    return number;
}

static struct bytes next_string(struct bytes *rest)
{
    size_t length = (size_t)next_number(rest);
    struct bytes string = {rest->data, length};

    *rest = (struct bytes){rest->data + length, rest->length - length};
    return string;
}

static enum status replay_begin(struct bytes record,
                                const struct writer_part_receiver *receiver,
                                struct failure *failure)
{
    struct paragraph paragraph;
    struct place *places = NULL;
    size_t capacity = 0;
    enum status status = paragraph_decode(
        record.data, record.length, &paragraph, &places, &capacity, failure);

    if (status == STATUS_OK)
        status = receiver->begin(receiver->context, &paragraph, failure);
    free(places);
    return status;
}

/* Tell the operation that REST begins with, and cut it off. */
static enum status replay_one(struct bytes *rest,
                              const struct writer_part_receiver *receiver,
                              struct failure *failure)
{
    uint64_t operation = next_number(rest), number;
    void *context = receiver->context;

    switch ((enum operation)operation) {
    case OPERATION_BEGIN:
        return replay_begin(next_string(rest), receiver, failure);
    case OPERATION_WORD:
        number = next_number(rest);
        return receiver->word(context, next_string(rest),
                              (uint32_t)(number >> 1), number & 1, failure);
    case OPERATION_FIELD:
        number = next_number(rest);
        return receiver->field_word(context, (enum writer_field)number,
                                    next_string(rest), failure);
    case OPERATION_END: break;
    }
    return receiver->end(context, failure);
}

enum status writer_part_replay(const struct writer_part *part,
                               const struct writer_part_receiver *receiver,
                               struct failure *failure)
{
    struct bytes rest = buffer_bytes(&part->operations);
    enum status status = STATUS_OK;

    while (status == STATUS_OK && rest.length > 0)
        status = replay_one(&rest, receiver, failure);
    return status;
}
