/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The unit of everything: a paragraph, as a document gives it, as the index
 * keeps it, and as a result shows it.
 *
 * This header is also the format of the record in which the index keeps a
 * paragraph (see paragraph_encode). It does not know how a paragraph is found
 * in a document, nor what its words are. */
#ifndef INDEX_PARAGRAPH_H
#define INDEX_PARAGRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"

/* How the bytes of a paragraph's text follow from the bytes of its file. */
enum place_unit {
    PLACE_BYTES,  /* the file is UTF-8: byte for byte */
    PLACE_LATIN1, /* a byte of the file is a code point of the text */
    PLACE_UTF16,  /* two bytes of the file are a UTF-16 code unit */
    PLACE_DOUBLE, /* ASCII is byte for byte; two bytes of the file are any other
                     code point (GBK, Big5, Shift_JIS, EUC-KR) */
    PLACE_WHOLE,  /* only the place as a whole is known (JSON, markup) */
};

/* A run of a paragraph's text and where it stands in the file. Text between
 * two places was put there by us (the space for a line break). */
struct place {
    size_t text;          /* first byte in the paragraph's text */
    size_t text_length;   /* in bytes */
    size_t source;        /* first byte in the (unpacked) file */
    size_t source_length; /* in bytes */
    uint32_t page;        /* from 1; 0: the format has no pages */
    bool adjoins;         /* only white space lies between the place before,
                             in the file, and this one */
};

/* All strings are UTF-8, empty where unknown, and borrowed: from the document
 * while it is read, from the buffer or record that a decoded paragraph came
 * from. */
struct paragraph {
    struct bytes id;       /* given by the source (JSON Lines), else empty */
    struct bytes document; /* the symbol, else the path as given */
    struct bytes title;    /* of the document */
    struct bytes date;     /* YYYY, YYYY-MM or YYYY-MM-DD */
    struct bytes path;     /* of the file, as given */
    struct bytes label;    /* within the document: P12, OP14(a), … */
    struct bytes kind;     /* body, heading, footnote, … */
    struct bytes language; /* ISO 639-1: en, fr, … */
    struct bytes heading;  /* the headings above it, the outermost first,
                              joined by " > " */
    struct bytes text;
    const struct place *places; /* ascending by .text, not overlapping */
    size_t n_places;
    enum place_unit unit;
    uint32_t document_number; /* the document's place in the index, from 1; 0
                                 in a record, since VALUE_ORDER has it */
    uint32_t ordinal;         /* the paragraph's place in it, from 1 */
};

/* Append the address by which PARAGRAPH is cited to BUFFER: its id if it has
 * one, else DOCUMENT:LABEL. */
void paragraph_address(const struct paragraph *paragraph,
                       struct buffer *buffer);

/* Append the record of PARAGRAPH to BUFFER (check buffer->failed).
 *
 *   record   = version(1 byte: 1) number unit
 *              document title date path kind language heading
 *              ordinal id label text n_places place*
 *   string   = length bytes
 *   place    = gap text_length source source_length page_adjoins
 *
 * What paragraphs share stands together, so that it deflates as one piece.
 * Every number is an LEB128 varint. gap is the place's first text byte less the
 * end of the place before it; source is the first source byte less the end of
 * the source of the place before it, zigzag-coded, since a footnote may stand
 * before what follows it; page_adjoins is the page less that of the place
 * before, zigzag-coded, times two, plus the flag. */
void paragraph_encode(const struct paragraph *paragraph, struct buffer *buffer);

/* Read a record of LENGTH bytes back. The strings of *PARAGRAPH point into
 * DATA; its places are put into PLACES (of *CAPACITY items, malloc'ed or NULL,
 * grown as needed, the caller's to free and to reuse).
 * STATUS_CORRUPT if it is no such record: every length is checked, places lie
 * inside the text in ascending order, text is not checked to be UTF-8.
 * STATUS_MEMORY. */
enum status paragraph_decode(const char *data, size_t length,
                             struct paragraph *paragraph, struct place **places,
                             size_t *capacity, struct failure *failure);

/* Where bytes START to END of the paragraph's text stand in its file: the
 * first and the last-plus-one source byte that they came from. Inserted
 * text maps to the nearest end of a place. With no places, both are 0. */
void paragraph_source(const struct paragraph *paragraph, size_t start,
                      size_t end, size_t *source_start, size_t *source_end);

#endif
