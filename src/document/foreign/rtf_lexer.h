/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rich Text Format (version 1.9.1) as tokens: braces, control words, bytes. */
#ifndef DOCUMENT_FOREIGN_RTF_LEXER_H
#define DOCUMENT_FOREIGN_RTF_LEXER_H

#include <stdbool.h>

#include "base/bytes.h"

enum rtf_kind {
    RTF_END,
    RTF_OPEN,
    RTF_CLOSE,
    RTF_WORD,   /* .text is its name, .number its parameter */
    RTF_SYMBOL, /* a control symbol, .text is the one character */
    RTF_BYTE,   /* .number is a byte of text, written in hexadecimal */
    RTF_TEXT,   /* .text is text; line ends are none */
};

struct rtf_token {
    enum rtf_kind kind;
    struct bytes text; /* of what is read */
    bool has_number;
    long number; /* within 32 bits */
};

struct rtf_lexer {
    struct bytes rest;
};

/* The next token; binary data is passed over. */
struct rtf_token rtf_next(struct rtf_lexer *lexer);

/* Whether TOKEN is the control word NAME. */
bool rtf_is_word(const struct rtf_token *token, const char *name);

#endif
