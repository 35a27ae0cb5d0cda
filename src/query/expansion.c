/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which words of an index are like one of a query: all that may be are looked
 * at, in the order of their bytes, and those kept that are. */
#include <config.h>

#include "src/query/vocabulary.h"

#include "base/buffer.h"
#include "src/query/wildcard.h"

#include <stdlib.h>

struct expansion {
    struct vocabulary *vocabulary;
    struct word_list *list;
    struct bytes asked; /* the pattern, the key, or the word */
    size_t column;
    bool (*is_like)(struct expansion *expansion, struct bytes key,
                    struct bytes word);
    struct edit_word word;         /* fuzzy */
    unsigned edits;                /* fuzzy */
    const struct word_list *stems; /* inflections */
    enum status status;
    struct failure *failure;
};

struct kept_expansion {
    bool (*is_like)(struct expansion *expansion, struct bytes key,
                    struct bytes word);
    unsigned edits;
    struct word_list asked; /* one */
    struct word_list words;
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

static enum status limit(const struct expansion *expansion, const char *what,
                         const char *bound, int number)
{
    return fail_limit(expansion->failure, expansion->column,
                      "%s %s %d words of this index; write more of the words",
                      what, bound, number);
}

/* What was found for the same before; NULL: it was not asked for. */
static const struct word_list *find_kept(const struct expansion *expansion)
{
    const struct vocabulary *vocabulary = expansion->vocabulary;

    for (size_t i = 0; i < vocabulary->n_kept; i++) {
        const struct kept_expansion *kept = &vocabulary->kept[i];

        if (kept->is_like == expansion->is_like &&
            kept->edits == expansion->edits &&
            bytes_equal(kept->asked.items[0], expansion->asked))
            return &kept->words;
    }
    return NULL;
}

static enum status append_all(struct word_list *list,
                              const struct word_list *words,
                              struct failure *failure)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < words->n_items; i++)
        status = word_list_append(list, words->items[i], failure);
    return status;
}

/* WORDS were found for the same before. */
static enum status repeat(const struct expansion *expansion,
                          const struct word_list *words)
{
    struct vocabulary *vocabulary = expansion->vocabulary;

    vocabulary->n_again += words->n_items;
    if (vocabulary->n_again > VOCABULARY_AGAIN * VOCABULARY_MAX_EXPANSIONS)
        return limit(expansion, "up to here this query",
                     "stands again and again for more than",
                     VOCABULARY_AGAIN * VOCABULARY_MAX_EXPANSIONS);
    return append_all(expansion->list, words, expansion->failure);
}

/* Remember what was found. */
static enum status keep(const struct expansion *expansion)
{
    struct vocabulary *vocabulary = expansion->vocabulary;
    struct kept_expansion *kept;
    enum status status;

    if (!array_grow(&vocabulary->kept, &vocabulary->capacity,
                    vocabulary->n_kept + 1, sizeof *vocabulary->kept))
        return fail_memory(expansion->failure);
    kept = &vocabulary->kept[vocabulary->n_kept];
    *kept = (struct kept_expansion){.is_like = expansion->is_like,
                                    .edits = expansion->edits};
    status =
        word_list_append(&kept->asked, expansion->asked, expansion->failure);
    if (status == STATUS_OK)
        vocabulary->n_kept++;
    return status
               ? status
               : append_all(&kept->words, expansion->list, expansion->failure);
}

void vocabulary_forget(struct vocabulary *vocabulary)
{
    for (size_t i = 0; i < vocabulary->n_kept; i++) {
        word_list_release(&vocabulary->kept[i].asked);
        word_list_release(&vocabulary->kept[i].words);
    }
    free(vocabulary->kept);
    vocabulary->kept = NULL;
    vocabulary->n_kept = vocabulary->capacity = 0;
}

/* Gather what is like, of the words whose keys begin with PREFIX. */
static enum status gather(struct expansion *expansion, struct bytes prefix,
                          const char *what)
{
    struct vocabulary *vocabulary = expansion->vocabulary;
    struct word_list *list = expansion->list;
    struct failure *failure = expansion->failure;
    size_t n_before = list->n_items;
    enum status status;

    if (vocabulary->n_visits > VOCABULARY_MAX_VISITS)
        return limit(expansion, "up to here this query",
                     "has to look at more than", VOCABULARY_MAX_VISITS);
    status = vocabulary_each(vocabulary, prefix, keep_like, expansion, failure);
    if (!status)
        status = expansion->status;
    if (status)
        return status;
    word_list_sort(list);
    vocabulary->n_expansions += list->n_items - n_before;
    if (list->n_items > VOCABULARY_MAX_EXPANSION)
        return limit(expansion, what, "stands for more than",
                     VOCABULARY_MAX_EXPANSION);
    if (vocabulary->n_expansions > VOCABULARY_MAX_EXPANSIONS)
        return limit(expansion, "up to here this query", "stands for more than",
                     VOCABULARY_MAX_EXPANSIONS);
    return STATUS_OK;
}

static bool is_as_pattern(struct expansion *expansion, struct bytes key,
                          struct bytes word)
{
    (void)word;
    return wildcard_matches(expansion->asked, key);
}

enum status vocabulary_wild(struct vocabulary *vocabulary, struct bytes pattern,
                            size_t column, struct word_list *list,
                            struct failure *failure)
{
    struct expansion expansion = {.vocabulary = vocabulary,
                                  .list = list,
                                  .is_like = is_as_pattern,
                                  .asked = pattern,
                                  .column = column,
                                  .failure = failure};
    const struct word_list *known = find_kept(&expansion);
    struct bytes prefix = {pattern.data, 0};
    enum status status;

    if (known)
        return repeat(&expansion, known);
    while (prefix.length < pattern.length &&
           pattern.data[prefix.length] != WILDCARD_ANY &&
           pattern.data[prefix.length] != WILDCARD_ONE)
        prefix.length++;
    status = gather(&expansion, prefix, "this wildcard");
    return status ? status : keep(&expansion);
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
                                  .asked = word,
                                  .column = column,
                                  .failure = failure};
    const struct word_list *known = find_kept(&expansion);
    struct bytes key;
    enum status status;

    if (known)
        return repeat(&expansion, known);
    status = vocabulary_key(vocabulary, word, &key, failure);
    if (status)
        return status;
    edit_word_init(&expansion.word, key);
    status = gather(&expansion, (struct bytes){"", 0}, "this '~'");
    return status ? status : keep(&expansion);
}

/* The letters with which the words begin of which the Arabic stemmer takes off
 * beginnings: U+0600 to U+067F. */
static bool is_arabic(struct bytes word)
{
    return word.length > 0 &&
           (word.data[0] == '\xD8' || word.data[0] == '\xD9');
}

/* Whether WORD, which may begin otherwise than its stem, can have one of STEMS:
 * what the Arabic stemmer leaves of other letters it leaves as it is, and
 * digits it makes ASCII. Asked before all stems are made, which takes long. */
static bool may_have_stem(const struct word_list *stems, struct bytes word)
{
    size_t i;

    if (!is_arabic(word))
        return true;
    for (i = 0; i < stems->n_items; i++) {
        struct bytes stem = stems->items[i];

        if (stem.length == 0 || is_arabic(stem) ||
            (stem.data[0] >= '0' && stem.data[0] <= '9') ||
            memchr(word.data, stem.data[0], word.length))
            return true;
    }
    return false;
}

static bool has_stem(struct expansion *expansion, struct bytes key,
                     struct bytes word)
{
    const struct vocabulary *vocabulary = expansion->vocabulary;
    const struct word_list *languages = &vocabulary->languages;
    const struct word_list *stems = expansion->stems;
    struct bytes stem, its_key;

    (void)key;
    if (!may_have_stem(stems, word))
        return false;
    for (size_t i = 0; !expansion->status && i < languages->n_items; i++) {
        expansion->status =
            lexicon_forms(vocabulary->lexicon, word, languages->items[i], &stem,
                          &its_key, expansion->failure);
        for (size_t j = 0; !expansion->status && j < stems->n_items; j++)
            if (bytes_equal(stem, stems->items[j]))
                return true;
    }
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

/* Add to PREFIXES how words with one of STEMS begin. Some stemmers take off
 * beginnings, so that a stem says nothing of these: the Irish and the
 * Indonesian one of any word, the Arabic one of words that begin with Arabic
 * letters. */
static enum status add_beginnings(const struct word_list *languages,
                                  const struct word_list *stems,
                                  struct word_list *prefixes,
                                  struct failure *failure)
{
    static const struct {
        const char *language, *prefixes[2];
    } losing[] = {
        {"ar", {"\xD8", "\xD9"}}, {"ga", {"", NULL}}, {"id", {"", NULL}}};
    enum status status = STATUS_OK;
    size_t i, j, k;

    for (i = 0; !status && i < stems->n_items; i++)
        status = word_list_add(prefixes, beginning(stems->items[i]), failure);
    for (i = 0; i < languages->n_items; i++)
        for (j = 0; j < sizeof losing / sizeof *losing; j++)
            if (bytes_equal(languages->items[i], bytes_of(losing[j].language)))
                for (k = 0; !status && k < 2 && losing[j].prefixes[k]; k++)
                    status = word_list_add(
                        prefixes, bytes_of(losing[j].prefixes[k]), failure);
    return status;
}

enum status vocabulary_inflections(struct vocabulary *vocabulary,
                                   struct bytes word, size_t column,
                                   struct word_list *list,
                                   struct failure *failure)
{
    struct word_list spellings = {0}, stems = {0}, prefixes = {0};
    struct expansion expansion = {.vocabulary = vocabulary,
                                  .list = list,
                                  .is_like = has_stem,
                                  .stems = &stems,
                                  .asked = word,
                                  .column = column,
                                  .failure = failure};
    const struct word_list *known = find_kept(&expansion);
    struct bytes last = {NULL, 0};
    enum status status;
    size_t i;

    if (known)
        return repeat(&expansion, known);
    status = vocabulary_spellings(vocabulary, word, &spellings, failure);
    if (!status)
        status = vocabulary_stems(vocabulary, &spellings, &stems, failure);
    if (!status)
        status =
            add_beginnings(&vocabulary->languages, &stems, &prefixes, failure);
    word_list_sort(&prefixes);
    for (i = 0; !status && i < prefixes.n_items; i++) {
        struct bytes prefix = prefixes.items[i];

        /* Words with a longer beginning come with those of a shorter one. */
        if (last.data && prefix.length >= last.length &&
            memcmp(prefix.data, last.data, last.length) == 0)
            continue;
        last = prefix;
        status = gather(&expansion, prefix, "this word, in any inflection,");
    }
    if (!status)
        status = keep(&expansion);
    word_list_release(&spellings);
    word_list_release(&stems);
    word_list_release(&prefixes);
    return status;
}
