/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/document.h"

#include "src/document/format.h"
#include "src/document/source.h"

enum status document_read_source(struct source *source, const char *path,
                                 const struct document_options *options,
                                 paragraph_receiver receive, void *context,
                                 struct failure *failure)
{
    struct reading reading = {path, options, receive, context};
    enum status status = format_read(source, &reading, failure);

    if (!options->facts)
        return status;
    if (status == STATUS_OK)
        return source_facts(source, true, options->facts, failure);
    if (status == STATUS_INPUT || status == STATUS_LIMIT)
        source_facts(source, false, options->facts, NULL);
    return status;
}

enum status document_read(const char *path,
                          const struct document_options *options,
                          paragraph_receiver receive, void *context,
                          struct failure *failure)
{
    struct source *source = NULL;
    enum status status =
        source_open(path, options->interrupted, &source, failure);

    if (status == STATUS_OK)
        status = document_read_source(source, path, options, receive, context,
                                      failure);
    source_close(source);
    return status;
}
