/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON Lines in slices of about a megabyte: one thread cuts the file into
 * slices, in order, and any thread reads a slice, so that paragraphs of one
 * file come from several threads. What they are depends on the file alone. */
#ifndef DOCUMENT_JSON_LINES_H
#define DOCUMENT_JSON_LINES_H

#include <stdbool.h>

#include "base/status.h"
#include "src/document/format.h"
#include "src/document/source.h"
#include "src/text/detect.h"

struct json_lines;
struct json_slice;

/* Cut up SOURCE, which is borrowed, as what READING points to is; its receiver
 * is not used. Lines that are no paragraphs are warned of when they are cut.
 * *LINES is the caller's to free (NULL is fine). MEMORY. */
enum status json_lines_new(struct source *source, const struct reading *reading,
                           struct json_lines **lines, struct failure *failure);
void json_lines_free(struct json_lines *lines);

/* A slice, empty, that may be used again and again, and outlive the file; of
 * READING only .options->language must live as long. It is the caller's to free
 * (NULL is fine). MEMORY. */
enum status json_slice_new(struct json_slice **slice, struct failure *failure);
void json_slice_free(struct json_slice *slice);

/* Put the next lines into SLICE, in place of what was in it; *FOUND is false at
 * the end. MEMORY, and what source_line returns, after all before it was
 * given. */
enum status json_lines_next(struct json_lines *lines, struct json_slice *slice,
                            bool *found, struct failure *failure);

/* At the end: INPUT, saying how many, if lines were no paragraphs. */
enum status json_lines_check(const struct json_lines *lines,
                             struct failure *failure);

/* Give the paragraphs of SLICE to RECEIVE, whose status is passed up. DETECTOR
 * is the thread's own. */
enum status json_slice_read(const struct json_slice *slice,
                            struct detector *detector,
                            paragraph_receiver receive, void *context,
                            struct failure *failure);

#endif
