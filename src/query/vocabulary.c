/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/query/vocabulary.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "index/schema.h"
#include "src/query/excerpt.h"

/* What a scan of terms gathers: what follows the prefix. */
struct gathering {
    struct word_list *list;
    size_t prefix_length;
    struct bytes word; /* that the scan is made for, for messages */
    enum status status;
    struct failure *failure;
};

static bool gather(void *context, struct bytes term, uint32_t n_paragraphs)
{
    struct gathering *gathering = context;
    struct bytes rest = {term.data + gathering->prefix_length,
                         term.length - gathering->prefix_length};

    (void)n_paragraphs;
    if (gathering->list->n_items == VOCABULARY_MAX_SPELLINGS)
        gathering->status =
            fail(gathering->failure, STATUS_LIMIT,
                 "'%s' has more than %d spellings in this index; '=%s' "
                 "finds this one alone",
                 excerpt_of(gathering->word).text, VOCABULARY_MAX_SPELLINGS,
                 excerpt_of(gathering->word).text);
    else
        gathering->status =
            word_list_add(gathering->list, rest, gathering->failure);
    return gathering->status == STATUS_OK;
}

static enum status gather_terms(struct vocabulary *vocabulary,
                                struct bytes prefix, struct bytes word,
                                struct word_list *list, struct failure *failure)
{
    struct gathering gathering = {list, prefix.length, word, STATUS_OK,
                                  failure};
    enum status status =
        reader_terms(vocabulary->reader, prefix, gather, &gathering, failure);

    return status ? status : gathering.status;
}

enum status vocabulary_init(struct vocabulary *vocabulary,
                            struct reader *reader, struct lexicon *lexicon,
                            struct failure *failure)
{
    struct word_list *languages = &vocabulary->languages;
    enum status status;

    *vocabulary = (struct vocabulary){.reader = reader, .lexicon = lexicon};
    status = gather_terms(vocabulary, bytes_of(TERM_LANGUAGE),
                          bytes_of(TERM_LANGUAGE), languages, failure);
    if (!status && languages->n_items == 0)
        status = word_list_add(languages, bytes_of("en"), failure);
    return status;
}

void vocabulary_release(struct vocabulary *vocabulary)
{
    vocabulary_forget(vocabulary);
    word_list_release(&vocabulary->languages);
}

enum status vocabulary_key(struct vocabulary *vocabulary, struct bytes word,
                           struct bytes *key, struct failure *failure)
{
    struct bytes stem;

    /* It is the same in every language. */
    return lexicon_forms(vocabulary->lexicon, word,
                         vocabulary->languages.items[0], &stem, key, failure);
}

enum status vocabulary_spellings(struct vocabulary *vocabulary,
                                 struct bytes word, struct word_list *list,
                                 struct failure *failure)
{
    struct buffer prefix = BUFFER_EMPTY;
    struct bytes key;
    enum status status = word_list_add(list, word, failure);

    if (!status)
        status = vocabulary_key(vocabulary, word, &key, failure);
    if (status)
        return status;
    buffer_append_string(&prefix, TERM_SPELLING);
    buffer_append(&prefix, key.data, key.length);
    buffer_append_byte(&prefix, TERM_SPELLING_SEPARATOR);
    status = prefix.failed ? fail_memory(failure)
                           : word_list_add(list, key, failure);
    if (!status)
        status = gather_terms(vocabulary, buffer_bytes(&prefix), word, list,
                              failure);
    buffer_release(&prefix);
    return status;
}

enum status vocabulary_stems(struct vocabulary *vocabulary,
                             const struct word_list *words,
                             struct word_list *stems, struct failure *failure)
{
    const struct word_list *languages = &vocabulary->languages;
    size_t i, j;

    for (i = 0; i < words->n_items; i++) {
        for (j = 0; j < languages->n_items; j++) {
            struct bytes stem, key;
            enum status status =
                lexicon_forms(vocabulary->lexicon, words->items[i],
                              languages->items[j], &stem, &key, failure);

            if (!status)
                status = word_list_add(stems, stem, failure);
            if (status)
                return status;
        }
    }
    return STATUS_OK;
}

/* A scan of words, and what is told of each. */
struct scan {
    word_function each;
    void *context;
    size_t n_visits;
    bool stopped;
};

static bool scan_word(void *context, struct bytes term, uint32_t n_paragraphs)
{
    struct scan *scan = context;

    scan->n_visits++;
    /* A compound comes with its key. */
    if (memchr(term.data, '-', term.length))
        return true;
    scan->stopped = !scan->each(scan->context, term, term, n_paragraphs);
    return !scan->stopped;
}

static bool scan_spelling(void *context, struct bytes term,
                          uint32_t n_paragraphs)
{
    struct scan *scan = context;
    const char *key = term.data + strlen(TERM_SPELLING);
    const char *end = term.data + term.length;
    const char *separator =
        memchr(key, TERM_SPELLING_SEPARATOR, (size_t)(end - key));

    scan->n_visits++;
    if (!separator)
        return true;
    scan->stopped = !scan->each(
        scan->context, (struct bytes){key, (size_t)(separator - key)},
        (struct bytes){separator + 1, (size_t)(end - separator) - 1},
        n_paragraphs);
    return !scan->stopped;
}

/* Words as written begin with any byte but the capital letters, with which the
 * prefixes of other terms do. */
static enum status scan_all_words(struct vocabulary *vocabulary,
                                  struct scan *scan, struct failure *failure)
{
    enum status status = STATUS_OK;
    int byte;

    for (byte = 0; !status && !scan->stopped && byte < 256; byte++) {
        char first = (char)byte;

        if (!is_ascii_capital(byte))
            status = reader_terms(vocabulary->reader, (struct bytes){&first, 1},
                                  scan_word, scan, failure);
    }
    return status;
}

enum status vocabulary_each(struct vocabulary *vocabulary, struct bytes prefix,
                            word_function each, void *context,
                            struct failure *failure)
{
    struct scan scan = {each, context, 0, false};
    struct buffer spelling = BUFFER_EMPTY;
    enum status status = prefix.length == 0
                             ? scan_all_words(vocabulary, &scan, failure)
                             : reader_terms(vocabulary->reader, prefix,
                                            scan_word, &scan, failure);

    buffer_append_string(&spelling, TERM_SPELLING);
    buffer_append(&spelling, prefix.data, prefix.length);
    if (!status && spelling.failed)
        status = fail_memory(failure);
    if (!status && !scan.stopped)
        status = reader_terms(vocabulary->reader, buffer_bytes(&spelling),
                              scan_spelling, &scan, failure);
    buffer_release(&spelling);
    vocabulary->n_visits += scan.n_visits;
    return status;
}
