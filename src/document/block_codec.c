/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/block_codec.h"

#include "base/ascii.h"
#include "index/schema.h"
#include "src/text/utf8.h"

#include <stdlib.h>

void block_encode(const struct block *block, struct buffer *out)
{
    unsigned level =
        block->level < BLOCK_MAX_LEVEL ? block->level : BLOCK_MAX_LEVEL;
    const struct paragraph record = {
        .document_number = block->role,
        .ordinal = level,
        .label = block->number,
        .kind = block->name,
        .text = block->text,
        .places = block->places,
        .n_places = block->n_places,
        .unit = block->unit,
    };

    paragraph_encode(&record, out);
}

void facts_encode(const struct document_facts *facts, struct buffer *out)
{
    const struct paragraph record = {
        .document = facts->symbol,
        .title = facts->title,
        .date = facts->date,
        .language = facts->language,
        .kind = facts->body,
    };

    paragraph_encode(&record, out);
}

static enum status damaged(struct failure *failure)
{
    return fail(failure, STATUS_CORRUPT, "a block is damaged");
}

/* All strings are text; those that neither a block nor facts use are empty. */
static bool is_sound(const struct paragraph *record)
{
    const struct bytes strings[] = {
        record->document, record->title, record->date, record->language,
        record->label,    record->kind,  record->text,
    };

    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        if (!utf8_valid(strings[i].data, strings[i].length))
            return false;
    return record->id.length == 0 && record->path.length == 0 &&
           record->heading.length == 0;
}

static bool is_language(struct bytes language)
{
    return language.length == 2 && is_ascii_small(language.data[0]) &&
           is_ascii_small(language.data[1]);
}

static bool is_name(struct bytes name)
{
    static const char *const names[] = {"preamble", "operative", "annex",
                                        "formula", "signature"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (bytes_equal(name, bytes_of(names[i])))
            return true;
    return false;
}

enum status block_decode(const char *data, size_t length, struct block *block,
                         struct place **places, size_t *capacity,
                         struct failure *failure)
{
    struct paragraph record;
    enum status status =
        paragraph_decode(data, length, &record, places, capacity, failure);

    *block = (struct block){.role = BLOCK_TEXT};
    if (status)
        return status;
    if (!is_sound(&record) || record.document.length || record.title.length ||
        record.date.length || record.language.length ||
        record.document_number > BLOCK_FURNITURE ||
        record.ordinal > BLOCK_MAX_LEVEL)
        return damaged(failure);
    block->role = (enum block_role)record.document_number;
    block->level = record.ordinal;
    if (block->role == BLOCK_HEADING && block->level == 0)
        block->level = 1;
    block->number = record.label;
    if (is_name(record.kind))
        block->name = record.kind;
    block->text = record.text;
    block->places = record.places;
    block->n_places = record.n_places;
    block->unit = record.unit;
    return STATUS_OK;
}

enum status facts_decode(const char *data, size_t length,
                         struct document_facts *facts, struct failure *failure)
{
    struct place *places = NULL;
    size_t capacity = 0;
    char digits[8];
    struct paragraph record;
    enum status status =
        paragraph_decode(data, length, &record, &places, &capacity, failure);

    *facts = (struct document_facts){.symbol = {NULL, 0}};
    free(places);
    if (status)
        return status;
    if (!is_sound(&record) || record.n_places || record.label.length ||
        record.text.length || record.document_number || record.ordinal ||
        record.unit)
        return damaged(failure);
    facts->symbol = record.document;
    facts->title = record.title;
    facts->body = record.kind;
    if (schema_date(record.date, '0', digits) > 0)
        facts->date = record.date;
    if (is_language(record.language))
        facts->language = record.language;
    return STATUS_OK;
}
