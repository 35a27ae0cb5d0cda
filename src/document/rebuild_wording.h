/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the words of a line tell of the line before it or behind it. TEXT is the
 * text of the line. Words are those of English, French and Spanish: where a
 * language has none here, the rules that ask for them do not apply. */
#ifndef DOCUMENT_REBUILD_WORDING_H
#define DOCUMENT_REBUILD_WORDING_H

#include <stdbool.h>

#include "base/bytes.h"

/* Whether a bracket that TEXT opens is not closed. */
bool leaves_bracket(struct bytes text);

/* Whether TEXT ends in a small word that more must follow. */
bool ends_in_small_word(struct bytes text);

/* Whether TEXT ends in "and" or "or": the last item but one. */
bool ends_in_and(struct bytes text);

/* Whether TEXT begins with a word as the paragraphs of preambles do: by its
 * form, a participle, alone or behind an adverb. */
bool begins_preamble(struct bytes text);

/* Whether TEXT begins with a tag as the entries of bibliographies do: "[Smi99]
 * Smith, …". */
bool begins_with_tag(struct bytes text);

#endif
