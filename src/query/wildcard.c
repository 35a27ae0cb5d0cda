/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/query/wildcard.h"

#include "src/text/utf8.h"

/* Where the code point that begins at AT ends. */
static size_t next_character(struct bytes word, size_t at)
{
    for (at++;
         at < word.length && ((unsigned char)word.data[at] & 0xC0) == 0x80;
         at++)
        ;
    return at;
}

bool wildcard_matches(struct bytes pattern, struct bytes word)
{
    size_t i = 0, j = 0;
    /* Behind the last ANY, and where in WORD what follows it was tried. */
    size_t retry_pattern = 0, retry_word = 0;
    bool retry = false;

    while (j < word.length) {
        char c = i < pattern.length ? pattern.data[i] : 0;

        if (c == WILDCARD_ANY) {
            retry = true;
            retry_pattern = ++i;
            retry_word = j;
        } else if (i < pattern.length && c == WILDCARD_ONE) {
            i++;
            j = next_character(word, j);
        } else if (i < pattern.length && c == word.data[j]) {
            i++;
            j++;
        } else if (retry) {
            i = retry_pattern;
            j = retry_word = next_character(word, retry_word);
        } else {
            return false;
        }
    }
    while (i < pattern.length && pattern.data[i] == WILDCARD_ANY)
        i++;
    return i == pattern.length;
}

void edit_word_init(struct edit_word *edit, struct bytes word)
{
    size_t at = 0;

    edit->length = 0;
    while (at < word.length && edit->length < EDIT_MAX_LENGTH)
        at += utf8_decode(word.data + at, word.length - at,
                          &edit->characters[edit->length++]);
}

enum { BAND = 2 * EDIT_MAX_DISTANCE + 1, FAR = 100 };

/* The cell of row I and column J, in three rows of which only the columns near
 * the diagonal are kept. */
static unsigned cell(unsigned rows[3][BAND], size_t i, size_t j)
{
    size_t at = j + EDIT_MAX_DISTANCE - i;

    return at < BAND ? rows[i % 3][at] : FAR;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* The cell of row I and column J, from those before it. */
static unsigned next_cell(const struct edit_word *a, const struct edit_word *b,
                          unsigned rows[3][BAND], size_t i, size_t j)
{
    const char32_t *left = a->characters, *right = b->characters;
    unsigned distance;

    if (i == 0 || j == 0)
        return (unsigned)(i + j);
    distance = cell(rows, i - 1, j - 1) + (left[i - 1] != right[j - 1]);
    distance = least(distance, cell(rows, i - 1, j) + 1);
    distance = least(distance, cell(rows, i, j - 1) + 1);
    if (i > 1 && j > 1 && left[i - 1] == right[j - 2] &&
        left[i - 2] == right[j - 1])
        distance = least(distance, cell(rows, i - 2, j - 2) + 1);
    return distance;
}

unsigned edit_distance(const struct edit_word *a, const struct edit_word *b,
                       unsigned most)
{
    unsigned rows[3][BAND];
    size_t i, j;

    if (a->length > b->length + most || b->length > a->length + most)
        return most + 1;
    for (i = 0; i <= a->length; i++) {
        unsigned nearest = FAR;

        for (j = 0; j < BAND; j++)
            rows[i % 3][j] = FAR;
        for (j = i > EDIT_MAX_DISTANCE ? i - EDIT_MAX_DISTANCE : 0;
             j <= i + EDIT_MAX_DISTANCE && j <= b->length; j++) {
            unsigned *at = &rows[i % 3][j + EDIT_MAX_DISTANCE - i];

            *at = next_cell(a, b, rows, i, j);
            nearest = least(nearest, *at);
        }
        if (nearest > most)
            return most + 1;
    }
    return least(cell(rows, a->length, b->length), most + 1);
}
