/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pilcrow remove: take documents out of an index, by symbol, by path, or all
 * that came from below a folder. */
#include <config.h>

#include "src/cli/commands.h"
#include "src/cli/report.h"
#include "src/cli/writing.h"
#include "src/document/walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct removal {
    const struct settings *settings;
    struct writing writing;
    uint64_t n_paragraphs;
    bool missing; /* something that was named is not in the index */
};

static void tell(const struct removal *removal, const char *path, size_t length)
{
    if (removal->settings->dry_run)
        printf("remove\t%.*s\n", (int)length, path);
}

/* Take out the file PATH, and forget it: it is a new one if it comes again. */
static enum status remove_file(struct removal *removal, struct bytes path,
                               struct failure *failure)
{
    uint32_t n_paragraphs = 0;
    enum status status = writer_remove_path(removal->writing.writer, path,
                                            &n_paragraphs, failure);

    if (status == STATUS_OK)
        status = writer_forget_file(removal->writing.writer, path, failure);
    removal->n_paragraphs += n_paragraphs;
    if (status == STATUS_OK)
        tell(removal, path.data, path.length);
    return status;
}

/* All files below the folder PATH; *N is how many. */
static enum status remove_folder(struct removal *removal, const char *path,
                                 size_t *n, struct failure *failure)
{
    const struct writing *writing = &removal->writing;
    enum status status = STATUS_OK;

    *n = 0;
    for (size_t i = 0; i < writing->n_known && status == STATUS_OK; i++)
        if (walk_is_below(path, writing->known[i]->path)) {
            status = remove_file(removal, writing->known[i]->path, failure);
            ++*n;
        }
    return status;
}

/* The file PATH or, if there is none, the document NAME. */
static enum status remove_document(struct removal *removal, const char *name,
                                   const char *path, size_t *n,
                                   struct failure *failure)
{
    const struct file_facts *facts;
    uint32_t n_paragraphs = 0;
    enum status status;

    if (writer_file(removal->writing.writer, bytes_of(path), &facts)) {
        *n = 1;
        return remove_file(removal, facts->path, failure);
    }
    status = writer_remove_document(removal->writing.writer, bytes_of(name),
                                    &n_paragraphs, failure);
    removal->n_paragraphs += n_paragraphs;
    *n = n_paragraphs > 0;
    if (status == STATUS_OK && n_paragraphs > 0)
        tell(removal, name, strlen(name));
    return status;
}

static size_t count_below(const struct writing *writing, const char *folder)
{
    size_t n = 0;

    for (size_t i = 0; i < writing->n_known; i++)
        n += walk_is_below(folder, writing->known[i]->path);
    return n;
}

static void report_missing(struct removal *removal, const char *name,
                           const char *path)
{
    size_t n = count_below(&removal->writing, path);
    char files[COUNTED_SIZE];

    removal->missing = true;
    if (n > 0)
        report("'%s' is a folder: '%s/' removes its %s", name, path,
               counted(n, "file", files));
    else
        report("there is no document '%s' in the index", name);
}

static enum status remove_named(struct removal *removal, const char *name,
                                struct failure *failure)
{
    size_t length = strlen(name), n = 0;
    char *path = walk_tidy(name);
    enum status status;

    if (!path)
        return fail_memory(failure);
    if (length > 0 && name[length - 1] == '/')
        status = remove_folder(removal, path, &n, failure);
    else
        status = remove_document(removal, name, path, &n, failure);
    if (status == STATUS_OK && n == 0)
        report_missing(removal, name, path);
    free(path);
    return status;
}

static enum status remove_all(struct removal *removal, struct failure *failure)
{
    const struct settings *settings = removal->settings;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < settings->n_arguments && status == STATUS_OK; i++)
        status = remove_named(removal, settings->arguments[i], failure);
    if (status == STATUS_OK && !settings->dry_run)
        status = writing_commit(&removal->writing, failure);
    return status;
}

int command_remove(const struct settings *settings)
{
    struct removal removal = {.settings = settings};
    struct buffer path = BUFFER_EMPTY;
    struct failure failure = {0};
    char paragraphs[COUNTED_SIZE];
    enum status status;

    if (settings->n_arguments == 0) {
        report("say what to remove: symbols or paths of documents, or folders "
               "with a '/' at their end");
        return EXIT_USAGE;
    }
    status = writing_target(settings, &path, &failure);
    if (status == STATUS_OK)
        status = writing_open(&removal.writing, path.data, settings, false,
                              &failure);
    if (status == STATUS_OK)
        status = remove_all(&removal, &failure);
    buffer_release(&path);
    writing_release(&removal.writing);
    if (status != STATUS_OK)
        return finish_output(report_failure(&failure));
    if (!settings->quiet)
        fprintf(stderr, "%s %s\n",
                counted(removal.n_paragraphs, "paragraph", paragraphs),
                settings->dry_run ? "would be removed" : "removed");
    return finish_output(removal.missing ? EXIT_NOT_FOUND : EXIT_FOUND);
}
