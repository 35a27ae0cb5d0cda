/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the segments of UAX #29 to words.
 *
 * word_break.c cuts the text, by classes of characters tailored there (colon,
 * apostrophes, underscores, zero-width space, subscript digits). Here is what
 * is done to the segments. Every rule has its lines in tests/data/words.txt.
 *
 * 1. A segment is a word if it holds a letter, a digit, an ideograph or
 *    another number (½, ①). Emoji, signs and marks alone are no words.
 * 2. Superscript digits are marks of footnotes ("Director,¹ and"): they are no
 *    words and take no position, so that a phrase runs across them.
 * 3. What the border of a segment has of quotation marks is not of the word.
 * 4. An elided French article or pronoun is a word of its own, without its
 *    apostrophe: l'assemblée is l, assemblée. In every language, since a query
 *    does not know that of the documents. English has no word of this form,
 *    but names (d'Artagnan), which do not suffer: a phrase finds them.
 * 5. A character of a script without spaces (Han, Hiragana, also Thai, Lao,
 *    Khmer, Burmese, which UAX #29 leaves to dictionaries) is a word by
 *    itself, for phrases of them to be found. Two that nothing parts are also
 *    a pair: 联合国 is 联, 合, 联合, 国, 合国. Runs of Katakana stay whole, as
 *    they are foreign words mostly.
 * 6. Words directly joined by hyphens are words, and when there are 2 to 5 of
 *    letters only, they are also a compound: co-operation is co, operation,
 *    and co-operation. Numbers are none: 2002-2005 is a range. A double hyphen
 *    or a dash does not join, nor does an elided word (Côte-d'Ivoire).
 *
 * A word of ASCII letters and digits alone, which nothing around could join to
 * anything, needs neither the rules nor Unicode and goes a shorter way; in most
 * texts these are nearly all words. It must not differ from the longer way:
 * tests/unit/text-hostile-test.c compares them. */
#include <config.h>

#include "src/text/analyzer.h"

#include "base/ascii.h"
#include "src/text/compound.h"
#include "src/text/fold.h"
#include "src/text/utf8.h"
#include "src/text/word_break.h"

#include <unicode/uchar.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define EACH_BYTE UINT64_C(0x0101010101010101)
#define HIGH_BITS (EACH_BYTE * 0x80)

struct analyzer {
    struct folder *folder;
    const char *text;
    size_t length;
    size_t at;            /* a boundary; all before it is done */
    struct token last;    /* the word found last; .position 0: none */
    bool elided;          /* that is */
    struct token waiting; /* to be given next; likewise. A word behind a
                             compound, or the pair behind its second half */
    struct compound compound;
    char words[2][WORD_MAX_BYTES]; /* of the last word and the one before */
    unsigned turn;                 /* which of them is that of the last */
    char pair[WORD_MAX_BYTES];
};

enum status analyzer_new(struct analyzer **analyzer, struct failure *failure)
{
    struct analyzer *made = calloc(1, sizeof *made);
    enum status status;

    *analyzer = NULL;
    if (!made)
        return fail_memory(failure);
    status = folder_new(&made->folder, failure);
    if (status)
        analyzer_free(made);
    else
        *analyzer = made;
    return status;
}

void analyzer_free(struct analyzer *analyzer)
{
    if (!analyzer)
        return;
    folder_free(analyzer->folder);
    free(analyzer);
}

void analyzer_start(struct analyzer *analyzer, const char *text, size_t length)
{
    analyzer->text = text;
    analyzer->length = length;
    analyzer->at = 0;
    analyzer->last.position = 0;
    analyzer->waiting.position = 0;
    analyzer->compound.n_parts = 0;
}

static unsigned class_of(char32_t c)
{
    return word_break_class(c, WORD_BREAK_SEARCH);
}

/* What is nothing wherever it stands: soft hyphens, zero-width characters. */
static bool is_nothing(char32_t c)
{
    return c >= 0x80 &&
           u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

static bool is_apostrophe(char32_t c)
{
    return class_of(c) == U_WB_SINGLE_QUOTE;
}

static bool is_hyphen(char32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011;
}

/* Whether the bytes between two words are one hyphen and nothing else. */
static bool is_only_hyphen(const char *gap, size_t length)
{
    size_t at = 0, hyphens = 0;

    if (length > 0 && gap[0] == ' ') /* as nearly always */
        return false;
    while (at < length && hyphens < 2) {
        char32_t c;

        at += utf8_decode(gap + at, length - at, &c);
        if (is_hyphen(c))
            hyphens++;
        else if (!is_nothing(c))
            return false;
    }
    return hyphens == 1;
}

/* Where the next word is folded to. */
static char *room_for_word(struct analyzer *analyzer)
{
    return analyzer->words[!analyzer->turn];
}

/* The word in that room, of WORD_LENGTH bytes, is the next one; it is that
 * of the text from START to END. */
static void accept_word(struct analyzer *analyzer, size_t word_length,
                        size_t start, size_t end, struct token *token)
{
    const struct token *last = &analyzer->last;

    token->word = (struct bytes){room_for_word(analyzer), word_length};
    token->start = start;
    token->end = end;
    token->position = last->position + 1;
    token->kind = TOKEN_WORD;
    token->hyphen_before =
        last->position > 0 && start > last->end &&
        is_only_hyphen(analyzer->text + last->end, start - last->end);
    analyzer->turn = !analyzer->turn;
}

/* Whether what follows the run of ASCII letters and digits that ends at END
 * could never belong to its word; false where the rules must be asked. */
static bool ends_word(const struct analyzer *analyzer, size_t end)
{
    const unsigned char *text = (const unsigned char *)analyzer->text;
    size_t length = analyzer->length, after = end + 1;
    unsigned char next;
    char32_t c;

    if (end == length)
        return true;
    c = text[end];
    if (c < 0x80 && c != '.' && c != '\'' && c != ',' && c != ';')
        return true;
    if (c >= 0x80)
        after = end + utf8_decode(analyzer->text + end, length - end, &c);
    next = after < length ? text[after] : ' ';
    if (c == ',' || c == ';')
        return !is_ascii_digit(text[end - 1]) ||
               !(is_ascii_digit(next) || next >= 0x80);
    if (c == '.' || is_apostrophe(c))
        return !is_ascii_alphanumeric(next) && next < 0x80;
    return class_of(c) == U_WB_OTHER;
}

/* Of eight bytes, the first in memory being the first: the high bit of each
 * that is an ASCII letter, and of each that is a digit. A sum carries into the
 * high bit of a byte, and no further, where the byte reaches what is
 * subtracted. */
static uint64_t letters_of(uint64_t bytes)
{
    uint64_t lower = (bytes & ~HIGH_BITS) | EACH_BYTE * 0x20;

    return (lower + EACH_BYTE * (0x80 - 'a')) &
           ~(lower + EACH_BYTE * (0x80 - 'z' - 1)) & ~bytes & HIGH_BITS;
}

static uint64_t digits_of(uint64_t bytes)
{
    uint64_t low = bytes & ~HIGH_BITS;

    return (low + EACH_BYTE * (0x80 - '0')) &
           ~(low + EACH_BYTE * (0x80 - '9' - 1)) & ~bytes & HIGH_BITS;
}

/* How many bytes stand before the first whose high bit is set in BITS. */
static size_t count_before(uint64_t bits)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return (size_t)__builtin_clzll(bits) / 8;
#else
    return (size_t)__builtin_ctzll(bits) / 8;
#endif
}

/* Fold the ASCII letters and digits that TEXT, of LENGTH bytes, begins with
 * into WORD, which has room for all of it. Returns how many there are. */
static size_t fold_plain(const char *text, size_t length, char *word)
{
    size_t n = 0;
    uint64_t bytes;

    for (; length - n >= sizeof bytes; n += sizeof bytes) {
        uint64_t letters, others;

        memcpy(&bytes, text + n, sizeof bytes);
        letters = letters_of(bytes);
        others = ~(letters | digits_of(bytes)) & HIGH_BITS;
        bytes |= letters >> 2; /* 0x80 to 0x20, which makes it a small letter */
        memcpy(word + n, &bytes, sizeof bytes);
        if (others)
            return n + count_before(others);
    }
    for (; n < length; n++) {
        unsigned char c = (unsigned char)text[n];

        if (!is_ascii_alphanumeric(c))
            break;
        word[n] = (char)(c | is_ascii_capital(c) << 5);
    }
    return n;
}

/* The word of ASCII letters and digits alone that begins here. False if the
 * rules must be asked for it. */
static bool find_plain_word(struct analyzer *analyzer, struct token *token)
{
    const char *text = analyzer->text;
    size_t start = analyzer->at, limit = analyzer->length - start, length;

    if (limit > WORD_MAX_BYTES)
        limit = WORD_MAX_BYTES;
    length = fold_plain(text + start, limit, room_for_word(analyzer));
    /* One that must be cut is not plain. */
    if (length == WORD_MAX_BYTES || !ends_word(analyzer, start + length))
        return false;
    analyzer->at = start + length;
    accept_word(analyzer, length, start, start + length, token);
    return true;
}

/* Rule 1, for a segment of these CLASSES that begins with FIRST. What a class
 * of its own makes part of words is one; the rest is asked for what it is. */
static bool is_word(char32_t first, uint32_t classes)
{
    const uint32_t of_words =
        WORD_BREAK_BIT(U_WB_ALETTER) | WORD_BREAK_BIT(U_WB_HEBREW_LETTER) |
        WORD_BREAK_BIT(U_WB_NUMERIC) | WORD_BREAK_BIT(U_WB_KATAKANA);

    if (classes & of_words)
        return true;
    return U_GET_GC_MASK((UChar32)first) & (U_GC_L_MASK | U_GC_N_MASK);
}

/* Rule 2. */
static bool is_superscript_digit(char32_t c)
{
    return c == 0xB9 || c == 0xB2 || c == 0xB3 || c == 0x2070 ||
           (c >= 0x2074 && c <= 0x2079);
}

/* Rule 5, for the first character of a segment that is a word. */
static bool is_ideograph(char32_t c)
{
    return c >= 0x0E00 && class_of(c) == U_WB_OTHER &&
           (u_isalpha((UChar32)c) ||
            u_hasBinaryProperty((UChar32)c, UCHAR_IDEOGRAPHIC));
}

/* Rule 3: move *START and *END inwards. */
static void trim(const char *text, size_t *start, size_t *end)
{
    const uint32_t border =
        WORD_BREAK_BIT(U_WB_SINGLE_QUOTE) | WORD_BREAK_BIT(U_WB_FORMAT);
    char32_t c;

    while (*start < *end) {
        size_t size = utf8_decode(text + *start, *end - *start, &c);

        if (!(WORD_BREAK_BIT(class_of(c)) & border))
            break;
        *start += size;
    }
    while (*end > *start) {
        size_t last = *end - 1;

        while (last > *start && ((unsigned char)text[last] & 0xC0) == 0x80)
            last--;
        utf8_decode(text + last, *end - last, &c);
        if (!(WORD_BREAK_BIT(class_of(c)) & border))
            break;
        *end = last;
    }
}

static bool is_elided(const char *word, size_t length)
{
    static const char *const elided[] = {
        "c", "d",  "j",     "l",      "m",      "n",      "s",
        "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
    };
    size_t i;

    for (i = 0; i < sizeof elided / sizeof *elided; i++)
        if (strlen(elided[i]) == length && memcmp(elided[i], word, length) == 0)
            return true;
    return false;
}

/* Rule 4: the apostrophe in TEXT from START to END that parts an elided word
 * from what follows. False if there is none. */
static bool find_elision(const char *text, size_t start, size_t end,
                         size_t *apostrophe, size_t *after)
{
    char word[8];
    size_t at = start, length = 0;

    while (at < end) {
        char32_t c;
        size_t size = utf8_decode(text + at, end - at, &c);

        if (is_apostrophe(c)) {
            *apostrophe = at;
            *after = at + size;
            return *after < end && is_elided(word, length);
        }
        if (c < 0x80 && is_ascii_alphanumeric((unsigned char)c)) {
            if (length == sizeof word)
                return false;
            word[length++] = (char)(c | (char32_t)(c <= 'Z') << 5);
        } else if (!is_nothing(c)) {
            return false;
        }
        at += size;
    }
    return false;
}

/* The word in the segment that begins here, which is passed. False if it
 * holds none. */
static bool find_word_by_rules(struct analyzer *analyzer, struct token *token,
                               bool *elided)
{
    const char *text = analyzer->text;
    struct segment segment = word_break_segment(
        text, analyzer->length, analyzer->at, WORD_BREAK_SEARCH);
    size_t start = analyzer->at, end = segment.end, apostrophe, length;
    char32_t first;

    analyzer->at = end;
    utf8_decode(text + start, end - start, &first);
    if (!is_word(first, segment.classes) || is_superscript_digit(first))
        return false;
    if (segment.classes &
        (WORD_BREAK_BIT(U_WB_SINGLE_QUOTE) | WORD_BREAK_BIT(U_WB_FORMAT)))
        trim(text, &start, &end);
    if (segment.classes & WORD_BREAK_BIT(U_WB_SINGLE_QUOTE) &&
        find_elision(text, start, end, &apostrophe, &analyzer->at)) {
        end = apostrophe;
        *elided = true;
    } else {
        analyzer->at = segment.end;
    }
    length = fold_word(analyzer->folder, text + start, end - start,
                       room_for_word(analyzer), WORD_MAX_BYTES);
    if (length == 0)
        return false;
    accept_word(analyzer, length, start, end, token);
    if (is_ideograph(first))
        token->kind = TOKEN_IDEOGRAPH;
    return true;
}

/* The next word, and whether it is an elided one; false at the end. */
static bool find_word(struct analyzer *analyzer, struct token *token,
                      bool *elided)
{
    *elided = false;
    while (analyzer->at < analyzer->length) {
        unsigned char c = (unsigned char)analyzer->text[analyzer->at];

        if (is_ascii_alphanumeric(c)) {
            if (find_plain_word(analyzer, token))
                return true;
        } else if (c < 0x80) {
            analyzer->at++; /* no ASCII sign joins what follows it */
            continue;
        }
        if (find_word_by_rules(analyzer, token, elided))
            return true;
        *elided = false;
    }
    return false;
}

/* The pair that NEXT, an ideograph, makes with the word before it, into
 * .waiting; nothing if it makes none. */
static void find_pair(struct analyzer *analyzer, const struct token *next)
{
    const struct token *last = &analyzer->last;
    struct token *pair = &analyzer->waiting;
    size_t length = last->word.length + next->word.length;

    if (last->position == 0 || last->kind != TOKEN_IDEOGRAPH ||
        last->end != next->start || length > WORD_MAX_BYTES)
        return;
    memcpy(analyzer->pair, last->word.data, last->word.length);
    memcpy(analyzer->pair + last->word.length, next->word.data,
           next->word.length);
    *pair = (struct token){
        .word = {analyzer->pair, length},
        .start = last->start,
        .end = next->end,
        .position = last->position,
        .kind = TOKEN_PAIR,
    };
}

/* NEXT, which a hyphen joins to the last word. */
static void join(struct analyzer *analyzer, const struct token *next,
                 bool elided)
{
    struct compound *compound = &analyzer->compound;

    if (compound->n_parts == 0)
        compound_add(compound, &analyzer->last, !analyzer->elided);
    compound_add(compound, next, !elided);
}

bool analyzer_next(struct analyzer *analyzer, struct token *token)
{
    bool found, joined, elided;

    if (analyzer->waiting.position > 0) {
        *token = analyzer->waiting;
        analyzer->waiting.position = 0;
        return true;
    }
    found = find_word(analyzer, token, &elided);
    joined = found && token->hyphen_before;
    if (joined)
        join(analyzer, token, elided);
    else if (found && token->kind == TOKEN_IDEOGRAPH)
        find_pair(analyzer, token);
    if (found) {
        analyzer->last = *token;
        analyzer->elided = elided;
    }
    if (!joined && analyzer->compound.n_parts > 0 &&
        compound_end(&analyzer->compound, token)) {
        /* Then the last word was a part of it, and so no ideograph. */
        if (found)
            analyzer->waiting = analyzer->last;
        found = true;
    }
    return found;
}
