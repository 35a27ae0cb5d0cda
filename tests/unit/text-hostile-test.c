/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What must hold of the analysis of any text whatever: what is said of tokens
 * in src/text/analyzer.h; that a text is analyzed as its parts between spaces
 * are; and that the short way for ASCII words gives what the rules give. */
#include <config.h>

#include "base/buffer.h"
#include "tests/tap.h"

#include "src/text/analyzer.h"
#include "src/text/lexicon.h"
#include "src/text/utf8.h"

#include <stdint.h>

/* A generator of our own, so that the same texts come everywhere (Knuth's
 * MMIX). */
static uint32_t next_random(uint64_t *state)
{
    *state =
        *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

struct tools {
    struct analyzer *analyzer;
    struct lexicon *lexicon;
};

static bool word_holds(const struct tools *tools, struct bytes word)
{
    struct bytes stem, key;

    return word.length > 0 && word.length <= WORD_MAX_BYTES &&
           utf8_valid(word.data, word.length) &&
           !memchr(word.data, ' ', word.length) &&
           !memchr(word.data, '\t', word.length) &&
           !lexicon_forms(tools->lexicon, word, bytes_of("en"), &stem, &key,
                          NULL) &&
           stem.length > 0 && utf8_valid(stem.data, stem.length) &&
           key.length > 0 && utf8_valid(key.data, key.length);
}

/* Whether all that is promised of the tokens of TEXT holds. */
static bool tokens_hold(const struct tools *tools, struct bytes text)
{
    struct token token, last = {.position = 0};

    analyzer_start(tools->analyzer, text.data, text.length);
    while (analyzer_next(tools->analyzer, &token)) {
        bool holds = word_holds(tools, token.word) && token.start < token.end &&
                     token.end <= text.length;

        if (token.kind == TOKEN_COMPOUND) {
            holds = holds && token.end == last.end && !token.hyphen_before &&
                    token.position < last.position &&
                    token.position + 5 > last.position;
        } else if (token.kind == TOKEN_PAIR) {
            holds = holds && token.end == last.end && !token.hyphen_before &&
                    token.start < last.start &&
                    token.position + 1 == last.position;
        } else {
            holds = holds && token.start >= last.end &&
                    token.position == last.position + 1 &&
                    (!token.hyphen_before ||
                     (last.position > 0 && token.start > last.end));
            last = token;
        }
        if (!holds)
            return false;
    }
    return true;
}

/* The words of TEXT to WORDS, each with a mark of its kind and a line end. */
static void append_words(struct analyzer *analyzer, const char *text,
                         size_t length, struct buffer *words)
{
    struct token token;

    analyzer_start(analyzer, text, length);
    while (analyzer_next(analyzer, &token)) {
        buffer_append_byte(words, "wicp"[token.kind]);
        buffer_append_byte(words, token.hyphen_before ? '-' : ' ');
        buffer_append(words, token.word.data, token.word.length);
        buffer_append_byte(words, '\n');
    }
}

static bool splits_alike(const struct tools *tools, struct bytes text)
{
    struct buffer whole = BUFFER_EMPTY, parts = BUFFER_EMPTY;
    size_t start = 0, end;
    bool same;

    append_words(tools->analyzer, text.data, text.length, &whole);
    for (end = 0; end <= text.length; end++) {
        if (end < text.length && text.data[end] != ' ' &&
            text.data[end] != '\n')
            continue;
        append_words(tools->analyzer, text.data + start, end - start, &parts);
        start = end + 1;
    }
    same = bytes_equal(buffer_bytes(&whole), buffer_bytes(&parts));
    buffer_release(&whole);
    buffer_release(&parts);
    return same;
}

/* A soft hyphen behind each ASCII letter and digit says nothing, but sends
 * every word the long way. */
static bool ways_agree(const struct tools *tools, struct bytes text)
{
    struct buffer with = BUFFER_EMPTY, a = BUFFER_EMPTY, b = BUFFER_EMPTY;
    bool same;
    size_t i;

    for (i = 0; i < text.length; i++) {
        char c = text.data[i];

        buffer_append_byte(&with, c);
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
            (c >= 'a' && c <= 'z'))
            buffer_append_string(&with, "\u00AD");
    }
    append_words(tools->analyzer, text.data, text.length, &a);
    append_words(tools->analyzer, with.data, with.length, &b);
    same = bytes_equal(buffer_bytes(&a), buffer_bytes(&b));
    buffer_release(&with);
    buffer_release(&a);
    buffer_release(&b);
    return same;
}

static bool all_holds(const struct tools *tools, struct bytes text)
{
    size_t i;

    if (tokens_hold(tools, text) && splits_alike(tools, text) &&
        ways_agree(tools, text))
        return true;
    printf("# of:");
    for (i = 0; i < text.length && i < 80; i++)
        printf(" %02X", (unsigned char)text.data[i]);
    putchar('\n');
    return false;
}

static void test_byte_pairs(const struct tools *tools)
{
    int i, failures = 0;

    for (i = 0; i < 65536; i++) {
        char text[] = {'a', (char)(i >> 8), (char)i, 'b'};

        failures += !all_holds(tools, (struct bytes){text + 1, 2}) ||
                    !all_holds(tools, (struct bytes){text, 4});
    }
    ok(failures == 0, "every pair of bytes, alone and between letters");
}

static void test_random_bytes(const struct tools *tools)
{
    uint64_t state = 7;
    int round, failures = 0;

    for (round = 0; round < 5000; round++) {
        char text[64];
        size_t length = next_random(&state) % sizeof text, i;

        for (i = 0; i < length; i++)
            text[i] = (char)next_random(&state);
        failures += !all_holds(tools, (struct bytes){text, length});
    }
    ok(failures == 0, "random bytes");
}

/* Pieces on which the rules turn, in random order, cut off anywhere. */
static void test_random_pieces(const struct tools *tools)
{
    static const char *const pieces[] = {
        "a",      "B",      "l",      "qu",       "s",     "1",       "23",
        ".",      ",",      ";",      ":",        "'",     "\"",      "_",
        "-",      "--",     " ",      "\n",       "\r\n",  "/",       "’",
        "ʼ",      "‘",      "”",      "‐",        "–",     "\u00AD",  "\u200B",
        "\u200D", "\uFEFF", "\u00A0", "\u202F",   "é",     "e\u0301", "\u0301",
        "ß",      "İ",      "ŉ",      "я",        "א",     "ג",       "س",
        "\u064E", "क",      "\u094D", "中",       "ひ",    "ー",      "タ",
        "한",     "ก",      "¹",      "²",        "₂",     "½",       "①",
        "⑴",      "Ⅳ",      "ﷺ",      "\u037A",   "🇫",     "👍",       "👩",
        "🏽",   "\uFFFD", "\xFF",   "\xE2\x80", "co-op", "the",     "U.N.",
        "\t",
    };
    uint64_t state = 11;
    int round, failures = 0;

    for (round = 0; round < 30000; round++) {
        struct buffer text = BUFFER_EMPTY;
        size_t n = 1 + next_random(&state) % 12;

        while (n-- > 0)
            buffer_append_string(
                &text,
                pieces[next_random(&state) % (sizeof pieces / sizeof *pieces)]);
        if (next_random(&state) % 4 == 0)
            text.length--;
        failures += !all_holds(tools, buffer_bytes(&text));
        buffer_release(&text);
    }
    ok(failures == 0, "random pieces");
}

/* Long runs: if any were not linear in time, this would not end. */
static void test_runs(const struct tools *tools)
{
    static const char *const runs[] = {
        "a",       "1",       "a.",      "1,",       "a'",      "l'",
        "a-",      "-",       "_",       "_a",       "'",       ".",
        " ",       "\u0301",  "a\u0301", "\u00AD",   "a\u00AD", "\u200B",
        "\u200D",  "a\u200D", "👩\u200D", "🇫",        "中",      "タ",
        "א\"",     "א'",      "\xFF",    "\xF0\x9F", "\u0345",  "\u0323\u0301",
        "-\u200B", "ﷺ",       "¹",       "\uFFFD",
    };
    size_t i;

    for (i = 0; i < sizeof runs / sizeof *runs; i++) {
        struct buffer text = BUFFER_EMPTY;
        bool holds;

        buffer_append_string(&text, "a.");
        while (text.length < 300000)
            buffer_append_string(&text, runs[i]);
        holds = tokens_hold(tools, buffer_bytes(&text));
        buffer_append_string(&text, "z");
        holds = holds && tokens_hold(tools, buffer_bytes(&text)) &&
                ways_agree(tools, buffer_bytes(&text));
        ok(holds, "a long run, the %zuth", i);
        buffer_release(&text);
    }
}

/* Around the greatest length of a word. */
static void test_lengths(const struct tools *tools)
{
    static const char *const letters[] = {"a", "é", "中\u0301", "𝐀", "x-", "ﷺ"};
    size_t i, n;
    int failures = 0;

    for (i = 0; i < sizeof letters / sizeof *letters; i++)
        for (n = 1; n < 2 * WORD_MAX_BYTES; n++) {
            struct buffer text = BUFFER_EMPTY;

            while (text.length < n)
                buffer_append_string(&text, letters[i]);
            failures += !all_holds(tools, buffer_bytes(&text));
            buffer_release(&text);
        }
    ok(failures == 0, "words of every length");
}

int main(void)
{
    struct tools tools = {NULL, NULL};

    if (ok(!analyzer_new(&tools.analyzer, NULL), "an analyzer") &&
        ok(!lexicon_new(&tools.lexicon, NULL), "a lexicon")) {
        test_byte_pairs(&tools);
        test_random_bytes(&tools);
        test_random_pieces(&tools);
        test_runs(&tools);
        test_lengths(&tools);
    }
    lexicon_free(tools.lexicon);
    analyzer_free(tools.analyzer);
    return tap_done();
}
