/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pieces of a page as lines of text.
 *
 *   T1  Pieces of one row and one column are one line if the gap between them
 *       is small, or if the first of them is short: a number, the mark of an
 *       item or of a footnote.
 *   T2  They are cells of a table, parted by tabs, if a piece that is not the
 *       first of its row begins or ends where one does in a row nearby. Else
 *       they have nothing to do with each other and are lines of their own,
 *       like the two halves of a letterhead.
 *   T3  Between words is a space if there is a gap of 0.15 of the size of
 *       type, or a smaller one that libpoppler takes for a space and that is
 *       nearly as wide as the spaces of its row are: some
 *       programs justify lines by moving parts of words.
 *   T4  A soft hyphen that is not at the end of its line is a hyphen: some
 *       programs have no other.
 *   T5  Raised numbers, signs and single letters are given as marks, with the
 *       space before them; ordinals ("27th") are not.
 *   T6  Rotated lines come at the end of their page.
 *   T7  Letters of Arabic and Hebrew in the forms that they have in a word are
 *       given as letters (NFKC); ligatures of Latin letters are left alone. */
#include <config.h>

#include "src/document/foreign/pdf_parts.h"

#include "base/ascii.h"
#include "src/document/characters.h"
#include "src/text/utf8.h"

#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include <math.h>
#include <stdlib.h>

enum {
    SOFT_HYPHEN = 0xAD,
    SHORT_PIECE = 8, /* characters: "(xviii)" */
    NEAR_ROWS = 3,   /* a cell may have some lines */
    MAX_CELLS = 256, /* of a row */
};

#define LINE_GAP 2.5F   /* of the size of type: pieces of one line */
#define CELL_GAP 1.2F   /* the same, in a table */
#define NUMBER_GAP 6.0F /* the same, behind a short piece */
#define SPACE_GAP 0.15F /* the same, T3 */
#define USUAL 0.65F     /* of the spaces of the row, T3 */
#define ALIGNED 0.5F    /* the same, T2 */

void pdf_text_release(struct pdf_text *text)
{
    buffer_release(&text->bytes);
    free(text->lines);
    free(text->raised);
    free(text->signs);
    *text = (struct pdf_text){.bytes = BUFFER_EMPTY};
}

/* --- Signs -------------------------------------------------------------- */

static bool add_sign(struct pdf_text *text, char32_t code, bool raised)
{
    if (!array_grow(&text->signs, &text->signs_capacity, text->n_signs + 1,
                    sizeof *text->signs))
        return false;
    text->signs[text->n_signs++] = (struct pdf_sign){code, raised};
    return true;
}

/* Whether WORD can be the mark of a footnote (rule T5). */
static bool is_mark(const struct pdf_page *page, const struct pdf_word *word)
{
    size_t n_letters = 0, i;

    if (!(word->flags & PDF_RAISED))
        return false;
    for (i = 0; i < word->n; i++) {
        char32_t code = page->characters[word->first + i].code;

        if (is_letter_or_digit(code) && !is_ascii_digit(code))
            n_letters++;
    }
    return n_letters <= 1;
}

static bool add_word(struct pdf_text *text, const struct pdf_page *page,
                     const struct pdf_word *word)
{
    bool raised = is_mark(page, word);
    size_t i;

    for (i = 0; i < word->n; i++)
        if (!add_sign(text, page->characters[word->first + i].code, raised))
            return false;
    return true;
}

/* Whether libpoppler has a space between BEFORE and WORD. In text from right to
 * left it has it with the one or with the other. */
static bool has_space(const struct pdf_page *page,
                      const struct pdf_word *before,
                      const struct pdf_word *word)
{
    if (word->flags & PDF_SPACE_BEFORE &&
        word->first == before->first + before->n)
        return true;
    return page->rtl && before->flags & PDF_SPACE_BEFORE &&
           before->first == word->first + word->n;
}

/* Rule T3. */
static bool is_parted(const struct pdf_page *page,
                      const struct pdf_word *before,
                      const struct pdf_word *word)
{
    float gap = word->left - before->right;

    if (word->flags & PDF_ROTATED)
        return word->flags & PDF_SPACE_BEFORE;
    return gap > SPACE_GAP * fmaxf(before->size, word->size) ||
           (has_space(page, before, word) &&
            gap >= page->rows[word->row].space * USUAL);
}

static bool add_piece(struct pdf_text *text, const struct pdf_page *page,
                      const struct pdf_piece *piece)
{
    size_t i;

    for (i = piece->first; i < piece->first + piece->n; i++) {
        const struct pdf_word *word = &page->words[i];

        if (i > piece->first && is_parted(page, word - 1, word) &&
            !add_sign(text, ' ', false))
            return false;
        if (!add_word(text, page, word))
            return false;
    }
    return true;
}

/* --- The text of a line ------------------------------------------------- */

/* Append CODE as what it is a form of (rule T7). */
static void append_form(struct buffer *bytes, char32_t code)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&error);
    UChar units[32];
    int32_t n, i = 0;
    char utf8[4];

    n = unorm2_getDecomposition(nfkd, (UChar32)code, units,
                                sizeof units / sizeof *units, &error);
    if (U_FAILURE(error) || n <= 0 || units[0] == ' ') {
        buffer_append(bytes, utf8, utf8_encode(code, utf8));
        return;
    }
    while (i < n) {
        UChar32 one;

        U16_NEXT(units, i, n, one);
        buffer_append(bytes, utf8, utf8_encode((char32_t)one, utf8));
    }
}

static void append_sign(struct buffer *bytes, char32_t code)
{
    char utf8[4];

    if ((code >= 0xFB1D && code <= 0xFDFB) || (code >= 0xFE70 && code < 0xFEFF))
        append_form(bytes, code);
    else
        buffer_append(bytes, utf8, utf8_encode(code, utf8));
}

static bool add_raised(struct pdf_text *text, size_t start, size_t end)
{
    if (!array_grow(&text->raised, &text->raised_capacity, text->n_raised + 1,
                    sizeof *text->raised))
        return false;
    text->raised[text->n_raised++] = (struct raised_mark){start, end};
    return true;
}

/* Append the signs, and the marks that are among them. */
static bool append_signs(struct pdf_text *text)
{
    size_t start = 0, i;

    for (i = 0; i < text->n_signs; i++) {
        const struct pdf_sign *sign = &text->signs[i];
        bool before = i > 0 && sign[-1].raised;
        bool after = i + 1 < text->n_signs && sign[1].raised;
        char32_t code = sign->code;

        if (sign->raised && !before) /* with the space before it */
            start = text->bytes.length - (i > 0 && sign[-1].code == ' ');
        if (code == SOFT_HYPHEN && i + 1 < text->n_signs)
            code = '-';
        append_sign(&text->bytes, code);
        if (sign->raised && !after &&
            !add_raised(text, start, text->bytes.length))
            return false;
    }
    return !text->bytes.failed;
}

/* --- Lines -------------------------------------------------------------- */

/* What all letters of the line have. */
static unsigned common_flags(const struct pdf_page *page,
                             const struct pdf_piece *pieces, size_t n)
{
    unsigned flags = PDF_BOLD | PDF_ITALIC;
    size_t i, j;

    for (i = 0; i < n; i++)
        for (j = 0; j < pieces[i].n; j++) {
            const struct pdf_word *word = &page->words[pieces[i].first + j];

            if (!(word->flags & PDF_RAISED))
                flags &= word->flags;
        }
    return flags;
}

/* The size of the first word that is no mark: a row may be of several. */
static float line_size(const struct pdf_page *page,
                       const struct pdf_piece *piece)
{
    size_t i;

    for (i = piece->first; i < piece->first + piece->n; i++)
        if (!(page->words[i].flags & PDF_RAISED))
            return page->words[i].size;
    return page->rows[piece->row].size;
}

/* Whether the signs are read from right to left as a whole: most that have a
 * direction are; or the page is, and nothing says that they are not. */
static bool is_rtl_line(const struct pdf_text *text, bool rtl_page)
{
    size_t n_rtl = 0, n_ltr = 0, i;

    for (i = 0; i < text->n_signs; i++) {
        char32_t code = text->signs[i].code;

        if (pdf_is_rtl(code))
            n_rtl++;
        else if (is_letter_or_digit(code) && !is_ascii_digit(code))
            n_ltr++;
    }
    return rtl_page ? n_rtl > 0 || n_ltr == 0 : n_rtl > n_ltr;
}

/* Append the signs as a line that is of N PIECES. */
static enum status end_line(struct pdf_text *text, const struct pdf_page *page,
                            const struct pdf_piece *pieces, size_t n,
                            struct failure *failure)
{
    const struct pdf_row *row = &page->rows[pieces->row];
    unsigned flags = common_flags(page, pieces, n);
    size_t start = text->bytes.length;
    bool raised_first;
    struct page_line *line;
    enum status status;

    status = pdf_read_order(text->signs, text->n_signs,
                            is_rtl_line(text, page->rtl), failure);
    if (status != STATUS_OK)
        return status;
    raised_first = text->n_signs > 0 && text->signs[0].raised;
    if (!append_signs(text) ||
        !array_grow(&text->lines, &text->lines_capacity, text->n_lines + 1,
                    sizeof *text->lines))
        return fail_memory(failure);
    line = &text->lines[text->n_lines++];
    *line = (struct page_line){
        .start = start,
        .end = text->bytes.length,
        .page = page->number,
        .left = pieces->left,
        .right = pieces[n - 1].right,
        .top = row->base,
        .size = line_size(page, pieces + n - 1),
        .bold = flags & PDF_BOLD,
        .italic = flags & PDF_ITALIC,
        .raised_first = raised_first,
    };
    if (page->rtl) { /* for the rules what is read first is on the left */
        line->left = page->width - pieces[n - 1].right;
        line->right = page->width - pieces->left;
    }
    text->n_signs = 0;
    buffer_append_byte(&text->bytes, '\n');
    if (text->bytes.failed)
        return fail_memory(failure);
    if (text->bytes.length > PDF_MAX_TEXT)
        return fail(failure, STATUS_LIMIT, "there is more text than %d bytes",
                    (int)PDF_MAX_TEXT);
    return STATUS_OK;
}

static bool same_line(const struct pdf_piece *a, const struct pdf_piece *b)
{
    return a->row == b->row && a->column == b->column;
}

/* Whether a piece of the row of N PIECES, the first one aside, is aligned with
 * PIECE. */
static bool is_aligned(const struct pdf_piece *pieces, size_t n,
                       const struct pdf_piece *piece, float size)
{
    size_t i;

    for (i = 1; i < n; i++)
        if (fabsf(pieces[i].left - piece->left) < ALIGNED * size ||
            fabsf(pieces[i].right - piece->right) < ALIGNED * size)
            return true;
    return false;
}

/* Whether the pieces FIRST to END, of one row, are cells (rule T2), by a row
 * BELOW them or above. */
static bool is_row_of_table(const struct pdf_page *page, size_t first,
                            size_t end, bool below)
{
    const struct pdf_piece *all = page->pieces;
    float size = page->rows[all[first].row].size;
    size_t rows = 0, at = below ? end : first, from, to, i;

    while (rows++ < NEAR_ROWS && (below ? at < page->n_pieces : at > 0)) {
        from = below ? at : at - 1;
        to = from + 1;
        while (below && to < page->n_pieces && same_line(&all[from], &all[to]))
            to++;
        while (!below && from > 0 && same_line(&all[from - 1], &all[from]))
            from--;
        if (all[from].column != all[first].column)
            return false;
        for (i = first + 1; i < end; i++)
            if (is_aligned(all + from, to - from, &all[i], size))
                return true;
        at = below ? to : from;
    }
    return false;
}

static bool is_in_table(const struct pdf_page *page, size_t first, size_t end)
{
    return end - first > 1 && end - first <= MAX_CELLS &&
           (is_row_of_table(page, first, end, true) ||
            is_row_of_table(page, first, end, false));
}

/* Whether PIECE is what stands in front of an item: raised, or ending in a
 * sign, or a sign alone. */
static bool is_item_mark(const struct pdf_page *page,
                         const struct pdf_piece *piece)
{
    const struct pdf_word *word = &page->words[piece->first + piece->n - 1];
    const struct pdf_character *last =
        &page->characters[word->first + word->n - 1];

    if (page->rtl)
        last = &page->characters[page->words[piece->first].first];
    return piece->n_characters <= SHORT_PIECE &&
           (word->flags & PDF_RAISED || !is_letter_or_digit(last->code));
}

/* The pieces of a row that are in one column. */
struct run {
    size_t first, end;
    bool table; /* rule T2 */
};

/* Rule T1: whether there is little between piece AT and the one before it. */
static bool is_near(const struct pdf_page *page, const struct run *run,
                    size_t at)
{
    const struct pdf_piece *piece = &page->pieces[at];
    const struct pdf_piece *front = page->rtl ? piece : piece - 1;
    float gap = piece->left - piece[-1].right;
    float size = page->rows[piece->row].size;

    if ((page->rtl ? at + 1 == run->end : at == run->first + 1) &&
        (is_item_mark(page, front) ||
         (!run->table && front->n_characters <= SHORT_PIECE)))
        return gap < size * NUMBER_GAP;
    return gap < size * (run->table ? CELL_GAP : LINE_GAP);
}

/* Append the pieces START to STOP of RUN as a line. */
static enum status append_line(struct pdf_text *text,
                               const struct pdf_page *page,
                               const struct run *run, size_t start, size_t stop,
                               struct failure *failure)
{
    size_t i;

    for (i = start; i < stop; i++) {
        if (i > start &&
            !add_sign(text, is_near(page, run, i) ? ' ' : '\t', false))
            return fail_memory(failure);
        if (!add_piece(text, page, &page->pieces[i]))
            return fail_memory(failure);
    }
    return end_line(text, page, page->pieces + start, stop - start, failure);
}

/* Append the lines of RUN, in the order in which they are read. */
static enum status append_run(struct pdf_text *text,
                              const struct pdf_page *page, struct run run,
                              struct failure *failure)
{
    size_t start = run.first, stop = run.end;
    enum status status = STATUS_OK;

    while (start < stop && status == STATUS_OK) {
        size_t from = start, to = stop;

        if (page->rtl) {
            for (from = stop - 1;
                 from > start && (run.table || is_near(page, &run, from));)
                from--;
            stop = from;
        } else {
            for (to = start + 1;
                 to < stop && (run.table || is_near(page, &run, to));)
                to++;
            start = to;
        }
        status = append_line(text, page, &run, from, to, failure);
    }
    return status;
}

enum status pdf_page_lines(const struct pdf_page *page, struct pdf_text *text,
                           struct failure *failure)
{
    enum status status = STATUS_OK;
    size_t i, end;

    for (i = 0; i < page->n_pieces && status == STATUS_OK; i = end) {
        end = i + 1;
        while (end < page->n_pieces &&
               same_line(&page->pieces[i], &page->pieces[end]))
            end++;
        status = append_run(text, page,
                            (struct run){i, end, is_in_table(page, i, end)},
                            failure);
    }
    return status;
}
