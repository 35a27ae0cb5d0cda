/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/filler.h"

#include "src/document/document.h"
#include "src/document/structure.h"
#include "src/text/analyzer.h"
#include "src/text/detect.h"

#include <stdbool.h>
#include <stdlib.h>

struct filler {
    const struct filler_options *options;
    struct analyzer *analyzer;
    struct worker *worker;
    struct detector *detector;
    /* Of the file at hand. */
    struct writer_part *part;
    bool heeds;   /* interruptions */
    bool stopped; /* it was not the file that failed */
};

enum status filler_new(const struct filler_options *options,
                       struct filler **out, struct failure *failure)
{
    struct worker_options working = options->worker;
    struct filler *filler = calloc(1, sizeof *filler);
    enum status status;

    *out = NULL;
    if (!filler)
        return fail_memory(failure);
    filler->options = options;
    working.interrupted = options->interrupted;
    status = analyzer_new(&filler->analyzer, failure);
    if (status == STATUS_OK)
        status = worker_new(&working, &filler->worker, failure);
    if (status == STATUS_OK)
        status = detector_new(&filler->detector, failure);
    if (status)
        filler_free(filler);
    else
        *out = filler;
    return status;
}

void filler_free(struct filler *filler)
{
    if (!filler)
        return;
    detector_free(filler->detector);
    worker_free(filler->worker);
    analyzer_free(filler->analyzer);
    free(filler);
}

static enum status add_words(struct filler *filler, struct bytes text,
                             struct failure *failure)
{
    struct token token;
    enum status status = STATUS_OK;

    analyzer_start(filler->analyzer, text.data, text.length);
    while (status == STATUS_OK && analyzer_next(filler->analyzer, &token))
        status =
            token.kind == TOKEN_PAIR
                ? writer_part_add_field_word(filler->part, WRITER_TEXT,
                                             token.word, failure)
                : writer_part_add_word(filler->part, token.word, token.position,
                                       token_counts(token.kind), failure);
    return status;
}

/* The words of a title or a heading, which have no positions. */
static enum status add_field(struct filler *filler, enum writer_field field,
                             struct bytes text, struct failure *failure)
{
    struct token token;
    enum status status = STATUS_OK;

    analyzer_start(filler->analyzer, text.data, text.length);
    while (status == STATUS_OK && analyzer_next(filler->analyzer, &token))
        status = writer_part_add_field_word(filler->part, field, token.word,
                                            failure);
    return status;
}

/* Everything of PARAGRAPH that a search finds it by. What is furniture of the
 * page is kept and shown, but no word of it is found. */
static enum status add_text(struct filler *filler,
                            const struct paragraph *paragraph,
                            struct failure *failure)
{
    enum status status;

    if (bytes_equal(paragraph->kind, bytes_of(KIND_FURNITURE)))
        return STATUS_OK;
    status = add_words(filler, paragraph->text, failure);
    if (status == STATUS_OK)
        status = add_field(filler, WRITER_TITLE, paragraph->title, failure);
    if (status == STATUS_OK)
        status = add_field(filler, WRITER_HEADING, paragraph->heading, failure);
    return status;
}

static enum status add_paragraph(struct filler *filler,
                                 const struct paragraph *paragraph,
                                 struct failure *failure)
{
    enum status status;

    if (filler->heeds && *filler->options->interrupted)
        return fail(failure, STATUS_INTERRUPTED, "interrupted");
    status = writer_part_begin_paragraph(filler->part, paragraph, failure);
    if (status == STATUS_OK)
        status = add_text(filler, paragraph, failure);
    if (status == STATUS_OK)
        status = writer_part_end_paragraph(filler->part, failure);
    return status;
}

enum status filler_add(struct filler *filler, const struct paragraph *paragraph,
                       struct writer_part *part, struct failure *failure)
{
    filler->part = part;
    filler->heeds = false;
    return add_paragraph(filler, paragraph, failure);
}

static enum status receive(void *context, const struct paragraph *paragraph,
                           struct failure *failure)
{
    struct filler *filler = context;
    enum status status = add_paragraph(filler, paragraph, failure);

    filler->stopped = status != STATUS_OK;
    return status;
}

static void say(void *context, const char *message)
{
    buffer_append(context, message, strlen(message) + 1);
}

static void begin(struct filler *filler, struct writer_part *part, bool heeds)
{
    filler->part = part;
    filler->heeds = heeds;
    filler->stopped = false;
}

enum outcome outcome_of(enum status status, bool has_paragraphs)
{
    if (status == STATUS_OK)
        return OUTCOME_READ;
    if (has_paragraphs)
        return OUTCOME_PARTIAL;
    return status == STATUS_IO ? OUTCOME_UNREADABLE : OUTCOME_FAILED;
}

void say_changed(const char *path, struct buffer *messages)
{
    buffer_append_string(messages, path);
    buffer_append_string(messages, ": changed while it was read; the next run "
                                   "reads it again");
    buffer_append_byte(messages, '\0');
}

/* Know why FILE could not be read, and say it. */
static void take_note(struct filled_file *file, struct bytes note,
                      struct buffer *messages)
{
    buffer_append(&file->note, note.data, note.length);
    buffer_append(messages, note.data, note.length);
    buffer_append_byte(messages, '\0');
}

enum status filler_read_source(struct filler *filler, struct source *source,
                               struct filled_file *file,
                               struct writer_part *part,
                               struct buffer *messages, struct failure *failure)
{
    const char *path = file->change->path;
    uint32_t n_before = writer_part_n_paragraphs(part);
    const struct document_options options = {
        .language = filler->options->language,
        .warn = say,
        .warn_context = messages,
        .facts = &file->facts,
        .interrupted = filler->options->interrupted,
        .detector = filler->detector,
        .worker = filler->worker,
    };
    struct failure problem = {.status = STATUS_OK};
    enum status status;

    begin(filler, part, true);
    /* What is not read to its end says nothing about the file. */
    file->facts = (struct source_facts){.modified = SOURCE_TIME_UNKNOWN};
    status = source ? document_read_source(source, path, &options, receive,
                                           filler, &problem)
                    : document_read(path, &options, receive, filler, &problem);
    if (filler->stopped || status == STATUS_MEMORY ||
        status == STATUS_INTERRUPTED) {
        *failure = problem;
        return status;
    }
    file->outcome =
        outcome_of(status, writer_part_n_paragraphs(part) > n_before);
    if (status)
        take_note(file, bytes_of(problem.message), messages);
    else if (file->facts.changed)
        say_changed(path, messages);
    return messages->failed || file->note.failed ? fail_memory(failure)
                                                 : STATUS_OK;
}

enum status filler_read(struct filler *filler, struct filled_file *file,
                        struct writer_part *part, struct buffer *messages,
                        struct failure *failure)
{
    const struct file_facts *known = file->change->known;
    enum status status;
    bool same;

    if (*filler->options->interrupted)
        return fail(failure, STATUS_INTERRUPTED, "interrupted");
    status = change_compare(file->change, filler->options->interrupted, &same,
                            &file->facts, failure);
    /* If it could not be read now, it will not be below, and that says so. */
    if (status == STATUS_MEMORY || status == STATUS_INTERRUPTED)
        return status;
    if (!same)
        return filler_read_source(filler, NULL, file, part, messages, failure);
    file->outcome = OUTCOME_SAME;
    if (known->state == FILE_FAILED) {
        file->outcome = OUTCOME_FAILED;
        take_note(file, known->note, messages);
    }
    return messages->failed || file->note.failed ? fail_memory(failure)
                                                 : STATUS_OK;
}

enum status filler_read_slice(struct filler *filler,
                              const struct json_slice *slice, bool heeds,
                              struct writer_part *part, struct failure *failure)
{
    begin(filler, part, heeds);
    return json_slice_read(slice, filler->detector, receive, filler, failure);
}
