/* SPDX-License-Identifier: GPL-2.0-or-later */
/* '?' needs care, since questions end in one: where nothing but closing
 * punctuation follows it up to the next white space, it is punctuation.
 * Parentheses in a phrase are text, as in "resolution 1373 (2001)", unless
 * they hold a '|'. */
#include <config.h>

#include "src/query/reserved.h"

#include "src/query/characters.h"
#include "src/query/excerpt.h"
#include "src/text/utf8.h"

#include <stdbool.h>

#define NOT_YET "is not part of the query language yet"
#define AS_TEXT "quote it to search for the text"

static bool begins_with(struct bytes text, const char *prefix)
{
    struct bytes wanted = bytes_of(prefix);

    return text.length >= wanted.length &&
           memcmp(text.data, wanted.data, wanted.length) == 0;
}

enum status reserved_word(struct bytes word, size_t column,
                          struct failure *failure)
{
    if (!bytes_equal(word, bytes_of("NEAR")) && !begins_with(word, "NEAR/") &&
        !bytes_equal(word, bytes_of("ONEAR")) && !begins_with(word, "ONEAR/") &&
        !bytes_equal(word, bytes_of("XOR")))
        return STATUS_OK;
    return fail_column(failure, column,
                       "%s " NOT_YET "; quote it to search for the word",
                       excerpt_of(word).text);
}

/* What may follow the '?' of a question before white space does. */
static bool is_closing_punctuation(char32_t c)
{
    const char32_t *set = U".,;:!?)]}'\"’”»«“…，。；：！？）】」』》、";

    while (*set && *set != c)
        set++;
    return *set != 0;
}

static enum status refuse_question_mark(size_t column, struct failure *failure)
{
    return fail_column(failure, column,
                       "a wildcard ('?') " NOT_YET
                       "; a question mark may only end a word");
}

static enum status refuse_star(size_t column, struct failure *failure)
{
    return fail_column(failure, column, "a wildcard ('*') " NOT_YET);
}

enum status reserved_in_chunk(struct bytes chunk, size_t column, char32_t next,
                              struct failure *failure)
{
    const char *cursor = chunk.data, *end = chunk.data + chunk.length;
    size_t question = 0, size; /* the column of a '?' not yet judged */
    char32_t c;

    for (; cursor < end; cursor += size, column++) {
        size = utf8_decode(cursor, (size_t)(end - cursor), &c);
        if (question && !is_closing_punctuation(c))
            return refuse_question_mark(question, failure);
        if (c == '*')
            return refuse_star(column, failure);
        if (c == '~' || c == '^' || c == '|')
            return fail_column(failure, column, "'%c' " NOT_YET "; " AS_TEXT,
                               (char)c);
        if (c == '?' && !question)
            question = column;
    }
    if (question && next == '(')
        return refuse_question_mark(question, failure);
    return STATUS_OK;
}

enum status reserved_in_phrase(struct bytes phrase, size_t column,
                               struct failure *failure)
{
    const char *cursor = phrase.data, *end = phrase.data + phrase.length;
    size_t question = 0, parenthesis = 0, size;
    char32_t c;

    for (; cursor < end; cursor += size, column++) {
        size = utf8_decode(cursor, (size_t)(end - cursor), &c);
        if (is_white_space(c))
            question = 0;
        if (question && !is_closing_punctuation(c))
            return refuse_question_mark(question, failure);
        if (c == '*')
            return refuse_star(column, failure);
        if (c == '|' && parenthesis)
            return fail_column(failure, parenthesis,
                               "'(a|b)' in a phrase " NOT_YET);
        if (c == '?' && !question)
            question = column;
        if (c == '(' || c == ')')
            parenthesis = c == '(' ? column : 0;
    }
    return STATUS_OK;
}
