/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/query/piece.h"

#include "src/query/characters.h"
#include "src/query/wildcard.h"
#include "src/text/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Linear A: letters (Lo, and so ALetter to UAX #29) without case, accents or
 * decomposition, of a script that nobody can read. */
enum { FIRST_LETTER = 0x10600, LAST_LETTER = 0x10736 };

static bool holds_letter(struct bytes text, char32_t letter)
{
    char bytes[4];
    size_t length = utf8_encode(letter, bytes);

    return memmem(text.data, text.length, bytes, length) != NULL;
}

/* A letter from FROM on that is not in TEXT; 0: there is none. */
static char32_t free_letter(struct bytes text, char32_t from)
{
    while (from <= LAST_LETTER && holds_letter(text, from))
        from++;
    return from <= LAST_LETTER ? from : 0;
}

/* What may follow the '?' of a question before white space does, and the
 * backslash that may stand before that. */
static bool is_closing_punctuation(char32_t c)
{
    const char32_t *set = U".,;:!?)]}'\"’”»«“…，。；：！？）】」』》、\\";

    while (*set && *set != c)
        set++;
    return *set != 0;
}

/* Where the punctuation that begins at CURSOR ends; *AT_END says whether white
 * space or END comes there, so that a '?' in it ends a question. */
static const char *scan_punctuation(const char *cursor, const char *end,
                                    bool *at_end)
{
    while (cursor < end) {
        char32_t c;
        size_t size = utf8_decode(cursor, (size_t)(end - cursor), &c);

        *at_end = is_white_space(c);
        if (!is_closing_punctuation(c))
            return cursor;
        cursor += size;
    }
    *at_end = true;
    return end;
}

static enum status add_wildcard(struct piece *piece, char32_t letter,
                                size_t column, struct failure *failure)
{
    char bytes[4];

    if (!array_grow(&piece->wildcards, &piece->capacity, piece->n_wildcards + 1,
                    sizeof *piece->wildcards))
        return fail_memory(failure);
    piece->wildcards[piece->n_wildcards++] =
        (struct wildcard){piece->buffer.length, column};
    buffer_append(&piece->buffer, bytes, utf8_encode(letter, bytes));
    return STATUS_OK;
}

/* Copy TEXT, from COLUMN on, to the buffer. */
static enum status copy(struct piece *piece, struct bytes text, size_t column,
                        bool wildcards, struct failure *failure)
{
    const char *cursor = text.data, *end = text.data + text.length;
    const char *judged = cursor; /* each '?' before it is a question's or not */
    bool question = false, escaped = false;
    enum status status = STATUS_OK;

    for (; !status && cursor < end; column++) {
        char32_t c;
        size_t size = utf8_decode(cursor, (size_t)(end - cursor), &c);
        bool special = !escaped && wildcards && (c == '*' || c == '?');

        escaped = !escaped && c == '\\';
        if (special && c == '?' && cursor >= judged)
            judged = scan_punctuation(cursor, end, &question);
        if (special && (c == '*' || !question))
            status = add_wildcard(piece, c == '*' ? piece->any : piece->one,
                                  column, failure);
        else if (!escaped)
            buffer_append(&piece->buffer, cursor, size);
        cursor += size;
    }
    if (!status && piece->buffer.failed)
        status = fail_memory(failure);
    return status;
}

enum status piece_read(struct piece *piece, struct bytes text, size_t column,
                       bool wildcards, struct failure *failure)
{
    enum status status;

    *piece = (struct piece){.text = text, .buffer = BUFFER_EMPTY};
    if (!memchr(text.data, '\\', text.length) &&
        (!wildcards || (!memchr(text.data, '*', text.length) &&
                        !memchr(text.data, '?', text.length))))
        return STATUS_OK;
    piece->any = free_letter(text, FIRST_LETTER);
    piece->one = piece->any ? free_letter(text, piece->any + 1) : 0;
    if (!piece->one)
        return fail_column(failure, column,
                           "too many different letters of Linear A beside "
                           "wildcards");
    status = copy(piece, text, column, wildcards, failure);
    piece->text = buffer_bytes(&piece->buffer);
    return status;
}

void piece_release(struct piece *piece)
{
    free(piece->wildcards);
    buffer_release(&piece->buffer);
    *piece = (struct piece){0};
}

bool piece_is_wild(const struct piece *piece, struct bytes word)
{
    return piece_count_wild(piece, word) > 0;
}

size_t piece_count_wild(const struct piece *piece, struct bytes word)
{
    size_t n = 0, at = 0;

    while (piece->n_wildcards > 0 && at < word.length) {
        char32_t c;

        at += utf8_decode(word.data + at, word.length - at, &c);
        n += c == piece->any || c == piece->one;
    }
    return n;
}

void piece_pattern(const struct piece *piece, struct bytes word,
                   struct buffer *pattern)
{
    size_t at = 0;

    while (at < word.length) {
        char32_t c;
        size_t size = utf8_decode(word.data + at, word.length - at, &c);

        if (c == piece->any)
            buffer_append_byte(pattern, WILDCARD_ANY);
        else if (c == piece->one)
            buffer_append_byte(pattern, WILDCARD_ONE);
        else
            buffer_append(pattern, word.data + at, size);
        at += size;
    }
}

size_t piece_column(const struct piece *piece, size_t start)
{
    size_t i = 0;

    while (i + 1 < piece->n_wildcards && piece->wildcards[i].offset < start)
        i++;
    return piece->n_wildcards ? piece->wildcards[i].column : 0;
}
