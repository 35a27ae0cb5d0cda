/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One block's text, piece by piece. */
#include <config.h>

#include "src/document/foreign/inline.h"

#include "src/document/characters.h"

#include <stdlib.h>

#define SOFT_HYPHEN "\xC2\xAD"

void inline_release(struct inline_text *text)
{
    buffer_release(&text->text);
    free(text->marks);
    free(text->places);
    *text = INLINE_EMPTY;
}

void inline_clear(struct inline_text *text)
{
    buffer_clear(&text->text);
    text->space = text->failed = false;
    text->n_marks = text->n_places = 0;
}

static void append_place(struct inline_text *text, const struct place *place)
{
    if (!array_grow(&text->places, &text->places_capacity, text->n_places + 1,
                    sizeof *text->places))
        text->failed = true;
    else
        text->places[text->n_places++] = *place;
}

/* LENGTH bytes have been appended that stand in the file from START to END. A
 * place goes on over a single space that stands for a single byte, since then
 * text and file still go together. */
static void note_place(struct inline_text *text, size_t length, size_t start,
                       size_t end)
{
    size_t at = text->text.length - length, skipped;
    struct place *last =
        text->n_places ? &text->places[text->n_places - 1] : NULL;

    if (last && end - start == length &&
        last->source_length == last->text_length) {
        skipped = at - (last->text + last->text_length);
        if (skipped <= 1 &&
            start == last->source + last->source_length + skipped) {
            last->text_length += length + skipped;
            last->source_length += length + skipped;
            return;
        }
    }
    append_place(text, &(struct place){.text = at,
                                       .text_length = length,
                                       .source = start,
                                       .source_length = end - start});
}

/* How many bytes at the start of BYTES are neither white space nor a soft
 * hyphen. */
static size_t visible_length(struct bytes bytes)
{
    size_t at = 0;

    while (at < bytes.length) {
        unsigned char c = (unsigned char)bytes.data[at];

        /* Only these begin a white space character or a soft hyphen. */
        if ((c <= ' ' || c == 0x7F || c == 0xC2 || c >= 0xE1) &&
            (white_length(bytes.data + at, bytes.length - at) ||
             (bytes.length - at >= 2 &&
              memcmp(bytes.data + at, SOFT_HYPHEN, 2) == 0)))
            break;
        at++;
    }
    return at;
}

static void append_visible(struct inline_text *text, struct bytes piece)
{
    if (text->space && text->text.length > 0)
        buffer_append_byte(&text->text, ' ');
    text->space = false;
    buffer_append(&text->text, piece.data, piece.length);
}

/* Append PIECE, whose place begins at START if EXACT. */
static void append(struct inline_text *text, struct bytes piece, bool exact,
                   size_t start)
{
    size_t at = 0;

    while (at < piece.length) {
        struct bytes rest = {piece.data + at, piece.length - at};
        size_t length = visible_length(rest);

        if (length > 0) {
            append_visible(text, (struct bytes){rest.data, length});
            if (exact && !text->text.failed)
                note_place(text, length, start + at, start + at + length);
        } else if ((length = white_length(rest.data, rest.length)) > 0) {
            text->space = true;
        } else {
            length = strlen(SOFT_HYPHEN);
        }
        at += length;
    }
}

void inline_append(struct inline_text *text, struct bytes piece)
{
    append(text, piece, false, 0);
}

void inline_append_at(struct inline_text *text, struct bytes piece,
                      size_t start, size_t end)
{
    size_t before = text->text.length;
    bool exact = end >= start && end - start == piece.length;

    append(text, piece, exact, start);
    if (exact || text->text.failed || text->text.length == before)
        return;
    if (before > 0 && text->text.data[before] == ' ')
        before++;
    note_place(text, text->text.length - before, start, end);
}

void inline_space(struct inline_text *text)
{
    text->space = true;
}

void inline_mark(struct inline_text *text)
{
    if (!array_grow(&text->marks, &text->marks_capacity, text->n_marks + 1,
                    sizeof *text->marks))
        text->failed = true;
    else
        text->marks[text->n_marks++] =
            (struct inline_mark){text->text.length, 0, text->space};
}

bool inline_is_empty(const struct inline_text *text)
{
    return text->text.length == 0;
}

static bool is_space_or_stop(const struct inline_text *text, size_t at)
{
    return at >= text->text.length ||
           memchr(" ,.;:!?)", text->text.data[at], 8);
}

/* Find what is to be taken out around MARK: brackets that it stood in, with one
 * of the spaces around them; a space before it, where punctuation follows. */
static void find_cut(const struct inline_text *text, struct inline_mark *mark)
{
    const char *data = text->text.data;
    size_t length = text->text.length;
    size_t from = mark->at < length ? mark->at : length, to = from;

    while (from > 0 && data[from - 1] == ' ')
        from--;
    while (to < length && data[to] == ' ')
        to++;
    mark->end = mark->at;
    if (from > 0 && to < length &&
        ((data[from - 1] == '(' && data[to] == ')') ||
         (data[from - 1] == '[' && data[to] == ']'))) {
        mark->at = from - 1;
        mark->end = to + 1;
        if (mark->at > 0 && data[mark->at - 1] == ' ' &&
            is_space_or_stop(text, mark->end))
            mark->at--;
        else if (mark->at == 0 && mark->end < length && data[mark->end] == ' ')
            mark->end++;
    } else if (mark->spaced && to < length && is_space_or_stop(text, to)) {
        mark->end = to;
    }
}

/* Places of the text before and after cutting, going forward. */
struct cutting {
    const struct inline_mark *cuts; /* those to come */
    size_t n_cuts;
    size_t removed; /* by those before */
};

/* Where byte AT is when all is cut; one that is cut away, where it was. */
static size_t after_cutting(struct cutting *cutting, size_t at)
{
    while (cutting->n_cuts > 0 && cutting->cuts->end <= at) {
        cutting->removed += cutting->cuts->end - cutting->cuts->at;
        cutting->cuts++;
        cutting->n_cuts--;
    }
    if (cutting->n_cuts > 0 && cutting->cuts->at < at)
        at = cutting->cuts->at;
    return at - cutting->removed;
}

/* Places keep what is left of them. One that was exact, byte for byte, stays so
 * if it was cut at its start or its end; if in its midst, it is known only as a
 * whole. */
static void cut_places(struct inline_text *text, struct cutting cutting)
{
    size_t kept = 0, i;

    for (i = 0; i < text->n_places; i++) {
        struct place place = text->places[i];
        size_t end = place.text + place.text_length, old = place.text;
        bool exact = place.text_length == place.source_length;
        size_t start_lost = 0;

        place.text = after_cutting(&cutting, old);
        if (cutting.n_cuts > 0 && cutting.cuts->at <= old)
            start_lost =
                (cutting.cuts->end < end ? cutting.cuts->end : end) - old;
        place.text_length = after_cutting(&cutting, end) - place.text;
        if (exact && (start_lost > 0 || place.text_length < end - old) &&
            (place.text_length == end - old - start_lost ||
             (start_lost == 0 && cutting.n_cuts > 0 &&
              cutting.cuts->at < end))) {
            place.source += start_lost;
            place.source_length = place.text_length;
        }
        if (place.text_length > 0)
            text->places[kept++] = place;
    }
    text->n_places = kept;
}

/* Take CUTS, which ascend, out of the text and its places. */
static void cut(struct inline_text *text, const struct inline_mark *cuts,
                size_t n_cuts)
{
    char *data = text->text.data;
    size_t to, i;

    if (n_cuts == 0)
        return;
    cut_places(text, (struct cutting){cuts, n_cuts, 0});
    to = cuts[0].at;
    for (i = 0; i < n_cuts; i++) {
        size_t from = cuts[i].end;
        size_t end = i + 1 < n_cuts ? cuts[i + 1].at : text->text.length;

        memmove(data + to, data + from, end - from);
        to += end - from;
    }
    text->text.length = to;
}

void inline_drop_mark(struct inline_text *text, struct bytes mark)
{
    const char *data = text->text.data;
    size_t length = text->text.length, at = 0;
    bool bracket;

    if (text->text.failed || length == 0)
        return;
    bracket = data[0] == '(' || data[0] == '[';
    at += bracket;
    if (mark.length > 0 && length - at >= mark.length &&
        memcmp(data + at, mark.data, mark.length) == 0)
        at += mark.length;
    else if (!bracket)
        return;
    if (at < length && strchr(bracket ? ")]" : ".):", data[at]))
        at++;
    else if (bracket || (at < length && data[at] != ' ' &&
                         is_letter_or_digit(first_character(
                             (struct bytes){data + at, length - at}))))
        return;
    while (at < length && data[at] == ' ')
        at++;
    if (at < length)
        cut(text, &(struct inline_mark){.at = 0, .end = at}, 1);
}

struct bytes inline_finish(struct inline_text *text)
{
    size_t n_cuts = 0, end = 0, i;

    for (i = 0; i < text->n_marks && !text->text.failed; i++) {
        struct inline_mark mark = text->marks[i];

        find_cut(text, &mark);
        if (mark.at < end)
            mark.at = end;
        if (mark.end > mark.at) {
            text->marks[n_cuts++] = mark;
            end = mark.end;
        }
    }
    cut(text, text->marks, n_cuts);
    text->n_marks = 0;
    return buffer_bytes(&text->text);
}

/* All places as one, from the first byte of any to the last. */
static struct place whole_place(const struct inline_text *text)
{
    struct place whole = {.text_length = text->text.length};
    size_t end = 0, i;

    for (i = 0; i < text->n_places; i++) {
        const struct place *place = &text->places[i];

        if (i == 0 || place->source < whole.source)
            whole.source = place->source;
        if (place->source + place->source_length > end)
            end = place->source + place->source_length;
    }
    whole.source_length = end - whole.source;
    return whole;
}

static void drop_inexact_places(struct inline_text *text)
{
    size_t kept = 0, i;

    for (i = 0; i < text->n_places; i++)
        if (text->places[i].text_length == text->places[i].source_length)
            text->places[kept++] = text->places[i];
    text->n_places = kept;
}

/* A row of a table whose cells are all empty. */
static bool is_empty_row(const struct block *block)
{
    size_t i = 0;

    while (i < block->text.length &&
           (block->text.data[i] == ' ' || block->text.data[i] == '|'))
        i++;
    return block->role == BLOCK_TABLE && i == block->text.length;
}

enum status inline_give(struct inline_text *text, struct block *block,
                        enum place_unit unit,
                        const struct block_receiver *receiver,
                        struct failure *failure)
{
    enum status status = STATUS_OK;
    struct place whole;

    block->text = inline_finish(text);
    block->unit = unit;
    if (text->failed || text->text.failed)
        return fail_memory(failure);
    if (block->text.length > 0 && !is_empty_row(block)) {
        if (!has_letter_or_digit(block->text) && block->number.length == 0)
            block->role = BLOCK_FURNITURE;
        whole = whole_place(text);
        drop_inexact_places(text);
        block->places = unit == PLACE_BYTES ? text->places : &whole;
        block->n_places = unit == PLACE_BYTES ? text->n_places : 1;
        status = receiver->block(receiver->context, block, failure);
    }
    inline_clear(text);
    return status;
}
