/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From files to paragraphs, the whole way of it:
 *
 *   walk.h         files and folders, in a stable order
 *   source.h       a file as a stream of bytes, unpacked
 *   format.h       the formats: how one is recognised and read, a table
 *   encoding.h     bytes to UTF-8, with the places they came from, which
 *   placed_text.h  keeps
 *   paragraphs.h   text to paragraphs, by way of
 *   lines.h        its lines,
 *   characters.h   what characters are, and
 *   builder.h      a paragraph under construction
 *   indexer.h      paragraphs into the index
 *
 * A format reads a source and gives its paragraphs, one after the other, to
 * the receiver below. */
#ifndef DOCUMENT_DOCUMENT_H
#define DOCUMENT_DOCUMENT_H

#include "base/status.h"
#include "index/paragraph.h"

/* Takes one paragraph, borrowed for the call; any status but STATUS_OK stops
 * the reading and is passed up. */
typedef enum status (*paragraph_receiver)(void *context,
                                          const struct paragraph *paragraph,
                                          struct failure *failure);

/* How to read. */
struct document_options {
    const char *language; /* of documents that do not say theirs; ISO 639-1 */
    void (*warn)(void *context, const char *message); /* what was wrong but did
                             not stop the reading ("x.jsonl: line 7: …"); may be
                             NULL */
    void *warn_context;
    uint64_t *bytes_read; /* raised by the bytes of the files, as they are on
                             disk; may be NULL */
};

/* Read the file PATH ("-": standard input) and give its paragraphs to RECEIVE.
 * Errors: INPUT (it is nothing that we read; the message names the file and
 * says why), IO, LIMIT, MEMORY, and whatever RECEIVE returned. Paragraphs
 * may have been received before an error. */
enum status document_read(const char *path,
                          const struct document_options *options,
                          paragraph_receiver receive, void *context,
                          struct failure *failure);

#endif
