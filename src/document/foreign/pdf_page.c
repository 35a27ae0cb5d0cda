/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The characters of a page with their places, sizes and styles.
 *
 * libpoppler gives a page as three things: its text, a rectangle for each
 * character of it, and stretches of one font. Two faults of it
 * (versions 0.x to 22.12 at least) are made up for:
 *
 *   - In text that is read from right to left it turns the characters round
 *     and puts directional marks among them, but rectangles and stretches are
 *     counted without the marks and in the order of the page. So the
 *     marks are followed back: what stands between RLE and PDF is turned,
 *     and what stands between LRE and PDF within it is turned once more.
 *   - Where most of a page is read from right to left, a selection from the
 *     left edge to the right one lacks the short lines at its beginning and
 *     its end. So the selection from right to left is tried too; whichever
 *     has more text is taken. */
#include <config.h>

#include "src/document/foreign/pdf_parts.h"

#include "base/ascii.h"
#include "src/document/characters.h"
#include "src/document/foreign/symbol.h"
#include "src/text/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LRE = 0x202A, RLE = 0x202B, POP = 0x202C };

/* Sizes below and above are of no use to anyone. */
#define MIN_SIZE 0.5F
#define MAX_SIZE 1000.0F

/* What libpoppler gives for a page. */
struct answer {
    PopplerRectangle area;
    char *text;
    PopplerRectangle *rectangles;
    guint n_rectangles;
    GList *attributes;
};

static void answer_release(struct answer *answer)
{
    g_free(answer->text);
    g_free(answer->rectangles);
    poppler_page_free_text_attributes(answer->attributes);
}

void pdf_page_release(struct pdf_page *page)
{
    free(page->characters);
    free(page->words);
    free(page->rows);
    free(page->pieces);
    free(page->aside);
    *page = (struct pdf_page){0};
}

static bool has_rtl(struct bytes text)
{
    size_t at = 0;

    while (at < text.length) {
        char32_t code;

        at += utf8_decode(text.data + at, text.length - at, &code);
        if (code == RLE || pdf_is_rtl(code))
            return true;
    }
    return false;
}

static size_t text_length(const char *text)
{
    return text ? strlen(text) : 0;
}

static void ask(PopplerPage *source, struct answer *answer)
{
    double width, height;
    char *turned;

    poppler_page_get_size(source, &width, &height);
    answer->area = (PopplerRectangle){0, 0, width, height};
    answer->text = poppler_page_get_text_for_area(source, &answer->area);
    if (text_length(answer->text) == 0 ||
        has_rtl((struct bytes){answer->text, text_length(answer->text)})) {
        PopplerRectangle area = {width, 0, 0, height};

        turned = poppler_page_get_text_for_area(source, &area);
        if (text_length(turned) > text_length(answer->text)) {
            char *other = answer->text;

            answer->text = turned;
            answer->area = area;
            turned = other;
        }
        g_free(turned);
    }
    if (!poppler_page_get_text_layout_for_area(
            source, &answer->area, &answer->rectangles, &answer->n_rectangles))
        answer->n_rectangles = 0;
    answer->attributes =
        poppler_page_get_text_attributes_for_area(source, &answer->area);
}

static bool push(struct pdf_page *page, char32_t code)
{
    if (!array_grow(&page->characters, &page->characters_capacity,
                    page->n_characters + 1, sizeof *page->characters))
        return false;
    page->characters[page->n_characters++] =
        (struct pdf_character){.code = code};
    return true;
}

static void turn(struct pdf_character *characters, size_t n)
{
    size_t i;

    for (i = 0; i < n / 2; i++) {
        struct pdf_character held = characters[i];

        characters[i] = characters[n - 1 - i];
        characters[n - 1 - i] = held;
    }
}

/* Take the characters of TEXT in the order of the page. */
static bool read_codes(struct pdf_page *page, struct bytes text)
{
    size_t rle = SIZE_MAX, lre = SIZE_MAX, at = 0;

    while (at < text.length) {
        char32_t code;

        at += utf8_decode(text.data + at, text.length - at, &code);
        if (code == RLE) {
            rle = page->n_characters;
        } else if (code == LRE) {
            lre = page->n_characters;
        } else if (code == POP && lre != SIZE_MAX) {
            turn(page->characters + lre, page->n_characters - lre);
            lre = SIZE_MAX;
        } else if (code == POP && rle != SIZE_MAX) {
            turn(page->characters + rle, page->n_characters - rle);
            rle = SIZE_MAX;
        } else if (!push(page, code)) {
            return false;
        }
    }
    return true;
}

/* --- Places and fonts --------------------------------------------------- */

static bool is_sound(const PopplerRectangle *rectangle)
{
    return fabs(rectangle->x1) < 1e6 && fabs(rectangle->x2) < 1e6 &&
           fabs(rectangle->y1) < 1e6 && fabs(rectangle->y2) < 1e6;
}

static void place(struct pdf_page *page, const struct answer *answer)
{
    size_t i;

    for (i = 0; i < page->n_characters && i < answer->n_rectangles; i++) {
        const PopplerRectangle *from = &answer->rectangles[i];
        struct pdf_character *to = &page->characters[i];

        if (!is_sound(from))
            continue;
        to->left = (float)fmin(from->x1, from->x2);
        to->right = (float)fmax(from->x1, from->x2);
        to->top = (float)fmin(from->y1, from->y2);
        to->bottom = (float)fmax(from->y1, from->y2);
    }
}

/* The name of a font without the six letters of a subset. */
static const char *font_name(const PopplerTextAttributes *attributes)
{
    const char *name = attributes->font_name ? attributes->font_name : "";

    return strlen(name) > 7 && name[6] == '+' ? name + 7 : name;
}

static bool has_any(const char *name, const char *const *parts)
{
    for (; *parts; parts++)
        if (strcasestr(name, *parts))
            return true;
    return false;
}

static unsigned style(const char *name)
{
    static const char *const bold[] = {"bold", "black", "heavy", "demi", NULL};
    static const char *const italic[] = {"italic", "oblique", NULL};

    return (has_any(name, bold) ? PDF_BOLD : 0) |
           (has_any(name, italic) ? PDF_ITALIC : 0);
}

/* A character of a font of symbols, which has its number in the font for a
 * code, as one of Unicode. */
static char32_t symbol_of(const char *font, char32_t code)
{
    static const char *const families[] = {
        "Symbol", "Wingdings 2", "Wingdings 3", "Wingdings", "Webdings"};
    char32_t found = 0;
    size_t i;

    for (i = 0; i < sizeof families / sizeof *families && !found; i++)
        if (strcasestr(font, families[i]))
            found = symbol_character(bytes_of(families[i]), (unsigned)code);
    /* What most such characters are used for. */
    return found ? found : 0x2022;
}

/* FNV-1a, 32 bits. */
static uint32_t hash_name(const char *name)
{
    uint32_t hash = 0x811C9DC5;

    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 0x01000193;
    return hash;
}

static void dress(struct pdf_page *page, const PopplerTextAttributes *from)
{
    const char *name = font_name(from);
    unsigned flags = style(name);
    uint32_t font = hash_name(name);
    float size = (float)from->font_size;
    size_t i;

    if (!(size >= MIN_SIZE) || size > MAX_SIZE)
        size = 0;
    if (from->start_index < 0 || from->end_index < from->start_index)
        return;
    for (i = (size_t)from->start_index;
         i <= (size_t)from->end_index && i < page->n_characters; i++) {
        page->characters[i].size = size;
        page->characters[i].font = font;
        page->characters[i].flags = flags;
        if (page->characters[i].code >= 0xF000 &&
            page->characters[i].code <= 0xF0FF)
            page->characters[i].code =
                symbol_of(name, page->characters[i].code);
    }
}

/* --- What is no text ---------------------------------------------------- */

static bool is_white(char32_t code)
{
    char bytes[4];
    size_t length = utf8_encode(code, bytes);

    return white_length(bytes, length) == length;
}

/* Marks of direction, which are made anew by pdf_read_order, and what stands
 * for nothing. */
static bool is_nothing(char32_t code)
{
    return code == 0 || code == 0xFEFF || code == 0x200E || code == 0x200F ||
           code == 0x200B || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || (code & 0xFFFE) == 0xFFFE;
}

/* Drop white space, and remember it of what follows it. */
static void drop_white(struct pdf_page *page)
{
    unsigned before = PDF_LINE_BEFORE;
    size_t n = 0, i;

    for (i = 0; i < page->n_characters; i++) {
        struct pdf_character *character = &page->characters[i];

        if (character->code == '\n') {
            before |= PDF_LINE_BEFORE;
        } else if (is_nothing(character->code)) {
            continue;
        } else if (is_white(character->code)) {
            before |= PDF_SPACE_BEFORE;
        } else {
            if (character->size <= 0)
                character->size = character->bottom - character->top;
            if (!(character->size >= MIN_SIZE))
                character->size = MIN_SIZE;
            character->flags |= before;
            page->characters[n++] = *character;
            before = 0;
        }
    }
    page->n_characters = n;
}

static void find_direction(struct pdf_page *page)
{
    size_t n_rtl = 0, n_ltr = 0, i;

    for (i = 0; i < page->n_characters; i++) {
        char32_t code = page->characters[i].code;

        if (pdf_is_rtl(code))
            n_rtl++;
        else if (is_letter_or_digit(code) && !is_ascii_digit(code))
            n_ltr++;
    }
    page->rtl = n_rtl > n_ltr;
}

enum status pdf_page_read(struct pdf_page *page, PopplerPage *source,
                          struct failure *failure)
{
    struct answer answer = {.text = NULL};
    enum status status = STATUS_OK;
    const GList *item;

    page->n_characters = 0;
    ask(source, &answer);
    page->width = (float)fmax(answer.area.x1, answer.area.x2);
    if (answer.n_rectangles > PDF_MAX_CHARACTERS)
        status =
            fail(failure, STATUS_LIMIT, "page %u has more than %d characters",
                 (unsigned)page->number, (int)PDF_MAX_CHARACTERS);
    else if (!read_codes(page,
                         (struct bytes){answer.text, text_length(answer.text)}))
        status = fail_memory(failure);
    if (status == STATUS_OK) {
        place(page, &answer);
        for (item = answer.attributes; item; item = item->next)
            dress(page, item->data);
        drop_white(page);
        find_direction(page);
    }
    answer_release(&answer);
    return status;
}
