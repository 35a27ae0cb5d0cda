/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pilcrow show: a paragraph by its address, or all those of a document. */
#include <config.h>

#include "index/schema.h"
#include "src/cli/commands.h"
#include "src/cli/context.h"
#include "src/cli/output.h"
#include "src/cli/report.h"
#include "src/cli/session.h"

#include <stdlib.h>
#include <string.h>

/* Keep of the paragraphs IDS, which share a term, those whose address is NAME.
 */
static enum status keep_address(struct reader *reader, struct bytes name,
                                uint32_t *ids, size_t *n_ids,
                                struct failure *failure)
{
    struct buffer address = BUFFER_EMPTY;
    enum status status = STATUS_OK;
    size_t n = 0;

    for (size_t i = 0; status == STATUS_OK && i < *n_ids; i++) {
        struct paragraph paragraph;

        status = reader_paragraph(reader, ids[i], &paragraph, failure);
        if (status != STATUS_OK)
            break;
        buffer_clear(&address);
        paragraph_address(&paragraph, &address);
        if (address.failed)
            status = fail_memory(failure);
        else if (bytes_equal(buffer_bytes(&address), name))
            ids[n++] = ids[i];
    }
    *n_ids = n;
    buffer_release(&address);
    return status;
}

/* The paragraphs that hold the TERM of NAME with PREFIX, and are of it. */
static enum status find_by(struct reader *reader, const char *prefix,
                           struct bytes name, uint32_t **ids, size_t *n_ids,
                           struct failure *failure)
{
    bool is_address = strcmp(prefix, TERM_ADDRESS) == 0;
    struct buffer term = BUFFER_EMPTY;
    enum status status;

    if (is_address)
        schema_address_term(&term, name);
    else
        schema_term(&term, prefix, name);
    status = term.failed ? fail_memory(failure)
                         : reader_postings(reader, buffer_bytes(&term), ids,
                                           n_ids, failure);
    if (status == STATUS_OK && is_address)
        status = keep_address(reader, name, *ids, n_ids, failure);
    buffer_release(&term);
    return status;
}

/* The paragraphs whose address, or else whose document, is NAME. */
static enum status find(struct reader *reader, struct bytes name,
                        uint32_t **ids, size_t *n_ids, struct failure *failure)
{
    static const char *const prefixes[] = {TERM_ADDRESS, TERM_DOCUMENT,
                                           TERM_PATH};
    enum status status = STATUS_OK;

    *ids = NULL;
    *n_ids = 0;
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        free(*ids);
        *ids = NULL;
        status = find_by(reader, prefixes[i], name, ids, n_ids, failure);
        if (status != STATUS_OK || *n_ids > 0)
            break;
    }
    return status;
}

static enum status write_paragraph(struct reader *reader, struct output *output,
                                   uint32_t id, struct failure *failure)
{
    struct paragraph paragraph;
    struct result result = {.paragraph = &paragraph};
    enum status status = reader_paragraph(reader, id, &paragraph, failure);

    return status == STATUS_OK ? output_result(output, &result, failure)
                               : status;
}

/* The paragraph ID with N before it and N after it in its document. */
static enum status show_around(struct reader *reader, struct output *output,
                               uint32_t id, size_t n, struct failure *failure)
{
    struct paragraph paragraph;
    struct context context = {0};
    enum status status = reader_paragraph(reader, id, &paragraph, failure);

    if (status == STATUS_OK)
        status = context_find(reader, &paragraph, id, n, &context, failure);
    for (size_t i = context.first;
         i < context.end && status == STATUS_OK && !output_ended(); i++)
        status = write_paragraph(reader, output, context.ids[i], failure);
    context_release(&context);
    return status;
}

/* Show what NAME names, with CONTEXT paragraphs around it; *FOUND says whether
 * there was anything. */
static enum status show(struct reader *reader, struct output *output,
                        const char *name, size_t context, bool *found,
                        struct failure *failure)
{
    uint32_t *ids;
    size_t n_ids, i;
    enum status status = find(reader, bytes_of(name), &ids, &n_ids, failure);

    if (status == STATUS_OK && n_ids == 1)
        status = show_around(reader, output, ids[0], context, failure);
    else
        for (i = 0; i < n_ids && status == STATUS_OK && !output_ended(); i++)
            status = write_paragraph(reader, output, ids[i], failure);
    free(ids);
    *found = n_ids > 0;
    return status;
}

int command_show(const struct settings *settings)
{
    struct failure failure = {0};
    struct session session = {0};
    struct output output;
    enum status status;
    int exit_status = EXIT_FOUND;
    size_t i;

    if (settings->n_arguments == 0) {
        report("say what to show: an address as 'pilcrow search' gives it, or "
               "a document");
        return EXIT_USAGE;
    }
    status = output_init(&output, settings, stdout, &failure);
    if (status == STATUS_OK)
        status = session_open(settings, &session, &failure);
    output.reader = session.reader;
    if (status == STATUS_OK)
        session_report_missing(&session);
    for (i = 0; i < settings->n_arguments && status == STATUS_OK; i++) {
        bool found;

        status = show(session.reader, &output, settings->arguments[i],
                      settings->context, &found, &failure);
        if (status == STATUS_OK && !found) {
            report("nothing in the index has the address '%s'",
                   settings->arguments[i]);
            exit_status = EXIT_NOT_FOUND;
        }
    }
    if (status != STATUS_OK)
        exit_status = report_failure(&failure);
    output_release(&output);
    session_release(&session);
    return finish_output(exit_status);
}
