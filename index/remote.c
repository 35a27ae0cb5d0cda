/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/remote.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "base/bytes.h"
#include "index/xapian_failure.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define TCP "tcp:"
#define PROGRAM "prog:"

enum { PORT_MAX = 65535 };

/* A name, taken apart; borrowed from it. */
struct address {
    struct bytes host; /* or the program */
    struct bytes arguments;
    unsigned port; /* 0: a program */
};

static bool begins(const char *name, const char *prefix)
{
    return strncmp(name, prefix, strlen(prefix)) == 0;
}

bool remote_is_name(const char *name)
{
    return begins(name, TCP) || begins(name, PROGRAM);
}

static bool parse_port(const char *text, unsigned *port)
{
    char *end;
    unsigned long value;

    errno = 0;
    value = strtoul(text, &end, 10);
    *port = (unsigned)value;
    return is_ascii_digit(text[0]) && *end == '\0' && errno == 0 &&
           value >= 1 && value <= PORT_MAX;
}

static bool parse_tcp(const char *text, struct address *address)
{
    const char *colon = strrchr(text, ':');

    if (!colon || !parse_port(colon + 1, &address->port))
        return false;
    address->host = (struct bytes){text, (size_t)(colon - text)};
    if (address->host.length > 2 && text[0] == '[' && colon[-1] == ']') {
        address->host.data++;
        address->host.length -= 2;
    }
    return address->host.length > 0;
}

static bool parse(const char *name, struct address *address)
{
    const char *space;

    *address = (struct address){.arguments = {"", 0}};
    if (begins(name, TCP))
        return parse_tcp(name + strlen(TCP), address);
    if (!begins(name, PROGRAM))
        return false;
    name += strlen(PROGRAM);
    space = strchr(name, ' ');
    address->host = bytes_of(name);
    if (space) {
        address->host.length = (size_t)(space - name);
        address->arguments = bytes_of(space + 1);
    }
    return address->host.length > 0;
}

enum status remote_open(const char *name, unsigned seconds,
                        xapian_database **database, struct failure *failure)
{
    struct address address;
    xapian_error *error = NULL;
    unsigned milliseconds;

    *database = NULL;
    if (!parse(name, &address))
        return fail(failure, STATUS_NO_INDEX,
                    "'%s' is no remote index; it must be tcp:HOST:PORT or "
                    "prog:PROGRAM ARGUMENTS",
                    name);
    milliseconds =
        1000 * (seconds < REMOTE_SECONDS_MAX ? seconds : REMOTE_SECONDS_MAX);
    if (address.port)
        xapian_database_open_remote(address.host.data, address.host.length,
                                    address.port, milliseconds, milliseconds,
                                    database, &error);
    else
        xapian_database_open_remote_program(
            address.host.data, address.host.length, address.arguments.data,
            address.arguments.length, milliseconds, database, &error);
    return error ? remote_fail(name, seconds, error, failure) : STATUS_OK;
}

/* Xapian's own name for it, which it puts into the context of its errors. */
static bool append_context(const char *name, struct buffer *context)
{
    struct address address;

    if (!parse(name, &address))
        return false;
    buffer_append_string(context,
                         address.port ? "remote:tcp(" : "remote:prog(");
    buffer_append(context, address.host.data, address.host.length);
    if (address.port)
        buffer_append_format(context, ":%u)", address.port);
    else
        buffer_append_format(context, " %s)", address.arguments.data);
    return !context->failed;
}

bool remote_is_error(const char *name, const xapian_error *error)
{
    struct buffer context = BUFFER_EMPTY;
    struct bytes theirs;
    bool same;

    theirs.data = xapian_error_context(error, &theirs.length);
    same = append_context(name, &context) && theirs.length >= context.length &&
           memcmp(theirs.data, context.data, context.length) == 0;
    buffer_release(&context);
    return same;
}

static enum status fail_not_portable(const char *name, struct failure *failure)
{
    return fail(failure, STATUS_LIMIT,
                "'%s' was not made to be read from afar; make it with 'pilcrow "
                "index --portable'",
                name);
}

enum status remote_fail(const char *name, unsigned seconds, xapian_error *error,
                        struct failure *failure)
{
    xapian_status cause = xapian_error_status(error);
    enum status status = STATUS_IO;

    if (cause == XAPIAN_NETWORK_TIMEOUT_ERROR)
        fail(failure, STATUS_IO, "'%s': no answer within %u second%s", name,
             seconds, seconds == 1 ? "" : "s");
    else if (cause == XAPIAN_FEATURE_UNAVAILABLE_ERROR)
        status = fail_not_portable(name, failure);
    else if (cause != XAPIAN_NETWORK_ERROR)
        return fail_xapian(failure, error, name);
    else
        fail(failure, STATUS_IO, "'%s' cannot be reached: %s%s%s", name,
             xapian_error_message(error, NULL),
             *xapian_error_string(error, NULL) ? ": " : "",
             xapian_error_string(error, NULL));
    xapian_error_free(error);
    return status;
}

enum status remote_count_shards(const char *name, unsigned seconds,
                                const xapian_database *database,
                                uint32_t *n_shards, struct failure *failure)
{
    xapian_error *error = NULL;
    char *uuid = NULL;
    size_t length;

    /* The UUID of a database of several is theirs, parted by colons. */
    *n_shards = 1;
    if (xapian_database_uuid(database, &uuid, &length, &error) == XAPIAN_OK)
        for (size_t i = 0; i < length; i++)
            *n_shards += uuid[i] == ':';
    xapian_free(uuid);
    return error ? remote_fail(name, seconds, error, failure) : STATUS_OK;
}
