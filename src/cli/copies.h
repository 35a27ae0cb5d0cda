/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where else the words of a paragraph stand, exactly and alone: texts of a body
 * repeat their paragraphs, and a reader wants each once. */
#ifndef CLI_COPIES_H
#define CLI_COPIES_H

#include "base/buffer.h"
#include "index/query.h"
#include "src/cli/session.h"
#include "src/result/distinct.h"

/* So many paragraphs that hold the words of another are looked at. */
enum { COPIES_MAX = 1000 };

struct copies {
    size_t n_items;
    struct buffer addresses; /* of each, ended by NUL; owned */
    struct buffer words;     /* for copies_find */
    size_t n_asked;          /* of how many paragraphs the query was asked */
    struct id_set matching;  /* what matches it, where it was asked of many */
};

/* Begin with another query. */
void copies_clear(struct copies *copies);

/* Fill COPIES, which may hold earlier ones, with the paragraphs that match
 * QUERY, the same since copies_clear, and have the words of PARAGRAPH, whose id
 * is ID and whose fingerprint is FINGERPRINT; itself not among them. What was
 * read last from the reader is read over. What analyzer and reader return;
 * STATUS_MEMORY. */
enum status copies_find(struct copies *copies, struct session *session,
                        struct query_node *query,
                        const struct paragraph *paragraph, uint32_t id,
                        struct fingerprint fingerprint,
                        struct failure *failure);
void copies_release(struct copies *copies);

#endif
