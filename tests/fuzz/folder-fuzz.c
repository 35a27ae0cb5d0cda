/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The small files of an index as an enemy would write them: the manifest, the
 * lists of deletions and of files, the hashes of a segment. What is taken for
 * one must be written again as it was understood, and be understood the same.
 */
#include <config.h>

#include "index/deletions.h"
#include "index/files.h"
#include "index/manifest.h"
#include "index/sums.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool good)
{
    if (!good)
        abort();
}

static void try_manifest(struct bytes text)
{
    struct manifest manifest, again;
    struct buffer written = BUFFER_EMPTY, twice = BUFFER_EMPTY;

    if (manifest_parse("DIR", text.data, text.length, &manifest, NULL) !=
        STATUS_OK)
        return;
    manifest_format(&manifest, &written);
    require(manifest_parse("DIR", written.data, written.length, &again, NULL) ==
            STATUS_OK);
    manifest_format(&again, &twice);
    require(bytes_equal(buffer_bytes(&written), buffer_bytes(&twice)));
    manifest_release(&manifest);
    manifest_release(&again);
    buffer_release(&written);
    buffer_release(&twice);
}

/* The same with the right hash at its end, which nobody guesses. */
static void try_signed_manifest(struct bytes text)
{
    struct buffer whole = BUFFER_EMPTY;

    buffer_append(&whole, text.data, text.length);
    buffer_append_format(&whole, "# end %016llx\n",
                         (unsigned long long)content_hash(text));
    if (!whole.failed)
        try_manifest(buffer_bytes(&whole));
    buffer_release(&whole);
}

static void try_deletions(struct bytes content)
{
    struct deletions deletions, again;
    struct buffer written = BUFFER_EMPTY, twice = BUFFER_EMPTY;

    if (deletions_parse("FILE", content, &deletions, NULL) != STATUS_OK)
        return;
    for (size_t i = 0; i < deletions.n_segments; i++) {
        const struct deleted *deleted = &deletions.segments[i];

        require(deleted->n > 0 && deleted->documents[0] > 0);
        for (size_t j = 0; j < deleted->n; j++)
            require(deleted_find(deleted, deleted->documents[j]) == j);
    }
    deletions_format(&deletions, &written);
    require(deletions_parse("FILE", buffer_bytes(&written), &again, NULL) ==
            STATUS_OK);
    deletions_format(&again, &twice);
    require(bytes_equal(buffer_bytes(&written), buffer_bytes(&twice)));
    deletions_release(&deletions);
    deletions_release(&again);
    buffer_release(&written);
    buffer_release(&twice);
}

static void try_files(struct bytes content)
{
    struct files files, again;
    struct buffer written = BUFFER_EMPTY, twice = BUFFER_EMPTY;

    if (files_parse("FILE", content, &files, NULL) != STATUS_OK)
        return;
    require(files_format(&files, &written, NULL) == STATUS_OK);
    require(files_parse("FILE", buffer_bytes(&written), &again, NULL) ==
            STATUS_OK);
    require(files_format(&again, &twice, NULL) == STATUS_OK);
    require(bytes_equal(buffer_bytes(&written), buffer_bytes(&twice)));
    files_release(&files);
    files_release(&again);
    buffer_release(&written);
    buffer_release(&twice);
}

static void try_sums(struct bytes content)
{
    const struct bytes piece = {"a piece of a file", 17};
    struct sums *sums;
    const unsigned char *hashes;
    uint64_t size;

    if (sums_parse("DIR", content, &sums, NULL) != STATUS_OK)
        return;
    hashes = sums_of(sums, "docdata.glass", &size);
    for (uint64_t i = 0; hashes && i * SUMS_PIECE < size; i++)
        (void)sums_match(hashes, i, piece);
    sums_free(sums);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = malloc(size ? size : 1); /* so that reading beyond is seen */
    struct bytes content = {copy, size};

    if (!copy)
        return 0;
    if (size)
        memcpy(copy, data, size);
    try_manifest(content);
    try_signed_manifest(content);
    try_deletions(content);
    try_files(content);
    try_sums(content);
    free(copy);
    return 0;
}

#define FUZZ_SEEDS "tests/fuzz/seeds/folder"
#include "tests/fuzz/fuzz.h"
