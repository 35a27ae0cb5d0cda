/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tables of contents that name no pages: what the reader finds again as the
 * headings of the text.
 *
 *   C1  A short block is an entry if a heading below has the same letters and
 *       digits.
 *   C2  Three entries or more whose headings come in the same order are a
 *       table of contents, if the number of one has parts ("2.1"), or if a
 *       title as of such a table stands before them. (An agenda is repeated
 *       by the headings of its annotations, and is the author's.)
 *   C3  Up to three short blocks between two entries that end no sentence
 *       belong to the table: their headings are set in some other way. */
#include <config.h>

#include "src/document/rebuild_parts.h"

#include "base/ascii.h"
#include "base/fnv.h"

#include <stdlib.h>

enum {
    LEAST_ENTRIES = 3,
    MAX_BETWEEN = 3, /* rule C3 */
    MAX_BYTES = 160,
    MAX_TITLE = 3, /* blocks between the title and the first entry */
};

struct heading {
    uint64_t hash;
    size_t block;
};

struct headings {
    struct heading *items;
    size_t n;
};

static bool is_short(const struct rebuild *rebuild,
                     const struct rebuilt_block *block)
{
    const struct line *first = &rebuild->lines[block->first];
    const struct line *last = &rebuild->lines[block->last];

    return (block->role == BLOCK_TEXT || block->role == BLOCK_HEADING) &&
           last->end - first->start <= MAX_BYTES;
}

/* The letters and digits of block AT (FNV-1a), whatever their case in ASCII. */
static uint64_t hash_block(const struct rebuild *rebuild, size_t at)
{
    const struct rebuilt_block *block = &rebuild->blocks[at];
    uint64_t hash = FNV_START;

    for (size_t i = block->first; i <= block->last; i++) {
        struct bytes text = line_text(rebuild, &rebuild->lines[i]);

        if (rebuild->lines[i].owner != at)
            continue;
        for (size_t j = 0; j < text.length; j++) {
            unsigned char c = (unsigned char)text.data[j];

            if (is_ascii_capital(c))
                c |= 0x20;
            if (is_ascii_small(c) || is_ascii_digit(c) || c >= 0x80)
                hash = fnv_byte(hash, c);
        }
    }
    return hash;
}

static int compare(const void *a, const void *b)
{
    const struct heading *one = a, *other = b;

    if (one->hash != other->hash)
        return one->hash < other->hash ? -1 : 1;
    return (one->block > other->block) - (one->block < other->block);
}

/* The first heading behind block BEHIND with the letters of the block AT; 0 if
 * there is none. */
static size_t find_heading(const struct rebuild *rebuild,
                           const struct headings *headings, size_t at,
                           size_t behind)
{
    struct heading wanted = {hash_block(rebuild, at), behind + 1};
    size_t low = 0, high = headings->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare(&headings->items[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < headings->n && headings->items[low].hash == wanted.hash
               ? headings->items[low].block
               : 0;
}

/* Whether TEXT begins with a number of several parts: "* 2.1. Methods". */
static bool has_parts(struct bytes text)
{
    size_t at = 0;

    while (at < text.length && (!is_ascii_digit(text.data[at]))) {
        if (at == 4 || (text.data[at] | 0x20) >= 'a')
            return false;
        at++;
    }
    while (at < text.length && is_ascii_digit(text.data[at]))
        at++;
    return at + 1 < text.length && text.data[at] == '.' &&
           is_ascii_digit(text.data[at + 1]);
}

/* The title above the block FIRST, if there is one; else FIRST. */
static size_t find_title(const struct rebuild *rebuild, size_t first)
{
    for (size_t n = 1; n <= MAX_TITLE && n <= first; n++) {
        const struct rebuilt_block *block = &rebuild->blocks[first - n];

        if (block->first == block->last &&
            is_contents_title(
                line_text(rebuild, &rebuild->lines[block->first])))
            return first - n;
    }
    return first;
}

/* Read the table that may begin with block FIRST. Returns the block to go on
 * with. */
static size_t read_table(struct rebuild *rebuild,
                         const struct headings *headings, size_t first)
{
    size_t last = first, heading = first, n = 0, title;
    bool parts = false;

    for (size_t at = first;
         at < rebuild->n_blocks && at <= last + 1 + MAX_BETWEEN; at++) {
        const struct rebuilt_block *block = &rebuild->blocks[at];
        size_t found;

        if (block->role == BLOCK_FURNITURE)
            continue;
        if (!is_short(rebuild, block))
            break;
        found = find_heading(rebuild, headings, at, heading);
        if (found) {
            last = at;
            heading = found;
            n++;
            parts |=
                has_parts(line_text(rebuild, &rebuild->lines[block->first]));
        } else if (n == 0 ||
                   line_has(&rebuild->lines[block->last], LINE_STRONG)) {
            break;
        }
    }
    if (n < LEAST_ENTRIES)
        return first + 1;
    title = find_title(rebuild, first);
    if (last >= heading || (!parts && title == first))
        return last + 1;
    for (size_t at = title; at <= last; at++)
        rebuild->blocks[at].role = BLOCK_FURNITURE;
    return last + 1;
}

enum status rebuild_find_contents(struct rebuild *rebuild,
                                  struct failure *failure)
{
    struct headings headings = {NULL, 0};
    size_t n = 0;

    for (size_t i = 0; i < rebuild->n_blocks; i++)
        n += rebuild->blocks[i].role == BLOCK_HEADING;
    if (n < LEAST_ENTRIES)
        return STATUS_OK;
    headings.items = malloc(n * sizeof *headings.items);
    if (!headings.items)
        return fail_memory(failure);
    for (size_t i = 0; i < rebuild->n_blocks; i++)
        if (rebuild->blocks[i].role == BLOCK_HEADING)
            headings.items[headings.n++] =
                (struct heading){hash_block(rebuild, i), i};
    qsort(headings.items, headings.n, sizeof *headings.items, compare);
    for (size_t i = 0; i < rebuild->n_blocks;)
        i = read_table(rebuild, &headings, i);
    free(headings.items);
    return STATUS_OK;
}
