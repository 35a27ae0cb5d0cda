/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Giving documents their numbers, and segments what is known of them. What is
 * made of paragraphs is in index/writer_part.c, what happens around the segment
 * that is filled in index/folder.h. */
#include <config.h>

#include "index/writer.h"

#include "base/buffer.h"
#include "index/folder.h"
#include "index/merge_policy.h"
#include "index/reader.h"
#include "index/remote.h"
#include "index/removal.h"
#include "index/schema.h"
#include "index/segment_writer.h"
#include "index/writer_part.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct writer {
    struct folder folder;
    struct writer_options options;
    struct removal removal;         /* of the folder */
    struct segment_writer *segment; /* NULL until there is a paragraph */

    struct document_name last; /* document that was taken */

    uint32_t n_paragraphs, n_documents;
    uint64_t n_words; /* of the segment */
};

/* A quarter of the machine's memory, at most a gigabyte. */
static size_t default_memory(void)
{
    static const size_t memory_max = (size_t)1 << 30;
    long n_pages = sysconf(_SC_PHYS_PAGES), page_size = sysconf(_SC_PAGESIZE);

    if (n_pages <= 0 || page_size <= 0 ||
        (size_t)n_pages > SIZE_MAX / (size_t)page_size ||
        (size_t)n_pages * (size_t)page_size / 4 > memory_max)
        return memory_max;
    return (size_t)n_pages * (size_t)page_size / 4;
}

enum status writer_open(const char *path, const struct writer_options *options,
                        struct writer **writer, struct failure *failure)
{
    struct writer *new = calloc(1, sizeof *new);
    enum status status;

    *writer = NULL;
    if (!new)
        return fail_memory(failure);
    if (remote_is_name(path)) {
        free(new);
        return fail(failure, STATUS_USAGE,
                    "'%s' is a remote index, which can be read only", path);
    }
    new->options = *options;
    if (new->options.memory == 0)
        new->options.memory = default_memory();
    new->removal.folder = &new->folder;
    status = folder_open(&new->folder, path,
                         &(struct folder_options){.analyzer = options->analyzer,
                                                  .replace = options->replace,
                                                  .wait = options->wait,
                                                  .look = options->look},
                         failure);
    if (status != STATUS_OK) {
        writer_free(new);
        return status;
    }
    new->options.analyzer = new->folder.manifest.analyzer;
    *writer = new;
    return STATUS_OK;
}

const struct writer_options *writer_options(const struct writer *writer)
{
    return &writer->options;
}

size_t writer_spare_memory(const struct writer *writer)
{
    return writer->options.memory / 4;
}

/* Begin the segment, unless that is done. */
static enum status begin_segment(struct writer *writer, struct failure *failure)
{
    const struct segment_options options = {
        .forms = writer->options.forms,
        .forms_context = writer->options.forms_context,
        .portable = writer->options.portable,
        .n_threads = writer->options.n_threads,
    };
    enum status status;

    if (writer->segment)
        return STATUS_OK;
    status = folder_new_segment(&writer->folder, failure);
    if (status == STATUS_OK)
        status = segment_writer_new(writer->folder.segment_path.data, &options,
                                    &writer->segment, failure);
    return status;
}

/* Give PART's documents their numbers: the first is *BEFORE + 1. It goes on
 * with the last one that was taken if that is the same. */
static enum status number_documents(struct writer *writer,
                                    const struct writer_part *part,
                                    uint32_t *before, struct failure *failure)
{
    struct manifest *manifest = &writer->folder.manifest;
    bool goes_on =
        writer->n_documents > 0 &&
        document_name_is(&writer->last, buffer_bytes(&part->first.document),
                         buffer_bytes(&part->first.path));
    uint32_t n_new = part->n_documents - goes_on;

    *before = manifest->next_document - 1 - goes_on;
    if (n_new > UINT32_MAX - manifest->next_document)
        return fail(failure, STATUS_LIMIT, "'%s' is out of document numbers",
                    writer->folder.path);
    manifest->next_document += n_new;
    writer->n_documents += n_new;
    return document_name_set(&writer->last, buffer_bytes(&part->last.document),
                             buffer_bytes(&part->last.path))
               ? STATUS_OK
               : fail_memory(failure);
}

/* Tell the order of the paragraphs of PART, the first of which is number FIRST
 * of the segment; its documents follow BEFORE others. */
static enum status add_orders(struct writer *writer,
                              const struct writer_part *part, uint32_t first,
                              uint32_t before, struct failure *failure)
{
    enum status status = STATUS_OK;

    for (uint32_t i = 0; status == STATUS_OK && i < part->n_paragraphs; i++) {
        const struct part_order *part_order = &part->orders[i];
        uint64_t order = (uint64_t)(before + part_order->document) << 32 |
                         part_order->ordinal;
        char value[8];

        for (size_t j = 0; j < sizeof value; j++)
            value[j] = (char)(order >> (56 - 8 * j));
        status =
            segment_writer_value(writer->segment, first + i, VALUE_ORDER,
                                 (struct bytes){value, sizeof value}, failure);
    }
    return status;
}

static enum status add_metadata(struct writer *writer, const char *key,
                                uint64_t number, struct failure *failure)
{
    char text[24];

    snprintf(text, sizeof text, "%" PRIu64, number);
    return segment_writer_metadata(writer->segment, key, text, failure);
}

/* Write the segment; the next paragraph begins another. */
static enum status finish_segment(struct writer *writer,
                                  struct failure *failure)
{
    enum status status =
        add_metadata(writer, SCHEMA_METADATA_VERSION, SCHEMA_VERSION, failure);

    if (status == STATUS_OK)
        status =
            segment_writer_metadata(writer->segment, SCHEMA_METADATA_ANALYZER,
                                    writer->folder.manifest.analyzer, failure);
    if (status == STATUS_OK)
        status = add_metadata(writer, SCHEMA_METADATA_WORDS, writer->n_words,
                              failure);
    if (status == STATUS_OK && !writer->options.portable)
        status =
            segment_writer_metadata(writer->segment, SCHEMA_METADATA_POSITIONS,
                                    SCHEMA_POSITIONS_FORWARD, failure);
    if (status == STATUS_OK)
        status = segment_writer_finish(writer->segment, failure);
    segment_writer_free(writer->segment);
    writer->segment = NULL;
    writer->n_words = 0;
    return status;
}

/* Put PART, which is not empty, into the segment. */
static enum status take(struct writer *writer, struct writer_part *part,
                        struct failure *failure)
{
    uint32_t first, before;
    enum status status = begin_segment(writer, failure);

    if (status == STATUS_OK)
        status = number_documents(writer, part, &before, failure);
    if (status != STATUS_OK)
        return status;
    first = segment_writer_n_paragraphs(writer->segment) + 1;
    status = segment_writer_take(writer->segment, part->paragraphs, failure);
    if (status == STATUS_OK)
        status = add_orders(writer, part, first, before, failure);
    writer->n_paragraphs += part->n_paragraphs;
    writer->n_words += part->n_words;
    return status;
}

enum status writer_take(struct writer *writer, struct writer_part *part,
                        struct failure *failure)
{
    enum status status = STATUS_OK;

    if (part->n_paragraphs > 0)
        status = take(writer, part, failure);
    writer_part_clear(part);
    /* A document may go on in the next segment: its paragraphs stay in order,
     * and one document may be larger than the memory. */
    if (status == STATUS_OK && writer->segment &&
        segment_writer_size(writer->segment) >=
            writer->options.memory - writer_spare_memory(writer))
        status = finish_segment(writer, failure);
    return status;
}

uint32_t writer_n_paragraphs(const struct writer *writer)
{
    return writer->n_paragraphs;
}

uint32_t writer_n_documents(const struct writer *writer)
{
    return writer->n_documents;
}

bool writer_file(struct writer *writer, struct bytes path,
                 const struct file_facts **facts)
{
    *facts = files_find(&writer->folder.files, path);
    return *facts != NULL;
}

enum status writer_each_file(struct writer *writer, file_function each,
                             void *context, struct failure *failure)
{
    size_t n_files = writer->folder.files.n_files;
    const struct file_facts **files;
    enum status status = files_sort(&writer->folder.files, &files, failure);

    for (size_t i = 0; status == STATUS_OK && i < n_files; i++)
        status = each(context, files[i], failure);
    free(files);
    return status;
}

enum status writer_set_file(struct writer *writer,
                            const struct file_facts *facts,
                            struct failure *failure)
{
    writer->folder.files_changed = true;
    return files_set(&writer->folder.files, facts, failure);
}

enum status writer_forget_file(struct writer *writer, struct bytes path,
                               struct failure *failure)
{
    bool known;

    (void)failure;
    files_forget(&writer->folder.files, path, &known);
    writer->folder.files_changed = writer->folder.files_changed || known;
    return STATUS_OK;
}

enum status writer_remove_path(struct writer *writer, struct bytes path,
                               uint32_t *n_paragraphs, struct failure *failure)
{
    return removal_mark(&writer->removal, TERM_PATH, path, n_paragraphs,
                        failure);
}

enum status writer_remove_document(struct writer *writer, struct bytes document,
                                   uint32_t *n_paragraphs,
                                   struct failure *failure)
{
    return removal_mark(&writer->removal, TERM_DOCUMENT, document, n_paragraphs,
                        failure);
}

enum status writer_commit(struct writer *writer, struct failure *failure)
{
    struct folder *folder = &writer->folder;
    enum status status = STATUS_OK;

    /* Xapian cannot search a stub file that names no database, so an index of
     * nothing has a segment of nothing. */
    if (folder->manifest.n_segments == 0)
        status = begin_segment(writer, failure);
    if (status == STATUS_OK && writer->segment)
        status = finish_segment(writer, failure);
    if (status != STATUS_OK || !folder_has_changed(folder))
        return status;
    return folder_commit(folder, failure);
}

enum status writer_merge(struct writer *writer, struct failure *failure)
{
    return merge_due(&writer->folder, failure);
}

void writer_free(struct writer *writer)
{
    if (!writer)
        return;
    removal_release(&writer->removal);
    segment_writer_free(writer->segment);
    folder_release(&writer->folder);
    buffer_release(&writer->last.document);
    buffer_release(&writer->last.path);
    free(writer);
}
