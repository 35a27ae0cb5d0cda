/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The two ends of a paragraph: the number that it begins with, and the
 * punctuation that it ends in. Both are read alike in all languages. */
#include <config.h>

#include "src/document/structure_parts.h"

#include "src/document/characters.h"
#include "src/text/utf8.h"

#include <unicode/uchar.h>

enum {
    MAX_DIGITS = 4,  /* of a paragraph's number; more is a year or a sum */
    MAX_LETTERS = 5, /* of one in letters: xviii */
    ALPHABET_MAX = 26,
};

/* A place in a text that is being read. */
struct cursor {
    struct bytes text;
    size_t at;
};

/* The character at the cursor, 0 at the end; *LENGTH is how long it is. */
static char32_t peek(const struct cursor *cursor, size_t *length)
{
    char32_t character = 0;

    *length = 0;
    if (cursor->at < cursor->text.length)
        *length = utf8_decode(cursor->text.data + cursor->at,
                              cursor->text.length - cursor->at, &character);
    return character;
}

static bool take(struct cursor *cursor, char32_t wanted, char32_t wide)
{
    size_t length;
    char32_t character = peek(cursor, &length);

    if (character == 0 || (character != wanted && character != wide))
        return false;
    cursor->at += length;
    return true;
}

static bool take_white(struct cursor *cursor)
{
    size_t start = cursor->at, length;

    while ((length = white_length(cursor->text.data + cursor->at,
                                  cursor->text.length - cursor->at)) > 0)
        cursor->at += length;
    return cursor->at > start;
}

static bool is_opening_quote(char32_t character)
{
    switch (character) {
    case '"':
    case '\'':
    case 0xAB:   /* « */
    case 0x2018: /* ‘ */
    case 0x201A: /* ‚ */
    case 0x201C: /* “ */
    case 0x201D: /* ”, as some write it on both ends */
    case 0x201E: /* „ */
    case 0x2039: /* ‹ */
    case 0x300C: /* 「 */
    case 0x300E: /* 『 */ return true;
    default: return false;
    }
}

static bool take_quotes(struct cursor *cursor)
{
    size_t start = cursor->at, length;

    while (is_opening_quote(peek(cursor, &length))) {
        cursor->at += length;
        take_white(cursor);
    }
    return cursor->at > start;
}

struct bytes text_unquoted(struct bytes text)
{
    struct cursor cursor = {text, 0};

    take_white(&cursor);
    take_quotes(&cursor);
    return (struct bytes){text.data + cursor.at, text.length - cursor.at};
}

/* The letters in which items are counted, in their order. Of Cyrillic й, of
 * Arabic the order of the numerals (abjad), are as the United Nations have
 * them. */
static const char *const alphabets[] = {
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзиклмнопрстуфхцчшэюя",
    "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
};

/* The place of CHARACTER in the alphabet that has it, from 1; 0: in none. */
static unsigned letter_value(char32_t character)
{
    for (size_t i = 0; i < sizeof alphabets / sizeof *alphabets; i++) {
        struct cursor cursor = {bytes_of(alphabets[i]), 0};
        size_t length;

        for (unsigned value = 1; peek(&cursor, &length) != 0; value++) {
            if (peek(&cursor, &length) == character)
                return value;
            cursor.at += length;
        }
    }
    return 0;
}

/* The value of the Roman numeral LETTERS (in small letters); 0 if it is
 * none as it is written: xiv, but not ivx. */
static unsigned roman_value(const char *letters, size_t n)
{
    static const struct {
        const char *letters;
        unsigned value;
    } parts[] = {{"c", 100}, {"xc", 90}, {"l", 50}, {"xl", 40}, {"x", 10},
                 {"ix", 9},  {"v", 5},   {"iv", 4}, {"i", 1}};
    unsigned value = 0;
    size_t at = 0;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t length = strlen(parts[i].letters);

        for (int times = 0; times < (length == 1 ? 3 : 1); times++) {
            if (n - at < length ||
                memcmp(letters + at, parts[i].letters, length) != 0)
                break;
            value += parts[i].value;
            at += length;
        }
    }
    return at == n ? value : 0;
}

/* "12", "2.1", in the digits of any script. */
static bool read_digits(struct cursor *cursor, struct mark *mark)
{
    size_t length;

    mark->end = cursor->at;
    for (;;) {
        unsigned value = 0, n = 0;
        int32_t digit;

        while ((digit = u_charDigitValue((UChar32)peek(cursor, &length))) >=
                   0 &&
               n++ < MAX_DIGITS) {
            value = value * 10 + (unsigned)digit;
            cursor->at += length;
        }
        if (n == 0)
            break; /* a point and no number: the point is the delimiter */
        if (n > MAX_DIGITS)
            return false;
        mark->end = cursor->at;
        mark->value = value;
        mark->depth++;
        if (!take(cursor, '.', '.'))
            break;
    }
    cursor->at = mark->end;
    if (mark->depth > 0)
        mark->style = mark->depth > 1 ? MARK_DOTTED : MARK_DECIMAL;
    return mark->depth > 0;
}

/* "bis" after a number that was put in later. */
static void read_suffix(struct cursor *cursor, struct mark *mark)
{
    static const char *const suffixes[] = {"bis", "ter", "quater"};
    struct cursor start = *cursor;

    take_white(cursor);
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        size_t length = strlen(suffixes[i]);

        if (cursor->text.length - cursor->at > length &&
            memcmp(cursor->text.data + cursor->at, suffixes[i], length) == 0 &&
            !is_letter_or_digit(
                (unsigned char)cursor->text.data[cursor->at + length])) {
            cursor->at += length;
            mark->end = cursor->at;
            mark->has_suffix = true;
            return;
        }
    }
    *cursor = start;
}

/* "一" to "九十九", as Chinese numbers paragraphs. */
static bool read_han(struct cursor *cursor, struct mark *mark)
{
    static const char *const digits[] = {"一", "二", "三", "四", "五",
                                         "六", "七", "八", "九", "十"};
    unsigned value = 0, last = 0, n = 0;

    for (; n < MAX_DIGITS; n++) {
        unsigned digit = 0;

        while (digit < 10 &&
               (cursor->text.length - cursor->at < 3 ||
                memcmp(cursor->text.data + cursor->at, digits[digit], 3) != 0))
            digit++;
        if (digit == 10)
            break;
        cursor->at += 3;
        if (digit == 9) { /* 十 */
            value += (last ? last : 1) * 10;
            last = 0;
        } else {
            last = digit + 1;
        }
    }
    mark->value = value + last;
    mark->end = cursor->at;
    mark->style = MARK_DECIMAL;
    return n > 0;
}

/* "a", "iv", "B", "б": the style is what all letters allow. */
static bool read_letters(struct cursor *cursor, struct mark *mark)
{
    char small[MAX_LETTERS];
    size_t n = 0, length;
    bool capital = false;
    char32_t first = 0, character;
    unsigned letter, roman;

    while (n < MAX_LETTERS && (character = peek(cursor, &length)) != 0 &&
           u_isalpha((UChar32)character)) {
        char32_t lower = (char32_t)u_tolower((UChar32)character);

        capital = n == 0 ? lower != character : capital;
        if (capital != (lower != character))
            return false;
        first = n == 0 ? lower : first;
        small[n++] = (char)(lower < 0x80 ? lower : '?');
        cursor->at += length;
    }
    if (n == 0 || u_isalpha((UChar32)peek(cursor, &length)))
        return false;
    /* After z come aa, bb. */
    letter =
        n <= 2 && (n == 1 || small[0] == small[1]) ? letter_value(first) : 0;
    letter += letter && n == 2 ? ALPHABET_MAX : 0;
    roman = roman_value(small, n);
    mark->end = cursor->at;
    mark->style = letter  ? capital ? MARK_CAPITAL : MARK_LETTER
                  : roman ? capital ? MARK_NUMERAL : MARK_ROMAN
                          : MARK_NONE;
    mark->value = letter ? letter : roman;
    if (letter && roman) {
        mark->other = capital ? MARK_NUMERAL : MARK_ROMAN;
        mark->other_value = roman;
    }
    return mark->style != MARK_NONE;
}

/* What parts a number from the text: ". ", ") ", "、", " - ". */
static bool read_delimiter(struct cursor *cursor, struct mark *mark, bool open)
{
    size_t length;

    if (take(cursor, ')', 0xFF09)) {
        mark->bracketed = true;
        return true;
    }
    if (open)
        return false;
    if (take(cursor, 0x3001, 0xFF0E)) /* 、 ． */
        return true;
    if (take(cursor, '.', '.')) {
        if (take_white(cursor) || cursor->at == cursor->text.length)
            return true;
        /* "1.请" and "1.Requests", but no "e.g." and no "1.5". */
        return mark->style == MARK_DECIMAL &&
               u_isalpha((UChar32)peek(cursor, &length));
    }
    if (mark->style == MARK_DOTTED)
        return take_white(cursor);
    if (mark->style != MARK_DECIMAL)
        return false;
    take_white(cursor);
    return take(cursor, '-', 0x2013) && take_white(cursor);
}

/* The mark that TEXT begins with, opening quotation marks passed over. */
static struct mark read_mark(struct bytes text)
{
    struct cursor cursor = {text, 0};
    struct mark mark = {.style = MARK_NONE};
    bool quoted, open, found;
    size_t length;

    quoted = take_quotes(&cursor);
    open = take(&cursor, '(', 0xFF08);
    mark.start = cursor.at;
    found = read_digits(&cursor, &mark);
    if (found)
        read_suffix(&cursor, &mark);
    else if (cursor.at == mark.start)
        found = is_unspaced(peek(&cursor, &length))
                    ? read_han(&cursor, &mark)
                    : read_letters(&cursor, &mark);
    /* "(a)" may be followed by anything, but a word in brackets is a word. */
    if (!found || !read_delimiter(&cursor, &mark, open))
        return (struct mark){.style = MARK_NONE, .quoted = quoted};
    mark.quoted = quoted;
    return mark;
}

static enum ending ending_of(char32_t character)
{
    switch (character) {
    case ',':
    case 0x060C: /* ، */
    case 0x3001: /* 、 */
    case 0xFF0C: /* ， */ return ENDS_COMMA;
    case ';':
    case 0x061B: /* ؛ */
    case 0xFF1B: /* ； */ return ENDS_SEMICOLON;
    case ':':
    case 0xFF1A: /* ： */ return ENDS_COLON;
    case '.':
    case '!':
    case '?':
    case 0x061F: /* ؟ */
    case 0x2026: /* … */
    case 0x3002: /* 。 */
    case 0xFF01: /* ！ */
    case 0xFF1F: /* ？ */ return ENDS_STOP;
    default: return ENDS_OPEN;
    }
}

/* Take the last character off TEXT and return it; 0 if TEXT is empty. */
static char32_t drop_last(struct bytes *text)
{
    size_t start = text->length;
    char32_t character = 0;

    while (start > 0 && text->length - start < 4) {
        start--;
        if (((unsigned char)text->data[start] & 0xC0) != 0x80)
            break;
    }
    if (start < text->length)
        utf8_decode(text->data + start, text->length - start, &character);
    text->length = start;
    return character;
}

static bool is_closing(char32_t character)
{
    return character == ')' || character == ']' || character == '*' ||
           character == '_' || character == 0xBB || character == 0x2019 ||
           character == 0x203A || character == 0x300D || character == 0x300F ||
           character == 0xFF09 || is_opening_quote(character) ||
           u_isUWhiteSpace((UChar32)character);
}

enum ending text_ending(struct bytes text)
{
    struct bytes rest = text;
    char32_t character;
    enum ending ending;

    do
        character = drop_last(&rest);
    while (character && is_closing(character));
    ending = ending_of(character);
    if (ending != ENDS_OPEN)
        return ending;
    /* "…; and": a last word of three letters at most. */
    for (int n = 1; n <= 3 && u_isalpha((UChar32)character); n++)
        character = drop_last(&rest);
    if (!u_isUWhiteSpace((UChar32)character))
        return ENDS_OPEN;
    ending = ending_of(drop_last(&rest));
    return ending == ENDS_COMMA || ending == ENDS_SEMICOLON ? ending
                                                            : ENDS_OPEN;
}

void structure_read_marks(struct structure *structure)
{
    for (size_t i = 0; i < structure->n_blocks; i++) {
        struct kept *kept = &structure->blocks[i];
        struct bytes text = kept_text(structure, kept);

        if (!is_running(kept))
            continue;
        kept->mark = read_mark(text);
        kept->ending = text_ending(text);
        kept->formula = name_formula(text);
        if (kept->formula == BODY_NONE && kept->name == NAME_FORMULA)
            kept->formula = BODY_OTHER;
        kept->formula_quoted = kept->formula && kept->mark.quoted;
    }
}
