/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pilcrow index: read documents, put their paragraphs into an index, or bring
 * an index up to date with them. */
#include <config.h>

#include "src/cli/commands.h"
#include "src/cli/interrupt.h"
#include "src/cli/progress.h"
#include "src/cli/report.h"
#include "src/cli/writing.h"
#include "src/document/changes.h"
#include "src/document/indexer.h"
#include "src/text/language.h"

#include <stdio.h>

/* One run. */
struct run {
    const struct settings *settings;
    const volatile sig_atomic_t *interrupted;
    struct writing writing;
    struct changes changes;
    struct indexer *indexer;
    struct indexer_counts counts;
    struct progress progress;
    uint64_t n_problems; /* paths that could not be walked */
    uint64_t n_failed_before;
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

    report("cannot read '%s': %s", path, reason);
    run->n_problems++;
}

static void show_progress(void *context)
{
    struct run *run = context;

    run->counts = indexer_counts(run->indexer);
    progress_update(&run->progress, run->counts.n_paragraphs,
                    run->counts.bytes_read);
}

static enum status find_changes(struct run *run, struct failure *failure)
{
    const struct settings *settings = run->settings;
    const struct changes_options options = {
        .force = settings->force,
        .retry = settings->retry_failed,
        .no_delete = settings->no_delete,
        .interrupted = run->interrupted,
        .problem = problem,
        .problem_context = run,
    };

    return changes_find((const char *const *)settings->arguments,
                        settings->n_arguments, run->writing.known,
                        run->writing.n_known, &options, &run->changes, failure);
}

static enum status do_changes(struct run *run, struct failure *failure)
{
    const struct indexer_options options = {
        .language = run->settings->language,
        .n_threads = run->settings->threads,
        .interrupted = run->interrupted,
        .warn = warn,
        .progress = show_progress,
        .context = run,
    };
    enum status status =
        indexer_new(run->writing.writer, &options, &run->indexer, failure);

    for (size_t i = 0; i < run->changes.n_items && status == STATUS_OK; i++)
        status = indexer_put(run->indexer, &run->changes.items[i], failure);
    if (status == STATUS_OK)
        status = indexer_finish(run->indexer, failure);
    progress_clear(&run->progress);
    if (run->indexer)
        run->counts = indexer_counts(run->indexer);
    return status;
}

/* Whether something that was asked for is not in the index, or not whole. */
static bool has_gaps(const struct run *run)
{
    return run->counts.n_failed + run->counts.n_partial + run->n_problems +
               run->n_failed_before + run->changes.n_incomplete >
           0;
}

/* Whether Ctrl-C came before the end. */
static bool was_interrupted(const struct run *run)
{
    return interrupted() && run->counts.n_left > 0;
}

/* What was interrupted while it made an index anew has not made it. What could
 * read nothing of what was asked does not begin one. */
static bool is_to_commit(const struct run *run)
{
    if (run->settings->rebuild && was_interrupted(run))
        return false;
    return run->counts.n_paragraphs > 0 || run->writing.n_known > 0 ||
           !(has_gaps(run) || was_interrupted(run));
}

static enum status write_changes(struct run *run, struct failure *failure)
{
    enum status status = do_changes(run, failure);

    /* Committing merges segments, which wants the memory. */
    indexer_free(run->indexer);
    run->indexer = NULL;
    if (status == STATUS_OK && is_to_commit(run))
        status = writing_commit(&run->writing, failure);
    return status;
}

/* Files that were left out since they failed before, and why. */
static void name_failed_before(struct run *run)
{
    enum { N_NAMED = 20 };

    for (size_t i = 0; i < run->changes.n_items; i++) {
        const struct change *change = &run->changes.items[i];

        if (change->kind != CHANGE_FAILED || run->n_failed_before++ >= N_NAMED)
            continue;
        report("%.*s (as before, so it was left out)",
               (int)change->known->note.length, change->known->note.data);
    }
    if (run->n_failed_before > N_NAMED)
        report("and %llu more like these",
               (unsigned long long)run->n_failed_before - N_NAMED);
    if (run->n_failed_before > 0)
        report("--retry-failed reads them again");
}

static void summary(const struct run *run)
{
    const struct indexer_counts *counts = &run->counts;
    const struct {
        uint64_t number;
        const char *noun, *what;
    } rows[] = {
        {counts->n_added, "file", "added"},
        {counts->n_replaced, "file", "replaced"},
        {counts->n_removed, "file", "removed"},
        {run->changes.n_unchanged + counts->n_same, "file", "unchanged"},
        {run->n_failed_before, "file", "left out as before"},
        {counts->n_removed_paragraphs, "paragraph", "taken out"},
    };
    char paragraphs[COUNTED_SIZE], documents[COUNTED_SIZE];
    const char *part = "";

    fprintf(
        stderr, "%s in %s, %.1f MB of text, in %.1f s\n",
        counted(counts->n_paragraphs, "paragraph", paragraphs),
        counted(writer_n_documents(run->writing.writer), "document", documents),
        (double)counts->text_bytes / 1e6, seconds_since_start());
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].number > 0) {
            fprintf(stderr, "%s%s %s", part,
                    counted(rows[i].number, rows[i].noun, paragraphs),
                    rows[i].what);
            part = ", ";
        }
    fputs(*part ? "\n" : "", stderr);
}

/* What could not be read, in lines of their own. */
static void summary_of_problems(const struct run *run)
{
    const struct indexer_counts *counts = &run->counts;
    char number[COUNTED_SIZE], other[COUNTED_SIZE];
    uint64_t n_failed = counts->n_failed + run->n_problems;
    uint64_t n_partial = counts->n_partial + run->changes.n_incomplete;

    if (n_failed + n_partial > 0)
        report("%s could not be read, %s only in part",
               counted(n_failed, "file", number),
               counted(n_partial, "file", other));
    if (counts->n_kept > 0)
        report("of %s that could be read before, the index keeps what it had",
               counted(counts->n_kept, "file", number));
}

static void report_interruption(const struct run *run)
{
    char number[COUNTED_SIZE];

    if (!is_to_commit(run))
        report("interrupted; the index is as it was before");
    else
        report("interrupted; what was read is in the index, and %s left for "
               "the next run",
               counted(run->counts.n_left, "file", number));
}

static int tell(struct run *run)
{
    summary_of_problems(run);
    if (!run->settings->quiet && is_to_commit(run))
        summary(run);
    if (was_interrupted(run)) {
        report_interruption(run);
        return EXIT_INTERRUPTED;
    }
    return has_gaps(run) ? EXIT_IO : EXIT_FOUND;
}

/* Say what would be done about each file. That one of another time is still
 * the same takes a look at its bytes. */
static int tell_changes(const struct run *run)
{
    static const char *const words[] = {
        [CHANGE_NEW] = "add",       [CHANGE_DIFFERS] = "replace",
        [CHANGE_AGAIN] = "replace", [CHANGE_FAILED] = "leave",
        [CHANGE_GONE] = "remove",
    };

    for (size_t i = 0; i < run->changes.n_items; i++) {
        const struct change *change = &run->changes.items[i];
        struct source_facts facts;
        bool same = false;

        change_compare(change, run->interrupted, &same, &facts, NULL);
        if (!same)
            printf("%s\t%s\n", words[change->kind], change->path);
    }
    return run->n_problems > 0 ? EXIT_IO : EXIT_FOUND;
}

static int run_index(struct run *run)
{
    struct buffer path = BUFFER_EMPTY;
    struct failure failure = {0};
    enum status status = writing_target(run->settings, &path, &failure);

    if (status == STATUS_OK)
        status = writing_open(&run->writing, path.data, run->settings, true,
                              &failure);
    /* Not before: who waits for the lock is stopped by the first signal. */
    run->interrupted = interrupt_catch();
    if (status == STATUS_OK)
        status = find_changes(run, &failure);
    progress_init(&run->progress, !run->settings->quiet, run->changes.n_bytes);
    if (status == STATUS_OK && !run->settings->dry_run) {
        name_failed_before(run);
        status = write_changes(run, &failure);
    }
    buffer_release(&path);
    if (status != STATUS_OK)
        return report_failure(&failure);
    return run->settings->dry_run ? tell_changes(run) : tell(run);
}

int command_index(const struct settings *settings)
{
    struct run run = {.settings = settings};
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
    exit_status = run_index(&run);
    indexer_free(run.indexer);
    changes_release(&run.changes);
    writing_release(&run.writing);
    return finish_output(exit_status);
}
