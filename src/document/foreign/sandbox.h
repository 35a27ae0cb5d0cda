/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a process gives up before it reads a file of unknown origin.
 *
 * The layers are independent of each other; where the kernel, or the container
 * that we run in, does not have one, the others still stand:
 *
 *   SANDBOX_LIMITS      memory, open files, no files written, no core dumps,
 *                       no children: against what eats the machine
 *   SANDBOX_PRIVILEGES  no_new_privs: a set-user-id program that would be run
 *                       gives nothing
 *   SANDBOX_LANDLOCK    no file but those below a few named folders, and these
 *                       for reading only; no TCP, no signals to others
 *   SANDBOX_SECCOMP     no system call but the few that are needed for
 *                       computing, for talking to the parent over descriptors
 *                       that are open already, and, only where Landlock
 *                       guards the paths, for opening files to read
 *
 * What is forbidden fails with an errno, as if the file or the right were
 * missing: libraries are used to that. */
#ifndef DOCUMENT_FOREIGN_SANDBOX_H
#define DOCUMENT_FOREIGN_SANDBOX_H

#include <stdbool.h>
#include <stdint.h>

enum sandbox_layer {
    SANDBOX_LIMITS = 1 << 0,
    SANDBOX_PRIVILEGES = 1 << 1,
    SANDBOX_LANDLOCK = 1 << 2,
    SANDBOX_SECCOMP = 1 << 3,
    SANDBOX_ALL = (1 << 4) - 1,
};

/* The address space that SANDBOX_LIMITS bounds cannot be bounded where
 * AddressSanitizer reserves terabytes of it. */
#if defined __SANITIZE_ADDRESS__
#define SANDBOX_LIMITS_MEMORY false
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define SANDBOX_LIMITS_MEMORY false
#endif
#endif
#ifndef SANDBOX_LIMITS_MEMORY
#define SANDBOX_LIMITS_MEMORY true
#endif

/* Give up all of it for good, but for a MEMORY of so many bytes and the
 * folders READABLE, which NULL ends. Returns the layers in force. The
 * process must have one thread. */
unsigned sandbox_enter(uint64_t memory, const char *const *readable);

#endif
