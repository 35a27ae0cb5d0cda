/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The paragraphs around one in its document. */
#ifndef CLI_CONTEXT_H
#define CLI_CONTEXT_H

#include <stddef.h>
#include <stdint.h>

#include "index/reader.h"

/* Paragraphs of one document, in its order. */
struct context {
    uint32_t *ids; /* all of the document's; owned */
    size_t first;  /* of those meant */
    size_t at;     /* the one that they are around */
    size_t end;
};

/* Fill CONTEXT, for the caller to release, with up to N paragraphs before and
 * after PARAGRAPH, whose id is ID. What the reader returns; MEMORY. */
enum status context_find(struct reader *reader,
                         const struct paragraph *paragraph, uint32_t id,
                         size_t n, struct context *context,
                         struct failure *failure);
void context_release(struct context *context);

#endif
