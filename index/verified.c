/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/verified.h"

#include "base/buffer.h"
#include "index/disk.h"

#include <stdlib.h>

/* Find the hashes of the file that is mapped. */
static enum status find_hashes(struct verified *file, const char *folder,
                               const char *name, const struct sums *sums,
                               struct failure *failure)
{
    uint64_t size, n_pieces = file->file.length / SUMS_PIECE + 1;

    file->hashes = sums_of(sums, name, &size);
    if (!file->hashes || size != file->file.length)
        return fail(failure, STATUS_CORRUPT, "'%s/%s' is not what was written",
                    folder, name);
    file->done = calloc(n_pieces / 64 + 1, sizeof *file->done);
    return file->done ? STATUS_OK : fail_memory(failure);
}

enum status verified_open(struct verified *file, const char *folder,
                          const char *name, const struct sums *sums,
                          struct failure *failure)
{
    struct buffer path = BUFFER_EMPTY;
    enum status status = disk_join(&path, folder, name, failure);

    *file = (struct verified){.hashes = NULL};
    if (status == STATUS_OK)
        status = disk_map(path.data, &file->file, failure);
    if (status == STATUS_OK && sums)
        status = find_hashes(file, folder, name, sums, failure);
    if (status != STATUS_OK)
        verified_close(file);
    buffer_release(&path);
    return status;
}

void verified_close(struct verified *file)
{
    disk_unmap(file->file);
    free(file->done);
    *file = (struct verified){.hashes = NULL};
}

/* Whether piece number I is what was written. */
static bool look_at_piece(const struct verified *file, uint64_t i)
{
    size_t start = (size_t)i * SUMS_PIECE, rest = file->file.length - start;
    struct bytes piece = {file->file.data + start,
                          rest < SUMS_PIECE ? rest : SUMS_PIECE};

    if (file->done[i / 64] >> i % 64 & 1)
        return true;
    if (!sums_match(file->hashes, i, piece))
        return false;
    file->done[i / 64] |= UINT64_C(1) << i % 64;
    return true;
}

bool verified_look(const struct verified *file, uint64_t at, uint64_t length)
{
    uint64_t size = file->file.length, last;

    if (at > size || length > size - at)
        return false;
    if (!file->hashes || length == 0)
        return true;
    last = (at + length - 1) / SUMS_PIECE;
    for (uint64_t i = at / SUMS_PIECE; i <= last; i++)
        if (!look_at_piece(file, i))
            return false;
    return true;
}
