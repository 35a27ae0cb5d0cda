/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/text/compound.h"

#include "src/text/utf8.h"

#include <unicode/uchar.h>

#include <string.h>

/* Longer chains are lists (Monday-Tuesday-…), or the rows of a table. */
enum { MAX_PARTS = 5 };

/* Whether a word holds nothing but letters, with marks, and apostrophes. */
static bool is_all_letters(struct bytes word)
{
    size_t at = 0;

    while (at < word.length) {
        char32_t c;

        at += utf8_decode(word.data + at, word.length - at, &c);
        if (c != '\'' &&
            !(U_GET_GC_MASK((UChar32)c) & (U_GC_L_MASK | U_GC_M_MASK)))
            return false;
    }
    return true;
}

void compound_add(struct compound *compound, const struct token *part,
                  bool joins)
{
    size_t hyphen = compound->n_parts > 0;

    if (!hyphen) {
        compound->length = 0;
        compound->start = part->start;
        compound->position = part->position;
        compound->fits = true;
    }
    compound->end = part->end;
    if (compound->n_parts < MAX_PARTS)
        compound->n_parts++;
    else
        compound->fits = false;
    if (!joins || part->kind != TOKEN_WORD ||
        part->word.length + hyphen > WORD_MAX_BYTES - compound->length ||
        !is_all_letters(part->word))
        compound->fits = false;
    if (!compound->fits)
        return;
    if (hyphen)
        compound->word[compound->length++] = '-';
    memcpy(compound->word + compound->length, part->word.data,
           part->word.length);
    compound->length += part->word.length;
}

bool compound_end(struct compound *compound, struct token *token)
{
    bool given = compound->n_parts > 1 && compound->fits;

    compound->n_parts = 0;
    if (given)
        *token = (struct token){
            .word = {compound->word, compound->length},
            .start = compound->start,
            .end = compound->end,
            .position = compound->position,
            .kind = TOKEN_COMPOUND,
        };
    return given;
}
