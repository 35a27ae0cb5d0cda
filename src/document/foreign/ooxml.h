/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Office Open XML (ECMA-376, ISO/IEC 29500) as far as all of its parts have it
 * in common: parts that refer to each other by relationships, and elements
 * with a value. Elements are known by their local names, so that the
 * transitional and the strict form of the standard are one. */
#ifndef DOCUMENT_FOREIGN_OOXML_H
#define DOCUMENT_FOREIGN_OOXML_H

#include <libxml/tree.h>

#include "base/bytes.h"
#include "base/status.h"
#include "src/document/foreign/archive.h"

/* The first child element of NODE (which may be NULL) called NAME, or NULL. */
const xmlNode *ooxml_child(const xmlNode *node, const char *name);

/* The attribute "val" of that child; empty if there is none. */
struct bytes ooxml_value(const xmlNode *node, const char *name);

/* Whether NODE, an element that switches something on, does so. */
bool ooxml_is_on(const xmlNode *node);

/* BYTES as a decimal number between 0 and a milliard, or OTHERWISE. */
long ooxml_number(struct bytes bytes, long otherwise);

/* A document's main part and what it refers to. */
struct ooxml_package {
    struct archive *archive; /* borrowed */
    struct buffer main;      /* path of the main part, ends in NUL */
    xmlDoc *relationships;   /* of the main part; may be NULL */
};

/* Find the main part of ARCHIVE (borrowed). STATUS_INPUT if it has none, and as
 * archive_read. Release it in any case. */
enum status ooxml_open(struct archive *archive, struct ooxml_package *package,
                       struct failure *failure);
void ooxml_release(struct ooxml_package *package);

/* Read the part PATH to *DOCUMENT, the caller's to free; NULL if there is none.
 * What is damaged at its end is read as far as it goes unless WHOLE. */
enum status ooxml_part(const struct ooxml_package *package, const char *path,
                       bool whole, xmlDoc **document, struct failure *failure);

/* The same for the part that the main one refers to by a relationship of
 * the type TYPE ("styles"), or by the identifier ID. */
enum status ooxml_part_of_type(const struct ooxml_package *package,
                               const char *type, xmlDoc **document,
                               struct failure *failure);
enum status ooxml_part_of_id(const struct ooxml_package *package,
                             struct bytes id, xmlDoc **document,
                             struct failure *failure);

#endif
