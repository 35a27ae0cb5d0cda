/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/cli/context.h"

#include "index/schema.h"

#include <stdlib.h>

enum status context_find(struct reader *reader,
                         const struct paragraph *paragraph, uint32_t id,
                         size_t n, struct context *context,
                         struct failure *failure)
{
    struct buffer term = BUFFER_EMPTY;
    size_t n_ids = 0, at = 0;
    enum status status;

    *context = (struct context){NULL, 0, 0, 0};
    schema_term(&term, TERM_DOCUMENT, paragraph->document);
    status = term.failed ? fail_memory(failure)
                         : reader_postings(reader, buffer_bytes(&term),
                                           &context->ids, &n_ids, failure);
    buffer_release(&term);
    while (at < n_ids && context->ids[at] != id)
        at++;
    if (status != STATUS_OK || at == n_ids)
        return status;
    context->at = at;
    context->first = at > n ? at - n : 0;
    context->end = n_ids - at > n ? at + n + 1 : n_ids;
    return STATUS_OK;
}

void context_release(struct context *context)
{
    free(context->ids);
    *context = (struct context){NULL, 0, 0, 0};
}
