/* SPDX-License-Identifier: GPL-2.0-or-later */
/* XML and HTML of unknown origin to a tree of libxml2, and what all who walk
 * such a tree need.
 *
 * Parsing reads memory and nothing else: no network, no external entities, no
 * DTDs. Entities are not expanded by the parser (see xml_text), so that what
 * a file defines cannot multiply. XML may be nested XML_MAX_DEPTH deep, HTML
 * as deep as it likes; so no one here or above walks a tree by recursion: they
 * step through it by xml_next and xml_skip. Nothing is printed. */
#ifndef DOCUMENT_FOREIGN_XML_H
#define DOCUMENT_FOREIGN_XML_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"

enum { XML_MAX_DEPTH = 256 }; /* libxml2's own bound */

/* Parse CONTENT, an XML file called NAME in messages, to *DOCUMENT, which the
 * caller frees by xmlFreeDoc. STATUS_INPUT if it is not well-formed: then
 * *DOCUMENT is what stands before the damage, or NULL if that is nothing; it
 * is to be freed as well. STATUS_MEMORY. */
enum status xml_parse(struct bytes content, const char *name, xmlDoc **document,
                      struct failure *failure);

/* The same for HTML, which is never damaged, in UTF-8 whatever it says of
 * itself. *DOCUMENT is NULL if there is nothing in it. */
enum status html_parse(struct bytes content, const char *name,
                       xmlDoc **document, struct failure *failure);

/* Where the text node NODE begins and ends in the bytes that were parsed,
 * about; false if that is not known. */
bool xml_source(const xmlNode *node, size_t *start, size_t *end);

/* Whether NODE is an element whose name, without its namespace's prefix, is
 * NAME. */
bool xml_is(const xmlNode *node, const char *name);

/* The value of the attribute whose name, without prefix, is NAME; empty if
 * NODE has none. Borrowed from the tree. */
struct bytes xml_attribute(const xmlNode *node, const char *name);

/* Whether NODE has that attribute, be it empty. */
bool xml_has_attribute(const xmlNode *node, const char *name);

/* Whether BYTES are those of STRING; the second, case of ASCII letters
 * aside. */
bool bytes_are(struct bytes bytes, const char *string);

/* What the one node NODE has of text: the content of text and CDATA; of an
 * entity that the file defines, its value, if that is plain text; of any
 * other, what HTML means by its name. Else empty. Borrowed: from the tree,
 * and of entities of HTML until the next call with the same SCRATCH. */
struct bytes xml_text(const xmlNode *node, char scratch[8]);

/* The node that follows NODE in the order of the document, in the tree below
 * TOP: its first child, if it is an element that has one, else as xml_skip.
 * NULL at the end. */
xmlNode *xml_next(const xmlNode *node, const xmlNode *top);

/* The node that follows NODE and all within it, in the tree below TOP. NULL
 * at the end. */
xmlNode *xml_skip(const xmlNode *node, const xmlNode *top);

/* Walk over TOP and all below it: .enter for each node; when it returns true,
 * what is below the node, and then .leave. Both may set *STATUS, and the walk
 * ends with that. */
struct xml_visitor {
    bool (*enter)(void *context, const xmlNode *node, enum status *status);
    void (*leave)(void *context, const xmlNode *node, enum status *status);
    void *context;
};
enum status xml_walk(const xmlNode *top, const struct xml_visitor *visitor);

/* The first element called NAME below TOP, in the order of the document; NULL
 * if there is none. */
xmlNode *xml_find(const xmlNode *top, const char *name);

/* Append TEXT to BUFFER (check buffer->failed), white space single and none at
 * the ends. */
void append_single_spaced(struct buffer *buffer, struct bytes text);

/* Append all text below TOP to BUFFER in the same way. */
void xml_append_text(const xmlNode *top, struct buffer *buffer);

#endif
