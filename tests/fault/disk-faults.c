/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A disk that fails: a library for LD_PRELOAD that stands between a program and
 * what it does to the files of one folder. It counts the calls, and at the one
 * that is asked for something happens.
 *
 *     FAULT_FOLDER  the folder, as the program is given it; it must be absolute
 *     FAULT_COUNT   a file that is given, when the program ends by itself, the
 *                   number of calls, and of those that change something
 *     FAULT_READS   if set, reading counts, too
 *     FAULT_CHANGES if set, only what changes something, or syncs it, counts
 *     FAULT_AT      at which call, from 1 on
 *     FAULT_WHAT    what happens:
 *       KILL        the program is killed; of a write, half is done
 *       POWER       the same, and what was not synced is gone: the content of
 *                   files, and the names in folders
 *       CONTENT     the same, but the names are there
 *       SHORT       every second write or read is interrupted, all others do
 *                   half of what they could
 *       INT, TERM   the program gets the signal, and the call is done
 *       INT2        it gets it twice
 *       ENOSPC, EDQUOT, EROFS   this call fails, and all after it that need
 *                   room, or write
 *       EIO, EACCES, EMFILE, ENOMEM    this call fails
 *
 * The calls of a child count by themselves. */
#define _GNU_SOURCE
#undef _FORTIFY_SOURCE /* which defines some of these itself */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

/* The next definition of NAME, which this one stands in front of. */
#define REAL(name) ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))

enum { MAX_FILES = 1024, MAX_PENDING = 4096 };

/* What a call asks of the disk. */
enum need { NOTHING, ROOM, CHANGE, SYNC, READING };

static const struct {
    const char *name;
    int number;
    bool stays; /* for all later calls that need room, or change something */
} errors[] = {
    {"ENOSPC", ENOSPC, true},  {"EDQUOT", EDQUOT, true},
    {"EROFS", EROFS, true},    {"EIO", EIO, false},
    {"EACCES", EACCES, false}, {"EMFILE", EMFILE, false},
    {"ENOMEM", ENOMEM, false},
};

/* What a loss of power would undo. */
struct pending {
    enum { CONTENT, NAME, RENAMING } kind;
    char *path, *from, *saved; /* RENAMING: PATH was FROM, and SAVED was PATH */
};

static struct {
    bool ready, reads, only_changes;
    const char *folder, *what;
    unsigned long at, calls, changes, n_saved, n_transfers;
    bool watched[MAX_FILES]; /* file descriptors */
    struct pending pending[MAX_PENDING];
    size_t n_pending;
} state;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void)
{
    const char *at = getenv("FAULT_AT"), *what = getenv("FAULT_WHAT");

    state.folder = getenv("FAULT_FOLDER");
    state.reads = getenv("FAULT_READS") != NULL;
    state.only_changes = getenv("FAULT_CHANGES") != NULL;
    state.at = at ? strtoul(at, NULL, 10) : 0;
    state.what = what ? what : "";
    state.ready = state.folder != NULL;
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("FAULT_COUNT");
    FILE *file = path && state.calls > 0 ? fopen(path, "w") : NULL;

    if (file) {
        fprintf(file, "%lu %lu\n", state.calls, state.changes);
        fclose(file);
    }
}

static bool is_inside(const char *path)
{
    return state.ready &&
           strncmp(path, state.folder, strlen(state.folder)) == 0;
}

static bool is_watched(int file)
{
    return file >= 0 && file < MAX_FILES && state.watched[file];
}

static bool what_is(const char *what)
{
    return strcmp(state.what, what) == 0;
}

static bool loses_power(void)
{
    return what_is("POWER") || what_is("CONTENT");
}

static void remember(int kind, const char *path, const char *from, char *saved)
{
    struct pending *pending = &state.pending[state.n_pending];

    if (!loses_power())
        return;
    if (state.n_pending == MAX_PENDING)
        abort();
    state.n_pending++;
    pending->kind = kind;
    pending->path = strdup(path);
    pending->from = from ? strdup(from) : NULL;
    pending->saved = saved;
}

/* The path of an open FILE. */
static const char *path_of(int file, char path[PATH_MAX])
{
    char link[64];
    ssize_t length;

    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = '\0';
    return path;
}

static bool is_in_folder(const char *path, const char *folder)
{
    size_t length = strlen(folder);

    return strncmp(path, folder, length) == 0 && path[length] == '/' &&
           !strchr(path + length + 1, '/');
}

/* PATH was synced: a file's content, or the names in a folder. */
static void synced(const char *path)
{
    size_t n = 0;

    for (size_t i = 0; i < state.n_pending; i++) {
        struct pending *pending = &state.pending[i];

        if (pending->kind == CONTENT ? strcmp(pending->path, path) != 0
                                     : !is_in_folder(pending->path, path))
            state.pending[n++] = *pending;
    }
    state.n_pending = n;
}

/* The file FROM is called TO now; keep what TO was. */
static void renamed(const char *from, const char *to)
{
    char *saved = NULL;

    for (size_t i = 0; i < state.n_pending; i++)
        if (state.pending[i].kind == CONTENT &&
            strcmp(state.pending[i].path, from) == 0)
            state.pending[i].path = strdup(to);
    if (!loses_power())
        return;
    if (asprintf(&saved, "%s.saved-%lu", state.folder, state.n_saved++) < 0)
        abort();
    REAL(unlink)(saved);
    if (link(to, saved) != 0)
        saved = NULL;
    remember(RENAMING, to, from, saved);
}

static void undo(const struct pending *pending, bool names)
{
    if (pending->kind == CONTENT)
        (void)!truncate(pending->path, 0);
    if (!names)
        return;
    if (pending->kind == NAME && REAL(unlink)(pending->path) != 0)
        REAL(rmdir)(pending->path);
    if (pending->kind == RENAMING) {
        REAL(rename)(pending->path, pending->from);
        if (pending->saved)
            REAL(rename)(pending->saved, pending->path);
    }
}

static void end_here(void)
{
    for (size_t i = state.n_pending; i > 0; i--)
        undo(&state.pending[i - 1], what_is("POWER"));
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

/* The error that a call gets, which has this NEED; 0: none. */
static int error_of(enum need need, bool now)
{
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        if (!what_is(errors[i].name))
            continue;
        if (!errors[i].stays)
            return now ? errors[i].number : 0;
        return need == ROOM || (need == CHANGE && errors[i].number == EROFS)
                   ? errors[i].number
                   : 0;
    }
    return 0;
}

static void signal_now(void)
{
    if (what_is("INT") || what_is("INT2"))
        raise(SIGINT);
    if (what_is("INT2"))
        raise(SIGINT);
    if (what_is("TERM"))
        raise(SIGTERM);
}

/* Count a call; whether it is to fail, with errno set. A write is given its
 * FILE and what it writes. */
static bool strikes(enum need need, int file, const char *data, size_t size)
{
    bool changes = need == ROOM || need == CHANGE || need == SYNC, now;
    int error = 0;

    if ((need == READING && !state.reads) || (state.only_changes && !changes))
        return false;
    pthread_mutex_lock(&mutex);
    state.changes += changes;
    now = ++state.calls == state.at;
    if (now && data && (what_is("KILL") || loses_power()))
        (void)!REAL(write)(file, data, size / 2);
    if (now && (what_is("KILL") || loses_power()))
        end_here();
    if (state.at > 0 && state.calls >= state.at)
        error = error_of(need, now);
    pthread_mutex_unlock(&mutex);
    if (now)
        signal_now();
    if (error)
        errno = error;
    return error != 0;
}

/* Whether a transfer is to be interrupted, or else how much of it is done. */
static bool shorten(size_t *size)
{
    bool interrupt;

    if (!what_is("SHORT"))
        return false;
    interrupt = ++state.n_transfers % 2 == 0;
    if (*size > 1)
        *size /= 2;
    if (interrupt)
        errno = EINTR;
    return interrupt;
}

EXPORT int open(const char *path, int flags, ...)
{
    bool inside = is_inside(path), is_new, changes = flags & O_ACCMODE;
    mode_t mode = 0;
    int file;

    if (flags & O_CREAT) {
        va_list arguments;

        va_start(arguments, flags);
        mode = va_arg(arguments, mode_t);
        va_end(arguments);
    }
    is_new = inside && changes && access(path, F_OK) != 0;
    if (inside && strikes(is_new    ? ROOM
                          : changes ? CHANGE
                                    : NOTHING,
                          -1, NULL, 0))
        return -1;
    file = REAL(open)(path, flags, mode);
    if (file >= 0 && file < MAX_FILES)
        state.watched[file] = inside;
    if (inside && file >= 0 && is_new)
        remember(NAME, path, NULL, NULL);
    if (inside && file >= 0 && (flags & O_TRUNC))
        remember(CONTENT, path, NULL, NULL);
    return file;
}

EXPORT int close(int file)
{
    bool fails = is_watched(file) && strikes(NOTHING, -1, NULL, 0);
    int error = errno;

    if (file >= 0 && file < MAX_FILES)
        state.watched[file] = false;
    if (!fails)
        return REAL(close)(file);
    REAL(close)(file);
    errno = error;
    return -1;
}

/* Before a write; whether it fails. */
static bool before_write(int file, const char *data, size_t *size)
{
    char path[PATH_MAX];

    if (strikes(ROOM, file, data, *size) || shorten(size))
        return true;
    if (loses_power())
        remember(CONTENT, path_of(file, path), NULL, NULL);
    return false;
}

EXPORT ssize_t write(int file, const void *data, size_t size)
{
    if (is_watched(file) && before_write(file, data, &size))
        return -1;
    return REAL(write)(file, data, size);
}

EXPORT ssize_t pwrite(int file, const void *data, size_t size, off_t at)
{
    if (is_watched(file) && before_write(file, NULL, &size))
        return -1;
    return REAL(pwrite)(file, data, size, at);
}

EXPORT ssize_t read(int file, void *data, size_t size)
{
    if (is_watched(file) && (strikes(READING, -1, NULL, 0) || shorten(&size)))
        return -1;
    return REAL(read)(file, data, size);
}

EXPORT ssize_t pread(int file, void *data, size_t size, off_t at)
{
    if (is_watched(file) && (strikes(READING, -1, NULL, 0) || shorten(&size)))
        return -1;
    return REAL(pread)(file, data, size, at);
}

EXPORT int fsync(int file)
{
    char path[PATH_MAX];

    if (!is_watched(file))
        return REAL(fsync)(file);
    if (strikes(SYNC, -1, NULL, 0))
        return -1;
    /* What was written is in the system's hands, and a test needs no more. */
    synced(path_of(file, path));
    return 0;
}

EXPORT int fdatasync(int file)
{
    return fsync(file);
}

EXPORT int ftruncate(int file, off_t size)
{
    if (is_watched(file) && strikes(CHANGE, -1, NULL, 0))
        return -1;
    return REAL(ftruncate)(file, size);
}

EXPORT int rename(const char *from, const char *to)
{
    if (is_inside(to)) {
        if (strikes(CHANGE, -1, NULL, 0))
            return -1;
        renamed(from, to);
    }
    return REAL(rename)(from, to);
}

EXPORT int mkdir(const char *path, mode_t mode)
{
    bool is_new = is_inside(path) && access(path, F_OK) != 0;

    if (is_inside(path) && strikes(is_new ? ROOM : NOTHING, -1, NULL, 0))
        return -1;
    if (is_new)
        remember(NAME, path, NULL, NULL);
    return REAL(mkdir)(path, mode);
}

EXPORT int unlink(const char *path)
{
    if (is_inside(path) && strikes(CHANGE, -1, NULL, 0))
        return -1;
    return REAL(unlink)(path);
}

EXPORT int rmdir(const char *path)
{
    if (is_inside(path) && strikes(CHANGE, -1, NULL, 0))
        return -1;
    return REAL(rmdir)(path);
}
