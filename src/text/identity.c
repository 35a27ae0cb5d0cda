/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The name of what an index was analyzed with.
 *
 * libstemmer has no version that a program could ask for, and stems change
 * between its releases. So it is told by what it does: a hash of the stems of
 * a few words of each language, chosen so that the usual suffixes occur. */
#include <config.h>

#include "src/text/analyzer.h"

#include "src/text/language.h"
#include "src/text/stem.h"

#include <unicode/uchar.h>

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

/* To be raised with every change of what src/text makes of a text. */
#define RULES_VERSION 2

static const struct sample {
    const char *language;
    const char *words; /* parted by spaces */
} samples[] = {
    {"ar", "والكتاب المتحدة مسؤولون الاجتماعية"},
    {"ca", "desenvolupaments nacions"},
    {"da", "forenede udviklingens"},
    {"de", "entwicklungen häuser kategorischen aufeinander"},
    {"el", "αναπτυξησ ενωμενων"},
    {"en", "generously being evening skis recognizing international general's "
           "dying conferences early arsenal"},
    {"es", "desarrollándose naciones igualdades"},
    {"eu", "garapenaren nazioak"},
    {"fi", "kehityksessä kansakuntien"},
    {"fr", "développements continuellement nationaux naïve"},
    {"ga", "náisiúnta bhforbairt"},
    {"hi", "लड़कियों विकास"},
    {"hu", "fejlesztésekről nemzetek"},
    {"hy", "զարգացումների ազգերի"},
    {"id", "pembangunan bersatulah"},
    {"it", "sviluppandosi nazionalità"},
    {"lt", "vystymosi tautoms"},
    {"ne", "विकासहरूको"},
    {"nl", "ontwikkelingen naties lichamelijkheden"},
    {"no", "utviklingene nasjonens"},
    {"pt", "desenvolvimentos nacionalidade"},
    {"ro", "dezvoltările națiunilor"},
    {"ru", "развивающимися организаций безопасности"},
    {"sr", "razvijanja naroda"},
    {"sv", "utvecklingarna nationernas"},
    {"ta", "வளர்ச்சிகளுக்கு"},
    {"tr", "gelişmelerinden milletler"},
    {"yi", "אנטוויקלונגען"},
};

/* FNV-1a of 32 bits (draft-eastlake-fnv). */
static uint32_t add_to_hash(uint32_t hash, struct bytes bytes)
{
    size_t i;

    for (i = 0; i < bytes.length; i++)
        hash = (hash ^ (unsigned char)bytes.data[i]) * UINT32_C(16777619);
    return hash;
}

static enum status hash_sample(struct stemmers *stemmers,
                               const struct sample *sample, uint32_t *hash)
{
    const struct language *language = language_find(bytes_of(sample->language));
    const char *at = sample->words;
    enum status status = STATUS_OK;

    while (*at && !status) {
        struct bytes word = {at, strcspn(at, " ")}, stem;

        status = stem_word(stemmers, language, word, &stem, NULL);
        if (!status)
            *hash = add_to_hash(add_to_hash(*hash, stem), bytes_of(" "));
        at += word.length + strspn(at + word.length, " ");
    }
    return status;
}

static enum status hash_stemmers(uint32_t *hash)
{
    struct stemmers *stemmers;
    enum status status = stemmers_new(&stemmers, NULL);
    size_t i;

    *hash = UINT32_C(2166136261);
    for (i = 0; i < sizeof samples / sizeof *samples && !status; i++)
        status = hash_sample(stemmers, &samples[i], hash);
    stemmers_free(stemmers);
    return status;
}

const char *analyzer_identity(void)
{
    /* Not pthread_once, so that a call can succeed where the one before ran
     * out of memory. */
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    static char identity[64];
    UVersionInfo unicode;
    uint32_t hash;
    bool known;

    pthread_mutex_lock(&mutex);
    known = identity[0] != '\0';
    if (!known && !hash_stemmers(&hash)) {
        u_getUnicodeVersion(unicode);
        snprintf(identity, sizeof identity,
                 "pilcrow-%d unicode-%u.%u snowball-%08x", RULES_VERSION,
                 unicode[0], unicode[1], (unsigned)hash);
        known = true;
    }
    pthread_mutex_unlock(&mutex);
    return known ? identity : NULL;
}
