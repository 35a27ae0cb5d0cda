/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of formats, and the three ways in which a file is read. */
#include <config.h>

#include "src/document/format.h"

#include "src/document/recognise.h"
#include "src/document/structure.h"
#include "src/document/worker.h"

/* What is built in is the same in foreign/table.c. */
#ifdef HAVE_POPPLER
#define NO_POPPLER NULL
#else
#define NO_POPPLER "poppler-glib"
#endif
#ifdef HAVE_LIBXML2
#define NO_LIBXML2 NULL
#else
#define NO_LIBXML2 "libxml2"
#endif
#ifdef HAVE_LIBZIP
#define NO_ZIP_OR_XML NO_LIBXML2
#else
#define NO_ZIP_OR_XML "libzip"
#endif
#ifdef HAVE_MD4C
#define NO_MD4C NULL
#else
#define NO_MD4C "md4c"
#endif

static const struct format pdf = {.name = "PDF",
                                  .recognise = recognise_pdf,
                                  .foreign = true,
                                  .missing = NO_POPPLER};
static const struct format word = {.name = "Word",
                                   .recognise = recognise_word,
                                   .foreign = true,
                                   .missing = NO_ZIP_OR_XML};
static const struct format opendocument = {.name = "OpenDocument",
                                           .recognise = recognise_opendocument,
                                           .foreign = true,
                                           .missing = NO_ZIP_OR_XML};
static const struct format epub = {.name = "EPUB",
                                   .recognise = recognise_epub,
                                   .foreign = true,
                                   .missing = NO_ZIP_OR_XML};
static const struct format rtf = {
    .name = "RTF", .recognise = recognise_rtf, .foreign = true};
static const struct format akoma_ntoso = {.name = "Akoma Ntoso",
                                          .recognise = recognise_akoma_ntoso,
                                          .foreign = true,
                                          .missing = NO_LIBXML2};
static const struct format html = {.name = "HTML",
                                   .recognise = recognise_html,
                                   .foreign = true,
                                   .missing = NO_LIBXML2};
static const struct format markdown = {.name = "Markdown",
                                       .recognise = recognise_markdown,
                                       .foreign = true,
                                       .missing = NO_MD4C};

/* Those that show what they are come first; from JSON Lines on, a file is text
 * in any case, and something else has to be ruled out before. */
static const struct format *const formats[] = {
    &pdf,         &word, &opendocument,      &epub,     &rtf,
    &akoma_ntoso, &html, &format_json_lines, &markdown, &format_plain_text,
    NULL,
};

const struct format *const *format_table(void)
{
    return formats;
}

const struct format *format_find(struct bytes head, const char *path,
                                 const char **what)
{
    const struct format *const *format = formats;

    *what = NULL;
    while (*format != &format_json_lines && !(*format)->recognise(head, path))
        format++;
    if (*format == &format_json_lines) {
        *what = recognise_other(head);
        if (*what)
            return NULL;
    }
    while (!(*format)->recognise(head, path))
        format++;
    return *format;
}

/* Markdown without its reader is still text that one can read. */
static const struct format *built_in(const struct format *format)
{
    return format == &markdown && format->missing ? &format_plain_text : format;
}

/* By the worker of the options, or by one that is made for this. */
static enum status read_by_worker(const struct format *format, const char *name,
                                  struct bytes content,
                                  const struct reading *reading,
                                  const struct block_receiver *receiver,
                                  struct failure *failure)
{
    struct worker *worker = reading->options->worker, *own = NULL;
    enum status status = STATUS_OK;

    if (!worker) {
        status = worker_new(NULL, &own, failure);
        worker = own;
    }
    if (status == STATUS_OK)
        status =
            worker_read(worker, format->name, name, content, receiver, failure);
    worker_free(own);
    return status;
}

/* The blocks first, all of them: if reading fails, none becomes a paragraph. */
static enum status read_blocks(const struct format *format,
                               struct source *source,
                               const struct reading *reading,
                               struct failure *failure)
{
    struct structure *structure = NULL;
    const struct block_receiver *receiver;
    struct bytes content;
    enum status status = source_all(source, &content, failure);

    if (status == STATUS_OK)
        status =
            structure_new(reading->path, reading->options, &structure, failure);
    if (status)
        return status;
    receiver = structure_receiver(structure);
    if (format->foreign)
        status = read_by_worker(format, source_name(source), content, reading,
                                receiver, failure);
    else
        status =
            format->blocks(content, source_name(source), receiver, failure);
    if (status == STATUS_OK)
        status = structure_finish(structure, reading->receive, reading->context,
                                  failure);
    structure_free(structure);
    return status;
}

enum status format_recognise(struct source *source, const char *path,
                             const struct format **format, const char **what,
                             struct failure *failure)
{
    struct bytes head;
    enum status status = source_peek(source, FORMAT_HEAD, &head, failure);

    if (status)
        return status;
    /* More than that may be there, depending on how it was read; what is
     * recognised must not depend on it. */
    if (head.length > FORMAT_HEAD)
        head.length = FORMAT_HEAD;
    *format = format_find(head, path, what);
    return STATUS_OK;
}

enum status format_read(struct source *source, const struct reading *reading,
                        struct failure *failure)
{
    const struct format *format;
    const char *what;
    enum status status =
        format_recognise(source, reading->path, &format, &what, failure);

    if (status)
        return status;
    if (!format)
        return fail(failure, STATUS_INPUT,
                    "%s: is %s, which this version does not read",
                    source_name(source), what);
    format = built_in(format);
    if (format->missing)
        return fail(failure, STATUS_INPUT,
                    "%s: is %s, which was left out when this was built "
                    "(%s was missing)",
                    source_name(source), format->name, format->missing);
    if (format->paragraphs)
        return format->paragraphs(source, reading, failure);
    return read_blocks(format, source, reading, failure);
}

void reading_warn(const struct reading *reading, const char *message)
{
    if (reading->options->warn)
        reading->options->warn(reading->options->warn_context, message);
}
