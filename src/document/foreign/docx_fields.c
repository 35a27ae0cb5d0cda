/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A small stack of open fields. */
#include <config.h>

#include "src/document/foreign/docx_fields.h"

#include <strings.h>

static size_t n_known(const struct docx_fields *fields)
{
    return fields->n < DOCX_MAX_FIELDS ? fields->n : DOCX_MAX_FIELDS;
}

void docx_field_mark(struct docx_fields *fields, struct bytes type)
{
    if (bytes_equal(type, bytes_of("begin"))) {
        if (fields->n < DOCX_MAX_FIELDS) {
            fields->open[fields->n].length = 0;
            fields->open[fields->n].in_result = false;
        }
        fields->n++;
    } else if (fields->n > 0 && bytes_equal(type, bytes_of("separate"))) {
        if (fields->n <= DOCX_MAX_FIELDS)
            fields->open[fields->n - 1].in_result = true;
    } else if (fields->n > 0 && bytes_equal(type, bytes_of("end"))) {
        fields->n--;
    }
}

void docx_field_code(struct docx_fields *fields, struct bytes code)
{
    size_t i;

    if (fields->n == 0 || fields->n > DOCX_MAX_FIELDS)
        return;
    for (i = 0; i < code.length; i++) {
        size_t *length = &fields->open[fields->n - 1].length;
        bool blank = (unsigned char)code.data[i] <= ' ';

        if (*length < DOCX_FIELD_NAME && (!blank || *length > 0))
            fields->open[fields->n - 1].name[(*length)++] = code.data[i];
    }
}

bool docx_fields_in_code(const struct docx_fields *fields)
{
    size_t i;

    for (i = 0; i < n_known(fields); i++)
        if (!fields->open[i].in_result)
            return true;
    return false;
}

bool docx_fields_in_result(const struct docx_fields *fields, const char *name)
{
    size_t length = strlen(name), i;

    for (i = 0; i < n_known(fields); i++)
        if (fields->open[i].in_result && fields->open[i].length >= length &&
            strncasecmp(fields->open[i].name, name, length) == 0)
            return true;
    return false;
}

bool docx_fields_in_contents(const struct docx_fields *fields)
{
    return docx_fields_in_result(fields, "TOC") ||
           docx_fields_in_result(fields, "TOA") ||
           docx_fields_in_result(fields, "INDEX");
}
