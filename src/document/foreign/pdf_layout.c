/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The order in which the pieces of a page are read.
 *
 *   C1  A row is divided into pieces at gaps of nine tenths of the size of
 *       type: wider than justified lines have them, narrower than the gutter
 *       between columns.
 *   C2  Two columns are pieces on both sides of a gutter that no other piece
 *       crosses: four rows at least on either side, side by side for half of
 *       the lower one's height, of lines that are long (eight times
 *       their size in the mean) and mostly full. So numbers in front of
 *       paragraphs, and the cells of most tables, are no columns.
 *   C3  A piece across the gutter (a heading) ends the columns: what is above
 *       it is read first, and what is below it last.
 *   C4  Each column may have columns in it: three are found as two, of which
 *       one is two. In text that is read from right to left the right one is
 *       first. */
#include <config.h>

#include "src/document/foreign/pdf_parts.h"

#include <math.h>
#include <string.h>

enum {
    MAX_DEPTH = 6,       /* of columns in columns */
    MAX_GUTTERS = 48,    /* that are tried at a time */
    MAX_COLUMNS = 100,   /* of a page, and */
    MAX_PIECES = 50000,  /* on it, or it is read row by row */
    MIN_COLUMN_ROWS = 4, /* on each side of a gutter */
    MIN_COLUMN_EMS = 8,
};

#define PIECE_GAP 0.9F  /* of the size of type */
#define GUTTER_GAP 0.6F /* the same; the longest line may reach into it */
#define FULL 0.6F       /* of the width of its column */

/* --- C1 ----------------------------------------------------------------- */

static bool add_piece(struct pdf_page *page, size_t first, size_t end,
                      float right)
{
    struct pdf_piece *piece;
    size_t i;

    if (!array_grow(&page->pieces, &page->pieces_capacity, page->n_pieces + 1,
                    sizeof *page->pieces))
        return false;
    piece = &page->pieces[page->n_pieces++];
    *piece = (struct pdf_piece){
        .first = first,
        .n = end - first,
        .left = page->words[first].left,
        .right = right,
        .row = page->words[first].row,
    };
    for (i = first; i < end; i++)
        piece->n_characters += page->words[i].n;
    return true;
}

static bool find_pieces(struct pdf_page *page)
{
    size_t first = 0, i;
    float right = 0;

    page->n_pieces = 0;
    for (i = 0; i < page->n_words; i++) {
        const struct pdf_word *word = &page->words[i];
        bool begins = i == 0 || word->row != page->words[first].row;

        if (!begins && !(word->flags & PDF_ROTATED))
            begins =
                word->left - right > PIECE_GAP * page->rows[word->row].size;
        if (begins && i > first) {
            if (!add_piece(page, first, i, right))
                return false;
            first = i;
        }
        right = begins ? word->right : fmaxf(right, word->right);
    }
    return i == first || add_piece(page, first, i, right);
}

/* --- C2 ----------------------------------------------------------------- */

/* A part of the pieces, and a gutter in it. */
struct band {
    size_t first, end; /* of the pieces */
    float gutter;      /* where its right column begins */
    float score;       /* of no use if it is 0 */
};

/* One side of a gutter. */
struct side {
    size_t n;
    float width, widest; /* sum and maximum */
    float ems;           /* the sum of widths in sizes of type */
    float top, bottom;
};

static float piece_size(const struct pdf_page *page,
                        const struct pdf_piece *piece)
{
    return page->rows[piece->row].size;
}

static bool is_rotated(const struct pdf_page *page,
                       const struct pdf_piece *piece)
{
    return page->words[piece->first].flags & PDF_ROTATED;
}

static void side_add(struct side *side, const struct pdf_page *page,
                     const struct pdf_piece *piece)
{
    float width = piece->right - piece->left;
    float base = page->rows[piece->row].base;

    if (side->n == 0)
        side->top = base;
    side->bottom = base;
    side->width += width;
    side->widest = fmaxf(side->widest, width);
    side->ems += width / piece_size(page, piece);
    side->n++;
}

static bool is_column(const struct side *side)
{
    return side->n >= MIN_COLUMN_ROWS &&
           side->ems >= MIN_COLUMN_EMS * (float)side->n &&
           side->width >= FULL * side->widest * (float)side->n;
}

/* How good the columns LEFT and RIGHT are; 0: they are none. */
static float score(const struct side *left, const struct side *right)
{
    float height, common;

    if (!is_column(left) || !is_column(right))
        return 0;
    height = fminf(left->bottom - left->top, right->bottom - right->top);
    common = fminf(left->bottom, right->bottom) - fmaxf(left->top, right->top);
    return common >= height / 2 ? fminf(left->ems, right->ems) : 0;
}

/* Where PIECE stands to the gutter: -1 left of it, 1 right, 0 across. */
static int place_of(const struct pdf_page *page, const struct pdf_piece *piece,
                    float gutter)
{
    float size = piece_size(page, piece);

    if (is_rotated(page, piece))
        return 0;
    if (piece->left >= gutter - size / 10)
        return 1;
    return piece->right <= gutter - GUTTER_GAP * size ? -1 : 0;
}

/* Find the best band of the pieces FIRST to END for one gutter, and put it into
 * BEST if it is better. */
static void try_gutter(const struct pdf_page *page, size_t first, size_t end,
                       float gutter, struct band *best)
{
    struct side sides[2] = {{0}, {0}};
    size_t start = first, i;

    for (i = first; i <= end; i++) {
        int place = i < end ? place_of(page, &page->pieces[i], gutter) : 0;
        float here;

        if (place != 0) {
            side_add(&sides[place > 0], page, &page->pieces[i]);
            continue;
        }
        here = score(&sides[0], &sides[1]);
        if (here > best->score)
            *best = (struct band){start, i, gutter, here};
        memset(sides, 0, sizeof sides);
        start = i + 1;
    }
}

/* A place where pieces begin behind others. */
struct gutter {
    float x;
    unsigned n;
};

static void note_gutter(struct gutter *gutters, size_t *n, float x)
{
    size_t i, rarest = 0;

    for (i = 0; i < *n; i++) {
        if (fabsf(gutters[i].x - x) <= 2) {
            gutters[i].x = fminf(gutters[i].x, x);
            gutters[i].n++;
            return;
        }
        if (gutters[i].n < gutters[rarest].n)
            rarest = i;
    }
    if (*n < MAX_GUTTERS)
        rarest = (*n)++;
    gutters[rarest] = (struct gutter){x, 1};
}

static struct band find_band(const struct pdf_page *page, size_t first,
                             size_t end)
{
    struct gutter gutters[MAX_GUTTERS];
    struct band best = {first, first, 0, 0};
    size_t n = 0, i;

    for (i = first; i < end; i++)
        if (page->pieces[i].right - page->pieces[i].left >
            MIN_COLUMN_EMS / 2 * piece_size(page, &page->pieces[i]))
            note_gutter(gutters, &n, page->pieces[i].left);
    for (i = 0; i < n; i++)
        if (gutters[i].n >= 2)
            try_gutter(page, first, end, gutters[i].x, &best);
    return best;
}

/* --- C3, C4 ------------------------------------------------------------- */

/* Put the pieces of BAND on the side PLACE of its gutter first, the others
 * behind them. Returns where these begin. */
static size_t part_band(struct pdf_page *page, const struct band *band,
                        int place)
{
    size_t n_first = 0, n_other = 0, i;

    for (i = band->first; i < band->end; i++) {
        if (place_of(page, &page->pieces[i], band->gutter) == place)
            page->pieces[band->first + n_first++] = page->pieces[i];
        else
            page->aside[n_other++] = page->pieces[i];
    }
    memcpy(page->pieces + band->first + n_first, page->aside,
           n_other * sizeof *page->aside);
    return band->first + n_first;
}

/* Put the pieces FIRST to END in reading order. Recursion ends at
 * MAX_DEPTH for columns in columns; bands below each other are a loop. */
static void arrange(struct pdf_page *page, size_t first, size_t end,
                    uint32_t *column, unsigned depth)
{
    size_t i;

    while (first < end) {
        struct band band = {end, end, 0, 0};
        size_t middle;

        if (depth < MAX_DEPTH && *column < MAX_COLUMNS &&
            page->n_pieces <= MAX_PIECES)
            band = find_band(page, first, end);
        if (band.score <= 0)
            band.first = end;
        if (band.first > first && band.first < end) {
            /* There may be narrower columns above. */
            arrange(page, first, band.first, column, depth + 1);
            first = band.first;
        }
        if (band.first == end) {
            for (i = first; i < end; i++)
                page->pieces[i].column = *column;
            ++*column;
            return;
        }
        middle = part_band(page, &band, page->rtl ? 1 : -1);
        arrange(page, band.first, middle, column, depth + 1);
        arrange(page, middle, band.end, column, depth + 1);
        first = band.end;
    }
}

enum status pdf_page_layout(struct pdf_page *page, struct failure *failure)
{
    uint32_t column = 0;

    if (!find_pieces(page) ||
        !array_grow(&page->aside, &page->aside_capacity, page->n_pieces + 1,
                    sizeof *page->aside))
        return fail_memory(failure);
    arrange(page, 0, page->n_pieces, &column, 0);
    return STATUS_OK;
}
