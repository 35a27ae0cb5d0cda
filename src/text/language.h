/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The languages that pilcrow knows by name, and their stemmers. */
#ifndef TEXT_LANGUAGE_H
#define TEXT_LANGUAGE_H

#include "base/bytes.h"

struct language {
    const char *code;    /* ISO 639-1 */
    const char *name;    /* in English */
    const char *stemmer; /* libstemmer's name of it, NULL if it has none */
};

/* The language of CODE ("en", also "EN", "en-GB", "eng"), or NULL. Static. */
const struct language *language_find(struct bytes code);

/* The same, also of its name in English, in upper or lower case. */
const struct language *language_named(struct bytes name);

/* What a text is taken for whose language is not known. */
#define LANGUAGE_DEFAULT "en"

/* All of them, ended by one whose code is NULL, in the order of their codes. */
const struct language *language_list(void);

#endif
