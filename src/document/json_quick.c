/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ordinary line of JSON: an object whose members are strings, whole numbers
 * of a few digits, true, false or null, and whose names have no escapes.
 *
 * Strings without escapes stay where they are; others are decoded into the
 * arena. Everything else, and every mistake, is for jansson. */
#include <config.h>

#include "src/document/json_line.h"

#include "src/document/json_line_parts.h"
#include "src/text/utf8.h"

#include <stdint.h>
#include <string.h>

/* A whole number of so many digits is the same to everybody. */
enum { DIGITS_MAX = 15 };

/* What is left of the line. */
struct scan {
    const char *at, *end;
    struct arena *arena;
};

static void skip_blanks(struct scan *scan)
{
    while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\t' ||
                                    *scan->at == '\r' || *scan->at == '\n'))
        scan->at++;
}

/* Whether C comes next, behind blanks; then it is passed. */
static bool take(struct scan *scan, char c)
{
    skip_blanks(scan);
    if (scan->at == scan->end || *scan->at != c)
        return false;
    scan->at++;
    return true;
}

/* The bytes of WORD (as their highest bits) that are equal to BYTE, or some
 * that stand above such a one. */
static uint64_t bytes_of_value(uint64_t word, unsigned char byte)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t difference = word ^ ones * byte;

    return (difference - ones) & ~difference & ones << 7;
}

/* Whether a string ends, goes on otherwise, or is wrong within eight bytes. */
static bool is_special(uint64_t word)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);

    return bytes_of_value(word, '"') | bytes_of_value(word, '\\') |
           ((word - ones * 0x20) & ~word & ones << 7);
}

/* Pass what is neither quotation mark nor backslash nor a control. */
static void skip_plain(struct scan *scan)
{
    uint64_t word;

    while ((size_t)(scan->end - scan->at) >= sizeof word) {
        memcpy(&word, scan->at, sizeof word);
        if (is_special(word))
            break;
        scan->at += sizeof word;
    }
    while (scan->at < scan->end && *scan->at != '"' && *scan->at != '\\' &&
           (unsigned char)*scan->at >= 0x20)
        scan->at++;
}

/* Four hexadecimal digits. */
static bool take_hex(struct scan *scan, char32_t *number)
{
    *number = 0;
    if (scan->end - scan->at < 4)
        return false;
    for (int i = 0; i < 4; i++) {
        unsigned char c = (unsigned char)*scan->at++;
        unsigned letter = (c | 0x20u) - 'a';

        if ((unsigned)(c - '0') < 10)
            *number = *number << 4 | (char32_t)(c - '0');
        else if (letter < 6)
            *number = *number << 4 | (letter + 10);
        else
            return false;
    }
    return true;
}

/* What follows \u, of which two may make one character; never NUL. */
static bool take_code_point(struct scan *scan, char32_t *c)
{
    char32_t low;

    if (!take_hex(scan, c) || *c == 0)
        return false;
    if (*c < 0xD800 || *c > 0xDFFF)
        return true;
    if (*c > 0xDBFF || scan->end - scan->at < 6 || scan->at[0] != '\\' ||
        scan->at[1] != 'u')
        return false;
    scan->at += 2;
    if (!take_hex(scan, &low) || low < 0xDC00 || low > 0xDFFF)
        return false;
    *c = 0x10000 + ((*c - 0xD800) << 10) + (low - 0xDC00);
    return true;
}

/* Decode the escape that begins here to *TO, and move that. */
static bool take_escape(struct scan *scan, char **to)
{
    static const char from[] = "\"\\/bfnrt", into[] = "\"\\/\b\f\n\r\t";
    const char *known;
    char32_t c;

    scan->at++;
    if (scan->at == scan->end)
        return false;
    if (*scan->at == 'u') {
        scan->at++;
        if (!take_code_point(scan, &c))
            return false;
        *to += utf8_encode(c, *to);
        return true;
    }
    known = memchr(from, *scan->at++, sizeof from - 1);
    if (known)
        *(*to)++ = into[known - from];
    return known;
}

/* How far it is from START to the end of the string that has an escape here. */
static size_t length_of(struct scan scan, const char *start)
{
    while (scan.end - scan.at > 1 && *scan.at == '\\') {
        scan.at += 2;
        skip_plain(&scan);
    }
    return (size_t)(scan.at - start);
}

/* The rest of a string that began at START and has an escape here. */
static bool take_escaped(struct scan *scan, const char *start,
                         struct bytes *string)
{
    /* No escape is shorter than what it stands for. */
    char *copy = arena_allocate(scan->arena, length_of(*scan, start) + 1);
    char *to = copy;

    if (!copy)
        return false;
    while (scan->at < scan->end && (unsigned char)*scan->at >= 0x20) {
        memcpy(to, start, (size_t)(scan->at - start));
        to += scan->at - start;
        if (*scan->at == '"') {
            scan->at++;
            *string = (struct bytes){copy, (size_t)(to - copy)};
            return true;
        }
        if (!take_escape(scan, &to))
            return false;
        start = scan->at;
        skip_plain(scan);
    }
    return false;
}

/* A string, whose quotation mark was passed. */
static bool take_string(struct scan *scan, struct bytes *string)
{
    const char *start = scan->at;

    skip_plain(scan);
    if (scan->at == scan->end)
        return false;
    if (*scan->at == '\\')
        return take_escaped(scan, start, string);
    if (*scan->at != '"')
        return false;
    *string = (struct bytes){start, (size_t)(scan->at++ - start)};
    return true;
}

/* A whole number that is written as everybody writes it. */
static bool take_number(struct scan *scan, struct bytes *number)
{
    const char *start = scan->at, *digits;

    scan->at += *scan->at == '-';
    digits = scan->at;
    while (scan->at < scan->end && (unsigned char)(*scan->at - '0') < 10)
        scan->at++;
    *number = (struct bytes){start, (size_t)(scan->at - start)};
    if (scan->at == digits || scan->at - digits > DIGITS_MAX ||
        (*digits == '0' && number->length > 1))
        return false;
    return scan->at < scan->end && *scan->at != '.' &&
           (*scan->at | 0x20) != 'e';
}

static bool take_literal(struct scan *scan, const char *literal)
{
    size_t length = strlen(literal);

    if ((size_t)(scan->end - scan->at) < length ||
        memcmp(scan->at, literal, length) != 0)
        return false;
    scan->at += length;
    return true;
}

/* The value of a member that does not matter. */
static bool skip_value(struct scan *scan)
{
    struct bytes value;

    skip_blanks(scan);
    if (scan->at == scan->end)
        return false;
    switch (*scan->at) {
    case '"': scan->at++; return take_string(scan, &value);
    case 't': return take_literal(scan, "true");
    case 'f': return take_literal(scan, "false");
    case 'n': return take_literal(scan, "null");
    default: return take_number(scan, &value);
    }
}

/* The value of a member that matters. */
static bool take_value(struct scan *scan, bool number, struct bytes *value)
{
    if (take(scan, '"'))
        return take_string(scan, value);
    if (scan->at == scan->end)
        return false;
    if (*scan->at == 'n')
        return take_literal(scan, "null");
    return number && take_number(scan, value);
}

/* JSON_N_MEMBERS if NAME is none. */
static int find_member(struct bytes name)
{
    int member = 0;

    while (member < JSON_N_MEMBERS &&
           !bytes_equal(name, bytes_of(json_members[member].name)))
        member++;
    return member;
}

static bool take_member(struct scan *scan, struct json_line *members,
                        unsigned *seen)
{
    const char *start;
    struct bytes name;
    int member;

    if (!take(scan, '"'))
        return false;
    start = scan->at;
    skip_plain(scan);
    name = (struct bytes){start, (size_t)(scan->at - start)};
    if (scan->at == scan->end || *scan->at++ != '"' || !take(scan, ':'))
        return false;
    member = find_member(name);
    if (member == JSON_N_MEMBERS)
        return skip_value(scan);
    if (*seen & 1u << member)
        return false;
    *seen |= 1u << member;
    return take_value(scan, json_members[member].number,
                      &members->members[member]);
}

bool json_line_quick(struct bytes line, struct arena *arena,
                     struct json_line *members)
{
    struct scan scan = {line.data, line.data + line.length, arena};
    unsigned seen = 0;

    *members = (struct json_line){{{NULL, 0}}};
    if (!take(&scan, '{'))
        return false;
    do
        if (!take_member(&scan, members, &seen))
            return false;
    while (take(&scan, ','));
    if (!take(&scan, '}'))
        return false;
    skip_blanks(&scan);
    return scan.at == scan.end && members->members[JSON_TEXT].length > 0 &&
           utf8_valid(line.data, line.length);
}
