/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changes into an index: files are read on all cores, and what came of them is
 * given to the writer in the order of the changes, so that the index does not
 * depend on how many cores there are. What could not be read is named and
 * counted, and does not stop the others. */
#ifndef DOCUMENT_INDEXER_H
#define DOCUMENT_INDEXER_H

#include <signal.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"
#include "index/writer.h"
#include "src/document/changes.h"
#include "src/document/worker.h"

struct indexer;

struct indexer_options {
    const char *language;         /* as of document_options */
    size_t n_threads;             /* 0: as many as there are cores */
    struct worker_options worker; /* for each of them; its .interrupted is not
                                     used */
    /* Set by a signal handler to stop; looked at before each paragraph. */
    const volatile sig_atomic_t *interrupted;
    /* Told what was wrong with a file. May be NULL. */
    void (*warn)(void *context, const char *message);
    /* Called after each part. May be NULL. */
    void (*progress)(void *context);
    void *context; /* of both */
};

struct indexer_counts {
    /* Files. */
    uint64_t n_added;
    uint64_t n_replaced;
    uint64_t n_removed;
    uint64_t n_same;    /* that have another time and the bytes they had */
    uint64_t n_partial; /* of those added or replaced, read only in part */
    uint64_t n_failed;  /* that gave nothing for an error */
    uint64_t n_kept;    /* of these, of which the index keeps what it held */
    uint64_t n_left;    /* that were not read since the run was interrupted */

    uint64_t n_paragraphs;         /* added */
    uint64_t n_removed_paragraphs; /* also those that others came in place of */
    uint64_t text_bytes;           /* of all that were added */
    uint64_t bytes_read;           /* of the files, as they are on disk */
};

/* An indexer that gives to WRITER, which is borrowed, as are the strings and
 * flags of OPTIONS. The caller frees it with indexer_free (NULL is fine).
 * STATUS_MEMORY, and what analyzer_new returns. */
enum status indexer_new(struct writer *writer,
                        const struct indexer_options *options,
                        struct indexer **indexer, struct failure *failure);
void indexer_free(struct indexer *indexer);

/* Do what CHANGE says, now or before indexer_finish returns; until then it must
 * stay as it is. Changes that are put in while .interrupted is set are
 * only counted, and so are files that are not read to the end then: they
 * stay as they are in the index. That a file cannot be read is warned of,
 * counted, and STATUS_OK. STATUS_MEMORY, and what the writer returns: after
 * these the writer must be abandoned. */
enum status indexer_put(struct indexer *indexer, const struct change *change,
                        struct failure *failure);
enum status indexer_finish(struct indexer *indexer, struct failure *failure);

/* What was done so far. */
struct indexer_counts indexer_counts(const struct indexer *indexer);

/* A word_forms_function (index/word_forms.h) whose CONTEXT is a struct lexicon.
 */
enum status indexer_forms(void *context, struct bytes word,
                          struct bytes language, struct word_forms *forms,
                          struct failure *failure);

#endif
