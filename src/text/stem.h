/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The Snowball stemmers (https://snowballstem.org), each made when it is first
 * asked for. Nothing is done to a word before or after: for what an index
 * holds as a stem see src/text/lexicon.h. */
#ifndef TEXT_STEM_H
#define TEXT_STEM_H

#include "base/bytes.h"
#include "base/status.h"
#include "src/text/language.h"

struct stemmers;

/* To be used by one thread at a time, and freed by stemmers_free (NULL is
 * fine). STATUS_MEMORY. */
enum status stemmers_new(struct stemmers **stemmers, struct failure *failure);
void stemmers_free(struct stemmers *stemmers);

/* The stem of WORD, which is well-formed UTF-8 in lower case; borrowed until
 * the next call. WORD itself if LANGUAGE is NULL or has no stemmer, or if
 * nothing would remain of the word. STATUS_MEMORY. */
enum status stem_word(struct stemmers *stemmers,
                      const struct language *language, struct bytes word,
                      struct bytes *stem, struct failure *failure);

#endif
