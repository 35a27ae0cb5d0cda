/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A stack of flows, each with the paragraph at hand and what is to come after
 * it. */
#include <config.h>

#include "src/document/foreign/composer.h"

#include "base/fnv.h"
#include "src/document/characters.h"
#include "src/document/foreign/items.h"
#include "src/document/foreign/raised.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_SEEN = 256,       /* wordings of furniture that are remembered */
    LONGEST_HEADING = 400 /* bytes */
};

struct flow_state {
    enum flow kind;
    struct buffer number; /* of a note */
    struct buffer text;   /* of the paragraph at hand; of a note: all of it */
    bool space;           /* before what comes next */
    struct buffer hidden;
    bool hidden_space;
    struct items later; /* to come after the paragraph at hand */
    struct items table; /* FLOW_TABLE: its content so far */
    size_t row, cell;
};

struct composer {
    const char *name; /* of the file */
    const struct block_receiver *receiver;
    struct flow_state *flows;
    size_t n, capacity;
    unsigned long n_notes;   /* so far */
    uint64_t seen[MAX_SEEN]; /* hashes of furniture */
    size_t n_seen;
};

static struct flow_state *top(const struct composer *composer)
{
    return &composer->flows[composer->n - 1];
}

static void release_flow(struct flow_state *flow)
{
    buffer_release(&flow->number);
    buffer_release(&flow->text);
    buffer_release(&flow->hidden);
    items_release(&flow->later);
    items_release(&flow->table);
}

enum status composer_new(const char *name,
                         const struct block_receiver *receiver,
                         struct composer **composer, struct failure *failure)
{
    struct composer *made = calloc(1, sizeof *made);
    enum status status;

    *composer = NULL;
    if (!made)
        return fail_memory(failure);
    made->name = name;
    made->receiver = receiver;
    status = composer_begin(made, FLOW_BODY, (struct bytes){0}, failure);
    if (status == STATUS_OK)
        *composer = made;
    else
        composer_free(made);
    return status;
}

void composer_free(struct composer *composer)
{
    if (!composer)
        return;
    for (; composer->n > 0; composer->n--)
        release_flow(top(composer));
    free(composer->flows);
    free(composer);
}

/* How many bytes at the start of TEXT stand for nothing: a soft hyphen, a byte
 * order mark. */
static size_t nothing_length(const char *text, size_t length)
{
    if (length >= 2 && memcmp(text, "\xC2\xAD", 2) == 0)
        return 2;
    return length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/* How many bytes at the start of TEXT are neither white space nor nothing. */
static size_t solid_length(const char *text, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];

        if (byte > ' ' && byte < 0x7F)
            continue;
        if (white_length(text + i, length - i) > 0 ||
            nothing_length(text + i, length - i) > 0)
            break;
    }
    return i;
}

/* Append TEXT to BUFFER with single white space; *SPACE is whether some stood
 * last. */
static void append(struct buffer *buffer, bool *space, struct bytes text)
{
    size_t i = 0;

    while (i < text.length) {
        const char *at = text.data + i;
        size_t white = white_length(at, text.length - i);
        size_t solid = solid_length(at, text.length - i);

        if (white > 0)
            *space = true;
        if (solid > 0) {
            if (*space && buffer->length > 0)
                buffer_append_byte(buffer, ' ');
            *space = false;
            buffer_append(buffer, at, solid);
        }
        i += white > 0   ? white
             : solid > 0 ? solid
                         : nothing_length(at, text.length - i);
    }
}

void composer_text(struct composer *composer, struct bytes text)
{
    append(&top(composer)->text, &top(composer)->space, text);
}

void composer_hidden(struct composer *composer, struct bytes text)
{
    append(&top(composer)->hidden, &top(composer)->hidden_space, text);
}

struct bytes composer_so_far(const struct composer *composer)
{
    return buffer_bytes(&top(composer)->text);
}

bool composer_refers_again(const struct composer *composer, struct bytes number)
{
    return !top(composer)->space && !composer_inside(composer, FLOW_NOTE) &&
           raised_refers(composer_so_far(composer), number, composer->n_notes);
}

/* Whether furniture of this wording was given before; from now on it was. */
static bool was_seen(struct composer *composer, struct bytes text)
{
    uint64_t value = fnv_bytes(FNV_START, text);
    size_t i;

    for (i = 0; i < composer->n_seen; i++)
        if (composer->seen[i] == value)
            return true;
    if (composer->n_seen < MAX_SEEN)
        composer->seen[composer->n_seen++] = value;
    return false;
}

static enum status give(struct composer *composer, const struct block *block,
                        struct failure *failure)
{
    const struct place place = {.text_length = block->text.length};
    struct block given = *block;

    if (given.role == BLOCK_FURNITURE && was_seen(composer, given.text))
        return STATUS_OK;
    given.places = &place;
    given.n_places = 1;
    given.unit = PLACE_WHOLE;
    return composer->receiver->block(composer->receiver->context, &given,
                                     failure);
}

/* BLOCK is complete in the flow AT: hand it on to where it comes out. */
static enum status put(struct composer *composer, size_t at,
                       const struct block *block, struct failure *failure)
{
    struct flow_state *flow = &composer->flows[at];
    struct block furniture = *block;
    bool kept = true;

    switch (flow->kind) {
    case FLOW_BODY: return give(composer, block, failure);
    case FLOW_FURNITURE:
        furniture.role = BLOCK_FURNITURE;
        furniture.level = 0;
        return give(composer, &furniture, failure);
    case FLOW_NOTE:
        flow->space = true;
        append(&flow->text, &flow->space, block->number);
        flow->space = true;
        append(&flow->text, &flow->space, block->text);
        flow->space = true;
        break;
    case FLOW_BOX:
        kept = items_add(&composer->flows[at - 1].later, block, 0, 0);
        break;
    case FLOW_TABLE:
        kept = items_add(&flow->table, block, flow->row, flow->cell);
        break;
    }
    return kept ? STATUS_OK : fail_memory(failure);
}

/* Hidden text and what else has waited for the end of the paragraph. */
static enum status put_later(struct composer *composer, struct failure *failure)
{
    struct flow_state *flow = top(composer);
    struct block hidden = {.role = BLOCK_FURNITURE,
                           .text = buffer_bytes(&flow->hidden)};
    enum status status = STATUS_OK;
    size_t i;

    if (hidden.text.length > 0 && flow->kind != FLOW_NOTE)
        status = put(composer, composer->n - 1, &hidden, failure);
    buffer_clear(&flow->hidden);
    flow->hidden_space = false;
    for (i = 0; i < flow->later.n && status == STATUS_OK; i++) {
        struct block block = items_block(&flow->later, i);

        status = put(composer, composer->n - 1, &block, failure);
    }
    items_clear(&flow->later);
    return status;
}

enum status composer_paragraph(struct composer *composer, enum block_role role,
                               unsigned level, struct bytes number,
                               struct failure *failure)
{
    struct flow_state *flow = top(composer);
    struct block block = {
        .role = role,
        .level = level,
        .number = text_trim(number),
        .text = buffer_bytes(&flow->text),
    };
    bool heading = role == BLOCK_HEADING || role == BLOCK_TITLE;
    enum status status = STATUS_OK;

    if (heading && block.text.length > LONGEST_HEADING) {
        block.role = BLOCK_TEXT;
        block.level = 0;
    }
    /* A rule, an ornament. */
    if (flow->kind != FLOW_TABLE && !has_letter_or_digit(block.text))
        block.role = BLOCK_FURNITURE;
    if (flow->text.failed || flow->hidden.failed)
        return fail_memory(failure);
    if (flow->kind == FLOW_NOTE) {
        flow->space = true;
        return put_later(composer, failure);
    }
    if (block.text.length > 0)
        status = put(composer, composer->n - 1, &block, failure);
    buffer_clear(&flow->text);
    flow->space = false;
    return status == STATUS_OK ? put_later(composer, failure) : status;
}

enum status composer_begin(struct composer *composer, enum flow flow,
                           struct bytes number, struct failure *failure)
{
    struct flow_state begun = {.kind = flow};

    if (composer->n >= COMPOSER_MAX_DEPTH)
        return fail(failure, STATUS_LIMIT, "%s: is nested too deeply",
                    composer->name);
    if (!array_grow(&composer->flows, &composer->capacity, composer->n + 1,
                    sizeof *composer->flows))
        return fail_memory(failure);
    buffer_append(&begun.number, number.data, number.length);
    if (begun.number.failed)
        return fail_memory(failure);
    composer->flows[composer->n++] = begun;
    composer->n_notes += flow == FLOW_NOTE;
    return STATUS_OK;
}

static enum status put_in_parent(void *context, const struct block *block,
                                 struct failure *failure)
{
    struct composer *composer = context;

    return put(composer, composer->n - 2, block, failure);
}

/* A note has ended; it comes after the paragraph that it stands in. */
static enum status keep_note(struct composer *composer, struct failure *failure)
{
    struct flow_state *flow = top(composer);
    struct block note = {
        .role = BLOCK_FOOTNOTE,
        .number = buffer_bytes(&flow->number),
        .text = buffer_bytes(&flow->text),
    };

    if (flow->text.failed ||
        (note.text.length > 0 && !items_add(&flow[-1].later, &note, 0, 0)))
        return fail_memory(failure);
    return STATUS_OK;
}

enum status composer_end(struct composer *composer, struct failure *failure)
{
    struct item_receiver receiver = {put_in_parent, composer};
    enum status status =
        composer_paragraph(composer, BLOCK_TEXT, 0, (struct bytes){0}, failure);
    struct flow_state *flow = top(composer);

    if (status == STATUS_OK && flow->kind == FLOW_NOTE)
        status = keep_note(composer, failure);
    if (status == STATUS_OK && flow->kind == FLOW_TABLE)
        status = items_give_table(&flow->table, &receiver, failure);
    release_flow(flow);
    composer->n--;
    return status;
}

bool composer_inside(const struct composer *composer, enum flow flow)
{
    size_t i;

    for (i = 0; i < composer->n; i++)
        if (composer->flows[i].kind == flow)
            return true;
    return false;
}

enum status composer_cell(struct composer *composer, struct failure *failure)
{
    enum status status =
        composer_paragraph(composer, BLOCK_TEXT, 0, (struct bytes){0}, failure);

    top(composer)->cell++;
    return status;
}

enum status composer_row(struct composer *composer, struct failure *failure)
{
    enum status status = composer_cell(composer, failure);

    top(composer)->row++;
    top(composer)->cell = 0;
    return status;
}

enum status composer_finish(struct composer *composer, struct failure *failure)
{
    enum status status = STATUS_OK;

    while (composer->n > 1 && status == STATUS_OK)
        status = composer_end(composer, failure);
    return status == STATUS_OK ? composer_paragraph(composer, BLOCK_TEXT, 0,
                                                    (struct bytes){0}, failure)
                               : status;
}
