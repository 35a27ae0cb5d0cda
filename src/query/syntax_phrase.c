/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The inside of a phrase: words, and alternatives in parentheses.
 *
 *   phrase       = { WORDS | alternatives }
 *   alternatives = '(' WORDS '|' WORDS { '|' WORDS } ')'
 *
 * Parentheses without a '|' are punctuation, as in "resolution 1373 (2001)". */
#include <config.h>

#include "src/query/syntax_parts.h"

#include "base/buffer.h"
#include "src/query/characters.h"
#include "src/text/utf8.h"

#include <stdlib.h>

struct syntax *syntax_new(enum syntax_kind kind, size_t column)
{
    struct syntax *node = calloc(1, sizeof *node);

    if (node) {
        node->kind = kind;
        node->column = node->text_column = column;
        node->boost = 1;
    }
    return node;
}

enum status syntax_append(struct syntax *parent, struct syntax **child,
                          struct failure *failure)
{
    if (!array_grow(&parent->children, &parent->capacity,
                    parent->n_children + 1, sizeof *parent->children))
        return fail_memory(failure);
    parent->children[parent->n_children++] = *child;
    *child = NULL;
    return STATUS_OK;
}

void syntax_free(struct syntax *tree)
{
    size_t i;

    if (!tree)
        return;
    for (i = 0; i < tree->n_children; i++)
        syntax_free(tree->children[i]);
    free(tree->children);
    free(tree);
}

/* A place in the text of a phrase. */
struct place {
    const char *cursor;
    size_t column;
};

/* Go on from AT to the first of '(', ')' and '|' that is not escaped, or to
 * END. Returns which it is; 0 at the end. */
static char next_sign(struct place *at, const char *end)
{
    bool escaped = false;

    while (at->cursor < end) {
        char32_t c;
        size_t size = utf8_decode(at->cursor, (size_t)(end - at->cursor), &c);

        if (!escaped && (c == '(' || c == ')' || c == '|'))
            return (char)c;
        escaped = !escaped && c == '\\';
        at->cursor += size;
        at->column++;
    }
    return 0;
}

static bool is_blank(const char *start, const char *end)
{
    while (start < end) {
        char32_t c;

        start += utf8_decode(start, (size_t)(end - start), &c);
        if (!is_white_space(c))
            return false;
    }
    return true;
}

/* Append to PARENT the text from START to END as WORDS. */
static enum status append_words(struct syntax *parent, struct place start,
                                const char *end, struct failure *failure)
{
    struct syntax *words = syntax_new(SYNTAX_WORDS, start.column);
    enum status status;

    if (!words)
        return fail_memory(failure);
    words->text = (struct bytes){start.cursor, (size_t)(end - start.cursor)};
    status = syntax_append(parent, &words, failure);
    syntax_free(words);
    return status;
}

/* The alternatives whose '(' was at OPEN, of which the first ends at the '|' at
 * *AT, which goes on behind their ')'. */
static enum status alternatives(struct syntax *phrase, struct place open,
                                struct place *at, const char *end,
                                struct failure *failure)
{
    struct syntax *any = syntax_new(SYNTAX_OR, open.column);
    struct place start = {open.cursor + 1, open.column + 1};
    enum status status = any ? STATUS_OK : fail_memory(failure);
    char sign = '|';

    while (!status) {
        if (sign == 0)
            status = fail_column(failure, open.column,
                                 "these alternatives have no ')' to them");
        else if (sign == '(')
            status = fail_column(failure, at->column,
                                 "alternatives in a phrase cannot hold "
                                 "parentheses");
        else if (is_blank(start.cursor, at->cursor))
            status = fail_column(failure, start.column,
                                 "expected a word in this alternative");
        else
            status = append_words(any, start, at->cursor, failure);
        if (status)
            break;
        start = *at = (struct place){at->cursor + 1, at->column + 1};
        if (sign == ')')
            break;
        sign = next_sign(at, end);
    }
    if (!status)
        status = syntax_append(phrase, &any, failure);
    syntax_free(any);
    return status;
}

/* Whether the letter before START, or the one at END, would make one word with
 * what is between them. */
static bool is_attached(struct bytes text, const char *start, const char *end)
{
    const char *last = text.data + text.length;
    char32_t before = ' ', behind = ' ';
    const char *cursor = start;

    while (cursor > text.data && ((unsigned char)*--cursor & 0xC0) == 0x80)
        ;
    if (start > text.data)
        utf8_decode(cursor, (size_t)(start - cursor), &before);
    if (end < last)
        utf8_decode(end, (size_t)(last - end), &behind);
    return joins_words(before) || joins_words(behind);
}

/* A '|' at AT, where the last '(' was at OPEN, if that is open. */
static enum status take_alternatives(struct syntax *phrase, struct place *start,
                                     struct place open, struct place *at,
                                     const char *end, struct failure *failure)
{
    enum status status = STATUS_OK;

    if (!open.cursor)
        return fail_column(failure, at->column,
                           "'|' in a phrase stands between alternatives in "
                           "parentheses; put a '\\' before it to search for "
                           "the text");
    if (!is_blank(start->cursor, open.cursor))
        status = append_words(phrase, *start, open.cursor, failure);
    if (!status)
        status = alternatives(phrase, open, at, end, failure);
    if (!status && is_attached(phrase->text, open.cursor, at->cursor))
        status = fail_column(failure, open.column,
                             "alternatives are whole words: put spaces around "
                             "these parentheses");
    *start = *at;
    return status;
}

enum status syntax_phrase(struct syntax *phrase, struct failure *failure)
{
    const char *end = phrase->text.data + phrase->text.length;
    struct place at = {phrase->text.data, phrase->text_column};
    struct place start = at, open = {NULL, 0};
    enum status status = STATUS_OK;
    char sign;

    while (!status && (sign = next_sign(&at, end)) != 0) {
        if (sign == '|') {
            status = take_alternatives(phrase, &start, open, &at, end, failure);
            open.cursor = NULL;
            continue;
        }
        open = sign == '(' ? at : (struct place){NULL, 0};
        at.cursor++;
        at.column++;
    }
    if (!status && phrase->n_children > 0 && !is_blank(start.cursor, end))
        status = append_words(phrase, start, end, failure);
    if (!status && phrase->n_children > 0)
        phrase->text = (struct bytes){NULL, 0};
    return status;
}
