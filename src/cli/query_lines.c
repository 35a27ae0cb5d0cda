/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/cli/query_lines.h"

#include "src/cli/interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* How much is read at once. */
enum { READ_SIZE = 1 << 16 };

#define WHITE_SPACE " \t\r\v\f"
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

enum status query_lines_open(const char *path, struct query_lines *lines,
                             struct failure *failure)
{
    *lines = (struct query_lines){.name = path, .descriptor = STDIN_FILENO};
    if (!path || strcmp(path, "-") == 0) {
        lines->name = "(standard input)";
        return STATUS_OK;
    }
    lines->descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (lines->descriptor < 0)
        return fail_errno(failure, STATUS_IO, errno, "cannot open '%s'", path);
    return STATUS_OK;
}

void query_lines_close(struct query_lines *lines)
{
    if (lines->descriptor > STDIN_FILENO)
        close(lines->descriptor);
    buffer_release(&lines->buffer);
    *lines = (struct query_lines){.descriptor = -1};
}

/* Let others work while there is nothing to read. */
static enum status wait_for_input(struct query_lines *lines,
                                  struct failure *failure)
{
    struct pollfd input = {.fd = lines->descriptor, .events = POLLIN};

    if (poll(&input, 1, 0) != 0)
        return STATUS_OK;
    return lines->wait(lines->context, failure);
}

/* Read more behind what is there. */
static enum status fill(struct query_lines *lines, struct failure *failure)
{
    struct buffer *buffer = &lines->buffer;
    enum status status = wait_for_input(lines, failure);
    ssize_t size;

    if (status != STATUS_OK)
        return status;
    if (!buffer_reserve(buffer, READ_SIZE))
        return fail_memory(failure);
    do {
        if (interrupted())
            return fail(failure, STATUS_INTERRUPTED, "interrupted");
        size =
            read(lines->descriptor, buffer->data + buffer->length, READ_SIZE);
    } while (size < 0 && errno == EINTR);
    if (size < 0)
        return fail_errno(failure, STATUS_IO, errno, "cannot read '%s'",
                          lines->name);
    buffer->length += (size_t)size;
    lines->ended = size == 0;
    return STATUS_OK;
}

/* Append to LINE what is there of it, up to its end, which *ENDED tells. */
static void take(struct query_lines *lines, struct query_line *line,
                 bool *ended)
{
    struct buffer *from = &lines->buffer;
    size_t left = from->length - lines->at, length = left;
    const char *end = left ? memchr(from->data + lines->at, '\n', left) : NULL;
    size_t room = QUERY_LINE_MAX - line->buffer.length;

    *ended = end != NULL;
    if (end)
        length = (size_t)(end - (from->data + lines->at));
    if (length > room)
        line->too_long = true;
    if (length > 0)
        buffer_append(&line->buffer, from->data + lines->at,
                      length < room ? length : room);
    lines->at += length + (end ? 1 : 0);
    if (lines->at == from->length) {
        buffer_clear(from);
        lines->at = 0;
    }
}

/* One line, whatever it holds. *MORE: there was one. */
static enum status read_line(struct query_lines *lines, struct query_line *line,
                             bool *more, struct failure *failure)
{
    enum status status = STATUS_OK;
    bool ended = false;

    buffer_clear(&line->buffer);
    line->too_long = false;
    *more = false;
    take(lines, line, &ended);
    while (!ended && !lines->ended && status == STATUS_OK) {
        status = fill(lines, failure);
        take(lines, line, &ended);
    }
    if (status == STATUS_OK && line->buffer.failed)
        status = fail_memory(failure);
    if (status == STATUS_OK && (ended || line->buffer.length > 0)) {
        *more = true;
        line->number = ++lines->number;
    }
    return status;
}

static struct bytes without(struct bytes text, size_t n)
{
    return (struct bytes){text.data + n, text.length - n};
}

/* Part the line into id and query. */
static void part(struct query_line *line)
{
    struct bytes text = buffer_bytes(&line->buffer);
    const char *tab;

    if (line->number == 1 && bytes_begin_with(text, BYTE_ORDER_MARK))
        text = without(text, strlen(BYTE_ORDER_MARK));
    if (text.length > 0 && text.data[text.length - 1] == '\r')
        text.length--;
    tab = text.length > 0 ? memchr(text.data, '\t', text.length) : NULL;
    line->id.length = 0;
    line->query = text;
    if (tab) {
        line->id = (struct bytes){text.data, (size_t)(tab - text.data)};
        line->query = without(text, line->id.length + 1);
    }
    if (line->id.length == 0) {
        snprintf(line->digits, sizeof line->digits, "%zu", line->number);
        line->id = bytes_of(line->digits);
    }
}

/* Whether LINE asks for anything. */
static bool is_query(const struct query_line *line)
{
    struct bytes text = buffer_bytes(&line->buffer);

    while (text.length > 0 && text.data[0] != '\0' &&
           strchr(WHITE_SPACE, text.data[0]))
        text = without(text, 1);
    return text.length > 0 && text.data[0] != '#';
}

enum status query_lines_next(struct query_lines *lines, struct query_line *line,
                             bool *more, struct failure *failure)
{
    enum status status;

    do
        status = read_line(lines, line, more, failure);
    while (status == STATUS_OK && *more && !is_query(line));
    if (status == STATUS_OK && *more)
        part(line);
    return status;
}

void query_line_release(struct query_line *line)
{
    buffer_release(&line->buffer);
}
