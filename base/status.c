/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

__attribute__((format(printf, 4, 0))) static void
set(struct failure *failure, enum status status, size_t column,
    const char *format, va_list arguments)
{
    failure->status = status;
    failure->column = column;
    if (vsnprintf(failure->message, sizeof failure->message, format,
                  arguments) < 0)
        failure->message[0] = '\0';
}

enum status fail(struct failure *failure, enum status status,
                 const char *format, ...)
{
    if (failure) {
        va_list arguments;

        va_start(arguments, format);
        set(failure, status, 0, format, arguments);
        va_end(arguments);
    }
    return status;
}

enum status fail_errno(struct failure *failure, enum status status,
                       int error_number, const char *format, ...)
{
    if (failure) {
        va_list arguments;
        size_t length;

        va_start(arguments, format);
        set(failure, status, 0, format, arguments);
        va_end(arguments);
        length = strlen(failure->message);
        snprintf(failure->message + length, sizeof failure->message - length,
                 ": %s", strerror(error_number));
    }
    return status;
}

enum status fail_column(struct failure *failure, size_t column,
                        const char *format, ...)
{
    if (failure) {
        va_list arguments;

        va_start(arguments, format);
        set(failure, STATUS_QUERY, column, format, arguments);
        va_end(arguments);
    }
    return STATUS_QUERY;
}

enum status fail_limit(struct failure *failure, size_t column,
                       const char *format, ...)
{
    if (failure) {
        va_list arguments;

        va_start(arguments, format);
        set(failure, STATUS_LIMIT, column, format, arguments);
        va_end(arguments);
    }
    return STATUS_LIMIT;
}

enum status fail_memory(struct failure *failure)
{
    return fail(failure, STATUS_MEMORY, "out of memory");
}
