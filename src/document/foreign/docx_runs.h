/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is in a paragraph of a Word document. For docx_reader.c only. */
#ifndef DOCUMENT_FOREIGN_DOCX_RUNS_H
#define DOCUMENT_FOREIGN_DOCX_RUNS_H

#include "src/document/foreign/docx_reader.h"

/* Read the runs in NODE, a paragraph, without ending it. */
enum status docx_read_runs(struct docx_reader *reader, const xmlNode *node,
                           struct failure *failure);

/* The one of the alternatives in NODE that is taken; NULL if there is none. */
const xmlNode *docx_alternative(const xmlNode *node);

#endif
