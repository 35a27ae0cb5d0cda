/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which words of an index are like one of a query: all that may be are looked
 * at, in the order of their bytes, and those kept that are. */
#include <config.h>

#include "src/query/vocabulary.h"

#include "base/buffer.h"
#include "src/query/wildcard.h"

struct expansion {
    struct vocabulary *vocabulary;
    struct word_list *list;
    bool (*is_like)(struct expansion *expansion, struct bytes key,
                    struct bytes word);
    struct bytes pattern;          /* wild */
    struct edit_word word;         /* fuzzy */
    unsigned edits;                /* fuzzy */
    const struct word_list *stems; /* inflections */
    enum status status;
    struct failure *failure;
};

static bool keep_like(void *context, struct bytes key, struct bytes word,
                      uint32_t n_paragraphs)
{
    struct expansion *expansion = context;

    (void)n_paragraphs;
    if (!expansion->is_like(expansion, key, word))
        return expansion->status == STATUS_OK;
    expansion->status =
        word_list_append(expansion->list, word, expansion->failure);
    /* Some come twice. */
    return expansion->status == STATUS_OK &&
           expansion->list->n_items <= 2 * VOCABULARY_MAX_EXPANSION;
}

static enum status limit(struct failure *failure, size_t column,
                         const char *what, const char *bound, int number)
{
    return fail_limit(failure, column,
                      "%s %s %d words of this index; write more of the words",
                      what, bound, number);
}

/* Gather what is like, of the words whose keys begin with PREFIX. */
static enum status gather(struct expansion *expansion, struct bytes prefix,
                          size_t column, const char *what)
{
    struct vocabulary *vocabulary = expansion->vocabulary;
    struct word_list *list = expansion->list;
    struct failure *failure = expansion->failure;
    enum status status;

    if (vocabulary->n_visits > VOCABULARY_MAX_VISITS)
        return limit(failure, column, "up to here this query",
                     "has to look at more than", VOCABULARY_MAX_VISITS);
    status = vocabulary_each(vocabulary, prefix, keep_like, expansion, failure);
    if (!status)
        status = expansion->status;
    if (status)
        return status;
    word_list_sort(list);
    vocabulary->n_expansions += list->n_items;
    if (list->n_items > VOCABULARY_MAX_EXPANSION)
        return limit(failure, column, what, "stands for more than",
                     VOCABULARY_MAX_EXPANSION);
    if (vocabulary->n_expansions > VOCABULARY_MAX_EXPANSIONS)
        return limit(failure, column, "up to here this query",
                     "stands for more than", VOCABULARY_MAX_EXPANSIONS);
    return STATUS_OK;
}

static bool is_as_pattern(struct expansion *expansion, struct bytes key,
                          struct bytes word)
{
    (void)word;
    return wildcard_matches(expansion->pattern, key);
}

enum status vocabulary_wild(struct vocabulary *vocabulary, struct bytes pattern,
                            size_t column, struct word_list *list,
                            struct failure *failure)
{
    struct expansion expansion = {.vocabulary = vocabulary,
                                  .list = list,
                                  .is_like = is_as_pattern,
                                  .pattern = pattern,
                                  .failure = failure};
    struct bytes prefix = {pattern.data, 0};

    while (prefix.length < pattern.length &&
           pattern.data[prefix.length] != WILDCARD_ANY &&
           pattern.data[prefix.length] != WILDCARD_ONE)
        prefix.length++;
    return gather(&expansion, prefix, column, "this wildcard");
}

static bool is_near(struct expansion *expansion, struct bytes key,
                    struct bytes word)
{
    struct edit_word other;

    (void)word;
    /* A code point has at most four bytes. */
    if (key.length > 4 * (expansion->word.length + expansion->edits))
        return false;
    edit_word_init(&other, key);
    return edit_distance(&expansion->word, &other, expansion->edits) <=
           expansion->edits;
}

enum status vocabulary_fuzzy(struct vocabulary *vocabulary, struct bytes word,
                             unsigned edits, size_t column,
                             struct word_list *list, struct failure *failure)
{
    struct expansion expansion = {.vocabulary = vocabulary,
                                  .list = list,
                                  .is_like = is_near,
                                  .edits = edits,
                                  .failure = failure};
    struct bytes key;
    enum status status = vocabulary_key(vocabulary, word, &key, failure);

    if (status)
        return status;
    edit_word_init(&expansion.word, key);
    return gather(&expansion, (struct bytes){"", 0}, column, "this '~'");
}

static bool has_stem(struct expansion *expansion, struct bytes key,
                     struct bytes word)
{
    struct word_list one = {&word, 1, 1}, stems = {0};
    size_t i, j;

    (void)key;
    expansion->status = vocabulary_stems(expansion->vocabulary, &one, &stems,
                                         expansion->failure);
    for (i = 0; i < stems.n_items; i++)
        for (j = 0; j < expansion->stems->n_items; j++)
            if (bytes_equal(stems.items[i], expansion->stems->items[j]))
                goto out;
out:
    j = i < stems.n_items;
    word_list_release(&stems);
    return j && expansion->status == STATUS_OK;
}

/* Languages whose stemmers take off beginnings, so that a stem says nothing of
 * how its words begin. */
static bool stems_lose_beginnings(const struct word_list *languages)
{
    static const char *const codes[] = {"ar", "ga", "id"};
    size_t i, j;

    for (i = 0; i < languages->n_items; i++)
        for (j = 0; j < sizeof codes / sizeof *codes; j++)
            if (bytes_equal(languages->items[i], bytes_of(codes[j])))
                return true;
    return false;
}

/* How a word with the stem STEM begins: as the stem but for its last two code
 * points, which stemmers may have changed (happy: happi; dying: die). */
static struct bytes beginning(struct bytes stem)
{
    struct bytes prefix = stem;
    int left = 2;

    while (prefix.length > 0 && left > 0) {
        prefix.length--;
        if (((unsigned char)prefix.data[prefix.length] & 0xC0) != 0x80)
            left--;
    }
    if (prefix.length > 0)
        return prefix;
    while (prefix.length < stem.length &&
           (prefix.length == 0 ||
            ((unsigned char)stem.data[prefix.length] & 0xC0) == 0x80))
        prefix.length++;
    return prefix;
}

enum status vocabulary_inflections(struct vocabulary *vocabulary,
                                   struct bytes word, size_t column,
                                   struct word_list *list,
                                   struct failure *failure)
{
    struct word_list spellings = {0}, stems = {0};
    struct expansion expansion = {.vocabulary = vocabulary,
                                  .list = list,
                                  .is_like = has_stem,
                                  .stems = &stems,
                                  .failure = failure};
    bool anywhere = stems_lose_beginnings(&vocabulary->languages);
    enum status status =
        vocabulary_spellings(vocabulary, word, &spellings, failure);
    size_t i;

    if (!status)
        status = vocabulary_stems(vocabulary, &spellings, &stems, failure);
    for (i = 0; !status && i < (anywhere ? 1 : stems.n_items); i++)
        status =
            gather(&expansion,
                   anywhere ? (struct bytes){"", 0} : beginning(stems.items[i]),
                   column, "this word, in any inflection,");
    word_list_release(&spellings);
    word_list_release(&stems);
    return status;
}
