/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What both ways to read a line of JSON know of its members. */
#ifndef DOCUMENT_JSON_LINE_PARTS_H
#define DOCUMENT_JSON_LINE_PARTS_H

#include "src/document/json_line.h"

struct json_member_facts {
    const char *name;
    bool number; /* a number is taken as its text */
};

extern const struct json_member_facts json_members[JSON_N_MEMBERS];

#endif
