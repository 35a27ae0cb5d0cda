/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The numbers that rank, against values worked out by hand from the formulas of
 * doc/ranking.md; and the second look, against them and a plain search through
 * the words. */
#include <config.h>

#include "index/ranking.h"
#include "index/reader.h"
#include "index/writer.h"

#include "tests/folder.h"
#include "tests/forms.h"
#include "tests/positional.h"
#include "tests/tap.h"

#include <math.h>
#include <stdlib.h>

#define ANALYZER "test 1"

enum { N_PARAGRAPHS = 60, N_WORDS = 8, MAX_LENGTH = 30, N_ASKED = 3 };

static bool is_near(double got, double wanted, const char *name)
{
    bool same = fabs(got - wanted) <= 1e-6 * fmax(1, fabs(wanted));

    ok(same, "%s", name);
    if (!same)
        printf("# got %.9g, wanted %.9g\n", got, wanted);
    return same;
}

/* --- The formulas */

static void test_formulas(void)
{
    struct ranking ranking = {
        .k1 = 1.2, .b = 0.75, .minimum_length = 0.5, .burst = 0.5};

    /* (k1 + 1) n / (n + k1 (1 - b + b length)) */
    is_near(ranking_saturation(&ranking, 1, 1), 1, "once: 2.2 / 2.2");
    is_near(ranking_saturation(&ranking, 3, 1), 6.6 / 4.2, "three times");
    is_near(ranking_saturation(&ranking, 1, 2), 2.2 / 3.1, "twice as long");
    is_near(ranking_saturation(&ranking, 1, 0.1), 2.2 / 1.75,
            "shorter than the least length that counts");
    is_near(ranking_saturation(&ranking, 0, 1), 0, "not at all");
    is_near(ranking_saturation(&ranking, 1e12, 1), 2.2, "k1 + 1 at most");

    /* ((occurrences + 1) / paragraphs) ^ 0.5 */
    is_near(ranking_burst_weight(&ranking, 10, 10), sqrt(1.1), "once in each");
    is_near(ranking_burst_weight(&ranking, 4, 8), 1.5, "2.25 in each");
    is_near(ranking_burst_weight(&ranking, 1, 99), 2, "4 in each at most");
    is_near(ranking_burst_weight(&ranking, 10, 5), 1, "never less than 1");
    is_near(ranking_burst_weight(&ranking, 0, 0), 1, "of nothing");

    /* ln((N - n + 0.5) / (n + 0.5)), of common words ln(half of it + 1) */
    ranking.burst = 0;
    is_near(ranking_word_weight(&ranking, 1000, 10, 10), 4.5468350,
            "ln(990.5 / 10.5)");
    is_near(ranking_word_weight(&ranking, 1000, 500, 500), 0.4054651,
            "ln(1.5), in half of all");
    is_near(ranking_word_weight(&ranking, 1000, 1000, 1000), 0.000249844,
            "ln(1 + 0.25 / 1000.5), in all");
    is_near(ranking_word_weight(&ranking, 1000, 0, 0), 0, "in none");
    ranking.burst = 1;
    is_near(ranking_word_weight(&ranking, 1000, 10, 19), 2 * 4.5468350,
            "with its bursts");
}

static void test_setting(void)
{
    struct ranking ranking = ranking_defaults, again = {0};
    struct buffer text = BUFFER_EMPTY;
    struct failure failure;

    ok(ranking_set(&ranking, bytes_of("k1=2,near=0"), &failure) == STATUS_OK &&
           ranking.k1 == 2 && ranking.near == 0 &&
           ranking.b == ranking_defaults.b,
       "two numbers are set, the others stay");
    ok(ranking_set(&ranking, bytes_of("b=0.25,k1=-1"), &failure) ==
               STATUS_USAGE &&
           ranking.k1 == 2,
       "what is wrong is not set");
    ranking_append(&ranking, &text);
    ok(ranking_set(&again, buffer_bytes(&text), &failure) == STATUS_OK &&
           memcmp(&again, &ranking, sizeof ranking) == 0,
       "what is appended sets all of them");
    buffer_release(&text);
}

/* --- The second look */

/* A paragraph is a string of one-letter words. */
static bool add(struct writer_part *part, uint32_t ordinal, const char *words)
{
    struct paragraph paragraph = {.document = bytes_of("d"),
                                  .path = bytes_of("d"),
                                  .language = bytes_of("en"),
                                  .text = bytes_of(words),
                                  .ordinal = ordinal};
    bool good =
        writer_part_begin_paragraph(part, &paragraph, NULL) == STATUS_OK;

    for (uint32_t i = 0; good && words[i]; i++)
        good = writer_part_add_word(part, (struct bytes){words + i, 1}, i + 1,
                                    true, NULL) == STATUS_OK;
    return good && writer_part_end_paragraph(part, NULL) == STATUS_OK;
}

/* Write the N paragraphs of WORDS in two runs. */
static struct reader *write_index(const char *name,
                                  char words[][MAX_LENGTH + 1], uint32_t n)
{
    const struct writer_options options = {.analyzer = ANALYZER,
                                           .forms = no_forms};
    char path[PATH_MAX + 8];
    const char *paths[] = {path};
    struct reader *reader = NULL;
    bool good = true;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    for (uint32_t half = 0; good && half < 2; half++) {
        struct writer *writer = NULL;
        struct writer_part *part = NULL;

        good = writer_open(path, &options, &writer, NULL) == STATUS_OK &&
               writer_part_new(&options, &part, NULL) == STATUS_OK;
        for (uint32_t i = half * n / 2; good && i < (half + 1) * n / 2; i++)
            good = add(part, i + 1, words[i]);
        good = good && writer_take(writer, part, NULL) == STATUS_OK &&
               writer_commit(writer, NULL) == STATUS_OK;
        writer_part_free(part);
        writer_free(writer);
    }
    good = good && reader_open(paths, 1, ANALYZER, &reader, NULL) == STATUS_OK;
    ok(good, "an index");
    return reader;
}

/* Put the score of each paragraph for the words of ASKED, or 0, into SCORES. */
static void score(struct reader *reader, const struct ranking *ranking,
                  const char *asked, double *scores, uint32_t n)
{
    struct placed_word words[N_ASKED];
    struct search_options options = {.limit = n, .words = words};
    struct query_node *any = query_node_new(QUERY_OR, 0);
    struct matches matches = {0};

    for (; asked[options.n_words]; options.n_words++) {
        struct bytes word = {asked + options.n_words, 1};

        words[options.n_words] = (struct placed_word){word, 1};
        any = query_add(any, query_term_new(word.data, 1, 1));
    }
    reader_set_ranking(reader, ranking);
    ok(reader_search(reader, any, &options, &matches, NULL) == STATUS_OK,
       "a search for %s", asked);
    for (uint32_t i = 0; i < n; i++)
        scores[i] = 0;
    for (size_t i = 0; i < matches.n_items; i++) {
        struct paragraph paragraph;

        if (reader_paragraph(reader, matches.items[i].id, &paragraph, NULL) ==
            STATUS_OK)
            scores[paragraph.ordinal - 1] = matches.items[i].score;
    }
    matches_release(&matches);
    query_free(any);
}

/* How often LETTER stands in TEXT. */
static uint32_t count(const char *text, char letter)
{
    uint32_t n = 0;

    for (; *text; text++)
        n += *text == letter;
    return n;
}

/* In how many places of TEXT ONE and OTHER are within WINDOW of each other. */
static uint32_t count_near(const char *text, char one, char other, int window)
{
    uint32_t n = 0;
    int length = (int)strlen(text);

    for (int i = 0; i < length; i++)
        for (int j = 0; j < length; j++)
            n += text[i] == one && text[j] == other && abs(i - j) <= window;
    return n;
}

/* What the second look should add to the score of TEXT, one of N, for ASKED. */
static double wanted_bonus(const struct ranking *ranking,
                           char texts[][MAX_LENGTH + 1], uint32_t n,
                           const char *text, const char *asked)
{
    double weight[N_ASKED] = {0}, sum = 0, length = 0, total = 0;

    for (uint32_t i = 0; i < n; i++)
        total += (double)strlen(texts[i]);
    length = (double)strlen(text) / (total / n);
    for (size_t i = 0; asked[i]; i++) {
        uint32_t n_paragraphs = 0, n_occurrences = 0;

        for (uint32_t j = 0; j < n; j++) {
            n_paragraphs += count(texts[j], asked[i]) > 0;
            n_occurrences += count(texts[j], asked[i]);
        }
        weight[i] =
            ranking_word_weight(ranking, n, n_paragraphs, n_occurrences);
    }
    for (size_t i = 0; asked[i]; i++) {
        sum += ranking->written * weight[i] *
               ranking_saturation(ranking, count(text, asked[i]), length);
        if (asked[i + 1])
            sum += ranking->near * (weight[i] + weight[i + 1]) *
                   ranking_saturation(ranking,
                                      count_near(text, asked[i], asked[i + 1],
                                                 (int)ranking->window),
                                      length);
    }
    return sum;
}

/* With k1 = 1 and b = 0 a word that stands once adds its weight. Each of the
 * two is in two of eight paragraphs: ln(6.5 / 2.5) = 0.9555114. */
static void test_by_hand(void)
{
    enum { N = 8 };

    char texts[N][MAX_LENGTH + 1] = {"axb", "byya", "cde", "efg",
                                     "hij", "klm",  "nop", "qrs"};
    struct ranking ranking = {
        .k1 = 1, .depth = N, .written = 0.5, .near = 0.25, .window = 2};
    const double weight = 0.9555114;
    struct reader *reader = write_index("hand", texts, N);
    double scores[N];

    if (!reader)
        return;
    score(reader, &ranking, "ab", scores, N);
    is_near(scores[0], weight * (2 + 0.5 * 2 + 0.25 * 2),
            "both words, both as written, near each other");
    is_near(scores[1], weight * (2 + 0.5 * 2), "too far from each other");
    ranking.window = 3;
    score(reader, &ranking, "ab", scores, N);
    is_near(scores[1], weight * (2 + 0.5 * 2 + 0.25 * 2), "in either order");
    score(reader, &ranking, "a", scores, N);
    is_near(scores[0], weight * 1.5, "one word");
    ranking.depth = 1;
    score(reader, &ranking, "ab", scores, N);
    ok(scores[0] == scores[1], "one alone is not looked at");
    ranking.depth = 0;
    score(reader, &ranking, "ab", scores, N);
    is_near(scores[0], weight * 2, "without a second look");
    reader_close(reader);
}

static void test_many(void)
{
    static char texts[N_PARAGRAPHS][MAX_LENGTH + 1];
    const char *const asked[] = {"ab", "abc", "cba", "ha", "gz"};
    struct ranking with = ranking_defaults, without = ranking_defaults;
    double first[N_PARAGRAPHS], second[N_PARAGRAPHS];
    struct reader *reader;

    for (uint32_t i = 0; i < N_PARAGRAPHS; i++)
        for (uint32_t j = 0, n = 1 + short_random(MAX_LENGTH); j < n; j++)
            texts[i][j] = (char)('a' + short_random(1 + short_random(N_WORDS)));
    reader = write_index("many", texts, N_PARAGRAPHS);
    without.depth = 0;
    with.depth = N_PARAGRAPHS;
    for (size_t i = 0; reader && i < sizeof asked / sizeof *asked; i++) {
        double worst = 0;

        score(reader, &without, asked[i], first, N_PARAGRAPHS);
        score(reader, &with, asked[i], second, N_PARAGRAPHS);
        for (uint32_t j = 0; j < N_PARAGRAPHS; j++)
            worst = fmax(worst, fabs(second[j] - first[j] -
                                     wanted_bonus(&with, texts, N_PARAGRAPHS,
                                                  texts[j], asked[i])));
        is_near(worst, 0, "what the second look adds everywhere");
    }
    reader_close(reader);
}

int main(void)
{
    test_formulas();
    test_setting();
    folder_make("ranking-test");
    test_by_hand();
    test_many();
    folder_remove();
    return tap_done();
}
