/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/query/field.h"

#include "src/query/excerpt.h"

static const char *const names[N_FIELDS] = {
    [FIELD_SYMBOL] = "symbol", [FIELD_KIND] = "kind", [FIELD_LANGUAGE] = "lang",
    [FIELD_DATE] = "date",     [FIELD_PATH] = "path", [FIELD_TITLE] = "title",
};

bool query_field_find(struct bytes name, enum query_field *field)
{
    unsigned i;

    for (i = 0; i < N_FIELDS; i++) {
        if (bytes_are_nocase(name, names[i])) {
            *field = (enum query_field)i;
            return true;
        }
    }
    return false;
}

const char *query_field_name(enum query_field field)
{
    return names[field];
}

enum status query_field_unknown(struct bytes name, size_t column,
                                struct failure *failure)
{
    return fail_column(failure, column,
                       "there is no field '%s' (there are symbol, kind, lang, "
                       "date, path, title); quote it to search for the text",
                       excerpt_of(name).text);
}
