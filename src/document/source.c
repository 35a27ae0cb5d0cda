/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/source.h"

#include "base/buffer.h"

#include <xxhash.h>
#include <zlib.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* How much is read at once: enough that system calls cost nothing, but for a
 * small file not so much that the memory costs more than they do. */
enum { CHUNK = 256 << 10, SMALL_CHUNK = 4 << 10 };

/* Bytes that were read and not yet used. */
struct window {
    char *data;
    size_t start, end, capacity;
};

struct source {
    char *name;
    int file; /* -1: there is none, .memory is read */
    struct bytes memory;
    uint64_t raw_offset;
    const volatile sig_atomic_t *interrupted; /* NULL: nothing interrupts */
    XXH3_state_t *hash; /* of what was read; NULL if it is no file */
    int64_t opened;     /* in nanoseconds since 1970 */
    struct stat stat;   /* when it was opened */
    size_t chunk;       /* how much is read at once */
    bool raw_ended;     /* file or memory are used up */

    bool packed;
    bool in_member;    /* between the beginning and the end of a gzip member */
    struct window raw; /* packed bytes */
    z_stream unpacker;

    struct window window; /* what the caller sees */
    uint64_t offset;      /* of the window's start */
    bool ended;           /* nothing comes after the window */
};

/* Make room for CHUNK bytes at the end of WINDOW. */
static bool window_reserve(struct window *window, size_t chunk)
{
    size_t wanted;

    if (window->start > 0) {
        memmove(window->data, window->data + window->start,
                window->end - window->start);
        window->end -= window->start;
        window->start = 0;
    }
    if (__builtin_add_overflow(window->end, chunk, &wanted))
        return false;
    return array_grow(&window->data, &window->capacity, wanted, 1);
}

static bool is_set(const volatile sig_atomic_t *flag)
{
    return flag && *flag;
}

/* Read what comes next, as it is on disk, to the end of WINDOW, or
 * set .raw_ended. */
static enum status read_raw(struct source *source, struct window *window,
                            struct failure *failure)
{
    size_t room;
    ssize_t got;

    if (is_set(source->interrupted))
        return fail(failure, STATUS_INTERRUPTED, "interrupted");
    if (!window_reserve(window, source->chunk))
        return fail_memory(failure);
    room = window->capacity - window->end;
    if (source->file < 0) {
        size_t left = source->memory.length - (size_t)source->raw_offset;

        got = (ssize_t)(left < room ? left : room);
        if (got > 0)
            memcpy(window->data + window->end,
                   source->memory.data + source->raw_offset, (size_t)got);
    } else {
        do
            got = read(source->file, window->data + window->end, room);
        while (got < 0 && errno == EINTR && !is_set(source->interrupted));
    }
    if (got < 0 && errno == EINTR)
        return fail(failure, STATUS_INTERRUPTED, "interrupted");
    if (got < 0)
        return fail_errno(failure, STATUS_IO, errno, "cannot read '%s'",
                          source->name);
    if (got == 0)
        source->raw_ended = true;
    window->end += (size_t)got;
    if (source->hash)
        XXH3_128bits_update(source->hash,
                            window->data + window->end - (size_t)got,
                            (size_t)got);
    source->raw_offset += (uint64_t)got;
    return STATUS_OK;
}

/* Stand at the beginning of a gzip member, or set .ended. Zeros may follow the
 * last one: tapes and block devices pad with them. */
static enum status begin_member(struct source *source, struct failure *failure)
{
    struct window *raw = &source->raw;

    for (;;) {
        while (raw->start < raw->end && raw->data[raw->start] == 0)
            raw->start++;
        if (raw->start < raw->end || source->raw_ended)
            break;
        enum status status = read_raw(source, raw, failure);
        if (status)
            return status;
    }
    if (raw->start == raw->end) {
        source->ended = true;
        return STATUS_OK;
    }
    if (raw->data[raw->start] != '\x1f')
        return fail(failure, STATUS_INPUT,
                    "%s: something else follows the gzip data", source->name);
    if (inflateReset(&source->unpacker) != Z_OK)
        return fail_memory(failure);
    source->in_member = true;
    return STATUS_OK;
}

/* Unpack something into the window, which has room; *GOT says how much. */
static enum status inflate_some(struct source *source, size_t *got,
                                struct failure *failure)
{
    struct window *raw = &source->raw, *window = &source->window;
    z_stream *unpacker = &source->unpacker;
    size_t in = raw->end - raw->start, room = window->capacity - window->end;
    int result;

    /* zlib counts in 32 bits. */
    unpacker->avail_in = (uInt)(in < SOURCE_MAX_ALL ? in : SOURCE_MAX_ALL);
    unpacker->avail_out = (uInt)(room < SOURCE_MAX_ALL ? room : SOURCE_MAX_ALL);
    unpacker->next_in = (Bytef *)raw->data + raw->start;
    unpacker->next_out = (Bytef *)window->data + window->end;
    result = inflate(unpacker, Z_NO_FLUSH);
    raw->start = (size_t)((char *)unpacker->next_in - raw->data);
    *got = (size_t)((char *)unpacker->next_out - window->data) - window->end;
    window->end += *got;
    if (result == Z_STREAM_END)
        source->in_member = false;
    else if (result == Z_MEM_ERROR)
        return fail_memory(failure);
    else if (result != Z_OK && result != Z_BUF_ERROR)
        return fail(failure, STATUS_INPUT, "%s: damaged gzip data%s%s",
                    source->name, unpacker->msg ? ": " : "",
                    unpacker->msg ? unpacker->msg : "");
    else if (*got == 0 && source->raw_ended && raw->start == raw->end)
        return fail(failure, STATUS_INPUT, "%s: gzip data ends early",
                    source->name);
    return STATUS_OK;
}

static enum status unpack(struct source *source, struct failure *failure)
{
    struct window *raw = &source->raw;
    enum status status = STATUS_OK;
    size_t got = 0;

    if (!window_reserve(&source->window, CHUNK))
        return fail_memory(failure);
    while (status == STATUS_OK && got == 0 && !source->ended) {
        if (!source->in_member) {
            status = begin_member(source, failure);
            continue;
        }
        if (raw->start == raw->end && !source->raw_ended)
            status = read_raw(source, raw, failure);
        if (status == STATUS_OK)
            status = inflate_some(source, &got, failure);
    }
    return status;
}

/* Add to the window, or set .ended. */
static enum status fill(struct source *source, struct failure *failure)
{
    enum status status;

    if (source->packed)
        return unpack(source, failure);
    status = read_raw(source, &source->window, failure);
    source->ended = source->raw_ended;
    return status;
}

static size_t window_length(const struct source *source)
{
    return source->window.end - source->window.start;
}

static struct bytes consume(struct source *source, size_t length)
{
    struct bytes bytes = {source->window.data + source->window.start, length};

    source->window.start += length;
    source->offset += length;
    return bytes;
}

/* Read the beginning and see whether it is packed. */
static enum status begin(struct source *source, struct failure *failure)
{
    struct bytes head;
    enum status status = source_peek(source, 2, &head, failure);

    if (status || head.length < 2 || memcmp(head.data, "\x1f\x8b", 2) != 0)
        return status;
    source->raw = source->window;
    source->window = (struct window){NULL, 0, 0, 0};
    source->ended = false;
    /* 15: the largest window; 16: a gzip header. */
    if (inflateInit2(&source->unpacker, 15 + 16) != Z_OK)
        return fail_memory(failure);
    source->packed = true;
    return window_reserve(&source->window, CHUNK) ? STATUS_OK
                                                  : fail_memory(failure);
}

static int64_t nanoseconds(struct timespec time)
{
    const int64_t second = 1000000000, last = INT64_MAX / second - 1;
    int64_t seconds = time.tv_sec;

    /* SOURCE_TIME_UNKNOWN is further away than these. */
    if (seconds > last || seconds < -last)
        return seconds > 0 ? last * second : -last * second;
    return seconds * second + time.tv_nsec;
}

int64_t source_modified(const struct stat *facts)
{
    return nanoseconds(facts->st_mtim);
}

/* Take note of what the file is like before it is read. */
static bool observe(struct source *source)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    source->opened = nanoseconds(now);
    source->hash = XXH3_createState();
    if (!source->hash || XXH3_128bits_reset(source->hash) != XXH_OK ||
        fstat(source->file, &source->stat) != 0)
        return false;
    if (S_ISREG(source->stat.st_mode) && source->stat.st_size < SMALL_CHUNK)
        source->chunk = SMALL_CHUNK;
    return true;
}

static enum status source_new(const char *name, int file, struct bytes memory,
                              const volatile sig_atomic_t *interrupted,
                              struct source **out, struct failure *failure)
{
    struct source *source = calloc(1, sizeof *source);
    enum status status;

    if (source) {
        source->file = file;
        source->memory = memory;
        source->chunk = CHUNK;
        source->interrupted = interrupted;
        source->name = strdup(name);
    } else if (file > STDIN_FILENO) {
        close(file);
    }
    if (!source || !source->name || (file >= 0 && !observe(source))) {
        source_close(source);
        return fail_memory(failure);
    }
    status = begin(source, failure);
    if (status)
        source_close(source);
    else
        *out = source;
    return status;
}

enum status source_open(const char *path,
                        const volatile sig_atomic_t *interrupted,
                        struct source **source, struct failure *failure)
{
    struct bytes none = {NULL, 0};
    int file;

    *source = NULL;
    if (strcmp(path, "-") == 0)
        return source_new("standard input", STDIN_FILENO, none, interrupted,
                          source, failure);
    do
        file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    while (file < 0 && errno == EINTR && !is_set(interrupted));
    if (file < 0 && errno == EINTR)
        return fail(failure, STATUS_INTERRUPTED, "interrupted");
    if (file < 0)
        return fail_errno(failure, STATUS_IO, errno, "cannot open '%s'", path);
    return source_new(path, file, none, interrupted, source, failure);
}

enum status source_open_memory(const char *name, const char *data,
                               size_t length, struct source **source,
                               struct failure *failure)
{
    *source = NULL;
    return source_new(name, -1, (struct bytes){data, length}, NULL, source,
                      failure);
}

void source_close(struct source *source)
{
    if (!source)
        return;
    if (source->packed)
        inflateEnd(&source->unpacker);
    if (source->file > STDIN_FILENO)
        close(source->file);
    XXH3_freeState(source->hash);
    free(source->raw.data);
    free(source->window.data);
    free(source->name);
    free(source);
}

const char *source_name(const struct source *source)
{
    return source->name;
}

enum status source_peek(struct source *source, size_t wanted,
                        struct bytes *bytes, struct failure *failure)
{
    *bytes = (struct bytes){NULL, 0};
    while (window_length(source) < wanted && !source->ended) {
        enum status status = fill(source, failure);

        if (status)
            return status;
    }
    *bytes = (struct bytes){source->window.data + source->window.start,
                            window_length(source)};
    return STATUS_OK;
}

enum status source_line(struct source *source, struct bytes *line, bool *found,
                        struct failure *failure)
{
    size_t searched = 0;

    *line = (struct bytes){NULL, 0};
    *found = false;
    for (;;) {
        size_t length = window_length(source);
        const char *start = source->window.data + source->window.start;
        const char *end = memchr(start + searched, '\n', length - searched);
        enum status status;

        if (end || source->ended) {
            *found = end || length > 0;
            *line = consume(source, end ? (size_t)(end - start) : length);
            if (end)
                consume(source, 1);
            break;
        }
        if (length > SOURCE_MAX_LINE)
            return fail(failure, STATUS_LIMIT,
                        "%s: a line is longer than %d bytes", source->name,
                        (int)SOURCE_MAX_LINE);
        searched = length;
        status = fill(source, failure);
        if (status)
            return status;
    }
    if (line->length > 0 && line->data[line->length - 1] == '\r')
        line->length--;
    return STATUS_OK;
}

enum status source_all(struct source *source, struct bytes *bytes,
                       struct failure *failure)
{
    enum status status =
        source_peek(source, (size_t)SOURCE_MAX_ALL + 1, bytes, failure);

    if (status)
        return status;
    if (bytes->length > SOURCE_MAX_ALL) {
        *bytes = (struct bytes){NULL, 0};
        return fail(failure, STATUS_LIMIT, "%s: is larger than %d bytes",
                    source->name, (int)SOURCE_MAX_ALL);
    }
    *bytes = consume(source, bytes->length);
    return STATUS_OK;
}

uint64_t source_offset(const struct source *source)
{
    return source->offset;
}

uint64_t source_raw_offset(const struct source *source)
{
    return source->raw_offset;
}

/* Read on to the end, for the hash. */
static enum status read_rest(struct source *source, struct failure *failure)
{
    struct window *window = source->packed ? &source->raw : &source->window;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && !source->raw_ended) {
        window->start = window->end;
        status = read_raw(source, window, failure);
    }
    return status;
}

/* Whether the file is another one than when it was opened. */
static bool has_changed(const struct source *source, const struct stat *now)
{
    return source_modified(now) != source_modified(&source->stat) ||
           now->st_size != source->stat.st_size ||
           (source->raw_ended && (uint64_t)now->st_size != source->raw_offset);
}

enum status source_facts(struct source *source, bool whole,
                         struct source_facts *facts, struct failure *failure)
{
    static const int64_t granularity = 2000000000; /* FAT has the coarsest */
    enum status status = whole ? read_rest(source, failure) : STATUS_OK;
    struct stat now;

    *facts = (struct source_facts){.modified = SOURCE_TIME_UNKNOWN};
    if (status)
        return status;
    if (fstat(source->file, &now) != 0)
        return fail_errno(failure, STATUS_IO, errno, "cannot read '%s'",
                          source->name);
    if (source->raw_ended) {
        XXH128_hash_t hash = XXH3_128bits_digest(source->hash);

        facts->hash[0] = hash.low64;
        facts->hash[1] = hash.high64;
    }
    facts->size =
        source->raw_ended ? source->raw_offset : (uint64_t)now.st_size;
    if (!S_ISREG(now.st_mode))
        return STATUS_OK;
    facts->changed = has_changed(source, &now);
    if (!facts->changed && source_modified(&now) < source->opened - granularity)
        facts->modified = source_modified(&now);
    return STATUS_OK;
}
