/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Database: those that another process serves. */
#include <config.h>

#include "index/xapian-c/guard.h"
#include "index/xapian-c/handles.h"

#ifdef XAPIAN_HAS_REMOTE_BACKEND

namespace
{

/* Xapian tells a port from a program by the types of its arguments. */
template <class... Arguments> Xapian::Database open(Arguments... arguments)
{
    return Xapian::Remote::open(arguments...);
}

template <class... Arguments>
Xapian::WritableDatabase open_writable(Arguments... arguments)
{
    return Xapian::Remote::open_writable(arguments...);
}

} // namespace

#else

namespace
{

[[noreturn]] void no_remote()
{
    throw Xapian::FeatureUnavailableError(
        "this Xapian was built without remote databases");
}

template <class... Arguments> Xapian::Database open(Arguments...)
{
    no_remote();
}

template <class... Arguments>
Xapian::WritableDatabase open_writable(Arguments...)
{
    no_remote();
}

} // namespace

#endif

xapian_status xapian_database_open_remote(const char *host, size_t host_length,
                                          unsigned port, unsigned timeout,
                                          unsigned connect_timeout,
                                          xapian_database **database,
                                          xapian_error **error)
{
    return deliver(database, error, [&] {
        return new xapian_database{
            open(string_of(host, host_length), port, timeout, connect_timeout)};
    });
}

xapian_status xapian_database_open_remote_program(
    const char *program, size_t program_length, const char *arguments,
    size_t arguments_length, unsigned timeout, xapian_database **database,
    xapian_error **error)
{
    return deliver(database, error, [&] {
        return new xapian_database{open(string_of(program, program_length),
                                        string_of(arguments, arguments_length),
                                        timeout)};
    });
}

xapian_status xapian_writable_database_open_remote(
    const char *host, size_t host_length, unsigned port, unsigned timeout,
    unsigned connect_timeout, int flags, xapian_writable_database **database,
    xapian_error **error)
{
    return deliver(database, error, [&] {
        return new xapian_writable_database(
            open_writable(string_of(host, host_length), port, timeout,
                          connect_timeout, flags));
    });
}

xapian_status xapian_writable_database_open_remote_program(
    const char *program, size_t program_length, const char *arguments,
    size_t arguments_length, unsigned timeout, int flags,
    xapian_writable_database **database, xapian_error **error)
{
    return deliver(database, error, [&] {
        return new xapian_writable_database(open_writable(
            string_of(program, program_length),
            string_of(arguments, arguments_length), timeout, flags));
    });
}
