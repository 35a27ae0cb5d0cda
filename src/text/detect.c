/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Letters are counted by script, and small words by language, a word that is in
 * the lists of several languages for each of them. A letter that only some of
 * the languages of its script have counts as such a word does. Then:
 *
 * 1. The script is the one that has most of the text, a Han or Hangul or Kana
 *    character weighing as much as several letters. Han with some Kana is
 *    Japanese.
 * 2. A script of one language says all, if there are enough letters.
 * 3. Else the language is the one whose words were found most often, if these
 *    are enough, by number and as a part of all words, and if it is enough
 *    ahead of the next one.
 * 4. Else it is not known, but that in a script other than Latin it is what
 *    most texts of the script are in, unless the words speak for another one.
 *
 * The words are in a hash table, since a list of words as a text would have to
 * be searched once for every word: it must not cost more than reading JSON
 * does. */
#include <config.h>

#include "src/text/detect.h"

#include "base/ascii.h"
#include "src/text/detect_words.h"
#include "src/text/utf8.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORD_BYTES = 16,    /* of the longest word in the lists */
    TABLE_BITS = 12,    /* for some 1,500 words */
    FILTER_BITS = 15,   /* of which so many are set, and most words have none */
    MAX_LANGUAGES = 64, /* the bits of a set */
    END_LETTERS = 0x700, /* of those that are listed */
    MIN_LETTERS = 12,    /* of a script, each by its weight */
    MIN_HITS = 5,        /* small words of a language */
    MIN_LEAD = 3,        /* more of them than of the next language */
    PART_OF_WORDS = 10,  /* one word in so many must be such */
    PART_OF_LEAD = 8,    /* the lead must be one in so many of the hits */
    KANA_PART = 10,      /* one character in so many, in Japanese */
    PIECE = 1 << 10,     /* of a sample */
};

enum script {
    SCRIPT_LATIN,
    SCRIPT_CYRILLIC,
    SCRIPT_ARABIC,
    SCRIPT_HEBREW,
    SCRIPT_DEVANAGARI,
    SCRIPT_HAN,
    SCRIPT_KANA,
    SCRIPT_HANGUL,
    SCRIPT_GREEK,
    SCRIPT_ARMENIAN,
    SCRIPT_GEORGIAN,
    SCRIPT_THAI,
    SCRIPT_TAMIL,
    SCRIPT_BENGALI,
    SCRIPT_OTHER,
    N_SCRIPTS,
};

/* By enum script. */
static const struct script_facts {
    UScriptCode code;
    unsigned weight;      /* of a letter: how many Latin ones it stands for */
    const char *language; /* the only one; NULL: words decide */
    const char *usual;    /* if they do not; NULL: none is */
} scripts[N_SCRIPTS] = {
    [SCRIPT_LATIN] = {USCRIPT_LATIN, 1, NULL, NULL},
    [SCRIPT_CYRILLIC] = {USCRIPT_CYRILLIC, 1, NULL, "ru"},
    [SCRIPT_ARABIC] = {USCRIPT_ARABIC, 1, NULL, "ar"},
    [SCRIPT_HEBREW] = {USCRIPT_HEBREW, 1, NULL, "he"},
    [SCRIPT_DEVANAGARI] = {USCRIPT_DEVANAGARI, 1, NULL, "hi"},
    [SCRIPT_HAN] = {USCRIPT_HAN, 3, "zh", NULL},
    [SCRIPT_KANA] = {USCRIPT_HIRAGANA, 2, "ja", NULL},
    [SCRIPT_HANGUL] = {USCRIPT_HANGUL, 2, "ko", NULL},
    [SCRIPT_GREEK] = {USCRIPT_GREEK, 1, "el", NULL},
    [SCRIPT_ARMENIAN] = {USCRIPT_ARMENIAN, 1, "hy", NULL},
    [SCRIPT_GEORGIAN] = {USCRIPT_GEORGIAN, 1, "ka", NULL},
    [SCRIPT_THAI] = {USCRIPT_THAI, 1, "th", NULL},
    [SCRIPT_TAMIL] = {USCRIPT_TAMIL, 1, "ta", NULL},
    [SCRIPT_BENGALI] = {USCRIPT_BENGALI, 1, "bn", NULL},
    [SCRIPT_OTHER] = {USCRIPT_COMMON, 1, NULL, NULL},
};

/* A word, zeros behind it. */
struct key {
    uint64_t low, high;
};

struct entry {
    struct key key;
    uint64_t languages; /* a set of numbers in the lists; 0: an empty place */
};

struct detector {
    struct entry table[1 << TABLE_BITS];
    uint64_t filter[1 << (FILTER_BITS - 6)]; /* of 4 KiB, while the table is of
                                                96: what is not in it is not in
                                                the table */
    uint64_t letter_languages[END_LETTERS];  /* likewise */
    const struct language *languages[MAX_LANGUAGES];
    enum script script_of[MAX_LANGUAGES];
    size_t n_languages;

    size_t letters[N_SCRIPTS]; /* each by its weight */
    size_t words[N_SCRIPTS];   /* by the script of their last letter */
    size_t hits[MAX_LANGUAGES];
};

/* The word that is being read. */
struct reading_word {
    char bytes[WORD_BYTES]; /* zeros behind it */
    size_t
        length; /* more than WORD_BYTES: it is longer than any in the lists */
    enum script script;
};

static struct key key_of(const char bytes[WORD_BYTES])
{
    struct key key;

    memcpy(&key.low, bytes, sizeof key.low);
    memcpy(&key.high, bytes + sizeof key.low, sizeof key.high);
    return key;
}

static uint64_t hash_of(struct key key)
{
    const uint64_t factor = UINT64_C(0x9E3779B97F4A7C15);

    return (key.low * factor ^ key.high) * factor;
}

/* The word of the filter that has the bit of HASH, and that bit. */
static uint64_t *filter_word(struct detector *detector, uint64_t hash)
{
    return &detector->filter[hash >> (64 - FILTER_BITS + 6)];
}

static uint64_t filter_bit(uint64_t hash)
{
    return UINT64_C(1) << (hash >> (64 - FILTER_BITS) & 63);
}

/* The place in the table of KEY, or the empty one that it would have. */
static size_t place_of(const struct detector *detector, struct key key)
{
    const size_t mask = (1 << TABLE_BITS) - 1;
    size_t place = (size_t)(hash_of(key) >> (64 - TABLE_BITS));

    for (;; place = (place + 1) & mask) {
        const struct entry *entry = &detector->table[place];

        if (!entry->languages ||
            (entry->key.low == key.low && entry->key.high == key.high))
            return place;
    }
}

static enum script script_of(char32_t c)
{
    UErrorCode error = U_ZERO_ERROR;
    UScriptCode code;
    enum script script = SCRIPT_LATIN;

    if (c < 0x250)
        return SCRIPT_LATIN;
    if (c >= 0x4E00 && c < 0xA000)
        return SCRIPT_HAN;
    code = uscript_getScript((UChar32)c, &error);
    if (code == USCRIPT_KATAKANA)
        return SCRIPT_KANA;
    while (script < SCRIPT_OTHER && scripts[script].code != code)
        script++;
    return script;
}

static void add_letters(struct detector *detector, const char *letters,
                        uint64_t language)
{
    size_t length = strlen(letters), at = 0;

    while (at < length) {
        char32_t c;

        at += utf8_decode(letters + at, length - at, &c);
        assert(c < END_LETTERS);
        detector->letter_languages[c] |= language;
    }
}

/* Put the words of LIST, the language numbered NUMBER, into the table. */
static void add_list(struct detector *detector, const struct detect_words *list,
                     size_t number)
{
    const char *at = list->words;
    char32_t first;

    detector->languages[number] = language_find(bytes_of(list->code));
    assert(detector->languages[number]);
    utf8_decode(at + 1, strlen(at + 1), &first);
    detector->script_of[number] = script_of(first);
    add_letters(detector, list->letters, UINT64_C(1) << number);
    while (*at == ' ') {
        size_t length = strcspn(++at, " ");
        char bytes[WORD_BYTES] = {0};
        struct key key;
        struct entry *entry;

        assert(length > 0 && length <= WORD_BYTES);
        memcpy(bytes, at, length);
        key = key_of(bytes);
        *filter_word(detector, hash_of(key)) |= filter_bit(hash_of(key));
        entry = &detector->table[place_of(detector, key)];
        entry->key = key;
        entry->languages |= UINT64_C(1) << number;
        at += length;
    }
}

enum status detector_new(struct detector **detector, struct failure *failure)
{
    struct detector *made = calloc(1, sizeof *made);
    const struct detect_words *lists = detect_words();

    *detector = made;
    if (!made)
        return fail_memory(failure);
    for (; lists[made->n_languages].code; made->n_languages++) {
        assert(made->n_languages < MAX_LANGUAGES);
        add_list(made, &lists[made->n_languages], made->n_languages);
    }
    return STATUS_OK;
}

void detector_free(struct detector *detector)
{
    free(detector);
}

void detector_start(struct detector *detector)
{
    memset(detector->letters, 0, sizeof detector->letters);
    memset(detector->words, 0, sizeof detector->words);
    memset(detector->hits, 0, sizeof detector->hits);
}

static void count_hit(struct detector *detector, uint64_t languages)
{
    for (; languages; languages &= languages - 1)
        detector->hits[__builtin_ctzll(languages)]++;
}

static void count_word(struct detector *detector,
                       const struct reading_word *word)
{
    struct key key = key_of(word->bytes);
    uint64_t hash = hash_of(key);

    detector->words[word->script]++;
    if (word->length <= WORD_BYTES &&
        *filter_word(detector, hash) & filter_bit(hash))
        count_hit(detector, detector->table[place_of(detector, key)].languages);
}

static void end_word(struct detector *detector, struct reading_word *word)
{
    if (word->length == 0)
        return;
    count_word(detector, word);
    word->length = 0;
    memset(word->bytes, 0, sizeof word->bytes);
}

static void append(struct reading_word *word, const char *bytes, size_t length)
{
    if (length > WORD_BYTES - word->length || word->length > WORD_BYTES) {
        word->length = WORD_BYTES + 1;
        return;
    }
    memcpy(word->bytes + word->length, bytes, length);
    word->length += length;
}

/* Points of vowels, and tatweel: Arabic and Hebrew are mostly written without
 * them, and the lists are. */
static bool is_point(char32_t c)
{
    return (c >= 0x064B && c <= 0x065F) || c == 0x0640 || c == 0x0670 ||
           (c >= 0x0591 && c <= 0x05C7);
}

/* C, which is not ASCII. */
static void add_character(struct detector *detector, char32_t c,
                          struct reading_word *word)
{
    uint32_t category = U_GET_GC_MASK((UChar32)c);
    char bytes[4];

    if (is_point(c))
        return;
    if (category & U_GC_L_MASK) {
        word->script = script_of(c);
        detector->letters[word->script] += scripts[word->script].weight;
    } else if (!(category & U_GC_M_MASK)) {
        end_word(detector, word);
        return;
    }
    if (category & U_GC_LU_MASK)
        c = (char32_t)u_tolower((UChar32)c);
    if (c < END_LETTERS)
        count_hit(detector, detector->letter_languages[c]);
    append(word, bytes, utf8_encode(c, bytes));
}

/* The ASCII letters from AT on; returns behind them. */
static size_t add_ascii(struct detector *detector, struct bytes text, size_t at,
                        struct reading_word *word)
{
    size_t start = at;

    for (; at < text.length && is_ascii_letter(text.data[at]); at++) {
        if (word->length < WORD_BYTES)
            word->bytes[word->length] = (char)(text.data[at] | 0x20);
        if (word->length <= WORD_BYTES)
            word->length++;
    }
    word->script = SCRIPT_LATIN;
    detector->letters[SCRIPT_LATIN] += at - start;
    return at;
}

void detector_add(struct detector *detector, struct bytes text)
{
    struct reading_word word = {.length = 0};
    size_t at = 0;

    while (at < text.length) {
        char32_t c;

        if (is_ascii_letter(text.data[at])) {
            at = add_ascii(detector, text, at, &word);
        } else if ((unsigned char)text.data[at] < 0x80) {
            end_word(detector, &word);
            at++;
        } else {
            at += utf8_decode(text.data + at, text.length - at, &c);
            add_character(detector, c, &word);
        }
    }
    end_word(detector, &word);
}

/* Rule 1. N_SCRIPTS if no script has more than half. */
static enum script main_script(const struct detector *detector)
{
    size_t total = 0, han, kana, i, best = 0;
    size_t letters[N_SCRIPTS];

    memcpy(letters, detector->letters, sizeof letters);
    han = letters[SCRIPT_HAN];
    kana = letters[SCRIPT_KANA];
    if (kana / scripts[SCRIPT_KANA].weight * KANA_PART >=
            (han / scripts[SCRIPT_HAN].weight) &&
        kana > 0) {
        letters[SCRIPT_KANA] += han;
        letters[SCRIPT_HAN] = 0;
    }
    for (i = 0; i < N_SCRIPTS; i++) {
        total += letters[i];
        if (letters[i] > letters[best])
            best = i;
    }
    if (letters[best] < MIN_LETTERS || letters[best] <= total / 2)
        return N_SCRIPTS;
    return (enum script)best;
}

/* Rule 4, where no language has more than BEST hits. */
static const struct language *usual_language(const struct detector *detector,
                                             enum script script, size_t best)
{
    const char *usual = scripts[script].usual;
    size_t i;

    for (i = 0; usual && i < detector->n_languages; i++)
        if (strcmp(detector->languages[i]->code, usual) == 0 &&
            detector->hits[i] == best)
            return detector->languages[i];
    return NULL;
}

/* Rules 3 and 4. */
static const struct language *language_by_words(const struct detector *detector,
                                                enum script script)
{
    size_t best = 0, second = 0, winner = 0, i;

    for (i = 0; i < detector->n_languages; i++) {
        size_t hits = detector->hits[i];

        if (detector->script_of[i] != script)
            continue;
        if (hits > best) {
            second = best;
            best = hits;
            winner = i;
        } else if (hits > second) {
            second = hits;
        }
    }
    if (best < MIN_HITS || best < detector->words[script] / PART_OF_WORDS ||
        best - second < MIN_LEAD || best - second < best / PART_OF_LEAD)
        return usual_language(detector, script, best);
    return detector->languages[winner];
}

const struct language *detector_language(const struct detector *detector)
{
    enum script script = main_script(detector);

    if (script == N_SCRIPTS)
        return NULL;
    if (scripts[script].language)
        return language_find(bytes_of(scripts[script].language));
    return language_by_words(detector, script);
}

/* LENGTH bytes of TEXT from AT on, which moves to the start of a character.
 * A word may be cut at both ends: it is one of hundreds. */
static void add_piece(struct detector *detector, struct bytes text, size_t at,
                      size_t length)
{
    while (at < text.length && ((unsigned char)text.data[at] & 0xC0) == 0x80)
        at++;
    if (length > text.length - at)
        length = text.length - at;
    detector_add(detector, (struct bytes){text.data + at, length});
}

/* Each byte of all texts is numbered, and a number of every STEP is the first
 * of a piece; a piece goes on in the next texts. */
const struct language *detector_sample(struct detector *detector, size_t n,
                                       detect_text_function text,
                                       const void *context)
{
    size_t total = 0, start = 0, begin = 0, end, step, i;

    detector_start(detector);
    for (i = 0; i < n; i++)
        total += text(context, i).length;
    step = total <= DETECT_SAMPLE ? PIECE : total / (DETECT_SAMPLE / PIECE);
    for (i = 0; i < n; i++) {
        struct bytes whole = text(context, i);
        size_t stop = start + whole.length;

        for (; begin < stop; begin += step) {
            size_t first = begin > start ? begin : start;

            end = begin + PIECE;
            if (first < end && first < stop)
                add_piece(detector, whole, first - start,
                          (end < stop ? end : stop) - first);
            if (end > stop)
                break; /* the rest of it is in the next text */
        }
        start = stop;
    }
    return detector_language(detector);
}
