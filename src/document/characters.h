/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the finding of paragraphs asks of a character: is it white space, does
 * it end a line, a clause, a word. TEXT is well-formed UTF-8 throughout. */
#ifndef DOCUMENT_CHARACTERS_H
#define DOCUMENT_CHARACTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

#include "base/bytes.h"

/* How many bytes the white space character at the start of TEXT takes; 0 if it
 * is none, or if TEXT is empty. White space is what Unicode says (property
 * White_Space), and every control character, NUL included. */
size_t white_length(const char *text, size_t length);

/* The same for the character at the end of TEXT. */
size_t white_length_before(const char *text, size_t length);

/* TEXT without the white space around it. */
struct bytes text_trim(struct bytes text);

/* How many bytes the line end at the start of TEXT takes, 0 if it is none:
 * LF, CR, CR LF, VT, FF, NEL, U+2028, U+2029. */
size_t line_end_length(const char *text, size_t length);

/* The character that TEXT ends in, 0 if it is empty. */
char32_t last_character(struct bytes text);

/* The character that TEXT begins with, 0 if it is empty. */
char32_t first_character(struct bytes text);

/* Whether there is a letter or a digit in TEXT. */
bool has_letter_or_digit(struct bytes text);

bool is_letter_or_digit(char32_t character);

/* Whether it is of a script that is written without spaces between words
 * (Han, Hiragana, Katakana, Bopomofo), or of its punctuation. */
bool is_unspaced(char32_t character);

/* - and its look-alikes that can break a word at the end of a line. */
bool is_hyphen(char32_t character);

/* Whether TEXT ends in punctuation that ends a sentence or a part of one that
 * is set off as such ("." ";" ":" "!" "?" and the like), or, with COMMAS, in
 * a comma as well; quotation marks, brackets and emphasis may follow. */
bool ends_clause(struct bytes text, bool commas);

/* Whether TEXT begins with the mark of an item of a list: "1.", "12)", "(a)",
 * "iv.", "-", "*", "•". */
bool begins_with_item_mark(struct bytes text);

#endif
