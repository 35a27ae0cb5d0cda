/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a page of a PDF to lines in reading order: what its steps share.
 *
 *   pdf_page.c    characters with their places, as libpoppler finds them
 *   pdf_words.c   characters to words, words to rows of one base line
 *   pdf_layout.c  rows to pieces, pieces to columns
 *   pdf_lines.c   pieces to lines of text
 *   pdf_bidi.c    characters as they stand on the page to the order in which
 *                 they are read
 *   pdf.c         the file: its pages, its facts, its faults
 *
 * libpoppler orders text by itself, but takes the number of a paragraph, the
 * mark of a footnote, and a cell of a table for a line of its own, and gives
 * no reason for what it does. So we take no more from it than characters,
 * words, and which of them follow each other.
 *
 * Measures are in points (1/72 inch), from the left and the top of the page. */
#ifndef DOCUMENT_FOREIGN_PDF_PARTS_H
#define DOCUMENT_FOREIGN_PDF_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

#include <poppler.h>

#include "base/buffer.h"
#include "base/status.h"
#include "src/document/placed_text.h"
#include "src/document/rebuild.h"

enum {
    PDF_MAX_PAGES = 20000,
    PDF_MAX_CHARACTERS = 4 << 20, /* of one page */
    PDF_MAX_TEXT = 256 << 20,     /* bytes of all pages */
};

enum pdf_flag {
    PDF_BOLD = 1 << 0,
    PDF_ITALIC = 1 << 1,
    PDF_SPACE_BEFORE = 1 << 2, /* libpoppler has a space there */
    PDF_LINE_BEFORE = 1 << 3,  /* … a line end */
    PDF_RAISED = 1 << 4,       /* the mark of a footnote, by its place */
    PDF_ROTATED = 1 << 5,      /* it is not read from left to right or back */
};

struct pdf_character {
    char32_t code;
    float left, top, right, bottom;
    float base;     /* where its base line is; see pdf_bases.c */
    float size;     /* of its type */
    uint32_t font;  /* the hash of its name */
    unsigned flags; /* enum pdf_flag */
};

/* Characters without a space between them, of one size and on one base line. */
struct pdf_word {
    size_t first, n; /* of its characters */
    float left, top, right, bottom;
    float base; /* where its base line is */
    float size;
    uint32_t row;
    unsigned flags; /* enum pdf_flag; bold, italic if all of it is */
};

/* Words of one base line. */
struct pdf_row {
    size_t first, n; /* of the words */
    float base;
    float size;  /* of most of its characters */
    float space; /* the mean width of what libpoppler has for spaces; 0 if
                    there are not enough */
};

/* Words of a row without a wide gap between them. */
struct pdf_piece {
    size_t first, n; /* of the words */
    float left, right;
    uint32_t row;
    uint32_t column; /* pieces of one are read before those of the next */
    size_t n_characters;
};

/* The memory is kept from page to page. */
struct pdf_page {
    uint32_t number; /* from 1 */
    float width;
    bool rtl;                         /* read from right to left */
    struct pdf_character *characters; /* as they stand, from the left */
    size_t n_characters, characters_capacity;
    struct pdf_word *words; /* row by row, from the left */
    size_t n_words, words_capacity;
    struct pdf_row *rows; /* from the top */
    size_t n_rows, rows_capacity;
    struct pdf_piece *pieces; /* in reading order */
    size_t n_pieces, pieces_capacity;
    /* What pdf_layout.c works with. */
    struct pdf_piece *aside;
    size_t aside_capacity;
};

void pdf_page_release(struct pdf_page *page);

/* Take the characters of SOURCE. STATUS_LIMIT; STATUS_MEMORY. */
enum status pdf_page_read(struct pdf_page *page, PopplerPage *source,
                          struct failure *failure);

/* Find the base lines of the characters of PAGE. */
void pdf_page_bases(struct pdf_page *page);

/* Find the words of PAGE and its rows. STATUS_MEMORY. */
enum status pdf_page_words(struct pdf_page *page, struct failure *failure);

/* Find the pieces of PAGE, in reading order. STATUS_MEMORY. */
enum status pdf_page_layout(struct pdf_page *page, struct failure *failure);

/* A character of a line and what becomes of it. */
struct pdf_sign {
    char32_t code;
    bool raised;
};

/* The lines of the file so far. */
struct pdf_text {
    struct buffer bytes;
    struct page_line *lines;
    size_t n_lines, lines_capacity;
    struct raised_mark *raised;
    size_t n_raised, raised_capacity;
    struct pdf_sign *signs; /* of the line that is being made */
    size_t n_signs, signs_capacity;
};

void pdf_text_release(struct pdf_text *text);

/* Append the lines of PAGE. STATUS_LIMIT; STATUS_MEMORY. */
enum status pdf_page_lines(const struct pdf_page *page, struct pdf_text *text,
                           struct failure *failure);

/* Put the N SIGNS of a line, which are in the order of the page from the left,
 * in the order of reading; RTL says how the line is read as a whole. Brackets
 * are turned where that turns them. Nothing changes in a line without
 * letters that are read from right to left, unless it is RTL. STATUS_MEMORY. */
enum status pdf_read_order(struct pdf_sign *signs, size_t n, bool rtl,
                           struct failure *failure);

/* Whether CODE is of a script that is written from right to left. */
bool pdf_is_rtl(char32_t code);

#endif
