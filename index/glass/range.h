/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Verifying the part of a Glass table that a reader of some of its items comes
 * across, before it does: Xapian believes what it reads. */
#ifndef INDEX_GLASS_RANGE_H
#define INDEX_GLASS_RANGE_H

#include <stdbool.h>

#include "base/bytes.h"
#include "index/glass/table.h"
#include "index/verified.h"

/* Verify the blocks of TABLE, whose ROOT the version file gives, that lead to
 * the items from the key FIRST on to the key LAST, those that hold them, and
 * the leaves beside these, at which a reader looks to see that there are no
 * more. False if one is not what was written. *BEHIND is a key (borrowed from
 * TABLE; empty: there is none): all before it, from FIRST on, is verified as
 * well. */
bool glass_verify_range(const struct verified *table,
                        const struct glass_root *root, struct bytes first,
                        struct bytes last, struct bytes *behind);

#endif
