/* SPDX-License-Identifier: GPL-2.0-or-later */
/* In what the places of lines are measured, so that all rules measure alike. */
#ifndef DOCUMENT_REBUILD_MEASURE_H
#define DOCUMENT_REBUILD_MEASURE_H

struct page_text;
struct rebuild;

/* What a column is, in the measure of the lines, and where the first one is. */
struct measure {
    float origin, unit;
};

struct measure measure_find(const struct page_text *page_text);

/* Fill in .gap of all lines of REBUILD, which are those of its page text, and
 * choose how .right is measured: .full is its width in type so far. */
void measure_lines(struct rebuild *rebuild);

#endif
