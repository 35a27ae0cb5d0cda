/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/query/suggest.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "index/schema.h"
#include "src/query/vocabulary.h"

#include <string.h>

struct search {
    struct vocabulary vocabulary;
    struct suggestions *suggestions;
    enum status status;
    struct failure *failure;
};

/* Whether one of WORDS is a term under PREFIX. */
static enum status any_term(struct search *search,
                            const struct word_list *words, const char *prefix,
                            bool *found)
{
    struct buffer term = BUFFER_EMPTY;
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; !status && !*found && i < words->n_items; i++) {
        uint32_t n_paragraphs = 0;

        buffer_clear(&term);
        buffer_append_string(&term, prefix);
        buffer_append(&term, words->items[i].data, words->items[i].length);
        status = term.failed ? fail_memory(search->failure)
                             : reader_frequency(search->vocabulary.reader,
                                                buffer_bytes(&term),
                                                &n_paragraphs, search->failure);
        *found = n_paragraphs > 0;
    }
    buffer_release(&term);
    return status;
}

/* Whether the index has WORD in some spelling or inflection. */
static enum status is_there(struct search *search, struct bytes word,
                            bool *found)
{
    struct word_list spellings = {0}, stems = {0};
    enum status status = vocabulary_spellings(&search->vocabulary, word,
                                              &spellings, search->failure);

    *found = false;
    if (!status)
        status = vocabulary_stems(&search->vocabulary, &spellings, &stems,
                                  search->failure);
    if (!status)
        status = any_term(search, &spellings, TERM_WORD, found);
    if (!status)
        status = any_term(search, &stems, TERM_STEM, found);
    word_list_release(&spellings);
    word_list_release(&stems);
    return status;
}

/* How far away from WORD a suggestion for it may be. */
static unsigned most_edits(const struct edit_word *word)
{
    size_t i;

    for (i = 0; i < word->length; i++)
        if (is_ascii_digit(word->characters[i]))
            return 0;
    return word->length < 3 ? 0 : word->length <= 4 ? 1 : EDIT_MAX_DISTANCE;
}

/* Look for WORD; of a compound that is missing, for its parts. */
static enum status check_word(struct search *search, struct bytes word)
{
    struct suggestions *suggestions = search->suggestions;
    const char *hyphen = memchr(word.data, '-', word.length);
    struct missing_word *missing;
    bool found;
    enum status status;

    if (suggestions->n_items == SUGGEST_MAX_MISSING)
        return STATUS_OK;
    status = is_there(search, word, &found);
    if (status || found)
        return status;
    if (hyphen) {
        size_t length = (size_t)(hyphen - word.data);

        status = check_word(search, (struct bytes){word.data, length});
        return status ? status
                      : check_word(search,
                                   (struct bytes){hyphen + 1,
                                                  word.length - length - 1});
    }
    missing = &suggestions->items[suggestions->n_items++];
    *missing = (struct missing_word){.word = word};
    edit_word_init(&missing->edit, word);
    missing->distance = most_edits(&missing->edit) + 1;
    return STATUS_OK;
}

/* Let WORD, which is N_PARAGRAPHS paragraphs, be the suggestion for MISSING if
 * it is nearer or more frequent than the one that it has. */
static enum status compare(struct missing_word *missing,
                           const struct edit_word *key, struct bytes word,
                           uint32_t n_paragraphs, struct failure *failure)
{
    unsigned most = missing->distance, distance;

    /* Without a suggestion, .distance is too many edits. */
    if (missing->nearest.n_items == 0)
        most--;
    if (most == 0)
        return STATUS_OK;
    distance = edit_distance(&missing->edit, key, most);
    if (distance > most || (distance == missing->distance &&
                            n_paragraphs <= missing->n_paragraphs))
        return STATUS_OK;
    missing->distance = distance;
    missing->n_paragraphs = n_paragraphs;
    word_list_release(&missing->nearest);
    return word_list_append(&missing->nearest, word, failure);
}

static bool compare_all(void *context, struct bytes key, struct bytes word,
                        uint32_t n_paragraphs)
{
    struct search *search = context;
    struct edit_word edit;
    size_t i;

    edit_word_init(&edit, key);
    for (i = 0; !search->status && i < search->suggestions->n_items; i++)
        search->status = compare(&search->suggestions->items[i], &edit, word,
                                 n_paragraphs, search->failure);
    return search->status == STATUS_OK;
}

enum status suggest(const struct plan *plan, struct reader *reader,
                    struct lexicon *lexicon, struct suggestions *suggestions,
                    struct failure *failure)
{
    struct search search = {.suggestions = suggestions, .failure = failure};
    enum status status =
        vocabulary_init(&search.vocabulary, reader, lexicon, failure);
    size_t i;

    suggestions->n_items = 0;
    for (i = 0; !status && i < plan->words.n_items; i++)
        status = check_word(&search, plan->words.items[i]);
    if (!status && suggestions->n_items > 0)
        status = vocabulary_each(&search.vocabulary, (struct bytes){"", 0},
                                 compare_all, &search, failure);
    vocabulary_release(&search.vocabulary);
    return status ? status : search.status;
}

void suggestions_release(struct suggestions *suggestions)
{
    while (suggestions->n_items > 0)
        word_list_release(&suggestions->items[--suggestions->n_items].nearest);
}
