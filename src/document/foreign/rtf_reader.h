/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The state in which RTF is read: groups in each other, and what is common to
 * all of them. rtf.c walks through the file, rtf_words.c knows the words. */
#ifndef DOCUMENT_FOREIGN_RTF_READER_H
#define DOCUMENT_FOREIGN_RTF_READER_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/status.h"
#include "src/document/foreign/composer.h"
#include "src/document/foreign/rtf_decoder.h"
#include "src/document/foreign/rtf_lexer.h"
#include "src/document/foreign/rtf_tables.h"

/* How deep groups can stand in each other; Word does not go beyond a few
 * dozens. */
enum { RTF_MAX_DEPTH = 1024 };

/* Where text goes. */
enum rtf_destination {
    RTF_BODY, /* to the composer */
    RTF_SKIP,
    RTF_FONTS,
    RTF_STYLES,
    RTF_TITLE,
    RTF_NUMBER, /* the number of a list item */
    RTF_FIELD_CODE,
};

/* What a group begins with as it is around it, and leaves as it was. */
struct rtf_group {
    enum rtf_destination destination;
    bool begun;   /* a flow, which ends with the group */
    int tables;   /* that are open around the flow */
    long skipped; /* \uc: how many characters stand for one \u */
    long font;
    long entry; /* of the table of fonts or styles */
    bool hidden, raised, contents, refers;
    long style, outline; /* of the paragraph; .outline as in an entry */
    bool in_table;
    int nesting;         /* \itap */
    unsigned list_depth; /* 0: no list */
};

struct rtf_reader {
    const char *name;
    const struct block_receiver *receiver;
    struct composer *composer;
    struct rtf_lexer lexer;
    struct rtf_group *groups;
    size_t depth, capacity; /* .groups[.depth] is the group at hand */
    struct rtf_table fonts, styles;
    struct rtf_decoder decoder;
    long code_page; /* of the document */
    long default_font;
    long to_skip;   /* characters after a \u */
    int tables;     /* open ones in the flow at hand */
    bool has_facts; /* were given */
    struct buffer title, number, field;
    struct buffer held; /* raised text: the mark of a note, maybe */
    bool in_note_start; /* only its own mark came in a note so far */
    struct buffer mark; /* of the note at hand, or to come */
    bool has_mark;
    long n_notes[2]; /* footnotes, endnotes with marks of their own */
    int note_format[2];
};

static inline struct rtf_group *rtf_group(const struct rtf_reader *reader)
{
    return &reader->groups[reader->depth];
}

/* Append a character of UTF-8 text. */
void rtf_put(struct rtf_reader *reader, const char *character);

/* A paragraph, a cell, a row has ended. */
enum status rtf_end_paragraph(struct rtf_reader *reader,
                              struct failure *failure);
enum status rtf_end_cell(struct rtf_reader *reader, int nesting, bool row,
                         struct failure *failure);

/* The group at hand is FLOW, or part of one. */
enum status rtf_begin_flow(struct rtf_reader *reader, enum flow flow,
                           struct failure *failure);

/* A note begins, the mark of which may have come. */
enum status rtf_begin_note(struct rtf_reader *reader, struct failure *failure);

/* The mark of a note that is counted stands here. */
void rtf_note_mark(struct rtf_reader *reader);

/* The control word TOKEN, text before it having been handed on. STARRED: it
 * may be passed over, with its group, if it is not known. */
enum status rtf_word(struct rtf_reader *reader, const struct rtf_token *token,
                     bool starred, struct failure *failure);

#endif
