/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/check.h"

#include "index/check_terms.h"
#include "index/deletions.h"
#include "index/disk.h"
#include "index/files.h"
#include "index/glass/scan.h"
#include "index/glass/tree.h"
#include "index/glass/version.h"
#include "index/manifest.h"
#include "index/paragraph.h"
#include "index/record_scan.h"
#include "index/sums.h"

#include <inttypes.h>
#include <stdlib.h>

struct check {
    const char *path;
    const struct check_options *options;
    struct check_facts *facts;
    struct manifest manifest;
    struct deletions deletions;
    struct files files;
    struct buffer last_path;
    struct place *places;
    size_t places_capacity;

    /* Of the segment at hand: */
    struct term_sums terms; /* .sums is NULL: they are not compared */
    uint32_t document;
    uint32_t n_strange;    /* paragraphs that are found by other words */
    struct buffer strange; /* the first of them */
};

/* What ends no check is a problem, and the check goes on: OK. */
static enum status note(struct check *check, enum status status,
                        const struct failure *what, struct failure *failure)
{
    if (status == STATUS_CORRUPT || status == STATUS_NO_INDEX) {
        check->facts->n_problems++;
        check->options->problem(check->options->context, what);
        return STATUS_OK;
    }
    if (status != STATUS_OK && failure)
        *failure = *what;
    return status;
}

static enum status note_damaged(void *context, const struct failure *what,
                                struct failure *failure)
{
    return note(context, STATUS_CORRUPT, what, failure);
}

/* --- One segment */

/* Whether the index knows of the file PATH that a paragraph came from; told
 * once for paragraphs in a row. Standard input is no file. */
static enum status check_file(struct check *check, struct bytes path,
                              struct failure *failure)
{
    struct failure what;
    enum status status = STATUS_OK;

    if (check->manifest.files.number == 0 || bytes_equal(path, bytes_of("-")) ||
        bytes_equal(path, buffer_bytes(&check->last_path)))
        return STATUS_OK;
    buffer_clear(&check->last_path);
    buffer_append(&check->last_path, path.data, path.length);
    if (!files_find(&check->files, path))
        status = fail(&what, STATUS_CORRUPT,
                      "'%s' has paragraphs of '%.*s', of which it does not "
                      "know as a file",
                      check->path, (int)path.length, path.data);
    return note(check, status, &what, failure);
}

static void take_term(void *context, const char *prefix, struct bytes word)
{
    struct check *check = context;

    term_sums_take(&check->terms, check->document, prefix, word);
}

/* Compare the words of PARAGRAPH with those that it is found by. */
static enum status check_terms(struct check *check, uint32_t document,
                               const struct paragraph *paragraph,
                               struct failure *failure)
{
    enum status status;

    if (!check->terms.sums || document > check->terms.last)
        return STATUS_OK;
    check->document = document;
    status = check->options->terms(check->options->terms_context, paragraph,
                                   take_term, check, failure);
    if (status != STATUS_OK || term_sums_agree(&check->terms, document))
        return status;
    if (check->n_strange++ == 0) {
        buffer_clear(&check->strange);
        paragraph_address(paragraph, &check->strange);
        buffer_append_byte(&check->strange, '\0');
    }
    return check->strange.failed ? fail_memory(failure) : STATUS_OK;
}

/* The records of the block that SCAN is at. */
static enum status check_block(struct check *check, struct record_scan *scan,
                               const struct deleted *deleted,
                               struct failure *failure)
{
    enum status status = record_scan_begin(scan, failure);

    for (uint32_t i = 0; status == STATUS_OK && i < scan->n; i++) {
        struct paragraph paragraph;
        struct bytes record;

        status = record_scan_record(scan, &record, failure);
        if (status == STATUS_OK)
            status = paragraph_decode(record.data, record.length, &paragraph,
                                      &check->places, &check->places_capacity,
                                      failure);
        if (status == STATUS_OK)
            status = check_terms(check, scan->first + i, &paragraph, failure);
        if (status != STATUS_OK || deleted_has(deleted, scan->first + i))
            continue;
        check->facts->n_paragraphs++;
        status = check_file(check, paragraph.path, failure);
    }
    return status;
}

static enum status check_docdata(struct check *check, const char *path,
                                 const struct deleted *deleted, uint32_t last,
                                 struct failure *failure)
{
    struct record_scan scan;
    bool more = true;
    enum status status = record_scan_open(&scan, path, last, failure);

    while (status == STATUS_OK && more) {
        status = record_scan_next(&scan, &more, failure);
        if (status == STATUS_OK && more)
            status = check_block(check, &scan, deleted, failure);
    }
    record_scan_close(&scan);
    return status;
}

/* Whether the branches of TREE lead to the item of KEY. */
static bool is_found(const struct glass_tree *tree, struct bytes key)
{
    struct glass_cursor cursor = {.tree = tree};
    struct glass_piece piece;

    return glass_cursor_find(&cursor, key, &piece) &&
           bytes_equal(piece.key, key);
}

/* Walk through the table of KIND from leaf to leaf, and look each item up from
 * the root. */
static enum status check_table(struct check *check, const char *path,
                               const struct glass_root roots[GLASS_N_TABLES],
                               enum glass_table_kind kind,
                               struct failure *failure)
{
    uint64_t n_items = roots[kind].n_items;
    struct glass_tree *tree = NULL;
    struct glass_scan *scan = NULL;
    struct glass_scanned item;
    bool more = true;
    enum status status = glass_scan_open(path, kind, &scan, failure);

    if (status == STATUS_OK)
        status =
            glass_tree_open(path, kind, &roots[kind], NULL, &tree, failure);
    while (status == STATUS_OK && more) {
        status = glass_scan_next(scan, &item, &more, failure);
        if (status == STATUS_OK && more && !is_found(tree, item.key))
            status = glass_scan_fail(scan, failure);
    }
    if (status == STATUS_OK && glass_scan_n_items(scan) != n_items)
        status = fail(failure, STATUS_CORRUPT,
                      "'%s/%s' has not as many items as it says", path,
                      glass_table_name(kind));
    if (status == STATUS_OK)
        check->facts->n_items += n_items;
    glass_scan_free(scan);
    glass_tree_close(tree);
    return status;
}

/* Compare texts and postings of a segment whose records are all looked at. */
static enum status tell_strange(const struct check *check, const char *path,
                                struct failure *failure)
{
    if (check->n_strange == 0)
        return STATUS_OK;
    return fail(failure, STATUS_CORRUPT,
                "'%s' finds %" PRIu32
                " paragraph%s by other words than it has; "
                "the first is '%s'",
                path, check->n_strange, check->n_strange == 1 ? "" : "s",
                check->strange.data);
}

static bool can_compare(const struct check *check)
{
    return check->options->terms && check->manifest.analyzer &&
           strcmp(check->manifest.analyzer, check->options->analyzer) == 0;
}

/* The records, and the words of each. */
static enum status check_paragraphs(struct check *check, const char *path,
                                    const struct deleted *deleted,
                                    uint32_t n_documents, bool good_postings,
                                    struct failure *failure)
{
    enum status status = STATUS_OK;

    check->n_strange = 0;
    if (good_postings && can_compare(check))
        status = term_sums_init(&check->terms, path, n_documents, failure);
    if (status == STATUS_OK)
        status = check_docdata(check, path, deleted, n_documents, failure);
    if (status == STATUS_OK)
        status = tell_strange(check, path, failure);
    term_sums_release(&check->terms);
    return status;
}

static enum status check_tables(struct check *check, const char *path,
                                const struct deleted *deleted,
                                struct failure *failure)
{
    struct glass_root roots[GLASS_N_TABLES];
    struct glass_statistics statistics;
    struct failure what = {.message = ""};
    bool good_postings;
    enum status status = glass_version_read(path, roots, &statistics, &what);

    if (status == STATUS_OK && deleted &&
        deleted->documents[deleted->n - 1] > statistics.last_document)
        status = fail(&what, STATUS_CORRUPT,
                      "'%s' has not all that was deleted of it", path);
    if (status == STATUS_OK)
        status = check_table(check, path, roots, GLASS_POSTLIST, &what);
    good_postings = status == STATUS_OK;
    status = note(check, status, &what, failure);
    if (status == STATUS_OK)
        status = check_table(check, path, roots, GLASS_POSITION, &what);
    status = note(check, status, &what, failure);
    if (status == STATUS_OK)
        status = check_table(check, path, roots, GLASS_DOCDATA, &what);
    if (status == STATUS_OK)
        status = check_paragraphs(check, path, deleted, statistics.n_documents,
                                  good_postings, &what);
    return note(check, status, &what, failure);
}

static enum status check_segment(struct check *check, size_t i,
                                 struct failure *failure)
{
    const struct manifest_segment *segment = &check->manifest.segments[i];
    struct buffer path = BUFFER_EMPTY;
    struct sums *sums = NULL;
    struct failure what = {.message = ""};
    char name[SEGMENT_NAME_MAX];
    enum status status;

    segment_name(name, segment->number);
    status = disk_join(&path, check->path, name, failure);
    if (status != STATUS_OK)
        goto out;
    check->facts->n_bytes += disk_folder_size(path.data);
    status = note(check, sums_open(path.data, &segment->sums, &sums, &what),
                  &what, failure);
    if (status == STATUS_OK && sums)
        status = sums_check_all(sums, note_damaged, check, failure);
    if (status == STATUS_OK)
        status = check_tables(check, path.data,
                              deletions_of(&check->deletions, segment->number),
                              failure);
out:
    sums_free(sums);
    buffer_release(&path);
    return status;
}

/* --- The folder */

static enum status check_folder(struct check *check, struct failure *failure)
{
    const struct manifest *manifest = &check->manifest;
    struct buffer content = BUFFER_EMPTY;
    struct failure what = {.message = ""};
    enum status status = STATUS_OK;

    if (manifest->deleted.number)
        status = numbered_read(check->path, MANIFEST_DELETED,
                               manifest->deleted.number,
                               &manifest->deleted.check, &content, &what);
    if (status == STATUS_OK && manifest->deleted.number)
        status = deletions_parse(check->path, buffer_bytes(&content),
                                 &check->deletions, &what);
    status = note(check, status, &what, failure);
    if (status == STATUS_OK && manifest->files.number)
        status =
            numbered_read(check->path, MANIFEST_FILES, manifest->files.number,
                          &manifest->files.check, &content, &what);
    if (status == STATUS_OK && manifest->files.number)
        status = files_parse(check->path, buffer_bytes(&content), &check->files,
                             &what);
    /* Then nothing can be said about which paragraphs it ought to know. */
    if (status == STATUS_CORRUPT || status == STATUS_NO_INDEX)
        check->manifest.files.number = 0;
    check->facts->n_files = check->files.n_files;
    buffer_release(&content);
    return note(check, status, &what, failure);
}

enum status index_check(const char *path, const struct check_options *options,
                        struct check_facts *facts, struct failure *failure)
{
    struct check check = {
        .path = path, .options = options, .facts = facts, .files = FILES_EMPTY};
    struct failure what = {.message = ""};
    enum status status = manifest_read(path, &check.manifest, &what);

    *facts = (struct check_facts){0};
    if (status == STATUS_NO_INDEX && failure)
        *failure = what;
    else
        status = note(&check, status, &what, failure);
    if (status == STATUS_OK)
        status = check_folder(&check, failure);
    for (size_t i = 0; status == STATUS_OK && i < check.manifest.n_segments;
         i++)
        status = check_segment(&check, i, failure);
    facts->n_segments = check.manifest.n_segments;
    manifest_release(&check.manifest);
    deletions_release(&check.deletions);
    files_release(&check.files);
    buffer_release(&check.last_path);
    buffer_release(&check.strange);
    free(check.places);
    return status;
}
