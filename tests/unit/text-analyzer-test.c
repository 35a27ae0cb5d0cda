/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words, stems and keys, by the lines of tests/data/words.txt, lexicon.txt
 * and stems/. If $SNOWBALL_DATA names a folder with Snowball's vocabularies
 * (LANGUAGE/voc.txt and output.txt), all of them are tried as well; it may be
 * of another release than the library, and so only most of them must hold. For
 * texts that no one would write see text-hostile-test.c. */
#include <config.h>

#include "tests/lines.h"
#include "tests/tap.h"

#include "src/text/analyzer.h"
#include "src/text/language.h"
#include "src/text/lexicon.h"
#include "src/text/stem.h"

#include <stdlib.h>

/* TOKEN in the notation of words.txt, to TO. */
static void write_token(const struct token *token, struct buffer *to)
{
    if (token->hyphen_before)
        buffer_append_byte(to, '~');
    switch (token->kind) {
    case TOKEN_WORD:
        buffer_append(to, token->word.data, token->word.length);
        break;
    case TOKEN_IDEOGRAPH:
        buffer_append_byte(to, '[');
        buffer_append(to, token->word.data, token->word.length);
        buffer_append_byte(to, ']');
        break;
    case TOKEN_PAIR:
        buffer_append_byte(to, '<');
        buffer_append(to, token->word.data, token->word.length);
        buffer_append_format(to, "@%u>", (unsigned)token->position);
        break;
    case TOKEN_COMPOUND:
        buffer_append_byte(to, '{');
        buffer_append(to, token->word.data, token->word.length);
        buffer_append_format(to, "@%u}", (unsigned)token->position);
        break;
    }
}

static void test_words(void *context, const struct line *line)
{
    struct analyzer *analyzer = context;
    struct bytes text = line->fields[0];
    struct buffer tokens = BUFFER_EMPTY, places = BUFFER_EMPTY;
    struct token token;
    unsigned position = 0;
    bool counted = true;

    analyzer_start(analyzer, text.data, text.length);
    while (analyzer_next(analyzer, &token)) {
        buffer_append_string(&tokens, tokens.length ? " " : "");
        write_token(&token, &tokens);
        buffer_append_string(&places, places.length ? "|" : "");
        buffer_append(&places, text.data + token.start,
                      token.end - token.start);
        if (token_counts(token.kind))
            counted = counted && token.position == ++position;
    }
    is_bytes(buffer_bytes(&tokens), line->fields[1].data, line->name);
    ok(counted, "words are counted from 1");
    if (line->n_fields > 2)
        is_bytes(buffer_bytes(&places), line->fields[2].data, "their places");
    buffer_release(&tokens);
    buffer_release(&places);
}

static void test_forms(void *context, const struct line *line)
{
    struct lexicon *lexicon = context;
    struct bytes stem, key;
    int time;

    /* The second time it comes from the cache. */
    for (time = 0; time < 2; time++) {
        if (lexicon_forms(lexicon, line->fields[1], line->fields[0], &stem,
                          &key, NULL)) {
            ok(false, "%s", line->name);
            return;
        }
        is_bytes(stem, line->fields[2].data, line->name);
        is_bytes(key, line->fields[3].data, "and its key");
    }
}

struct stem_test {
    struct stemmers *stemmers;
    const struct language *language;
};

static bool stem_is(const struct stem_test *test, struct bytes word,
                    struct bytes wanted)
{
    struct bytes stem;

    return !stem_word(test->stemmers, test->language, word, &stem, NULL) &&
           bytes_equal(stem, wanted);
}

static void test_stem(void *context, const struct line *line)
{
    ok(stem_is(context, line->fields[0], line->fields[1]), "%s", line->name);
}

static FILE *open_vocabulary(const char *folder, const char *language,
                             const char *name)
{
    char path[1024];

    snprintf(path, sizeof path, "%s/%s/%s", folder, language, name);
    return fopen(path, "r");
}

/* A line of FILE without its end; of length 0 at the end of the file too. */
static struct bytes read_word(FILE *file, char *line, int size)
{
    if (!fgets(line, size, file))
        line[0] = '\0';
    return (struct bytes){line, strcspn(line, "\r\n")};
}

static void test_vocabulary(const struct stem_test *test, const char *folder)
{
    const char *name = test->language->stemmer;
    FILE *words = open_vocabulary(folder, name, "voc.txt");
    FILE *stems = open_vocabulary(folder, name, "output.txt");
    char word_line[512], stem_line[512];
    int count = 0, failures = 0;

    while (words && stems && !feof(words)) {
        struct bytes word = read_word(words, word_line, sizeof word_line);
        struct bytes stem = read_word(stems, stem_line, sizeof stem_line);

        if (word.length == 0)
            continue;
        count++;
        failures += !stem_is(test, word, stem);
    }
    ok(count > 0 && failures < count / 2,
       "%s: %d of %d words of the vocabulary", name, count - failures, count);
    if (words)
        fclose(words);
    if (stems)
        fclose(stems);
}

static void test_stems(void)
{
    static const char *const codes[] = {"de", "en", "es", "fr",
                                        "it", "nl", "pt", "ru"};
    const char *folder = getenv("SNOWBALL_DATA");
    struct stem_test test;
    size_t i;

    if (!ok(!stemmers_new(&test.stemmers, NULL), "stemmers"))
        return;
    for (i = 0; i < sizeof codes / sizeof *codes; i++) {
        char path[64];

        test.language = language_find(bytes_of(codes[i]));
        snprintf(path, sizeof path, "tests/data/stems/%s.txt",
                 test.language->stemmer);
        test_lines(path, 2, test_stem, &test);
        if (folder)
            test_vocabulary(&test, folder);
    }
    stemmers_free(test.stemmers);
}

static void test_languages(void)
{
    const struct language *language;
    int count = 0, misplaced = 0;

    for (language = language_list(); language->code; language++, count++)
        misplaced += language_find(bytes_of(language->code)) != language ||
                     (count && strcmp(language[-1].code, language->code) >= 0);
    ok(count >= 30 && misplaced == 0, "%d languages, in order", count);
    ok(!language_find(bytes_of("")) && !language_find(bytes_of("-")) &&
           !language_find(bytes_of("english-")),
       "no languages");
}

int main(void)
{
    struct analyzer *analyzer;
    struct lexicon *lexicon;
    const char *identity = analyzer_identity();

    ok(identity && strncmp(identity, "pilcrow-", 8) == 0, "the identity: %s",
       identity ? identity : "none");
    ok(analyzer_identity() == identity, "it stays");
    test_languages();
    if (ok(!analyzer_new(&analyzer, NULL), "an analyzer"))
        test_lines("tests/data/words.txt", 2, test_words, analyzer);
    analyzer_free(analyzer);
    if (ok(!lexicon_new(&lexicon, NULL), "a lexicon"))
        test_lines("tests/data/lexicon.txt", 4, test_forms, lexicon);
    lexicon_free(lexicon);
    test_stems();
    return tap_done();
}
