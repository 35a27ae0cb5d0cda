/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/builder.h"

#include "src/document/characters.h"

#include <stdlib.h>

void builder_init(struct builder *builder, const struct placed_text *source,
                  const struct block_receiver *receiver)
{
    *builder = (struct builder){
        .source = source,
        .receiver = receiver,
        .text = BUFFER_EMPTY,
    };
}

void builder_release(struct builder *builder)
{
    buffer_release(&builder->text);
    free(builder->places);
    builder->places = NULL;
    builder->n_places = builder->capacity = 0;
}

/* Append bytes START to END of the source's text, in one exact stretch of
 * it, to the last place if they go on from there, else as a new one. */
static enum status append_place(struct builder *builder, size_t start,
                                size_t end, uint32_t page,
                                struct failure *failure)
{
    size_t n = builder->n_places;
    struct place *last = n ? &builder->places[n - 1] : NULL;

    if (last && last->source + last->source_length == start &&
        last->text + last->text_length == builder->text.length &&
        last->page == page) {
        last->text_length += end - start;
        last->source_length += end - start;
        return STATUS_OK;
    }
    if (!array_grow(&builder->places, &builder->capacity, n + 1,
                    sizeof *builder->places))
        return fail_memory(failure);
    builder->places[builder->n_places++] = (struct place){
        .text = builder->text.length,
        .text_length = end - start,
        .source = start,
        .source_length = end - start,
        .page = page,
    };
    return STATUS_OK;
}

/* Append text that is to be kept as it is. Where it is not exact it
 * gets no place, as if it were inserted. */
static enum status append_run(struct builder *builder, size_t start, size_t end,
                              uint32_t page, struct failure *failure)
{
    while (start < end) {
        enum status status = STATUS_OK;
        bool exact;
        size_t stop = placed_text_stretch(builder->source, &builder->stretches,
                                          start, end, &exact);

        if (exact)
            status = append_place(builder, start, stop, page, failure);
        if (status)
            return status;
        buffer_append(&builder->text, builder->source->text.data + start,
                      stop - start);
        start = stop;
    }
    return builder->text.failed ? fail_memory(failure) : STATUS_OK;
}

enum status builder_append_space(struct builder *builder, size_t at,
                                 uint32_t page, struct failure *failure)
{
    const struct bytes text = builder->source->text;
    enum status status = STATUS_OK;

    if (builder->text.length == 0 ||
        builder->text.data[builder->text.length - 1] == ' ')
        return STATUS_OK;
    if (white_length(text.data + at, text.length - at) == 1)
        status = append_place(builder, at, at + 1, page, failure);
    buffer_append_byte(&builder->text, ' ');
    if (builder->text.failed)
        return fail_memory(failure);
    return status;
}

/* The end of the run from AT on, at most END, that can be taken as it is: it
 * has no other white space than single spaces. */
static size_t plain_run(const char *text, size_t at, size_t end)
{
    for (; at < end; at++) {
        unsigned char byte = (unsigned char)text[at];

        if (byte > ' ' && byte < 0x7F)
            continue;
        if (white_length(text + at, end - at) == 0)
            continue;
        if (byte != ' ' || white_length(text + at + 1, end - at - 1) > 0)
            break;
    }
    return at;
}

enum status builder_append(struct builder *builder, size_t start, size_t end,
                           uint32_t page, struct failure *failure)
{
    const char *text = builder->source->text.data;
    enum status status = STATUS_OK;

    while (start < end && status == STATUS_OK) {
        size_t stop = plain_run(text, start, end), length;

        if (text[start] == ' ' && stop > start) {
            status = builder_append_space(builder, start, page, failure);
            start++;
        }
        if (status == STATUS_OK)
            status = append_run(builder, start, stop, page, failure);
        if (status == STATUS_OK && stop < end)
            status = builder_append_space(builder, stop, page, failure);
        while ((length = white_length(text + stop, end - stop)) > 0)
            stop += length;
        start = stop;
    }
    return status;
}

enum status builder_append_string(struct builder *builder, const char *string,
                                  struct failure *failure)
{
    buffer_append_string(&builder->text, string);
    return builder->text.failed ? fail_memory(failure) : STATUS_OK;
}

void builder_drop(struct builder *builder, size_t length)
{
    struct place *last;

    if (length > builder->text.length)
        length = builder->text.length;
    builder->text.length -= length;
    while (builder->n_places > 0) {
        size_t overhang;

        last = &builder->places[builder->n_places - 1];
        if (last->text + last->text_length <= builder->text.length)
            break;
        overhang = last->text + last->text_length - builder->text.length;
        if (overhang < last->text_length) {
            last->text_length -= overhang;
            last->source_length -= overhang;
            break;
        }
        builder->n_places--;
    }
}

/* Whether there is nothing but white space between START and END. */
static bool is_white(struct bytes text, size_t start, size_t end)
{
    while (start < end) {
        size_t length = white_length(text.data + start, end - start);

        if (length == 0)
            return false;
        start += length;
    }
    return true;
}

/* Let the places say where they are in the file, and not in the text. */
static void resolve_places(struct builder *builder)
{
    const struct placed_text *source = builder->source;
    size_t i, before = 0;

    for (i = 0; i < builder->n_places; i++) {
        struct place *place = &builder->places[i];
        size_t start = place->source;
        size_t end = start + place->source_length;

        place->adjoins =
            i > 0 && before <= start && is_white(source->text, before, start);
        place->source = placed_text_source(source, &builder->sources, start);
        place->source_length =
            placed_text_source(source, &builder->sources, end) - place->source;
        before = end;
    }
}

enum status builder_finish(struct builder *builder, const struct block *block,
                           struct failure *failure)
{
    struct block built = *block;
    enum status status;

    if (builder->text.length > 0 &&
        builder->text.data[builder->text.length - 1] == ' ')
        builder_drop(builder, 1);
    if (builder->text.length == 0)
        return STATUS_OK;
    resolve_places(builder);
    built.text = buffer_bytes(&builder->text);
    built.unit = builder->source->unit;
    built.places = builder->places;
    built.n_places = builder->n_places;
    status =
        builder->receiver->block(builder->receiver->context, &built, failure);
    buffer_clear(&builder->text);
    builder->n_places = 0;
    return status;
}
