/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A result as a line of a TREC run, as trec_eval reads it:
 *
 *     query Q0 docno rank score tag
 *
 * Its columns are parted by white space, so that they cannot hold any. */
#include <config.h>

#include "src/cli/output.h"

#include "src/query/characters.h"
#include "src/text/utf8.h"

/* TEXT as one column: white space and controls become '_', one each; an empty
 * one, too. */
static void column(struct buffer *buffer, struct bytes text)
{
    size_t at = 0, size;

    if (text.length == 0)
        buffer_append_byte(buffer, '_');
    for (; at < text.length; at += size) {
        char32_t c;

        size = utf8_decode(text.data + at, text.length - at, &c);
        if (is_white_space(c) || is_control(c))
            buffer_append_byte(buffer, '_');
        else
            buffer_append(buffer, text.data + at, size);
    }
}

static void write_result(struct output *output, const struct result *result)
{
    struct buffer *buffer = &output->text;

    if (result->rank == 0)
        return; /* context */
    /* A query that has no name is the only one. */
    column(buffer, output->asked ? output->asked->id : bytes_of("1"));
    buffer_append_string(buffer, " Q0 ");
    column(buffer,
           output->documents ? result->paragraph->document : result->address);
    buffer_append_format(buffer, " %zu %.6f pilcrow\n", result->rank,
                         result->score);
}

const struct output_format output_trec = {.name = "trec",
                                          .result = write_result};
