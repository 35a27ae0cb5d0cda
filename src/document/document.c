/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/document.h"

#include "src/document/format.h"
#include "src/document/source.h"

enum status document_read(const char *path,
                          const struct document_options *options,
                          paragraph_receiver receive, void *context,
                          struct failure *failure)
{
    struct reading reading = {path, options, receive, context};
    struct source *source = NULL;
    enum status status = source_open(path, &source, failure);

    if (status == STATUS_OK && options->bytes_read)
        source_count(source, options->bytes_read);
    if (status == STATUS_OK)
        status = format_read(source, &reading, failure);
    source_close(source);
    return status;
}
