/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the reader of Akoma Ntoso is made of: what a file says of a document as
 * a whole, and where in it an element stands. */
#ifndef DOCUMENT_FOREIGN_AKN_H
#define DOCUMENT_FOREIGN_AKN_H

#include <stdbool.h>

#include <libxml/tree.h>

#include "base/buffer.h"
#include "src/document/block.h"

struct akn_facts {
    struct buffer symbol, title, date, language, body;
};

void akn_facts_release(struct akn_facts *facts);

/* Find the facts of DOCUMENT, an element with <meta>. What it leaves out stays
 * as it was in FACTS: a part of a collection is of its body and has its
 * title; where it has but a letter, that is added to the collection's symbol.
 * False if memory is short. */
bool akn_facts_find(struct akn_facts *facts, const xmlNode *document);

/* Borrowed from FACTS. */
struct document_facts akn_document_facts(const struct akn_facts *facts);

/* NODE or the innermost element NAME that it is in; NULL if there is none. */
const xmlNode *akn_around(const xmlNode *node, const char *name);
bool akn_is_in(const xmlNode *node, const char *name);

/* Whether NODE begins with metadata, as a document and an annex do. */
bool akn_has_metadata(const xmlNode *node);

/* The part of the document that ELEMENT is in, as block.h calls it, or "".
 * What is quoted as a whole is none of the document's own provisions, but as
 * an annex. */
const char *akn_part_name(const xmlNode *element);

/* How deep in lists ELEMENT is. What introduces a list is not in it. */
unsigned akn_list_level(const xmlNode *element);

/* The level of the heading that ELEMENT is, by its name or its style; 0 if it
 * is none. */
unsigned akn_heading_level(const xmlNode *element);

#endif
