/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pilcrow index: read documents, put their paragraphs into an index. */
#include <config.h>

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "src/cli/commands.h"
#include "src/cli/interrupt.h"
#include "src/cli/progress.h"
#include "src/cli/report.h"
#include "src/cli/session.h"
#include "src/document/indexer.h"
#include "src/document/walk.h"
#include "src/text/language.h"

/* One run. */
struct run {
    struct lexicon *lexicon;
    struct writer *writer;
    struct indexer *indexer;
    struct progress progress;
    uint64_t bytes_read; /* of all files, as they are on disk */
    uint64_t n_problems; /* paths that could not be walked */
};

static void warn(void *context, const char *message)
{
    struct run *run = context;

    progress_clear(&run->progress);
    report("%s", message);
}

static void problem(void *context, const char *path, const char *reason)
{
    struct run *run = context;

    progress_clear(&run->progress);
    report("cannot read '%s': %s", path, reason);
    run->n_problems++;
}

static void show_progress(void *context)
{
    struct run *run = context;

    progress_update(&run->progress, writer_n_paragraphs(run->writer),
                    run->bytes_read);
}

static enum status index_file(void *context, const char *path, uint64_t size,
                              struct failure *failure)
{
    struct run *run = context;

    (void)size;
    return indexer_file(run->indexer, path, failure);
}

/* The folder to write to: the only -d, or the default. */
static enum status target(const struct settings *settings, struct buffer *path,
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

/* The bound in bytes; a number too large for them is no bound. */
static size_t memory_bound(const struct settings *settings)
{
    return settings->memory > SIZE_MAX >> 20 ? SIZE_MAX
                                             : settings->memory << 20;
}

static enum status open_run(struct run *run, const struct settings *settings,
                            const char *path, struct failure *failure)
{
    const struct indexer_options indexing = {
        .document = {.language = settings->language,
                     .warn = warn,
                     .warn_context = run,
                     .bytes_read = &run->bytes_read},
        .interrupted = interrupt_catch(),
        .progress = show_progress,
        .progress_context = run,
    };
    struct writer_options writing = {.analyzer = analyzer_identity(),
                                     .forms = indexer_forms,
                                     .portable = settings->portable,
                                     .replace = settings->rebuild,
                                     .memory = memory_bound(settings)};
    enum status status;

    if (!writing.analyzer)
        return fail_memory(failure);
    status = lexicon_new(&run->lexicon, failure);
    writing.forms_context = run->lexicon;
    if (status == STATUS_OK)
        status = writer_open(path, &writing, &run->writer, failure);
    if (status == STATUS_OK)
        status = indexer_new(run->writer, &indexing, &run->indexer, failure);
    return status;
}

static void close_run(struct run *run)
{
    indexer_free(run->indexer);
    writer_free(run->writer);
    lexicon_free(run->lexicon);
}

static void summary(const struct run *run, const struct indexer_counts *counts)
{
    char paragraphs[COUNTED_SIZE], documents[COUNTED_SIZE];
    double seconds = seconds_since_start();

    fprintf(stderr, "%s in %s, %.1f MB of text, in %.1f s\n",
            counted(counts->n_paragraphs, "paragraph", paragraphs),
            counted(writer_n_documents(run->writer), "document", documents),
            (double)counts->text_bytes / 1e6, seconds);
    if (counts->n_unchanged)
        fprintf(stderr,
                "%s were already in the index and left as they are there "
                "(--rebuild reads them anew)\n",
                counted(counts->n_unchanged, "file", documents));
}

/* What could not be read, in a line of its own. */
static void summary_of_problems(const struct run *run,
                                const struct indexer_counts *counts)
{
    char skipped[COUNTED_SIZE], partial[COUNTED_SIZE];

    report("%s could not be read, %s only in part",
           counted(counts->n_skipped + run->n_problems, "file", skipped),
           counted(counts->n_partial, "file", partial));
}

/* Read all and make it part of the index. A run that could read nothing of what
 * was asked leaves the index as it was. */
static enum status index_all(struct run *run, const struct settings *settings,
                             struct indexer_counts *counts,
                             struct failure *failure)
{
    const struct walk_receiver receiver = {index_file, problem, run};
    const char *const *paths = (const char *const *)settings->arguments;
    enum status status =
        walk_files(paths, settings->n_arguments, &receiver, failure);

    progress_clear(&run->progress);
    *counts = indexer_counts(run->indexer);
    if (status == STATUS_OK && interrupted())
        status = fail(failure, STATUS_INTERRUPTED, "interrupted");
    if (status != STATUS_OK)
        return status;
    if (counts->n_paragraphs == 0 &&
        counts->n_skipped + counts->n_partial + run->n_problems > 0)
        return STATUS_OK;
    return writer_commit(run->writer, failure);
}

static int run_index(struct run *run, const struct settings *settings)
{
    struct buffer path = BUFFER_EMPTY;
    struct indexer_counts counts = {0};
    struct failure failure = {0};
    struct walk_total total = {0};
    enum status status = target(settings, &path, &failure);
    int exit_status = EXIT_FOUND;

    if (status == STATUS_OK && !settings->quiet)
        status = walk_measure((const char *const *)settings->arguments,
                              settings->n_arguments, &total, &failure);
    progress_init(&run->progress, !settings->quiet, total.bytes);
    if (status == STATUS_OK)
        status = open_run(run, settings, path.data, &failure);
    if (status == STATUS_OK)
        status = index_all(run, settings, &counts, &failure);
    buffer_release(&path);
    if (status == STATUS_INTERRUPTED)
        report("interrupted; the index is as it was before");
    else if (status != STATUS_OK)
        report("%s", failure.message);
    if (status != STATUS_OK)
        return exit_status_of(status);
    if (counts.n_skipped + counts.n_partial + run->n_problems > 0) {
        summary_of_problems(run, &counts);
        exit_status = EXIT_IO;
    }
    if (!settings->quiet)
        summary(run, &counts);
    return exit_status;
}

int command_index(const struct settings *settings)
{
    struct run run = {0};
    int exit_status;

    if (settings->n_arguments == 0) {
        report("say what to index: files, folders, or - for standard input");
        return EXIT_USAGE;
    }
    if (settings->language && !language_find(bytes_of(settings->language))) {
        report("there is no language '%s'; --language takes an ISO 639-1 code "
               "such as en, fr, es, ru, ar, zh",
               settings->language);
        return EXIT_USAGE;
    }
    exit_status = run_index(&run, settings);
    close_run(&run);
    return finish_output(exit_status);
}
