/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The readings of a unit, and of the row of them.
 *
 * The index has a compound at the position of its first part, beside that part.
 * So the slots for "co-operation" are {co-operation} {operation}: that is
 * exact, and its first word is a rare one. The last unit of a phrase needs no
 * slots behind its first, as nothing follows: all its spellings go into one
 * slot. */
#include <config.h>

#include "src/query/phrase.h"

#include "base/buffer.h"
#include "index/schema.h"
#include "src/query/excerpt.h"

#include <stdlib.h>
#include <string.h>

static bool is_compound(struct bytes word)
{
    return memchr(word.data, '-', word.length) != NULL;
}

/* A new slot at the end of PATTERN that holds WORD alone. */
static enum status add_word(struct pattern *pattern, struct bytes word,
                            struct failure *failure)
{
    struct pattern_slot *slot = pattern_add_slot(pattern, failure);

    return slot ? pattern_slot_append(slot, word, failure) : STATUS_MEMORY;
}

/* The reading of COMPOUND, spelled with '-'. */
static enum status read_compound(struct bytes compound,
                                 struct patterns *readings,
                                 struct failure *failure)
{
    const char *end = compound.data + compound.length;
    const char *hyphen = memchr(compound.data, '-', compound.length);
    struct pattern reading = {0};
    enum status status = add_word(&reading, compound, failure);

    while (!status && hyphen) {
        const char *start = hyphen + 1;

        hyphen = memchr(start, '-', (size_t)(end - start));
        status = add_word(
            &reading,
            (struct bytes){start, (size_t)((hyphen ? hyphen : end) - start)},
            failure);
    }
    if (!status)
        status = patterns_take(readings, &reading, failure);
    pattern_release(&reading);
    return status;
}

/* The reading of those of SPELLINGS, from FIRST on, that are one word, or that
 * may be taken for one because they are LAST: a single slot. */
static enum status read_words(const struct pattern_slot *spellings,
                              size_t first, bool last,
                              struct patterns *readings,
                              struct failure *failure)
{
    struct pattern reading = {0};
    struct pattern_slot *slot = pattern_add_slot(&reading, failure);
    enum status status = slot ? STATUS_OK : STATUS_MEMORY;
    size_t i;

    for (i = first; !status && i < spellings->n_items; i++)
        if (last || !is_compound(spellings->items[i]))
            status = pattern_slot_append(slot, spellings->items[i], failure);
    if (!status && slot->n_items > 0)
        status = patterns_take(readings, &reading, failure);
    pattern_release(&reading);
    return status;
}

enum status phrase_of_parts(struct vocabulary *vocabulary,
                            const struct units *units, const struct unit *unit,
                            struct patterns *patterns, struct failure *failure)
{
    struct pattern parts = {0};
    enum status status = STATUS_OK;
    size_t i, j;

    for (i = 0; !status && i < unit->n_words; i++) {
        struct bytes word = units->words.items[unit->first + i];
        struct pattern_slot *slot = pattern_add_slot(&parts, failure);
        struct pattern_slot spellings = {0};

        status =
            slot ? vocabulary_spellings(vocabulary, word, &spellings, failure)
                 : STATUS_MEMORY;
        for (j = 0; !status && j < spellings.n_items; j++)
            if (!is_compound(spellings.items[j]))
                status = pattern_slot_append(slot, spellings.items[j], failure);
        pattern_slot_release(&spellings);
    }
    if (!status)
        status = patterns_take(patterns, &parts, failure);
    pattern_release(&parts);
    return status;
}

/* Every reading of UNIT; LAST if nothing follows it. */
static enum status read_unit(struct vocabulary *vocabulary,
                             const struct units *units, const struct unit *unit,
                             bool last, struct patterns *readings,
                             struct failure *failure)
{
    struct pattern_slot spellings = {0};
    enum status status =
        vocabulary_spellings(vocabulary, unit->word, &spellings, failure);
    /* The parts of a compound stand for it, the first spelling, too. */
    size_t first = unit->n_words > 1 ? 1 : 0, i;

    if (!status && first)
        status = phrase_of_parts(vocabulary, units, unit, readings, failure);
    if (!status)
        status = read_words(&spellings, first, last, readings, failure);
    for (i = first; !status && !last && i < spellings.n_items; i++)
        if (is_compound(spellings.items[i]))
            status = read_compound(spellings.items[i], readings, failure);
    pattern_slot_release(&spellings);
    return status;
}

/* Append the row of slots that takes reading CHOICE[I] of each unit I. */
static enum status take_row(const struct patterns *readings,
                            const size_t *choice, size_t n,
                            struct patterns *patterns, struct failure *failure)
{
    struct pattern row = {0};
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; !status && i < n; i++)
        status = pattern_extend(&row, &readings[i].items[choice[i]], failure);
    if (!status)
        status = patterns_take(patterns, &row, failure);
    pattern_release(&row);
    return status;
}

/* Count CHOICE on by one, each place below the number of readings there. False
 * when all have been. */
static bool next_choice(const struct patterns *readings, size_t *choice,
                        size_t n)
{
    size_t i;

    for (i = n; i-- > 0;) {
        if (++choice[i] < readings[i].n_items)
            return true;
        choice[i] = 0;
    }
    return false;
}

/* Whether the N units with READINGS give more rows, or more slots in all of
 * them, than are allowed; a single row is always allowed. */
static bool too_many(const struct patterns *readings, size_t n)
{
    size_t n_rows = 1, n_slots = 0, i, j;

    for (i = 0; i < n; i++) {
        size_t longest = 0;

        n_rows *= readings[i].n_items;
        if (n_rows > PHRASE_MAX_READINGS)
            return true;
        for (j = 0; j < readings[i].n_items; j++)
            if (readings[i].items[j].n_slots > longest)
                longest = readings[i].items[j].n_slots;
        n_slots += longest;
    }
    return n_rows > 1 && n_slots > PHRASE_MAX_SLOTS / n_rows;
}

enum status phrase_readings(struct vocabulary *vocabulary,
                            const struct units *units, size_t first, size_t n,
                            struct bytes text, struct patterns *patterns,
                            struct failure *failure)
{
    struct patterns *readings = calloc(n, sizeof *readings);
    size_t *choice = calloc(n, sizeof *choice), i;
    enum status status = STATUS_OK;

    if (!readings || !choice)
        status = fail_memory(failure);
    for (i = 0; !status && i < n; i++)
        status = read_unit(vocabulary, units, &units->items[first + i],
                           i + 1 == n, &readings[i], failure);
    if (!status && too_many(readings, n))
        status = fail(failure, STATUS_LIMIT,
                      "the words of '%s' have so many spellings in this index "
                      "that it can be read in more than %d ways",
                      excerpt_of(text).text, PHRASE_MAX_READINGS);
    if (!status) {
        do
            status = take_row(readings, choice, n, patterns, failure);
        while (!status && next_choice(readings, choice, n));
    }
    for (i = 0; readings && i < n; i++)
        patterns_release(&readings[i]);
    free(readings);
    free(choice);
    return status;
}

enum status phrase_exact(const struct units *units, struct patterns *patterns,
                         struct failure *failure)
{
    struct pattern row = {0};
    enum status status = STATUS_OK;
    size_t i, j;

    for (i = 0; !status && i < units->n_items; i++) {
        const struct unit *unit = &units->items[i];

        status = add_word(&row, unit->word, failure);
        for (j = 1; !status && j < unit->n_words && i + 1 < units->n_items; j++)
            status =
                add_word(&row, units->words.items[unit->first + j], failure);
    }
    if (!status)
        status = patterns_take(patterns, &row, failure);
    pattern_release(&row);
    return status;
}

/* The words of SLOT, any of them, joined by OPERATOR. */
static struct query_node *slot_query(const struct pattern_slot *slot,
                                     enum query_operator operator)
{
    struct query_node *any = query_node_new(operator, 0);
    struct buffer term = BUFFER_EMPTY;
    size_t i;

    for (i = 0; any && i < slot->n_items; i++) {
        buffer_clear(&term);
        buffer_append_string(&term, TERM_WORD);
        buffer_append(&term, slot->items[i].data, slot->items[i].length);
        any = query_add(any, term.failed
                                 ? NULL
                                 : query_term_new(term.data, term.length, 1));
    }
    buffer_release(&term);
    return query_simplify(any);
}

static struct query_node *row_query(const struct pattern *row)
{
    struct query_node *phrase;
    size_t i;

    /* Spellings of one word are one word to the ranking. */
    if (row->n_slots == 1)
        return slot_query(&row->slots[0], QUERY_SYNONYM);
    phrase = query_node_new(QUERY_PHRASE, (uint32_t)row->n_slots);
    for (i = 0; phrase && i < row->n_slots; i++)
        phrase = query_add(phrase, slot_query(&row->slots[i], QUERY_OR));
    return phrase;
}

struct query_node *phrase_query(const struct patterns *patterns, size_t first)
{
    struct query_node *any = query_node_new(QUERY_OR, 0);
    size_t i;

    for (i = first; any && i < patterns->n_items; i++)
        any = query_add(any, row_query(&patterns->items[i]));
    return query_simplify(any);
}
