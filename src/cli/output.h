/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Results on standard output: one loop over matches, several formats. A
 * format is a row of functions; those of a format live in output_FORMAT.c. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/buffer.h"
#include "index/paragraph.h"
#include "src/cli/options.h"
#include "src/result/spans.h"

/* The version of the JSON lines and of the columns of TSV; it rises when a
 * member changes its meaning or goes. */
enum { OUTPUT_VERSION = 1 };

/* One paragraph to show, all borrowed. */
struct result {
    size_t rank; /* from 1; 0: it was asked for by its address */
    double score;
    const struct paragraph *paragraph;
    struct bytes address;        /* filled by output_result */
    const struct spans *matches; /* NULL: none */
};

struct output {
    FILE *stream;
    size_t width; /* columns; 0: do not wrap */
    bool color;
    size_t n_results;      /* written so far */
    struct buffer scratch; /* of the format */
    struct buffer address; /* of the result at hand */
    void (*write)(struct output *output, const struct result *result);
};

/* The output that SETTINGS ask for, on standard output. */
void output_init(struct output *output, const struct settings *settings);

/* Write one result, completing it. STATUS_MEMORY; that the stream takes no more
 * is for output_ended to tell. */
enum status output_result(struct output *output, struct result *result,
                          struct failure *failure);
void output_release(struct output *output);

void output_text(struct output *output, const struct result *result);
void output_jsonl(struct output *output, const struct result *result);
void output_tsv(struct output *output, const struct result *result);

/* TEXT as a JSON string, quotation marks included; what is not UTF-8 becomes
 * U+FFFD. */
void json_string(struct buffer *buffer, struct bytes text);

/* Ranges of bytes in the file that PARAGRAPH came from, in order, those that
 * only white space parts made one. EACH is called for every one. */
void source_ranges(const struct paragraph *paragraph,
                   void (*each)(void *context, size_t start, size_t end),
                   void *context);

/* The page on which PARAGRAPH begins; 0: not known. */
uint32_t first_page(const struct paragraph *paragraph);

#endif
