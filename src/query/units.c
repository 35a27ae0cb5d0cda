/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/query/units.h"

#include "base/buffer.h"
#include "src/text/utf8.h"

#include <stdlib.h>

/* What a word with wildcards must have beside them: one letter may stand for a
 * fourth of all words. */
enum { MIN_LETTERS = 2 };

/* A compound comes behind its parts and takes their place. */
static enum status add_compound(struct units *units, const struct token *token,
                                struct unit *unit, struct failure *failure)
{
    struct word_list *compounds = &units->compounds;

    if (word_list_append(compounds, token->word, failure))
        return STATUS_MEMORY;
    while (units->n_items > 0 &&
           units->items[units->n_items - 1].first + 1 >= token->position)
        unit->first = units->items[--units->n_items].first;
    unit->n_words = units->words.n_items - unit->first;
    unit->word = compounds->items[compounds->n_items - 1];
    return STATUS_OK;
}

/* A pair comes behind its second half. */
static enum status add_pair(struct units *units, const struct token *token,
                            struct failure *failure)
{
    struct word_list *pairs = &units->pairs;

    if (word_list_append(pairs, token->word, failure))
        return STATUS_MEMORY;
    units->items[units->n_items - 1].pair = pairs->items[pairs->n_items - 1];
    return STATUS_OK;
}

static enum status add(struct units *units, const struct token *token,
                       struct failure *failure)
{
    struct word_list *words = &units->words;
    struct unit unit = {
        .first = words->n_items,
        .n_words = 1,
        .column = piece_is_wild(&units->piece, token->word)
                      ? piece_column(&units->piece, token->start)
                      : 0,
    };

    if (token->kind == TOKEN_PAIR)
        return add_pair(units, token, failure);
    if (token->kind == TOKEN_COMPOUND) {
        if (add_compound(units, token, &unit, failure))
            return STATUS_MEMORY;
    } else {
        if (word_list_append(words, token->word, failure))
            return STATUS_MEMORY;
        unit.word = words->items[words->n_items - 1];
        unit.ideograph = token->kind == TOKEN_IDEOGRAPH;
    }
    if (!array_grow(&units->items, &units->capacity, units->n_items + 1,
                    sizeof *units->items))
        return fail_memory(failure);
    units->items[units->n_items++] = unit;
    return STATUS_OK;
}

/* How many letters WORD has beside those that stand for wildcards. */
static size_t count_letters(const struct piece *piece, struct bytes word)
{
    size_t n = 0, at = 0;

    while (at < word.length) {
        char32_t c;

        at += utf8_decode(word.data + at, word.length - at, &c);
        n += c != piece->any && c != piece->one && c != '-' && c != '\'';
    }
    return n;
}

bool units_wild(const struct units *units, size_t i)
{
    return piece_is_wild(&units->piece, units->words.items[i]) &&
           count_letters(&units->piece, units->words.items[i]) >= MIN_LETTERS;
}

/* Whether each wildcard of the text is in a word: the end of a long one may be
 * cut off. */
static bool is_whole(const struct units *units)
{
    size_t n = 0, i;

    for (i = 0; i < units->words.n_items; i++)
        n += units->words.items[i].length > 0
                 ? piece_count_wild(&units->piece, units->words.items[i])
                 : 0;
    return n == units->piece.n_wildcards;
}

static enum status check_wildcards(const struct units *units,
                                   struct failure *failure)
{
    size_t i;

    for (i = 0; i < units->n_items; i++)
        if (units->items[i].column &&
            count_letters(&units->piece, units->items[i].word) < MIN_LETTERS)
            return fail_column(failure, units->items[i].column,
                               "a wildcard needs %d letters or digits beside "
                               "it in its word; put a '\\' before it to search "
                               "for the text",
                               MIN_LETTERS);
    if (!is_whole(units))
        return fail_column(failure, units->piece.wildcards[0].column,
                           "this word with a wildcard is too long");
    return STATUS_OK;
}

/* Bytes of another character set would be taken for punctuation, and "caf\xE9"
 * for the word "caf". */
static enum status check_encoding(struct bytes text, size_t column,
                                  struct failure *failure)
{
    size_t length = utf8_valid_length(text.data, text.length);

    return length == text.length
               ? STATUS_OK
               : fail_column(failure, column + utf8_count(text.data, length),
                             "this is not UTF-8 (byte %02X); convert the "
                             "query, as with iconv",
                             (unsigned char)text.data[length]);
}

enum status units_read(struct units *units, struct analyzer *analyzer,
                       struct bytes text, size_t column,
                       struct failure *failure)
{
    enum status status = check_encoding(text, column, failure);
    struct token token;

    if (status == STATUS_OK)
        status = piece_read(&units->piece, text, column, true, failure);
    if (status)
        return status;
    analyzer_start(analyzer, units->piece.text.data, units->piece.text.length);
    while (analyzer_next(analyzer, &token))
        if (add(units, &token, failure))
            return STATUS_MEMORY;
    return check_wildcards(units, failure);
}

void units_release(struct units *units)
{
    piece_release(&units->piece);
    free(units->items);
    word_list_release(&units->words);
    word_list_release(&units->compounds);
    word_list_release(&units->pairs);
    *units = (struct units){0};
}
