/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tokens of RTF. */
#include <config.h>

#include "src/document/foreign/rtf_lexer.h"

#include "base/ascii.h"

static struct bytes take(struct rtf_lexer *lexer, size_t length)
{
    struct bytes taken = {lexer->rest.data, length};

    lexer->rest.data += length;
    lexer->rest.length -= length;
    return taken;
}

static int hex_digit(char byte)
{
    return is_ascii_digit(byte)         ? byte - '0'
           : byte >= 'A' && byte <= 'F' ? byte - 'A' + 10
           : byte >= 'a' && byte <= 'f' ? byte - 'a' + 10
                                        : 0;
}

/* The parameter of a control word and the blank that ends it. */
static void read_number(struct rtf_lexer *lexer, struct rtf_token *token)
{
    const struct bytes *rest = &lexer->rest;
    bool minus = rest->length > 1 && rest->data[0] == '-' &&
                 is_ascii_digit(rest->data[1]);
    long number = 0;

    if (minus)
        take(lexer, 1);
    while (rest->length > 0 && is_ascii_digit(rest->data[0])) {
        if (number < 200000000)
            number = number * 10 + (rest->data[0] - '0');
        token->has_number = true;
        take(lexer, 1);
    }
    token->number = minus ? -number : number;
    if (rest->length > 0 && rest->data[0] == ' ')
        take(lexer, 1);
}

static struct rtf_token read_word(struct rtf_lexer *lexer)
{
    struct rtf_token token = {.kind = RTF_WORD};
    size_t length = 0;

    while (length < lexer->rest.length &&
           is_ascii_letter(lexer->rest.data[length]))
        length++;
    token.text = take(lexer, length);
    read_number(lexer, &token);
    if (rtf_is_word(&token, "bin") && token.number > 0)
        take(lexer, (size_t)token.number < lexer->rest.length
                        ? (size_t)token.number
                        : lexer->rest.length);
    return token;
}

/* What follows a backslash. */
static struct rtf_token read_control(struct rtf_lexer *lexer)
{
    struct rtf_token token = {.kind = RTF_SYMBOL};

    if (lexer->rest.length == 0)
        return (struct rtf_token){.kind = RTF_END};
    if (is_ascii_letter(lexer->rest.data[0]))
        return read_word(lexer);
    token.text = take(lexer, 1);
    if (token.text.data[0] == '\'' && lexer->rest.length >= 2) {
        struct bytes digits = take(lexer, 2);

        token.kind = RTF_BYTE;
        token.number =
            hex_digit(digits.data[0]) * 16 + hex_digit(digits.data[1]);
    }
    return token;
}

static struct rtf_token read_text(struct rtf_lexer *lexer)
{
    size_t length = 0;

    while (length < lexer->rest.length) {
        char byte = lexer->rest.data[length];

        if (byte == '\\' || byte == '{' || byte == '}' || byte == '\r' ||
            byte == '\n')
            break;
        length++;
    }
    return (struct rtf_token){.kind = RTF_TEXT, .text = take(lexer, length)};
}

struct rtf_token rtf_next(struct rtf_lexer *lexer)
{
    const struct bytes *rest = &lexer->rest;

    while (rest->length > 0 && (rest->data[0] == '\r' || rest->data[0] == '\n'))
        take(lexer, 1);
    if (rest->length == 0)
        return (struct rtf_token){.kind = RTF_END};
    switch (rest->data[0]) {
    case '{': take(lexer, 1); return (struct rtf_token){.kind = RTF_OPEN};
    case '}': take(lexer, 1); return (struct rtf_token){.kind = RTF_CLOSE};
    case '\\': take(lexer, 1); return read_control(lexer);
    default: return read_text(lexer);
    }
}

bool rtf_is_word(const struct rtf_token *token, const char *name)
{
    return token->kind == RTF_WORD && bytes_equal(token->text, bytes_of(name));
}
