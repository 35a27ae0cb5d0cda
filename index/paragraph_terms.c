/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/paragraph_terms.h"

#include "index/schema.h"

static enum status add_boolean(struct paragraph_terms *terms,
                               struct segment_part *part, const char *prefix,
                               struct bytes value, struct failure *failure)
{
    if (value.length == 0)
        return STATUS_OK;
    buffer_clear(&terms->term);
    schema_term(&terms->term, prefix, value);
    if (terms->term.failed)
        return fail_memory(failure);
    return segment_part_term(part, WORD_TERM, buffer_bytes(&terms->term), 0,
                             failure);
}

static enum status add_date(struct paragraph_terms *terms,
                            struct segment_part *part, struct bytes date,
                            struct failure *failure)
{
    static const struct {
        const char *prefix;
        size_t n_digits;
    } parts[] = {{TERM_YEAR, 4}, {TERM_MONTH, 6}, {TERM_DAY, 8}};
    char digits[8];
    size_t n_digits = schema_date(date, '0', digits);
    enum status status = STATUS_OK;

    for (size_t i = 0; i < 3 && parts[i].n_digits <= n_digits; i++) {
        status =
            add_boolean(terms, part, parts[i].prefix,
                        (struct bytes){digits, parts[i].n_digits}, failure);
        if (status != STATUS_OK)
            break;
    }
    return status;
}

/* The path, and each folder of it up to and with its '/'. */
static enum status add_path(struct paragraph_terms *terms,
                            struct segment_part *part, struct bytes path,
                            struct failure *failure)
{
    enum status status = add_boolean(terms, part, TERM_PATH, path, failure);

    for (size_t i = 0; status == STATUS_OK && i + 1 < path.length; i++)
        if (path.data[i] == '/')
            status = add_boolean(terms, part, TERM_PATH,
                                 (struct bytes){path.data, i + 1}, failure);
    return status;
}

/* The terms that paragraphs share. */
static enum status add_shared(struct paragraph_terms *terms,
                              const struct paragraph *paragraph,
                              struct segment_part *part,
                              struct failure *failure)
{
    const struct {
        const char *prefix;
        struct bytes value;
    } facts[] = {
        {TERM_DOCUMENT, paragraph->document},
        {TERM_KIND, paragraph->kind},
        {TERM_LANGUAGE, paragraph->language},
    };
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < sizeof facts / sizeof *facts;
         i++)
        status =
            add_boolean(terms, part, facts[i].prefix, facts[i].value, failure);
    if (status == STATUS_OK)
        status = add_path(terms, part, paragraph->path, failure);
    if (status == STATUS_OK)
        status = add_date(terms, part, paragraph->date, failure);
    terms->n_shared = segment_part_n_terms(part);
    return status;
}

/* Put down what shared terms are made of. Whether it is as of the paragraph
 * before. */
static bool same_facts(struct paragraph_terms *terms,
                       const struct paragraph *paragraph)
{
    const struct bytes facts[] = {paragraph->document, paragraph->kind,
                                  paragraph->language, paragraph->path,
                                  paragraph->date};
    struct buffer before = terms->facts;

    terms->facts = terms->facts_before;
    terms->facts_before = before;
    buffer_clear(&terms->facts);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        buffer_append_varint(&terms->facts, facts[i].length);
        buffer_append(&terms->facts, facts[i].data, facts[i].length);
    }
    return bytes_equal(buffer_bytes(&terms->facts), buffer_bytes(&before));
}

static enum status add_address(struct paragraph_terms *terms,
                               const struct paragraph *paragraph,
                               struct segment_part *part,
                               struct failure *failure)
{
    buffer_clear(&terms->address);
    buffer_clear(&terms->term);
    paragraph_address(paragraph, &terms->address);
    schema_address_term(&terms->term, buffer_bytes(&terms->address));
    if (terms->address.failed || terms->term.failed)
        return fail_memory(failure);
    return segment_part_term(part, WORD_TERM, buffer_bytes(&terms->term), 0,
                             failure);
}

static enum status add_date_value(struct segment_part *part, struct bytes date,
                                  struct failure *failure)
{
    char digits[8];

    if (schema_date(date, '0', digits) == 0)
        return STATUS_OK;
    return segment_part_value(part, VALUE_DATE,
                              (struct bytes){digits, sizeof digits}, failure);
}

enum status paragraph_terms_add(struct paragraph_terms *terms,
                                const struct paragraph *paragraph,
                                struct segment_part *part,
                                struct failure *failure)
{
    bool same = same_facts(terms, paragraph);
    enum status status;

    if (terms->facts.failed)
        return fail_memory(failure);
    if (same)
        status = segment_part_terms_again(part, terms->n_shared, failure);
    else
        status = add_shared(terms, paragraph, part, failure);
    if (status == STATUS_OK)
        status = add_address(terms, paragraph, part, failure);
    if (status == STATUS_OK)
        status = add_date_value(part, paragraph->date, failure);
    return status;
}

void paragraph_terms_clear(struct paragraph_terms *terms)
{
    buffer_clear(&terms->facts);
}

void paragraph_terms_release(struct paragraph_terms *terms)
{
    buffer_release(&terms->facts);
    buffer_release(&terms->facts_before);
    buffer_release(&terms->term);
    buffer_release(&terms->address);
}
