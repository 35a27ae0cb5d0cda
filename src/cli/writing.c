/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/cli/writing.h"

#include "src/cli/report.h"
#include "src/cli/session.h"
#include "src/document/indexer.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

enum status writing_target(const struct settings *settings, struct buffer *path,
                           struct failure *failure)
{
    if (settings->n_databases > 1)
        return fail(failure, STATUS_USAGE,
                    "one index is written at a time: give --database once");
    if (settings->n_databases == 0)
        return default_database(path, failure);
    buffer_append_string(path, settings->databases[0]);
    buffer_append_byte(path, '\0');
    return path->failed ? fail_memory(failure) : STATUS_OK;
}

static enum status add_known(void *context, const struct file_facts *facts,
                             struct failure *failure)
{
    struct writing *writing = context;

    if (facts->state == FILE_STREAM)
        return STATUS_OK;
    if (!array_grow(&writing->known, &writing->capacity, writing->n_known + 1,
                    sizeof *writing->known))
        return fail_memory(failure);
    writing->known[writing->n_known++] = facts;
    return STATUS_OK;
}

/* The bound in bytes; a number too large for them is no bound. */
static size_t memory_bound(const struct settings *settings)
{
    return settings->memory > SIZE_MAX >> 20 ? SIZE_MAX
                                             : settings->memory << 20;
}

enum status writing_open(struct writing *writing, const char *path,
                         const struct settings *settings, bool adds,
                         struct failure *failure)
{
    struct writer_options options = {
        .analyzer = adds ? analyzer_identity() : NULL,
        .forms = indexer_forms,
        .portable = settings->portable,
        .replace = settings->rebuild,
        .wait = settings->wait < UINT_MAX ? (unsigned)settings->wait : UINT_MAX,
        .look = settings->dry_run,
        .memory = memory_bound(settings),
    };
    enum status status;

    *writing = (struct writing){.writer = NULL};
    if (adds && !options.analyzer)
        return fail_memory(failure);
    status = lexicon_new(&writing->lexicon, failure);
    options.forms_context = writing->lexicon;
    if (status == STATUS_OK)
        status = writer_open(path, &options, &writing->writer, failure);
    if (status == STATUS_OK)
        status = writer_each_file(writing->writer, add_known, writing, failure);
    return status;
}

enum status writing_commit(struct writing *writing, struct failure *failure)
{
    static const char *done = "the index has what was to be written, but its "
                              "segments are not merged";
    struct failure what;
    enum status status = writer_commit(writing->writer, failure);

    if (status != STATUS_OK)
        return status;
    status = writer_merge(writing->writer, &what);
    if (status == STATUS_CORRUPT)
        return fail(failure, status, "%s: %s", done, what.message);
    if (status != STATUS_OK)
        report("%s: %s", done, what.message);
    return STATUS_OK;
}

void writing_release(struct writing *writing)
{
    free(writing->known);
    writer_free(writing->writer);
    lexicon_free(writing->lexicon);
}
