/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The marks of items: what stands in front of a paragraph to number it or to
 * set it off in a list. */
#ifndef DOCUMENT_REBUILD_ITEMS_H
#define DOCUMENT_REBUILD_ITEMS_H

#include <stdint.h>

#include "base/bytes.h"

enum item_kind {
    ITEM_NONE,
    ITEM_DECIMAL, /* 1.  12) */
    ITEM_BRACKET, /* (a)  (12)  (iv) */
    ITEM_LETTER,  /* a.  B)  */
    ITEM_ROMAN,   /* IV.  ix) */
    ITEM_SECTION, /* 3.2  3.2.1  59/25. */
    ITEM_BULLET,  /* - * • – */
    ITEM_KINDS,
};

struct item {
    uint8_t kind;   /* enum item_kind */
    uint8_t length; /* in bytes, quotation marks in front of it included */
    uint16_t value; /* of its number; 0: it has none */
};

/* The mark of an item that TEXT begins with, a quotation mark or emphasis
 * before it being passed over. A blank or the end follows it. */
struct item item_read(struct bytes text);

/* How many bytes of quotation marks and emphasis TEXT begins with. */
size_t opening_length(struct bytes text);

#endif
