/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/reader_parts.h"

enum status reader_guard(const struct reader *reader, enum guarded what,
                         struct bytes term, struct failure *failure)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < reader->n_parts; i++)
        status = guard_all(reader->parts[i].guard, what, term, failure);
    return status;
}

enum status reader_guard_values(const struct reader *reader,
                                enum schema_value slot, struct failure *failure)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < reader->n_parts; i++)
        status = guard_values(reader->parts[i].guard, slot, failure);
    return status;
}
