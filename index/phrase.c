/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/phrase.h"

#include "index/forward.h"
#include "index/positional.h"
#include "index/row.h"
#include "index/scan.h"
#include "index/schema.h"
#include "index/xapian_failure.h"

#include <stdlib.h>
#include <string.h>

/* A term of the node, by its number in a segment. */
struct number {
    uint32_t number;
    uint32_t term;
};

/* A sieve holds back most of the words that are none of the node's: a bit for
 * what is left of each number, and so many bits for each word. */
enum { SIEVE_MIN = 1 << 10, SIEVE_MAX = 1 << 22, SIEVE_SPREAD = 32 };

/* An entry of the table of numbers. */
struct found_number {
    uint32_t number;
    uint32_t i;    /* the first of this number, and 1 more; 0: nothing here */
    uint64_t mask; /* for a scan */
};

/* What the node is in one shard. */
struct segment {
    bool opened;
    struct number *numbers; /* ascending */
    size_t n_numbers, capacity;
    struct found_number *table; /* a hash table */
    uint32_t table_mask;
    uint64_t *sieve;
    uint32_t sieve_mask;          /* its bits, less 1 */
    struct row row;               /* the node as a row; empty: it is none */
    struct forward_tokens tokens; /* of the paragraph that was looked at */
};

struct phrase {
    const struct reader *reader;
    const struct query_node *node; /* borrowed */
    struct positional *positional;
    struct scan scan;
    struct segment *segments; /* of each shard */
};

enum status phrase_new(const struct reader *reader,
                       const struct query_node *node, struct phrase **phrase,
                       struct failure *failure)
{
    struct phrase *new = calloc(1, sizeof *new);
    enum status status = STATUS_OK;

    *phrase = NULL;
    if (new)
        new->segments = calloc(reader->n_shards + 1, sizeof *new->segments);
    if (!new || !new->segments)
        status = fail_memory(failure);
    if (status == STATUS_OK) {
        new->reader = reader;
        new->node = node;
        status = positional_new(node, &new->positional, failure);
        if (status == STATUS_OK)
            status = scan_init(&new->scan, node, new->positional, failure);
    }
    if (status != STATUS_OK) {
        phrase_free(new);
        return status;
    }
    *phrase = new;
    return STATUS_OK;
}

void phrase_free(struct phrase *phrase)
{
    if (!phrase)
        return;
    for (size_t i = 0; phrase->reader && i < phrase->reader->n_shards; i++) {
        free(phrase->segments[i].numbers);
        free(phrase->segments[i].table);
        free(phrase->segments[i].sieve);
        row_release(&phrase->segments[i].row);
    }
    scan_release(&phrase->scan);
    positional_free(phrase->positional);
    free(phrase->segments);
    free(phrase);
}

static enum status fail_damaged(const struct part *part,
                                struct failure *failure)
{
    return fail(failure, STATUS_CORRUPT, "'%s/" FORWARD_NAME "' is damaged",
                part->path);
}

/* --- Opening a segment that has a forward index */

static int compare_numbers(const void *a, const void *b)
{
    const struct number *one = a, *other = b;

    return (one->number > other->number) - (one->number < other->number);
}

/* Append the numbers of WORD to FOUND, after clearing it. */
static enum status look_up(const struct part *part, struct bytes word,
                           struct buffer *found, struct failure *failure)
{
    buffer_clear(found);
    if (forward_numbers(part->forward, word, found))
        return STATUS_OK;
    return found->failed ? fail_memory(failure) : fail_damaged(part, failure);
}

static bool add_numbers(struct segment *segment, uint32_t term,
                        const struct buffer *found)
{
    for (size_t at = 0; at < found->length; at += sizeof(uint32_t)) {
        struct number *number;

        if (!array_grow(&segment->numbers, &segment->capacity,
                        segment->n_numbers + 1, sizeof *segment->numbers))
            return false;
        number = &segment->numbers[segment->n_numbers++];
        memcpy(&number->number, found->data + at, sizeof number->number);
        number->term = term;
    }
    return true;
}

/* Where to begin to look for NUMBER in the table. */
static uint32_t first_entry(const struct segment *segment, uint32_t number)
{
    return number * UINT32_C(2654435769) >> 7 & segment->table_mask;
}

/* The entry of NUMBER, or the empty one where it would be. */
static struct found_number *find_number(const struct segment *segment,
                                        uint32_t number)
{
    uint32_t at = first_entry(segment, number);

    while (segment->table[at].i && segment->table[at].number != number)
        at = (at + 1) & segment->table_mask;
    return &segment->table[at];
}

static bool make_table(const struct scan *scan, struct segment *segment)
{
    uint32_t n = 64;

    while (n < UINT32_MAX / 2 && n / 2 < segment->n_numbers)
        n *= 2;
    segment->table = calloc(n, sizeof *segment->table);
    if (!segment->table)
        return false;
    segment->table_mask = n - 1;
    /* The first of equal ones comes last. */
    for (size_t i = segment->n_numbers; i-- > 0;) {
        struct number number = segment->numbers[i];
        struct found_number *entry = find_number(segment, number.number);

        entry->number = number.number;
        entry->i = (uint32_t)i + 1;
        if (scan->masks)
            entry->mask |= scan->masks[number.term];
    }
    return true;
}

static bool make_sieve(struct segment *segment)
{
    uint32_t n = SIEVE_MIN;

    while (n < SIEVE_MAX && n / SIEVE_SPREAD < segment->n_numbers)
        n *= 2;
    segment->sieve = calloc(n / 64, sizeof *segment->sieve);
    if (!segment->sieve)
        return false;
    segment->sieve_mask = n - 1;
    for (size_t i = 0; i < segment->n_numbers; i++) {
        uint32_t bit = segment->numbers[i].number & segment->sieve_mask;

        segment->sieve[bit / 64] |= UINT64_C(1) << bit % 64;
    }
    return true;
}

/* A phrase of single words is a row of bytes. */
static enum status make_row(const struct phrase *phrase,
                            const struct part *part, struct segment *segment,
                            struct buffer *found, struct failure *failure)
{
    const struct query_node *node = phrase->node;
    enum status status = STATUS_OK;
    uint32_t number;
    size_t i = 0;

    if (node->operator!= QUERY_PHRASE)
        return STATUS_OK;
    while (i < node->n_children && node->children[i]->operator== QUERY_TERM) {
        status = look_up(part, node->children[i]->term, found, failure);
        if (status != STATUS_OK || found->length != sizeof number)
            break;
        memcpy(&number, found->data, sizeof number);
        row_append(&segment->row, number);
        i++;
    }
    if (segment->row.bytes.failed)
        return fail_memory(failure);
    if (i < node->n_children)
        row_release(&segment->row);
    return status;
}

static enum status open_segment(struct phrase *phrase, const struct part *part,
                                struct segment *segment,
                                struct failure *failure)
{
    struct buffer found = BUFFER_EMPTY;
    size_t n = positional_n_terms(phrase->positional);
    enum status status = STATUS_OK;

    segment->opened = true;
    for (size_t i = 0; status == STATUS_OK && i < n; i++) {
        status = look_up(part, positional_term(phrase->positional, i), &found,
                         failure);
        if (status == STATUS_OK && !add_numbers(segment, (uint32_t)i, &found))
            status = fail_memory(failure);
    }
    if (segment->n_numbers)
        qsort(segment->numbers, segment->n_numbers, sizeof *segment->numbers,
              compare_numbers);
    if (status == STATUS_OK &&
        (!make_sieve(segment) || !make_table(&phrase->scan, segment)))
        status = fail_memory(failure);
    if (status == STATUS_OK)
        status = make_row(phrase, part, segment, &found, failure);
    buffer_release(&found);
    return status;
}

/* --- Looking at a paragraph */

static bool may_be_ours(const struct segment *segment, uint32_t number)
{
    uint32_t bit = number & segment->sieve_mask;

    return segment->sieve[bit / 64] >> bit % 64 & 1;
}

/* Look for the row in a paragraph; *SURE is false where it was not found, but
 * may be there with words that stand beside others or behind gaps. */
static bool look_for_row(const struct segment *segment, bool *sure)
{
    struct forward_tokens rest = segment->tokens;
    const unsigned char *zero =
        memchr(rest.at, 0, (size_t)(rest.end - rest.at));

    *sure = true;
    if (row_find(&segment->row, rest.at, zero ? zero : rest.end))
        return true;
    if (!zero)
        return false;
    rest.at = zero;
    while (*sure && forward_next(&rest))
        *sure = !may_be_ours(segment, rest.number);
    return false;
}

/* Look for the node in a paragraph in one pass, as far as that can tell; SURE
 * as above. */
static bool scan(const struct phrase *phrase, const struct segment *segment,
                 bool *sure)
{
    struct forward_tokens token = segment->tokens;
    struct scan_state state = {0};

    *sure = true;
    while (forward_next(&token)) {
        uint64_t mask = may_be_ours(segment, token.number)
                            ? find_number(segment, token.number)->mask
                            : 0;

        if (scan_next(&phrase->scan, &state, token.position, mask))
            return true;
    }
    /* Damage is told by whoever looks again. */
    *sure = !state.doubtful && token.at == token.end;
    return false;
}

/* Tell the node where TOKEN stands, if that is one of its words. */
static void take(struct phrase *phrase, const struct segment *segment,
                 const struct forward_tokens *token)
{
    size_t i = find_number(segment, token->number)->i;

    for (; i > 0 && i <= segment->n_numbers &&
           segment->numbers[i - 1].number == token->number;
         i++)
        positional_add(phrase->positional, segment->numbers[i - 1].term,
                       token->position);
}

static enum status check_forward(struct phrase *phrase, const struct part *part,
                                 struct segment *segment, uint32_t document,
                                 bool *stands, struct failure *failure)
{
    enum status status = STATUS_OK;
    struct forward_tokens token;
    bool sure = false;

    if (!segment->opened)
        status = open_segment(phrase, part, segment, failure);
    if (status != STATUS_OK)
        return status;
    if (!forward_tokens(part->forward, document, &segment->tokens))
        return fail_damaged(part, failure);
    /* A word has a byte or more. */
    if ((size_t)(segment->tokens.end - segment->tokens.at) <
        positional_least(phrase->positional))
        return STATUS_OK;
    if (segment->row.bytes.length > 0)
        *stands = look_for_row(segment, &sure);
    else if (phrase->scan.masks)
        *stands = scan(phrase, segment, &sure);
    if (sure || *stands)
        return STATUS_OK;
    positional_clear(phrase->positional);
    token = segment->tokens;
    while (forward_next(&token))
        if (may_be_ours(segment, token.number))
            take(phrase, segment, &token);
    if (token.at != token.end)
        return fail_damaged(part, failure);
    *stands = positional_matches(phrase->positional);
    return positional_status(phrase->positional, failure);
}

/* Tell the node where its term I stands by Xapian's table. */
static enum status read_positions(struct phrase *phrase,
                                  const struct part *part, uint32_t document,
                                  size_t i, struct failure *failure)
{
    struct bytes term = positional_term(phrase->positional, i);
    xapian_position_iterator *positions = NULL;
    xapian_error *error = NULL;
    enum status status;

    /* Xapian refuses terms that it cannot have. */
    if (term.length == 0 || schema_term_size(term) > TERM_MAX)
        return STATUS_OK;
    status = guard_positions(part->guard, term, document, failure);
    if (status != STATUS_OK)
        return status;
    xapian_database_positionlist(part->database, document, term.data,
                                 term.length, &positions, &error);
    while (!error && !xapian_position_iterator_at_end(positions)) {
        if (!positional_add(phrase->positional, i,
                            xapian_position_iterator_position(positions)))
            break;
        xapian_position_iterator_next(positions, &error);
    }
    xapian_position_iterator_free(positions);
    return error ? fail_xapian(failure, error, part->path) : STATUS_OK;
}

static enum status check_table(struct phrase *phrase, const struct part *part,
                               uint32_t document, bool *stands,
                               struct failure *failure)
{
    size_t n = positional_n_terms(phrase->positional);
    enum status status = STATUS_OK;

    positional_clear(phrase->positional);
    for (size_t i = 0; status == STATUS_OK && i < n; i++)
        status = read_positions(phrase, part, document, i, failure);
    if (status != STATUS_OK)
        return status;
    *stands = positional_matches(phrase->positional);
    return positional_status(phrase->positional, failure);
}

enum status phrase_check(struct phrase *phrase, size_t shard, uint32_t document,
                         bool *stands, struct failure *failure)
{
    const struct shard *entry = &phrase->reader->shards[shard];
    const struct part *part = entry->part;

    *stands = false;
    if (part->forward)
        return check_forward(phrase, part, &phrase->segments[shard], document,
                             stands, failure);
    return check_table(phrase, part,
                       (document - 1) * entry->n + entry->number + 1, stands,
                       failure);
}
