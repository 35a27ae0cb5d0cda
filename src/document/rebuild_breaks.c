/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a block begins: each body line is looked at together with the body
 * line before it, whatever furniture and footnotes lie between.
 *
 * A line is short if the first word of the next one would have had room on it,
 * the width being that of the longest line near by; full if not. The text is
 * cut between two lines if a page, a column, furniture or a footnote lies
 * between them: then how far apart they are means nothing.
 *
 *   B1  The second of two paragraphs that ran together begins a block, and so
 *       do a heading in Markdown or with a rule below it, what follows it,
 *       every row of a table, and a line that stands in square brackets as a
 *       whole, unless it follows a full line that ends a sentence.
 *   B2  Nothing begins after a line that is only the mark of an item, and no
 *       date alone on its line after a short one ("34th meeting").
 *   B3  A mark of an item begins a block if the line before is complete (it
 *       ends a clause, is short, or ends in "and" or "or"), and if its number
 *       is 1 or goes on from the one before of its sort, or it is a sign.
 *   B4  Behind a gap a block begins, unless a long or full line that ends no
 *       sentence is followed by a small letter. (A comma before is enough where
 *       more small letters than capitals come behind commas and gaps, as
 *       in Russian resolutions.)
 *   B5  Over a cut, a paragraph goes on if the line before ends no clause, or
 *       ends in a comma and is full; unless it is much shorter than full and a
 *       capital follows, or the next line begins as paragraphs here do:
 *       indented, or with the opening word of a clause of a resolution. One
 *       that ends a sentence is complete, unless paragraphs are indented here
 *       and the next line is not, or a small letter follows.
 *   B6  In text whose lines are not broken to a width, each begins a block,
 *       except that a small letter does not where the line before ends no
 *       clause, nor anything after a small word that ends none. A script
 *       without spaces has no small letters: there what follows a line that
 *       ends no clause goes on, unless it is indented.
 *   B7  Else a line that is indented against the one before begins a block if
 *       that one ends a clause and is not the first of an item, or of an entry
 *       of a bibliography ("[Smi99] Smith, …"); one that is
 *       set back, likewise, if the one before was not the first; and one that
 *       is indented as the one before, if that was all of its block.
 *   B8  Else after a short line a block begins: if it ends a sentence; and,
 *       unless the block's first line hangs out to the left of both, if it ends
 *       in a comma and a capital follows, and if it is much shorter than full
 *       and a capital follows.
 *   B9  Else after a comma or a semicolon, where paragraphs are not indented,
 *       a block begins with an opening word of resolutions ("Recalling",
 *       "Deeply concerned": a capital, and -ing or -ed). While a bracket is
 *       open none begins so, nor by a comma or by its length (B8). A small
 *       letter that is no item begins a block by B1, B2, B4 and B6 only.
 *   B10 A line that is bold as a whole, or of larger type, and one that is not,
 *       are not of one block, unless the first ends in a comma, a hyphen or a
 *       small word, or the second begins with a small letter. */
#include <config.h>

#include "src/document/rebuild_parts.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "src/document/characters.h"
#include "src/document/rebuild_wording.h"

#include <string.h>

/* How much deeper an indented line begins. */
static const float INDENT = 1.5F;

struct breaks {
    struct rebuild *rebuild;
    size_t before;                /* the body line before; SIZE_MAX: none */
    size_t first;                 /* the first line of its block */
    bool cut;                     /* something came between */
    uint16_t numbers[ITEM_KINDS]; /* the last of every sort */
};

/* --- The rules ------------------------------------------------------------ */

static bool is_first_or_next(const struct breaks *breaks,
                             const struct item *item)
{
    return item->value == 1 || item->value == breaks->numbers[item->kind] + 1;
}

/* Rule B10. */
static bool changes_type(const struct rebuild *rebuild,
                         const struct line *before, const struct line *line)
{
    const float other = 1.15F;

    if (line_has(line, LINE_LOWER) ||
        line_has(before, LINE_COMMA | LINE_HYPHEN) ||
        ends_in_small_word(line_text(rebuild, before)))
        return false;
    return before->bold != line->bold || before->size > line->size * other ||
           line->size > before->size * other;
}

/* Rule B3. */
static bool begins_item(const struct breaks *breaks, const struct line *before,
                        const struct line *line)
{
    const struct rebuild *rebuild = breaks->rebuild;
    bool complete = line_has(before, LINE_STRONG | LINE_COMMA) ||
                    line_is_short(rebuild, before, line, 0.05F) ||
                    line->gap > 0.5F || ends_in_and(line_text(rebuild, before));

    switch ((enum item_kind)line->item.kind) {
    case ITEM_NONE:
    case ITEM_KINDS: return false;
    case ITEM_BULLET:
        return (complete ||
                (unsigned char)rebuild->text.data[line->start] > 0xE1) &&
               !line_has(line, LINE_BARE) &&
               (rebuild->text.data[line->start] != '-' || line->gap > 0.5F ||
                !line_has(line, LINE_LOWER) || line->left != before->left ||
                rebuild->lines[breaks->first].item.kind == ITEM_BULLET ||
                line_has(before, LINE_STRONG | LINE_COMMA));
    case ITEM_SECTION:
        return complete &&
               (line_is_short(rebuild, before, line, 0.05F) || line->gap != 0 ||
                line_has(line, LINE_BARE) || line->left != before->left);
    case ITEM_DECIMAL:
    case ITEM_BRACKET:
    case ITEM_LETTER:
    case ITEM_ROMAN:
        return complete && (is_first_or_next(breaks, &line->item) ||
                            line_has(before, LINE_STRONG) || line->gap > 0.5F);
    }
    return false;
}

/* Rule B4. */
static bool begins_behind_gap(const struct rebuild *rebuild,
                              const struct line *before,
                              const struct line *line)
{
    if (!line_has(line, LINE_LOWER) || line_has(before, LINE_STRONG) ||
        (rebuild->small && line_has(before, LINE_COMMA)))
        return true;
    if (line_has(before, LINE_LONG))
        return line_has(before, LINE_COMMA) && line->gap > 3;
    return before->right < 0.6F * before->full || before->full < 40;
}

/* Rule B5. */
static bool begins_over_cut(const struct breaks *breaks,
                            const struct line *before, const struct line *line)
{
    const struct rebuild *rebuild = breaks->rebuild;
    const struct line *next = line + 1;
    bool last = next == rebuild->lines + rebuild->n_lines;
    bool indented = rebuild->indented && !last && next->gap == 0 &&
                    line->left > next->left + INDENT;

    if (line_has(line, LINE_LOWER))
        return false;
    if (line_has(before, LINE_STRONG)) {
        if (rebuild->indented && !indented && !last && next->gap == 0 &&
            line_has(line, LINE_UPPER) &&
            !line_is_short(rebuild, before, line, 0.05F) &&
            rebuild->text.data[before->end - 1] == '.' &&
            !begins_preamble(line_text(rebuild, line)))
            return false;
        return true;
    }
    if (line_has(before, LINE_COMMA))
        return line_has(line, LINE_UPPER) &&
               (indented || begins_preamble(line_text(rebuild, line)) ||
                line_is_short(rebuild, before, line, 0.1F));
    if (line_has(before, LINE_HYPHEN) || line_has(before, LINE_LONG))
        return false;
    return line_has(line, LINE_UPPER) &&
           (line_is_much_shorter(rebuild, before) || before->full < 20);
}

/* Rule B6. */
static bool begins_in_loose(const struct breaks *breaks,
                            const struct line *before, const struct line *line)
{
    struct bytes text = line_text(breaks->rebuild, before);
    size_t word = text.length;

    if (line_has(line, LINE_LOWER))
        return line_has(before, LINE_STRONG) || line_has(line, LINE_TAB);
    if (line_has(before, LINE_STRONG | LINE_COMMA) || line_has(line, LINE_TAB))
        return true;
    while (word > 0 && text.length - word < 6 &&
           is_ascii_small(text.data[word - 1]))
        word--;
    return !(text.length >= 60 && word < text.length && word > 0 &&
             text.data[word - 1] == ' ');
}

/* Whether LINE goes on a paragraph whose first line hangs out to the left of
 * the others, and so tells by itself where it begins. */
static bool is_below_hanging(const struct breaks *breaks,
                             const struct line *before, const struct line *line)
{
    const struct line *first = &breaks->rebuild->lines[breaks->first];

    return before != first && first->left < line->left - INDENT &&
           line->left < before->left + INDENT &&
           line->left > before->left - INDENT;
}

/* Whether the lines below the LINE that begins a block are indented. */
static bool hangs(const struct rebuild *rebuild, const struct line *line)
{
    return line->item.kind != ITEM_NONE ||
           begins_with_tag(line_text(rebuild, line));
}

/* Rules B7 to B9. */
static bool begins_in_wrapped(const struct breaks *breaks,
                              const struct line *before,
                              const struct line *line)
{
    const struct rebuild *rebuild = breaks->rebuild;
    const struct line *first = &rebuild->lines[breaks->first];
    bool clause = line_has(before, LINE_STRONG | LINE_COMMA);

    if (line_has(line, LINE_LOWER))
        return false;
    if (line->left > before->left + INDENT && clause)
        return before != first || !hangs(rebuild, first) ||
               (!begins_with_tag(line_text(rebuild, first)) &&
                line_is_short(rebuild, before, line, 0.1F));
    if (rebuild->indented && clause && before == first &&
        line->left > line->margin + INDENT && line->left == before->left &&
        first->item.kind == ITEM_NONE)
        return true;
    if (line->left < before->left - INDENT && before != first && clause)
        return true;
    if (line_has(before, LINE_STRONG) &&
        line_is_short(rebuild, before, line, 0.06F))
        return true;
    if (!line_has(line, LINE_UPPER))
        return false;
    if (line->left < before->left - FAR_LEFT)
        return true;
    if (is_below_hanging(breaks, before, line))
        return false;
    if (leaves_bracket(line_text(rebuild, before)))
        return false;
    if (line_has(before, LINE_COMMA) &&
        line_is_short(rebuild, before, line, 0.08F))
        return true;
    if (line_is_much_shorter(rebuild, before) &&
        line_is_short(rebuild, before, line, 0.1F))
        return true;
    return clause && !rebuild->indented &&
           begins_preamble(line_text(rebuild, line)) &&
           !ends_clause(line_text(rebuild, before), false);
}

/* Whether the mark LINE consists of is a number with its dot or bracket. */
static bool ends_in_sign(const struct rebuild *rebuild, const struct line *line)
{
    char last = rebuild->text.data[line->end - 1];

    return last == '.' || last == ')';
}

/* Whether a text without spaces goes on over the end of the line. */
static bool goes_on_unspaced(const struct rebuild *rebuild,
                             const struct line *before, const struct line *line)
{
    return !line_has(before, LINE_STRONG | LINE_COMMA) &&
           (unsigned char)rebuild->text.data[before->end - 1] >= 0x80 &&
           is_unspaced(last_character(line_text(rebuild, before))) &&
           line->left <= before->left + INDENT;
}

static bool ends_quoted(struct bytes text)
{
    char32_t last = last_character(text);

    return last == '"' || last == '\'' || last == 0x2019 || last == 0x201D ||
           last == 0xBB;
}

/* Whether LINE stands in square brackets as a whole, and not because a tag
 * ("[RFC5128]") or the source of a quotation came to stand on a line of its
 * own. */
static bool is_remark(const struct rebuild *rebuild, const struct line *before,
                      const struct line *line)
{
    struct bytes before_text = line_text(rebuild, before);

    return line->end - line->start > 8 &&
           rebuild->text.data[line->start] == '[' &&
           rebuild->text.data[line->end - 1] == ']' &&
           memchr(rebuild->text.data + line->start, ' ',
                  line->end - line->start) &&
           (line->gap != 0 || line->left > before->left + INDENT ||
            !(line_has(before, LINE_STRONG) || ends_quoted(before_text)) ||
            line_is_short(rebuild, before, line, 0.1F));
}

/* A date alone below a short line, as meetings are cited. */
static bool is_date_below(const struct rebuild *rebuild,
                          const struct line *before, const struct line *line)
{
    struct bytes text = line_text(rebuild, line);
    size_t end = text.length;

    while (end > 0 && (text.data[end - 1] == '*' || text.data[end - 1] == '_'))
        end--;
    if (line->gap != 0 || end < 8 || end > 20 || text.data[0] < '1' ||
        text.data[0] > '9' || before->end - before->start > 40 ||
        line_has(before, LINE_STRONG | LINE_COMMA))
        return false;
    return line->n_digits >= 5 && line->n_digits <= 6 &&
           (memcmp(text.data + end - 4, "19", 2) == 0 ||
            memcmp(text.data + end - 4, "20", 2) == 0);
}

static bool begins(const struct breaks *breaks, size_t i)
{
    const struct rebuild *rebuild = breaks->rebuild;
    const struct line *line = &rebuild->lines[i], *before;
    bool cut = breaks->cut || line->gap < 0;

    if (breaks->before == SIZE_MAX ||
        line_has(line, LINE_SPLIT | LINE_MARKUP | LINE_UNDERLINED))
        return true;
    before = &rebuild->lines[breaks->before];
    if (line_has(before, LINE_MARKUP | LINE_UNDERLINED) ||
        line->kind == LINE_ROW || before->kind == LINE_ROW ||
        is_remark(rebuild, before, line))
        return true;
    if (line_has(before, LINE_BARE) && breaks->before == breaks->first &&
        line->item.kind == ITEM_NONE &&
        (line->gap < 0.5F ||
         (line->gap < 2.5F && ends_in_sign(rebuild, before))))
        return false;
    if (is_date_below(rebuild, before, line))
        return false;
    if (begins_item(breaks, before, line) ||
        changes_type(rebuild, before, line))
        return true;
    if (cut)
        return begins_over_cut(breaks, before, line);
    if (line->gap > 0.5F)
        return begins_behind_gap(rebuild, before, line);
    if (goes_on_unspaced(rebuild, before, line))
        return false;
    if (rebuild->loose || line_has(before, LINE_LONG))
        return begins_in_loose(breaks, before, line);
    return begins_in_wrapped(breaks, before, line);
}

/* --- The pass ------------------------------------------------------------- */

/* Whether paragraphs are indented here: of lines that follow a clause's end
 * without a gap, how many are. */
static bool is_indented(const struct rebuild *rebuild)
{
    size_t n = 0, n_indented = 0, i;

    for (i = 1; i < rebuild->n_lines; i++) {
        const struct line *line = &rebuild->lines[i], *before = line - 1;

        if (line->kind != LINE_BODY || before->kind != LINE_BODY ||
            line->gap != 0)
            continue;
        n++;
        n_indented += line->left > before->left + INDENT &&
                      line_has(before, LINE_STRONG | LINE_COMMA) &&
                      line_has(line, LINE_UPPER);
    }
    return n_indented >= 2 && n_indented * 40 > n;
}

static enum status add_block(struct rebuild *rebuild, size_t i,
                             enum block_role role, struct failure *failure)
{
    if (!array_grow(&rebuild->blocks, &rebuild->blocks_capacity,
                    rebuild->n_blocks + 1, sizeof *rebuild->blocks))
        return fail_memory(failure);
    rebuild->blocks[rebuild->n_blocks++] =
        (struct rebuilt_block){.first = i, .last = i, .role = role};
    return STATUS_OK;
}

static void join_block(struct rebuild *rebuild, size_t block, size_t i)
{
    rebuild->lines[i].owner = (uint32_t)block;
    rebuild->blocks[block].last = i;
}

static enum status take_body(struct breaks *breaks, size_t i, size_t *block,
                             struct failure *failure)
{
    struct rebuild *rebuild = breaks->rebuild;
    struct line *line = &rebuild->lines[i];
    enum status status = STATUS_OK;

    if (begins(breaks, i)) {
        *block = rebuild->n_blocks;
        breaks->first = i;
        if (line->item.kind != ITEM_NONE)
            breaks->numbers[line->item.kind] = line->item.value;
        if (line->item.kind == ITEM_DECIMAL)
            breaks->numbers[ITEM_BRACKET] = 0;
        status = add_block(rebuild, i,
                           line->kind == LINE_ROW ? BLOCK_TABLE : BLOCK_TEXT,
                           failure);
    }
    if (status == STATUS_OK)
        join_block(rebuild, *block, i);
    breaks->before = i;
    breaks->cut = false;
    return status;
}

/* "* * *" and the like, which an author puts between parts; a rule of lines, as
 * above footnotes, is none. */
static bool is_separator(const struct rebuild *rebuild, const struct line *line)
{
    char first = rebuild->text.data[line->start];

    return line_has(line, LINE_RULE) &&
           (first == '*' || first == '=' || first == '~' || first == '#');
}

/* The mark of a footnote alone on its line. */
static bool is_bare_note(const struct line *line)
{
    return line->kind == LINE_NOTE && line->end - line->start == line->column;
}

/* Whether paragraphs begin with small letters behind a comma (rule B4). */
static bool is_small(const struct rebuild *rebuild)
{
    size_t n_small = 0, n_others = 0;

    for (size_t i = 1; i < rebuild->n_lines; i++) {
        const struct line *line = &rebuild->lines[i];

        if (line->kind != LINE_BODY || line->gap <= 0.5F ||
            line[-1].kind != LINE_BODY || !line_has(line - 1, LINE_COMMA))
            continue;
        n_small += line_has(line, LINE_LOWER) != 0;
        n_others += line_has(line, LINE_UPPER) != 0;
    }
    return n_small >= 3 && n_small > n_others;
}

enum status rebuild_find_breaks(struct rebuild *rebuild,
                                struct failure *failure)
{
    struct breaks breaks = {.rebuild = rebuild, .before = SIZE_MAX};
    size_t body = 0, note = 0, i;
    enum status status = STATUS_OK;

    rebuild->indented = is_indented(rebuild);
    rebuild->small = is_small(rebuild);
    for (i = 0; i < rebuild->n_lines && status == STATUS_OK; i++) {
        struct line *line = &rebuild->lines[i];

        switch ((enum line_kind)line->kind) {
        case LINE_BODY:
        case LINE_ROW: status = take_body(&breaks, i, &body, failure); continue;
        case LINE_FURNITURE:
            status = add_block(rebuild, i, BLOCK_FURNITURE, failure);
            if (is_separator(rebuild, line))
                breaks.before = SIZE_MAX;
            break;
        case LINE_NOTE:
            if (i == 0 || !is_bare_note(&line[-1]))
                note = rebuild->n_blocks;
            status = add_block(rebuild, i, BLOCK_FOOTNOTE, failure);
            break;
        case LINE_NOTE_MORE: break;
        }
        breaks.cut = true;
        if (status)
            break;
        if (line->kind != LINE_NOTE_MORE) {
            join_block(rebuild, rebuild->n_blocks - 1, i);
            continue;
        }
        if (line_has(line, LINE_SPLIT) && note + 1 < rebuild->n_blocks)
            note++;
        join_block(rebuild, note, i);
    }
    return status;
}
