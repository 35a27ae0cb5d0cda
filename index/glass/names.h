/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files that a Glass database is made of. */
#ifndef INDEX_GLASS_NAMES_H
#define INDEX_GLASS_NAMES_H

#include "base/buffer.h"
#include "base/status.h"

/* Says what the tables are; index/glass/version.h reads and writes it. */
#define GLASS_VERSION_NAME "iamglass"

/* In the order of the version file. */
enum glass_table_kind {
    GLASS_POSTLIST,
    GLASS_DOCDATA,
    GLASS_TERMLIST,
    GLASS_POSITION,
    GLASS_SPELLING,
    GLASS_SYNONYM,
    GLASS_N_TABLES,
};

/* The name of a table's file; NULL of one that we never write. */
const char *glass_table_name(enum glass_table_kind kind);

/* Make PATH that of a table of ours, in FOLDER. MEMORY. */
enum status glass_table_path(struct buffer *path, const char *folder,
                             enum glass_table_kind kind,
                             struct failure *failure);

#endif
