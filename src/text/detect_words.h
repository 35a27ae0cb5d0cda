/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The data of src/text/detect.c: the commonest small words of each language,
 * and its letters. */
#ifndef TEXT_DETECT_WORDS_H
#define TEXT_DETECT_WORDS_H

struct detect_words {
    const char *code;    /* ISO 639-1 */
    const char *letters; /* in lower case, before U+0700 */
    const char *words;   /* in lower case, each with a space before it */
};

/* Ended by one whose code is NULL. Static. */
const struct detect_words *detect_words(void);

#endif
