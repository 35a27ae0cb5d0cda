/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/text_terms.h"

#include "index/schema.h"
#include "src/document/structure.h"

enum status text_terms(void *context, const struct paragraph *paragraph,
                       term_once_function once, void *sums,
                       struct failure *failure)
{
    const struct text_terms *with = context;
    struct token token;
    enum status status = STATUS_OK;

    if (bytes_equal(paragraph->kind, bytes_of(KIND_FURNITURE)))
        return STATUS_OK;
    analyzer_start(with->analyzer, paragraph->text.data,
                   paragraph->text.length);
    while (status == STATUS_OK && analyzer_next(with->analyzer, &token)) {
        struct bytes stem, key;

        status = lexicon_forms(with->lexicon, token.word, paragraph->language,
                               &stem, &key, failure);
        if (status == STATUS_OK && token_counts(token.kind))
            once(sums, TERM_WORD, token.word);
        if (status == STATUS_OK)
            once(sums, TERM_STEM, stem);
    }
    return status;
}
