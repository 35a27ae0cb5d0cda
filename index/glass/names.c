/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/glass/names.h"

#include "index/disk.h"

#include <assert.h>

const char *glass_table_name(enum glass_table_kind kind)
{
    static const char *const names[GLASS_N_TABLES] = {
        [GLASS_POSTLIST] = "postlist.glass",
        [GLASS_DOCDATA] = "docdata.glass",
        [GLASS_TERMLIST] = "termlist.glass",
        [GLASS_POSITION] = "position.glass",
    };

    return names[kind];
}

enum status glass_table_path(struct buffer *path, const char *folder,
                             enum glass_table_kind kind,
                             struct failure *failure)
{
    const char *name = glass_table_name(kind);

    assert(name);
    return disk_join(path, folder, name, failure);
}
