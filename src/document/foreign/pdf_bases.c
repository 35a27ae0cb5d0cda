/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the base line of each character is, which libpoppler does not tell: it
 * gives for all characters of a word how far the font of its first one reaches
 * up and down.
 *
 *   Z1  It is thought to be at a fifth of that height, from below.
 *   Z2  What fonts differ from that is learned. Words that begin with two fonts
 *       of one size, and come one after the other in a line of libpoppler,
 *       mostly stand on one base line: the mean of what they are apart there
 *       is made good, from the font of most characters to those that it is
 *       seen with, and on from these. */
#include <config.h>

#include "src/document/foreign/pdf_parts.h"

#include <math.h>

enum { MAX_FONTS = 32 }; /* of a page; those after it are as of Z1 */

/* Above it characters are raised or lowered, not of another font. */
#define MAX_DIFFERENCE 0.45F /* of the size */

struct font {
    uint32_t name;
    size_t n;    /* characters */
    float shift; /* of the base line, in sizes */
    bool known;  /* the shift is */
};

struct fonts {
    struct font items[MAX_FONTS];
    size_t n;
    float sums[MAX_FONTS][MAX_FONTS]; /* of differences, in sizes */
    float counts[MAX_FONTS][MAX_FONTS];
};

/* The number of the font NAME in FONTS; .n of them if there is no room. */
static size_t find_font(struct fonts *fonts, uint32_t name)
{
    size_t i = 0;

    while (i < fonts->n && fonts->items[i].name != name)
        i++;
    if (i == fonts->n && i < MAX_FONTS)
        fonts->items[fonts->n++] = (struct font){.name = name};
    return i;
}

/* Rule Z1. */
static float base_of(const struct pdf_character *character)
{
    return character->bottom - (character->bottom - character->top) / 5;
}

/* Note how much the fonts of two characters in a row differ that begin words of
 * libpoppler. */
static void note(struct fonts *fonts, const struct pdf_character *before,
                 size_t font_before, const struct pdf_character *character,
                 size_t font)
{
    float size = character->size;
    float apart = (before->base - character->base) / size;

    if (!(size > 0) || character->flags & PDF_LINE_BEFORE ||
        fabsf(before->size - size) > size / 20 || fabsf(apart) > MAX_DIFFERENCE)
        return;
    fonts->sums[font_before][font] += apart;
    fonts->counts[font_before][font]++;
    fonts->sums[font][font_before] -= apart;
    fonts->counts[font][font_before]++;
}

/* The character after the word of libpoppler that begins at FIRST. */
static size_t word_end(const struct pdf_page *page, size_t first)
{
    size_t end = first + 1;

    while (end < page->n_characters && !(page->characters[end].flags &
                                         (PDF_SPACE_BEFORE | PDF_LINE_BEFORE)))
        end++;
    return end;
}

static void survey(struct fonts *fonts, const struct pdf_page *page)
{
    size_t before = 0, font_before = MAX_FONTS, i, end;

    for (i = 0; i < page->n_characters; before = i, i = end) {
        const struct pdf_character *first = &page->characters[i];
        size_t font = find_font(fonts, first->font);

        end = word_end(page, i);
        if (font < MAX_FONTS)
            fonts->items[font].n += end - i;
        if (font != font_before && font < MAX_FONTS && font_before < MAX_FONTS)
            note(fonts, &page->characters[before], font_before, first, font);
        font_before = font;
    }
}

/* The font to go on from: of those whose shift is known and that have not been
 * TRIED the one of most characters; at first that of all. */
static size_t next_font(const struct fonts *fonts, const bool *tried)
{
    size_t best = MAX_FONTS;

    for (size_t i = 0; i < fonts->n; i++)
        if (!tried[i] && fonts->items[i].known &&
            (best == MAX_FONTS || fonts->items[i].n > fonts->items[best].n))
            best = i;
    return best;
}

/* Rule Z2. */
static void find_shifts(struct fonts *fonts)
{
    bool tried[MAX_FONTS] = {false};
    size_t most = 0, font;

    for (size_t i = 1; i < fonts->n; i++)
        if (fonts->items[i].n > fonts->items[most].n)
            most = i;
    fonts->items[most].known = true;
    while ((font = next_font(fonts, tried)) < MAX_FONTS) {
        tried[font] = true;
        for (size_t i = 0; i < fonts->n; i++) {
            if (fonts->items[i].known || fonts->counts[font][i] == 0)
                continue;
            fonts->items[i].known = true;
            fonts->items[i].shift =
                fonts->items[font].shift +
                fonts->sums[font][i] / fonts->counts[font][i];
        }
    }
}

void pdf_page_bases(struct pdf_page *page)
{
    struct fonts fonts = {.n = 0};
    size_t i, end;

    for (i = 0; i < page->n_characters; i++)
        page->characters[i].base = base_of(&page->characters[i]);
    survey(&fonts, page);
    if (fonts.n < 2)
        return;
    find_shifts(&fonts);
    for (i = 0; i < page->n_characters; i = end) {
        size_t font = find_font(&fonts, page->characters[i].font);

        for (end = word_end(page, i); i < end && font < MAX_FONTS; i++)
            page->characters[i].base +=
                fonts.items[font].shift * page->characters[i].size;
    }
}
