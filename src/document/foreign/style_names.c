/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/foreign/style_names.h"

/* The digit that follows START, case aside, at the very end of NAME; 0 if it is
 * anything else. */
static unsigned digit_after(struct bytes name, const char *start)
{
    size_t length = strlen(start);
    char last = name.length == length + 1 ? name.data[length] : '0';

    return last >= '1' && last <= '9' && bytes_begin_nocase(name, start)
               ? (unsigned)(last - '0')
               : 0;
}

enum block_role style_role_named(struct bytes name, unsigned *level)
{
    static const char *const furniture[] = {
        "toc heading", "table of figures", "table of authorities",
        "toa heading", "header",           "footer",
    };
    size_t i;

    *level = 0;
    if (bytes_are_nocase(name, "title"))
        return BLOCK_TITLE;
    *level = digit_after(name, "heading ");
    if (*level == 0)
        *level = digit_after(name, "heading");
    if (*level == 0 && bytes_are_nocase(name, "subtitle"))
        *level = 1;
    if (*level > 0)
        return BLOCK_HEADING;
    for (i = 0; i < sizeof furniture / sizeof *furniture; i++)
        if (bytes_are_nocase(name, furniture[i]))
            return BLOCK_FURNITURE;
    return digit_after(name, "toc ") || digit_after(name, "index ") ||
                   digit_after(name, "contents ")
               ? BLOCK_FURNITURE
               : BLOCK_TEXT;
}
