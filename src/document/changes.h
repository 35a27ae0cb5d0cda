/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run of indexing has to do: the files that are there, compared with
 * what the index knows of them. Only names, sizes and times are looked at; that
 * a file of another time has the same bytes is found out when it is read. */
#ifndef DOCUMENT_CHANGES_H
#define DOCUMENT_CHANGES_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "index/files.h"
#include "src/document/source.h"

enum change_kind {
    CHANGE_NEW,     /* the index does not know it */
    CHANGE_DIFFERS, /* it has another size or time, or one not to be trusted */
    CHANGE_AGAIN,   /* it is as it was, but is to be read again */
    CHANGE_FAILED,  /* it is as it was when it could not be read: left out */
    CHANGE_GONE,    /* the index knows it, but it is not there any more */
};

struct change {
    enum change_kind kind;
    char *path;
    bool is_regular;
    uint64_t size;                  /* now; 0 if that is not known */
    const struct file_facts *known; /* NULL: nothing */
};

struct changes {
    struct change *items; /* in the order of the walk, what is gone behind */
    size_t n_items, capacity;
    uint64_t n_bytes;      /* of the files to be read */
    uint64_t n_unchanged;  /* files left as they are */
    uint64_t n_incomplete; /* of these, read only in part */
};

struct changes_options {
    bool force;     /* all is read again */
    bool retry;     /* so is what could not be read, or not whole */
    bool no_delete; /* nothing is ever gone */
    const volatile sig_atomic_t *interrupted; /* ends the search */
    /* Told what could not be read. May be NULL. */
    void (*problem)(void *context, const char *path, const char *reason);
    void *problem_context;
};

/* Walk through the arguments PATHS and compare with KNOWN, the facts that the
 * index has, in the order of the bytes of their paths, which are borrowed as
 * long as *CHANGES. A file that several arguments lead to is taken once, and
 * standard input as often as it is given.
 *
 * Gone is what is known below an argument that is a folder, and was not found
 * there; but not what is below a place that could not be read. The caller
 * releases *CHANGES, also on failure. MEMORY, INTERRUPTED. */
enum status changes_find(const char *const *paths, size_t n_paths,
                         const struct file_facts *const *known, size_t n_known,
                         const struct changes_options *options,
                         struct changes *changes, struct failure *failure);

void changes_release(struct changes *changes);

/* Whether the file of CHANGE has the bytes that it had when it was read last,
 * which costs a look at all of them, but less than reading it again does. If
 * so, *FACTS tells what it is like. What source_open and source_facts return.
 */
enum status change_compare(const struct change *change,
                           const volatile sig_atomic_t *interrupted, bool *same,
                           struct source_facts *facts, struct failure *failure);

#endif
