/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of the rebuilding share: the lines with what was found out of
 * them, and the passes over them in the order in which they run.
 *
 *   rebuild_lines.c      what each line is by itself; lines that hold two
 *                        paragraphs are divided
 *   rebuild_measure.c    in what they are measured
 *   rebuild_pages.c      where pages end that no form feed ends
 *   rebuild_furniture.c  contents, residue, page numbers without pages
 *   rebuild_edges.c      running headers and page numbers
 *   rebuild_tables.c     rows of tables
 *   rebuild_footnotes.c  which lines are footnotes
 *   rebuild_candidates.c what may be the mark of one in the text
 *   rebuild_references.c which of these are
 *   rebuild_widths.c     how far lines reach
 *   rebuild_breaks.c     where a block begins
 *   rebuild_headings.c   which blocks are headings
 *   rebuild_contents.c   tables of contents without page numbers
 *   rebuild_marks.c      emphasis, quotation marks, other markup
 *   rebuild_join.c       how two lines of a block are joined
 *   rebuild.c            all in order, and the blocks put together
 *
 * Every pass costs time in proportion to the text. */
#ifndef DOCUMENT_REBUILD_PARTS_H
#define DOCUMENT_REBUILD_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

#include "base/bytes.h"
#include "base/status.h"
#include "src/document/rebuild.h"
#include "src/document/rebuild_items.h"

/* A line has more columns than any page is wide: it was not broken to fit
 * one, so that its end means something. */
enum { LONG_LINE = 120 };

/* A line that begins so many columns further left than the one before is not of
 * the same setting: that one was set to the middle or to the right. */
enum { FAR_LEFT = 20 };

enum line_kind {
    LINE_BODY,
    LINE_FURNITURE,
    LINE_NOTE,      /* a footnote begins */
    LINE_NOTE_MORE, /* and goes on */
    LINE_ROW,       /* of a table */
};

enum line_flag {
    LINE_STRONG = 1 << 0,    /* ends in . ; : ! ? or the like */
    LINE_COMMA = 1 << 1,     /* ends in a comma */
    LINE_LOWER = 1 << 2,     /* its first letter or digit: a small letter */
    LINE_UPPER = 1 << 3,     /* … a capital, or of a script without case */
    LINE_LETTERS = 1 << 4,   /* it has a letter */
    LINE_DIGITS = 1 << 5,    /* it has a digit */
    LINE_RULE = 1 << 6,      /* signs only, three at least */
    LINE_LEADERS = 1 << 7,   /* dots, and a page number at the end */
    LINE_HYPHEN = 1 << 8,    /* ends in a hyphen after a letter or digit */
    LINE_LONG = 1 << 9,      /* more than LONG_LINE columns */
    LINE_EMPHASIS = 1 << 10, /* it has * or _ */
    LINE_BARE = 1 << 11,     /* nothing but the mark of an item */
    LINE_MARKUP = 1 << 12,   /* "# ": a heading in Markdown */
    LINE_SPLIT = 1 << 13,    /* the converter had it run on after another */
    LINE_GLUED = 1 << 14,    /* it may hold the mark of a footnote */
    LINE_TAB = 1 << 15,      /* it begins with a tab */
    LINE_CASELESS = 1 << 16, /* its first letter is of a script without case */
    LINE_UNDERLINED = 1 << 17, /* the next line is a rule as long as this one */
};

struct line {
    size_t start, end; /* bytes of the text */
    float top;         /* as of a struct page_line */
    float left, right; /* as of a struct page_line, or right by the widths of
                          type; see rebuild_measure.c */
    float gap;    /* empty lines between the line before and this one; -1 for
                     the first of a page or of a column */
    float full;   /* how far right the lines around it reach */
    float margin; /* and how far left */
    float size;   /* of its type; 0: not known */
    uint32_t page;
    uint32_t owner;  /* the block it is in */
    uint32_t flags;  /* enum line_flag */
    uint16_t column; /* of a body line: where its second cell begins, if it has
                        one, else 0; of a footnote: the bytes of its mark */
    uint8_t kind;    /* enum line_kind */
    uint8_t n_digits, n_letters; /* at most 255 */
    bool raised;                 /* the mark in front is */
    bool bold;                   /* all of it */
    struct item item;
};

/* Bytes of the text that are no part of it. */
struct cut {
    size_t start, end;
};

struct rebuilt_block {
    size_t first, last; /* of its lines; those between them may be others' */
    enum block_role role;
    unsigned level;
};

struct rebuild {
    const struct page_text *page_text;
    struct bytes text;
    struct line *lines;
    size_t n_lines, lines_capacity;
    struct rebuilt_block *blocks;
    size_t n_blocks, blocks_capacity;
    struct cut *cuts; /* sorted in the end */
    size_t n_cuts, cuts_capacity;
    bool loose;    /* most of the text stands in long lines */
    bool indented; /* paragraphs begin with an indented line */
    bool small;    /* they begin with small letters behind commas */
    bool has_pages;
    bool pages_guessed; /* their numbers mean nothing */
    struct hyphens *hyphens;
};

static inline struct bytes line_text(const struct rebuild *rebuild,
                                     const struct line *line)
{
    return (struct bytes){rebuild->text.data + line->start,
                          line->end - line->start};
}

static inline bool line_has(const struct line *line, unsigned flags)
{
    return line->flags & flags;
}

/* The passes, in the order in which they run. MEMORY. */

/* Fill .lines; .loose and .has_pages. */
enum status rebuild_read_lines(struct rebuild *rebuild,
                               struct failure *failure);

/* Fill .page of the lines of a text that does not say where pages end. */
enum status rebuild_find_pages(struct rebuild *rebuild,
                               struct failure *failure);

/* Make lines LINE_FURNITURE. */
enum status rebuild_find_furniture(struct rebuild *rebuild,
                                   struct failure *failure);

/* The part of it for a text that has pages. */
enum status rebuild_find_edges(struct rebuild *rebuild,
                               struct failure *failure);

/* How far the body lines of each run reach: .full and .margin of its lines. */
void rebuild_find_widths(struct rebuild *rebuild);

/* Make lines LINE_NOTE and LINE_NOTE_MORE; cut the marks of footnotes out of
 * the text. */
enum status rebuild_find_footnotes(struct rebuild *rebuild,
                                   struct failure *failure);

/* Make lines LINE_ROW. */
void rebuild_find_tables(struct rebuild *rebuild);

/* Fill .blocks, and .owner of the lines. */
enum status rebuild_find_breaks(struct rebuild *rebuild,
                                struct failure *failure);

/* Make blocks BLOCK_HEADING, of a level. */
void rebuild_find_headings(struct rebuild *rebuild);

/* Make blocks of tables of contents BLOCK_FURNITURE. */
enum status rebuild_find_contents(struct rebuild *rebuild,
                                  struct failure *failure);

/* Cut emphasis and other markup out of the text, and sort .cuts. */
enum status rebuild_find_marks(struct rebuild *rebuild,
                               struct failure *failure);

/* What they ask. */

/* Furniture has no longer lines, and alone between gaps it is short. */
enum { FURNITURE_BYTES = 160, FURNITURE_SHORT = 60 };

/* Whether LINE has digits and no word, and closes no bracket that was opened
 * before. */
bool line_is_code(const struct rebuild *rebuild, const struct line *line);

/* Whether the first word of LINE would have had room on BEFORE. SLACK is the
 * part of the width that may be left over because of even margins. */
bool line_is_short(const struct rebuild *rebuild, const struct line *before,
                   const struct line *line, float slack);

/* Whether LINE, of which no word asks for more, is so much shorter than full
 * that a paragraph ends there whatever follows. */
bool line_is_much_shorter(const struct rebuild *rebuild,
                          const struct line *line);

/* Whether TEXT is what stands above a table of contents. */
bool is_contents_title(struct bytes text);

/* Take the bytes START to END out of the text. MEMORY. */
enum status rebuild_cut(struct rebuild *rebuild, size_t start, size_t end,
                        struct failure *failure);

/* How a line that ends as BEFORE does and one that begins with AFTER are
 * joined. */
enum joint {
    JOINT_SPACE,
    JOINT_NOTHING, /* the hyphen is the author's, or the script has no spaces */
    JOINT_DROP,    /* the hyphen is the printer's */
};
enum joint rebuild_joint(const struct rebuild *rebuild, struct bytes before,
                         struct bytes after);

/* Gather from the text what the joints are decided by. MEMORY. */
enum status rebuild_hyphens_new(struct rebuild *rebuild,
                                struct failure *failure);
void rebuild_hyphens_free(struct rebuild *rebuild);

#endif
