/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The Test Anything Protocol for unit tests in C: call ok() and is_…() in
 * main, and end it with `return tap_done();`. */
#ifndef TESTS_TAP_H
#define TESTS_TAP_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/bytes.h"

static int tap_count, tap_failures;

/* One test, named by FORMAT and what follows as printf does. */
#define ok(condition, ...) \
    tap_ok((condition), __FILE__, __LINE__, #condition, __VA_ARGS__)

__attribute__((format(printf, 5, 6))) static inline bool
tap_ok(bool passed, const char *file, int line, const char *condition,
       const char *format, ...)
{
    __builtin_va_list arguments;

    printf("%sok %d - ", passed ? "" : "not ", ++tap_count);
    __builtin_va_start(arguments, format);
    vprintf(format, arguments);
    __builtin_va_end(arguments);
    putchar('\n');
    if (!passed) {
        tap_failures++;
        printf("# %s:%d: %s\n", file, line, condition);
    }
    return passed;
}

/* One test: GOT are the bytes of the string WANTED. */
static inline bool is_bytes(struct bytes got, const char *wanted,
                            const char *name)
{
    bool same = bytes_equal(got, bytes_of(wanted));

    ok(same, "%s", name);
    if (!same)
        printf("# got '%.*s', wanted '%s'\n", (int)got.length, got.data,
               wanted);
    return same;
}

static inline int tap_done(void)
{
    printf("1..%d\n", tap_count);
    return tap_failures ? 1 : 0;
}

#endif
