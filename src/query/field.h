/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The fields of a query, name:value: filters by what a paragraph is and where
 * it stands. */
#ifndef QUERY_FIELD_H
#define QUERY_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/status.h"

enum query_field {
    FIELD_SYMBOL,   /* symbol:A/RES/59/153: of that document */
    FIELD_KIND,     /* kind:operative */
    FIELD_LANGUAGE, /* lang:en */
    FIELD_DATE,     /* date:2003, date:2003-07..2005, date:2003.. */
    FIELD_PATH,     /* path:FILE, path:FOLDER/ with all that is in it */
    FIELD_TITLE,    /* title:words: all of them in the document's title */
    N_FIELDS,
};

/* The field called NAME, in any case. */
bool query_field_find(struct bytes name, enum query_field *field);

/* Static. */
const char *query_field_name(enum query_field field);

/* STATUS_QUERY for a NAME at COLUMN that is none, saying which there are. */
enum status query_field_unknown(struct bytes name, size_t column,
                                struct failure *failure);

#endif
