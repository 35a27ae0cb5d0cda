/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One line of JSON Lines: the members that a paragraph is made of.
 *
 * Nearly every line is one flat object of strings and small numbers, and is
 * read by a scanner of our own, several times as fast as a library that must
 * build any value. Whatever is not such a line, or may be wrong, is left to
 * jansson, so that there is one meaning; a fuzz target compares the two. */
#ifndef DOCUMENT_JSON_LINE_H
#define DOCUMENT_JSON_LINE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/status.h"

/* In the order in which a full reading complains of them. */
enum json_member {
    JSON_DOCUMENT,
    JSON_ID,
    JSON_LABEL,
    JSON_TITLE,
    JSON_DATE,
    JSON_KIND,
    JSON_LANGUAGE,
    JSON_TEXT, /* the only one that may hold NUL */
    JSON_N_MEMBERS,
};

/* What a line says, by enum json_member: UTF-8 in the line or in the arena;
 * empty where it is absent. */
struct json_line {
    struct bytes members[JSON_N_MEMBERS];
};

/* Told of a member that is ignored, and why; TEXT is borrowed. */
typedef void (*json_complaint)(void *context, const char *text);

/* Read LINE. INPUT if it is no paragraph, with the reason; MEMORY. */
enum status json_line_read(struct bytes line, struct arena *arena,
                           struct json_line *members, json_complaint complain,
                           void *context, struct failure *failure);

/* The two ways to do so; the quick one returns false, and says nothing, where
 * the other must be asked. */
bool json_line_quick(struct bytes line, struct arena *arena,
                     struct json_line *members);
enum status json_line_full(struct bytes line, struct arena *arena,
                           struct json_line *members, json_complaint complain,
                           void *context, struct failure *failure);

/* Whether LINE is an object with a member 'text', whatever that is. */
bool json_line_has_text(struct bytes line);

#endif
