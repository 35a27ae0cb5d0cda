/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the commands that write an index share: which index, opening it, and
 * what it knows of files. */
#ifndef CLI_WRITING_H
#define CLI_WRITING_H

#include "base/buffer.h"
#include "base/status.h"
#include "index/writer.h"
#include "src/cli/options.h"
#include "src/text/lexicon.h"

struct writing {
    struct lexicon *lexicon;
    struct writer *writer;
    /* What is known of files, in byte order of paths, but of pipes and the
     * like; the writer's. */
    const struct file_facts **known;
    size_t n_known, capacity;
};

/* Append the folder of the index that is to be written: the only -d, or the
 * default. It ends in NUL. STATUS_USAGE if several are given; what
 * default_database returns. */
enum status writing_target(const struct settings *settings, struct buffer *path,
                           struct failure *failure);

/* Open the index in the folder PATH as SETTINGS say, to add to it, or, if not
 * ADDS, for a change to what is there; with --dry-run, only for asking.
 * *WRITING is filled for the caller to release, also on failure. What
 * writer_open returns. */
enum status writing_open(struct writing *writing, const char *path,
                         const struct settings *settings, bool adds,
                         struct failure *failure);

/* Commit, and merge what is due. A merge that fails takes nothing from the
 * commit: that is told, and is a failure only where it is CORRUPT. What
 * writer_commit returns. */
enum status writing_commit(struct writing *writing, struct failure *failure);
void writing_release(struct writing *writing);

#endif
