/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the writer and the reader of a forward index agree on. */
#ifndef INDEX_FORWARD_PARTS_H
#define INDEX_FORWARD_PARTS_H

#include "index/forward.h"

#define FORWARD_MAGIC "pilcrow forward1"

enum {
    FORWARD_MAGIC_SIZE = 16,
    FORWARD_NUMBER_SIZE = 8,
    FORWARD_STEP = 16, /* paragraphs or words for each start in a table */
    FORWARD_TRAILER_SIZE = 5 * FORWARD_NUMBER_SIZE,
};

#endif
