/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text of RTF: bytes of whichever code page, and UTF-16 units, to UTF-8. */
#ifndef DOCUMENT_FOREIGN_RTF_DECODER_H
#define DOCUMENT_FOREIGN_RTF_DECODER_H

#include <uchar.h>

#include "base/buffer.h"
#include "base/bytes.h"

enum { RTF_MAX_CONVERTERS = 16 };

struct rtf_decoder {
    struct {
        long code_page;
        struct UConverter *converter; /* NULL: not known to ICU */
    } converters[RTF_MAX_CONVERTERS];
    size_t n_converters;
    struct buffer bytes; /* not decoded yet, in .code_page */
    long code_page;
    char32_t high; /* a surrogate that waits for the low one, or 0 */
    struct buffer text;
};

void rtf_decoder_release(struct rtf_decoder *decoder);

/* Append BYTES in CODE_PAGE; a code page that is not known is 1252. */
void rtf_decoder_bytes(struct rtf_decoder *decoder, long code_page,
                       struct bytes bytes);

/* Append a UTF-16 unit, or a whole character. */
void rtf_decoder_unit(struct rtf_decoder *decoder, char32_t unit);

/* All text that was appended, borrowed until more is. Check
 * decoder->text.failed. */
struct bytes rtf_decoder_take(struct rtf_decoder *decoder);

/* The code page of fonts for the character set CHARSET (as in a \fcharset); 0
 * for that of the document, -1 for symbols. */
long rtf_charset_code_page(long charset);

#endif
