/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How two lines of a block are joined.
 *
 *   J1  At a soft hyphen the two parts are one word.
 *   J2  A hyphen between letters or digits stays, without a space, if one of
 *       the two is no small letter: 2002-2005, Secretary-General; or if there
 *       is a hyphen before it in the same word.
 *   J3  Between small letters the document decides: if the joined word occurs
 *       in it elsewhere, and more often than the one with a hyphen, it is
 *       joined; if that one occurs, the hyphen stays; it also stays if both
 *       parts occur as words of their own.
 *   J4  Where it does not tell, the hyphen stays if it stays in all of at
 *       least four cases of J3, since then this text divides no words; or if a
 *       part is what compounds are made of (lists below). Else it is joined. A
 *       search finds co-operation and cooperation alike.
 *   J5  Between characters of scripts without spaces comes nothing.
 *   J6  Else a space, also behind a dash that has a space before it. */
#include <config.h>

#include "src/document/rebuild_parts.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "base/fnv.h"
#include "src/document/characters.h"
#include "src/text/utf8.h"

#include <unicode/uchar.h>

#include <stdlib.h>

enum {
    MAX_WORD = 48,
    MAX_COUNTED =
        2 << 20, /* bytes of the text that are asked: enough to tell */
};

/* A word that some decision hangs on, and how often it occurs. */
struct word_count {
    uint64_t hash; /* 0: an empty slot */
    uint32_t n;
};

struct hyphens {
    struct word_count *slots;
    size_t mask, n;
    uint64_t filter[1024]; /* a bit for the two first bytes of what is counted:
                              most words are passed over by it */
    bool divides;          /* some word is proven to be divided */
    size_t n_open;         /* cases */
};

static uint64_t hash_word(struct bytes a, const char *between, struct bytes b)
{
    uint64_t hash = fnv_bytes(FNV_START, a);

    hash = fnv_bytes(hash, bytes_of(between));
    return fnv_bytes(hash, b) | 1;
}

static struct word_count *find_word(const struct hyphens *hyphens,
                                    uint64_t hash)
{
    size_t at = (hash ^ hash >> 29) & hyphens->mask;

    while (hyphens->slots[at].hash && hyphens->slots[at].hash != hash)
        at = (at + 1) & hyphens->mask;
    return &hyphens->slots[at];
}

static size_t filter_bit(struct bytes word)
{
    return (size_t)(unsigned char)word.data[0] << 8 |
           (word.length > 1 ? (unsigned char)word.data[1] : 0);
}

static bool may_be_wanted(const struct hyphens *hyphens, struct bytes word)
{
    size_t bit = filter_bit(word);

    return hyphens->filter[bit / 64] >> bit % 64 & 1;
}

/* Have the word counted that is hashed as HASH and begins with PART. */
static void want(struct hyphens *hyphens, struct bytes part, uint64_t hash)
{
    size_t bit = filter_bit(part);

    find_word(hyphens, hash)->hash = hash;
    hyphens->filter[bit / 64] |= UINT64_C(1) << bit % 64;
    if (part.length == 1) /* more may follow it */
        for (bit &= ~(size_t)0xFF; (bit & 0xFF) < 0xFF; bit++)
            hyphens->filter[bit / 64] |= UINT64_C(1) << bit % 64;
}

static uint32_t count_of(const struct hyphens *hyphens, uint64_t hash)
{
    return find_word(hyphens, hash)->n;
}

static bool is_word_byte(char c)
{
    unsigned char byte = (unsigned char)c;

    return (unsigned char)((byte | 0x20) - 'a') < 26 || byte >= 0x80;
}

static bool is_small(char32_t c)
{
    return c < 0x80 ? is_ascii_small(c) : u_islower((UChar32)c);
}

/* The part of the word before the hyphen that BEFORE ends in, and the one that
 * AFTER begins with; and whether J3 is to decide. */
static bool read_parts(struct bytes before, struct bytes after,
                       struct bytes *left, struct bytes *right)
{
    char32_t hyphen = last_character(before);
    char buffer[4];
    size_t n = 0;

    if (!is_hyphen(hyphen))
        return false;
    before.length -= utf8_encode(hyphen, buffer);
    while (n < before.length && n < MAX_WORD &&
           is_word_byte(before.data[before.length - 1 - n]))
        n++;
    *left = (struct bytes){before.data + before.length - n, n};
    if (n == 0 || n == MAX_WORD || !is_small(last_character(before)) ||
        (n < before.length && before.data[before.length - 1 - n] == '-'))
        return false;
    for (n = 0;
         n < after.length && n < MAX_WORD && is_word_byte(after.data[n]);)
        n++;
    *right = (struct bytes){after.data, n};
    return n > 0 && n < MAX_WORD && is_small(first_character(after));
}

/* Call EACH for every pair of lines that J3 may be about. The line that goes on
 * after a cut is not known yet, so such a pair is decided without it. */
typedef void (*pair_function)(struct hyphens *hyphens, struct bytes left,
                              struct bytes right);

static size_t each_pair(struct rebuild *rebuild, struct hyphens *hyphens,
                        pair_function each)
{
    size_t n = 0, i;

    for (i = 0; i + 1 < rebuild->n_lines; i++) {
        const struct line *line = &rebuild->lines[i];
        struct bytes left, right;

        if (!line_has(line, LINE_HYPHEN) ||
            !read_parts(line_text(rebuild, line), line_text(rebuild, line + 1),
                        &left, &right))
            continue;
        n++;
        if (each)
            each(hyphens, left, right);
    }
    return n;
}

static void want_pair(struct hyphens *hyphens, struct bytes left,
                      struct bytes right)
{
    const struct bytes nothing = {"", 0};

    want(hyphens, left, hash_word(left, "", right));
    want(hyphens, left, hash_word(left, "-", right));
    want(hyphens, left, hash_word(left, "", nothing));
    want(hyphens, right, hash_word(right, "", nothing));
}

static void count_word(struct hyphens *hyphens, uint64_t hash)
{
    struct word_count *found = find_word(hyphens, hash);

    found->n += found->hash == hash;
}

/* Count the word of LINE from START to END, if it is wanted, and, with a hyphen
 * after it, it with what follows. Returns where that ends. */
static size_t count_at(struct hyphens *hyphens, struct bytes line, size_t start,
                       size_t end)
{
    const struct bytes word = {line.data + start, end - start};
    struct bytes second = {line.data + end + 1, 0};

    if (end == line.length || line.data[end] != '-') {
        count_word(hyphens, hash_word(word, "", (struct bytes){"", 0}));
        return end;
    }
    while (end + 1 + second.length < line.length && second.length < MAX_WORD &&
           is_word_byte(second.data[second.length]))
        second.length++;
    if (second.length > 0)
        count_word(hyphens, hash_word(word, "-", second));
    return end + 1 + second.length;
}

/* Count the wanted words of LINE. Words at a hyphen at its end, or after one,
 * are parts and do not count. */
static void count_words(struct hyphens *hyphens, struct bytes line,
                        bool after_hyphen)
{
    size_t at = 0, start;

    while (at < line.length) {
        while (at < line.length && !is_word_byte(line.data[at]))
            at++;
        start = at;
        while (at < line.length && is_word_byte(line.data[at]))
            at++;
        if (at == start || at - start >= MAX_WORD ||
            (after_hyphen && start == 0))
            continue;
        if (may_be_wanted(hyphens,
                          (struct bytes){line.data + start, at - start}))
            at = count_at(hyphens, line, start, at);
        else
            while (at < line.length && line.data[at] == '-' &&
                   at + 1 < line.length && is_word_byte(line.data[at + 1]))
                for (at++; at < line.length && is_word_byte(line.data[at]);)
                    at++;
    }
}

static bool is_listed(struct bytes word, const char *const *words, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++)
        if (bytes_equal(word, bytes_of(words[i])))
            return true;
    return false;
}

static bool begins_compound(struct bytes part)
{
    static const char *const words[] = {
        "all",     "anti",    "child",  "civil",   "climate",  "conflict",
        "counter", "country", "cross",  "cost",    "decision", "eighty",
        "ever",    "ex",      "fact",   "fifty",   "first",    "five",
        "follow",  "forty",   "four",   "full",    "gender",   "half",
        "hard",    "high",    "human",  "ill",     "inter",    "land",
        "large",   "late",    "law",    "long",    "low",      "man",
        "medium",  "mid",     "middle", "money",   "multi",    "much",
        "needs",   "nine",    "ninety", "non",     "north",    "one",
        "part",    "peace",   "people", "policy",  "post",     "pre",
        "pro",     "quasi",   "result", "rights",  "risk",     "second",
        "self",    "semi",    "senior", "seventy", "short",    "six",
        "sixty",   "small",   "so",     "south",   "state",    "ten",
        "third",   "thirty",  "three",  "time",    "twenty",   "two",
        "vice",    "victim",  "well",   "west",    "whole",    "world",
        "year",
    };

    return is_listed(part, words, sizeof words / sizeof *words);
}

static bool ends_compound(struct bytes part)
{
    static const char *const words[] = {
        "affected", "aged",         "and",        "based",     "being",
        "border",   "building",     "by",         "centred",   "day",
        "driven",   "effective",    "eight",      "energy",    "farm",
        "finding",  "five",         "four",       "free",      "friendly",
        "going",    "governmental", "growing",    "in",        "income",
        "keeping",  "known",        "laundering", "led",       "level",
        "like",     "line",         "made",       "making",    "many",
        "member",   "month",        "nine",       "of",        "off",
        "one",      "oriented",     "out",        "owned",     "party",
        "profit",   "related",      "responsive", "round",     "run",
        "scale",    "sensitive",    "seven",      "sharing",   "six",
        "specific", "standing",     "term",       "terrorism", "the",
        "three",    "to",           "two",        "type",      "up",
        "violence", "wide",         "woman",      "women",     "year",
    };

    return is_listed(part, words, sizeof words / sizeof *words);
}

/* J3; OPEN if the document does not tell. */
enum verdict { VERDICT_OPEN, VERDICT_KEEP, VERDICT_JOIN };

static enum verdict judge(const struct hyphens *hyphens, struct bytes left,
                          struct bytes right)
{
    const struct bytes nothing = {"", 0};
    uint32_t joined = count_of(hyphens, hash_word(left, "", right));
    uint32_t kept = count_of(hyphens, hash_word(left, "-", right));

    if (joined > kept)
        return VERDICT_JOIN;
    if (kept > 0)
        return VERDICT_KEEP;
    if (left.length > 1 && count_of(hyphens, hash_word(left, "", nothing)) &&
        count_of(hyphens, hash_word(right, "", nothing)))
        return VERDICT_KEEP;
    return VERDICT_OPEN;
}

static void judge_pair(struct hyphens *hyphens, struct bytes left,
                       struct bytes right)
{
    hyphens->n_open++;
    if (judge(hyphens, left, right) == VERDICT_JOIN)
        hyphens->divides = true;
}

enum status rebuild_hyphens_new(struct rebuild *rebuild,
                                struct failure *failure)
{
    size_t n = each_pair(rebuild, NULL, NULL), slots = 16, i;
    struct hyphens *hyphens = calloc(1, sizeof *hyphens);

    rebuild->hyphens = hyphens;
    if (!hyphens)
        return fail_memory(failure);
    while (slots < n * 8)
        slots *= 2;
    hyphens->mask = slots - 1;
    hyphens->slots = calloc(slots, sizeof *hyphens->slots);
    if (!hyphens->slots)
        return fail_memory(failure);
    if (n == 0)
        return STATUS_OK;
    each_pair(rebuild, hyphens, want_pair);
    for (i = 0; i < rebuild->n_lines &&
                rebuild->lines[i].start < rebuild->lines[0].start + MAX_COUNTED;
         i++) {
        const struct line *line = &rebuild->lines[i];
        struct bytes text = line_text(rebuild, line);

        while (line_has(line, LINE_HYPHEN) && text.length > 0 &&
               text.data[text.length - 1] != ' ')
            text.length--;
        count_words(hyphens, text, i > 0 && line_has(line - 1, LINE_HYPHEN));
    }
    each_pair(rebuild, hyphens, judge_pair);
    return STATUS_OK;
}

void rebuild_hyphens_free(struct rebuild *rebuild)
{
    if (rebuild->hyphens)
        free(rebuild->hyphens->slots);
    free(rebuild->hyphens);
    rebuild->hyphens = NULL;
}

enum joint rebuild_joint(const struct rebuild *rebuild, struct bytes before,
                         struct bytes after)
{
    const struct hyphens *hyphens = rebuild->hyphens;
    char32_t last = last_character(before), first = first_character(after);
    struct bytes left, right;
    char buffer[4];

    if (last < 0x80 && last != '-')
        return JOINT_SPACE;
    if (last == 0xAD)
        return JOINT_DROP;
    if (is_unspaced(last) && is_unspaced(first))
        return JOINT_NOTHING;
    if (!is_hyphen(last) || !is_letter_or_digit(first))
        return JOINT_SPACE;
    if (read_parts(before, after, &left, &right)) {
        switch (judge(hyphens, left, right)) {
        case VERDICT_KEEP: return JOINT_NOTHING;
        case VERDICT_JOIN: return JOINT_DROP;
        case VERDICT_OPEN: break;
        }
        if ((!hyphens->divides && hyphens->n_open >= 4) ||
            begins_compound(left) || ends_compound(right))
            return JOINT_NOTHING;
        return JOINT_DROP;
    }
    before.length -= utf8_encode(last, buffer);
    return is_letter_or_digit(last_character(before)) ? JOINT_NOTHING
                                                      : JOINT_SPACE;
}
