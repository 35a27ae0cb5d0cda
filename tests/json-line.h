/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The quick way to read a line of JSON against the full one. */
#ifndef TESTS_JSON_LINE_H
#define TESTS_JSON_LINE_H

#include "src/document/json_line.h"

static void count_complaint(void *context, const char *text)
{
    (void)text;
    ++*(unsigned *)context;
}

/* Whether the two agree about LINE; *QUICK: whether the quick one reads it. */
static inline bool json_line_agrees(struct bytes line, bool *quick)
{
    struct arena arena = ARENA_EMPTY;
    struct json_line one, other;
    unsigned complaints = 0;
    bool agrees = true;

    *quick = json_line_quick(line, &arena, &one);
    if (*quick)
        agrees = json_line_full(line, &arena, &other, count_complaint,
                                &complaints, NULL) == STATUS_OK &&
                 complaints == 0;
    for (int i = 0; *quick && agrees && i < JSON_N_MEMBERS; i++)
        agrees = bytes_equal(one.members[i], other.members[i]);
    arena_release(&arena);
    return agrees;
}

#endif
