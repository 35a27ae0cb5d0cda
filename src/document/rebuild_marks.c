/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Marks around words that are not the author's words.
 *
 *   M1  Emphasis: *x*, **x**, _x_, __x__, where the first mark has no letter
 *       or digit before it and no blank after it, the second no blank before
 *       it and no letter or digit after it, both in one block. What has no
 *       partner stays.
 *   M2  The signs of a heading in Markdown.
 *   M3  ">" in front of every line of a block.
 *   M4  Quoted text of several paragraphs, each of which opens with a
 *       quotation mark, only the last one closing it: the marks go, of the
 *       last one also the closing one, since none is left to open. Headings,
 *       footnotes and furniture may lie between. */
#include <config.h>

#include "src/document/rebuild_parts.h"

#include "base/buffer.h"
#include "src/document/characters.h"
#include "src/text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum status rebuild_cut(struct rebuild *rebuild, size_t start, size_t end,
                        struct failure *failure)
{
    if (!array_grow(&rebuild->cuts, &rebuild->cuts_capacity,
                    rebuild->n_cuts + 1, sizeof *rebuild->cuts))
        return fail_memory(failure);
    rebuild->cuts[rebuild->n_cuts++] = (struct cut){start, end};
    return STATUS_OK;
}

/* The next line after I of the block that I is in; n_lines: none. */
static size_t next_line(const struct rebuild *rebuild, size_t i)
{
    uint32_t owner = rebuild->lines[i].owner;
    size_t last = rebuild->blocks[owner].last;

    for (i++; i <= last; i++)
        if (rebuild->lines[i].owner == owner)
            return i;
    return rebuild->n_lines;
}

/* --- M1 ------------------------------------------------------------------- */

struct emphasis {
    size_t at, length; /* length 0: none is open */
};

static bool is_word_at(struct bytes text, size_t at)
{
    char32_t c;

    if (at >= text.length)
        return false;
    utf8_decode(text.data + at, text.length - at, &c);
    return is_letter_or_digit(c);
}

static bool is_word_before(struct bytes text, size_t at)
{
    return at > 0 &&
           is_letter_or_digit(last_character((struct bytes){text.data, at}));
}

static bool is_blank_at(struct bytes text, size_t at)
{
    return at >= text.length ||
           white_length(text.data + at, text.length - at) > 0;
}

/* The marks of one line; OPEN are those of * and of _ that wait for a
 * partner. */
static enum status read_emphasis(struct rebuild *rebuild,
                                 const struct line *line,
                                 struct emphasis open[2],
                                 struct failure *failure)
{
    struct bytes text = line_text(rebuild, line);
    size_t at = 0, end;
    enum status status = STATUS_OK;

    for (; at < text.length && status == STATUS_OK; at = end) {
        struct emphasis *mine = &open[text.data[at] == '_'];
        char c = text.data[at];

        end = at + 1;
        if (c != '*' && c != '_')
            continue;
        while (end < text.length && text.data[end] == c)
            end++;
        if (end - at > 3)
            continue;
        if (mine->length == end - at && at > 0 && !is_blank_at(text, at - 1) &&
            !is_word_at(text, end)) {
            status = rebuild_cut(rebuild, mine->at, mine->at + mine->length,
                                 failure);
            if (status == STATUS_OK)
                status = rebuild_cut(rebuild, line->start + at,
                                     line->start + end, failure);
            mine->length = 0;
        } else if (!is_word_before(text, at) && !is_blank_at(text, end)) {
            *mine = (struct emphasis){line->start + at, end - at};
        }
    }
    return status;
}

static enum status cut_emphasis(struct rebuild *rebuild, size_t block,
                                struct failure *failure)
{
    size_t i = rebuild->blocks[block].first;
    struct emphasis open[2] = {{0, 0}, {0, 0}};
    enum status status = STATUS_OK;

    for (; i < rebuild->n_lines && status == STATUS_OK;
         i = next_line(rebuild, i))
        if (line_has(&rebuild->lines[i], LINE_EMPHASIS))
            status = read_emphasis(rebuild, &rebuild->lines[i], open, failure);
    return status;
}

/* --- M2, M3 --------------------------------------------------------------- */

static enum status cut_markup(struct rebuild *rebuild, size_t block,
                              struct failure *failure)
{
    size_t first = rebuild->blocks[block].first, i;
    const struct line *line = &rebuild->lines[first];
    const char *text = rebuild->text.data;
    enum status status = STATUS_OK;

    if (line_has(line, LINE_MARKUP))
        return rebuild_cut(rebuild, line->start,
                           line->start + rebuild->blocks[block].level, failure);
    if (text[line->start] != '>')
        return STATUS_OK;
    for (i = first; i < rebuild->n_lines; i = next_line(rebuild, i))
        if (text[rebuild->lines[i].start] != '>' ||
            rebuild->lines[i].end - rebuild->lines[i].start < 2)
            return STATUS_OK;
    for (i = first; i < rebuild->n_lines && status == STATUS_OK;
         i = next_line(rebuild, i))
        status = rebuild_cut(rebuild, rebuild->lines[i].start,
                             rebuild->lines[i].start + 1, failure);
    return status;
}

/* --- M4 ------------------------------------------------------------------- */

struct quotes {
    char32_t open, close;
    int depth;         /* opened and not closed */
    size_t close_at;   /* the last closing one */
    size_t close_size; /* 0: there was none */
};

static char32_t closing_of(char32_t open)
{
    switch (open) {
    case 0x201C: return 0x201D;
    case 0x201E: return 0x201C;
    case 0xAB: return 0xBB;
    case '"': return '"';
    default: return 0;
    }
}

static void count_quotes(const struct rebuild *rebuild, const struct line *line,
                         struct quotes *quotes)
{
    struct bytes text = line_text(rebuild, line);
    char first_byte = (char)(quotes->open == '"'    ? '"'
                             : quotes->open == 0xAB ? '\xC2'
                                                    : '\xE2');
    size_t at = 0;

    while (at < text.length) {
        const char *found =
            memchr(text.data + at, first_byte, text.length - at);
        size_t length;
        char32_t c;

        if (!found)
            return;
        at = (size_t)(found - text.data);
        length = utf8_decode(text.data + at, text.length - at, &c);
        if (c == quotes->close && (c != '"' || quotes->depth > 0)) {
            quotes->depth--;
            quotes->close_at = line->start + at;
            quotes->close_size = length;
        } else if (c == quotes->open) {
            quotes->depth++;
        }
        at += length;
    }
}

/* What the block BLOCK has of quotation marks; false if it opens with none. */
static bool read_quotes(const struct rebuild *rebuild, size_t block,
                        struct quotes *quotes)
{
    size_t i = rebuild->blocks[block].first;
    char32_t open = first_character(line_text(rebuild, &rebuild->lines[i]));

    *quotes = (struct quotes){.open = open, .close = closing_of(open)};
    if (!quotes->close)
        return false;
    for (; i < rebuild->n_lines; i = next_line(rebuild, i))
        count_quotes(rebuild, &rebuild->lines[i], quotes);
    return true;
}

/* Whether nothing but punctuation follows the closing mark. */
static bool closes_at_end(const struct rebuild *rebuild, size_t block,
                          const struct quotes *quotes)
{
    const struct line *last = &rebuild->lines[rebuild->blocks[block].last];

    return quotes->close_size > 0 &&
           quotes->close_at + quotes->close_size <= last->end &&
           last->end - quotes->close_at - quotes->close_size <= 3;
}

/* Cut the marks of the blocks FIRST to LAST, the last one being closed as
 * QUOTES says. */
static enum status cut_quotes(struct rebuild *rebuild, size_t first,
                              size_t last, const struct quotes *quotes,
                              struct failure *failure)
{
    char bytes[4];
    size_t length = utf8_encode(quotes->open, bytes), i;
    enum status status = STATUS_OK;

    for (i = first; i <= last && status == STATUS_OK; i++) {
        size_t at = rebuild->lines[rebuild->blocks[i].first].start;
        struct bytes text = {rebuild->text.data + at,
                             rebuild->text.length - at};

        if (rebuild->blocks[i].role == BLOCK_TEXT &&
            first_character(text) == quotes->open)
            status = rebuild_cut(rebuild, at, at + length, failure);
    }
    if (status == STATUS_OK)
        status = rebuild_cut(rebuild, quotes->close_at,
                             quotes->close_at + quotes->close_size, failure);
    return status;
}

static enum status find_quotes(struct rebuild *rebuild, struct failure *failure)
{
    size_t first = 0, n = 0, i;
    char32_t open = 0;
    enum status status = STATUS_OK;

    for (i = 0; i < rebuild->n_blocks && status == STATUS_OK; i++) {
        struct quotes quotes;

        if (rebuild->blocks[i].role != BLOCK_TEXT)
            continue;
        if (!read_quotes(rebuild, i, &quotes) ||
            (n > 0 && quotes.open != open)) {
            n = 0;
            continue;
        }
        if (quotes.depth <= 0) {
            if (n > 0 && closes_at_end(rebuild, i, &quotes))
                status = cut_quotes(rebuild, first, i, &quotes, failure);
            n = 0;
            continue;
        }
        if (n++ == 0)
            first = i;
        open = quotes.open;
    }
    return status;
}

static int compare_cuts(const void *a, const void *b)
{
    const struct cut *first = a, *second = b;

    return (first->start > second->start) - (first->start < second->start);
}

enum status rebuild_find_marks(struct rebuild *rebuild, struct failure *failure)
{
    size_t i;
    enum status status = STATUS_OK;

    for (i = 0; i < rebuild->n_blocks && status == STATUS_OK; i++) {
        if (rebuild->blocks[i].role == BLOCK_FURNITURE)
            continue;
        status = cut_markup(rebuild, i, failure);
        if (status == STATUS_OK)
            status = cut_emphasis(rebuild, i, failure);
    }
    if (status == STATUS_OK)
        status = find_quotes(rebuild, failure);
    if (rebuild->n_cuts > 1)
        qsort(rebuild->cuts, rebuild->n_cuts, sizeof *rebuild->cuts,
              compare_cuts);
    return status;
}
