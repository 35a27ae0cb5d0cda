/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pilcrow repair: write an index anew from the paragraphs that it holds. */
#include <config.h>

#include "index/salvage.h"
#include "src/cli/commands.h"
#include "src/cli/report.h"
#include "src/cli/writing.h"
#include "src/document/filler.h"

#include <stdio.h>
#include <stdlib.h>

/* So many bytes of text are given to the writer at once. */
enum { PART_SIZE = 1 << 20 };

struct repair {
    struct writing writing;
    struct filler *filler;
    struct writer_part *part;
    struct files seen, lost; /* paths of paragraphs; those of gaps */
    struct files doubted;    /* paths of which not all is as it was */
    struct buffer path;      /* of the last paragraph */
    bool in_gap;             /* nothing came since the last one */
    size_t n_gaps;
    struct salvaged found;
};

static enum status remember(struct files *files, struct bytes path,
                            struct failure *failure)
{
    return path.length == 0 || files_find(files, path)
               ? STATUS_OK
               : files_set(files, &(struct file_facts){.path = path}, failure);
}

static enum status take(struct repair *repair, struct failure *failure)
{
    return writer_take(repair->writing.writer, repair->part, failure);
}

static enum status receive(void *context, const struct paragraph *paragraph,
                           struct failure *failure)
{
    struct repair *repair = context;
    enum status status = STATUS_OK;

    if (!bytes_equal(buffer_bytes(&repair->path), paragraph->path)) {
        buffer_clear(&repair->path);
        buffer_append(&repair->path, paragraph->path.data,
                      paragraph->path.length);
        status = repair->path.failed
                     ? fail_memory(failure)
                     : remember(&repair->seen, paragraph->path, failure);
    }
    if (status == STATUS_OK && repair->in_gap)
        status = remember(&repair->lost, paragraph->path, failure);
    repair->in_gap = false;
    if (status == STATUS_OK)
        status = filler_add(repair->filler, paragraph, repair->part, failure);
    if (status == STATUS_OK && writer_part_text_size(repair->part) >= PART_SIZE)
        status = take(repair, failure);
    return status;
}

static enum status note_gap(void *context, struct failure *failure)
{
    struct repair *repair = context;

    repair->n_gaps += !repair->in_gap;
    repair->in_gap = true;
    return remember(&repair->lost, buffer_bytes(&repair->path), failure);
}

static enum status note_doubt(void *context, struct bytes path,
                              struct failure *failure)
{
    struct repair *repair = context;

    return remember(&repair->doubted, path, failure);
}

/* Know of the file FACTS what was known; of one that lost paragraphs, or may
 * have, that it has never been like it is, so that the next run reads it. */
static enum status keep_file(struct repair *repair,
                             const struct file_facts *facts,
                             struct failure *failure)
{
    struct file_facts changed = *facts;
    bool lost = files_find(&repair->lost, facts->path) ||
                ((repair->n_gaps || repair->found.n_unchecked) &&
                 facts->state != FILE_FAILED &&
                 !files_find(&repair->seen, facts->path));

    if (lost)
        report("paragraphs of '%.*s' are lost%s", (int)facts->path.length,
               facts->path.data,
               facts->state == FILE_STREAM
                   ? ""
                   : "; the next 'pilcrow index' reads it again");
    if (lost || files_find(&repair->doubted, facts->path)) {
        changed.size = UINT64_MAX;
        changed.hash[0] = changed.hash[1] = 0;
    }
    return writer_set_file(repair->writing.writer, &changed, failure);
}

static enum status keep_files(struct repair *repair, struct failure *failure)
{
    struct files *files = &repair->found.files;
    const struct file_facts **sorted = NULL;
    enum status status = files_sort(&repair->doubted, &sorted, failure);

    /* Paths that should be known; standard input is none. */
    for (size_t i = 0; status == STATUS_OK && i < repair->doubted.n_files; i++)
        if (!bytes_equal(sorted[i]->path, bytes_of("-")))
            status = remember(files, sorted[i]->path, failure);
    free(sorted);
    if (status == STATUS_OK)
        status = files_sort(files, &sorted, failure);
    else
        return status;
    for (size_t i = 0; status == STATUS_OK && i < files->n_files; i++)
        status = keep_file(repair, sorted[i], failure);
    free(sorted);
    return status;
}

/* Say what there was not. */
static void tell_missing(const struct repair *repair)
{
    const struct salvaged *found = &repair->found;
    char number[COUNTED_SIZE];

    if (found->no_manifest)
        report("the manifest is lost: all segments that are there are taken");
    if (found->no_deletions)
        report("the list of deletions is lost: what was removed or replaced "
               "may be there again");
    if (found->no_files)
        report("the list of files is lost");
    if (found->n_unchecked)
        report("the hashes of %s are lost: paragraphs are kept unchecked",
               counted(found->n_unchecked, "segment", number));
    if (repair->doubted.n_files)
        report("the next 'pilcrow index' reads %s again to be sure",
               counted(repair->doubted.n_files, "file", number));
}

static enum status run(struct repair *repair, const char *path,
                       const struct settings *settings, struct failure *failure)
{
    const struct salvage salvage = {receive, note_gap, note_doubt, repair};
    static const volatile sig_atomic_t never = 0;
    const struct filler_options options = {.interrupted = &never};
    struct settings anew = *settings;
    enum status status;

    anew.rebuild = true;
    status = filler_new(&options, &repair->filler, failure);
    if (status == STATUS_OK)
        status = writing_open(&repair->writing, path, &anew, true, failure);
    if (status == STATUS_OK)
        status = writer_part_new(writer_options(repair->writing.writer),
                                 &repair->part, failure);
    if (status == STATUS_OK)
        status = index_salvage(path, &salvage, &repair->found, failure);
    if (status == STATUS_OK)
        status = take(repair, failure);
    if (status == STATUS_OK)
        status = keep_files(repair, failure);
    if (status == STATUS_OK)
        status = writing_commit(&repair->writing, failure);
    if (status == STATUS_OK)
        tell_missing(repair);
    return status;
}

static void summarize(struct repair *repair)
{
    char paragraphs[COUNTED_SIZE], gaps[COUNTED_SIZE];

    fprintf(stderr, "%s kept, %s\n",
            counted(writer_n_paragraphs(repair->writing.writer), "paragraph",
                    paragraphs),
            repair->n_gaps              ? counted(repair->n_gaps, "gap", gaps)
            : repair->found.n_unchecked ? "not known whether all"
                                        : "none is lost");
}

int command_repair(const struct settings *settings)
{
    struct repair repair = {.seen = FILES_EMPTY,
                            .lost = FILES_EMPTY,
                            .doubted = FILES_EMPTY,
                            .found.files = FILES_EMPTY};
    struct buffer path = BUFFER_EMPTY;
    struct failure failure = {0};
    enum status status;

    if (settings->n_arguments) {
        report("repair takes no argument; name the index with --database");
        return EXIT_USAGE;
    }
    status = writing_target(settings, &path, &failure);
    /* Nothing is made where there is nothing to repair. */
    if (status == STATUS_OK)
        status = index_can_salvage(path.data, &failure);
    if (status == STATUS_OK)
        status = run(&repair, path.data, settings, &failure);
    if (status == STATUS_OK && !settings->quiet)
        summarize(&repair);
    writer_part_free(repair.part);
    writing_release(&repair.writing);
    filler_free(repair.filler);
    files_release(&repair.seen);
    files_release(&repair.lost);
    files_release(&repair.doubted);
    files_release(&repair.found.files);
    buffer_release(&repair.path);
    buffer_release(&path);
    return status == STATUS_OK ? EXIT_FOUND : report_failure(&failure);
}
