/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the names of styles tell: those that Word gives its own are used by
 * other programs and formats, too. */
#ifndef DOCUMENT_FOREIGN_STYLE_NAMES_H
#define DOCUMENT_FOREIGN_STYLE_NAMES_H

#include "base/bytes.h"
#include "src/document/block.h"

/* The role of a style by its NAME, as Word calls it in all languages; TEXT if
 * the name says nothing. */
enum block_role style_role_named(struct bytes name, unsigned *level);

#endif
