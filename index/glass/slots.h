/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which values a document has, as an item of the table "termlist".
 *
 * That table is for the terms of each document, which nobody but Xapian's own
 * delete and expand reads; we leave these out. But a server (xapian-tcpsrv)
 * gives a document away with all its values, and looks here for which there
 * are; without this table it gives nothing away. */
#ifndef INDEX_GLASS_SLOTS_H
#define INDEX_GLASS_SLOTS_H

#include <stddef.h>

#include "base/status.h"
#include "index/glass/table.h"
#include "index/glass/values.h"

/* Write the table into FOLDER, VALUES being those of the slots from 0 to
 * N_SLOTS
 * - 1. *ROOT is what the version file says of it. IO, MEMORY. */
enum status glass_slots_write(const char *folder,
                              const struct glass_values *values, size_t n_slots,
                              struct glass_root *root, struct failure *failure);

#endif
