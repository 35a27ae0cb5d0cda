/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Documents into an index: the paragraphs that a file gives, their words, and
 * the writer that takes both. What could not be read is counted and named,
 * and does not stop the others. */
#ifndef DOCUMENT_INDEXER_H
#define DOCUMENT_INDEXER_H

#include <signal.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"
#include "index/writer.h"
#include "src/document/document.h"

struct indexer;

struct indexer_options {
    /* How to read; .warn is also told why a file was skipped. */
    struct document_options document;
    /* Set by a signal handler to stop; looked at before each paragraph. May
     * be NULL. */
    const volatile sig_atomic_t *interrupted;
    /* Called after each paragraph. May be NULL. */
    void (*progress)(void *context);
    void *progress_context;
};

struct indexer_counts {
    uint64_t n_files;     /* read to the end */
    uint64_t n_partial;   /* of which only some paragraphs could be read */
    uint64_t n_skipped;   /* that gave nothing for an error */
    uint64_t n_unchanged; /* left as they are in the index */
    uint64_t n_paragraphs;
    uint64_t text_bytes; /* of all paragraphs */
};

/* An indexer that gives to WRITER, which is borrowed, as are the strings and
 * flags of OPTIONS. The caller frees it with indexer_free (NULL is fine).
 * STATUS_MEMORY, and what analyzer_new returns. */
enum status indexer_new(struct writer *writer,
                        const struct indexer_options *options,
                        struct indexer **indexer, struct failure *failure);
void indexer_free(struct indexer *indexer);

/* Index the file PATH ("-": standard input). A file of which the index already
 * holds paragraphs is left as it is; not so standard input, which is something
 * else every time. That a file cannot be read is warned of, counted, and
 * STATUS_OK. STATUS_INTERRUPTED, STATUS_MEMORY, and what the writer returns:
 * after these the writer must be abandoned. */
enum status indexer_file(struct indexer *indexer, const char *path,
                         struct failure *failure);

/* What was done so far. */
struct indexer_counts indexer_counts(const struct indexer *indexer);

/* A word_forms_function (index/writer.h) whose CONTEXT is a struct lexicon. */
enum status indexer_forms(void *context, struct bytes word,
                          struct bytes language, struct word_forms *forms,
                          struct failure *failure);

#endif
