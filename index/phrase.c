/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/phrase.h"

#include <stdlib.h>
#include <string.h>

#include "index/forward.h"
#include "index/schema.h"

/* A word of the phrase, by its number in a segment. */
struct number {
    uint32_t number;
    size_t argument;
};

/* What the phrase is in one segment. */
struct segment {
    struct segment *next;
    const struct part *part;
    uint64_t mask; /* a bit for the lowest six bits of each number */
    struct number *numbers;
    size_t n_numbers, capacity;
    struct forward_tokens tokens; /* of the paragraph that was looked at */
    struct buffer row; /* the phrase as a row of tokens; empty: it is none */
};

struct phrase {
    const struct reader *reader;
    const struct query_node *node; /* borrowed */
    size_t n;                      /* arguments */
    struct positions *arguments;   /* of the paragraph that is looked at */
    struct segment *segments;
};

/* PART has no forward index here; has it one where it was written? */
static enum status check_positions(const struct reader *reader,
                                   const struct part *part,
                                   struct failure *failure)
{
    static const char key[] = SCHEMA_METADATA_POSITIONS;
    xapian_error *error = NULL;
    char *where = NULL;
    size_t length = 0;
    bool elsewhere;

    xapian_database_get_metadata(part->database, key, sizeof key - 1, &where,
                                 &length, &error);
    elsewhere = !error && length > 0;
    xapian_free(where);
    if (elsewhere)
        return fail(
            failure, STATUS_LIMIT,
            "no phrase can be found in '%s', which is remote or lacks a "
            "file; an index for use from afar is made with 'pilcrow "
            "index --portable'",
            part->path);
    return reader_check(reader, error, failure);
}

enum status phrase_is_ours(const struct reader *reader, bool *ours,
                           struct failure *failure)
{
    enum status status = STATUS_OK;

    *ours = false;
    for (size_t i = 0; status == STATUS_OK && i < reader->n_parts; i++)
        if (reader->parts[i].forward)
            *ours = true;
        else
            status = check_positions(reader, &reader->parts[i], failure);
    for (size_t i = 0; status == STATUS_OK && *ours && i < reader->n_wholes;
         i++)
        if (reader->wholes[i].remote)
            status = fail(failure, STATUS_LIMIT,
                          "no phrase can be found in '%s' and others together; "
                          "make all of them with 'pilcrow index --portable'",
                          reader->wholes[i].path);
    return status;
}

static void free_phrase(void *context)
{
    struct phrase *phrase = context;

    if (!phrase)
        return;
    while (phrase->segments) {
        struct segment *next = phrase->segments->next;

        free(phrase->segments->numbers);
        buffer_release(&phrase->segments->row);
        free(phrase->segments);
        phrase->segments = next;
    }
    for (size_t i = 0; phrase->arguments && i < phrase->n; i++)
        free(phrase->arguments[i].items);
    free(phrase->arguments);
    free(phrase);
}

/* Call EACH for the terms of argument I, one or those of an OR. */
typedef bool (*term_visitor)(struct phrase *phrase, struct segment *segment,
                             size_t i, struct bytes term, uint32_t paragraph);

static bool visit(struct phrase *phrase, struct segment *segment, size_t i,
                  const struct query_node *node, term_visitor each,
                  uint32_t paragraph)
{
    if (node->operator== QUERY_TERM)
        return each(phrase, segment, i, node->term, paragraph);
    for (size_t j = 0; j < node->n_children; j++)
        if (!visit(phrase, segment, i, node->children[j], each, paragraph))
            return false;
    return true;
}

static bool add_numbers(struct phrase *phrase, struct segment *segment,
                        size_t i, struct bytes term, uint32_t paragraph)
{
    struct buffer numbers = BUFFER_EMPTY;
    bool good = forward_numbers(segment->part->forward, term, &numbers);

    (void)phrase;
    (void)paragraph;
    for (size_t at = 0; good && at < numbers.length; at += sizeof(uint32_t)) {
        struct number *number;

        good = array_grow(&segment->numbers, &segment->capacity,
                          segment->n_numbers + 1, sizeof *segment->numbers);
        if (!good)
            break;
        number = &segment->numbers[segment->n_numbers++];
        memcpy(&number->number, numbers.data + at, sizeof number->number);
        number->argument = i;
        segment->mask |= UINT64_C(1) << (number->number & 63);
    }
    buffer_release(&numbers);
    return good;
}

static int compare_numbers(const void *a, const void *b)
{
    const struct number *one = a, *other = b;

    return (one->number > other->number) - (one->number < other->number);
}

/* Which of the parts has the UUID; NULL if none has. */
static const struct part *find_part(const struct reader *reader,
                                    struct bytes uuid)
{
    for (size_t i = 0; i < reader->n_parts; i++) {
        struct bytes own = {NULL, 0};
        char *text = NULL;
        bool same;

        if (xapian_database_uuid(reader->parts[i].database, &text, &own.length,
                                 NULL) != XAPIAN_OK)
            continue;
        own.data = text;
        same = bytes_equal(own, uuid);
        xapian_free(text);
        if (same)
            return &reader->parts[i];
    }
    return NULL;
}

/* A phrase in which each word follows the one before, and has one number, is a
 * row of bytes. The numbers are still in the order of arguments. */
static void make_row(const struct phrase *phrase, struct segment *segment)
{
    if (phrase->node->operator!= QUERY_PHRASE ||
        phrase->node->window> phrase->n || segment->n_numbers != phrase->n)
        return;
    for (size_t i = 0; i < phrase->n; i++) {
        if (segment->numbers[i].argument != i) {
            buffer_clear(&segment->row);
            return;
        }
        buffer_append_varint(&segment->row, segment->numbers[i].number);
    }
    if (segment->row.failed)
        buffer_clear(&segment->row);
}

static bool open_segment(void *context, const char *uuid, size_t length,
                         void **shard)
{
    struct phrase *phrase = context;
    struct segment *segment = calloc(1, sizeof *segment);

    if (!segment)
        return false;
    segment->next = phrase->segments;
    phrase->segments = segment;
    *shard = segment;
    segment->part = find_part(phrase->reader, (struct bytes){uuid, length});
    if (!segment->part)
        return false;
    if (!segment->part->forward)
        return true;
    for (size_t i = 0; i < phrase->n; i++)
        if (!visit(phrase, segment, i, phrase->node->children[i], add_numbers,
                   0))
            return false;
    make_row(phrase, segment);
    if (segment->n_numbers)
        qsort(segment->numbers, segment->n_numbers, sizeof *segment->numbers,
              compare_numbers);
    return true;
}

static bool add_position(struct positions *positions, uint32_t position)
{
    if (!array_grow(&positions->items, &positions->capacity, positions->n + 1,
                    sizeof *positions->items))
        return false;
    positions->items[positions->n++] = position;
    return true;
}

/* A word of the paragraph: put it where it belongs, if it does. */
static bool take(struct phrase *phrase, const struct segment *segment,
                 const struct forward_tokens *token)
{
    size_t low = 0, high = segment->n_numbers;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (segment->numbers[middle].number < token->number)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < segment->n_numbers &&
           segment->numbers[low].number == token->number;
         low++)
        if (!add_position(&phrase->arguments[segment->numbers[low].argument],
                          token->position))
            return false;
    return true;
}

/* Whether the row is in the tokens from AT to END, which have no zero byte. */
static bool has_row(const struct buffer *row, const unsigned char *at,
                    const unsigned char *end)
{
    const unsigned char *found = at;

    while ((found =
                memmem(found, (size_t)(end - found), row->data, row->length))) {
        /* Not in the middle of a number. */
        if (found == at || found[-1] < 0x80)
            return true;
        found++;
    }
    return false;
}

/* Look for the row in PARAGRAPH; *SURE is false where it was not found, but may
 * be there with words that stand beside others. */
static bool look_for_row(struct segment *segment, uint32_t paragraph,
                         bool *found, bool *sure)
{
    struct forward_tokens rest;
    const unsigned char *zero, *at;

    if (!forward_tokens(segment->part->forward, paragraph, &segment->tokens))
        return false;
    rest = segment->tokens;
    at = rest.at;
    zero = memchr(at, 0, (size_t)(rest.end - at));
    *found = has_row(&segment->row, at, zero ? zero : rest.end);
    *sure = true;
    if (*found || !zero)
        return true;
    rest.at = zero;
    while (*sure && forward_next(&rest))
        *sure = !(segment->mask >> (rest.number & 63) & 1);
    return true;
}

static bool read_forward(struct phrase *phrase, struct segment *segment,
                         uint32_t paragraph)
{
    struct forward_tokens token;

    if (!forward_tokens(segment->part->forward, paragraph, &segment->tokens))
        return false;
    token = segment->tokens;
    while (forward_next(&token))
        if (segment->mask >> (token.number & 63) & 1 &&
            !take(phrase, segment, &token))
            return false;
    return token.at == token.end;
}

/* The same from Xapian's table, for a segment without a forward index. */
static bool read_positions(struct phrase *phrase, struct segment *segment,
                           size_t i, struct bytes term, uint32_t paragraph)
{
    xapian_position_iterator *positions = NULL;
    xapian_error *error = NULL;
    bool good = true;

    xapian_database_positionlist(segment->part->database, paragraph, term.data,
                                 term.length, &positions, &error);
    while (good && !error && !xapian_position_iterator_at_end(positions)) {
        good = add_position(&phrase->arguments[i],
                            xapian_position_iterator_position(positions));
        xapian_position_iterator_next(positions, &error);
    }
    xapian_position_iterator_free(positions);
    good = good && !error;
    xapian_error_free(error);
    return good;
}

static int compare_positions(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;

    return (one > other) - (one < other);
}

/* Compounds and the terms of an OR may come behind what they stand before. */
static void order(struct positions *positions)
{
    for (size_t i = 1; i < positions->n; i++)
        if (positions->items[i - 1] > positions->items[i]) {
            qsort(positions->items, positions->n, sizeof *positions->items,
                  compare_positions);
            return;
        }
}

static bool test(void *context, void *shard, xapian_docid paragraph,
                 bool *accept)
{
    struct phrase *phrase = context;
    struct segment *segment = shard;
    bool good = true, sure = false;

    if (segment->row.length) {
        if (!look_for_row(segment, paragraph, accept, &sure))
            return false;
        if (sure)
            return true;
    }
    for (size_t i = 0; i < phrase->n; i++)
        phrase->arguments[i].n = 0;
    if (segment->part->forward)
        good = read_forward(phrase, segment, paragraph);
    else
        for (size_t i = 0; good && i < phrase->n; i++)
            good = visit(phrase, segment, i, phrase->node->children[i],
                         read_positions, paragraph);
    if (!good)
        return false;
    for (size_t i = 0; i < phrase->n; i++) {
        if (phrase->arguments[i].n == 0)
            return true;
        order(&phrase->arguments[i]);
    }
    *accept = (phrase->node->operator== QUERY_PHRASE ? phrase_in_order
                                                     : phrase_in_any_order)(
        phrase->arguments, phrase->n,
        phrase->node->window > phrase->n ? phrase->node->window
                                         : (uint32_t)phrase->n);
    return true;
}

enum status phrase_filter(const struct reader *reader,
                          const struct query_node *node, xapian_query **filter,
                          struct failure *failure)
{
    struct phrase *phrase = calloc(1, sizeof *phrase);
    xapian_error *error = NULL;

    *filter = NULL;
    if (!phrase)
        return fail_memory(failure);
    *phrase =
        (struct phrase){.reader = reader, .node = node, .n = node->n_children};
    phrase->arguments = calloc(phrase->n + 1, sizeof *phrase->arguments);
    if (!phrase->arguments) {
        free_phrase(phrase);
        return fail_memory(failure);
    }
    xapian_query_new_filter(open_segment, test, phrase, free_phrase, filter,
                            &error);
    if (error)
        free_phrase(phrase);
    return reader_check(reader, error, failure);
}
