/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A query string cut into the pieces that its grammar speaks of, each with its
 * column. Here is decided what a character means where it stands; a piece of
 * text is given as it was written, for src/query/piece.h to read. */
#ifndef QUERY_LEXER_H
#define QUERY_LEXER_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"
#include "src/query/field.h"

/* How many times the score of something may count. */
enum { QUERY_MAX_BOOST = 1000 };

enum lexeme_kind {
    LEXEME_END,
    LEXEME_WORDS,     /* .text: a chunk, neither quoted nor an operator */
    LEXEME_EXACT,     /* .text: what follows '=' */
    LEXEME_PHRASE,    /* .text: what is between the quotation marks */
    LEXEME_INFLECTED, /* the same, behind a '~' */
    LEXEME_FIELD,     /* .field; .text: its value, without quotation marks */
    LEXEME_OPEN,      /* ( */
    LEXEME_CLOSE,     /* ) */
    LEXEME_PLUS,
    LEXEME_MINUS,
    LEXEME_AND,
    LEXEME_OR,
    LEXEME_XOR,
    LEXEME_NOT,
    LEXEME_NEAR,  /* .number: the distance */
    LEXEME_ONEAR, /* .number: the distance */
    LEXEME_FUZZY, /* ~1 or ~2 behind a word; .number */
    LEXEME_BOOST, /* ^ and a number behind an operand; .factor */
};

struct lexeme {
    enum lexeme_kind kind;
    size_t column;      /* of its first character, in code points from 1; of
                           END, the one after the last piece */
    struct bytes text;  /* borrowed from the query; else empty */
    size_t text_column; /* of .text */
    enum query_field field;
    uint32_t number;
    double factor;
};

struct lexer {
    const char *cursor, *end;
    size_t column;           /* of cursor */
    size_t last_column;      /* behind the last lexeme */
    enum lexeme_kind before; /* the lexeme that ends at the cursor; END: none
                                does */
};

void lexer_init(struct lexer *lexer, const char *query, size_t length);

/* The next piece into *LEXEME; END again and again at the end. STATUS_QUERY
 * for a quotation mark that has no partner, and for a sign that cannot stand
 * where it does. */
enum status lexer_next(struct lexer *lexer, struct lexeme *lexeme,
                       struct failure *failure);

/* KIND as a message names it ("AND", "')'"). Static. */
const char *lexeme_name(enum lexeme_kind kind);

#endif
