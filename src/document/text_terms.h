/* SPDX-License-Identifier: GPL-2.0-or-later */
/* By which terms a paragraph's text is to be found: what filler.h gives to the
 * index word by word, and the index makes of it, for those who compare. */
#ifndef DOCUMENT_TEXT_TERMS_H
#define DOCUMENT_TEXT_TERMS_H

#include "index/check.h"
#include "src/text/analyzer.h"
#include "src/text/lexicon.h"

/* The context of text_terms; both are borrowed. */
struct text_terms {
    struct analyzer *analyzer;
    struct lexicon *lexicon;
};

/* As check_options.terms. */
enum status text_terms(void *context, const struct paragraph *paragraph,
                       term_once_function once, void *sums,
                       struct failure *failure);

#endif
