/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a query finds, by doc/pilcrow-query.7 and nothing else: paragraphs in
 * memory, analyzed, are looked through one by one, word by word. Slow and
 * simple, so that it can be seen to be right; the engine has to agree with it.
 *
 * Of the program it uses what gives a text its words (src/text), the parser,
 * and how a part of a query is read (src/query/piece.h), but neither plans nor
 * the index. There is no memory management to speak of: where memory is short
 * it aborts. */
#ifndef TESTS_REFERENCE_H
#define TESTS_REFERENCE_H

#include "index/paragraph.h"
#include "src/query/syntax.h"
#include "src/text/analyzer.h"
#include "src/text/lexicon.h"

enum { REFERENCE_MAX_LANGUAGES = 16 };

/* A word of the paragraphs in a language: what stands for it in a token. */
struct reference_word {
    struct bytes word, language, stem, key;
    enum token_kind kind;
};

/* Where a word stands: positions and bytes, the last byte not included. A
 * compound stands at those of all its parts. */
struct reference_token {
    uint32_t word; /* number of a reference_word */
    uint32_t first, last;
    uint32_t start, end;
};

struct reference_paragraph {
    uint32_t id; /* whatever the caller says */
    struct bytes text, document, path, kind, language, date, title;
    struct reference_token *tokens;
    size_t n_tokens;
    uint32_t *title_words;
    size_t n_title_words;
};

struct reference {
    struct analyzer *analyzer;
    struct lexicon *lexicon;
    struct reference_paragraph *paragraphs;
    size_t n_paragraphs, paragraphs_capacity;
    struct reference_word *words;
    size_t n_words, words_capacity;
    uint32_t *table; /* of numbers of words, by hash; 0: none, else one more */
    size_t table_size;
    struct bytes languages[REFERENCE_MAX_LANGUAGES];
    size_t n_languages;
    struct bytes *stems; /* of each word in each language, once asked for */
    size_t n_stemmed;    /* words that there were then */
};

struct reference *reference_new(void);
void reference_free(struct reference *reference);

/* Append PARAGRAPH, which is copied. */
void reference_add(struct reference *reference, uint32_t id,
                   const struct paragraph *paragraph);

/* The stem that word number I would have in language number LANGUAGE. */
struct bytes reference_stem(struct reference *reference, size_t i,
                            size_t language);

/* A query made ready for looking at paragraphs; it refers to TREE and to
 * REFERENCE, to which nothing is added meanwhile. ALL: words side by side must
 * all be there. */
struct meaning;
struct meaning *meaning_new(struct reference *reference,
                            const struct syntax *tree, bool all);
void meaning_free(struct meaning *meaning);

/* Whether paragraph number I matches. */
bool meaning_matches(struct meaning *meaning, size_t i);

/* Where the query stands in paragraph number I: pairs of first byte and that
 * behind the last one, in order, those that overlap joined. */
struct reference_mark {
    size_t start, end;
};
const struct reference_mark *meaning_marks(struct meaning *meaning, size_t i,
                                           size_t *n_marks);

/* COUNT items of SIZE bytes, all zeros; never NULL. */
void *reference_allocate(size_t count, size_t size);

#endif
