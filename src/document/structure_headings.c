/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The headings above the blocks of a document.
 *
 * Which heading is above which is told by the level that markup gives, and
 * otherwise by how headings are numbered, as reports of the United
 * Nations do: an annex, then I., A., 1., and last what has no number. */
#include <config.h>

#include "src/document/structure_parts.h"

enum {
    HEADING_BYTES = 200, /* of a heading, where it stands above others */
    RANK_UNNUMBERED = HEADINGS_DEPTH + 4,
};

static unsigned heading_rank(const struct headings *headings,
                             const struct kept *kept)
{
    if (kept->begins_annex)
        return 0;
    if (kept->role == BLOCK_HEADING && kept->level > 0)
        return kept->level;
    switch (kept->mark.style) {
    case MARK_NUMERAL: return 1;
    case MARK_CAPITAL: return kept->mark.other ? 1 : 2; /* "I." */
    case MARK_DECIMAL: return 3;
    case MARK_DOTTED: return 2 + kept->mark.depth;
    case MARK_NONE:
    case MARK_LETTER:
    case MARK_ROMAN: break;
    }
    /* Found by its looks, it is beside the last one without a number. */
    for (size_t i = headings->depth; i-- > 0;)
        if (headings->above[i]->mark.style == MARK_NONE &&
            !headings->above[i]->begins_annex)
            return headings->rank[i];
    return RANK_UNNUMBERED;
}

void headings_release(struct headings *headings)
{
    buffer_release(&headings->text);
}

void headings_clear(struct headings *headings)
{
    headings->depth = 0;
    headings->above_length = 0;
    buffer_clear(&headings->text);
}

/* Append at most HEADING_BYTES of TEXT, cut between characters. */
static void append_heading(struct buffer *out, struct bytes text)
{
    size_t length = text.length;

    if (length > HEADING_BYTES) {
        length = HEADING_BYTES;
        while (length > 0 && ((unsigned char)text.data[length] & 0xC0) == 0x80)
            length--;
    }
    buffer_append(out, text.data, length);
    if (length < text.length)
        buffer_append_string(out, "…");
}

void headings_enter(struct headings *headings,
                    const struct structure *structure, const struct kept *kept)
{
    unsigned rank = heading_rank(headings, kept);

    while (headings->depth > 0 &&
           (headings->rank[headings->depth - 1] >= rank ||
            headings->depth == HEADINGS_DEPTH))
        headings->depth--;
    headings->above[headings->depth] = kept;
    headings->rank[headings->depth++] = rank;
    buffer_clear(&headings->text);
    headings->above_length = 0;
    for (size_t i = 0; i < headings->depth; i++) {
        if (i > 0) {
            headings->above_length = headings->text.length;
            buffer_append_string(&headings->text, " > ");
        }
        append_heading(&headings->text,
                       kept_text(structure, headings->above[i]));
    }
}
