/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The fonts and the styles that an RTF file defines, by their numbers. */
#ifndef DOCUMENT_FOREIGN_RTF_TABLES_H
#define DOCUMENT_FOREIGN_RTF_TABLES_H

#include <stddef.h>

#include "base/bytes.h"
#include "src/document/block.h"

enum {
    RTF_MAX_ENTRIES = 32768, /* numbers of fonts and of styles are below */
    RTF_NAME = 32,           /* as much of a name as can mean something */
};

struct rtf_entry {
    char name[RTF_NAME]; /* without NUL at the end */
    size_t name_length;
    long code_page; /* of a font; 0: the document's, -1: symbols */
    long outline;   /* of a style: its level plus 1; 0: none; 10: body text */
    long base;      /* of a style: the one that it is based on, plus 1 */
};

struct rtf_table {
    struct rtf_entry *entries;
    size_t n, capacity;
};

void rtf_table_release(struct rtf_table *table);

/* The entry NUMBER, made if there is none; NULL if it cannot be, which is no
 * failure (memory is short, or the number is none). */
struct rtf_entry *rtf_table_make(struct rtf_table *table, long number);

/* The entry NUMBER, or NULL. */
const struct rtf_entry *rtf_table_find(const struct rtf_table *table,
                                       long number);

/* Append TEXT to the name of ENTRY, up to its ';'. */
void rtf_entry_name(struct rtf_entry *entry, struct bytes text);

/* What the style NUMBER makes of a paragraph; *LEVEL of a HEADING. */
enum block_role rtf_style_role(const struct rtf_table *styles, long number,
                               unsigned *level);

#endif
