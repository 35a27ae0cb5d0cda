/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/paragraph_terms.h"

#include "base/buffer.h"
#include "index/schema.h"

/* Where the terms go, and the one that is being made. */
struct terms {
    struct segment_part *part;
    struct buffer term;
};

static enum status add_boolean(struct terms *terms, const char *prefix,
                               struct bytes value, struct failure *failure)
{
    if (value.length == 0)
        return STATUS_OK;
    buffer_clear(&terms->term);
    schema_term(&terms->term, prefix, value);
    if (terms->term.failed)
        return fail_memory(failure);
    return segment_part_term(terms->part, WORD_TERM, buffer_bytes(&terms->term),
                             0, failure);
}

static enum status add_date(struct terms *terms, struct bytes date,
                            struct failure *failure)
{
    static const struct {
        const char *prefix;
        size_t n_digits;
    } parts[] = {{TERM_YEAR, 4}, {TERM_MONTH, 6}, {TERM_DAY, 8}};
    char digits[8];
    size_t n_digits = schema_date(date, '0', digits);
    enum status status = STATUS_OK;

    if (n_digits == 0)
        return STATUS_OK;
    for (size_t i = 0; i < 3 && parts[i].n_digits <= n_digits; i++) {
        status =
            add_boolean(terms, parts[i].prefix,
                        (struct bytes){digits, parts[i].n_digits}, failure);
        if (status != STATUS_OK)
            return status;
    }
    return segment_part_value(terms->part, VALUE_DATE,
                              (struct bytes){digits, sizeof digits}, failure);
}

static enum status add_address(struct terms *terms,
                               const struct paragraph *paragraph,
                               struct failure *failure)
{
    struct buffer address = BUFFER_EMPTY;
    enum status status;

    paragraph_address(paragraph, &address);
    status = address.failed ? fail_memory(failure)
                            : add_boolean(terms, TERM_ADDRESS,
                                          buffer_bytes(&address), failure);
    buffer_release(&address);
    return status;
}

/* The path, and each folder of it up to and with its '/'. */
static enum status add_path(struct terms *terms, struct bytes path,
                            struct failure *failure)
{
    enum status status = add_boolean(terms, TERM_PATH, path, failure);

    for (size_t i = 0; status == STATUS_OK && i + 1 < path.length; i++)
        if (path.data[i] == '/')
            status = add_boolean(terms, TERM_PATH,
                                 (struct bytes){path.data, i + 1}, failure);
    return status;
}

static enum status add_booleans(struct terms *terms,
                                const struct paragraph *paragraph,
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
    enum status status = add_address(terms, paragraph, failure);

    for (size_t i = 0; status == STATUS_OK && i < sizeof facts / sizeof *facts;
         i++)
        status = add_boolean(terms, facts[i].prefix, facts[i].value, failure);
    if (status == STATUS_OK)
        status = add_path(terms, paragraph->path, failure);
    if (status == STATUS_OK)
        status = add_date(terms, paragraph->date, failure);
    return status;
}

enum status paragraph_terms_add(const struct paragraph *paragraph,
                                struct segment_part *part,
                                struct failure *failure)
{
    struct terms terms = {part, BUFFER_EMPTY};
    enum status status = add_booleans(&terms, paragraph, failure);

    buffer_release(&terms.term);
    return status;
}
