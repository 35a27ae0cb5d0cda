/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a page, a program or a printer added to the text: kept, but no part of
 * any paragraph.
 *
 *   F1  A line of three signs or more without a letter or digit is a rule.
 *       Right below a line of its own that is as long, it underlines a heading.
 *   F2  Property fields and heads of word processors: "<<ODS JOB NO>>…",
 *       "[DU1]", "Distr.: General", job numbers; and short lines that follow
 *       such without a gap, where the text has no pages.
 *   F3  Tables of contents: two lines at most three apart that lead by dots to
 *       a number, the second no smaller; what is between them; and "Contents"
 *       and "Page" above.
 *   F4  At the top and the bottom of a page, from the edge inwards: lines that
 *       stand there on another page too, their numbers left aside.
 *   F5  At the same places, set off by a gap: lines of digits, of which
 *       letters may be a part but no word ("25-08481 (E)", "*2508481*", "- 7
 *       -"), nor the end of a bracket ("254]").
 *   F6  Where the place on the page is known: what stands beside such lines,
 *       set off in its own column ("Title of the journal     2004"); not on
 *       the first page, whose masthead is the author's.
 *   F7  Without pages: "[Page 7]" at the end of a line; a number or a symbol
 *       alone between gaps that follows other furniture; a number alone
 *       between gaps that cuts a sentence. */
#include <config.h>

#include "src/document/rebuild_parts.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "base/fnv.h"

#include <stdlib.h>
#include <string.h>

enum {
    EDGE_LINES = 4,   /* of a page, at its top and at its bottom */
    EDGE_BYTES = 160, /* a longer line is text */
    SHORT_LINE = 60,
    CONTENTS_APART = 4,
};

/* --- F2 ----------------------------------------------------------------- */

/* "[DU1]" and the like, alone or in front of a field. */
static bool is_comment_mark(struct bytes text)
{
    size_t at = 1;

    if (text.length < 4 || text.data[0] != '[')
        return false;
    while (at < text.length && at < 4 && is_ascii_capital(text.data[at]))
        at++;
    if (at == 1 || at >= text.length || !is_ascii_digit(text.data[at]))
        return false;
    while (at < text.length && is_ascii_digit(text.data[at]))
        at++;
    return at < text.length && text.data[at] == ']' &&
           (at + 1 == text.length || text.data[at + 1] == '<');
}

/* The number of a printer's job, "25-08481 (E)", "GE.25-11220", and its bar
 * code, "*2508481*". */
static bool is_job_number(struct bytes text)
{
    size_t at = bytes_begin_with(text, "GE.") ? 3 : 0, digits = 0, signs = 0;

    if (text.length < 8 || text.length > 20)
        return false;
    if (text.length > at + 6 && text.data[text.length - 1] == ')' &&
        text.data[text.length - 3] == '(')
        text.length -= text.data[text.length - 4] == ' ' ? 4 : 3;
    for (; at < text.length; at++) {
        bool digit = is_ascii_digit(text.data[at]);

        digits += digit;
        if (!digit && text.data[at] != '*' &&
            !(text.data[at] == '-' && digits == 2))
            return false;
        signs += !digit;
    }
    return digits == 7 && (signs == 1 || text.data[0] == '*');
}

static bool is_residue(struct bytes text)
{
    if (bytes_begin_with(text, "<<") || is_comment_mark(text) ||
        is_job_number(text))
        return true;
    /* Few lines have a colon: they are quickly told. */
    return text.length < EDGE_BYTES && memchr(text.data, ':', text.length) &&
           (bytes_begin_with(text, "Original: ") ||
            memmem(text.data, text.length, "Distr.:", 7) != NULL);
}

/* Whether the rule at line I is one sign over and over, as long as the line
 * right above it, which has no other text above. */
static bool underlines(const struct rebuild *rebuild, size_t i)
{
    const float slack = 2;
    struct bytes rule = line_text(rebuild, &rebuild->lines[i]);
    const struct line *line = &rebuild->lines[i], *title;
    float longer;

    if (rebuild->page_text->has_geometry || i == 0 || line->gap != 0 ||
        rule.data[0] == '_' ||
        memcmp(rule.data, rule.data + 1, rule.length - 1) != 0)
        return false;
    title = line - 1;
    if (!line_has(title, LINE_LETTERS))
        return false;
    longer = (line->right - line->left) - (title->right - title->left);
    if (i > 1 && title->gap == 0 && !line_has(title - 1, LINE_RULE))
        return false;
    return title->left - line->left < slack &&
           line->left - title->left < slack && longer <= slack &&
           longer >= -slack;
}

static void find_residue(struct rebuild *rebuild)
{
    bool follows = false;
    size_t i;

    for (i = 0; i < rebuild->n_lines; i++) {
        struct line *line = &rebuild->lines[i];
        struct bytes text = line_text(rebuild, line);

        if (line_has(line, LINE_RULE)) {
            line->kind = LINE_FURNITURE;
            if (underlines(rebuild, i))
                line[-1].flags |= LINE_UNDERLINED;
        } else if (is_residue(text)) {
            line->kind = LINE_FURNITURE;
            follows = !rebuild->has_pages &&
                      !rebuild->page_text->has_geometry && i > 0 &&
                      text.data[0] != '[' && !is_job_number(text);
            continue;
        } else if (follows && line->gap < 0.5F && text.length < SHORT_LINE) {
            line->kind = LINE_FURNITURE;
            continue;
        }
        follows = false;
    }
}

/* --- F3 ----------------------------------------------------------------- */

static unsigned last_number(struct bytes text)
{
    size_t at = text.length;
    unsigned number = 0;

    while (at > 0 && text.length - at < 6 && is_ascii_digit(text.data[at - 1]))
        at--;
    while (at < text.length)
        number = number * 10 + (unsigned)(text.data[at++] - '0');
    return number;
}

bool is_contents_title(struct bytes text)
{
    static const char *const titles[] = {"Contents",
                                         "CONTENTS",
                                         "Table of contents",
                                         "Table of Contents",
                                         "TABLE OF CONTENTS",
                                         "Page",
                                         "Paragraphs",
                                         "Table des matières",
                                         "Índice",
                                         "Содержание",
                                         "目录",
                                         "المحتويات"};
    size_t i;

    for (i = 0; i < sizeof titles / sizeof *titles; i++)
        if (bytes_equal(text, bytes_of(titles[i])))
            return true;
    return false;
}

static void find_contents(struct rebuild *rebuild)
{
    struct line *lines = rebuild->lines;
    size_t before = SIZE_MAX, i, j;
    unsigned number = 0;

    for (i = 0; i < rebuild->n_lines; i++) {
        unsigned here;

        if (!line_has(&lines[i], LINE_LEADERS))
            continue;
        here = last_number(line_text(rebuild, &lines[i]));
        if (before != SIZE_MAX && i - before <= CONTENTS_APART &&
            here >= number) {
            for (j = before; j <= i; j++)
                lines[j].kind = LINE_FURNITURE;
            for (j = before; j > 0 && before - j < 3; j--)
                if (is_contents_title(line_text(rebuild, &lines[j - 1])))
                    lines[j - 1].kind = LINE_FURNITURE;
        }
        before = i;
        number = here;
    }
}

/* --- F4, F5, F6 --------------------------------------------------------- */

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

    if (text.length > EDGE_BYTES)
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

    return text.length <= EDGE_BYTES &&
           find_edge(edges, hash_without_numbers(rebuild, line))->again;
}

/* It has digits and no word, and closes no bracket that was opened before. */
static bool is_code(const struct rebuild *rebuild, const struct line *line)
{
    struct bytes text = line_text(rebuild, line);
    size_t run = 0, open = 0, i;

    if (text.length > SHORT_LINE || !line_has(line, LINE_DIGITS) ||
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

        if (!is_code(rebuild, line) && line->kind != LINE_FURNITURE)
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
    return line->end - line->start <= SHORT_LINE &&
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

static enum status find_edges(struct rebuild *rebuild, struct failure *failure)
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

/* --- F7 ----------------------------------------------------------------- */

static bool is_page_mark(struct bytes text)
{
    size_t at = text.length;

    if (at < 8 || text.data[--at] != ']')
        return false;
    while (at > 0 && is_ascii_digit(text.data[at - 1]))
        at--;
    return at >= 6 && memcmp(text.data + at - 6, "[Page ", 6) == 0;
}

static bool stands_alone(const struct rebuild *rebuild, size_t i)
{
    return rebuild->lines[i].gap != 0 &&
           (i + 1 == rebuild->n_lines || rebuild->lines[i + 1].gap != 0);
}

/* Digits only, four at most, a dash on both sides perhaps. */
static bool is_page_number(const struct line *line)
{
    return line->n_letters == 0 && line->n_digits > 0 && line->n_digits < 5 &&
           line->end - line->start <= 8U && line->item.kind == ITEM_NONE;
}

static void find_numbers(struct rebuild *rebuild)
{
    struct line *lines = rebuild->lines;
    size_t i;

    for (i = 1; i < rebuild->n_lines; i++) {
        bool after = lines[i - 1].kind == LINE_FURNITURE;
        bool number = is_page_number(&lines[i]);

        if (lines[i].kind != LINE_BODY)
            continue;
        if (is_page_mark(line_text(rebuild, &lines[i]))) {
            lines[i].kind = LINE_FURNITURE;
            continue;
        }
        if (!line_has(&lines[i], LINE_DIGITS) || !stands_alone(rebuild, i))
            continue;
        if (number && i + 1 < rebuild->n_lines &&
            !line_has(&lines[i - 1], LINE_STRONG | LINE_COMMA) &&
            line_has(&lines[i + 1], LINE_LOWER))
            lines[i].kind = LINE_FURNITURE;
        if (after && (number || (!line_has(&lines[i - 1], LINE_RULE) &&
                                 is_code(rebuild, &lines[i]))))
            lines[i].kind = LINE_FURNITURE;
        else if (after && !line_has(&lines[i - 1], LINE_RULE) &&
                 lines[i].n_letters > 0 && lines[i].end - lines[i].start < 24 &&
                 bytes_equal(line_text(rebuild, &lines[i]),
                             line_text(rebuild, &lines[i - 1])))
            lines[i].kind = LINE_FURNITURE;
    }
}

enum status rebuild_find_furniture(struct rebuild *rebuild,
                                   struct failure *failure)
{
    enum status status = STATUS_OK;

    find_residue(rebuild);
    find_contents(rebuild);
    if (rebuild->has_pages)
        status = find_edges(rebuild, failure);
    if (!rebuild->has_pages)
        find_numbers(rebuild);
    return status;
}
