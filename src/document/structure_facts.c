/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each document is called, and of which date it is.
 *
 *   1. The symbol is what the file says; or is implied by the number and the
 *      body; or the first symbol of a resolution in what stands in front or
 *      beside the text; or the line, in front, that is a symbol.
 *      A capital alone above the opening line is part of the number, unless
 *      the document has several ("A", "B").
 *   2. The title is what the file says; or what stands between the number and
 *      the opening line; or the number itself ("Resolution 2769 (2025)"); in
 *      a document that is no resolution the first heading, if no text stands
 *      before it.
 *   3. The date is what the file says; or that of the line in front which has
 *      one ("… adopted … on 20 December 2004"); or that of the meeting that
 *      is named at the end; else a line in front that is a date. */
#include <config.h>

#include "src/document/structure_parts.h"

#include "base/ascii.h"

/* The block of PART that opens the resolution, its .end if none does. */
static size_t find_opening(const struct structure *structure,
                           const struct part *part)
{
    for (size_t i = part->first; i < part->end; i++)
        if (structure->blocks[i].formula)
            return i;
    return part->end;
}

/* The end of what stands in front of PART's text. */
static size_t front_end(const struct part *part, size_t opening)
{
    size_t end = opening;

    if (opening == part->end && part->end - part->first > FRONT_BLOCKS)
        end = part->first + FRONT_BLOCKS;
    return end;
}

static struct span keep_from(struct structure *structure, size_t start)
{
    return (struct span){start, structure->data.length - start};
}

/* The number of the resolution in front of block OPENING of PART: its block,
 * or OPENING if there is none. */
static size_t find_number(const struct structure *structure,
                          const struct part *part, size_t opening,
                          struct symbol_line *line)
{
    size_t i = opening;

    *line = (struct symbol_line){0};
    while (i > part->first && is_front(structure, i - 1))
        if (is_numbering(structure, --i, line))
            return i;
    *line = (struct symbol_line){0};
    return opening;
}

/* Add the symbol of the resolution that is named in front of block FRONT of
 * PART, or beside the text, if there is one. */
static void find_named_symbol(struct structure *structure, struct part *part,
                              size_t front)
{
    struct buffer copy = BUFFER_EMPTY; /* .data moves while it grows */
    size_t start = structure->data.length;

    for (size_t i = part->first; i < part->end && !part->symbol.length; i++) {
        const struct kept *kept = &structure->blocks[i];
        struct bytes text = kept_text(structure, kept);

        if (!(i < front || kept->role == BLOCK_FURNITURE) ||
            kept->role == BLOCK_FOOTNOTE || text.data[0] == '[' ||
            text.length > TITLE_BYTES)
            continue;
        buffer_clear(&copy);
        if (symbol_find_resolution(text, &copy)) {
            buffer_append(&structure->data, copy.data, copy.length);
            part->symbol = keep_from(structure, start);
        }
    }
    structure->data.failed |= copy.failed;
    buffer_release(&copy);
}

/* The line in front of block FRONT of PART that is a symbol; empty if none
 * is. */
static struct span find_symbol_line(const struct structure *structure,
                                    const struct part *part, size_t front)
{
    for (size_t i = part->first; i < front; i++) {
        const struct kept *kept = &structure->blocks[i];
        struct bytes text = kept_text(structure, kept);
        struct bytes symbol = symbol_whole(text);

        if (symbol.length && kept->role != BLOCK_FOOTNOTE)
            return (struct span){kept->text.start +
                                     (size_t)(symbol.data - text.data),
                                 symbol.length};
    }
    return (struct span){0, 0};
}

/* Rule 1. NUMBER is that of the resolution, apart from .data. */
static void find_symbol(struct structure *structure, struct part *part,
                        size_t opening, struct bytes number)
{
    size_t start = structure->data.length, front = front_end(part, opening);
    enum body body = BODY_NONE;

    if (part->symbol.length)
        return;
    if (opening < part->end)
        body = structure->blocks[opening].formula;
    if (body == BODY_NONE || body == BODY_OTHER)
        body = name_body(span_of(&structure->data, part->body));
    if (symbol_imply(body, number, &structure->data))
        part->symbol = keep_from(structure, start);
    if (!part->symbol.length)
        find_named_symbol(structure, part, front);
    if (!part->symbol.length)
        part->symbol = find_symbol_line(structure, part, front);
}

/* Append the text of block I to the title that begins at START. */
static void append_title(struct structure *structure, size_t i, size_t start)
{
    struct span text = structure->blocks[i].text;

    if (structure->data.length > start)
        buffer_append_byte(&structure->data, ' ');
    if (buffer_reserve(&structure->data, text.length))
        buffer_append(&structure->data, structure->data.data + text.start,
                      text.length);
    structure->blocks[i].sort = SORT_TITLE;
}

/* Whether block I, in front of a resolution's text, is its title's. */
static bool is_title_line(const struct structure *structure, size_t i)
{
    const struct kept *kept = &structure->blocks[i];
    struct bytes text = kept_text(structure, kept);
    struct date date;

    return is_running(kept) && text.data[0] != '[' &&
           kept->ending == ENDS_OPEN && !name_distribution(text) &&
           text.length > 1 && !name_meeting(text) && !date_find(text, &date) &&
           name_organization(text) == 0;
}

/* Rule 2, for a resolution with block NUMBER as its number, as LINE says. */
static void find_resolution_title(struct structure *structure,
                                  struct part *part, size_t number,
                                  size_t opening,
                                  const struct symbol_line *line)
{
    size_t start = structure->data.length;
    struct kept *kept = &structure->blocks[number];
    struct span title = {0, 0};

    if (line->title.length) {
        kept->sort = SORT_TITLE;
        title = (struct span){(size_t)(line->title.data - structure->data.data),
                              line->title.length};
    }
    if (number == opening) {
        /* No number: the line right above, if it is one. */
        if (opening > part->first && is_title_line(structure, opening - 1))
            append_title(structure, opening - 1, start);
    } else {
        for (size_t i = number + 1; i < opening; i++)
            if (is_title_line(structure, i) &&
                structure->data.length - start < TITLE_BYTES)
                append_title(structure, i, start);
    }
    if (title.length == 0) {
        if (structure->data.length == start && number < opening)
            append_title(structure, number, start);
        title = keep_from(structure, start);
    }
    if (part->title.length == 0)
        part->title = title;
}

/* The first block of PART, if it is a line that does not end like a sentence
 * and is followed by text that does; NULL if not. */
static struct kept *find_plain_title(struct structure *structure,
                                     const struct part *part)
{
    struct kept *first = NULL;

    for (size_t i = part->first; i < part->end; i++) {
        struct kept *kept = &structure->blocks[i];

        if (!is_running(kept) || is_masthead(structure, kept))
            continue;
        if (first)
            return kept->role == BLOCK_HEADING ||
                           kept->mark.style != MARK_NONE ||
                           (first->text.length < kept->text.length &&
                            kept->ending != ENDS_OPEN)
                       ? first
                       : NULL;
        if (kept->role != BLOCK_TEXT || kept->ending != ENDS_OPEN ||
            kept->text.length > STOP_BYTES || kept->level > 0 ||
            kept->mark.style != MARK_NONE)
            return NULL;
        first = kept;
    }
    return NULL;
}

/* Rule 2, for what is no resolution. */
static void find_other_title(struct structure *structure, struct part *part)
{
    struct kept *title = NULL;

    for (size_t i = part->first; i < part->end && !title; i++) {
        struct kept *kept = &structure->blocks[i];

        if (kept->role == BLOCK_TITLE ||
            (kept->role == BLOCK_HEADING && kept->level <= 1))
            title = kept;
        else if (kept->role != BLOCK_FURNITURE && kept->role != BLOCK_FOOTNOTE)
            break;
    }
    if (!title)
        title = find_plain_title(structure, part);
    if (!title)
        return;
    title->sort = SORT_TITLE;
    if (part->title.length == 0)
        part->title = title->text;
}

static void keep_date(struct structure *structure, struct part *part,
                      const struct date *date)
{
    size_t start = structure->data.length;

    buffer_append_format(&structure->data, "%04u-%02u-%02u", date->year,
                         date->month, date->day);
    part->date = keep_from(structure, start);
}

/* The last date in front of block FRONT that is part of a line (ALL: that is
 * one). */
static bool find_front_date(const struct structure *structure,
                            const struct part *part, size_t front, bool all,
                            struct date *date)
{
    for (size_t i = front; i > part->first; i--) {
        const struct kept *kept = &structure->blocks[i - 1];
        struct bytes text = kept_text(structure, kept);

        if (!is_running(kept) || text.length > TITLE_BYTES ||
            text.data[0] == '[')
            continue;
        if (all ? date_is_all(text, date) ||
                      (name_distribution(text) && date_find(text, date))
                : !date_is_all(text, date) && !name_distribution(text) &&
                      kept->sort != SORT_TITLE && date_find(text, date))
            return true;
    }
    return false;
}

/* The date after block OPENING that a line of its own gives, or one that names
 * a meeting. */
static bool find_closing_date(const struct structure *structure,
                              const struct part *part, size_t opening,
                              struct date *date)
{
    for (size_t i = opening; i < part->end; i++) {
        const struct kept *kept = &structure->blocks[i];
        struct bytes text = kept_text(structure, kept);

        if (!is_running(kept) || kept->ending != ENDS_OPEN)
            continue;
        if (date_is_all(text, date) ||
            ((name_meeting(text) || kept->name == NAME_SIGNATURE) &&
             date_find(text, date)))
            return true;
    }
    return false;
}

/* Rule 3. */
static void find_date(struct structure *structure, struct part *part,
                      size_t opening)
{
    size_t front = front_end(part, opening);
    bool opens = opening < part->end;
    struct date date;

    if (part->date.length)
        return;
    if ((opens && find_front_date(structure, part, front, false, &date)) ||
        ((opens || part->is_resolution) &&
         find_closing_date(structure, part, opens ? opening : part->first,
                           &date)) ||
        find_front_date(structure, part, front, true, &date))
        keep_date(structure, part, &date);
}

/* Whether PART, which has no opening line, is the rest of a resolution, or
 * one by its markup: paragraphs that end in commas, and then "1.", which does
 * not. */
static bool is_excerpt(const struct structure *structure,
                       const struct part *part)
{
    enum ending before = ENDS_OPEN;
    bool begins = true; /* nothing but such paragraphs so far */

    for (size_t i = part->first; i < part->end; i++) {
        const struct kept *kept = &structure->blocks[i];

        if (kept->name == NAME_PREAMBLE)
            return true;
        if (!is_running(kept) || kept->role != BLOCK_TEXT)
            continue;
        if (begins && kept->mark.style == MARK_DECIMAL &&
            kept->mark.value == 1 && before == ENDS_COMMA)
            return kept->ending != ENDS_COMMA;
        if (kept->ending != ENDS_COMMA && !is_front(structure, i))
            begins = false;
        before = kept->ending;
    }
    return false;
}

/* The capital that stands alone between block NUMBER and block OPENING: which
 * part of a resolution it is. 0 if there is none, or PART has more parts. */
static char find_letter(const struct structure *structure,
                        const struct part *part, size_t number, size_t opening)
{
    char letter = 0;

    for (size_t i = number + 1; i < opening; i++) {
        struct bytes text = kept_text(structure, &structure->blocks[i]);

        if (text.length == 1 && is_ascii_capital(*text.data))
            letter = *text.data;
    }
    for (size_t i = opening + 1; i < part->end && letter; i++)
        if (structure->blocks[i].formula &&
            !structure->blocks[i].formula_quoted)
            letter = 0;
    return letter;
}

void structure_find_facts(struct structure *structure, struct part *part)
{
    size_t opening = find_opening(structure, part);
    size_t number = opening;
    struct symbol_line line = {0};
    struct buffer in_full = BUFFER_EMPTY; /* the number, apart from .data */

    part->is_resolution = opening < part->end || is_excerpt(structure, part);
    if (opening < part->end) {
        number = find_number(structure, part, opening, &line);
        find_resolution_title(structure, part, number, opening, &line);
        /* The title may have moved the text that LINE points into. */
        number = find_number(structure, part, opening, &line);
    } else {
        find_other_title(structure, part);
    }
    buffer_append(&in_full, line.number.data, line.number.length);
    if (line.number.length &&
        memchr(line.number.data, '/', line.number.length)) {
        char letter = find_letter(structure, part, number, opening);

        if (letter)
            buffer_append_format(&in_full, " %c", letter);
    }
    structure->data.failed |= in_full.failed;
    find_symbol(structure, part, opening, buffer_bytes(&in_full));
    buffer_release(&in_full);
    find_date(structure, part, opening);
}
