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
 *   F4  to F6: what stands at the edges of pages, in rebuild_edges.c.
 *   F7  Without pages: "[Page 7]" at the end of a line; a number or a symbol
 *       alone between gaps that follows other furniture; a number alone
 *       between gaps that cuts a sentence. */
#include <config.h>

#include "src/document/rebuild_parts.h"

#include "base/ascii.h"

#include <string.h>

enum { CONTENTS_APART = 4 };

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
    return text.length < FURNITURE_BYTES &&
           memchr(text.data, ':', text.length) &&
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
        } else if (follows && line->gap < 0.5F &&
                   text.length < FURNITURE_SHORT) {
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

/* Whether line I, which stands alone, is furniture: a number that cuts a
 * sentence, or follows other furniture; or a code or a copy of the line before
 * that does. */
static bool is_furniture_alone(const struct rebuild *rebuild, size_t i)
{
    enum { HEAD_BYTES = 24 };
    const struct line *line = &rebuild->lines[i], *before = line - 1;
    bool number = is_page_number(line);

    if (number && i + 1 < rebuild->n_lines &&
        !line_has(before, LINE_STRONG | LINE_COMMA) &&
        line_has(line + 1, LINE_LOWER))
        return true;
    if (before->kind != LINE_FURNITURE)
        return false;
    if (number)
        return true;
    return !line_has(before, LINE_RULE) &&
           (line_is_code(rebuild, line) ||
            (line->n_letters > 0 && line->end - line->start < HEAD_BYTES &&
             bytes_equal(line_text(rebuild, line),
                         line_text(rebuild, before))));
}

static void find_numbers(struct rebuild *rebuild)
{
    for (size_t i = 1; i < rebuild->n_lines; i++) {
        struct line *line = &rebuild->lines[i];

        if (line->kind != LINE_BODY)
            continue;
        if (is_page_mark(line_text(rebuild, line)) ||
            (line_has(line, LINE_DIGITS) && stands_alone(rebuild, i) &&
             is_furniture_alone(rebuild, i)))
            line->kind = LINE_FURNITURE;
    }
}

enum status rebuild_find_furniture(struct rebuild *rebuild,
                                   struct failure *failure)
{
    enum status status = STATUS_OK;

    find_residue(rebuild);
    find_contents(rebuild);
    if (rebuild->has_pages)
        status = rebuild_find_edges(rebuild, failure);
    if (!rebuild->has_pages)
        find_numbers(rebuild);
    return status;
}
