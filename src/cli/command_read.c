/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pilcrow read: the paragraphs of documents as they would go into an index. */
#include <config.h>

#include "src/cli/commands.h"
#include "src/cli/output.h"
#include "src/cli/report.h"
#include "src/document/document.h"
#include "src/document/walk.h"
#include "src/document/worker.h"

struct run {
    struct document_options options;
    struct output output;
    bool problem; /* something could not be read */
};

static void warn(void *context, const char *message)
{
    (void)context;
    report("%s", message);
}

static void problem(void *context, const char *path, const char *reason)
{
    struct run *run = context;

    report("cannot read '%s': %s", path, reason);
    run->problem = true;
}

static enum status write_paragraph(void *context,
                                   const struct paragraph *paragraph,
                                   struct failure *failure)
{
    struct run *run = context;
    struct result result = {.paragraph = paragraph};

    if (output_ended())
        return STATUS_INTERRUPTED;
    return output_result(&run->output, &result, failure);
}

/* A file that cannot be read is named, and the next one is read. */
static enum status read_file(void *context, const struct walk_file *file,
                             struct failure *failure)
{
    struct run *run = context;
    enum status status =
        document_read(file->path, &run->options, write_paragraph, run, failure);

    if (status == STATUS_OK || status == STATUS_MEMORY || output_ended())
        return status;
    report("%s", failure->message);
    run->problem = true;
    return STATUS_OK;
}

int command_read(const struct settings *settings)
{
    struct run run = {
        .options = {.language = settings->language, .warn = warn}};
    const struct walk_receiver receiver = {
        .file = read_file, .problem = problem, .context = &run};
    struct failure failure = {0};
    int exit_status = EXIT_FOUND;
    enum status status;

    if (settings->n_arguments == 0) {
        report("say what to read: files, folders, or - for standard input");
        return EXIT_USAGE;
    }
    status = output_init(&run.output, settings, stdout, &failure);
    if (status == STATUS_OK)
        status = worker_new(NULL, &run.options.worker, &failure);
    if (status == STATUS_OK)
        status = walk_files((const char *const *)settings->arguments,
                            settings->n_arguments, &receiver, &failure);
    worker_free(run.options.worker);
    output_release(&run.output);
    if (status != STATUS_OK && !output_ended())
        exit_status = report_failure(&failure);
    else if (run.problem)
        exit_status = EXIT_IO;
    return finish_output(exit_status);
}
