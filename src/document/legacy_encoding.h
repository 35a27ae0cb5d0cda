/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The encodings from before Unicode, other than Windows-1252: for Cyrillic,
 * Arabic, Greek, Chinese and so on. Which one a text is in is guessed by
 * uchardet, where it was built in, and believed only if what comes out is in a
 * language that the encoding is used for; ICU converts. */
#ifndef DOCUMENT_LEGACY_ENCODING_H
#define DOCUMENT_LEGACY_ENCODING_H

#include "base/bytes.h"
#include "base/status.h"
#include "src/document/placed_text.h"

/* One that DATA, which is no Unicode, is likely in, by the name that ICU has
 * for it; NULL if there is none. Static. STATUS_MEMORY. */
enum status legacy_encoding_detect(struct bytes data, const char **name,
                                   struct failure *failure);

/* DATA in the encoding NAME into *TEXT, which is empty. STATUS_MEMORY;
 * STATUS_INPUT if ICU does not have the encoding. */
enum status legacy_encoding_decode(struct bytes data, const char *name,
                                   struct placed_text *text,
                                   struct failure *failure);

#endif
