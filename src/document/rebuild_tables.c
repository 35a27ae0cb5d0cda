/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of tables in text whose columns are set by blanks.
 *
 *   T1  A line may be a row if it has a run of three blanks or more inside,
 *       the one behind the mark of an item not counted.
 *   T2  Three such lines in a row, no more than one empty line between any
 *       two, are rows if each one's second cell begins, or last cell ends,
 *       where that of the one before does, give or take a column.
 *   T3  Where the place on the page is known the reader has parted by tabs what
 *       is aligned with the lines near by: such a line may be a row. */
#include <config.h>

#include "src/document/rebuild_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BLANKS "   " /* so many part cells */

enum { MIN_ROWS = 3 };

/* Where the second cell of LINE begins, in bytes from its start; 0: it has
 * none. */
static size_t second_cell(const struct rebuild *rebuild,
                          const struct line *line)
{
    struct bytes text = line_text(rebuild, line);
    size_t at = line->item.length;
    const char *gap;

    while (at < text.length && (text.data[at] == ' ' || text.data[at] == '\t'))
        at++;
    if (rebuild->page_text->has_geometry)
        gap = memchr(text.data + at, '\t', text.length - at);
    else
        gap = memmem(text.data + at, text.length - at, BLANKS, strlen(BLANKS));
    if (!gap)
        return 0;
    at = (size_t)(gap - text.data);
    if (rebuild->page_text->has_geometry)
        return at + 1;
    while (at < text.length && text.data[at] == ' ')
        at++;
    return at;
}

static bool is_row_after(const struct line *before, const struct line *line)
{
    return line->kind == LINE_BODY && before->kind == LINE_BODY &&
           line->column && before->column && line->gap >= 0 &&
           line->gap < 1.5F &&
           (abs((int)line->column - (int)before->column) <= 1 ||
            fabsf(line->right - before->right) < 1.5F);
}

void rebuild_find_tables(struct rebuild *rebuild)
{
    struct line *lines = rebuild->lines;
    size_t i, first = 0;

    for (i = 0; i < rebuild->n_lines; i++) {
        struct line *line = &lines[i];
        size_t cell;

        if (line->kind != LINE_BODY || line_has(line, LINE_LONG) ||
            line_has(line, LINE_LEADERS))
            continue;
        cell = second_cell(rebuild, line);
        if (cell)
            line->column = rebuild->page_text->has_geometry
                               ? 1 /* rule T3: aligned already */
                               : (uint16_t)(line->left + (float)cell + 1);
    }
    for (i = 1; i <= rebuild->n_lines; i++) {
        if (i < rebuild->n_lines && is_row_after(&lines[i - 1], &lines[i]))
            continue;
        if (i - first >= MIN_ROWS)
            for (; first < i; first++)
                lines[first].kind = LINE_ROW;
        first = i;
    }
}
