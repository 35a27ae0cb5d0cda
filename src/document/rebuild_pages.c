/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where pages end in text that was printed page by page but has no form feeds.
 *
 *   P1  A line shorter than a page is wide, between empty lines, that has a
 *       number may be the head or the foot of a page; not "3.4.1 Purpose".
 *   P2  It is, if two others follow with the same words, each with that
 *       number, and none but it, higher by one, and each about as many lines
 *       below the one before: pages are of one length, chapters are not. All
 *       such series together reach over half of the text at least.
 *   P3  The page ends on the side of it that has the larger gap. */
#include <config.h>

#include "src/document/rebuild_parts.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "base/fnv.h"

#include <stdlib.h>

enum {
    SHORT_LINE = 100,
    MAX_NUMBERS = 4,  /* of a line */
    LEAST_PAGES = 3,  /* that make a series */
    LEAST_LINES = 15, /* of a page */
};

struct candidate {
    uint64_t words; /* the hash of all but the numbers */
    size_t line;
    uint64_t place; /* in lines from the top, the empty ones too */
    unsigned numbers[MAX_NUMBERS];
    unsigned n_numbers;
};

struct candidates {
    struct candidate *items;
    size_t n, capacity;
    uint64_t n_places; /* of the text */
};

/* Part TEXT into numbers and a hash (FNV-1a) of the rest, a run of blanks being
 * one. False if it has no number, or too many. */
static bool part_text(struct bytes text, struct candidate *candidate)
{
    uint64_t hash = FNV_START;
    char before = 0;

    candidate->n_numbers = 0;
    for (size_t i = 0; i < text.length; before = text.data[i++]) {
        char c = text.data[i];
        bool digit = is_ascii_digit(c), within;
        unsigned *number;

        within = digit && is_ascii_digit(before);
        if (digit && !within && candidate->n_numbers++ == MAX_NUMBERS)
            return false;
        if (!within && !(c == ' ' && before == ' '))
            hash = fnv_byte(hash, (unsigned char)(digit ? '0' : c));
        if (!digit)
            continue;
        number = &candidate->numbers[candidate->n_numbers - 1];
        *number = (within ? *number * 10 : 0) + (unsigned)(c - '0');
    }
    candidate->words = hash;
    return candidate->n_numbers > 0;
}

static bool stands_alone(const struct rebuild *rebuild, size_t i)
{
    return (i == 0 || rebuild->lines[i].gap > 0.5F) &&
           (i + 1 == rebuild->n_lines || rebuild->lines[i + 1].gap > 0.5F);
}

/* Rule P1. */
static enum status gather(const struct rebuild *rebuild,
                          struct candidates *candidates,
                          struct failure *failure)
{
    uint64_t place = 0;

    for (size_t i = 0; i < rebuild->n_lines; i++) {
        const struct line *line = &rebuild->lines[i];
        struct candidate candidate = {.line = i};

        place += 1 + (line->gap > 0 ? (uint64_t)line->gap : 0);
        candidate.place = place;
        if (!line_has(line, LINE_DIGITS) || line->item.kind == ITEM_SECTION ||
            line->end - line->start > SHORT_LINE || !stands_alone(rebuild, i) ||
            !part_text(line_text(rebuild, line), &candidate))
            continue;
        if (!array_grow(&candidates->items, &candidates->capacity,
                        candidates->n + 1, sizeof *candidates->items))
            return fail_memory(failure);
        candidates->items[candidates->n++] = candidate;
    }
    candidates->n_places = place;
    return STATUS_OK;
}

static int compare(const void *a, const void *b)
{
    const struct candidate *one = a, *other = b;

    if (one->words != other->words)
        return one->words < other->words ? -1 : 1;
    return (one->line > other->line) - (one->line < other->line);
}

/* Whether NEXT has the numbers of ONE, but for a single one, which is higher by
 * one. */
static bool goes_on(const struct candidate *one, const struct candidate *next)
{
    unsigned n_higher = 0;

    if (one->words != next->words || one->n_numbers != next->n_numbers)
        return false;
    for (unsigned i = 0; i < one->n_numbers; i++)
        if (next->numbers[i] == one->numbers[i] + 1)
            n_higher++;
        else if (next->numbers[i] != one->numbers[i])
            return false;
    return n_higher == 1;
}

/* Whether a page of SIZE lines is about as long as one of OTHER. */
static bool is_as_long(uint64_t size, uint64_t other)
{
    return size >= LEAST_LINES && size * 5 <= other * 6 &&
           other * 5 <= size * 6;
}

/* How many candidates from ITEMS[0] on, of N, are a series (rule P2). */
static size_t series_length(const struct candidate *items, size_t n)
{
    size_t length = 1;
    uint64_t first = n > 1 ? items[1].place - items[0].place : 0;

    while (length < n && goes_on(&items[length - 1], &items[length]) &&
           is_as_long(items[length].place - items[length - 1].place, first))
        length++;
    return length;
}

/* Rule P3: a page begins at the line I, or behind it, unless that was found by
 * its neighbour, the foot of the page before. */
static void end_page(struct rebuild *rebuild, size_t i)
{
    struct line *line = &rebuild->lines[i];

    if (i == 0 || i + 1 == rebuild->n_lines || line->gap < 0 || line[1].gap < 0)
        return;
    line += line[1].gap >= line->gap;
    line->gap = -1;
}

/* Number the pages as they were found to begin. */
static void number_pages(struct rebuild *rebuild)
{
    uint32_t page = 0;

    for (size_t i = 0; i < rebuild->n_lines; i++) {
        page += i > 0 && rebuild->lines[i].gap < 0;
        rebuild->lines[i].page = page;
    }
    rebuild->has_pages = rebuild->pages_guessed = page > 0;
}

/* End pages where the candidates' series say. Returns over how many lines, the
 * empty ones too, these reach; with MARK false that is all. */
static uint64_t end_pages(struct rebuild *rebuild,
                          const struct candidates *candidates, bool mark)
{
    const struct candidate *items = candidates->items;
    uint64_t reach = 0;
    size_t length;

    for (size_t i = 0; i + LEAST_PAGES <= candidates->n; i += length) {
        length = series_length(items + i, candidates->n - i);
        if (length < LEAST_PAGES)
            continue;
        reach += items[i + length - 1].place - items[i].place;
        for (size_t j = 0; mark && j < length; j++)
            end_page(rebuild, items[i + j].line);
    }
    return reach;
}

enum status rebuild_find_pages(struct rebuild *rebuild, struct failure *failure)
{
    struct candidates candidates = {NULL, 0, 0, 0};
    enum status status = STATUS_OK;

    if (rebuild->has_pages || rebuild->page_text->has_geometry)
        return STATUS_OK;
    status = gather(rebuild, &candidates, failure);
    if (status == STATUS_OK && candidates.n >= LEAST_PAGES) {
        qsort(candidates.items, candidates.n, sizeof *candidates.items,
              compare);
        if (end_pages(rebuild, &candidates, false) * 2 >= candidates.n_places)
            end_pages(rebuild, &candidates, true);
    }
    if (status == STATUS_OK)
        number_pages(rebuild);
    free(candidates.items);
    return status;
}
