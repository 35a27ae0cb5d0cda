/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A folder for the files of a test, under $TMPDIR, else /tmp. */
#ifndef TESTS_FOLDER_H
#define TESTS_FOLDER_H

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

/* NULL before it is made. */
static const char *folder;

/* Make it, with NAME in its name; without it there is no test. */
static inline void folder_make(const char *name)
{
    static char path[PATH_MAX];
    const char *temporary = getenv("TMPDIR");

    snprintf(path, sizeof path, "%s/pilcrow-%s-XXXXXX",
             temporary ? temporary : "/tmp", name);
    folder = mkdtemp(path);
    if (!folder) {
        perror(path);
        exit(99);
    }
}

/* Remove it with all that is in it. */
static inline void folder_remove(void)
{
    char command[PATH_MAX + 16];

    snprintf(command, sizeof command, "rm -rf -- '%s'", folder);
    if (system(command) != 0)
        exit(99);
}

#endif
