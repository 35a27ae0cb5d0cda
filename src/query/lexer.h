/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A query string cut into the pieces that its grammar speaks of, each with its
 * column. Here is decided what a character means where it stands; what is
 * reserved for a later query language is refused here. */
#ifndef QUERY_LEXER_H
#define QUERY_LEXER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/status.h"
#include "src/query/field.h"

enum lexeme_kind {
    LEXEME_END,
    LEXEME_WORDS,  /* .text: a chunk, neither quoted nor an operator */
    LEXEME_EXACT,  /* .text: what follows '=' */
    LEXEME_PHRASE, /* .text: what is between the quotation marks */
    LEXEME_FIELD,  /* .field; .text: its value, without quotation marks */
    LEXEME_OPEN,   /* ( */
    LEXEME_CLOSE,  /* ) */
    LEXEME_PLUS,
    LEXEME_MINUS,
    LEXEME_AND,
    LEXEME_OR,
    LEXEME_NOT,
};

struct lexeme {
    enum lexeme_kind kind;
    size_t column;     /* of its first character, in code points from 1; of
                          END, the one after the last piece */
    struct bytes text; /* borrowed from the query; else empty */
    enum query_field field;
};

struct lexer {
    const char *cursor, *end;
    size_t column;      /* of cursor */
    size_t last_column; /* behind the last lexeme */
    bool joined;        /* a ')' or a phrase ends at the cursor */
};

void lexer_init(struct lexer *lexer, const char *query, size_t length);

/* The next piece into *LEXEME; END again and again at the end. STATUS_QUERY
 * for a quotation mark that has no partner and for what is reserved. */
enum status lexer_next(struct lexer *lexer, struct lexeme *lexeme,
                       struct failure *failure);

/* KIND as a message names it ("AND", "')'"). Static. */
const char *lexeme_name(enum lexeme_kind kind);

#endif
