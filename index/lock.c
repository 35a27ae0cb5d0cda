/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/lock.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "index/disk.h"
#include "index/schema.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

enum { PID_BYTES = 32 };

/* Which process wrote itself into FILE; 0 if that cannot be said. */
static long read_holder(int file)
{
    char text[PID_BYTES + 1];
    ssize_t length = pread(file, text, PID_BYTES, 0);
    long holder = 0;

    for (ssize_t i = 0; i < length && is_ascii_digit(text[i]); i++) {
        if (holder > 99999999)
            return 0;
        holder = holder * 10 + (text[i] - '0');
    }
    return holder;
}

static enum status fail_locked(int file, const char *folder,
                               struct failure *failure)
{
    long holder = read_holder(file);

    if (holder == 0)
        return fail(failure, STATUS_LOCKED,
                    "'%s' is being written by another process", folder);
    return fail(failure, STATUS_LOCKED, "'%s' is being written by process %ld",
                folder, holder);
}

/* Write this process into FILE. Only for messages, so a failure is none. */
static void write_holder(int file)
{
    char text[PID_BYTES];
    int length = snprintf(text, sizeof text, "%ld\n", (long)getpid());

    if (ftruncate(file, 0) == 0 &&
        pwrite(file, text, (size_t)length, 0) != length)
        (void)!ftruncate(file, 0);
}

/* How often a lock that another has is asked for. */
enum { TRIES_PER_SECOND = 20 };

/* Lock FILE, trying for so many SECONDS. flock would wait by itself, but for
 * ever. */
static int lock_file(int file, unsigned seconds)
{
    const struct timespec pause = {0, 1000000000 / TRIES_PER_SECOND};
    uint64_t tries = (uint64_t)seconds * TRIES_PER_SECOND;

    for (;;) {
        if (flock(file, LOCK_EX | LOCK_NB) == 0)
            return 0;
        if (errno == EINTR)
            continue;
        if (errno != EWOULDBLOCK || tries-- == 0)
            return -1;
        nanosleep(&pause, NULL);
    }
}

enum status lock_take(const char *folder, unsigned seconds, int *lock,
                      struct failure *failure)
{
    struct buffer path = BUFFER_EMPTY;
    enum status status = disk_join(&path, folder, SCHEMA_LOCK, failure);
    int file = -1;

    *lock = -1;
    if (status != STATUS_OK)
        goto out;
    file = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0) {
        status = fail_errno(failure, STATUS_IO, errno, "cannot open '%s'",
                            path.data);
        goto out;
    }
    if (lock_file(file, seconds) != 0) {
        status = errno == EWOULDBLOCK
                     ? fail_locked(file, folder, failure)
                     : fail_errno(failure, STATUS_IO, errno, "cannot lock '%s'",
                                  path.data);
        goto out;
    }
    write_holder(file);
    *lock = file;
    file = -1;
out:
    if (file >= 0)
        close(file);
    buffer_release(&path);
    return status;
}

void lock_release(int lock)
{
    if (lock < 0)
        return;
    /* Emptied, so that nobody is told of a process that ended long ago. */
    (void)!ftruncate(lock, 0);
    close(lock);
}
