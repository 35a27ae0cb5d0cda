/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What readers of formats give: a file as a sequence of blocks.
 *
 * A block is a paragraph as its author wrote it, whole and clean: lines joined,
 * divided words joined again, without footnote marks, emphasis marks and
 * numbers that a program put in front of it. A reader says of it what the
 * file says (it is a heading; its number is 14), and no more. What it is to
 * the text, its kind and its label, is found out from the whole sequence:
 * see structure.h.
 *
 * Formats with markup give blocks directly. Formats that are lines (plain
 * text, PDF) give lines, of which rebuild.h makes blocks. */
#ifndef DOCUMENT_BLOCK_H
#define DOCUMENT_BLOCK_H

#include <stddef.h>

#include "base/bytes.h"
#include "base/status.h"
#include "index/paragraph.h"

/* What the file itself says of a block. */
enum block_role {
    BLOCK_TEXT,      /* nothing: body text, a list item, a quotation */
    BLOCK_TITLE,     /* the title of the document */
    BLOCK_HEADING,   /* of a section; .level from 1 */
    BLOCK_FOOTNOTE,  /* or an endnote; .number is its mark */
    BLOCK_TABLE,     /* a row of a table, its cells parted by " | " */
    BLOCK_FURNITURE, /* running header or footer, page number, table of
                        contents, property fields: not to be found by a
                        search, yet not lost */
};

/* All borrowed for the call that hands it over. */
struct block {
    enum block_role role;
    unsigned level;      /* HEADING: from 1; TEXT: nesting in lists, from 0 */
    struct bytes number; /* the number that the markup puts in front of it and
                            that is NOT part of .text, without blanks: "14.",
                            "(a)", "IV."; of a FOOTNOTE its mark: "1", "*",
                            which is never part of .text. Empty: none known,
                            or still part of .text: what is rebuilt from
                            lines (plain text, PDF) keeps its number in
                            .text, "14. Requests …", and leaves this empty
                            but for footnotes. A paragraph has its number
                            in its text, as its author wrote it, so
                            structure.h puts .number and a space in front
                            of .text, footnotes excepted */
    struct bytes name;   /* what markup calls it, if it is one of: "preamble",
                            "operative", "annex", "formula", "signature";
                            else empty */
    struct bytes text;   /* UTF-8, white space single, none at the ends */
    const struct place *places; /* as of a struct paragraph */
    size_t n_places;
    enum place_unit unit;
};

/* What a file says of a document as a whole; empty where it does not. */
struct document_facts {
    struct bytes symbol; /* A/RES/59/153 */
    struct bytes title;
    struct bytes date;     /* YYYY-MM-DD, YYYY-MM or YYYY */
    struct bytes language; /* ISO 639-1 */
    struct bytes body;     /* who adopted it: "General Assembly" */
};

/* Takes what a reader finds, in reading order. Any status but STATUS_OK ends
 * the reading and is passed up. */
struct block_receiver {
    /* A document begins: what follows belongs to it. May come several times in
     * a file; a reader that knows nothing need not call it. */
    enum status (*document)(void *context, const struct document_facts *facts,
                            struct failure *failure);
    enum status (*block)(void *context, const struct block *block,
                         struct failure *failure);
    void *context;
};

#endif
