/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a result says of itself, member by member: the members of a line of JSON
 * and the columns of a line of TSV are the same, and chosen by the same names.
 */
#ifndef CLI_FIELDS_H
#define CLI_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"

struct output;
struct result;

/* How a format writes values. */
struct value_form {
    void (*text)(struct buffer *buffer, struct bytes text);
    const char *nothing; /* what is not known */
    bool objects;        /* of members, within a value */
    const char *list_begin, *list_middle, *list_end; /* of texts */
    const char *range_begin, *range_middle, *range_end;
};

enum { FIELDS_MAX = 32 };

struct field;

struct fields {
    const struct field *items[FIELDS_MAX];
    size_t n_items;
    bool chosen; /* by the user: then all are written */
};

/* The fields that LIST names, parted by commas, in its order. USAGE, with a
 * message that lists them all, where there is no such field. */
enum status fields_parse(const char *list, struct fields *fields,
                         struct failure *failure);

/* Whether FIELDS hold the one called NAME. */
bool fields_have(const struct fields *fields, const char *name);

const char *field_name(const struct field *field);

/* Whether FIELD, which the user did not ask for, has something to say. */
bool field_applies(const struct field *field, const struct output *output);

/* Append what FIELD of RESULT is to BUFFER, as FORM has it. */
void field_write(const struct field *field, const struct value_form *form,
                 const struct output *output, const struct result *result,
                 struct buffer *buffer);

#endif
