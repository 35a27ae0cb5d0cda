/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kind of each block of a document.
 *
 * What markup says (roles and names) wins. Otherwise, of a resolution:
 *
 *   1. Its opening line ("The General Assembly,") and all before it that is no
 *      title are other; long text there, or after the end, is paragraphs.
 *   2. After it come preambular paragraphs, up to the paragraph numbered 1;
 *      where none is numbered, up to the last that ends in a comma.
 *   3. Operative paragraphs follow, up to a line that names the meeting, that
 *      is a date, or that stands in square brackets: that is other, and so
 *      is what comes after it.
 *   4. Where a resolution quotes a draft with an opening line of its own, the
 *      steps begin again there; of the paragraphs that lead to it the
 *      numbered are operative, those that end in commas preambular, and the
 *      rest ("Recommends … the following draft resolution:") other.
 *   5. A short line without punctuation at its end, between paragraphs that
 *      have it, is a heading.
 *
 * Of any document:
 *
 *   6. From a heading that begins with "Annex" on, text is annex.
 *   7. Lines of a masthead above the first paragraph are other; what is left is
 *      paragraphs. */
#include <config.h>

#include "src/document/structure_parts.h"

#include "src/document/characters.h"
#include "src/text/utf8.h"

#include <unicode/uchar.h>

enum {
    HEADING_CHARACTERS = 160, /* what is longer is no heading by itself; in a
                                 resolution, where little else ends without
                                 punctuation */
    PLAIN_CHARACTERS = 80,    /* and elsewhere */
    SENTENCE_BYTES = 60,      /* what is longer, and ends in a full stop, is
                                 text also in front of a resolution */
    ANNEX_BYTES = 150,
};

static const struct {
    const char *name, *letters;
} sorts[SORTS] = {
    [SORT_NONE] = {"other", "X"},
    [SORT_TITLE] = {"title", "T"},
    [SORT_HEADING] = {"heading", "H"},
    [SORT_PREAMBULAR] = {"preambular", "PP"},
    [SORT_OPERATIVE] = {"operative", "OP"},
    [SORT_FOOTNOTE] = {"footnote", "FN"},
    [SORT_ANNEX] = {"annex", "A"},
    [SORT_TABLE] = {"table", "TB"},
    [SORT_PARAGRAPH] = {"paragraph", "P"},
    [SORT_OTHER] = {"other", "X"},
    [SORT_FURNITURE] = {KIND_FURNITURE, "F"},
};

const char *sort_name(enum sort sort)
{
    return sorts[sort].name;
}

const char *sort_letters(enum sort sort)
{
    return sorts[sort].letters;
}

/* What kind a block has for its role alone; SORT_NONE if it has to be found. */
static enum sort sort_of_role(const struct kept *kept)
{
    switch (kept->role) {
    case BLOCK_TITLE: return SORT_TITLE;
    case BLOCK_HEADING: return SORT_HEADING;
    case BLOCK_FOOTNOTE: return SORT_FOOTNOTE;
    case BLOCK_TABLE: return SORT_TABLE;
    case BLOCK_FURNITURE: return SORT_FURNITURE;
    case BLOCK_TEXT: break;
    }
    return SORT_NONE;
}

/* The next block after I, before END, that belongs to the running text; END if
 * there is none. */
static size_t next_running(const struct structure *structure, size_t i,
                           size_t end)
{
    do
        i++;
    while (i < end && !is_running(&structure->blocks[i]));
    return i;
}

static bool begins_with_capital(struct bytes text)
{
    char32_t first = first_character(text_unquoted(text));

    return u_isalnum((UChar32)first) && !u_islower((UChar32)first);
}

/* Whether TEXT has cells: "a | b". */
static bool is_row(struct bytes text)
{
    for (size_t i = 1; i + 1 < text.length; i++)
        if (text.data[i] == '|' && text.data[i - 1] == ' ' &&
            text.data[i + 1] == ' ')
            return true;
    return false;
}

/* Whether KEPT looks like a heading of at most MAX characters. */
static bool looks_like_heading(const struct structure *structure,
                               const struct kept *kept, size_t max)
{
    struct bytes text = kept_text(structure, kept);

    return kept->role == BLOCK_TEXT && kept->level == 0 &&
           (kept->name == NAME_NONE || kept->name == NAME_OPERATIVE) &&
           kept->ending == ENDS_OPEN && !is_row(text) &&
           kept->formula == BODY_NONE && text.length <= 4 * max &&
           utf8_count(text.data, text.length) <= max && text.data[0] != '[' &&
           !kept->mark.quoted && kept->mark.style != MARK_LETTER &&
           kept->mark.style != MARK_ROMAN && !kept->mark.bracketed &&
           begins_with_capital(text);
}

/* Whether KEPT is a paragraph's text: it ends as sentences or their parts do.
 */
static bool is_sentence(const struct kept *kept)
{
    return is_running(kept) && kept->ending != ENDS_OPEN;
}

/* Whether block I is a heading by rule 5, in a document that is no resolution:
 * text follows it, or one more heading and then text. */
static bool is_plain_heading(const struct structure *structure, size_t i,
                             size_t end)
{
    const struct kept *blocks = structure->blocks;
    size_t next = next_running(structure, i, end);

    if (!looks_like_heading(structure, &blocks[i], PLAIN_CHARACTERS))
        return false;
    if (next < end &&
        looks_like_heading(structure, &blocks[next], PLAIN_CHARACTERS))
        next = next_running(structure, next, end);
    return next < end && is_sentence(&blocks[next]) &&
           blocks[next].text.length > 2 * blocks[i].text.length;
}

/* Rule 6. "Annex I" alone, or in a line without punctuation at its end. */
static bool is_annex_heading(const struct structure *structure,
                             const struct kept *kept)
{
    return (kept->role == BLOCK_HEADING || kept->role == BLOCK_TITLE ||
            kept->role == BLOCK_TEXT) &&
           kept->ending == ENDS_OPEN && kept->text.length <= ANNEX_BYTES &&
           name_annex(kept_text(structure, kept));
}

/* Rule 3. */
static bool is_closing(const struct structure *structure,
                       const struct kept *kept)
{
    struct bytes text = kept_text(structure, kept);
    struct date date;

    if (kept->name == NAME_SIGNATURE)
        return true;
    return kept->role == BLOCK_TEXT && kept->mark.style == MARK_NONE &&
           (text.data[0] == '[' ||
            (kept->ending == ENDS_OPEN &&
             (name_meeting(text) || date_is_all(text, &date))));
}

/* A run of blocks with one opening line, and where its parts begin. */
struct section {
    size_t first;     /* the block after the opening line */
    size_t operative; /* the first operative paragraph */
    size_t end;       /* of the operative paragraphs */
    bool leads;       /* to a draft that is quoted: rule 4 */
};

/* Whether blocks FIRST to END lead to a draft: they end with a colon, and the
 * draft's opening line follows, or nothing any more. */
static bool leads_to_draft(const struct structure *structure, size_t first,
                           size_t end, size_t document_end)
{
    size_t last = end;

    if (end < document_end && !structure->blocks[end].formula)
        return false;
    while (last > first && !is_running(&structure->blocks[last - 1]))
        last--;
    return last > first &&
           structure->blocks[last - 1].mark.style == MARK_NONE &&
           structure->blocks[last - 1].ending == ENDS_COLON;
}

/* Whether KEPT has the number of a paragraph, not of an item in one. */
static bool is_numbered(const struct kept *kept)
{
    return kept->role == BLOCK_TEXT && kept->mark.style == MARK_DECIMAL &&
           !kept->mark.bracketed && kept->level == 0;
}

/* Rule 2, for a section whose ends are known. */
static size_t find_operative(const struct structure *structure, size_t first,
                             size_t end)
{
    size_t after_comma = first;

    for (size_t i = first; i < end; i++) {
        const struct kept *kept = &structure->blocks[i];

        if (kept->name == NAME_OPERATIVE ||
            (is_numbered(kept) && kept->mark.value == 1 &&
             kept->name != NAME_PREAMBLE))
            return i;
        if (kept->name == NAME_PREAMBLE ||
            (kept->role == BLOCK_TEXT && kept->ending == ENDS_COMMA &&
             kept->mark.style == MARK_NONE))
            after_comma = i + 1;
    }
    return after_comma;
}

/* The section that begins at block FIRST; the document ends at END. DRAFT: it
 * is quoted, which markup calls an annex, too. */
static struct section find_section(const struct structure *structure,
                                   size_t first, size_t end, bool draft)
{
    struct section section = {first, first, first, false};
    size_t i;

    for (i = first; i < end; i++) {
        const struct kept *kept = &structure->blocks[i];

        if (kept->formula || is_annex_heading(structure, kept) ||
            (kept->name == NAME_ANNEX && !draft) || is_closing(structure, kept))
            break;
    }
    section.end = i;
    section.leads = leads_to_draft(structure, first, i, end) ||
                    (i < end && structure->blocks[i].formula_quoted);
    section.operative = find_operative(structure, first, i);
    return section;
}

/* Rule 5, in a resolution: what follows is a paragraph, or another heading. */
static bool is_resolution_heading(const struct structure *structure, size_t i,
                                  size_t end)
{
    const struct kept *next =
        &structure->blocks[next_running(structure, i, end)];

    return looks_like_heading(structure, &structure->blocks[i],
                              HEADING_CHARACTERS) &&
           next < &structure->blocks[end] &&
           (next->mark.style != MARK_NONE || next->ending != ENDS_OPEN ||
            next->role == BLOCK_HEADING ||
            looks_like_heading(structure, next, HEADING_CHARACTERS));
}

static enum sort sort_in_section(const struct structure *structure, size_t i,
                                 const struct section *section)
{
    const struct kept *kept = &structure->blocks[i];

    if (kept->name == NAME_PREAMBLE)
        return SORT_PREAMBULAR;
    if (is_resolution_heading(structure, i, section->end))
        return SORT_HEADING;
    if (kept->name == NAME_OPERATIVE)
        return SORT_OPERATIVE;
    if (i < section->operative)
        return SORT_PREAMBULAR;
    if (section->leads && kept->mark.style == MARK_NONE)
        return SORT_OTHER;
    return SORT_OPERATIVE;
}

/* The kind of a block outside of sections: rule 1. */
static enum sort sort_outside(const struct structure *structure, size_t i)
{
    const struct kept *kept = &structure->blocks[i];

    if (kept->formula || kept->name == NAME_SIGNATURE ||
        kept->name == NAME_FORMULA)
        return SORT_OTHER;
    if (kept_text(structure, kept).data[0] != '[' &&
        (kept->ending != ENDS_OPEN && kept->text.length > SENTENCE_BYTES))
        return SORT_PARAGRAPH;
    return SORT_OTHER;
}

static enum sort sort_in_annex(const struct structure *structure, size_t i,
                               size_t end)
{
    if (structure->blocks[i].begins_annex ||
        is_plain_heading(structure, i, end))
        return SORT_HEADING;
    return SORT_ANNEX;
}

static void find_kinds_of_resolution(struct structure *structure,
                                     const struct part *part)
{
    struct section section = {part->end, part->end, part->end, false};
    bool in_annex = false, opened = false, front = true, draft = false;

    for (size_t i = part->first; i < part->end; i++) {
        struct kept *kept = &structure->blocks[i];
        enum sort sort = sort_of_role(kept);

        /* What looks like a heading in front is a masthead. */
        front = front && !opened && !is_sentence(kept);
        if (sort == SORT_HEADING && (front || kept->formula))
            sort = SORT_OTHER;
        if (is_running(kept) && (opened || kept->name == NAME_ANNEX) &&
            is_annex_heading(structure, kept)) {
            kept->begins_annex = true;
            in_annex = true;
            sort = SORT_HEADING;
        }
        if (kept->name != NAME_NONE)
            in_annex = kept->name == NAME_ANNEX && !(draft && i < section.end);
        if (kept->formula &&
            (!in_annex || (section.leads && i == section.end))) {
            draft = in_annex;
            in_annex = false;
            section = find_section(structure, i + 1, part->end, draft);
            opened = true;
        }
        if (sort == SORT_NONE)
            sort = in_annex ? sort_in_annex(structure, i, part->end)
                   : i >= section.first && i < section.end
                       ? sort_in_section(structure, i, &section)
                       : sort_outside(structure, i);
        if (kept->sort == SORT_NONE)
            kept->sort = sort;
    }
}

static void find_kinds_of_other(struct structure *structure,
                                const struct part *part)
{
    bool in_annex = false, front = true;

    for (size_t i = part->first; i < part->end; i++) {
        struct kept *kept = &structure->blocks[i];
        enum sort sort = sort_of_role(kept);

        front = front && !is_sentence(kept);
        if (front && is_masthead(structure, kept))
            sort = SORT_OTHER;
        if (is_annex_heading(structure, kept) && kept->sort == SORT_NONE) {
            kept->begins_annex = true;
            in_annex = true;
            sort = SORT_HEADING;
        }
        if (sort == SORT_NONE)
            sort = in_annex ? sort_in_annex(structure, i, part->end)
                   : is_plain_heading(structure, i, part->end) ? SORT_HEADING
                                                               : SORT_PARAGRAPH;
        if (kept->sort == SORT_NONE)
            kept->sort = sort;
    }
}

/* An excerpt of a resolution has no opening line: its section begins with it.
 */
static void find_kinds_of_excerpt(struct structure *structure,
                                  const struct part *part)
{
    struct section section =
        find_section(structure, part->first, part->end, false);

    for (size_t i = section.first; i < section.end; i++) {
        struct kept *kept = &structure->blocks[i];
        enum sort sort = sort_of_role(kept);

        if (kept->sort == SORT_NONE)
            kept->sort = sort ? sort : sort_in_section(structure, i, &section);
    }
    if (section.end < part->end) {
        struct part rest = *part;

        rest.first = section.end;
        find_kinds_of_resolution(structure, &rest);
    }
}

void structure_find_kinds(struct structure *structure, struct part *part)
{
    bool opens = false;

    for (size_t i = part->first; i < part->end && !opens; i++)
        opens = structure->blocks[i].formula != BODY_NONE;
    if (opens)
        find_kinds_of_resolution(structure, part);
    else if (part->is_resolution)
        find_kinds_of_excerpt(structure, part);
    else
        find_kinds_of_other(structure, part);
}
