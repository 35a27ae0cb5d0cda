/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From files to paragraphs, the whole way of it:
 *
 *   walk.h         files and folders, in a stable order
 *   source.h       a file as a stream of bytes, unpacked
 *   format.h       the formats: how one is recognised and read, a table
 *   recognise.h    what a file of each begins with
 *   encoding.h     bytes to UTF-8, with the places they came from, which
 *   placed_text.h  keeps
 *   block.h        what a format gives: paragraphs as such, found by
 *   rebuild.h      in what is lines, by way of
 *   lines.h        lines,
 *   characters.h   what characters are, and
 *   builder.h      a block under construction
 *   worker.h       a process apart, in which foreign formats are read by
 *   foreign/       their readers
 *   structure.h    blocks to paragraphs, with their kinds and labels
 *   indexer.h      paragraphs into the index
 *
 * A file's paragraphs go, one after the other, to the receiver below. */
#ifndef DOCUMENT_DOCUMENT_H
#define DOCUMENT_DOCUMENT_H

#include <signal.h>

#include "base/status.h"
#include "index/paragraph.h"

/* Takes one paragraph, borrowed for the call; any status but STATUS_OK stops
 * the reading and is passed up. */
typedef enum status (*paragraph_receiver)(void *context,
                                          const struct paragraph *paragraph,
                                          struct failure *failure);

struct detector;
struct source_facts;
struct worker;

/* How to read. */
struct document_options {
    const char *language; /* of documents that do not say theirs; ISO 639-1.
                             NULL: it is detected, and LANGUAGE_DEFAULT where
                             that fails */
    void (*warn)(void *context, const char *message); /* what was wrong but did
                             not stop the reading ("x.jsonl: line 7: …"); may be
                             NULL */
    void *warn_context;
    struct source_facts *facts; /* filled with what the file was like when it
                             was read (source.h), unless that ended in IO,
                             MEMORY or INTERRUPTED; may be NULL */
    const volatile sig_atomic_t *interrupted; /* as of source_open */
    struct detector *detector; /* of languages, one for all the files of a
                             thread; NULL: one is made for each */
    struct worker *worker; /* in which foreign formats are read (worker.h), one
                             for all the files of a run; NULL: one is made for
                             the call, where it is needed */
};

/* Read the file PATH ("-": standard input) and give its paragraphs to RECEIVE.
 * Errors: INPUT (it is nothing that we read; the message names the file and
 * says why), IO, LIMIT, MEMORY, INTERRUPTED (if the worker or the options say
 * to look for that), and whatever RECEIVE returned. Paragraphs may have been
 * received before an error only from JSON Lines; of another file all come or
 * none. */
enum status document_read(const char *path,
                          const struct document_options *options,
                          paragraph_receiver receive, void *context,
                          struct failure *failure);

struct source;

/* The same for the file PATH that was opened as SOURCE, from its beginning. */
enum status document_read_source(struct source *source, const char *path,
                                 const struct document_options *options,
                                 paragraph_receiver receive, void *context,
                                 struct failure *failure);

#endif
