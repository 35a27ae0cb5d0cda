/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Characters of fonts that have symbols in the place of letters, as files of
 * Word and RTF have them. */
#ifndef DOCUMENT_FOREIGN_SYMBOL_H
#define DOCUMENT_FOREIGN_SYMBOL_H

#include <uchar.h>

#include "base/bytes.h"

/* The character that CODE (0 to 0xFF, or that plus 0xF000) is in the font
 * called FONT; 0 if it has none in Unicode that we know of. */
char32_t symbol_character(struct bytes font, unsigned code);

#endif
