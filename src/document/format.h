/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The formats: a table of how each is recognised and read.
 *
 * A format is recognised by what a file begins with; its name is only a hint
 * where the content leaves it open. What is clearly something that no row of
 * the table reads is refused by name. A new format is a new row. */
#ifndef DOCUMENT_FORMAT_H
#define DOCUMENT_FORMAT_H

#include <stdbool.h>

#include "base/bytes.h"
#include "base/status.h"
#include "src/document/block.h"
#include "src/document/document.h"
#include "src/document/source.h"

/* How much of a file its format is recognised by. */
enum { FORMAT_HEAD = 64 << 10 };

/* One file, and what is to be done with it. */
struct reading {
    const char *path; /* as given; paragraphs carry it */
    const struct document_options *options;
    paragraph_receiver receive;
    void *context;
};

/* Find the blocks of a file whose unpacked bytes are CONTENT and give them to
 * RECEIVER. NAME is how the file is called in messages. STATUS_INPUT if it is
 * damaged, encrypted, or has no text; STATUS_LIMIT; STATUS_MEMORY; and what
 * RECEIVER returned. */
typedef enum status (*block_reader)(struct bytes content, const char *name,
                                    const struct block_receiver *receiver,
                                    struct failure *failure);

struct format {
    const char *name;
    /* Whether the file PATH, which begins with HEAD (FORMAT_HEAD bytes, or all
     * of it), is of this format. */
    bool (*recognise)(struct bytes head, const char *path);
    /* One of three ways to read it: its blocks, in this process; its blocks, in
     * a worker process without privileges (.foreign; see worker.h and
     * foreign/readers.h), as every format that others define is; or paragraphs
     * right away (JSON Lines). */
    block_reader blocks;
    bool foreign;
    const char *missing; /* the library for want of which a foreign format was
                            not built in; NULL: it was */
    enum status (*paragraphs)(struct source *source,
                              const struct reading *reading,
                              struct failure *failure);
};

extern const struct format format_json_lines;
extern const struct format format_plain_text;

/* The table: all formats, in the order in which they are tried, ended by NULL;
 * the last one takes everything. Static. */
const struct format *const *format_table(void);

/* The format of the file PATH, which begins with HEAD; NULL if it is
 * something that we do not read, and then *WHAT says what ("a PNG picture").
 */
const struct format *format_find(struct bytes head, const char *path,
                                 const char **what);

/* The same for SOURCE, of which nothing is consumed. What source_peek returns.
 */
enum status format_recognise(struct source *source, const char *path,
                             const struct format **format, const char **what,
                             struct failure *failure);

/* Recognise the format of SOURCE and read it. STATUS_INPUT if it is something
 * that we do not read; else as document_read. */
enum status format_read(struct source *source, const struct reading *reading,
                        struct failure *failure);

/* Hand MESSAGE to the caller's .warn, if there is one. */
void reading_warn(const struct reading *reading, const char *message);

#endif
