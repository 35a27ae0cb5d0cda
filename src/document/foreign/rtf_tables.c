/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tables of fonts and styles. */
#include <config.h>

#include "src/document/foreign/rtf_tables.h"

#include "base/buffer.h"
#include "src/document/foreign/style_names.h"

#include <stdlib.h>

enum { MAX_CHAIN = 32 };

void rtf_table_release(struct rtf_table *table)
{
    free(table->entries);
    *table = (struct rtf_table){0};
}

struct rtf_entry *rtf_table_make(struct rtf_table *table, long number)
{
    if (number < 0 || number >= RTF_MAX_ENTRIES)
        return NULL;
    if (!array_grow(&table->entries, &table->capacity, (size_t)number + 1,
                    sizeof *table->entries))
        return NULL;
    while (table->n <= (size_t)number)
        table->entries[table->n++] = (struct rtf_entry){.name_length = 0};
    return &table->entries[number];
}

const struct rtf_entry *rtf_table_find(const struct rtf_table *table,
                                       long number)
{
    return number >= 0 && (size_t)number < table->n ? &table->entries[number]
                                                    : NULL;
}

void rtf_entry_name(struct rtf_entry *entry, struct bytes text)
{
    size_t i;

    for (i = 0; i < text.length && entry->name_length < RTF_NAME; i++) {
        if (text.data[i] == ';')
            break;
        entry->name[entry->name_length++] = text.data[i];
    }
}

enum block_role rtf_style_role(const struct rtf_table *styles, long number,
                               unsigned *level)
{
    int i;

    *level = 0;
    for (i = 0; i < MAX_CHAIN; i++) {
        const struct rtf_entry *style = rtf_table_find(styles, number);
        enum block_role role;

        if (!style)
            break;
        role = style_role_named((struct bytes){style->name, style->name_length},
                                level);
        if (role != BLOCK_TEXT)
            return role;
        if (style->outline > 0) {
            *level = style->outline < 10 ? (unsigned)style->outline : 0;
            return *level > 0 ? BLOCK_HEADING : BLOCK_TEXT;
        }
        number = style->base - 1;
    }
    return BLOCK_TEXT;
}
