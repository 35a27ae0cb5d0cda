/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A chunk is what stands between white space, parentheses and double quotation
 * marks. '+', '-' and '=' are operators where a chunk begins and something
 * follows them at once; anywhere else they are text (co-operation, C++), and so
 * is a chunk that has nothing else ("a - b", "a -- b"). '~' and '^' end a chunk
 * and belong to what is before them. A backslash makes the code point behind it
 * text. Every code point is looked at a bounded number of times. */
#include <config.h>

#include "src/query/lexer.h"

#include "base/ascii.h"
#include "index/query.h"
#include "src/query/characters.h"
#include "src/text/utf8.h"

#include <string.h>

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
    case LEXEME_PHRASE:
    case LEXEME_INFLECTED: return "a phrase";
    case LEXEME_FIELD: return "a field";
    case LEXEME_OPEN: return "'('";
    case LEXEME_CLOSE: return "')'";
    case LEXEME_PLUS: return "'+'";
    case LEXEME_MINUS: return "'-'";
    case LEXEME_AND: return "AND";
    case LEXEME_OR: return "OR";
    case LEXEME_XOR: return "XOR";
    case LEXEME_NOT: return "NOT";
    case LEXEME_NEAR: return "NEAR";
    case LEXEME_ONEAR: return "ONEAR";
    case LEXEME_FUZZY: return "'~'";
    case LEXEME_BOOST: return "'^'";
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
            lexer->before = LEXEME_END;
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
    *lexeme = (struct lexeme){.kind = kind,
                              .column = lexer->column,
                              .text = text,
                              .text_column = lexer->column};
    lexer->cursor = cursor;
    lexer->column += columns;
    lexer->last_column = lexer->column;
    lexer->before = kind;
}

/* What the quotation mark at the cursor, SIZE bytes long, and its partner
 * CLOSING enclose. */
static enum status quoted(struct lexer *lexer, size_t size,
                          const char32_t *closing, enum lexeme_kind kind,
                          struct lexeme *lexeme, struct failure *failure)
{
    const char *start = lexer->cursor + size, *cursor = start;
    size_t columns = 1;
    bool escaped = false;

    for (;; columns++) {
        char32_t c;

        if (cursor == lexer->end)
            return fail_column(failure, lexer->column,
                               "this quotation mark has no partner");
        size = peek(lexer, cursor, &c);
        if (!escaped && holds(closing, c))
            break;
        escaped = !escaped && c == '\\';
        cursor += size;
    }
    take(lexer, lexeme, kind, (struct bytes){start, (size_t)(cursor - start)},
         cursor + size, columns + 1);
    lexeme->text_column++;
    return STATUS_OK;
}

/* A chunk from the cursor on: where it ends, and what is behind it. */
struct chunk {
    struct bytes text;
    size_t columns;
    bool signs_only;  /* nothing but '+', '-', '=' */
    bool open_escape; /* ends in a backslash with nothing behind it */
    size_t bar;       /* columns before a '|' that is not escaped, and it */
    char32_t next;    /* a space at the end of the query */
};

/* Whether an unescaped C is behind the end of a chunk; MARKS: so are the marks
 * that belong to the word before them. */
static bool ends_chunk(char32_t c, bool marks)
{
    return is_white_space(c) || c == '(' || c == ')' || closing_marks(c) ||
           (marks && (c == '~' || c == '^'));
}

static struct chunk scan_chunk(const struct lexer *lexer, bool marks)
{
    struct chunk chunk = {.text = {lexer->cursor, 0}, .signs_only = true};

    for (;;) {
        const char *cursor = lexer->cursor + chunk.text.length;
        size_t size = peek(lexer, cursor, &chunk.next);

        if (chunk.open_escape) {
            /* Anything, but not the end. */
            if (size == 0)
                return chunk;
            chunk.open_escape = false;
        } else if (ends_chunk(chunk.next, marks)) {
            return chunk;
        } else {
            chunk.open_escape = chunk.next == '\\';
            if (chunk.next == '|' && !chunk.bar)
                chunk.bar = chunk.columns + 1;
        }
        if (chunk.next != '+' && chunk.next != '-' && chunk.next != '=')
            chunk.signs_only = false;
        chunk.text.length += size;
        chunk.columns++;
    }
}

/* How long the name is with which TEXT, a chunk before NEXT, begins, as in
 * name:value; 0: it does not. A ':' at the very end is punctuation, unless it
 * is behind the name of a field. */
static size_t field_name_length(struct bytes text, char32_t next)
{
    enum query_field field;
    size_t n = 0;

    while (n < text.length && is_ascii_letter(text.data[n]))
        n++;
    if (n == 0 || n == text.length || text.data[n] != ':')
        return 0;
    if (n + 1 == text.length && (is_white_space(next) || next == ')') &&
        !query_field_find((struct bytes){text.data, n}, &field))
        return 0;
    return n;
}

/* '=' with what follows it. */
static enum status exact(struct lexer *lexer, const struct chunk *chunk,
                         struct lexeme *lexeme, struct failure *failure)
{
    struct bytes text = {chunk->text.data + 1, chunk->text.length - 1};

    if (text.length == 0 && (chunk->next == '(' || chunk->next == '~'))
        return fail_column(failure, lexer->column,
                           "'=' stands before a word, not before '%c'",
                           (char)chunk->next);
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
    if (chunk->bar)
        return fail_column(failure, lexer->column + chunk->bar - 1,
                           "expected one word after '=', not '|'");
    take(lexer, lexeme, LEXEME_EXACT, text, text.data + text.length,
         chunk->columns);
    lexeme->text_column++;
    return STATUS_OK;
}

/* name:value or name:"value", NAME_LENGTH being that of the name. The value
 * goes on to the next space. */
static enum status field(struct lexer *lexer, size_t name_length,
                         struct lexeme *lexeme, struct failure *failure)
{
    struct chunk chunk = scan_chunk(lexer, false);
    struct bytes name = {chunk.text.data, name_length};
    struct bytes value = {name.data + name_length + 1,
                          chunk.text.length - name_length - 1};
    const char32_t *closing = closing_marks(chunk.next);
    size_t column = lexer->column;
    enum query_field which;
    enum status status = STATUS_OK;

    if (!query_field_find(name, &which))
        return query_field_unknown(name, column, failure);
    if (value.length > 0) {
        take(lexer, lexeme, LEXEME_FIELD, value, value.data + value.length,
             chunk.columns);
        lexeme->text_column += name_length + 1;
    } else if (closing) {
        char32_t mark;

        lexer->cursor = value.data;
        lexer->column += name_length + 1;
        status = quoted(lexer, peek(lexer, lexer->cursor, &mark), closing,
                        LEXEME_FIELD, lexeme, failure);
    } else {
        status = fail_column(failure, column + name_length + 1,
                             "expected a value right behind '%.*s:'; quote it "
                             "to search for the text",
                             (int)name.length, name.data);
    }
    lexeme->field = which;
    lexeme->column = column;
    return status;
}

static const struct {
    const char *word;
    enum lexeme_kind kind;
    bool distant; /* followed by '/' and a distance */
} operators[] = {
    {"AND", LEXEME_AND, false},  {"OR", LEXEME_OR, false},
    {"XOR", LEXEME_XOR, false},  {"NOT", LEXEME_NOT, false},
    {"NEAR", LEXEME_NEAR, true}, {"ONEAR", LEXEME_ONEAR, true},
};

/* The number of TEXT, digits alone, up to QUERY_MAX_WINDOW; 0: it is none. */
static uint32_t read_distance(struct bytes text)
{
    uint32_t number = 0;
    size_t i;

    for (i = 0; i < text.length; i++) {
        if (!is_ascii_digit(text.data[i]))
            return 0;
        number = 10 * number + (uint32_t)(text.data[i] - '0');
        if (number > QUERY_MAX_WINDOW)
            return 0;
    }
    return number;
}

/* A chunk as an operator or as words. */
static enum status word(struct lexer *lexer, const struct chunk *chunk,
                        struct lexeme *lexeme, struct failure *failure)
{
    size_t column = lexer->column, i;

    take(lexer, lexeme, LEXEME_WORDS, chunk->text,
         chunk->text.data + chunk->text.length, chunk->columns);
    for (i = 0; i < sizeof operators / sizeof *operators; i++) {
        struct bytes name = bytes_of(operators[i].word), rest = chunk->text;

        if (rest.length < name.length ||
            memcmp(rest.data, name.data, name.length) != 0)
            continue;
        rest.data += name.length;
        rest.length -= name.length;
        if (rest.length > 0 && (!operators[i].distant || rest.data[0] != '/'))
            continue;
        lexer->before = lexeme->kind = operators[i].kind;
        if (!operators[i].distant)
            return STATUS_OK;
        if (rest.length > 0)
            lexeme->number =
                read_distance((struct bytes){rest.data + 1, rest.length - 1});
        if (lexeme->number > 0)
            return STATUS_OK;
        return fail_column(failure, column,
                           "%s needs a distance in words from 1 to %d, as in "
                           "%s/8; quote it to search for the word",
                           operators[i].word, QUERY_MAX_WINDOW,
                           operators[i].word);
    }
    return STATUS_OK;
}

/* Whether what ends at the cursor cannot be told from a chunk that follows. */
static bool is_joined(const struct lexer *lexer)
{
    return lexer->before == LEXEME_CLOSE || lexer->before == LEXEME_PHRASE ||
           lexer->before == LEXEME_INFLECTED || lexer->before == LEXEME_FIELD;
}

static enum status words(struct lexer *lexer, struct lexeme *lexeme,
                         struct failure *failure)
{
    struct chunk chunk = scan_chunk(lexer, true);
    char first = chunk.text.data[0];
    bool sign = first == '+' || first == '-' || first == '=';
    size_t name_length;

    if (chunk.open_escape)
        return fail_column(failure, lexer->column + chunk.columns - 1,
                           "expected a character after '\\'");
    /* "a - b", "(a -)": nothing that the sign could belong to. */
    if (chunk.signs_only && (is_white_space(chunk.next) || chunk.next == ')'))
        sign = false;
    /* "(a b)-c" might mean the one or the other. */
    if (sign && is_joined(lexer))
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
        return field(lexer, name_length, lexeme, failure);
    if (chunk.bar)
        return fail_column(failure, lexer->column + chunk.bar - 1,
                           "'|' stands between alternatives in a phrase, as in "
                           "\"(a|b) c\"; write OR, or quote it to search for "
                           "the text");
    return word(lexer, &chunk, lexeme, failure);
}

/* Whether nothing but a ')' or another mark follows at CURSOR before a space.
 */
static bool ends_mark(const struct lexer *lexer, const char *cursor)
{
    char32_t next;

    peek(lexer, cursor, &next);
    return is_white_space(next) || next == ')' || next == '^';
}

/* The '~' at the cursor, behind a word: ~1 or ~2. */
static enum status fuzzy(struct lexer *lexer, struct lexeme *lexeme,
                         struct failure *failure)
{
    const char *digit = lexer->cursor + 1;

    if (lexer->before != LEXEME_WORDS)
        return fail_column(failure, lexer->column,
                           "'~' stands behind one word only%s",
                           lexer->before == LEXEME_PHRASE
                               ? "; for words near each other write NEAR/8"
                               : "");
    if (digit == lexer->end || *digit < '1' || *digit > '2' ||
        !ends_mark(lexer, digit + 1))
        return fail_column(failure, lexer->column + 1,
                           "expected 1 or 2 after '~', the number of edits");
    take(lexer, lexeme, LEXEME_FUZZY, (struct bytes){NULL, 0}, digit + 1, 2);
    lexeme->number = (uint32_t)(*digit - '0');
    return STATUS_OK;
}

/* A '~' at the cursor. */
static enum status tilde(struct lexer *lexer, struct lexeme *lexeme,
                         struct failure *failure)
{
    const char32_t *closing;
    size_t column = lexer->column, size;
    enum status status;
    char32_t c;

    if (lexer->before != LEXEME_END && lexer->before != LEXEME_OPEN &&
        lexer->before != LEXEME_PLUS && lexer->before != LEXEME_MINUS)
        return fuzzy(lexer, lexeme, failure);
    size = peek(lexer, lexer->cursor + 1, &c);
    closing = closing_marks(c);
    if (!closing)
        return fail_column(failure, column,
                           "'~' stands before a phrase, or with a number "
                           "behind a word; quote it to search for the text");
    lexer->cursor++;
    lexer->column++;
    status = quoted(lexer, size, closing, LEXEME_INFLECTED, lexeme, failure);
    lexeme->column = column;
    return status;
}

/* The number at CURSOR, as in 2 or 0.5, into *NUMBER; returns where it ends,
 * CURSOR if there is none. */
static const char *read_number(const struct lexer *lexer, const char *cursor,
                               double *number)
{
    const char *start = cursor;
    double place = 0;

    for (*number = 0; cursor < lexer->end; cursor++) {
        if (*cursor == '.' && place == 0 && cursor > start)
            place = 1;
        else if (!is_ascii_digit(*cursor))
            break;
        else if (place == 0)
            *number = *number * 10 + (*cursor - '0');
        else
            *number += (*cursor - '0') * (place /= 10);
    }
    return cursor;
}

/* A '^' at the cursor. */
static enum status boost(struct lexer *lexer, struct lexeme *lexeme,
                         struct failure *failure)
{
    const char *start = lexer->cursor + 1, *end;
    double factor;

    if (!is_joined(lexer) && lexer->before != LEXEME_WORDS &&
        lexer->before != LEXEME_EXACT && lexer->before != LEXEME_FUZZY)
        return fail_column(failure, lexer->column,
                           "'^' stands right behind what it boosts; quote it "
                           "to search for the text");
    end = read_number(lexer, start, &factor);
    if (end == start || !ends_mark(lexer, end) || factor > QUERY_MAX_BOOST)
        return fail_column(failure, lexer->column + 1,
                           "expected a number from 0 to %d after '^'",
                           QUERY_MAX_BOOST);
    take(lexer, lexeme, LEXEME_BOOST, (struct bytes){NULL, 0}, end,
         (size_t)(end - lexer->cursor));
    lexeme->factor = factor;
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
        return quoted(lexer, size, closing, LEXEME_PHRASE, lexeme, failure);
    if (c == '~')
        return tilde(lexer, lexeme, failure);
    if (c == '^')
        return boost(lexer, lexeme, failure);
    if (c != '(' && c != ')')
        return words(lexer, lexeme, failure);
    take(lexer, lexeme, c == '(' ? LEXEME_OPEN : LEXEME_CLOSE, nothing,
         lexer->cursor + 1, 1);
    return STATUS_OK;
}
