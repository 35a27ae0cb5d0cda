/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Blocks as lines of text, to be compared with what is expected:
 *
 *   document TAB symbol TAB title TAB date TAB language TAB body
 *   role TAB level TAB number TAB name TAB text */
#ifndef TESTS_BLOCKS_H
#define TESTS_BLOCKS_H

#include "base/buffer.h"
#include "src/document/block.h"

static inline void blocks_append(struct buffer *out, struct bytes field,
                                 char end)
{
    buffer_append(out, field.data, field.length);
    buffer_append_byte(out, end);
}

static inline enum status blocks_document(void *context,
                                          const struct document_facts *facts,
                                          struct failure *failure)
{
    struct buffer *out = context;

    buffer_append_string(out, "document\t");
    blocks_append(out, facts->symbol, '\t');
    blocks_append(out, facts->title, '\t');
    blocks_append(out, facts->date, '\t');
    blocks_append(out, facts->language, '\t');
    blocks_append(out, facts->body, '\n');
    return out->failed ? fail_memory(failure) : STATUS_OK;
}

static inline enum status blocks_block(void *context, const struct block *block,
                                       struct failure *failure)
{
    static const char *const roles[] = {
        [BLOCK_TEXT] = "text",       [BLOCK_TITLE] = "title",
        [BLOCK_HEADING] = "heading", [BLOCK_FOOTNOTE] = "footnote",
        [BLOCK_TABLE] = "table",     [BLOCK_FURNITURE] = "furniture",
    };
    struct buffer *out = context;

    buffer_append_format(out, "%s\t%u\t", roles[block->role], block->level);
    blocks_append(out, block->number, '\t');
    blocks_append(out, block->name, '\t');
    blocks_append(out, block->text, '\n');
    return out->failed ? fail_memory(failure) : STATUS_OK;
}

/* A receiver that appends such lines to OUT. */
static inline struct block_receiver blocks_receiver(struct buffer *out)
{
    return (struct block_receiver){blocks_document, blocks_block, out};
}

#endif
