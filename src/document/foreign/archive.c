/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts of a zip archive, by libzip, within bounds. */
#include <config.h>

#include "src/document/foreign/archive.h"

#include <zip.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct archive {
    zip_t *zip;
    const char *name;
    uint64_t unpacked; /* bytes of all parts that were read */
};

/* A file of Microsoft's compound format, which is what an encrypted document
 * is packed in. */
static bool is_encrypted_compound(struct bytes content)
{
    static const char magic[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    static const char entry[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0"
                                "P\0a\0c\0k\0a\0g\0e";

    return content.length >= 8 && memcmp(content.data, magic, 8) == 0 &&
           memmem(content.data, content.length, entry, sizeof entry);
}

static enum status not_opened(const struct archive *archive,
                              struct bytes content, zip_error_t *error,
                              struct failure *failure)
{
    if (zip_error_code_zip(error) == ZIP_ER_MEMORY)
        return fail_memory(failure);
    if (is_encrypted_compound(content))
        return fail(failure, STATUS_INPUT, "%s: is encrypted", archive->name);
    return fail(failure, STATUS_INPUT, "%s: is damaged, or no zip archive (%s)",
                archive->name, zip_error_strerror(error));
}

static enum status open_zip(struct archive *archive, struct bytes content,
                            struct failure *failure)
{
    enum status status = STATUS_OK;
    zip_error_t error;
    zip_source_t *source;

    zip_error_init(&error);
    source = zip_source_buffer_create(content.data, content.length, 0, &error);
    if (source) {
        archive->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
        if (!archive->zip)
            zip_source_free(source);
    }
    if (!archive->zip)
        status = not_opened(archive, content, &error, failure);
    zip_error_fini(&error);
    return status;
}

enum status archive_open(struct bytes content, const char *name,
                         struct archive **archive, struct failure *failure)
{
    struct archive *opened = calloc(1, sizeof *opened);
    enum status status;

    *archive = NULL;
    if (!opened)
        return fail_memory(failure);
    opened->name = name;
    status = open_zip(opened, content, failure);
    if (status == STATUS_OK &&
        zip_get_num_entries(opened->zip, 0) > ARCHIVE_MAX_PARTS)
        status = fail(failure, STATUS_LIMIT, "%s: has more than %d parts", name,
                      ARCHIVE_MAX_PARTS);
    if (status == STATUS_OK)
        *archive = opened;
    else
        archive_close(opened);
    return status;
}

void archive_close(struct archive *archive)
{
    if (!archive)
        return;
    if (archive->zip)
        zip_discard(archive->zip);
    free(archive);
}

const char *archive_name(const struct archive *archive)
{
    return archive->name;
}

/* Whether the part that STAT describes may be unpacked. */
static enum status admit(const struct archive *archive, const char *path,
                         const zip_stat_t *stat, struct failure *failure)
{
    if (stat->valid & ZIP_STAT_ENCRYPTION_METHOD &&
        stat->encryption_method != ZIP_EM_NONE)
        return fail(failure, STATUS_INPUT, "%s: is encrypted", archive->name);
    if (!(stat->valid & ZIP_STAT_SIZE) || !(stat->valid & ZIP_STAT_COMP_SIZE))
        return fail(failure, STATUS_INPUT, "%s: is damaged (part '%s')",
                    archive->name, path);
    if (stat->size > ARCHIVE_MAX_PART ||
        archive->unpacked + stat->size > ARCHIVE_MAX_ALL)
        return fail(failure, STATUS_LIMIT,
                    "%s: part '%s' unpacks to more than is read", archive->name,
                    path);
    if (stat->size > ARCHIVE_SMALL_PART &&
        stat->size / ARCHIVE_MAX_RATIO > stat->comp_size)
        return fail(failure, STATUS_LIMIT,
                    "%s: part '%s' unpacks to more than %d times its size",
                    archive->name, path, ARCHIVE_MAX_RATIO);
    return STATUS_OK;
}

/* Unpack FILE, which is said to have SIZE bytes. */
static enum status unpack(struct archive *archive, zip_file_t *file,
                          const char *path, uint64_t size,
                          struct buffer *content, struct failure *failure)
{
    enum { STEP = 256 << 10 };
    zip_int64_t got = 1;

    while (got > 0 && content->length <= size) {
        if (!buffer_reserve(content, STEP))
            return fail_memory(failure);
        got = zip_fread(file, content->data + content->length, STEP);
        if (got > 0)
            content->length += (size_t)got;
    }
    archive->unpacked += content->length;
    if (got < 0 || content->length != size)
        return fail(failure, STATUS_INPUT, "%s: is damaged (part '%s')",
                    archive->name, path);
    return STATUS_OK;
}

enum status archive_read(struct archive *archive, const char *path,
                         struct buffer *content, bool *found,
                         struct failure *failure)
{
    zip_int64_t place = zip_name_locate(archive->zip, path, 0);
    zip_file_t *file = NULL;
    zip_stat_t stat;
    enum status status;

    buffer_clear(content);
    if (place < 0)
        place = zip_name_locate(archive->zip, path, ZIP_FL_NOCASE);
    *found = place >= 0;
    if (!*found)
        return STATUS_OK;
    if (zip_stat_index(archive->zip, (zip_uint64_t)place, 0, &stat) != 0)
        stat.valid = 0;
    status = admit(archive, path, &stat, failure);
    if (status != STATUS_OK)
        return status;
    file = zip_fopen_index(archive->zip, (zip_uint64_t)place, 0);
    if (!file)
        return fail(failure, STATUS_INPUT, "%s: is damaged (part '%s': %s)",
                    archive->name, path, zip_strerror(archive->zip));
    status = unpack(archive, file, path, stat.size, content, failure);
    zip_fclose(file);
    return status;
}
