/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/second_look.h"

#include "base/buffer.h"
#include "index/forward.h"
#include "index/glass/list.h"
#include "index/schema.h"
#include "index/terms.h"

#include <stdlib.h>

/* A word of the query. */
struct seen {
    struct bytes term;
    double weight;
    double n;    /* how often the paragraph has it */
    double near; /* how often the next word is near it there */
};

struct occurrence {
    uint32_t position, word;
};

struct look {
    const struct reader *reader;
    const struct ranking *ranking;
    struct seen *words;
    size_t n_words;
    uint32_t *numbers; /* of each part, those of the words; 0: none */
    double average_length;
    struct glass_list *lengths; /* of each shard's paragraphs; NULL: Xapian is
                                   asked for them */
    struct occurrence *items;   /* of the words in a paragraph, by position */
    size_t n_items, capacity;
    struct forward_tokens tokens;
};

bool second_look_helps(const struct reader *reader,
                       const struct search_options *options)
{
    const struct ranking *ranking = &reader->ranking;

    return options->order == ORDER_SCORE && options->n_words > 0 &&
           ranking->depth >= 1 && (ranking->written > 0 || ranking->near > 0);
}

/* --- The words */

/* What the numbers of the words are in each part that has a forward index. */
static enum status number_words(struct look *look, struct failure *failure)
{
    struct buffer numbers = BUFFER_EMPTY;
    enum status status = STATUS_OK;
    size_t n = look->n_words * look->reader->n_parts;

    for (size_t i = 0; status == STATUS_OK && i < n; i++) {
        const struct part *part = &look->reader->parts[i / look->n_words];
        struct bytes term = look->words[i % look->n_words].term;
        bool good;

        if (!part->forward)
            continue;
        buffer_clear(&numbers);
        good = forward_numbers(part->forward, term, &numbers);
        if (numbers.failed)
            status = fail_memory(failure);
        else if (!good)
            status = fail(failure, STATUS_CORRUPT,
                          "'%s/" FORWARD_NAME "' is damaged", part->path);
        else if (numbers.length >= sizeof(uint32_t))
            memcpy(&look->numbers[i], numbers.data, sizeof(uint32_t));
    }
    buffer_release(&numbers);
    return status;
}

/* In how many paragraphs WORD is, and how often. */
static enum status count_word(const struct look *look, struct bytes word,
                              uint32_t *n_paragraphs, uint32_t *n_occurrences,
                              struct failure *failure)
{
    const struct reader *reader = look->reader;
    xapian_error *error = NULL;
    enum status status;

    if (look->lengths)
        return terms_count(reader, word, n_paragraphs, n_occurrences, failure);
    status = reader_guard(reader, GUARD_FREQUENCY, word, failure);
    if (status != STATUS_OK)
        return status;
    if (xapian_database_termfreq(reader->database, word.data, word.length,
                                 n_paragraphs, &error) == XAPIAN_OK)
        xapian_database_collection_freq(reader->database, word.data,
                                        word.length, n_occurrences, &error);
    return reader_check(reader, error, failure);
}

static enum status weigh_words(struct look *look,
                               const struct search_options *options,
                               struct failure *failure)
{
    const xapian_database *database = look->reader->database;
    xapian_error *error = NULL;
    uint32_t n_all = 0;
    enum status status;

    xapian_database_doccount(database, &n_all, &error);
    xapian_database_average_length(database, &look->average_length, &error);
    status = reader_check(look->reader, error, failure);
    for (size_t i = 0; status == STATUS_OK && i < look->n_words; i++) {
        struct bytes term = options->words[i].word;
        uint32_t n_paragraphs = 0, n_occurrences = 0;

        look->words[i].term = term;
        if (term.length == 0 || schema_term_size(term) > TERM_MAX)
            continue;
        status = count_word(look, term, &n_paragraphs, &n_occurrences, failure);
        look->words[i].weight =
            options->words[i].weight * ranking_word_weight(look->ranking, n_all,
                                                           n_paragraphs,
                                                           n_occurrences);
    }
    return status;
}

/* Get ready to look lengths up in the mapped tables, if all are. */
static bool open_lengths(struct look *look)
{
    const struct reader *reader = look->reader;

    if (!terms_are_mapped(reader))
        return true;
    look->lengths = calloc(reader->n_shards, sizeof *look->lengths);
    return look->lengths != NULL;
}

static enum status look_init(struct look *look, const struct reader *reader,
                             const struct search_options *options,
                             struct failure *failure)
{
    enum status status;

    *look = (struct look){.reader = reader, .ranking = &reader->ranking};
    look->n_words = options->n_words;
    look->words = calloc(options->n_words, sizeof *look->words);
    look->numbers =
        calloc(options->n_words, sizeof *look->numbers * reader->n_parts);
    if (!look->words || !look->numbers || !open_lengths(look))
        return fail_memory(failure);
    status = weigh_words(look, options, failure);
    return status == STATUS_OK ? number_words(look, failure) : status;
}

static void look_release(struct look *look)
{
    for (size_t i = 0; look->lengths && i < look->reader->n_shards; i++)
        glass_list_release(&look->lengths[i]);
    free(look->lengths);
    free(look->words);
    free(look->numbers);
    free(look->items);
}

/* --- Where they stand */

static bool add_occurrence(struct look *look, uint32_t position, size_t word)
{
    if (!array_grow(&look->items, &look->capacity, look->n_items + 1,
                    sizeof *look->items))
        return false;
    look->items[look->n_items++] =
        (struct occurrence){position, (uint32_t)word};
    look->words[word].n++;
    return true;
}

/* The part that paragraph ID is in and its document number there, if that part
 * has a forward index; else NULL. */
static const struct part *find_part(const struct reader *reader, uint32_t id,
                                    uint32_t *document)
{
    const struct part *part = reader->shards[(id - 1) % reader->n_shards].part;

    *document = (uint32_t)((id - 1) / reader->n_shards + 1);
    return part->forward ? part : NULL;
}

static enum status read_forward(struct look *look, const struct part *part,
                                uint32_t document, struct failure *failure)
{
    const uint32_t *numbers =
        &look->numbers[(size_t)(part - look->reader->parts) * look->n_words];
    struct forward_tokens tokens = {0};

    if (!forward_tokens(part->forward, document, &tokens))
        goto damaged;
    while (forward_next(&tokens))
        for (size_t i = 0; i < look->n_words; i++)
            if (numbers[i] == tokens.number &&
                !add_occurrence(look, tokens.position, i))
                return fail_memory(failure);
    if (tokens.at == tokens.end)
        return STATUS_OK;
damaged:
    return fail(failure, STATUS_CORRUPT, "'%s/" FORWARD_NAME "' is damaged",
                part->path);
}

static enum status read_positions(struct look *look, uint32_t id,
                                  struct failure *failure)
{
    const struct reader *reader = look->reader;
    xapian_error *error = NULL;
    bool good = true;
    uint32_t document;
    const struct part *part = reader_part_of(reader, id, &document);

    for (size_t i = 0; good && !error && i < look->n_words; i++) {
        xapian_position_iterator *positions = NULL;
        struct bytes term = look->words[i].term;
        enum status status;

        if (look->words[i].weight <= 0)
            continue;
        status = guard_positions(part->guard, term, document, failure);
        if (status != STATUS_OK)
            return status;
        xapian_database_positionlist(reader->database, id, term.data,
                                     term.length, &positions, &error);
        while (good && !error && !xapian_position_iterator_at_end(positions)) {
            good = add_occurrence(
                look, xapian_position_iterator_position(positions), i);
            xapian_position_iterator_next(positions, &error);
        }
        xapian_position_iterator_free(positions);
    }
    return good ? reader_check(reader, error, failure) : fail_memory(failure);
}

static int compare_occurrences(const void *a, const void *b)
{
    const struct occurrence *left = a, *right = b;

    return (left->position > right->position) -
           (left->position < right->position);
}

/* Count how often two neighbours of the query are near each other. */
static void count_near(struct look *look)
{
    double window = look->ranking->window;

    if (look->n_items > 1)
        qsort(look->items, look->n_items, sizeof *look->items,
              compare_occurrences);
    for (size_t i = 0; i < look->n_items; i++) {
        const struct occurrence *one = &look->items[i];

        for (size_t j = i + 1; j < look->n_items; j++) {
            const struct occurrence *other = &look->items[j];

            if (other->position - one->position > window)
                break;
            if (other->position == one->position)
                continue;
            if (other->word == one->word + 1)
                look->words[one->word].near++;
            else if (one->word == other->word + 1)
                look->words[other->word].near++;
        }
    }
}

/* --- The scores */

static double bonus(const struct look *look, double length)
{
    const struct ranking *ranking = look->ranking;
    double relative =
        look->average_length > 0 ? length / look->average_length : 1;
    double sum = 0;

    for (size_t i = 0; i < look->n_words; i++) {
        const struct seen *word = &look->words[i];

        sum += ranking->written * word->weight *
               ranking_saturation(ranking, word->n, relative);
        if (i + 1 < look->n_words)
            sum += ranking->near * (word->weight + word[1].weight) *
                   ranking_saturation(ranking, word->near, relative);
    }
    return sum;
}

/* How many words the paragraph ID has, not before that of the last call. */
static enum status find_length(struct look *look, uint32_t id, uint32_t *length,
                               struct failure *failure)
{
    const struct reader *reader = look->reader;
    size_t shard = (id - 1) % reader->n_shards;
    uint32_t document = (uint32_t)((id - 1) / reader->n_shards + 1);
    const struct glass_tree *tree = reader->shards[shard].part->postings;
    struct glass_list *list;
    xapian_error *error = NULL;

    if (!look->lengths) {
        xapian_database_doclength(reader->database, id, length, &error);
        return reader_check(reader, error, failure);
    }
    list = &look->lengths[shard];
    if ((!list->cursor.tree && !glass_list_open_lengths(list, tree)) ||
        !glass_list_skip(list, document, 0) || list->ended ||
        list->chunk.document != document)
        return glass_list_failed(list) ? fail_memory(failure)
                                       : glass_tree_fail(tree, failure);
    *length = list->chunk.wdf;
    return STATUS_OK;
}

static enum status look_at(struct look *look, struct match *match,
                           struct failure *failure)
{
    uint32_t document, length = 0;
    const struct part *part = find_part(look->reader, match->id, &document);
    enum status status;

    look->n_items = 0;
    for (size_t i = 0; i < look->n_words; i++)
        look->words[i].n = look->words[i].near = 0;
    status = part && part->forward ? read_forward(look, part, document, failure)
                                   : read_positions(look, match->id, failure);
    if (status != STATUS_OK || look->n_items == 0)
        return status;
    if (look->ranking->near > 0)
        count_near(look);
    status = find_length(look, match->id, &length, failure);
    if (status == STATUS_OK)
        match->score += bonus(look, length);
    return status;
}

static int compare_ids(const void *a, const void *b)
{
    const struct candidate *one = a, *other = b;

    return (one->match.id > other->match.id) -
           (one->match.id < other->match.id);
}

enum status second_look(const struct reader *reader,
                        const struct search_options *options,
                        struct candidate *items, size_t n_items,
                        struct failure *failure)
{
    struct look look;
    enum status status;

    if (n_items < 2)
        return STATUS_OK;
    status = look_init(&look, reader, options, failure);
    qsort(items, n_items, sizeof *items, compare_ids);
    for (size_t i = 0; status == STATUS_OK && i < n_items; i++)
        status = look_at(&look, &items[i].match, failure);
    if (status == STATUS_OK)
        status = order_best_first(reader, items, n_items, failure);
    look_release(&look);
    return status;
}
