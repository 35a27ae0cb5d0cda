/* SPDX-License-Identifier: GPL-2.0-or-later */
/* In which of an index's languages a query is, to tell which of its words are
 * function words. Where the index holds several, "car" is one in French, and
 * what an English question is about. */
#ifndef QUERY_QUERY_LANGUAGE_H
#define QUERY_QUERY_LANGUAGE_H

#include "src/query/syntax.h"
#include "src/query/vocabulary.h"
#include "src/text/analyzer.h"

/* *LANGUAGE, borrowed from VOCABULARY, is that of which most words of TREE are
 * function words, where that of most paragraphs has one more: of a single word
 * that is one elsewhere nothing is believed. Of a TREE without ranked words it
 * is any. STATUS_MEMORY; what the reader returns. */
enum status query_language(const struct syntax *tree,
                           struct vocabulary *vocabulary,
                           struct analyzer *analyzer, struct bytes *language,
                           struct failure *failure);

#endif
