/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fields of a Word document: "begin, code, separate, result, end", which can
 * stand in each other and go on over paragraphs. Only the result is text. */
#ifndef DOCUMENT_FOREIGN_DOCX_FIELDS_H
#define DOCUMENT_FOREIGN_DOCX_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"

enum {
    DOCX_MAX_FIELDS = 32, /* in each other; deeper ones have no code */
    DOCX_FIELD_NAME = 12,
};

struct docx_fields {
    struct {
        char name[DOCX_FIELD_NAME]; /* what the code begins with */
        size_t length;
        bool in_result;
    } open[DOCX_MAX_FIELDS];
    size_t n; /* may be more than there is room for */
};

/* The value of a fldChar: "begin", "separate" or "end". */
void docx_field_mark(struct docx_fields *fields, struct bytes type);

/* A piece of the code of the field that is open. */
void docx_field_code(struct docx_fields *fields, struct bytes code);

/* Whether what comes now is, or is within, the code of a field. */
bool docx_fields_in_code(const struct docx_fields *fields);

/* Whether it is, or is within, the result of a field whose code begins with
 * NAME. */
bool docx_fields_in_result(const struct docx_fields *fields, const char *name);

/* Whether it belongs to a table of contents, or an index. */
bool docx_fields_in_contents(const struct docx_fields *fields);

#endif
