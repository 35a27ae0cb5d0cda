/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which lines are footnotes, and which of their marks in the text are marks.
 *
 *   N1  A footnote begins with its mark: superscript or raised digits, up to
 *       three digits and a blank, the same in square brackets, with a
 *       circumflex before them perhaps, or * † ‡ §.
 *   N2  It stands below a rule, or behind a gap, or follows another footnote,
 *       or a line that is the last of its paragraph.
 *   N3  Plain digits are a mark only if they are the number after the last one
 *       or, below a rule, 1; and if the text before has them glued to a word
 *       or set behind a comma, or if they follow another footnote; a capital,
 *       a bracket, or a digit with more letters than digits behind it comes
 *       after them. Digits in square brackets are a mark only where the text
 *       before has the same. Signs are marks only below a rule or if they are
 *       raised.
 *   N4  Marks may stand in a column of their own before the texts, as some
 *       converters have it, even above the rule: then a text begins behind
 *       each full stop, until there are as many as marks.
 *   N5  A footnote ends at a gap, at the end of the page, at furniture, before
 *       another one, and behind a line that ends a sentence and has room for
 *       another word, unless the next one is indented more deeply. */
#include <config.h>

#include "src/document/rebuild_parts.h"

#include "base/ascii.h"
#include "src/document/rebuild_candidates.h"
#include "src/document/rebuild_references.h"
#include "src/text/utf8.h"

#include <string.h>

struct finder {
    struct rebuild *rebuild;
    struct references *references;
    size_t next;   /* of the references: the first not passed yet */
    unsigned last; /* the number of the last footnote */
    bool below_rule;
};

/* The mark that LINE begins with (rule N1); its length, or 0. */
static size_t read_mark(struct bytes text, bool raised, unsigned *value,
                        bool *plain)
{
    static const char *const signs[] = {"*", "\u2020", "\u2021", "\u00A7"};
    size_t length = superscript_number(text, value), i;

    *plain = false;
    if (length == 0)
        length = bracketed_number(text, value);
    if (length > 0)
        return length;
    while (length < text.length && length < 4 &&
           is_ascii_digit(text.data[length]))
        *value = *value * 10 + (unsigned)(text.data[length++] - '0');
    if (length > 0) {
        *plain = !raised;
        if (length > 3)
            return 0;
        return raised || length == text.length || text.data[length] == ' ' ||
                       text.data[length] == '\t'
                   ? length
                   : 0;
    }
    for (i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t one = strlen(signs[i]);

        while (text.length >= length + one && length < 4 * one &&
               memcmp(text.data + length, signs[i], one) == 0)
            length += one;
        if (length > 0)
            break;
    }
    *value = 0;
    return length;
}

/* Whether LINE has room for a long word: a last line is rarely so full. */
static bool has_room(const struct line *line)
{
    enum { LONG_WORD = 12 };
    size_t bytes = line->end - line->start;
    float each = bytes ? (line->right - line->left) / (float)bytes : 1;

    return line->right + each * LONG_WORD < line->full;
}

/* Whether what LINE, which is TEXT, has at AT may come after plain digits (rule
 * N3). */
static bool may_follow_mark(const struct line *line, struct bytes text,
                            size_t at)
{
    char32_t c;

    while (at < text.length && (text.data[at] == ' ' || text.data[at] == '\t'))
        at++;
    if (at == text.length)
        return true;
    utf8_decode(text.data + at, text.length - at, &c);
    if (is_ascii_digit(c))
        return line->n_letters > line->n_digits;
    return !is_ascii_small(c) && c != '.' && c != ')' && c != '-' &&
           c != 0x2013 && c != '(' && c != '/';
}

static bool follows_note(const struct rebuild *rebuild, size_t i)
{
    return i > 0 && (rebuild->lines[i - 1].kind == LINE_NOTE ||
                     rebuild->lines[i - 1].kind == LINE_NOTE_MORE);
}

/* Whether line I and what follows it up to a gap are numbers alone: a column of
 * marks (rule N4). */
static bool is_in_column(const struct rebuild *rebuild, size_t i)
{
    enum { MAX_MARKS = 8 };
    const struct line *line = &rebuild->lines[i];
    size_t n;

    for (n = 0; n < MAX_MARKS && i + 1 < rebuild->n_lines; n++, i++, line++) {
        if (line->n_digits != line->end - line->start)
            return false;
        if (line[1].gap > 0.5F || line_has(&line[1], LINE_RULE))
            return true;
    }
    return false;
}

/* Whether line I begins a footnote; *LENGTH is that of its mark. */
static bool begins_note(struct finder *finder, size_t i, size_t *length)
{
    const struct rebuild *rebuild = finder->rebuild;
    const struct line *line = &rebuild->lines[i];
    struct bytes text = line_text(rebuild, line);
    bool after = follows_note(rebuild, i), plain, set_off;
    unsigned value = 0;

    if ((unsigned char)text.data[0] < 0x80 && text.data[0] != '*' &&
        text.data[0] != '[' && text.data[0] != '^' &&
        !is_ascii_digit(text.data[0]))
        return false;
    *length = read_mark(text, line->raised, &value, &plain);
    if (*length == 0)
        return false;
    set_off = i == 0 || line->gap != 0 || after || finder->below_rule ||
              has_room(line - 1) ||
              (*length == text.length && is_in_column(rebuild, i));
    if (!set_off)
        return false;
    if ((text.data[0] == '[' || text.data[0] == '^') &&
        !references_seen(finder->references, value))
        return false;
    if (value == 0 &&
        !(*length < text.length && (finder->below_rule || line->raised)))
        return false;
    if (plain && !(line->n_letters > 0 || *length == text.length))
        return false; /* a row of numbers */
    if (plain && !may_follow_mark(line, text, *length))
        return false;
    if (plain && !(finder->below_rule && value == 1) &&
        !(value == finder->last + 1 ||
          references_seen(finder->references, value)))
        return false;
    if (plain && !after && !(finder->below_rule) &&
        !references_seen(finder->references, value))
        return false;
    if (plain && *length == text.length &&
        !references_seen(finder->references, value))
        return false;
    if (value)
        finder->last = value;
    return true;
}

/* Rule N5, for line I after a line of a footnote that began at FIRST. */
static bool goes_on(const struct rebuild *rebuild, size_t first, size_t i)
{
    const struct line *line = &rebuild->lines[i], *before = line - 1;

    if (line->kind != LINE_BODY || line->gap < 0 || line->gap > 0.5F)
        return false;
    if (!line_has(before, LINE_STRONG) || !has_room(before))
        return true;
    return line->left > rebuild->lines[first].left + 1.5F &&
           line->item.kind == ITEM_NONE;
}

static bool is_lone_number(const struct line *line)
{
    return line->kind == LINE_BODY && line->n_letters == 0 &&
           line->gap > 0.5F && line->n_digits == line->end - line->start;
}

/* The texts of N_MARKS marks that stand before line I (rule N4). Returns the
 * line after them. */
static size_t read_texts(struct finder *finder, size_t i, size_t n_marks)
{
    struct rebuild *rebuild = finder->rebuild;
    size_t first, length;

    if (i < rebuild->n_lines && line_has(&rebuild->lines[i], LINE_RULE))
        i++;
    /* The number of the page may have come between. */
    while (i + 1 < rebuild->n_lines && is_lone_number(&rebuild->lines[i]) &&
           rebuild->lines[i + 1].gap > 0.5F)
        rebuild->lines[i++].kind = LINE_FURNITURE;
    first = i;
    while (i < rebuild->n_lines && rebuild->lines[i].kind == LINE_BODY &&
           rebuild->lines[i].gap >= 0 &&
           (i == first || rebuild->lines[i].gap <= 0.5F) &&
           (i == first || !begins_note(finder, i, &length))) {
        rebuild->lines[i].kind = LINE_NOTE_MORE;
        if (i > first && n_marks > 1 &&
            line_has(&rebuild->lines[i - 1], LINE_STRONG)) {
            rebuild->lines[i].flags |= LINE_SPLIT;
            n_marks--;
        }
        i++;
    }
    return i;
}

static void define_note(struct finder *finder, size_t i, size_t length)
{
    struct line *line = &finder->rebuild->lines[i];

    line->kind = LINE_NOTE;
    line->column = (uint16_t)length;
    references_define(finder->references, i, finder->last);
}

/* Read the footnote that begins at line I with a mark of LENGTH bytes. Returns
 * the line after it. */
static size_t read_note(struct finder *finder, size_t i, size_t length)
{
    struct rebuild *rebuild = finder->rebuild;
    size_t first = i, n_marks = 1;

    define_note(finder, i, length);
    if (rebuild->lines[i].end - rebuild->lines[i].start > length) {
        for (i++; i < rebuild->n_lines; i++) {
            if (begins_note(finder, i, &length) || !goes_on(rebuild, first, i))
                break;
            rebuild->lines[i].kind = LINE_NOTE_MORE;
        }
        return i;
    }
    for (i++; i < rebuild->n_lines && rebuild->lines[i].gap == 0 &&
              rebuild->lines[i].end - rebuild->lines[i].start <= 3 &&
              begins_note(finder, i, &length);
         i++, n_marks++) {
        define_note(finder, i, length);
    }
    return read_texts(finder, i, n_marks);
}

static bool is_note_rule(const struct rebuild *rebuild, const struct line *line)
{
    char first = rebuild->text.data[line->start];

    return line_has(line, LINE_RULE) &&
           !(line > rebuild->lines && line_has(line - 1, LINE_UNDERLINED)) &&
           (first == '_' || first == '-' || (unsigned char)first >= 0x80);
}

static void find_notes(struct finder *finder)
{
    struct rebuild *rebuild = finder->rebuild;
    size_t i = 0, length;

    while (i < rebuild->n_lines) {
        struct line *line = &rebuild->lines[i];
        unsigned last = finder->last;

        references_pass(finder->references, i);
        if (line->kind == LINE_BODY && begins_note(finder, i, &length)) {
            i = read_note(finder, i, length);
            /* What broke it may begin another one: it will be seen again. */
            if (i < rebuild->n_lines && finder->last > last)
                finder->last = references_last(finder->references);
            finder->below_rule = false;
            continue;
        }
        finder->below_rule = is_note_rule(rebuild, line);
        i++;
    }
}

enum status rebuild_find_footnotes(struct rebuild *rebuild,
                                   struct failure *failure)
{
    struct references *references = NULL;
    enum status status = references_new(rebuild, &references, failure);

    if (status == STATUS_OK) {
        struct finder finder = {.rebuild = rebuild, .references = references};

        find_notes(&finder);
        status = references_cut(references, failure);
    }
    references_free(references);
    return status;
}
