/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which digits in the text are marks of footnotes.
 *
 * What may be one:
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
 *       cites a book of a list.
 *
 * What is one, when the footnotes are known: the numbers that the document's
 * own footnotes have, in ascending order and each before its footnote, in
 * brackets if the footnote has them; one that was there already may be referred
 * to again (R1 to R4, R6). R2 to R4 count only where a footnote has no mark by
 * R1, and R5 and R7 only where it has no other. */
#include <config.h>

#include "src/document/rebuild_references.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "src/document/characters.h"
#include "src/document/rebuild_parts.h"
#include "src/text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_NUMBER = 999 };

struct candidate {
    size_t start, end;
    uint32_t line;
    uint16_t number;
    bool sure;      /* R1, R6 */
    bool spaced;    /* R5, R7 */
    bool bracketed; /* R6, R7 */
};

struct note {
    size_t line;
    unsigned number;
    bool bracketed;
};

struct references {
    struct rebuild *rebuild;
    struct candidate *candidates;
    size_t n_candidates, candidates_capacity;
    struct note *notes;
    size_t n_notes, notes_capacity;
    size_t passed;
    bool anew; /* footnotes are numbered anew from part to part */
    uint32_t seen[MAX_NUMBER + 1]; /* candidates passed since it was defined */
    unsigned last;
    bool failed;
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

static bool add(struct references *references, size_t line, size_t start,
                size_t end, unsigned number, unsigned rule)
{
    if (number == 0 || number > MAX_NUMBER)
        return true;
    if (!array_grow(&references->candidates, &references->candidates_capacity,
                    references->n_candidates + 1,
                    sizeof *references->candidates))
        return false;
    references->candidates[references->n_candidates++] = (struct candidate){
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
static bool read_digits(struct references *references, size_t i,
                        struct bytes text, size_t at, size_t end)
{
    const struct line *line = &references->rebuild->lines[i];
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
        return add(references, i, start + at + 4, start + end,
                   read_number(text.data + at + 4, n - 4), 4);
    if (n > 3 || text.data[at] == '0')
        return true;
    if (glues(text, at, n))
        return add(references, i, start + at, start + end,
                   read_number(text.data + at, n), 2);
    if (is_spaced_mark(text, at, end)) {
        size_t from = at;

        while (text.data[from - 1] == ' ')
            from--;
        return add(references, i, start + from, start + end,
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
static bool read_brackets(struct references *references, size_t i,
                          struct bytes text, size_t at, size_t *end)
{
    size_t line = references->rebuild->lines[i].start, from = at;
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
    if ((from == 0 && *end < text.length) || (rule == 7 && !references->anew) ||
        (from > 0 && strchr("([", text.data[from - 1])))
        return true;
    return add(references, i, line + from, line + *end, number, rule);
}

static bool read_line(struct references *references, size_t i)
{
    const struct rebuild *rebuild = references->rebuild;
    struct bytes text = line_text(rebuild, &rebuild->lines[i]);
    size_t at = rebuild->lines[i].item.length;

    while (at < text.length) {
        unsigned char c = (unsigned char)text.data[at];
        size_t end = at + 1;
        unsigned number;

        if (is_ascii_digit(c)) {
            while (end < text.length && is_ascii_digit(text.data[end]))
                end++;
            if (!read_digits(references, i, text, at, end))
                return false;
        } else if (c == '[' || c == '^') {
            if (!read_brackets(references, i, text, at, &end))
                return false;
        } else if (c == 0xC2 || c == 0xE2) {
            size_t length = superscript_number(
                (struct bytes){text.data + at, text.length - at}, &number);

            if (length > 0 && at > 0 && !is_unit(text, at) &&
                !add(references, i, rebuild->lines[i].start + at,
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
static bool read_raised(struct references *references)
{
    const struct rebuild *rebuild = references->rebuild;
    const struct page_text *page_text = rebuild->page_text;
    size_t i, line = 0, before = references->n_candidates;

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
        if (!add(references, line, mark->start, at + n, number, 1))
            return false;
    }
    if (references->n_candidates > before)
        qsort(references->candidates, references->n_candidates,
              sizeof *references->candidates, compare_candidates);
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

enum status references_new(struct rebuild *rebuild,
                           struct references **references,
                           struct failure *failure)
{
    struct references *made = calloc(1, sizeof *made);
    bool good = made;
    size_t i;

    *references = made;
    if (!made)
        return fail_memory(failure);
    made->rebuild = rebuild;
    made->anew = is_numbered_anew(rebuild);
    for (i = 0; i < rebuild->n_lines && good; i++) {
        const struct line *line = &rebuild->lines[i];

        if (line->kind == LINE_BODY && line_has(line, LINE_GLUED))
            good = read_line(made, i);
    }
    good = good && read_raised(made);
    if (good)
        return STATUS_OK;
    references_free(made);
    *references = NULL;
    return fail_memory(failure);
}

void references_free(struct references *references)
{
    if (!references)
        return;
    free(references->candidates);
    free(references->notes);
    free(references);
}

void references_pass(struct references *references, size_t i)
{
    while (references->passed < references->n_candidates &&
           references->candidates[references->passed].line < i)
        references->seen[references->candidates[references->passed++].number]++;
}

bool references_seen(const struct references *references, unsigned number)
{
    return number <= MAX_NUMBER && references->seen[number] > 0;
}

void references_define(struct references *references, size_t i, unsigned number)
{
    if (number > MAX_NUMBER)
        return;
    references->last = number;
    references->seen[number] = 0;
    if (!array_grow(&references->notes, &references->notes_capacity,
                    references->n_notes + 1, sizeof *references->notes)) {
        references->failed = true;
        return;
    }
    references->notes[references->n_notes++] = (struct note){
        i, number,
        bracketed_number(
            line_text(references->rebuild, &references->rebuild->lines[i]),
            &number) > 0};
}

unsigned references_last(const struct references *references)
{
    return references->last;
}

/* Cut the marks of the notes FIRST to END, whose numbers ascend, out of the
 * text of the candidates FROM to TO. */
static enum status cut_run(struct references *references, size_t first,
                           size_t end, size_t from, size_t to,
                           struct failure *failure)
{
    const struct note *notes = references->notes;
    enum { KNOWN = 1, BRACKETED = 2, OTHERS = 4, SURE = 8, CUT = 16 };
    unsigned char seen[MAX_NUMBER + 1] = {0};
    size_t next = first, i;
    enum status status = STATUS_OK;

    for (i = first; i < end; i++)
        seen[notes[i].number] |= KNOWN | (notes[i].bracketed ? BRACKETED : 0);
    for (i = from; i < to; i++) {
        const struct candidate *candidate = &references->candidates[i];

        seen[candidate->number] |=
            (candidate->spaced ? 0 : OTHERS) | (candidate->sure ? SURE : 0);
    }
    for (i = from; i < to && status == STATUS_OK; i++) {
        const struct candidate *candidate = &references->candidates[i];
        unsigned char *mark = &seen[candidate->number];
        size_t found = next;

        if (!(*mark & KNOWN) ||
            references->rebuild->lines[candidate->line].kind != LINE_BODY ||
            ((*mark & BRACKETED) != 0) != candidate->bracketed ||
            (!candidate->sure && (*mark & SURE)) ||
            (i > from && candidate->start < candidate[-1].end))
            continue;
        if (!(*mark & CUT)) {
            while (found < end && notes[found].number != candidate->number)
                found++;
            if (found == end || (!candidate->sure && found > next + 2) ||
                (notes[found].line < candidate->line && !candidate->sure) ||
                (candidate->spaced && (found != next || (*mark & OTHERS))))
                continue;
            next = found + 1;
            *mark |= CUT;
        } else if (candidate->spaced) {
            continue;
        }
        status = rebuild_cut(references->rebuild, candidate->start,
                             candidate->end, failure);
    }
    return status;
}

enum status references_cut(struct references *references,
                           struct failure *failure)
{
    const struct note *notes = references->notes;
    size_t first = 0, from = 0, to, end;
    enum status status = STATUS_OK;

    if (references->failed)
        return fail_memory(failure);
    while (first < references->n_notes && status == STATUS_OK) {
        for (end = first + 1; end < references->n_notes &&
                              notes[end].number > notes[end - 1].number;
             end++)
            continue;
        to = from;
        while (to < references->n_candidates &&
               (end == references->n_notes ||
                references->candidates[to].line < notes[end - 1].line))
            to++;
        status = cut_run(references, first, end, from, to, failure);
        first = end;
        from = to;
    }
    return status;
}
