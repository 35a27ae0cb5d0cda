/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What files of each foreign format begin with, and what files begin with that
 * we do not read.
 *
 * HEAD is the beginning of a file (FORMAT_HEAD bytes of it, or all), which may
 * be anything; PATH is looked at only where the content leaves it open. */
#ifndef DOCUMENT_RECOGNISE_H
#define DOCUMENT_RECOGNISE_H

#include <stdbool.h>

#include "base/bytes.h"

bool recognise_pdf(struct bytes head, const char *path);
bool recognise_rtf(struct bytes head, const char *path);

/* ZIP archives, by the names of their parts. */
bool recognise_word(struct bytes head, const char *path);
bool recognise_opendocument(struct bytes head, const char *path);
bool recognise_epub(struct bytes head, const char *path);

/* Markup, by its first element; in UTF-8 or an encoding that has ASCII in it,
 * or in UTF-16. */
bool recognise_akoma_ntoso(struct bytes head, const char *path);
bool recognise_html(struct bytes head, const char *path);

/* By its name alone: the content is text. */
bool recognise_markdown(struct bytes head, const char *path);

/* What HEAD is that no format of ours is, "a PNG picture"; NULL if nothing
 * speaks against its being text. */
const char *recognise_other(struct bytes head);

#endif
