/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words, each a copy of its own: the spellings of one, what a wildcard stands
 * for, the stems of several. */
#ifndef QUERY_WORD_LIST_H
#define QUERY_WORD_LIST_H

#include <stddef.h>

#include "base/bytes.h"
#include "base/status.h"

struct word_list {
    struct bytes *items; /* owned */
    size_t n_items, capacity;
};

/* Append a copy of WORD to LIST, even if it is there. STATUS_MEMORY. */
enum status word_list_append(struct word_list *list, struct bytes word,
                             struct failure *failure);

/* The same unless WORD is there. It looks at all: for short lists. */
enum status word_list_add(struct word_list *list, struct bytes word,
                          struct failure *failure);

/* Sort LIST by bytes and keep each word once. */
void word_list_sort(struct word_list *list);
void word_list_release(struct word_list *list);

#endif
