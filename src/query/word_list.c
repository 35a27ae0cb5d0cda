/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/query/word_list.h"

#include "base/buffer.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum status word_list_append(struct word_list *list, struct bytes word,
                             struct failure *failure)
{
    char *copy;

    if (!array_grow(&list->items, &list->capacity, list->n_items + 1,
                    sizeof *list->items))
        return fail_memory(failure);
    copy = malloc(word.length ? word.length : 1);
    if (!copy)
        return fail_memory(failure);
    if (word.length)
        memcpy(copy, word.data, word.length);
    list->items[list->n_items++] = (struct bytes){copy, word.length};
    return STATUS_OK;
}

enum status word_list_add(struct word_list *list, struct bytes word,
                          struct failure *failure)
{
    size_t i;

    for (i = 0; i < list->n_items; i++)
        if (bytes_equal(list->items[i], word))
            return STATUS_OK;
    return word_list_append(list, word, failure);
}

/* An item is const to all but its owner. */
static void free_item(struct bytes item)
{
    free((char *)(uintptr_t)item.data);
}

static int compare_words(const void *a, const void *b)
{
    const struct bytes *left = a, *right = b;

    return bytes_compare(*left, *right);
}

void word_list_sort(struct word_list *list)
{
    size_t kept = 0, i;

    if (list->n_items == 0)
        return;
    qsort(list->items, list->n_items, sizeof *list->items, compare_words);
    for (i = 1; i < list->n_items; i++) {
        if (bytes_equal(list->items[kept], list->items[i]))
            free_item(list->items[i]);
        else
            list->items[++kept] = list->items[i];
    }
    list->n_items = kept + 1;
}

void word_list_release(struct word_list *list)
{
    size_t i;

    for (i = 0; i < list->n_items; i++)
        free_item(list->items[i]);
    free(list->items);
    *list = (struct word_list){0};
}
