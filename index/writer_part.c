/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From paragraphs to terms, values and records; documents are counted within
 * the part. */
#include <config.h>

#include "index/writer_part.h"

#include "index/paragraph_terms.h"

#include <assert.h>
#include <stdlib.h>

enum status writer_part_new(const struct writer_options *options,
                            struct writer_part **part, struct failure *failure)
{
    struct writer_part *new = calloc(1, sizeof *new);
    enum status status;

    *part = NULL;
    if (!new)
        return fail_memory(failure);
    status = segment_part_new(options->portable, &new->paragraphs, failure);
    if (status == STATUS_OK)
        *part = new;
    else
        writer_part_free(new);
    return status;
}

static void release_name(struct document_name *name)
{
    buffer_release(&name->document);
    buffer_release(&name->path);
}

void writer_part_free(struct writer_part *part)
{
    if (!part)
        return;
    segment_part_free(part->paragraphs);
    free(part->orders);
    release_name(&part->first);
    release_name(&part->last);
    buffer_release(&part->record);
    paragraph_terms_release(&part->terms);
    free(part);
}

void writer_part_clear(struct writer_part *part)
{
    segment_part_clear(part->paragraphs);
    paragraph_terms_clear(&part->terms);
    part->n_paragraphs = part->n_documents = 0;
    part->text_size = 0;
    part->n_words = 0;
}

bool document_name_is(const struct document_name *name, struct bytes document,
                      struct bytes path)
{
    return bytes_equal(buffer_bytes(&name->document), document) &&
           bytes_equal(buffer_bytes(&name->path), path);
}

static bool assign(struct buffer *buffer, struct bytes content)
{
    buffer_clear(buffer);
    buffer_append(buffer, content.data, content.length);
    return !buffer->failed;
}

bool document_name_set(struct document_name *name, struct bytes document,
                       struct bytes path)
{
    return assign(&name->document, document) && assign(&name->path, path);
}

/* Count PARAGRAPH, and its document if it is a new one. */
static bool count(struct writer_part *part, const struct paragraph *paragraph)
{
    uint32_t n = part->n_paragraphs;

    if (!array_grow(&part->orders, &part->orders_capacity, (size_t)n + 1,
                    sizeof *part->orders))
        return false;
    if (n == 0 &&
        !document_name_set(&part->first, paragraph->document, paragraph->path))
        return false;
    if (n == 0 ||
        !document_name_is(&part->last, paragraph->document, paragraph->path)) {
        part->n_documents++;
        if (!document_name_set(&part->last, paragraph->document,
                               paragraph->path))
            return false;
    }
    part->orders[part->n_paragraphs++] =
        (struct part_order){part->n_documents, paragraph->ordinal};
    part->text_size += paragraph->text.length;
    return true;
}

enum status writer_part_begin_paragraph(struct writer_part *part,
                                        const struct paragraph *paragraph,
                                        struct failure *failure)
{
    struct paragraph unnumbered = *paragraph;
    enum status status;

    /* Its number is known when the part is taken; VALUE_ORDER has it. */
    unnumbered.document_number = 0;
    if (!count(part, paragraph))
        return fail_memory(failure);
    buffer_clear(&part->record);
    paragraph_encode(&unnumbered, &part->record);
    if (part->record.failed)
        return fail_memory(failure);
    status = segment_part_begin(part->paragraphs, buffer_bytes(&part->record),
                                paragraph->language, failure);
    if (status == STATUS_OK)
        status = paragraph_terms_add(&part->terms, paragraph, part->paragraphs,
                                     failure);
    return status;
}

enum status writer_part_add_word(struct writer_part *part, struct bytes word,
                                 uint32_t position, bool counts,
                                 struct failure *failure)
{
    assert(position > 0);
    part->n_words += counts && word.length > 0;
    return segment_part_word(part->paragraphs,
                             counts ? WORD_COUNTED : WORD_BESIDE, word,
                             position, failure);
}

enum status writer_part_add_field_word(struct writer_part *part,
                                       enum writer_field field,
                                       struct bytes word,
                                       struct failure *failure)
{
    static const enum word_kind kinds[] = {
        [WRITER_TEXT] = WORD_TEXT,
        [WRITER_TITLE] = WORD_TITLE,
        [WRITER_HEADING] = WORD_HEADING,
    };

    return segment_part_term(part->paragraphs, kinds[field], word, 1, failure);
}

enum status writer_part_end_paragraph(struct writer_part *part,
                                      struct failure *failure)
{
    (void)part;
    (void)failure;
    return STATUS_OK;
}

enum status writer_part_finish(struct writer_part *part,
                               struct failure *failure)
{
    return segment_part_finish(part->paragraphs, failure);
}

size_t writer_part_text_size(const struct writer_part *part)
{
    return part->text_size;
}

uint32_t writer_part_n_paragraphs(const struct writer_part *part)
{
    return part->n_paragraphs;
}
