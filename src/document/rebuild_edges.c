/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Furniture at the edges of pages: running heads, page numbers, codes.
 *
 *   F4  At the top and the bottom of a page, from the edge inwards: lines that
 *       stand there on another page too, their numbers left aside.
 *   F5  At the same places, set off by a gap: lines of digits, of which
 *       letters may be a part but no word ("25-08481 (E)", "*2508481*", "- 7
 *       -"), nor the end of a bracket ("254]").
 *   F6  Where the place on the page is known: what stands beside such lines,
 *       set off in its own column ("Title of the journal     2004"); not on
 *       the first page, whose masthead is the author's. */
#include <config.h>

#include "src/document/rebuild_parts.h"

#include "base/ascii.h"
#include "base/fnv.h"

#include <stdlib.h>

/* Of a page, at its top and at its bottom. */
enum { EDGE_LINES = 4 };

struct edge {
    uint64_t hash; /* 0: an empty slot */
    uint32_t page; /* the last it was seen on */
    bool again;    /* it was seen on another */
};

struct edges {
    struct edge *slots;
    size_t mask;
};

/* The text of LINE with its numbers left aside (FNV-1a). Of a number with words
 * behind it, how far it is from that of the page counts: those of running
 * heads keep their distance, those of footnotes that cite the same do not. */
static uint64_t hash_without_numbers(const struct rebuild *rebuild,
                                     const struct line *line)
{
    struct bytes text = line_text(rebuild, line);
    uint64_t hash = FNV_START;
    char before = 0;
    uint32_t number = 0;
    size_t i;

    for (i = 0; i < text.length && i < 6 && is_ascii_digit(text.data[i]); i++)
        number = number * 10 + (uint32_t)(text.data[i] - '0');
    if (i > 0 && line->n_letters > line->n_digits)
        hash ^= number - line->page;

    for (i = 0; i < text.length; i++) {
        char c = text.data[i];

        if (is_ascii_digit(c))
            c = '0';
        if (c == before && (c == '0' || c == ' '))
            continue;
        before = c;
        hash = fnv_byte(hash, (unsigned char)c);
    }
    return hash ? hash : 1;
}

static struct edge *find_edge(const struct edges *edges, uint64_t hash)
{
    size_t at = (hash ^ hash >> 32) & edges->mask;

    while (edges->slots[at].hash && edges->slots[at].hash != hash)
        at = (at + 1) & edges->mask;
    return &edges->slots[at];
}

static void note_edge(const struct rebuild *rebuild, struct edges *edges,
                      const struct line *line)
{
    struct bytes text = line_text(rebuild, line);
    struct edge *edge;

    if (text.length > FURNITURE_BYTES)
        return;
    edge = find_edge(edges, hash_without_numbers(rebuild, line));
    if (edge->hash && edge->page != line->page)
        edge->again = true;
    edge->hash = hash_without_numbers(rebuild, line);
    edge->page = line->page;
}

static bool is_repeated(const struct rebuild *rebuild,
                        const struct edges *edges, const struct line *line)
{
    struct bytes text = line_text(rebuild, line);

    return text.length <= FURNITURE_BYTES &&
           find_edge(edges, hash_without_numbers(rebuild, line))->again;
}

bool line_is_code(const struct rebuild *rebuild, const struct line *line)
{
    struct bytes text = line_text(rebuild, line);
    size_t run = 0, open = 0, i;

    if (text.length > FURNITURE_SHORT || !line_has(line, LINE_DIGITS) ||
        line->n_letters > line->n_digits)
        return false;
    for (i = 0; i < text.length; i++) {
        if (text.data[i] == '(' || text.data[i] == '[')
            open++;
        else if ((text.data[i] == ')' || text.data[i] == ']') && open-- == 0)
            return false;
        run = is_ascii_small(text.data[i]) ? run + 1 : 0;
        if (run >= 3)
            return false;
    }
    return true;
}

/* Whether the lines from AT on, in steps of STEP, up to a gap, are nothing but
 * codes. */
static bool is_code_group(const struct rebuild *rebuild, size_t at,
                          size_t n_page, int step)
{
    const struct line *line = &rebuild->lines[at];
    size_t n = 0;

    for (; n < EDGE_LINES && n < n_page; n++) {
        const struct line *gap_of;

        if (!line_is_code(rebuild, line) && line->kind != LINE_FURNITURE)
            return false;
        gap_of = step > 0 ? line + 1 : line;
        if (n + 1 == n_page || gap_of->gap > 0.5F)
            return true;
        line += step;
    }
    return false;
}

/* Mark the furniture of the page whose lines are FIRST to LAST from one edge of
 * it inwards. */
static void mark_edge(struct rebuild *rebuild, const struct edges *edges,
                      size_t first, size_t last, int step)
{
    size_t n_page = last - first + 1, n;
    size_t at = step > 0 ? first : last;

    for (n = 0; n < n_page && n < EDGE_LINES; n++) {
        struct line *line = &rebuild->lines[at];

        if (line->kind != LINE_FURNITURE &&
            !is_repeated(rebuild, edges, line) &&
            !is_code_group(rebuild, at, n_page - n, step))
            return;
        line->kind = LINE_FURNITURE;
        if (n + 1 < n_page)
            at = step > 0 ? at + 1 : at - 1;
    }
}

typedef void (*page_function)(struct rebuild *rebuild, struct edges *edges,
                              size_t first, size_t last);

static void note_page(struct rebuild *rebuild, struct edges *edges,
                      size_t first, size_t last)
{
    size_t i;

    for (i = first; i <= last; i++) {
        if (i - first < EDGE_LINES || last - i < EDGE_LINES)
            note_edge(rebuild, edges, &rebuild->lines[i]);
        else
            i = last - EDGE_LINES;
    }
}

/* Whether LINE, the last of its page or not, is short and has a gap above or
 * below. */
static bool is_set_off(const struct line *line, bool last)
{
    return line->end - line->start <= FURNITURE_SHORT &&
           (line->gap > 0.5F || last || line[1].gap > 0.5F);
}

/* Rule F6 for the furniture at line EDGE of the page FIRST to LAST. */
static void mark_beside(struct rebuild *rebuild, size_t edge, size_t first,
                        size_t last)
{
    const float near = 0.5F;

    for (size_t i = first; i <= last; i++) {
        struct line *line = &rebuild->lines[i];
        float apart = line->top - rebuild->lines[edge].top;

        if (line->kind == LINE_BODY && apart < near && apart > -near &&
            is_set_off(line, i == last))
            line->kind = LINE_FURNITURE;
    }
}

static void mark_page(struct rebuild *rebuild, struct edges *edges,
                      size_t first, size_t last)
{
    mark_edge(rebuild, edges, first, last, 1);
    mark_edge(rebuild, edges, first, last, -1);
    if (!rebuild->page_text->has_geometry || first == 0)
        return;
    for (size_t n = 0; n < EDGE_LINES && first + n < last; n++) {
        if (rebuild->lines[first + n].kind == LINE_FURNITURE)
            mark_beside(rebuild, first + n, first, last);
        if (rebuild->lines[last - n].kind == LINE_FURNITURE)
            mark_beside(rebuild, last - n, first, last);
    }
}

/* Call EACH for every page; returns how many there are. */
static size_t each_page(struct rebuild *rebuild, struct edges *edges,
                        page_function each)
{
    size_t first = 0, n = 0, i;

    for (i = 1; i <= rebuild->n_lines; i++) {
        if (i < rebuild->n_lines &&
            rebuild->lines[i].page == rebuild->lines[first].page)
            continue;
        if (each)
            each(rebuild, edges, first, i - 1);
        first = i;
        n++;
    }
    return n;
}

enum status rebuild_find_edges(struct rebuild *rebuild, struct failure *failure)
{
    size_t n = each_page(rebuild, NULL, NULL), slots = 64;
    struct edges edges;

    while (slots < n * EDGE_LINES * 4)
        slots *= 2;
    edges.mask = slots - 1;
    edges.slots = calloc(slots, sizeof *edges.slots);
    if (!edges.slots)
        return fail_memory(failure);
    each_page(rebuild, &edges, note_page);
    each_page(rebuild, &edges, mark_page);
    free(edges.slots);
    return STATUS_OK;
}
