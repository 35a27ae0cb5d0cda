/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/rows.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "index/positional.h"
#include "index/schema.h"

#include <stdlib.h>
#include <string.h>

/* The words of which one is to stand in a place. */
struct slot {
    const struct query_node **terms;
    size_t n;
};

struct row {
    struct slot *slots;
    size_t n;
};

/* The ways to choose. */
struct rows {
    struct row *items; /* owned */
    size_t n, capacity;
};

struct spread {
    const struct reader *reader;
    struct arena arena;
    size_t n_words;  /* in all slots that were made */
    bool impossible; /* Xapian cannot say it */
    enum status status;
    struct failure *failure;
    xapian_error *error;
};

static bool stopped(const struct spread *spread)
{
    return spread->impossible || spread->status != STATUS_OK || spread->error;
}

/* SIZE bytes for N_WORDS more words. */
static void *allocate(struct spread *spread, size_t n, size_t size,
                      size_t n_words)
{
    void *memory;

    spread->n_words += n_words;
    if (spread->n_words > ROWS_MAX) {
        spread->impossible = true;
        return NULL;
    }
    memory = arena_allocate(&spread->arena, (n ? n : 1) * size);
    if (!memory)
        spread->status = fail_memory(spread->failure);
    return memory;
}

static void add_row(struct spread *spread, struct rows *rows, struct row row)
{
    if (array_grow(&rows->items, &rows->capacity, rows->n + 1,
                   sizeof *rows->items))
        rows->items[rows->n++] = row;
    else
        spread->status = fail_memory(spread->failure);
}

/* Verify what Xapian reads to find TERM in its place. */
static bool guard_word(struct spread *spread, struct bytes term)
{
    if (!stopped(spread))
        spread->status =
            reader_guard(spread->reader, GUARD_POSTINGS, term, spread->failure);
    if (!stopped(spread))
        spread->status = reader_guard(spread->reader, GUARD_POSITIONS, term,
                                      spread->failure);
    return !stopped(spread);
}

static void add_word(struct spread *spread, struct rows *rows,
                     const struct query_node *term)
{
    struct slot *slot = allocate(spread, 1, sizeof *slot, 1);
    const struct query_node **terms =
        slot ? allocate(spread, 1, sizeof(struct query_node *), 0) : NULL;

    /* Xapian refuses terms that it cannot have. */
    if (!terms || term->term.length == 0 ||
        schema_term_size(term->term) > TERM_MAX ||
        !guard_word(spread, term->term))
        return;
    *terms = term;
    *slot = (struct slot){terms, 1};
    add_row(spread, rows, (struct row){slot, 1});
}

/* Rows of one slot become one, with all their words. */
static void merge_words(struct spread *spread, struct rows *rows)
{
    size_t n = 0, kept = 0, n_single = 0;
    const struct query_node **terms;

    for (size_t i = 0; i < rows->n; i++)
        if (rows->items[i].n == 1) {
            n += rows->items[i].slots[0].n;
            n_single++;
        }
    if (n_single < 2)
        return;
    terms = allocate(spread, n, sizeof(struct query_node *), 0);
    if (!terms)
        return;
    n = 0;
    for (size_t i = 0; i < rows->n; i++) {
        struct row row = rows->items[i];

        if (row.n == 1) {
            memcpy(terms + n, row.slots[0].terms,
                   row.slots[0].n * sizeof(struct query_node *));
            n += row.slots[0].n;
            if (n > row.slots[0].n)
                continue;
        }
        rows->items[kept++] = row;
    }
    rows->n = kept;
    for (size_t i = 0; i < kept; i++)
        if (rows->items[i].n == 1)
            rows->items[i].slots[0] = (struct slot){terms, n};
}

static void append_all(struct spread *spread, struct rows *rows,
                       const struct rows *more)
{
    for (size_t i = 0; i < more->n && !stopped(spread); i++)
        add_row(spread, rows, more->items[i]);
}

static size_t count_words(struct row row)
{
    size_t n = 0;

    for (size_t i = 0; i < row.n; i++)
        n += row.slots[i].n;
    return n;
}

/* Each of ROWS with each of ENDS behind it. */
static void multiply(struct spread *spread, struct rows *rows,
                     const struct rows *ends)
{
    struct rows product = {NULL, 0, 0};

    for (size_t i = 0; i < rows->n; i++)
        for (size_t j = 0; j < ends->n && !stopped(spread); j++) {
            struct row a = rows->items[i], b = ends->items[j];
            struct slot *slots = allocate(spread, a.n + b.n, sizeof *slots,
                                          count_words(a) + count_words(b));

            if (!slots)
                break;
            memcpy(slots, a.slots, a.n * sizeof *slots);
            memcpy(slots + a.n, b.slots, b.n * sizeof *slots);
            add_row(spread, &product, (struct row){slots, a.n + b.n});
        }
    free(rows->items);
    *rows = product;
}

/* The ways to choose from NODE, a positional one, are added to ROWS, which is
 * empty. As deep as the tree, which is bounded. */
static void spread_out(struct spread *spread, const struct query_node *node,
                       struct rows *rows, size_t depth)
{
    bool phrase = node->operator== QUERY_PHRASE;

    if (depth > POSITIONAL_MAX_DEPTH ||
        node->operator== QUERY_NEAR || node->operator== QUERY_ONEAR)
        spread->impossible = true;
    if (node->operator== QUERY_TERM)
        add_word(spread, rows, node);
    for (size_t i = 0; i < node->n_children && !stopped(spread); i++) {
        struct rows some = {NULL, 0, 0};

        spread_out(spread, node->children[i], &some, depth + 1);
        if (phrase && i > 0)
            multiply(spread, rows, &some);
        else
            append_all(spread, rows, &some);
        free(some.items);
    }
    if (!phrase && !stopped(spread))
        merge_words(spread, rows);
}

/* --- Rows as queries */

static xapian_query *combine(struct spread *spread, xapian_query_op operator,
                             xapian_query ** parts, size_t n, uint32_t window)
{
    xapian_query *query = NULL;

    if (!stopped(spread))
        xapian_query_new_combined(operator,(const xapian_query *const *) parts,
                                  n, window, &query, &spread->error);
    for (size_t i = 0; i < n; i++)
        xapian_query_free(parts[i]);
    return query;
}

static xapian_query *slot_query(struct spread *spread, struct slot slot)
{
    xapian_query **parts = allocate(spread, slot.n, sizeof *parts, 0);
    size_t n = 0;

    for (; parts && n < slot.n && !stopped(spread); n++) {
        const struct query_node *term = slot.terms[n];

        parts[n] = NULL;
        xapian_query_new_term(term->term.data, term->term.length, term->wqf, 0,
                              &parts[n], &spread->error);
    }
    if (n == 1)
        return parts[0];
    return combine(spread, XAPIAN_OP_OR, parts, n, 0);
}

/* WINDOW: 0 for a row without gaps. */
static xapian_query *row_query(struct spread *spread, struct row row,
                               uint32_t window)
{
    xapian_query **parts = allocate(spread, row.n, sizeof *parts, 0);
    size_t n = 0;

    for (; parts && n < row.n && !stopped(spread); n++)
        parts[n] = slot_query(spread, row.slots[n]);
    if (n == 1)
        return parts[0];
    return combine(spread, XAPIAN_OP_PHRASE, parts, n,
                   window ? window : (uint32_t)n);
}

static xapian_query *any_row(struct spread *spread, const struct rows *rows,
                             uint32_t window)
{
    xapian_query **parts = allocate(spread, rows->n, sizeof *parts, 0);
    xapian_query *query = NULL;
    size_t n = 0;

    for (; parts && n < rows->n && !stopped(spread); n++)
        parts[n] = row_query(spread, rows->items[n], window);
    if (n == 1)
        return parts[0];
    if (n > 0)
        return combine(spread, XAPIAN_OP_OR, parts, n, 0);
    if (!stopped(spread))
        xapian_query_new_match_nothing(&query, &spread->error);
    return query;
}

/* The rows of a NEAR or ONEAR of two words: one for each order. */
static void spread_pair(struct spread *spread, const struct query_node *node,
                        struct rows *rows)
{
    struct rows one = {NULL, 0, 0}, other = {NULL, 0, 0};

    if (node->n_children != 2) {
        spread->impossible = true;
        return;
    }
    spread_out(spread, node->children[0], &one, 0);
    spread_out(spread, node->children[1], &other, 0);
    if ((one.n && (one.n > 1 || one.items[0].n > 1)) ||
        (other.n && (other.n > 1 || other.items[0].n > 1)))
        spread->impossible = true;
    if (!stopped(spread)) {
        append_all(spread, rows, &one);
        multiply(spread, rows, &other);
    }
    if (!stopped(spread) && node->operator== QUERY_NEAR) {
        multiply(spread, &other, &one);
        append_all(spread, rows, &other);
    }
    free(one.items);
    free(other.items);
}

enum status rows_query(const struct reader *reader,
                       const struct query_node *node, xapian_query **query,
                       struct failure *failure)
{
    struct spread spread = {.reader = reader, .failure = failure};
    struct rows rows = {NULL, 0, 0};
    bool near = node->operator== QUERY_NEAR || node->operator== QUERY_ONEAR;

    *query = NULL;
    if (near)
        spread_pair(&spread, node, &rows);
    else
        spread_out(&spread, node, &rows, 0);
    if (!stopped(&spread))
        *query = any_row(&spread, &rows, near ? node->window + 1 : 0);
    if (stopped(&spread)) {
        xapian_query_free(*query);
        *query = NULL;
    }
    free(rows.items);
    arena_release(&spread.arena);
    return spread.error ? reader_check(reader, spread.error, failure)
                        : spread.status;
}
