/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What may be the mark of a footnote:
 *
 *   R1  digits that stand raised on the page, and superscript digits, but not
 *       those of units (m², km³);
 *   R2  one to three digits glued to a small letter or to a bracket or
 *       quotation mark that closes, if no letter or digit follows;
 *   R3  the same glued to a comma, semicolon, colon or full stop that has a
 *       letter, bracket or digit before it, except in 1,000 and, behind a full
 *       stop, in symbols with a slash and abbreviations ("Add.1", "No.4");
 *   R4  the one or two digits that follow on a year: 20031;
 *   R5  digits between blanks behind a comma or full stop, or between a word
 *       and a small letter or the end of the line;
 *   R6  up to three digits in square brackets that are glued to what stands
 *       before them, "July,[1] to", or behind a circumflex, "July, ^[1] to", as
 *       browsers print what is raised;
 *   R7  the same behind a blank, where the footnotes are numbered anew from
 *       part to part. Elsewhere they are words of the sentence: "as in [1]"
 *       cites a book of a list. */
#include <config.h>

#include "src/document/rebuild_candidates.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "src/document/characters.h"
#include "src/document/rebuild_parts.h"
#include "src/text/utf8.h"

#include <stdlib.h>
#include <string.h>

struct finder {
    const struct rebuild *rebuild;
    struct candidates *candidates;
    bool anew; /* footnotes are numbered anew from part to part */
};

size_t bracketed_number(struct bytes text, unsigned *number)
{
    size_t raised = text.length > 0 && text.data[0] == '^', n = 0;
    size_t at = raised + 1;

    *number = 0;
    if (text.length < at + 2 || text.data[raised] != '[')
        return 0;
    for (; at < text.length && n < 3 && is_ascii_digit(text.data[at]);
         at++, n++)
        *number = *number * 10 + (unsigned)(text.data[at] - '0');
    return n > 0 && at < text.length && text.data[at] == ']' ? at + 1 : 0;
}

size_t superscript_number(struct bytes text, unsigned *number)
{
    size_t at = 0, n = 0;

    *number = 0;
    while (at < text.length && (unsigned char)text.data[at] >= 0xC2 && n < 3) {
        char32_t c;
        size_t length = utf8_decode(text.data + at, text.length - at, &c);

        if (c == 0xB9 || c == 0xB2 || c == 0xB3)
            *number = *number * 10 + (c == 0xB9 ? 1 : (unsigned)(c - 0xB0));
        else if (c == 0x2070 || (c >= 0x2074 && c <= 0x2079))
            *number = *number * 10 + (unsigned)(c - 0x2070);
        else
            break;
        at += length;
        n++;
    }
    return at;
}

static bool add(struct finder *finder, size_t line, size_t start, size_t end,
                unsigned number, unsigned rule)
{
    if (number == 0 || number > NOTE_MAX_NUMBER)
        return true;
    if (!array_grow(&finder->candidates->list, &finder->candidates->capacity,
                    finder->candidates->n + 1,
                    sizeof *finder->candidates->list))
        return false;
    finder->candidates->list[finder->candidates->n++] = (struct candidate){
        .start = start,
        .end = end,
        .line = (uint32_t)line,
        .number = (uint16_t)number,
        .sure = rule == 1 || rule == 6,
        .spaced = rule == 5 || rule == 7,
        .bracketed = rule == 6 || rule == 7,
    };
    return true;
}

static unsigned read_number(const char *digits, size_t length)
{
    unsigned number = 0;
    size_t i;

    for (i = 0; i < length; i++)
        number = number * 10 + (unsigned)(digits[i] - '0');
    return number;
}

/* The word that ends at END in TEXT. */
static struct bytes word_before(struct bytes text, size_t end)
{
    size_t start = end;

    while (start > 0 && end - start < 24 && text.data[start - 1] != ' ')
        start--;
    return (struct bytes){text.data + start, end - start};
}

/* Words that have numbers behind them. */
static bool takes_number(struct bytes word)
{
    static const char *const words[] = {
        "add",        "amend",     "annex",      "appendix",    "art",
        "article",    "articles",  "chap",       "chapter",     "clause",
        "col",        "corr",      "decision",   "fig",         "figure",
        "for",        "goal",      "inf",        "item",        "l",
        "line",       "no",        "nos",        "note",        "number",
        "of",         "on",        "p",          "page",        "pages",
        "para",       "paragraph", "paragraphs", "paras",       "part",
        "phase",      "pp",        "resolution", "resolutions", "rev",
        "rule",       "sect",      "section",    "sections",    "ser",
        "session",    "step",      "sub",        "supp",        "suppl",
        "supplement", "table",     "target",     "to",          "type",
        "vol",        "volume",    "and",        "by",          "in",
        "from",       "the",       "than",       "least",       "wp",
        "until",      "about",     "over",       "some",        "between",
        "or",         "every",
    };
    char lower[16];
    size_t low = 0, i;

    while (word.length > 0 && !is_ascii_letter(word.data[word.length - 1]))
        word.length--;
    while (word.length > 0 && !is_ascii_letter(word.data[0])) {
        word.data++;
        word.length--;
    }
    if (word.length == 0 || word.length >= sizeof lower)
        return word.length == 0;
    for (; low < word.length; low++)
        lower[low] = (char)(word.data[low] | 0x20);
    lower[low] = '\0';
    for (i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i][0] == lower[0] && strcmp(lower, words[i]) == 0)
            return true;
    return false;
}

static bool ends_in_closer(struct bytes text)
{
    char32_t last = last_character(text);

    return last == ')' || last == ']' || last == '"' || last == 0x201D ||
           last == 0x2019 || last == 0xBB;
}

/* Rules R2 and R3 for what stands before digits at AT of TEXT. */
static bool glues(struct bytes text, size_t at, size_t n_digits)
{
    char before = at ? text.data[at - 1] : ' ';
    struct bytes word;

    if (is_ascii_small(before)) /* "km2" has too short a word */
        return at >= 3 && is_ascii_letter(text.data[at - 2]) &&
               is_ascii_letter(text.data[at - 3]) &&
               !memchr(word_before(text, at).data, '/',
                       word_before(text, at).length);
    if (ends_in_closer((struct bytes){text.data, at}))
        return true;
    if (!strchr(",;:.", before) || at < 2)
        return false;
    word = word_before(text, at - 1);
    if (word.length == 0)
        return false;
    if (before == '.' &&
        (word.length < 3 || memchr(word.data, '/', word.length) ||
         takes_number(word) || is_ascii_digit(text.data[at - 2])))
        return false;
    if (is_ascii_digit(text.data[at - 2]) && n_digits == 3)
        return false;
    return before != ':' || !is_ascii_digit(text.data[at - 2]);
}

/* Rule R5. */
static bool is_spaced_mark(struct bytes text, size_t at, size_t end)
{
    size_t before = at;

    while (before > 0 && text.data[before - 1] == ' ')
        before--;
    if (before == at || before < 3)
        return false;
    if (end < text.length && text.data[end] != ' ')
        return false;
    if (text.data[before - 1] == ',' || text.data[before - 1] == ';')
        return true;
    if (text.data[before - 1] == '.')
        return before > 3 && is_ascii_small(text.data[before - 2]) &&
               !takes_number(word_before(text, before - 1));
    if (!is_ascii_letter(text.data[before - 1]) ||
        takes_number(word_before(text, before)))
        return false;
    return end == text.length ||
           is_ascii_small(
               text.data[end + 1 < text.length ? end + 1 : text.length - 1]);
}

/* The digits from AT to END of line I, which is TEXT. */
static bool read_digits(struct finder *finder, size_t i, struct bytes text,
                        size_t at, size_t end)
{
    const struct line *line = &finder->rebuild->lines[i];
    size_t n = end - at, start = line->start;
    bool followed = end < text.length &&
                    (is_ascii_letter(text.data[end]) || text.data[end] == '/');

    if (followed ||
        (end + 1 < text.length && is_ascii_digit(text.data[end + 1]) &&
         strchr(".,-", text.data[end])))
        return true;
    if ((n == 5 || n == 6) &&
        (memcmp(text.data + at, "19", 2) == 0 ||
         memcmp(text.data + at, "20", 2) == 0) &&
        (at == 0 || text.data[at - 1] == ' ' || text.data[at - 1] == '('))
        return add(finder, i, start + at + 4, start + end,
                   read_number(text.data + at + 4, n - 4), 4);
    if (n > 3 || text.data[at] == '0')
        return true;
    if (glues(text, at, n))
        return add(finder, i, start + at, start + end,
                   read_number(text.data + at, n), 2);
    if (is_spaced_mark(text, at, end)) {
        size_t from = at;

        while (text.data[from - 1] == ' ')
            from--;
        return add(finder, i, start + from, start + end,
                   read_number(text.data + at, n), 5);
    }
    return true;
}

/* Whether a word of one or two small letters ends at AT: m², km³. */
static bool is_unit(struct bytes text, size_t at)
{
    size_t n = 0;

    while (n < 3 && n < at && is_ascii_letter(text.data[at - 1 - n]))
        n++;
    return n > 0 && n < 3 && (n == at || text.data[at - 1 - n] == ' ');
}

/* What may be a mark in brackets at AT of line I, which is TEXT: rules R6 and
 * R7. *END is moved behind the brackets. */
static bool read_brackets(struct finder *finder, size_t i, struct bytes text,
                          size_t at, size_t *end)
{
    size_t line = finder->rebuild->lines[i].start, from = at;
    unsigned number, rule = 6;
    size_t length = bracketed_number(
        (struct bytes){text.data + at, text.length - at}, &number);

    if (length == 0)
        return true;
    *end = at + length;
    while (from > 0 && strchr(" \t", text.data[from - 1]))
        from--;
    if (text.data[at] != '^' && from < at)
        rule = 7;
    if ((from == 0 && *end < text.length) || (rule == 7 && !finder->anew) ||
        (from > 0 && strchr("([", text.data[from - 1])))
        return true;
    return add(finder, i, line + from, line + *end, number, rule);
}

static bool read_line(struct finder *finder, size_t i)
{
    const struct rebuild *rebuild = finder->rebuild;
    struct bytes text = line_text(rebuild, &rebuild->lines[i]);
    size_t at = rebuild->lines[i].item.length;

    while (at < text.length) {
        unsigned char c = (unsigned char)text.data[at];
        size_t end = at + 1;
        unsigned number;

        if (is_ascii_digit(c)) {
            while (end < text.length && is_ascii_digit(text.data[end]))
                end++;
            if (!read_digits(finder, i, text, at, end))
                return false;
        } else if (c == '[' || c == '^') {
            if (!read_brackets(finder, i, text, at, &end))
                return false;
        } else if (c == 0xC2 || c == 0xE2) {
            size_t length = superscript_number(
                (struct bytes){text.data + at, text.length - at}, &number);

            if (length > 0 && at > 0 && !is_unit(text, at) &&
                !add(finder, i, rebuild->lines[i].start + at,
                     rebuild->lines[i].start + at + length, number, 1))
                return false;
            end = at + (length ? length : 1);
        }
        at = end;
    }
    return true;
}

static int compare_candidates(const void *a, const void *b)
{
    const struct candidate *first = a, *second = b;

    if (first->start != second->start)
        return first->start < second->start ? -1 : 1;
    return (int)second->sure - (int)first->sure;
}

/* Rule R1 for what the page shows raised. */
static bool read_raised(struct finder *finder)
{
    const struct rebuild *rebuild = finder->rebuild;
    const struct page_text *page_text = rebuild->page_text;
    size_t i, line = 0, before = finder->candidates->n;

    for (i = 0; i < page_text->n_raised; i++) {
        const struct raised_mark *mark = &page_text->raised[i];
        size_t at = mark->start, n;
        unsigned number;

        while (line < rebuild->n_lines &&
               rebuild->lines[line].end <= mark->start)
            line++;
        if (line == rebuild->n_lines)
            break;
        while (at < mark->end && rebuild->text.data[at] == ' ')
            at++;
        for (n = 0;
             at + n < mark->end && is_ascii_digit(rebuild->text.data[at + n]);)
            n++;
        if (n == 0 || n > 3 || mark->start <= rebuild->lines[line].start)
            continue;
        number = read_number(rebuild->text.data + at, n);
        if (!add(finder, line, mark->start, at + n, number, 1))
            return false;
    }
    if (finder->candidates->n > before)
        qsort(finder->candidates->list, finder->candidates->n,
              sizeof *finder->candidates->list, compare_candidates);
    return true;
}

/* Whether two footnotes or more begin with "[1]". */
static bool is_numbered_anew(const struct rebuild *rebuild)
{
    size_t n = 0;

    for (size_t i = 0; i < rebuild->n_lines; i++) {
        const struct line *line = &rebuild->lines[i];
        struct bytes text = line_text(rebuild, line);
        unsigned number;

        if (line->kind == LINE_BODY && line->gap != 0 && text.data[0] == '[' &&
            bracketed_number(text, &number) > 0)
            n += number == 1;
    }
    return n >= 2;
}

enum status candidates_find(const struct rebuild *rebuild,
                            struct candidates *candidates,
                            struct failure *failure)
{
    struct finder finder = {rebuild, candidates, is_numbered_anew(rebuild)};
    bool good = true;

    *candidates = (struct candidates){NULL, 0, 0};
    for (size_t i = 0; i < rebuild->n_lines && good; i++) {
        const struct line *line = &rebuild->lines[i];

        if (line->kind == LINE_BODY && line_has(line, LINE_GLUED))
            good = read_line(&finder, i);
    }
    return good && read_raised(&finder) ? STATUS_OK : fail_memory(failure);
}
