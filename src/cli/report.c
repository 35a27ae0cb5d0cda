/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/cli/report.h"

#include "src/text/utf8.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

int exit_status_of(enum status status)
{
    switch (status) {
    case STATUS_OK: return EXIT_FOUND;
    case STATUS_USAGE:
    case STATUS_QUERY: return EXIT_USAGE;
    case STATUS_NO_INDEX: return EXIT_NO_INDEX;
    case STATUS_LOCKED: return EXIT_LOCKED;
    case STATUS_CORRUPT: return EXIT_CORRUPT;
    case STATUS_SCHEMA: return EXIT_SCHEMA;
    case STATUS_IO:
    case STATUS_INPUT:
    case STATUS_MEMORY: return EXIT_IO;
    case STATUS_LIMIT: return EXIT_USAGE;
    case STATUS_INTERRUPTED: return EXIT_INTERRUPTED;
    }
    return EXIT_IO;
}

void report(const char *format, ...)
{
    va_list arguments;

    fflush(stdout);
    fputs("pilcrow: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

int report_failure(const struct failure *failure)
{
    report("%s", failure->message);
    if (failure->status == STATUS_CORRUPT)
        fputs("'pilcrow check' tells all that is damaged, 'pilcrow repair' "
              "keeps what is not\n",
              stderr);
    else if (failure->status == STATUS_SCHEMA)
        fputs("'pilcrow index --rebuild PATH...' makes it anew\n", stderr);
    return exit_status_of(failure->status);
}

/* How much of a query to show on each side of a mistake, in code points. */
enum { CARET_CONTEXT = 60 };

/* Code points FIRST to LAST of QUERY, control characters as spaces; returns
 * how many terminal columns stand before code point CARET. */
static size_t print_query(const char *query, size_t length, size_t first,
                          size_t last, size_t caret)
{
    size_t at = 0, number = 1, columns = 0;

    while (at < length && number <= last) {
        char32_t code_point;
        char bytes[4];
        size_t size = utf8_decode(query + at, length - at, &code_point);

        at += size;
        if (number++ < first)
            continue;
        if (code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0))
            code_point = ' ';
        size = utf8_encode(code_point, bytes);
        if (number - 1 < caret)
            columns += utf8_columns(bytes, size);
        fwrite(bytes, 1, size, stderr);
    }
    return columns;
}

int report_query_failure(const struct failure *failure, const char *file,
                         size_t line, struct bytes query)
{
    size_t column = failure->column, first, columns;
    char where[PATH_MAX + 32] = "query";

    if (file)
        snprintf(where, sizeof where, "%s:%zu", file, line);
    else if (column == 0)
        return report_failure(failure);
    if (column == 0) {
        report("%s: %s", where, failure->message);
        return exit_status_of(failure->status);
    }
    report("%s, column %zu: %s", where, column, failure->message);
    if (query.length == 0)
        return exit_status_of(failure->status);
    first = column > CARET_CONTEXT ? column - CARET_CONTEXT : 1;
    fputs("    ", stderr);
    columns = print_query(query.data, query.length, first,
                          column + CARET_CONTEXT, column);
    fprintf(stderr, "\n    %*s^\n", (int)columns, "");
    return exit_status_of(failure->status);
}

int output_ended(void)
{
    return ferror(stdout);
}

int finish_output(int status)
{
    int failed = ferror(stdout);
    int error_number = errno;

    if (fflush(stdout) != 0) {
        error_number = errno;
        failed = 1;
    }
    if (!failed || error_number == EPIPE)
        return status;
    report("cannot write the results: %s", strerror(error_number));
    return EXIT_IO;
}

static uint64_t started;

uint64_t clock_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void clock_started(void)
{
    started = clock_now();
}

double seconds_since_start(void)
{
    return (double)(clock_now() - started) / 1e9;
}

const char *counted(uint64_t number, const char *noun, char text[COUNTED_SIZE])
{
    char digits[24];
    int length =
        snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    size_t at = 0;
    int i;

    for (i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            text[at++] = ',';
        text[at++] = digits[i];
    }
    snprintf(text + at, COUNTED_SIZE - at, " %s%s", noun,
             number == 1 ? "" : "s");
    return text;
}
