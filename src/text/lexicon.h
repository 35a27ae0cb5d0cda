/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What follows from a word alone: its stem in a language, and the key under
 * which its spellings find each other. Cached, since most words come again. */
#ifndef TEXT_LEXICON_H
#define TEXT_LEXICON_H

#include "base/bytes.h"
#include "base/status.h"

struct lexicon;

/* A lexicon, to be used by one thread at a time and freed by lexicon_free
 * (NULL is fine). Stemmers are made when first asked for. STATUS_MEMORY. */
enum status lexicon_new(struct lexicon **lexicon, struct failure *failure);
void lexicon_free(struct lexicon *lexicon);

/* The stem and the key of WORD, a token's word, in LANGUAGE (ISO 639-1, as
 * "en"). Both are borrowed until the next call.
 *
 * The stem is the Snowball stem of the word written as one (co-operation as
 * cooperation, u.n as un), its accents folded; for a language without a stemmer
 * the word itself, folded likewise.
 *
 * The key is the word without accents, hyphens, and the full stops of an
 * abbreviation (Bogotá: bogota, co-operation: cooperation, u.n: un; but 1.5
 * stays). It may equal the word. STATUS_MEMORY. */
enum status lexicon_forms(struct lexicon *lexicon, struct bytes word,
                          struct bytes language, struct bytes *stem,
                          struct bytes *key, struct failure *failure);

#endif
