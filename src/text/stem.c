/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/text/stem.h"

#include <libstemmer.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct stemmers {
    const struct language *languages; /* language_list() */
    size_t n_languages;
    struct sb_stemmer *made[]; /* n_languages; NULL: not yet, or never */
};

enum status stemmers_new(struct stemmers **stemmers, struct failure *failure)
{
    const struct language *languages = language_list();
    struct stemmers *made;
    size_t count = 0;

    while (languages[count].code)
        count++;
    made = calloc(1, sizeof *made + count * sizeof made->made[0]);
    *stemmers = made;
    if (!made)
        return fail_memory(failure);
    made->languages = languages;
    made->n_languages = count;
    return STATUS_OK;
}

void stemmers_free(struct stemmers *stemmers)
{
    size_t i;

    for (i = 0; stemmers && i < stemmers->n_languages; i++)
        sb_stemmer_delete(stemmers->made[i]);
    free(stemmers);
}

/* A libstemmer of another build may lack an algorithm; it says so in the same
 * way as that memory is short, hence the list. */
static int is_known(const char *name)
{
    const char **known = sb_stemmer_list();

    while (*known && strcmp(*known, name) != 0)
        known++;
    return *known != NULL;
}

enum status stem_word(struct stemmers *stemmers,
                      const struct language *language, struct bytes word,
                      struct bytes *stem, struct failure *failure)
{
    struct sb_stemmer **stemmer;
    const sb_symbol *symbols;
    int length;

    *stem = word;
    if (!language || !language->stemmer || word.length == 0 ||
        word.length > INT_MAX)
        return STATUS_OK;
    stemmer = &stemmers->made[language - stemmers->languages];
    if (!*stemmer) {
        if (!is_known(language->stemmer))
            return STATUS_OK;
        *stemmer = sb_stemmer_new(language->stemmer, NULL);
        if (!*stemmer)
            return fail_memory(failure);
    }
    symbols = sb_stemmer_stem(*stemmer, (const sb_symbol *)word.data,
                              (int)word.length);
    if (!symbols)
        return fail_memory(failure);
    length = sb_stemmer_length(*stemmer);
    if (length > 0)
        *stem = (struct bytes){(const char *)symbols, (size_t)length};
    return STATUS_OK;
}
