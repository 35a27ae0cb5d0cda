/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes to text: which encoding a file is in, and its UTF-8.
 *
 * The rules, in this order:
 *
 *   1. A byte order mark says UTF-8, UTF-16LE or UTF-16BE; it is no text.
 *   2. Without one it is UTF-16 if NULs stand in one half of the
 *      two-byte units, in at least one unit of sixteen, and in the other half
 *      at most once for twenty of them (seen in the first 64 KiB).
 *   3. What is well-formed is UTF-8.
 *   4. It is still UTF-8, a little damaged, if it has at least four well-formed
 *      sequences of several bytes for each part that is not well-formed. Such
 *      sequences hardly occur in other encodings of text.
 *   5. It is another encoding from before Unicode (KOI8-R, Windows-1256,
 * GB18030 …) if uchardet says so, at least 32 bytes of the first 64 KiB that
 * have any are not ASCII, and what comes out is in a language that this
 *      encoding is used for. See legacy_encoding.h.
 *   6. All else is Windows-1252, as the WHATWG Encoding Standard has it (every
 *      byte is a character; 0xA0 to 0xFF are those of Latin-1).
 *
 * What is not well-formed becomes U+FFFD, one for each maximal subpart. Nothing
 * else is changed here: NULs and other control characters are handed on (and
 * count as white space when paragraphs are found). */
#ifndef DOCUMENT_ENCODING_H
#define DOCUMENT_ENCODING_H

#include <stdbool.h>

#include "base/bytes.h"
#include "base/status.h"
#include "src/document/placed_text.h"

/* The whole file DATA into *TEXT, which may borrow from it and is the caller's
 * to release. Offsets are counted from the start of DATA. STATUS_MEMORY. */
enum status encoding_decode(struct bytes data, struct placed_text *text,
                            struct failure *failure);

/* Whether HEAD, the beginning of a file, is UTF-16 by rule 1 or 2. */
bool encoding_is_utf16(struct bytes head);

#endif
