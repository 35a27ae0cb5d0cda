/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The footnotes and endnotes of a Word document: where the text of each is, and
 * the mark that Word gives it, which depends on how many came before, and on
 * the section. */
#ifndef DOCUMENT_FOREIGN_DOCX_NOTES_H
#define DOCUMENT_FOREIGN_DOCX_NOTES_H

#include <libxml/tree.h>

#include <stdbool.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"

enum docx_note { DOCX_FOOTNOTE, DOCX_ENDNOTE, DOCX_N_NOTES };

/* The parts that they are in, each may be NULL; the caller's to free. */
struct docx_note_parts {
    xmlDoc *notes[DOCX_N_NOTES];
    xmlDoc *settings;
    const xmlDoc *main; /* has the sections */
};

struct docx_notes;

/* PARTS are borrowed until *NOTES is freed. STATUS_MEMORY. */
enum status docx_notes_new(const struct docx_note_parts *parts,
                           struct docx_notes **notes, struct failure *failure);
void docx_notes_free(struct docx_notes *notes);

/* The next note that the text refers to is ID: its element, or NULL. Append
 * its mark to MARK, unless the text has one of its own (CUSTOM). */
const xmlNode *docx_notes_next(struct docx_notes *notes, enum docx_note kind,
                               struct bytes id, bool custom,
                               struct buffer *mark);

/* A section of the document has ended. */
void docx_notes_section(struct docx_notes *notes);

#endif
