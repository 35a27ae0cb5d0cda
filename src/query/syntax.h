/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A query string as a tree, with the column of everything in it.
 *
 * The grammar is in doc/pilcrow-query.7 and, as rules, at the top of
 * src/query/syntax.c. Nothing is ever read as something else than it says:
 * what cannot be understood is an error that names its column. */
#ifndef QUERY_SYNTAX_H
#define QUERY_SYNTAX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"
#include "src/query/field.h"

enum {
    QUERY_MAX_BYTES = 65536, /* of a query */
    QUERY_MAX_DEPTH = 100,   /* of parentheses and NEAR in each other */
};

enum syntax_kind {
    SYNTAX_WORDS,  /* .text, unquoted, without white space; ranked, by stems */
    SYNTAX_FUZZY,  /* word~n: .text, and what is at most .distance edits away */
    SYNTAX_EXACT,  /* =text: as written */
    SYNTAX_PHRASE, /* "text": as written, in this order. Where it holds
                      alternatives it has children instead of .text: WORDS,
                      and ORs of WORDS */
    SYNTAX_FIELD,  /* .field:text: a filter, without score */
    SYNTAX_NEAR,   /* two children within .distance words */
    SYNTAX_ONEAR,  /* the same, in their order */
    SYNTAX_AND,    /* all children */
    SYNTAX_OR,     /* any child */
    SYNTAX_XOR,    /* an odd number of children */
    SYNTAX_NOT,    /* the first child and none of the others */
    SYNTAX_GROUP,  /* words side by side: see .required and .excluded of
                      the children; if none is required, any child that is
                      not excluded; and all FIELDs, those of one name being
                      alternatives */
};

struct syntax {
    enum syntax_kind kind;
    bool required;          /* +: a child of a GROUP that must match */
    bool excluded;          /* -: a child of a GROUP that must not match */
    bool inflected;         /* PHRASE: ~"text", in any inflection */
    size_t column;          /* of its first character, in code points from 1 */
    size_t text_column;     /* of .text; of an operator, that of its first
                               sign, as of AND */
    enum query_field field; /* FIELD */
    uint32_t distance;      /* NEAR, ONEAR: in words; FUZZY: in edits */
    double boost;           /* its score counts so many times */
    struct bytes text;      /* WORDS, FUZZY, EXACT, PHRASE, FIELD: borrowed from
                               the query, as it was written: for
                               src/query/piece.h to read */
    struct syntax **children;
    size_t n_children;
    size_t capacity;
};

/* Parse QUERY (LENGTH bytes, anything). *TREE is the caller's, to free with
 * syntax_free, and refers to QUERY's bytes. STATUS_QUERY with the column of the
 * mistake and what was expected; an empty query is one. STATUS_MEMORY. */
enum status syntax_parse(const char *query, size_t length, struct syntax **tree,
                         struct failure *failure);
void syntax_free(struct syntax *tree);

/* Append TREE as a query that shows how it was read, with parentheses around
 * everything that has operators. */
void syntax_write(const struct syntax *tree, struct buffer *out);

#endif
