/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory that runs out: a library for LD_PRELOAD whose allocator fails at the
 * call that is asked for.
 *
 *     FAULT_COUNT   a file that is given the number of calls when the program
 *                   ends by itself
 *     FAULT_AT      which call fails, from 1 on
 *     FAULT_WHAT    ONCE: no other;  REST: all after it, too
 *
 * What these libraries ask for they are given, since they cannot stand to be
 * refused, and the program cannot help it:
 *     libstemmer    SN_close_env() of a stemmer of which SN_create_env() could
 *                   not make all looks at what it did not make
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

/* glibc's own, which those below stand in front of. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *memory, size_t size);

static atomic_ulong calls;
static atomic_ulong at;
static atomic_bool all;

__attribute__((constructor)) static void begin(void)
{
    const char *text = getenv("FAULT_AT"), *what = getenv("FAULT_WHAT");

    all = what && strcmp(what, "REST") == 0;
    calls = 0;
    at = text ? strtoul(text, NULL, 10) : 0;
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("FAULT_COUNT");
    unsigned long n = calls;
    FILE *file;

    at = 0;
    file = path ? fopen(path, "w") : NULL;
    if (file) {
        fprintf(file, "%lu\n", n);
        fclose(file);
    }
}

static bool is_exempt(const void *caller)
{
    Dl_info library;

    return dladdr(caller, &library) && library.dli_fname &&
           strstr(library.dli_fname, "/libstemmer.");
}

static bool strikes(const void *caller)
{
    unsigned long call = ++calls, first = at;

    if (first == 0 || call < first || (call > first && !all) ||
        is_exempt(caller))
        return false;
    errno = ENOMEM;
    return true;
}

EXPORT void *malloc(size_t size)
{
    return strikes(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

EXPORT void *calloc(size_t n, size_t size)
{
    return strikes(__builtin_return_address(0)) ? NULL : __libc_calloc(n, size);
}

EXPORT void *realloc(void *memory, size_t size)
{
    return strikes(__builtin_return_address(0)) ? NULL
                                                : __libc_realloc(memory, size);
}
