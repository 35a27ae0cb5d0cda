/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Characters to words, and words to rows that share a base line.
 *
 *   W1  A word ends at a space or a line end of libpoppler, at a gap of a
 *       seventh of the size of type, and where the size or the base line
 *       changes.
 *   W2  Base lines are as pdf_bases.c finds them.
 *   W3  Words are in one row if their base lines differ by less than a quarter
 *       of the smaller one's size.
 *   W4  A smaller word that stands beside a word of another row, overlapping
 *       its height, belongs there: the mark of a footnote, an ordinal, an
 *       exponent. A short number may be of the same size.
 *   W5  A word that was printed over itself (for want of a bold font) is one.
 *   W6  A line of libpoppler whose characters go up or down the page is
 *       rotated. It stays out of all this; see pdf_lines.c. */
#include <config.h>

#include "src/document/foreign/pdf_parts.h"

#include "base/ascii.h"

#include <math.h>
#include <stdlib.h>

enum {
    NEAR_ROWS = 8, /* where the row of a mark is looked for: columns have
                      rows of their own in between */
    BESIDE = 4,    /* the words of it that are looked at */
};

#define WORD_GAP (1 / 7.0F) /* of the size: a thin space is a sixth */
#define SMALLER 0.85F       /* than the row it belongs to */

static float middle_x(const struct pdf_character *character)
{
    return (character->left + character->right) / 2;
}

static float middle_y(const struct pdf_character *character)
{
    return (character->top + character->bottom) / 2;
}

/* Rule W6, for the line of libpoppler that begins at FIRST; *END is the
 * character after it. */
static bool is_rotated(const struct pdf_page *page, size_t first, size_t *end)
{
    const struct pdf_character *all = page->characters;
    float across = 0, along = 0;
    size_t i;

    for (i = first + 1;
         i < page->n_characters && !(all[i].flags & PDF_LINE_BEFORE); i++) {
        across += fabsf(middle_y(&all[i]) - middle_y(&all[i - 1]));
        along += fabsf(middle_x(&all[i]) - middle_x(&all[i - 1]));
    }
    *end = i;
    return i - first >= 3 && across > 2 * along;
}

/* Rule W1. */
static bool ends_word(const struct pdf_character *before,
                      const struct pdf_character *character)
{
    float size = fmaxf(before->size, character->size);

    if (character->flags & (PDF_SPACE_BEFORE | PDF_LINE_BEFORE))
        return true;
    if (fabsf(before->size - character->size) > size / 20)
        return true;
    if (fabsf(before->base - character->base) > size / 8)
        return true;
    return character->left - before->right > size * WORD_GAP ||
           character->left < before->left - size / 2;
}

static bool add_word(struct pdf_page *page, size_t first, size_t end,
                     unsigned flags)
{
    const struct pdf_character *from = &page->characters[first];
    struct pdf_word *word;
    size_t i;

    if (!array_grow(&page->words, &page->words_capacity, page->n_words + 1,
                    sizeof *page->words))
        return false;
    word = &page->words[page->n_words++];
    *word = (struct pdf_word){
        .first = first,
        .n = end - first,
        .left = from->left,
        .top = from->top,
        .right = from->right,
        .bottom = from->bottom,
        .base = from->base,
        .size = from->size,
        .flags = PDF_BOLD | PDF_ITALIC,
    };
    for (i = first; i < end; i++) {
        const struct pdf_character *character = &page->characters[i];

        word->left = fminf(word->left, character->left);
        word->right = fmaxf(word->right, character->right);
        word->top = fminf(word->top, character->top);
        word->bottom = fmaxf(word->bottom, character->bottom);
        word->flags &= character->flags;
    }
    word->flags |= flags | (from->flags & (PDF_SPACE_BEFORE | PDF_LINE_BEFORE));
    return true;
}

static bool find_words(struct pdf_page *page)
{
    size_t first = 0, end = 0, line_end = 0, i;
    unsigned flags = 0;

    page->n_words = 0;
    for (i = 0; i < page->n_characters; i = end) {
        if (i == line_end)
            flags = is_rotated(page, first = i, &line_end) ? PDF_ROTATED : 0;
        for (end = i + 1; end < line_end; end++)
            if (flags ? page->characters[end].flags & PDF_SPACE_BEFORE
                      : ends_word(&page->characters[end - 1],
                                  &page->characters[end]))
                break;
        if (!add_word(page, i, end, flags))
            return false;
    }
    return true;
}

/* --- Rows --------------------------------------------------------------- */

/* Rotated words last, in the order in which they came. */
static int compare_bases(const void *a, const void *b)
{
    const struct pdf_word *left = a, *right = b;
    bool rotated = left->flags & PDF_ROTATED;

    if (rotated != (bool)(right->flags & PDF_ROTATED))
        return rotated ? 1 : -1;
    if (!rotated && left->base < right->base)
        return -1;
    if (!rotated && left->base > right->base)
        return 1;
    return (left->first > right->first) - (left->first < right->first);
}

static int compare_rows(const void *a, const void *b)
{
    const struct pdf_word *left = a, *right = b;

    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    if (!(left->flags & PDF_ROTATED)) {
        if (left->left < right->left)
            return -1;
        if (left->left > right->left)
            return 1;
    }
    return (left->first > right->first) - (left->first < right->first);
}

/* Whether WORD begins a row after the one that began with FIRST (rule W3). */
static bool begins_row(const struct pdf_word *first,
                       const struct pdf_word *word)
{
    if (word->flags & PDF_ROTATED)
        return word->flags & PDF_LINE_BEFORE || !(first->flags & PDF_ROTATED);
    return word->base - first->base > fminf(first->size, word->size) / 4;
}

static void number_rows(struct pdf_page *page)
{
    size_t first = 0, i;
    uint32_t row = 0;

    for (i = 0; i < page->n_words; i++) {
        if (i > 0 && begins_row(&page->words[first], &page->words[i])) {
            first = i;
            row++;
        }
        page->words[i].row = row;
    }
}

/* The size that most characters of the N words have; words of one size mostly
 * stand together, so that the largest run is what is counted. */
static float usual_size(const struct pdf_word *words, size_t n)
{
    size_t best = 0, count = 0, i;
    float size = 0, usual = 0;

    for (i = 0; i < n; i++) {
        if (fabsf(words[i].size - size) > size / 20) {
            size = words[i].size;
            count = 0;
        }
        count += words[i].n;
        if (count > best) {
            best = count;
            usual = size;
        }
    }
    return usual;
}

static float usual_base(const struct pdf_word *words, size_t n, float size)
{
    size_t i;

    for (i = 0; i < n; i++)
        if (fabsf(words[i].size - size) <= size / 20 &&
            !(words[i].flags & PDF_RAISED))
            return words[i].base;
    return words[0].base;
}

/* The mean of the N words' spaces, if there are three or more. */
static float usual_space(const struct pdf_word *words, size_t n)
{
    size_t count = 0, i;
    float sum = 0;

    for (i = 1; i < n; i++) {
        float space = words[i].left - words[i - 1].right;

        if (!(words[i].flags & PDF_SPACE_BEFORE) || space > words[i].size)
            continue;
        sum += space;
        count++;
    }
    return count >= 3 ? sum / (float)count : 0;
}

static bool find_rows(struct pdf_page *page)
{
    size_t i, end;

    page->n_rows = 0;
    for (i = 0; i < page->n_words; i = end) {
        struct pdf_row *row;

        for (end = i + 1;
             end < page->n_words && page->words[end].row == page->words[i].row;)
            end++;
        if (!array_grow(&page->rows, &page->rows_capacity, page->n_rows + 1,
                        sizeof *page->rows))
            return false;
        row = &page->rows[page->n_rows];
        row->first = i;
        row->n = end - i;
        row->size = usual_size(page->words + i, row->n);
        row->space = usual_space(page->words + i, row->n);
        row->base = usual_base(page->words + i, row->n, row->size);
        for (; i < end; i++)
            page->words[i].row = (uint32_t)page->n_rows;
        page->n_rows++;
    }
    return true;
}

/* --- W4, W5 ------------------------------------------------------------- */

static bool is_number(const struct pdf_page *page, const struct pdf_word *word)
{
    size_t i;

    for (i = 0; i < word->n; i++) {
        char32_t code = page->characters[word->first + i].code;

        if (!is_ascii_digit(code))
            return false;
    }
    return word->n <= 3;
}

/* Whether SMALL stands right behind WORD, or before it as the mark of
 * a footnote does, which may have a wide gap behind it. */
static bool stands_beside(const struct pdf_word *small,
                          const struct pdf_word *word)
{
    float behind = small->left - word->right,
          before = word->left - small->right;

    if (behind > -word->size / 4 && behind < word->size * 0.6F)
        return true;
    return before > -word->size / 4 && before < word->size * 3;
}

/* The first word of ROW that begins right of X; its end if there is none. */
static size_t find_right_of(const struct pdf_page *page,
                            const struct pdf_row *row, float x)
{
    size_t low = row->first, high = row->first + row->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (page->words[middle].left > x)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* Whether SMALL belongs to ROW (rule W4). */
static bool belongs(const struct pdf_page *page, const struct pdf_word *small,
                    const struct pdf_row *row)
{
    float limit = row->size * (is_number(page, small) ? 1.01F : SMALLER);
    float lift = row->base - small->base;
    bool same_size = small->size > row->size * SMALLER;
    size_t middle, i;

    if (small->size > limit || lift > row->size * 0.6F ||
        lift < row->size * -0.35F || (same_size && lift < row->size / 5))
        return false;
    middle = find_right_of(page, row, small->left);
    for (i = middle > row->first + BESIDE ? middle - BESIDE : row->first;
         i < row->first + row->n && i < middle + BESIDE; i++)
        if (page->words[i].size > small->size * (same_size ? 0.95F : 1.05F) &&
            fabsf(page->words[i].size - row->size) < row->size / 20 &&
            stands_beside(small, &page->words[i]))
            return true;
    return false;
}

/* The nearest row that WORD of row AT belongs to, else AT. */
static uint32_t home_of(const struct pdf_page *page,
                        const struct pdf_word *word, uint32_t at)
{
    uint32_t n = (uint32_t)page->n_rows, i;

    for (i = at + 1; i < n && i <= at + NEAR_ROWS; i++)
        if (belongs(page, word, &page->rows[i]))
            return i;
    for (i = at; i > 0 && at - i < NEAR_ROWS; i--)
        if (belongs(page, word, &page->rows[i - 1]))
            return i - 1;
    return at;
}

static void bring_home(struct pdf_page *page)
{
    size_t i;

    for (i = 0; i < page->n_words; i++) {
        struct pdf_word *word = &page->words[i];
        uint32_t row = word->row, home;

        if (word->flags & PDF_ROTATED || word->n > 8)
            continue;
        home = home_of(page, word, row);
        if (home > row)
            word->flags |= PDF_RAISED;
        word->row = home;
    }
}

/* Marks that are so close to the base line that they came into the row. */
static void find_raised(struct pdf_page *page)
{
    size_t i;

    for (i = 0; i < page->n_words; i++) {
        struct pdf_word *word = &page->words[i];
        const struct pdf_row *row = &page->rows[word->row];

        if (!(word->flags & PDF_ROTATED) && word->size < row->size * SMALLER &&
            row->base - word->base > row->size / 8)
            word->flags |= PDF_RAISED;
    }
}

static bool is_printed_over(const struct pdf_page *page,
                            const struct pdf_word *word,
                            const struct pdf_word *again)
{
    size_t i;

    if (word->row != again->row || word->n != again->n ||
        again->flags & PDF_ROTATED ||
        fabsf(again->left - word->left) > word->size / 5 ||
        fabsf(again->right - word->right) > word->size / 5)
        return false;
    for (i = 0; i < word->n; i++)
        if (page->characters[word->first + i].code !=
            page->characters[again->first + i].code)
            return false;
    return true;
}

static void drop_printed_over(struct pdf_page *page)
{
    size_t n = 0, i;

    for (i = 0; i < page->n_words; i++)
        if (n == 0 ||
            !is_printed_over(page, &page->words[n - 1], &page->words[i]))
            page->words[n++] = page->words[i];
    page->n_words = n;
}

static void sort_words(struct pdf_page *page,
                       int (*compare)(const void *, const void *))
{
    if (page->n_words > 1)
        qsort(page->words, page->n_words, sizeof *page->words, compare);
}

enum status pdf_page_words(struct pdf_page *page, struct failure *failure)
{
    pdf_page_bases(page);
    if (!find_words(page))
        return fail_memory(failure);
    sort_words(page, compare_bases);
    number_rows(page);
    sort_words(page, compare_rows);
    if (!find_rows(page))
        return fail_memory(failure);
    bring_home(page);
    sort_words(page, compare_rows);
    drop_printed_over(page);
    if (!find_rows(page))
        return fail_memory(failure);
    find_raised(page);
    return STATUS_OK;
}
