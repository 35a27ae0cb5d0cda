/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Errors: the one place where an exception becomes a status. */
#include <config.h>

#include "index/xapian-c/guard.h"

#include <xapian.h>

#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>

/* A borrowed string that a NUL follows. */
struct slice {
    const char *data;
    size_t length;
};

/* One block of malloc's: this, then the bytes that it points to. */
struct xapian_error {
    xapian_status status;
    slice type, message, context, string;
};

namespace
{

/* Delivered where there is no memory for another; never freed. */
const xapian_error no_memory = {XAPIAN_OUT_OF_MEMORY,
                                {"std::bad_alloc", 14},
                                {"out of memory", 13},
                                {"", 0},
                                {"", 0}};

/* By status. Those of Xapian are the names of its classes. */
const char *const names[] = {
    "OK",
    "AssertionError",
    "InvalidArgumentError",
    "InvalidOperationError",
    "UnimplementedError",
    "DatabaseError",
    "DatabaseCorruptError",
    "DatabaseCreateError",
    "DatabaseLockError",
    "DatabaseModifiedError",
    "DatabaseOpeningError",
    "DatabaseVersionError",
    "DatabaseNotFoundError",
    "DatabaseClosedError",
    "DocNotFoundError",
    "FeatureUnavailableError",
    "InternalError",
    "NetworkError",
    "NetworkTimeoutError",
    "QueryParserError",
    "SerialisationError",
    "RangeError",
    "WildcardError",
    "Error",
    "std::bad_alloc",
    "std::exception",
    "unknown",
    "stopped",
};
const int n_names = sizeof names / sizeof *names;

static_assert(n_names == XAPIAN_STOPPED + 1, "each status has a name");

slice slice_of(const char *string)
{
    return string ? slice{string, std::strlen(string)} : slice{"", 0};
}

slice slice_of(const std::string &string)
{
    return {string.c_str(), string.size()};
}

/* Copy FROM and a NUL to TO, and return what follows them. */
char *copy_slice(char *to, slice from, slice *copy)
{
    std::memcpy(to, from.data, from.length);
    to[from.length] = '\0';
    *copy = {to, from.length};
    return to + from.length + 1;
}

/* The lengths cannot overflow: all four strings are in memory. */
xapian_error *error_new(const xapian_error &from)
{
    size_t size = sizeof from + from.type.length + from.message.length +
                  from.context.length + from.string.length + 4;
    void *block = std::malloc(size);

    if (!block)
        return const_cast<xapian_error *>(&no_memory);
    xapian_error *error = new (block) xapian_error{from};
    char *end = reinterpret_cast<char *>(error + 1);
    end = copy_slice(end, from.type, &error->type);
    end = copy_slice(end, from.message, &error->message);
    end = copy_slice(end, from.context, &error->context);
    copy_slice(end, from.string, &error->string);
    return error;
}

xapian_status report(xapian_error **error, const xapian_error &from)
{
    if (error)
        *error = error_new(from);
    return from.status;
}

xapian_status report(xapian_error **error, xapian_status status,
                     const char *message)
{
    return report(
        error,
        {status, slice_of(names[status]), slice_of(message), {"", 0}, {"", 0}});
}

/* Its text is made when it is asked for, which takes memory. */
slice system_message(const Xapian::Error &thrown)
{
    try {
        return slice_of(thrown.get_error_string());
    } catch (...) {
        return {"", 0};
    }
}

xapian_status report(xapian_error **error, const Xapian::Error &thrown)
{
    int status = XAPIAN_ASSERTION_ERROR;

    while (status < XAPIAN_OTHER_ERROR &&
           std::strcmp(names[status], thrown.get_type()) != 0)
        status++;
    return report(error,
                  {static_cast<xapian_status>(status),
                   slice_of(thrown.get_type()), slice_of(thrown.get_msg()),
                   slice_of(thrown.get_context()), system_message(thrown)});
}

const char *read_slice(const slice &from, size_t *length)
{
    if (length)
        *length = from.length;
    return from.data;
}

const slice nothing = {"", 0};

} // namespace

xapian_status xapian_c_translate(xapian_error **error) noexcept
{
    try {
        throw;
    } catch (const Xapian::Error &thrown) {
        return report(error, thrown);
    } catch (const std::bad_alloc &) {
        return report(error, XAPIAN_OUT_OF_MEMORY, "out of memory");
    } catch (const std::exception &thrown) {
        return report(error, XAPIAN_STD_EXCEPTION, thrown.what());
    } catch (const xapian_c_stopped &) {
        return report(error, XAPIAN_STOPPED, "stopped by a callback");
    } catch (...) {
        return report(error, XAPIAN_UNKNOWN_ERROR,
                      "something was thrown that is no std::exception");
    }
}

char *xapian_c_duplicate(const std::string &text)
{
    char *copy = static_cast<char *>(std::malloc(text.size() + 1));

    if (!copy)
        throw std::bad_alloc();
    std::memcpy(copy, text.c_str(), text.size() + 1);
    return copy;
}

void xapian_free(char *string)
{
    std::free(string);
}

xapian_status xapian_error_status(const xapian_error *error)
{
    return error ? error->status : XAPIAN_OK;
}

const char *xapian_error_type(const xapian_error *error)
{
    return error ? error->type.data : "";
}

const char *xapian_error_message(const xapian_error *error, size_t *length)
{
    return read_slice(error ? error->message : nothing, length);
}

const char *xapian_error_context(const xapian_error *error, size_t *length)
{
    return read_slice(error ? error->context : nothing, length);
}

const char *xapian_error_string(const xapian_error *error, size_t *length)
{
    return read_slice(error ? error->string : nothing, length);
}

void xapian_error_free(xapian_error *error)
{
    if (error != &no_memory)
        std::free(error);
}

const char *xapian_status_name(xapian_status status)
{
    int number = static_cast<int>(status);

    return number >= 0 && number < n_names ? names[number] : "unknown";
}
