/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The symbols of documents: written out (A/RES/59/153), or implied by the
 * number of a resolution and the body that adopts it. */
#include <config.h>

#include "src/document/structure_parts.h"

#include "base/ascii.h"
#include "src/document/characters.h"

enum { LINE_MAX_BYTES = 600, PREFIX_MAX_BYTES = 60 };

static char byte_at(struct bytes text, size_t at)
{
    return at < text.length ? text.data[at] : '\0';
}

static size_t skip_digits(struct bytes text, size_t at)
{
    while (is_ascii_digit(byte_at(text, at)))
        at++;
    return at;
}

/* How many bytes at AT are white space, at most one character. */
static size_t white_at(struct bytes text, size_t at)
{
    return at < text.length ? white_length(text.data + at, text.length - at)
                            : 0;
}

/* The end of "/153" or "/153 A" at AT; AT if there is none. */
static size_t skip_slash_part(struct bytes text, size_t at)
{
    size_t end = skip_digits(text, at + 1), white;

    if (byte_at(text, at) != '/' || end == at + 1 || end > at + 4)
        return at;
    white = white_at(text, end);
    if (is_ascii_capital(byte_at(text, end + white)) &&
        !is_letter_or_digit(first_character((struct bytes){
            text.data + end + white + 1, text.length - end - white - 1})))
        end += white + 1;
    return byte_at(text, end) == '/' ? at : end;
}

/* An opening or closing bracket, also a wide one, at AT. */
static size_t bracket_at(struct bytes text, size_t at, const char *narrow,
                         const char *wide)
{
    if (byte_at(text, at) == *narrow)
        return 1;
    return text.length - at >= 3 && memcmp(text.data + at, wide, 3) == 0 ? 3
                                                                         : 0;
}

/* The end of " (2025)" or " (XXV)" at AT; AT if there is none. */
static size_t skip_bracket_part(struct bytes text, size_t at)
{
    size_t start = at + white_at(text, at), end, bracket;

    if (start >= text.length ||
        (bracket = bracket_at(text, start, "(", "（")) == 0)
        return at;
    start += bracket;
    end = skip_digits(text, start);
    if (end != start + 4) {
        end = start;
        while (byte_at(text, end) && strchr("IVXL", byte_at(text, end)))
            end++;
    }
    if (end == start || end >= text.length)
        return at;
    bracket = bracket_at(text, end, ")", "）");
    return bracket ? end + bracket : at;
}

/* The end of a resolution's number at AT: "59/153", "58/4 B", "ES-10/21",
 * "2769 (2025)", "2625 (XXV)"; AT if there is none. */
static size_t skip_number(struct bytes text, size_t at)
{
    size_t digits = at, end;
    bool special;

    if (byte_at(text, digits) == 'E' && byte_at(text, digits + 1) == 'S')
        digits++;
    special = byte_at(text, digits) == 'S' && byte_at(text, digits + 1) == '-';
    digits = special ? digits + 2 : at;
    end = skip_digits(text, digits);
    if (end == digits || end > digits + 4)
        return at;
    digits = end;
    end = skip_slash_part(text, digits);
    if (end == digits && !special)
        end = skip_bracket_part(text, digits);
    return end > digits ? end : at;
}

/* What of TEXT follows the separator after a number at END: ". ", " - ", " ".
 * False if it is glued to the number. */
static bool read_title(struct bytes text, size_t end, struct bytes *title)
{
    size_t at = end;

    while (at < text.length) {
        size_t white = white_at(text, at);

        if (white)
            at += white;
        else if (byte_at(text, at) == '.' || byte_at(text, at) == '-')
            at++;
        else if (text.length - at >= 3 &&
                 (memcmp(text.data + at, "–", 3) == 0 ||
                  memcmp(text.data + at, "．", 3) == 0))
            at += 3;
        else
            break;
    }
    *title = (struct bytes){text.data + at, text.length - at};
    return at > end || at == text.length;
}

/* Where the first number can begin: after the words in front ("Resolution "),
 * which have no punctuation. */
static size_t skip_words(struct bytes text)
{
    size_t at = 0;

    while (at < text.length && !is_ascii_digit(text.data[at]) &&
           at < PREFIX_MAX_BYTES) {
        if (strchr(",;:.()[]/", text.data[at]))
            return text.length;
        at++;
    }
    return at;
}

/* A block that begins with a number, "59/153. Title", or that is one after a
 * few words: "Resolution 2769 (2025)", "第2769(2025)号决议". */
bool symbol_line_read(struct bytes text, struct symbol_line *line)
{
    struct bytes bare = text_unquoted(text);
    size_t start = 0, end;

    *line = (struct symbol_line){{bare.data, 0}, {bare.data, 0}};
    if (bare.length == 0 || bare.length > LINE_MAX_BYTES)
        return false;
    end = skip_number(bare, start);
    if (end == start) {
        start = skip_words(bare);
        end = skip_number(bare, start);
        /* Then there is no title, but a word or two in Chinese. */
        if (end == start || bare.length - end > 12)
            return false;
        line->number = (struct bytes){bare.data + start, end - start};
        return true;
    }
    line->number = (struct bytes){bare.data, end};
    return read_title(bare, end, &line->title) &&
           text_ending(bare) != ENDS_COMMA &&
           text_ending(bare) != ENDS_SEMICOLON;
}

/* NUMBER as symbols write it: "2769 (2025)", "2625(XXV)", "58/4 B". */
static void append_number(struct bytes number, struct buffer *out)
{
    for (size_t at = 0; at < number.length;) {
        size_t white = white_at(number, at), bracket;

        if (white > 0) {
            at += white;
            if (is_ascii_capital(byte_at(number, at)))
                buffer_append_byte(out, ' ');
        } else if ((bracket = bracket_at(number, at, "(", "（")) > 0) {
            at += bracket;
            buffer_append_string(
                out, is_ascii_digit(byte_at(number, at)) ? " (" : "(");
        } else if ((bracket = bracket_at(number, at, ")", "）")) > 0) {
            at += bracket;
            buffer_append_byte(out, ')');
        } else {
            buffer_append_byte(out, number.data[at++]);
        }
    }
}

bool symbol_imply(enum body body, struct bytes number, struct buffer *out)
{
    const char *prefix = name_symbol_prefix(body);
    bool slashed =
        number.length && memchr(number.data, '/', number.length) != NULL;

    /* Only the Security Council numbers without sessions; others did of old,
     * with the session in Roman numerals. */
    if (!prefix || number.length == 0 ||
        (body == BODY_SECURITY) !=
            (!slashed && is_ascii_digit(byte_at(number, number.length - 2))))
        return false;
    buffer_append_string(out, prefix);
    append_number(number, out);
    return true;
}

static bool is_symbol_byte(char byte)
{
    return is_ascii_capital(byte) || is_ascii_digit(byte) ||
           (byte && strchr("/.-()", byte));
}

bool symbol_find_resolution(struct bytes text, struct buffer *out)
{
    static const char middle[] = "/RES/";
    enum { MIDDLE = sizeof middle - 1 };

    for (size_t at = 0; at + MIDDLE < text.length; at++) {
        size_t start = at, end;

        if (text.data[at] != '/' || memcmp(text.data + at, middle, MIDDLE) != 0)
            continue;
        while (start > 0 && is_symbol_byte(text.data[start - 1]) &&
               text.data[start - 1] != '(')
            start--;
        end = skip_number(text, at + MIDDLE);
        if (start == at || end == at + MIDDLE)
            continue;
        buffer_append(out, text.data + start, at + MIDDLE - start);
        append_number(
            (struct bytes){text.data + at + MIDDLE, end - at - MIDDLE}, out);
        return true;
    }
    return false;
}

struct bytes symbol_whole(struct bytes text)
{
    size_t start = name_organization(text), end = text.length, slashes = 0;
    size_t digits = 0;

    start += white_at(text, start);
    while (end > start && text.data[end - 1] == '*')
        end--;
    for (size_t at = start; at < end; at++) {
        if (!is_symbol_byte(text.data[at]) && text.data[at] != ' ')
            return (struct bytes){text.data, 0};
        slashes += text.data[at] == '/';
        digits += is_ascii_digit(text.data[at]);
    }
    if (slashes < 1 || digits == 0 || end - start > 60 ||
        !is_ascii_capital(byte_at(text, start)) ||
        memchr(text.data + start, '/', end - start < 10 ? end - start : 10) ==
            NULL)
        return (struct bytes){text.data, 0};
    return (struct bytes){text.data + start, end - start};
}
