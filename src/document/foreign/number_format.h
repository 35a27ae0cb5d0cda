/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers of list items and of notes as word processors write them. */
#ifndef DOCUMENT_FOREIGN_NUMBER_FORMAT_H
#define DOCUMENT_FOREIGN_NUMBER_FORMAT_H

#include "base/buffer.h"
#include "base/bytes.h"

enum number_format {
    NUMBER_NONE, /* nothing at all */
    NUMBER_BULLET,
    NUMBER_DECIMAL,
    NUMBER_DECIMAL_ZERO, /* 01 */
    NUMBER_LOWER_ROMAN,
    NUMBER_UPPER_ROMAN,
    NUMBER_LOWER_LETTER, /* … z, aa, bb: as Word counts */
    NUMBER_UPPER_LETTER,
    NUMBER_LOWER_COLUMN, /* … z, aa, ab: as OpenDocument counts */
    NUMBER_UPPER_COLUMN,
    NUMBER_LOWER_CYRILLIC,
    NUMBER_UPPER_CYRILLIC,
    NUMBER_CHICAGO,       /* *, †, ‡, §, ** … */
    NUMBER_HAN,           /* 一, 二, … 十一 */
    NUMBER_CIRCLE,        /* ① */
    NUMBER_ARABIC_LETTER, /* أ, ب, ت */
    NUMBER_ABJAD,         /* أ, ب, ج */
    NUMBER_ORDINAL,       /* 1st */
};

/* What Office Open XML calls NAME ("lowerRoman"); decimal if it is unknown. */
enum number_format number_format_named(struct bytes name);

/* Append NUMBER to BUFFER; in decimals where FORMAT has no form for it, nothing
 * for NUMBER_NONE and NUMBER_BULLET. */
void number_append(struct buffer *buffer, enum number_format format,
                   long number);

#endif
