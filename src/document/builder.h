/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A block while it is put together: its text, and the places that the text
 * came from. It knows nothing of where blocks begin.
 *
 * White space of any kind becomes one space. Where that takes the place of a
 * white space character of one byte, as nearly everywhere, the text still
 * follows from the file byte for byte, so that a place can go on over the end
 * of a line; a new one begins where something was left out, at inserted
 * text, and on another page. */
#ifndef DOCUMENT_BUILDER_H
#define DOCUMENT_BUILDER_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"
#include "index/paragraph.h"
#include "src/document/block.h"
#include "src/document/placed_text.h"

struct builder {
    const struct placed_text *source;
    const struct block_receiver *receiver;

    struct buffer text;
    struct place *places; /* while it is built, .source and .source_length
                             count in .source's text */
    size_t n_places, capacity;
    struct place_cursor stretches, sources;
};

/* Begin, giving blocks to RECEIVER. Both arguments stay borrowed. */
void builder_init(struct builder *builder, const struct placed_text *source,
                  const struct block_receiver *receiver);
void builder_release(struct builder *builder);

/* Append bytes START to END of the source's text, which stand on PAGE. White
 * space at the start of a block, or after white space, is left out. */
enum status builder_append(struct builder *builder, size_t start, size_t end,
                           uint32_t page, struct failure *failure);

/* Append a space for the white space at AT in the source's text. */
enum status builder_append_space(struct builder *builder, size_t at,
                                 uint32_t page, struct failure *failure);

/* Append STRING, which does not stand in the source. */
enum status builder_append_string(struct builder *builder, const char *string,
                                  struct failure *failure);

/* Take the last LENGTH bytes away again, which came from the source. */
void builder_drop(struct builder *builder, size_t length);

/* Give what was built to the receiver, unless it is empty, with what *BLOCK
 * says of it beside its text and places, and begin with the next one. Returns
 * what the receiver does, or STATUS_MEMORY. */
enum status builder_finish(struct builder *builder, const struct block *block,
                           struct failure *failure);

#endif
