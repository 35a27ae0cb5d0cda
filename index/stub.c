/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/stub.h"

#include "base/bytes.h"
#include "index/disk.h"
#include "index/schema.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STUB_MAX_BYTES = 1 << 20 };

/* A Glass database that is one file begins so (backends/glass/glass_defs.h). */
static const char glass_magic[] = "\x0f\x0dXapian Glass";

static bool is_glass_file(const char *path)
{
    char start[sizeof glass_magic - 1] = {0};
    FILE *file = fopen(path, "rb");
    bool is_glass;

    if (!file)
        return false;
    is_glass = fread(start, 1, sizeof start, file) == sizeof start &&
               memcmp(start, glass_magic, sizeof start) == 0;
    fclose(file);
    return is_glass;
}

enum status stub_find(const char *path, bool *found, struct buffer *file,
                      struct failure *failure)
{
    struct stat facts;
    enum status status = STATUS_OK;

    *found = false;
    buffer_clear(file);
    if (stat(path, &facts) != 0)
        return STATUS_OK;
    if (S_ISREG(facts.st_mode)) {
        buffer_append_string(file, path);
        buffer_append_byte(file, '\0');
        *found = !is_glass_file(path);
    } else if (S_ISDIR(facts.st_mode)) {
        status = disk_join(file, path, SCHEMA_MANIFEST, failure);
        *found = status == STATUS_OK && access(file->data, F_OK) == 0;
    }
    return file->failed ? fail_memory(failure) : status;
}

/* If LINE begins with TYPE, *REST is what follows. */
static bool skip(struct bytes line, const char *type, struct bytes *rest)
{
    size_t length = strlen(type);

    if (line.length <= length || memcmp(line.data, type, length) != 0)
        return false;
    *rest = (struct bytes){line.data + length, line.length - length};
    return true;
}

static void append_path(const char *file, struct bytes path,
                        struct buffer *names)
{
    const char *slash = strrchr(file, '/');

    if (path.data[0] != '/' && slash)
        buffer_append(names, file, (size_t)(slash - file) + 1);
    buffer_append(names, path.data, path.length);
}

/* Append the name in LINE; false if there is none. */
static bool append_name(const char *file, struct bytes line,
                        struct buffer *names)
{
    struct bytes rest;

    if (memchr(line.data, '\0', line.length))
        return false;
    if (skip(line, "auto ", &rest) || skip(line, "glass ", &rest)) {
        append_path(file, rest, names);
    } else if (skip(line, "remote ", &rest)) {
        bool program = rest.data[0] == ':';

        buffer_append_string(names, program ? "prog" : "tcp:");
        buffer_append(names, rest.data, rest.length);
    } else {
        return false;
    }
    buffer_append_byte(names, '\0');
    return true;
}

static enum status parse(const char *file, struct bytes text,
                         struct buffer *names, struct failure *failure)
{
    const char *at = text.data, *end = text.data + text.length;

    for (size_t number = 1; at < end; number++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        struct bytes line = {at, (size_t)((stop ? stop : end) - at)};

        if (line.length && line.data[line.length - 1] == '\r')
            line.length--;
        if (line.length && line.data[0] != '#' &&
            !append_name(file, line, names))
            return fail(failure, STATUS_NO_INDEX,
                        "'%s' is not an index: line %zu is none of a Xapian "
                        "stub file",
                        file, number);
        at = stop ? stop + 1 : end;
    }
    return names->failed ? fail_memory(failure) : STATUS_OK;
}

enum status stub_read(const char *file, struct buffer *names,
                      struct failure *failure)
{
    struct buffer text = BUFFER_EMPTY;
    enum status status = disk_read(file, STUB_MAX_BYTES, &text, failure);

    if (status == STATUS_LIMIT)
        status = fail(failure, STATUS_NO_INDEX, "'%s' is not an index", file);
    if (status == STATUS_OK && text.length)
        status = parse(file, buffer_bytes(&text), names, failure);
    buffer_release(&text);
    return status;
}
