/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words of an index as a query needs them: how else a word is spelled
 * there, and what its stems are in the languages of the index. */
#ifndef QUERY_VOCABULARY_H
#define QUERY_VOCABULARY_H

#include "base/bytes.h"
#include "base/status.h"
#include "index/reader.h"
#include "src/query/pattern.h"
#include "src/text/lexicon.h"

/* The spellings of one word that are looked for. Far more than people make; a
 * word with more is a fault of the documents (hyphens of another typesetting),
 * and is refused, not cut short. */
enum { VOCABULARY_MAX_SPELLINGS = 256 };

struct vocabulary {
    struct reader *reader;   /* borrowed */
    struct lexicon *lexicon; /* borrowed */
    struct pattern_slot languages;
};

/* Fill VOCABULARY, the caller's to release. An index that names no language
 * is taken for English. STATUS_MEMORY; what the reader returns. */
enum status vocabulary_init(struct vocabulary *vocabulary,
                            struct reader *reader, struct lexicon *lexicon,
                            struct failure *failure);
void vocabulary_release(struct vocabulary *vocabulary);

/* Add the spellings of WORD to SLOT: WORD itself first, then its key (whether
 * they are in the index or not), then those that the index has. A compound is
 * one of them, spelled with '-'. STATUS_LIMIT, STATUS_MEMORY; what the reader
 * returns. */
enum status vocabulary_spellings(struct vocabulary *vocabulary,
                                 struct bytes word, struct pattern_slot *slot,
                                 struct failure *failure);

/* Add to STEMS the stems of WORDS in every language. STATUS_MEMORY. */
enum status vocabulary_stems(struct vocabulary *vocabulary,
                             const struct pattern_slot *words,
                             struct pattern_slot *stems,
                             struct failure *failure);

#endif
