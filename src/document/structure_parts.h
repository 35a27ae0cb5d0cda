/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of the finding of structure share: the blocks of a file with
 * what was found out of them, and the steps in the order in which they run.
 *
 *   structure.c            keeps the blocks; in the end gives the paragraphs
 *   structure_marks.c      the number that a block begins with, how it ends
 *   structure_names.c      what bodies, annexes and meetings are called
 *   structure_dates.c      dates in the six languages
 *   structure_symbols.c    symbols, written out or implied by a number
 *   structure_documents.c  where documents begin
 *   structure_facts.c      the symbol, title and date of each
 *   structure_kinds.c      the kind of each block
 *   structure_labels.c     the label of each block
 *   structure_headings.c   the headings above each block
 *
 * Every step costs time in proportion to the text. */
#ifndef DOCUMENT_STRUCTURE_PARTS_H
#define DOCUMENT_STRUCTURE_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"
#include "src/document/block.h"
#include "src/document/structure.h"

/* A string in a buffer that may still move. */
struct span {
    size_t start, length;
};

static inline struct bytes span_of(const struct buffer *buffer,
                                   struct span span)
{
    return (struct bytes){span.length ? buffer->data + span.start : "",
                          span.length};
}

/* Marks: how paragraphs and items are numbered. */

enum mark_style {
    MARK_NONE,
    MARK_DECIMAL, /* 12. */
    MARK_DOTTED,  /* 2.1. */
    MARK_LETTER,  /* (a), a), б), (ج) */
    MARK_CAPITAL, /* A. */
    MARK_ROMAN,   /* (iv) */
    MARK_NUMERAL, /* IV. */
};

struct mark {
    enum mark_style style;
    enum mark_style other; /* what else it can be: (i) is a letter, too */
    unsigned value, other_value;
    uint8_t depth;     /* of MARK_DOTTED: how many numbers it has */
    bool quoted;       /* a quotation mark opens before it */
    bool bracketed;    /* (1), 1): a sub-item's, not a paragraph's number */
    bool has_suffix;   /* 14 bis */
    size_t start, end; /* the number itself in the text: "a" of "(a)" */
};

/* TEXT without the opening quotation marks and white space before it. */
struct bytes text_unquoted(struct bytes text);

enum ending {
    ENDS_OPEN, /* in a letter or a digit: as titles and headings do */
    ENDS_COMMA,
    ENDS_SEMICOLON,
    ENDS_COLON,
    ENDS_STOP, /* . ! ? */
};

/* How TEXT ends, closing quotation marks and brackets passed over, and a last
 * small word ("; and", "; or"). */
enum ending text_ending(struct bytes text);

/* Names in the six languages. */

enum body {
    BODY_NONE,
    BODY_ASSEMBLY,
    BODY_ECONOMIC_AND_SOCIAL,
    BODY_SECURITY,
    BODY_HUMAN_RIGHTS,
    BODY_OTHER, /* one whose symbols we do not know */
};

/* Whether TEXT is the line that opens a resolution, "The General Assembly,",
 * and of which body. BODY_NONE if not. Only bodies known by name. */
enum body name_formula(struct bytes text);

/* The body that NAME, without an article, is; BODY_OTHER if we know none. */
enum body name_body(struct bytes name);

/* How symbols of BODY's resolutions begin: "A/RES/". NULL: not known. */
const char *name_symbol_prefix(enum body body);

/* Whether TEXT can be the heading of an annex by its first word. */
bool name_annex(struct bytes text);

/* Whether TEXT names a meeting by its number: "47th plenary meeting". */
bool name_meeting(struct bytes text);

/* How many bytes of TEXT, at its start, are the organization's name. */
size_t name_organization(struct bytes text);

/* Whether TEXT begins with "Distr." or its like: a masthead. */
bool name_distribution(struct bytes text);

/* Dates. */

struct date {
    unsigned year, month, day;
    size_t start, end; /* in the text */
};

/* The first full date in TEXT, of day, month and year. */
bool date_find(struct bytes text, struct date *date);

/* Whether TEXT is a date and nothing else. */
bool date_is_all(struct bytes text, struct date *date);

/* Symbols. */

/* A line that numbers a resolution: "59/153. Strengthening …", "2004/19",
 * "Resolution 2769 (2025)". */
struct symbol_line {
    struct bytes number; /* "59/153", "2769 (2025)", "2625 (XXV)" */
    struct bytes title;  /* what follows it; may be empty */
};

bool symbol_line_read(struct bytes text, struct symbol_line *line);

/* Append the symbol of the resolution NUMBER of BODY to OUT; false, and
 * nothing, if such numbers are not BODY's. */
bool symbol_imply(enum body body, struct bytes number, struct buffer *out);

/* Append the first symbol of a resolution (with "/RES/") in TEXT to OUT; false
 * if there is none. */
bool symbol_find_resolution(struct bytes text, struct buffer *out);

/* The symbol that TEXT is, the organization's name before it aside; empty
 * if it is something else. */
struct bytes symbol_whole(struct bytes text);

/* The file. */

enum block_name {
    NAME_NONE,
    NAME_PREAMBLE,
    NAME_OPERATIVE,
    NAME_ANNEX,
    NAME_FORMULA,
    NAME_SIGNATURE,
};

/* Kinds, in the order of the table in structure_kinds.c. */
enum sort {
    SORT_NONE, /* not decided yet */
    SORT_TITLE,
    SORT_HEADING,
    SORT_PREAMBULAR,
    SORT_OPERATIVE,
    SORT_FOOTNOTE,
    SORT_ANNEX,
    SORT_TABLE,
    SORT_PARAGRAPH,
    SORT_OTHER,
    SORT_FURNITURE,
    SORTS
};

/* A block that is kept. */
struct kept {
    struct span text;   /* in .data; with the number in front */
    struct span number; /* in .data */
    size_t first_place, n_places;
    enum place_unit unit;
    enum block_role role;
    enum block_name name;
    unsigned level;

    struct mark mark;
    enum ending ending;
    enum body formula; /* it opens a resolution of this body */
    bool formula_quoted;

    enum sort sort;
    bool begins_annex;
    struct span label; /* in .labels */
};

/* A document: blocks FIRST to END. Its strings are in .data. */
struct part {
    size_t first, end;
    struct span symbol, title, date, language, body;
    bool is_resolution;
};

struct structure {
    struct block_receiver receiver;
    struct detector *detector;  /* the options'; NULL: they have none */
    struct span path, language; /* in .data; .language is the options' */

    struct buffer data;
    struct kept *blocks;
    size_t n_blocks, blocks_capacity;
    struct place *places;
    size_t n_places, places_capacity;
    struct part *parts; /* from what readers say; then, from all evidence */
    size_t n_parts, parts_capacity;
    struct buffer labels;
};

static inline struct bytes kept_text(const struct structure *structure,
                                     const struct kept *kept)
{
    return span_of(&structure->data, kept->text);
}

/* Whether a block belongs to the running text, and not beside it. */
static inline bool is_running(const struct kept *kept)
{
    return kept->role != BLOCK_FOOTNOTE && kept->role != BLOCK_FURNITURE &&
           kept->role != BLOCK_TABLE;
}

enum {
    FRONT_BLOCKS = 24, /* how far before its opening line a document is
                          thought to begin, and how many are its front if it
                          has none */
    TITLE_BYTES = 600, /* what is longer is no title */
    STOP_BYTES = 200,  /* … and less if it ends like a sentence */
};

/* The steps. STATUS_MEMORY. */

/* Fill .mark, .ending, .formula of the blocks. */
void structure_read_marks(struct structure *structure);

/* Divide .parts further and fill in their facts. */
enum status structure_find_documents(struct structure *structure,
                                     struct failure *failure);

/* Fill in the facts of PART; titles get their sort. Where memory is short .data
 * has failed. */
void structure_find_facts(struct structure *structure, struct part *part);

/* Whether block I can stand between a resolution's number and its opening
 * line, or above: a title, a heading, a masthead. */
bool is_front(const struct structure *structure, size_t i);

/* Whether block I numbers a resolution, and how. */
bool is_numbering(const struct structure *structure, size_t i,
                  struct symbol_line *line);

/* Whether KEPT is a line as they stand above titles: a symbol, a date, the
 * organization's name, "Distr.: General". */
bool is_masthead(const struct structure *structure, const struct kept *kept);

/* Fill in .sort of the blocks of PART. */
void structure_find_kinds(struct structure *structure, struct part *part);

/* Fill in .label of the blocks of PART. */
enum status structure_find_labels(struct structure *structure,
                                  const struct part *part,
                                  struct failure *failure);

/* A kind's name in the index and the letters that its labels begin with. */
const char *sort_name(enum sort sort);
const char *sort_letters(enum sort sort);

/* The headings above the blocks of a document, kept up to date from block to
 * block. */
enum { HEADINGS_DEPTH = 8 };

struct headings {
    const struct kept *above[HEADINGS_DEPTH];
    unsigned rank[HEADINGS_DEPTH];
    size_t depth;
    struct buffer text;  /* "Outer > inner" */
    size_t above_length; /* of it, without the innermost */
};

void headings_release(struct headings *headings);

/* A document begins. */
void headings_clear(struct headings *headings);

/* KEPT is a heading that follows. */
void headings_enter(struct headings *headings,
                    const struct structure *structure, const struct kept *kept);

#endif
