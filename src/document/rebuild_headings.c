/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which blocks are headings, and of which level.
 *
 *   H1  "# …" in Markdown: as many signs, such a level. A line with a rule
 *       right below it: the sign of the rule that comes first is the first
 *       level, the one that comes next the second (as in reStructuredText),
 *       unless its number tells.
 *   H2  Else a block is a heading if it has at most three lines and 160 bytes,
 *       begins with a capital or a number, ends in no punctuation, is followed
 *       by a block of text, and one of these holds: it begins with a word or
 *       number that sections begin with ("Annex", "Chapter", "IV.", "A."); it
 *       is bold, or in larger type than the block after it; it is set to the
 *       middle or in capitals; it stands between gaps or is short, and the
 *       text after it has several lines or ends a sentence; a number ("1.")
 *       needs the gaps, and no item after it.
 *   H3  It is none if it has a date or a number at its end, or if the block
 *       after it begins with a small letter. Levels: 1 for Annex, Chapter,
 *       Part and Roman numbers, 2 for letters and "Article", the count of
 *       parts for 3.2.1, else 2. */
#include <config.h>

#include "src/document/rebuild_parts.h"

#include "base/ascii.h"

#include <string.h>

enum { MAX_LINES = 3, MAX_BYTES = 160, MAX_SIGNS = 6 };

struct judge {
    struct rebuild *rebuild;
    char signs[MAX_SIGNS];
};

static const struct section_word {
    const char *word;
    unsigned level;
} section_words[] = {
    {"Annex", 1},        {"ANNEX", 1},   {"Appendix", 1},   {"APPENDIX", 1},
    {"Chapter", 1},      {"CHAPTER", 1}, {"Part", 1},       {"PART", 1},
    {"Section", 2},      {"SECTION", 2}, {"Article", 2},    {"ARTICLE", 2},
    {"Annexe", 1},       {"Anexo", 1},   {"Chapitre", 1},   {"Capítulo", 1},
    {"Introduction", 2}, {"Summary", 2}, {"Conclusion", 2},
};

static unsigned section_level(struct bytes text)
{
    size_t i;

    for (i = 0; i < sizeof section_words / sizeof *section_words; i++) {
        size_t length = strlen(section_words[i].word);

        if (bytes_begin_with(text, section_words[i].word) &&
            (text.length == length || text.data[length] == ' '))
            return section_words[i].level;
    }
    return 0;
}

static unsigned item_level(const struct item *item, struct bytes text)
{
    unsigned level = 1;
    size_t i;

    switch ((enum item_kind)item->kind) {
    case ITEM_ROMAN: return 1;
    case ITEM_LETTER: return 2;
    case ITEM_SECTION:
        for (i = 0; i + 1 < item->length; i++)
            level += text.data[i] == '.';
        return level;
    case ITEM_NONE:
    case ITEM_DECIMAL:
    case ITEM_BRACKET:
    case ITEM_BULLET:
    case ITEM_KINDS: break;
    }
    return 0;
}

static bool is_in_capitals(struct bytes text)
{
    size_t n = 0, i;

    for (i = 0; i < text.length; i++) {
        if (is_ascii_small(text.data[i]))
            return false;
        n += is_ascii_capital(text.data[i]);
    }
    return n > 3;
}

/* H2 as far as the block BLOCK by itself goes. */
static bool may_be_heading(const struct rebuild *rebuild,
                           const struct rebuilt_block *block)
{
    const struct line *first = &rebuild->lines[block->first];
    const struct line *last = &rebuild->lines[block->last];
    struct bytes end = line_text(rebuild, last);
    char c = end.data[end.length - 1];

    if (block->role != BLOCK_TEXT || block->last - block->first >= MAX_LINES ||
        last->end - first->start > MAX_BYTES ||
        line_has(last, LINE_STRONG | LINE_COMMA | LINE_HYPHEN) ||
        !line_has(first, LINE_LETTERS) ||
        line_has(first, LINE_LOWER | LINE_BARE))
        return false;
    return line_has(first, LINE_UPPER | LINE_DIGITS) &&
           first->item.kind != ITEM_BRACKET &&
           first->item.kind != ITEM_BULLET && !is_ascii_digit(c) && c != ']' &&
           c != '*';
}

static bool is_set_off(const struct rebuild *rebuild, size_t at)
{
    const struct rebuilt_block *block = &rebuild->blocks[at];
    const struct rebuilt_block *next = block + 1;
    const struct line *first = &rebuild->lines[block->first];
    const struct line *after = &rebuild->lines[next->first];
    float width = first->full - after->left;

    if (first->bold && !after->bold)
        return true;
    if (first->size > after->size * 1.08F)
        return true;
    if (is_in_capitals(line_text(rebuild, first)))
        return true;
    if (first->left > after->left + 8 && first->gap != 0 && after->gap != 0 &&
        !rebuild->page_text->has_geometry)
        return true;
    if (rebuild->page_text->has_geometry)
        return false;
    if (first->gap != 0 && after->gap != 0 && !rebuild->loose &&
        (next->last > next->first ||
         line_has(&rebuild->lines[next->last], LINE_STRONG)))
        return true;
    return !rebuild->loose && first->right - first->left < 0.7F * width &&
           next->last > next->first;
}

/* The level of a heading that is underlined with SIGN; SIGNS are those seen
 * before, in their order. */
static unsigned underline_level(char signs[MAX_SIGNS], char sign)
{
    unsigned level = 0;

    while (level + 1 < MAX_SIGNS && signs[level] && signs[level] != sign)
        level++;
    signs[level] = sign;
    return level + 1;
}

static void judge_block(struct judge *judge, size_t at)
{
    struct rebuild *rebuild = judge->rebuild;
    struct rebuilt_block *block = &rebuild->blocks[at];
    const struct rebuilt_block *next = block + 1;
    const struct line *first = &rebuild->lines[block->first];
    struct bytes text = line_text(rebuild, first);
    const struct line *after;
    unsigned level;

    if (line_has(first, LINE_MARKUP)) {
        block->role = BLOCK_HEADING;
        for (block->level = 0; text.data[block->level] == '#';)
            block->level++;
        return;
    }
    if (line_has(first, LINE_UNDERLINED)) {
        block->role = BLOCK_HEADING;
        block->level =
            underline_level(judge->signs, rebuild->text.data[first[1].start]);
        level = item_level(&first->item, text);
        if (level)
            block->level = level;
        return;
    }
    if (!may_be_heading(rebuild, block) || at + 1 == rebuild->n_blocks ||
        next->role != BLOCK_TEXT)
        return;
    after = &rebuild->lines[next->first];
    if (line_has(after, LINE_LOWER) && after->item.kind == ITEM_NONE)
        return;
    level = section_level(text);
    if (!level)
        level = item_level(&first->item, text);
    if (!level && !is_set_off(rebuild, at))
        return;
    if (first->item.kind == ITEM_DECIMAL &&
        (after->item.kind != ITEM_NONE || first->gap == 0 || after->gap == 0))
        return;
    block->role = BLOCK_HEADING;
    block->level = level ? level : 2;
}

void rebuild_find_headings(struct rebuild *rebuild)
{
    struct judge judge = {.rebuild = rebuild};

    for (size_t i = 0; i < rebuild->n_blocks; i++)
        judge_block(&judge, i);
}
