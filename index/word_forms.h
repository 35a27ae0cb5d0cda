/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What follows from a word alone. The index knows nothing of languages: it asks
 * whoever writes. */
#ifndef INDEX_WORD_FORMS_H
#define INDEX_WORD_FORMS_H

#include "base/bytes.h"
#include "base/status.h"

/* What a word is listed under besides itself; all borrowed until the next
 * call. Empty where there is nothing to list. */
struct word_forms {
    struct bytes stem; /* for ranked search (TERM_STEM) */
    struct bytes key;  /* spelling key, where it is not the word itself
                          (TERM_SPELLING) */
};

/* Fill *FORMS for WORD in LANGUAGE (as of the paragraph). */
typedef enum status (*word_forms_function)(void *context, struct bytes word,
                                           struct bytes language,
                                           struct word_forms *forms,
                                           struct failure *failure);

#endif
