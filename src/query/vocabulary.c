/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/query/vocabulary.h"

#include "base/buffer.h"
#include "index/schema.h"
#include "src/query/excerpt.h"

/* What a scan of terms gathers: what follows the prefix. */
struct gathering {
    struct pattern_slot *slot;
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
    if (gathering->slot->n_items == VOCABULARY_MAX_SPELLINGS)
        gathering->status =
            fail(gathering->failure, STATUS_LIMIT,
                 "'%s' has more than %d spellings in this index; '=%s' "
                 "finds this one alone",
                 excerpt_of(gathering->word).text, VOCABULARY_MAX_SPELLINGS,
                 excerpt_of(gathering->word).text);
    else
        gathering->status =
            pattern_slot_add(gathering->slot, rest, gathering->failure);
    return gathering->status == STATUS_OK;
}

static enum status gather_terms(struct vocabulary *vocabulary,
                                struct bytes prefix, struct bytes word,
                                struct pattern_slot *slot,
                                struct failure *failure)
{
    struct gathering gathering = {slot, prefix.length, word, STATUS_OK,
                                  failure};
    enum status status =
        reader_terms(vocabulary->reader, prefix, gather, &gathering, failure);

    return status ? status : gathering.status;
}

enum status vocabulary_init(struct vocabulary *vocabulary,
                            struct reader *reader, struct lexicon *lexicon,
                            struct failure *failure)
{
    struct pattern_slot *languages = &vocabulary->languages;
    enum status status;

    *vocabulary = (struct vocabulary){.reader = reader, .lexicon = lexicon};
    status = gather_terms(vocabulary, bytes_of(TERM_LANGUAGE),
                          bytes_of(TERM_LANGUAGE), languages, failure);
    if (!status && languages->n_items == 0)
        status = pattern_slot_add(languages, bytes_of("en"), failure);
    return status;
}

void vocabulary_release(struct vocabulary *vocabulary)
{
    pattern_slot_release(&vocabulary->languages);
}

enum status vocabulary_spellings(struct vocabulary *vocabulary,
                                 struct bytes word, struct pattern_slot *slot,
                                 struct failure *failure)
{
    struct buffer prefix = BUFFER_EMPTY;
    struct bytes stem, key;
    enum status status;

    status = pattern_slot_add(slot, word, failure);
    /* The key is the same in every language. */
    if (!status)
        status =
            lexicon_forms(vocabulary->lexicon, word,
                          vocabulary->languages.items[0], &stem, &key, failure);
    if (status)
        return status;
    buffer_append_string(&prefix, TERM_SPELLING);
    buffer_append(&prefix, key.data, key.length);
    buffer_append_byte(&prefix, TERM_SPELLING_SEPARATOR);
    status = prefix.failed ? fail_memory(failure)
                           : pattern_slot_add(slot, key, failure);
    if (!status)
        status = gather_terms(vocabulary, buffer_bytes(&prefix), word, slot,
                              failure);
    buffer_release(&prefix);
    return status;
}

enum status vocabulary_stems(struct vocabulary *vocabulary,
                             const struct pattern_slot *words,
                             struct pattern_slot *stems,
                             struct failure *failure)
{
    const struct pattern_slot *languages = &vocabulary->languages;
    size_t i, j;

    for (i = 0; i < words->n_items; i++) {
        for (j = 0; j < languages->n_items; j++) {
            struct bytes stem, key;
            enum status status =
                lexicon_forms(vocabulary->lexicon, words->items[i],
                              languages->items[j], &stem, &key, failure);

            if (!status)
                status = pattern_slot_add(stems, stem, failure);
            if (status)
                return status;
        }
    }
    return STATUS_OK;
}
