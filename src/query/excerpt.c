/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/query/excerpt.h"

#include "src/query/characters.h"
#include "src/text/utf8.h"

#include <string.h>

struct excerpt excerpt_of(struct bytes text)
{
    const char *cursor = text.data;
    size_t left = text.length, used = 0, n;
    struct excerpt excerpt;

    for (n = 0; left > 0 && n < EXCERPT_MAX_CHARACTERS; n++) {
        char32_t c;
        size_t size = utf8_decode(cursor, left, &c);

        cursor += size;
        left -= size;
        if (is_control(c) || is_bidi_control(c))
            c = UTF8_REPLACEMENT;
        used += utf8_encode(c, excerpt.text + used);
    }
    if (left > 0) {
        memcpy(excerpt.text + used, "…", strlen("…"));
        used += strlen("…");
    }
    excerpt.text[used] = '\0';
    return excerpt;
}
