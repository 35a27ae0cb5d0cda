/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Results, written in one of several formats. A format is a row of functions,
 * which live in output_FORMAT.c and append to a buffer; the search, and whoever
 * writes that buffer to standard output, know nothing of formats. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/buffer.h"
#include "index/paragraph.h"
#include "index/reader.h"
#include "src/cli/copies.h"
#include "src/cli/fields.h"
#include "src/cli/options.h"
#include "src/result/snippet.h"
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
    size_t around; /* the rank of the result that it is context of; 0: none */
    const struct copies *copies;   /* NULL: not asked for */
    const struct snippet *snippet; /* NULL: the paragraph is short enough */
};

/* The query that results belong to, where there are several. */
struct asked {
    struct bytes id; /* given by the user, or the number of its line */
    struct bytes text;
};

struct output;

struct output_format {
    const char *name;
    const char *fields; /* those it has unless told otherwise; NULL: it is not
                           made of fields */
    bool marks;         /* it marks the matches, though not by a field */
    void (*result)(struct output *output, const struct result *result);
    /* How much a query finds; NULL: this format cannot say it. */
    void (*count)(struct output *output, const struct matches *matches);
    /* Why a query of several was not run; NULL: this format cannot say it. */
    void (*failure)(struct output *output, const struct failure *failure);
};

struct output {
    const struct output_format *format;
    struct fields fields;
    bool collapse;             /* copies are told */
    bool context;              /* there is context around results */
    size_t group;              /* the rank of what was written last */
    bool documents;            /* each result stands for its document */
    bool matches;              /* where in a paragraph they are, is wanted */
    size_t snippet;            /* in characters; 0: none is wanted */
    char end;                  /* of a result */
    FILE *stream;              /* each result goes there; NULL: they gather */
    const struct asked *asked; /* NULL: the command line asked for it */
    const struct reader
        *reader;  /* of which something may be missing, or NULL */
    size_t width; /* columns; 0: do not wrap */
    bool color;
    size_t n_results;      /* written so far */
    struct buffer text;    /* what is written and not yet in the stream */
    struct buffer address; /* of the result at hand */
};

/* The format that SETTINGS ask for. */
const struct output_format *output_format(const struct settings *settings);

/* The output that SETTINGS ask for, to STREAM, standard output or NULL. *OUTPUT
 * is filled for the caller to release, also on failure. USAGE: what is to be
 * written this format does not have. */
enum status output_init(struct output *output, const struct settings *settings,
                        FILE *stream, struct failure *failure);

/* Write one result, completing it. STATUS_MEMORY; that the stream takes no more
 * is for output_ended to tell. */
enum status output_result(struct output *output, struct result *result,
                          struct failure *failure);

/* Write how much a query finds, in a format that can say it. MEMORY. */
enum status output_count(struct output *output, const struct matches *matches,
                         struct failure *failure);
void output_release(struct output *output);

extern const struct output_format output_text;
extern const struct output_format output_jsonl;
extern const struct output_format output_tsv;
extern const struct output_format output_trec;

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
