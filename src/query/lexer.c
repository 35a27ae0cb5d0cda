/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A chunk is what stands between white space, parentheses and double quotation
 * marks. '+', '-' and '=' are operators where a chunk begins and something
 * follows them at once; anywhere else they are text (co-operation, C++), and so
 * is a chunk that has nothing else ("a - b", "a -- b"). Every code point is
 * looked at a bounded number of times. */
#include <config.h>

#include "src/query/lexer.h"

#include "src/query/characters.h"
#include "src/query/reserved.h"
#include "src/text/utf8.h"

void lexer_init(struct lexer *lexer, const char *query, size_t length)
{
    if (length == 0)
        query = ""; /* it may have been NULL */
    *lexer = (struct lexer){
        .cursor = query,
        .end = query + length,
        .column = 1,
        .last_column = 1,
    };
}

const char *lexeme_name(enum lexeme_kind kind)
{
    switch (kind) {
    case LEXEME_END: return "the end";
    case LEXEME_WORDS: return "a word";
    case LEXEME_EXACT: return "'='";
    case LEXEME_PHRASE: return "a phrase";
    case LEXEME_FIELD: return "a field";
    case LEXEME_OPEN: return "'('";
    case LEXEME_CLOSE: return "')'";
    case LEXEME_PLUS: return "'+'";
    case LEXEME_MINUS: return "'-'";
    case LEXEME_AND: return "AND";
    case LEXEME_OR: return "OR";
    case LEXEME_NOT: return "NOT";
    }
    return "";
}

/* The code point at CURSOR into *C, and its length; a space at the end. */
static size_t peek(const struct lexer *lexer, const char *cursor, char32_t *c)
{
    if (cursor < lexer->end)
        return utf8_decode(cursor, (size_t)(lexer->end - cursor), c);
    *c = ' ';
    return 0;
}

/* The marks that end a phrase begun by C, most usual first; NULL if C begins
 * none. A phrase in one sort of marks may hold those of another sort, where
 * they mean nothing. German („ “), French (« ») and their mirror images. */
static const char32_t *closing_marks(char32_t c)
{
    switch (c) {
    case U'"': return U"\"";
    case U'“':
    case U'”':
    case U'‟': return U"”";
    case U'„': return U"“”";
    case U'«': return U"»";
    case U'»': return U"«»";
    default: return NULL;
    }
}

static bool holds(const char32_t *set, char32_t c)
{
    while (*set && *set != c)
        set++;
    return *set != 0;
}

/* Skip white space, and what cannot be seen: an operator behind it is still
 * an operator to the eye. */
static void skip_blank(struct lexer *lexer)
{
    while (lexer->cursor < lexer->end) {
        char32_t c;
        size_t size = peek(lexer, lexer->cursor, &c);

        if (is_white_space(c))
            lexer->joined = false;
        else if (!is_invisible_mark(c) && !is_bidi_control(c))
            break;
        lexer->cursor += size;
        lexer->column++;
    }
}

/* Let *LEXEME be of KIND, take TEXT, and end at CURSOR, COLUMNS further. */
static void take(struct lexer *lexer, struct lexeme *lexeme,
                 enum lexeme_kind kind, struct bytes text, const char *cursor,
                 size_t columns)
{
    *lexeme =
        (struct lexeme){.kind = kind, .column = lexer->column, .text = text};
    lexer->cursor = cursor;
    lexer->column += columns;
    lexer->last_column = lexer->column;
    lexer->joined =
        kind == LEXEME_CLOSE || kind == LEXEME_PHRASE || kind == LEXEME_FIELD;
}

/* What the quotation mark at the cursor, SIZE bytes long, and its partner
 * CLOSING enclose. */
static enum status quoted(struct lexer *lexer, size_t size,
                          const char32_t *closing, enum lexeme_kind kind,
                          struct lexeme *lexeme, struct failure *failure)
{
    const char *start = lexer->cursor + size, *cursor = start;
    size_t columns = 1;

    for (;; columns++) {
        char32_t c;

        if (cursor == lexer->end)
            return fail_column(failure, lexer->column,
                               "this quotation mark has no partner");
        size = peek(lexer, cursor, &c);
        if (holds(closing, c))
            break;
        cursor += size;
    }
    take(lexer, lexeme, kind, (struct bytes){start, (size_t)(cursor - start)},
         cursor + size, columns + 1);
    return STATUS_OK;
}

/* A phrase, whose first mark is at the cursor and SIZE bytes long. */
static enum status phrase(struct lexer *lexer, size_t size,
                          const char32_t *closing, struct lexeme *lexeme,
                          struct failure *failure)
{
    enum status status =
        quoted(lexer, size, closing, LEXEME_PHRASE, lexeme, failure);

    if (status)
        return status;
    return reserved_in_phrase(lexeme->text, lexeme->column + 1, failure);
}

/* A chunk from the cursor on: where it ends, and what is behind it. */
struct chunk {
    struct bytes text;
    size_t columns;
    bool signs_only; /* nothing but '+', '-', '=' */
    char32_t next;   /* a space at the end of the query */
};

static struct chunk scan_chunk(const struct lexer *lexer)
{
    struct chunk chunk = {.text = {lexer->cursor, 0}, .signs_only = true};

    for (;;) {
        const char *cursor = lexer->cursor + chunk.text.length;
        size_t size = peek(lexer, cursor, &chunk.next);

        if (is_white_space(chunk.next) || chunk.next == '(' ||
            chunk.next == ')' || closing_marks(chunk.next))
            return chunk;
        if (chunk.next != '+' && chunk.next != '-' && chunk.next != '=')
            chunk.signs_only = false;
        chunk.text.length += size;
        chunk.columns++;
    }
}

/* How long the name is with which TEXT, a chunk before NEXT, begins, as in
 * name:value; 0: it does not. A ':' at the very end is punctuation. */
static size_t field_name_length(struct bytes text, char32_t next)
{
    size_t n = 0;

    while (n < text.length && ((text.data[n] >= 'a' && text.data[n] <= 'z') ||
                               (text.data[n] >= 'A' && text.data[n] <= 'Z')))
        n++;
    if (n == 0 || n == text.length || text.data[n] != ':')
        return 0;
    if (n + 1 == text.length && (is_white_space(next) || next == ')'))
        return 0;
    return n;
}

/* '=' with what follows it. */
static enum status exact(struct lexer *lexer, const struct chunk *chunk,
                         struct lexeme *lexeme, struct failure *failure)
{
    struct bytes text = {chunk->text.data + 1, chunk->text.length - 1};

    if (text.length == 0 && chunk->next == '(')
        return fail_column(failure, lexer->column,
                           "'=' stands before a word, not before '('");
    if (text.length == 0)
        return fail_column(failure, lexer->column,
                           "a phrase is exact already: leave out the '='");
    if (text.data[0] == '+' || text.data[0] == '-' || text.data[0] == '=')
        return fail_column(failure, lexer->column + 1,
                           "expected a word after '=', not '%c'", text.data[0]);
    if (field_name_length(text, chunk->next))
        return fail_column(failure, lexer->column + 1,
                           "'=' stands before a word, not before a field; "
                           "quote it to search for the text");
    if (reserved_in_chunk(text, lexer->column + 1, chunk->next, failure))
        return STATUS_QUERY;
    take(lexer, lexeme, LEXEME_EXACT, text, text.data + text.length,
         chunk->columns);
    return STATUS_OK;
}

/* name:value or name:"value", NAME_LENGTH being that of the name. */
static enum status field(struct lexer *lexer, const struct chunk *chunk,
                         size_t name_length, struct lexeme *lexeme,
                         struct failure *failure)
{
    struct bytes name = {chunk->text.data, name_length};
    struct bytes value = {name.data + name_length + 1,
                          chunk->text.length - name_length - 1};
    const char32_t *closing = closing_marks(chunk->next);
    size_t column = lexer->column;
    enum query_field which;
    enum status status = STATUS_OK;

    if (!query_field_find(name, &which))
        return query_field_unknown(name, column, failure);
    if (value.length > 0) {
        take(lexer, lexeme, LEXEME_FIELD, value, value.data + value.length,
             chunk->columns);
    } else if (closing) {
        char32_t mark;

        lexer->cursor = value.data;
        lexer->column += name_length + 1;
        status = quoted(lexer, peek(lexer, lexer->cursor, &mark), closing,
                        LEXEME_FIELD, lexeme, failure);
    } else {
        status = fail_column(failure, column + name_length + 1,
                             "expected a value after '%.*s:'", (int)name.length,
                             name.data);
    }
    lexeme->field = which;
    lexeme->column = column;
    return status;
}

static enum lexeme_kind word_kind(struct bytes text)
{
    if (bytes_equal(text, bytes_of("AND")))
        return LEXEME_AND;
    if (bytes_equal(text, bytes_of("OR")))
        return LEXEME_OR;
    if (bytes_equal(text, bytes_of("NOT")))
        return LEXEME_NOT;
    return LEXEME_WORDS;
}

static enum status words(struct lexer *lexer, struct lexeme *lexeme,
                         struct failure *failure)
{
    struct chunk chunk = scan_chunk(lexer);
    char first = chunk.text.data[0];
    bool sign = first == '+' || first == '-' || first == '=';
    size_t name_length;

    /* "a - b", "(a -)": nothing that the sign could belong to. */
    if (chunk.signs_only && (is_white_space(chunk.next) || chunk.next == ')'))
        sign = false;
    /* "(a b)-c" might mean the one or the other. */
    if (sign && lexer->joined)
        return fail_column(failure, lexer->column,
                           "put a space before '%c', or quote it", first);
    if (sign && first == '=')
        return exact(lexer, &chunk, lexeme, failure);
    if (sign) {
        take(lexer, lexeme, first == '+' ? LEXEME_PLUS : LEXEME_MINUS,
             (struct bytes){NULL, 0}, lexer->cursor + 1, 1);
        return STATUS_OK;
    }
    name_length = field_name_length(chunk.text, chunk.next);
    if (name_length)
        return field(lexer, &chunk, name_length, lexeme, failure);
    if (reserved_word(chunk.text, lexer->column, failure) ||
        reserved_in_chunk(chunk.text, lexer->column, chunk.next, failure))
        return STATUS_QUERY;
    take(lexer, lexeme, word_kind(chunk.text), chunk.text,
         chunk.text.data + chunk.text.length, chunk.columns);
    return STATUS_OK;
}

enum status lexer_next(struct lexer *lexer, struct lexeme *lexeme,
                       struct failure *failure)
{
    const struct bytes nothing = {NULL, 0};
    const char32_t *closing;
    char32_t c;
    size_t size;

    skip_blank(lexer);
    if (lexer->cursor == lexer->end) {
        *lexeme = (struct lexeme){
            .kind = LEXEME_END, .column = lexer->last_column, .text = nothing};
        return STATUS_OK;
    }
    size = peek(lexer, lexer->cursor, &c);
    closing = closing_marks(c);
    if (closing)
        return phrase(lexer, size, closing, lexeme, failure);
    if (c != '(' && c != ')')
        return words(lexer, lexeme, failure);
    take(lexer, lexeme, c == '(' ? LEXEME_OPEN : LEXEME_CLOSE, nothing,
         lexer->cursor + 1, 1);
    return STATUS_OK;
}
