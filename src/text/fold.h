/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One spelling for what counts as the same word: compatibility forms and case
 * (NFKC_Casefold of NFD, the Unicode Standard, section 3.13, D146 and D147),
 * and, as a second step that is separate, accents. */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include <stddef.h>

#include "base/status.h"

/* Of what is to be folded only so many bytes are looked at, not counting what
 * folds to nothing, so that a hostile run of a million combining marks costs
 * little (they have to be sorted). */
enum { FOLD_MAX_BYTES = 512 };

struct folder;

/* A folder, to be used by one thread at a time and freed by folder_free (NULL
 * is fine). STATUS_MEMORY; STATUS_IO if the Unicode library cannot find its
 * data. */
enum status folder_new(struct folder **folder, struct failure *failure);
void folder_free(struct folder *folder);

/* TEXT by NFKC_Casefold into WORD; apostrophes become ', the spaces that some
 * compatibility forms consist of are left out, and so is what is neither
 * letter, mark nor number at both ends. Returns the length, at most CAPACITY:
 * what goes beyond is cut off at a code point. 0: there was no word in it. */
size_t fold_word(struct folder *folder, const char *text, size_t length,
                 char *word, size_t capacity);

/* WORD, which fold_word made, without accents into PLAIN, cut likewise:
 *
 * - Latin and Greek: all nonspacing marks go, and ø, ł, æ and others, which
 *   have no mark to lose, become o, l, ae (see fold.c).
 * - Cyrillic: ё becomes е; the acute and grave that mark the stress of a vowel
 *   go; й, ї, ў, ѓ, ќ are letters and stay.
 * - Arabic and Hebrew: points and hamza go, and with them tatweel; wasla is
 *   alef.
 * - Other scripts stay as they are: a vowel sign is no accent. */
size_t fold_accents(struct folder *folder, const char *word, size_t length,
                    char *plain, size_t capacity);

#endif
