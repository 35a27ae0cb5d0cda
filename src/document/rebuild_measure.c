/* SPDX-License-Identifier: GPL-2.0-or-later */
/* In what lines are measured.
 *
 *   M1  Where the place on the page is known it is turned into columns, half
 *       the usual size of type being one: so all rules measure alike.
 *       Distances that differ by less than a fifth of a line are the same.
 *   M2  How far a line reaches is measured in columns or, where that lets the
 *       lines that were broken in the middle of a sentence end more evenly, by
 *       the usual widths of letters in type: text from a PDF is set in such.
 *       Where the place on the page is known that is taken.
 *   M3  The distance of lines that run on in the middle of a sentence is no
 *       gap: a text may be typed with every second line empty. */
#include <config.h>

#include "src/document/rebuild_measure.h"

#include "src/document/rebuild_parts.h"

/* Of a histogram, each half a point or half a line wide. */
enum { BINS = 128 };

static size_t most_frequent(const size_t counts[BINS])
{
    size_t best = 0;

    for (size_t i = 1; i < BINS; i++)
        if (counts[i] > counts[best])
            best = i;
    return best;
}

/* Rule M1. */
struct measure measure_find(const struct page_text *page_text)
{
    struct measure measure = {0, 1};
    size_t counts[BINS] = {0}, best, i;

    if (!page_text->has_geometry || page_text->n_lines == 0)
        return measure;
    measure.origin = page_text->lines[0].left;
    for (i = 0; i < page_text->n_lines; i++) {
        const struct page_line *line = &page_text->lines[i];

        if (line->left < measure.origin)
            measure.origin = line->left;
        if (line->size > 0 && line->size < BINS / 2)
            counts[(size_t)(line->size * 2)] += line->end - line->start;
    }
    best = most_frequent(counts);
    measure.unit = counts[best] > 0 ? ((float)best + 0.5F) / 4 : 5;
    return measure;
}

/* Whether the line after LINE goes on in the middle of its sentence, as far as
 * case, or its absence, tells. */
static bool runs_on(const struct line *line)
{
    return line_has(line + 1, LINE_LOWER | LINE_CASELESS) &&
           line[1].item.kind == ITEM_NONE &&
           !line_has(line, LINE_STRONG | LINE_COMMA | LINE_LONG) &&
           line_has(line, LINE_LETTERS) && line[1].page == line->page;
}

/* Rule M2. */
static void choose_measure(struct rebuild *rebuild)
{
    double n = 0, sum[2] = {0}, squares[2] = {0}, spread[2];
    bool by_type;
    size_t i;

    for (i = 0; i + 1 < rebuild->n_lines; i++) {
        const struct line *line = &rebuild->lines[i];

        if (!runs_on(line))
            continue;
        n++;
        sum[0] += (double)line->right;
        squares[0] += (double)line->right * (double)line->right;
        sum[1] += (double)line->full;
        squares[1] += (double)line->full * (double)line->full;
    }
    for (i = 0; i < 2; i++) {
        double mean = n > 0 ? sum[i] / n : 1;

        spread[i] = n > 0 ? (squares[i] / n - mean * mean) / (mean * mean) : 0;
    }
    by_type = !rebuild->page_text->has_geometry && n >= 4 &&
              spread[1] < spread[0] * 0.7;
    for (i = 0; by_type && i < rebuild->n_lines; i++)
        rebuild->lines[i].right = rebuild->lines[i].full;
}

/* Rule M3: how far apart lines are that belong together. */
static float usual_distance(const struct rebuild *rebuild)
{
    const struct page_line *lines = rebuild->page_text->lines;
    size_t counts[BINS] = {0}, n = 0, i;
    float usual = rebuild->page_text->has_geometry ? 12 : 1;

    for (i = 0; i + 1 < rebuild->n_lines; i++) {
        float distance = lines[i + 1].top - lines[i].top;

        if (!runs_on(&rebuild->lines[i]) || distance <= 0 ||
            distance >= BINS / 2)
            continue;
        n++;
        counts[(size_t)(distance * 2)]++;
    }
    if (rebuild->page_text->has_geometry ? n > 0
                                         : n >= 8 && n * 4 > rebuild->n_lines)
        usual = ((float)most_frequent(counts) +
                 (rebuild->page_text->has_geometry ? 0.5F : 0)) /
                2;
    return usual > 0 ? usual : 1;
}

static void find_gaps(struct rebuild *rebuild)
{
    const struct page_line *lines = rebuild->page_text->lines;
    float usual = usual_distance(rebuild);
    size_t i;

    for (i = 0; i < rebuild->n_lines; i++) {
        struct line *line = &rebuild->lines[i];
        float distance;

        line->gap = -1;
        if (i == 0 || lines[i].page != lines[i - 1].page)
            continue;
        distance = lines[i].top - lines[i - 1].top;
        if (distance < -usual / 2)
            continue;
        line->gap = distance / usual - 1;
        if (line->gap < (rebuild->page_text->has_geometry ? 0.2F : 0))
            line->gap = 0;
    }
}

void measure_lines(struct rebuild *rebuild)
{
    find_gaps(rebuild);
    choose_measure(rebuild);
}
