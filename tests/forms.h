/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For an index of the words as they are: none has other forms. */
#ifndef TESTS_FORMS_H
#define TESTS_FORMS_H

#include "base/bytes.h"
#include "base/status.h"
#include "index/word_forms.h"

static inline enum status no_forms(void *context, struct bytes word,
                                   struct bytes language,
                                   struct word_forms *forms,
                                   struct failure *failure)
{
    (void)context;
    (void)word;
    (void)language;
    (void)forms;
    (void)failure;
    return STATUS_OK;
}

#endif
