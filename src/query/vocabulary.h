/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words of an index as a query needs them: how else a word is spelled
 * there, what its stems are in the languages of the index, and which words are
 * like it. */
#ifndef QUERY_VOCABULARY_H
#define QUERY_VOCABULARY_H

#include "base/bytes.h"
#include "base/status.h"
#include "index/reader.h"
#include "src/query/word_list.h"
#include "src/text/lexicon.h"

enum {
    /* The spellings of one word that are looked for. Far more than people make;
     * a word with more is a fault of the documents (hyphens of another
     * typesetting), and is refused, not cut short. */
    VOCABULARY_MAX_SPELLINGS = 256,
    /* The words that one word of a query, with wildcards or edits, may stand
     * for. Each is a term of the query. */
    VOCABULARY_MAX_EXPANSION = 4096,
    /* All words of a query together, and the words of the index that are looked
     * at for them: about a second. A query may look through a vocabulary that
     * is larger, but not go on afterwards. What is asked for again costs little
     * but memory; it counts for so much less. */
    VOCABULARY_MAX_EXPANSIONS = 8 * VOCABULARY_MAX_EXPANSION,
    VOCABULARY_AGAIN = 8,
    VOCABULARY_MAX_VISITS = 4000000,
};

/* What was asked for, and found. */
struct kept_expansion;

struct vocabulary {
    struct reader *reader;   /* borrowed */
    struct lexicon *lexicon; /* borrowed */
    struct word_list languages;
    size_t n_visits, n_expansions, n_again; /* for this query so far */
    struct kept_expansion *kept;
    size_t n_kept, capacity;
};

/* Fill VOCABULARY, the caller's to release. An index that names no language
 * is taken for English. STATUS_MEMORY; what the reader returns. */
enum status vocabulary_init(struct vocabulary *vocabulary,
                            struct reader *reader, struct lexicon *lexicon,
                            struct failure *failure);
void vocabulary_release(struct vocabulary *vocabulary);

/* Forget what the query has asked for. */
void vocabulary_forget(struct vocabulary *vocabulary);

/* Add the spellings of WORD to LIST: WORD itself first, then its key (whether
 * they are in the index or not), then those that the index has. A compound is
 * one of them, spelled with '-'. STATUS_LIMIT, STATUS_MEMORY; what the reader
 * returns. */
enum status vocabulary_spellings(struct vocabulary *vocabulary,
                                 struct bytes word, struct word_list *list,
                                 struct failure *failure);

/* Add to STEMS the stems of WORDS in every language. STATUS_MEMORY. */
enum status vocabulary_stems(struct vocabulary *vocabulary,
                             const struct word_list *words,
                             struct word_list *stems, struct failure *failure);

/* The key of WORD (src/text/lexicon.h), borrowed until the lexicon's next
 * call. STATUS_MEMORY. */
enum status vocabulary_key(struct vocabulary *vocabulary, struct bytes word,
                           struct bytes *key, struct failure *failure);

/* Call EACH for every word of the index, compounds included, whose key begins
 * with PREFIX, until it returns false. KEY is the word where that is its own
 * key; a word with another key may come twice, once as its own. All of it ends
 * with the call. What the reader returns. */
typedef bool (*word_function)(void *context, struct bytes key,
                              struct bytes word, uint32_t n_paragraphs);
enum status vocabulary_each(struct vocabulary *vocabulary, struct bytes prefix,
                            word_function each, void *context,
                            struct failure *failure);

/* Replace what is in LIST by the words of the index, in order of their bytes,
 * which:
 *
 * _wild: are as PATTERN says (src/query/wildcard.h), a key with wildcards;
 * _fuzzy: have a key at most EDITS edits away from that of WORD;
 * _inflections: have one of the stems of WORD.
 *
 * STATUS_LIMIT, with COLUMN, where one of the bounds above is passed;
 * STATUS_MEMORY; what the reader returns. */
enum status vocabulary_wild(struct vocabulary *vocabulary, struct bytes pattern,
                            size_t column, struct word_list *list,
                            struct failure *failure);
enum status vocabulary_fuzzy(struct vocabulary *vocabulary, struct bytes word,
                             unsigned edits, size_t column,
                             struct word_list *list, struct failure *failure);
enum status vocabulary_inflections(struct vocabulary *vocabulary,
                                   struct bytes word, size_t column,
                                   struct word_list *list,
                                   struct failure *failure);

#endif
