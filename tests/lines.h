/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tests as lines of data: a file with a test a line, its fields separated by
 * tabs. Empty lines and those that begin with "# " say nothing. In a field \t,
 * \n, \\, \xHH (a byte) and \uHHHH (a character) stand for what they do in
 * C. */
#ifndef TESTS_LINES_H
#define TESTS_LINES_H

#include "base/buffer.h"
#include "tests/tap.h"

#include <stdio.h>
#include <stdlib.h>

enum { LINE_MAX_FIELDS = 8 };

struct line {
    const char *name; /* for the test: FILE:NUMBER: the line */
    struct bytes fields[LINE_MAX_FIELDS]; /* each with a NUL behind it */
    size_t n_fields;
};

typedef void (*line_function)(void *context, const struct line *line);

static inline int line_hex_digit(char c)
{
    const char *digits = "0123456789abcdef", *found;

    found = c ? strchr(digits, c | 0x20) : NULL;
    return found ? (int)(found - digits) : 0;
}

/* The character of the four hexadecimal digits at HEX, as UTF-8 to TO, which
 * may overlap them. Returns where that ends. */
static inline char *line_character(const char *hex, char *to)
{
    int c = 0, i;

    for (i = 0; i < 4; i++)
        c = c << 4 | line_hex_digit(hex[i]);
    if (c >= 0x800) {
        *to++ = (char)(0xE0 | c >> 12);
        *to++ = (char)(0x80 | (c >> 6 & 0x3F));
    } else if (c >= 0x80) {
        *to++ = (char)(0xC0 | c >> 6);
    }
    *to++ = (char)(c < 0x80 ? c : 0x80 | (c & 0x3F));
    return to;
}

/* Replace the escapes in FIELD by what they stand for, in place. */
static inline struct bytes line_unescape(char *field)
{
    char *from = field, *to = field;

    while (*from) {
        if (from[0] != '\\' || from[1] == '\0') {
            *to++ = *from++;
        } else if (from[1] == 'x' && from[2] && from[3]) {
            *to++ =
                (char)(line_hex_digit(from[2]) << 4 | line_hex_digit(from[3]));
            from += 4;
        } else if (from[1] == 'u' && strlen(from) >= 6) {
            to = line_character(from + 2, to);
            from += 6;
        } else {
            *to++ = (char)(from[1] == 't'   ? '\t'
                           : from[1] == 'n' ? '\n'
                                            : from[1]);
            from += 2;
        }
    }
    *to = '\0';
    return (struct bytes){field, (size_t)(to - field)};
}

static inline void line_run(char *text, const char *name, size_t wanted,
                            line_function each, void *context)
{
    struct line line = {.name = name};

    while (text && line.n_fields < LINE_MAX_FIELDS) {
        char *tab = strchr(text, '\t');

        if (tab)
            *tab++ = '\0';
        line.fields[line.n_fields++] = line_unescape(text);
        text = tab;
    }
    if (ok(line.n_fields >= wanted, "%s: %zu fields", name, wanted))
        each(context, &line);
}

/* Call EACH for every line of the file PATH (under $srcdir) that has at least
 * WANTED fields; a file that cannot be read and a line with fewer are failed
 * tests. */
static inline void test_lines(const char *path, size_t wanted,
                              line_function each, void *context)
{
    const char *top = getenv("srcdir");
    struct buffer name = BUFFER_EMPTY;
    char *text = NULL;
    size_t size = 0, number = 0;
    ssize_t length;
    FILE *file;

    buffer_append_format(&name, "%s/%s", top ? top : ".", path);
    buffer_append_byte(&name, '\0');
    file = name.failed ? NULL : fopen(name.data, "r");
    ok(file, "%s can be read", path);
    while (file && (length = getline(&text, &size, file)) >= 0) {
        number++;
        if (length > 0 && text[length - 1] == '\n')
            text[length - 1] = '\0';
        if (*text == '\0' || strncmp(text, "# ", 2) == 0)
            continue;
        buffer_clear(&name);
        buffer_append_format(&name, "%s:%zu: %s", path, number, text);
        /* TAP reads a '#' in a description as a directive. */
        for (size_t i = 0; i < name.length; i++)
            if (name.data[i] == '#')
                name.data[i] = '.';
        buffer_append_byte(&name, '\0');
        line_run(text, name.data, wanted, each, context);
    }
    if (file)
        fclose(file);
    free(text);
    buffer_release(&name);
}

#endif
