/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/indexer.h"

#include "src/document/structure.h"
#include "src/document/worker.h"
#include "src/text/analyzer.h"
#include "src/text/lexicon.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* So much text is enough for a part. */
enum { PART_TEXT = 1 << 20 };

struct indexer {
    struct writer *writer;
    struct writer_part *part;
    struct indexer_options options;
    struct worker *worker; /* unless the options have one */
    struct analyzer *analyzer;
    struct indexer_counts counts;
    bool stopped; /* it was not the file that failed */
};

/* One for all files; it starts no process before one is needed. */
static enum status add_worker(struct indexer *indexer, struct failure *failure)
{
    const struct worker_options options = {.interrupted =
                                               indexer->options.interrupted};
    enum status status = worker_new(&options, &indexer->worker, failure);

    indexer->options.document.worker = indexer->worker;
    return status;
}

enum status indexer_new(struct writer *writer,
                        const struct indexer_options *options,
                        struct indexer **out, struct failure *failure)
{
    struct indexer *indexer = calloc(1, sizeof *indexer);
    enum status status;

    *out = NULL;
    if (!indexer)
        return fail_memory(failure);
    indexer->writer = writer;
    indexer->options = *options;
    status = analyzer_new(&indexer->analyzer, failure);
    if (status == STATUS_OK)
        status =
            writer_part_new(writer_options(writer), &indexer->part, failure);
    if (status == STATUS_OK && !options->document.worker)
        status = add_worker(indexer, failure);
    if (status)
        indexer_free(indexer);
    else
        *out = indexer;
    return status;
}

void indexer_free(struct indexer *indexer)
{
    if (!indexer)
        return;
    worker_free(indexer->worker);
    writer_part_free(indexer->part);
    analyzer_free(indexer->analyzer);
    free(indexer);
}

struct indexer_counts indexer_counts(const struct indexer *indexer)
{
    return indexer->counts;
}

static enum status add_words(struct indexer *indexer, struct bytes text,
                             struct failure *failure)
{
    struct token token;
    enum status status = STATUS_OK;

    analyzer_start(indexer->analyzer, text.data, text.length);
    while (status == STATUS_OK && analyzer_next(indexer->analyzer, &token))
        status = token.kind == TOKEN_PAIR
                     ? writer_part_add_field_word(indexer->part, WRITER_TEXT,
                                                  token.word, failure)
                     : writer_part_add_word(indexer->part, token.word,
                                            token.position,
                                            token_counts(token.kind), failure);
    if (status == STATUS_OK && analyzer_status(indexer->analyzer))
        status = fail_memory(failure);
    return status;
}

/* The words of a title or a heading, which have no positions. */
static enum status add_field(struct indexer *indexer, enum writer_field field,
                             struct bytes text, struct failure *failure)
{
    struct token token;
    enum status status = STATUS_OK;

    analyzer_start(indexer->analyzer, text.data, text.length);
    while (status == STATUS_OK && analyzer_next(indexer->analyzer, &token))
        status = writer_part_add_field_word(indexer->part, field, token.word,
                                            failure);
    if (status == STATUS_OK && analyzer_status(indexer->analyzer))
        status = fail_memory(failure);
    return status;
}

/* Everything of PARAGRAPH that a search finds it by. What is furniture of the
 * page is kept and shown, but no word of it is found. */
static enum status add_text(struct indexer *indexer,
                            const struct paragraph *paragraph,
                            struct failure *failure)
{
    enum status status;

    if (bytes_equal(paragraph->kind, bytes_of(KIND_FURNITURE)))
        return STATUS_OK;
    status = add_words(indexer, paragraph->text, failure);
    if (status == STATUS_OK)
        status = add_field(indexer, WRITER_TITLE, paragraph->title, failure);
    if (status == STATUS_OK)
        status =
            add_field(indexer, WRITER_HEADING, paragraph->heading, failure);
    return status;
}

static enum status add_paragraph(struct indexer *indexer,
                                 const struct paragraph *paragraph,
                                 struct failure *failure)
{
    const volatile sig_atomic_t *interrupted = indexer->options.interrupted;
    enum status status;

    if (interrupted && *interrupted)
        return fail(failure, STATUS_INTERRUPTED, "interrupted");
    status = writer_part_begin_paragraph(indexer->part, paragraph, failure);
    if (status == STATUS_OK)
        status = add_text(indexer, paragraph, failure);
    if (status == STATUS_OK)
        status = writer_part_end_paragraph(indexer->part, failure);
    if (status == STATUS_OK &&
        writer_part_text_size(indexer->part) >= PART_TEXT)
        status = writer_take(indexer->writer, indexer->part, failure);
    if (status)
        return status;
    indexer->counts.n_paragraphs++;
    indexer->counts.text_bytes += paragraph->text.length;
    if (indexer->options.progress)
        indexer->options.progress(indexer->options.progress_context);
    return STATUS_OK;
}

static enum status receive(void *context, const struct paragraph *paragraph,
                           struct failure *failure)
{
    struct indexer *indexer = context;
    enum status status = add_paragraph(indexer, paragraph, failure);

    indexer->stopped = status != STATUS_OK;
    return status;
}

/* Count and name a file of which reading ended with PROBLEM. */
static void skip(struct indexer *indexer, const struct failure *problem,
                 bool has_paragraphs)
{
    const struct document_options *options = &indexer->options.document;

    if (has_paragraphs)
        indexer->counts.n_partial++;
    else
        indexer->counts.n_skipped++;
    if (options->warn)
        options->warn(options->warn_context, problem->message);
}

enum status indexer_file(struct indexer *indexer, const char *path,
                         struct failure *failure)
{
    uint64_t n_before = indexer->counts.n_paragraphs;
    struct failure problem = {.status = STATUS_OK};
    enum status status;
    bool holds = false;

    if (strcmp(path, "-") != 0) {
        status =
            writer_holds_path(indexer->writer, bytes_of(path), &holds, failure);
        if (status)
            return status;
    }
    if (holds) {
        indexer->counts.n_unchanged++;
        return STATUS_OK;
    }
    status = document_read(path, &indexer->options.document, receive, indexer,
                           &problem);
    if (!indexer->stopped && writer_part_n_paragraphs(indexer->part) > 0 &&
        writer_take(indexer->writer, indexer->part, failure) != STATUS_OK)
        return failure ? failure->status : STATUS_MEMORY;
    if (indexer->stopped || status == STATUS_MEMORY ||
        status == STATUS_INTERRUPTED) {
        if (failure)
            *failure = problem;
        return status;
    }
    if (status)
        skip(indexer, &problem, indexer->counts.n_paragraphs > n_before);
    else
        indexer->counts.n_files++;
    return STATUS_OK;
}

enum status indexer_forms(void *context, struct bytes word,
                          struct bytes language, struct word_forms *forms,
                          struct failure *failure)
{
    enum status status = lexicon_forms(context, word, language, &forms->stem,
                                       &forms->key, failure);

    if (status == STATUS_OK && bytes_equal(forms->key, word))
        forms->key.length = 0;
    return status;
}
