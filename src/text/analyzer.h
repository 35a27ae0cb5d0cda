/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text to words: the one analyzer, for documents, for queries, and for finding
 * the matches to mark. Whatever it does to the one it does to the other.
 *
 * Words are those of Unicode's word boundaries (UAX #29), tailored as
 * src/text/analyzer.c states rule by rule; they are folded by NFKC_Casefold,
 * which also removes soft hyphens and zero-width characters. Accents are
 * kept: see src/text/lexicon.h for what makes Bogota find Bogotá. */
#ifndef TEXT_ANALYZER_H
#define TEXT_ANALYZER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"

/* No word is longer than this many bytes; what goes beyond is cut off, at a
 * code point, in documents and in queries alike. */
enum { WORD_MAX_BYTES = 120 };

enum token_kind {
    TOKEN_WORD,
    TOKEN_IDEOGRAPH, /* a word of one character of a script that does not
                        put spaces between words (Han, Hiragana, Thai; a run
                        of Katakana is a WORD) */
    TOKEN_COMPOUND,  /* the words since the one at .position, which hyphens
                        join: co-operation, spelled with '-'. Comes directly
                        after the last of them. */
    TOKEN_PAIR,      /* two IDEOGRAPHs that nothing parts, of which the first is
                        at .position; comes directly after the second. Most
                        words of these scripts are as long or a little longer,
                        so ranked search asks for pairs */
};

struct token {
    struct bytes word; /* folded; borrowed until the analyzer's next call */
    size_t start, end; /* the bytes of the text that it came from */
    uint32_t position; /* 1, 2, 3, …; of a COMPOUND and of a PAIR, that of its
                          first part */
    enum token_kind kind;
    bool hyphen_before; /* only a hyphen parts this word from the one before */
};

struct analyzer;

/* An analyzer, to be used by one thread at a time and freed by
 * analyzer_free (NULL is fine). STATUS_MEMORY; STATUS_IO if the Unicode
 * library cannot find its data. */
enum status analyzer_new(struct analyzer **analyzer, struct failure *failure);
void analyzer_free(struct analyzer *analyzer);

/* Begin with TEXT, which stays borrowed until the last analyzer_next. It may be
 * anything, invalid UTF-8 and NUL included: what is no word is skipped. */
void analyzer_start(struct analyzer *analyzer, const char *text, size_t length);

/* The next token into *TOKEN; false at the end. It needs no more memory. */
bool analyzer_next(struct analyzer *analyzer, struct token *token);

/* Whether a token of KIND counts as a word of its text, and is not made of some
 * that do. */
static inline bool token_counts(enum token_kind kind)
{
    return kind == TOKEN_WORD || kind == TOKEN_IDEOGRAPH;
}

/* What an index must have been written with to be searched by this program:
 * the version of the rules above, of Unicode, and of the stemmers, whose
 * version is a fingerprint of what they do. Static. NULL if memory ran out. */
const char *analyzer_identity(void);

#endif
