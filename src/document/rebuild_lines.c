/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each line is by itself.
 *
 *   L1  A line ends a clause even if the mark of a footnote follows:
 *       superscript digits anywhere, one or two digits glued to the
 *       punctuation; and so does the source of a quotation, "… p. 85]".
 *   L2  Two numbered paragraphs on one line are divided where the second
 *       number follows on the first, punctuation stands before it, a capital
 *       after it, and the number after that begins the next numbered line: "8.
 *       … resolutions; 9. Notes …", "10. …". */
#include <config.h>

#include "src/document/rebuild_parts.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "src/document/characters.h"
#include "src/document/rebuild_candidates.h"
#include "src/document/rebuild_measure.h"
#include "src/text/utf8.h"

#include <unicode/uchar.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The widths of ASCII from the space to the tilde in a type with serifs, in
 * parts of a digit's width of 9. */
static const char type_widths[] = "5689999669995;5599999999999666999"
                                  "9DBCDCBDD69D<GDD:DCACDDGDDC6565949"
                                  "989986996696=9999677999D998488";

enum { BYTE_DIGIT = 1, BYTE_LETTER = 2, BYTE_EMPHASIS = 4, BYTE_HIGH = 8 };

static unsigned char byte_classes(unsigned char byte)
{
    if (is_ascii_digit(byte))
        return BYTE_DIGIT;
    if (is_ascii_letter(byte))
        return BYTE_LETTER;
    if (byte == '*' || byte == '_')
        return BYTE_EMPHASIS;
    return byte >= 0x80 ? BYTE_HIGH : 0;
}

struct tables {
    unsigned char classes[256];
    unsigned char widths[256];
};

static void fill_tables(struct tables *tables)
{
    unsigned i;

    for (i = 0; i < 256; i++) {
        tables->classes[i] = byte_classes((unsigned char)i);
        tables->widths[i] = 9;
        if (i >= 0x80 && i < 0xC0)
            tables->widths[i] = 0;
        if (i >= ' ' && i - ' ' < sizeof type_widths - 1)
            tables->widths[i] = (unsigned char)(type_widths[i - ' '] - '0');
    }
}

static bool is_superscript_digit(char32_t c)
{
    return c == 0xB9 || c == 0xB2 || c == 0xB3 || (c >= 0x2070 && c <= 0x2079);
}

/* TEXT without a mark in brackets behind a stop at its end: "here.  [1]". */
static struct bytes without_brackets(struct bytes text)
{
    size_t at = text.length - 1;
    unsigned number;

    while (at > 0 && text.length - at < 5 && text.data[at] != '[')
        at--;
    if (bracketed_number((struct bytes){text.data + at, text.length - at},
                         &number) != text.length - at)
        return text;
    at -= at > 0 && text.data[at - 1] == '^';
    while (at > 0 && text.data[at - 1] == ' ')
        at--;
    if (at > 0 && strchr(".,;:", text.data[at - 1]))
        text.length = at;
    return text;
}

/* TEXT without the mark of a footnote at its end (rule L1). */
static struct bytes without_mark(struct bytes text)
{
    size_t digits = 0;
    char32_t last;

    if (text.length > 3 && text.data[text.length - 1] == ']')
        return without_brackets(text);
    while (text.length > 0 &&
           (unsigned char)text.data[text.length - 1] >= 0x80 &&
           is_superscript_digit(last = last_character(text))) {
        char bytes[4];

        text.length -= utf8_encode(last, bytes);
    }
    while (digits < text.length && digits < 3 &&
           is_ascii_digit(text.data[text.length - 1 - digits]))
        digits++;
    if (digits > 0 && digits < 3 && digits + 1 < text.length) {
        size_t at = text.length - digits;

        if (text.data[at - 1] == ' ' && at > 1)
            at--;
        if (strchr(".,;:", text.data[at - 1]))
            text.length = at;
    }
    return text;
}

/* "…" [Life and Ideas, p. 85]: the source behind a quotation ends it. */
static bool ends_source(struct bytes text)
{
    return text.length > 8 && text.data[text.length - 1] == ']' &&
           is_ascii_digit(text.data[text.length - 2]) &&
           without_brackets(text).length == text.length &&
           memchr(text.data + text.length - 8, ' ', 7);
}

static unsigned end_flags(struct bytes text)
{
    struct bytes end = without_mark(text);
    unsigned char last =
        end.length ? (unsigned char)end.data[end.length - 1] : 0;
    unsigned flags = 0;
    char32_t hyphen;

    /* By far the most lines end in a letter. */
    if (byte_classes(last) & (BYTE_LETTER | BYTE_DIGIT))
        return 0;
    if (ends_clause(end, false) || ends_source(end))
        flags |= LINE_STRONG;
    else if (ends_clause(end, true))
        flags |= LINE_COMMA;
    hyphen = last_character(text);
    if (is_hyphen(hyphen) || hyphen == 0xAD) {
        char bytes[4];

        text.length -= utf8_encode(hyphen, bytes);
        if (is_letter_or_digit(last_character(text)))
            flags |= LINE_HYPHEN;
    }
    return flags;
}

static bool is_caseless(char32_t c)
{
    return c >= 0x80 && u_tolower((UChar32)c) == (UChar32)c;
}

/* The case of the first letter, quotation marks and brackets passed over. */
static unsigned start_flags(struct bytes text)
{
    size_t at = 0, tries = 0;

    if (text.length > 1 && text.data[0] == '[')
        return LINE_UPPER; /* a remark of its own: "[on the report …]" */
    while (at < text.length && tries++ < 8) {
        char32_t c = (unsigned char)text.data[at];
        size_t length = 1;

        if (c >= 0x80)
            length = utf8_decode(text.data + at, text.length - at, &c);
        if (c < 0x80 ? is_ascii_small(c) : u_islower((UChar32)c))
            return LINE_LOWER;
        if (is_letter_or_digit(c) && !is_ascii_digit(c))
            return LINE_UPPER | (is_caseless(c) ? LINE_CASELESS : 0U);
        if (is_ascii_digit(c))
            return 0;
        at += length;
    }
    return 0;
}

/* Dots that lead the eye to a page number at the end. */
static bool has_leaders(struct bytes text)
{
    size_t end = text.length, dots = 0;

    while (end > 0 && text.length - end < 6 &&
           strchr("0123456789ivxlIVXL-", text.data[end - 1]))
        end--;
    if (end == text.length || end == 0)
        return false;
    while (end > 0 && dots < 5) {
        char c = text.data[end - 1];

        if (c != '.' && c != ' ' && c != '_' && c != '\t')
            break;
        dots += c == '.' || c == '_';
        end--;
    }
    if (end >= 3 && memcmp(text.data + end - 3, "\u2026", 3) == 0)
        dots += 5;
    return dots >= 5;
}

/* Count what LINE has, into its flags; its width in type is returned. */
static float scan(const struct tables *tables, struct bytes text,
                  struct line *line)
{
    unsigned width = 0, digits = 0, letters = 0, emphasis = 0, high = 0;
    unsigned glued = 0, before = 0;
    size_t i;

    for (i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        unsigned class = tables->classes[byte];

        width += tables->widths[byte];
        digits += class & BYTE_DIGIT;
        letters += class & BYTE_LETTER;
        emphasis |= class & BYTE_EMPHASIS;
        high |= class & BYTE_HIGH;
        glued |= class & BYTE_DIGIT & ~before;
        before = class;
    }
    letters /= BYTE_LETTER;
    if (high && letters < 255 && has_letter_or_digit(text))
        letters++;
    line->n_digits = (uint8_t)(digits < 255 ? digits : 255);
    line->n_letters = (uint8_t)(letters < 255 ? letters : 255);
    line->flags |= (letters ? LINE_LETTERS : 0) | (digits ? LINE_DIGITS : 0) |
                   (emphasis ? LINE_EMPHASIS : 0) |
                   (glued || high ? LINE_GLUED : 0);
    return (float)width / 9;
}

static bool is_markup_heading(struct bytes text)
{
    size_t marks = 0;

    while (marks < text.length && marks < 7 && text.data[marks] == '#')
        marks++;
    return marks > 0 && marks < 7 && marks + 1 < text.length &&
           text.data[marks] == ' ';
}

static void read_line(struct rebuild *rebuild, const struct tables *tables,
                      struct line *line)
{
    struct bytes text = line_text(rebuild, line);
    float width;

    line->flags &= LINE_TAB | LINE_SPLIT;
    width = scan(tables, text, line);
    line->flags |= end_flags(text) | start_flags(text);
    if (!(line->flags & (LINE_LETTERS | LINE_DIGITS)) && text.length >= 3)
        line->flags |= LINE_RULE;
    if (line_has(line, LINE_DIGITS | LINE_LETTERS) && has_leaders(text))
        line->flags |= LINE_LEADERS;
    if (text.data[0] == '#' && is_markup_heading(text))
        line->flags |= LINE_MARKUP;
    line->item = item_read(text);
    if (line->item.kind != ITEM_NONE && line->item.length == text.length)
        line->flags |= LINE_BARE;
    if (!rebuild->page_text->has_geometry && text.length > LONG_LINE &&
        (text.length > 4 * LONG_LINE ||
         utf8_columns(text.data, text.length) > LONG_LINE))
        line->flags |= LINE_LONG;
    line->full = line->left + width; /* for now: see rebuild_measure.c */
}

/* Where in LINE the paragraph begins that WANTED, a number and its dot between
 * blanks, is in front of (rule L2); 0: nowhere. */
static size_t find_number(const struct rebuild *rebuild,
                          const struct line *line, struct bytes wanted)
{
    struct bytes text = line_text(rebuild, line);
    const size_t length = wanted.length;
    const char *at = text.data, *end = text.data + text.length;

    while ((at = memmem(at, (size_t)(end - at), wanted.data, length))) {
        struct bytes after = {at + length, (size_t)(end - at) - length};

        if (at > text.data && strchr(".;:,", at[-1]) &&
            start_flags(after) & LINE_UPPER)
            return (size_t)(at + 1 - rebuild->text.data);
        at++;
    }
    return 0;
}

struct split {
    size_t line, at;
};

static enum status note_split(struct split **splits, size_t *n,
                              size_t *capacity, struct split split,
                              struct failure *failure)
{
    if (!array_grow(splits, capacity, *n + 1, sizeof **splits))
        return fail_memory(failure);
    (*splits)[(*n)++] = split;
    return STATUS_OK;
}

/* Find the places of rule L2. A place is only noted when the number after it
 * has been seen, so that the ones found are in order. */
static enum status find_splits(const struct rebuild *rebuild,
                               struct split **splits, size_t *n,
                               struct failure *failure)
{
    struct split found = {0, 0};
    size_t capacity = 0, i;
    unsigned number = 0;
    char wanted[16];
    enum status status = STATUS_OK;

    for (i = 0; i < rebuild->n_lines && status == STATUS_OK; i++) {
        const struct line *line = &rebuild->lines[i];

        if (line->item.kind == ITEM_DECIMAL) {
            if (found.at && line->item.value == number + 2)
                status = note_split(splits, n, &capacity, found, failure);
            number = line->item.value;
            snprintf(wanted, sizeof wanted, " %u. ", number + 1);
            found.at = 0;
        }
        if (number && !found.at && line_has(line, LINE_DIGITS))
            found =
                (struct split){i, find_number(rebuild, line, bytes_of(wanted))};
    }
    return status;
}

/* Divide the lines at SPLITS. From the end, so that each moves once. */
static enum status apply_splits(struct rebuild *rebuild,
                                const struct tables *tables,
                                const struct split *splits, size_t n,
                                struct failure *failure)
{
    size_t to = rebuild->n_lines + n, from = rebuild->n_lines;
    struct line *lines;

    if (!array_grow(&rebuild->lines, &rebuild->lines_capacity, to,
                    sizeof *rebuild->lines))
        return fail_memory(failure);
    lines = rebuild->lines;
    rebuild->n_lines = to;
    while (n > 0) {
        struct line *rest;

        from--;
        lines[--to] = lines[from];
        if (splits[n - 1].line != from)
            continue;
        rest = &lines[to];
        lines[--to] = *rest;
        rest->start = splits[--n].at;
        rest->gap = 0;
        rest->flags = LINE_SPLIT;
        lines[to].end = rest->start - 1;
        while (white_length_before(rebuild->text.data + lines[to].start,
                                   lines[to].end - lines[to].start) > 0)
            lines[to].end -=
                white_length_before(rebuild->text.data + lines[to].start,
                                    lines[to].end - lines[to].start);
        read_line(rebuild, tables, rest);
        read_line(rebuild, tables, &lines[to]);
    }
    return STATUS_OK;
}

static enum status divide_lines(struct rebuild *rebuild,
                                const struct tables *tables,
                                struct failure *failure)
{
    struct split *splits = NULL;
    size_t n = 0;
    enum status status = find_splits(rebuild, &splits, &n, failure);

    if (status == STATUS_OK && n > 0)
        status = apply_splits(rebuild, tables, splits, n, failure);
    free(splits);
    return status;
}

enum status rebuild_read_lines(struct rebuild *rebuild, struct failure *failure)
{
    const struct page_text *page_text = rebuild->page_text;
    size_t bytes = 0, long_bytes = 0, i;
    const struct measure measure = measure_find(page_text);
    struct tables tables;

    fill_tables(&tables);
    if (!array_grow(&rebuild->lines, &rebuild->lines_capacity,
                    page_text->n_lines, sizeof *rebuild->lines))
        return fail_memory(failure);
    for (i = 0; i < page_text->n_lines; i++) {
        const struct page_line *from = &page_text->lines[i];
        struct line *line = &rebuild->lines[rebuild->n_lines];

        *line = (struct line){
            .start = from->start,
            .end = from->end,
            .left = (from->left - measure.origin) / measure.unit,
            .right = (from->right - measure.origin) / measure.unit,
            .top = from->top,
            .page = from->page,
            .size = from->size,
            .raised = from->raised_first,
            .bold = from->bold,
        };
        rebuild->n_lines++;
        read_line(rebuild, &tables, line);
        bytes += line->end - line->start;
        if (line_has(line, LINE_LONG))
            long_bytes += line->end - line->start;
    }
    rebuild->loose = long_bytes > bytes / 2;
    rebuild->has_pages = page_text->n_lines > 0 &&
                         page_text->lines[page_text->n_lines - 1].page !=
                             page_text->lines[0].page;
    measure_lines(rebuild);
    return divide_lines(rebuild, &tables, failure);
}
