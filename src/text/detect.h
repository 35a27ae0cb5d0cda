/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which language a text is in: by its script, and where languages share one, by
 * the small words that each text is full of. It says nothing rather than
 * something wrong: of a heading, a list of names, a table, and of languages
 * that it does not know (src/text/detect_words.c has those that it does). */
#ifndef TEXT_DETECT_H
#define TEXT_DETECT_H

#include <stddef.h>

#include "base/bytes.h"
#include "base/status.h"
#include "src/text/language.h"

struct detector;

/* To be used by one thread at a time, for any number of texts, and freed by
 * detector_free (NULL is fine). STATUS_MEMORY. */
enum status detector_new(struct detector **detector, struct failure *failure);
void detector_free(struct detector *detector);

/* Forget what was added, and begin a text. */
void detector_start(struct detector *detector);

/* TEXT is the next part of it; a word does not go on in the next one. It may be
 * anything, invalid UTF-8 included. */
void detector_add(struct detector *detector, struct bytes text);

/* The language of what was added; NULL if that does not tell it. Static. */
const struct language *detector_language(const struct detector *detector);

/* As much of a long text as need be looked at, in bytes. */
enum { DETECT_SAMPLE = 16 << 10 };

/* Text number I, from 0; borrowed until the next call. */
typedef struct bytes (*detect_text_function)(const void *context, size_t i);

/* The language of N texts that belong together, such as the paragraphs of a
 * document, or NULL. If they are longer than DETECT_SAMPLE, so much of them is
 * looked at, in pieces from the beginning to the end. */
const struct language *detector_sample(struct detector *detector, size_t n,
                                       detect_text_function text,
                                       const void *context);

#endif
