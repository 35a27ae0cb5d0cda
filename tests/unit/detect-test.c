/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The language of a text, by the lines of tests/data/detect.txt. */
#include <config.h>

#include "src/text/detect.h"

#include "tests/lines.h"
#include "tests/tap.h"

static const char *code_of(const struct language *language)
{
    return language ? language->code : "unknown";
}

static void test_line(void *context, const struct line *line)
{
    struct detector *detector = context;
    const char *code;

    detector_start(detector);
    detector_add(detector, line->fields[1]);
    code = code_of(detector_language(detector));
    is_bytes(bytes_of(code), line->fields[0].data, line->name);
}

/* Anything may come. */
static void test_hostile(struct detector *detector)
{
    char bytes[512];
    size_t i;

    for (i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 37 + i / 256);
    detector_start(detector);
    ok(!detector_language(detector), "no text");
    detector_add(detector, (struct bytes){NULL, 0});
    for (i = 0; i < sizeof bytes; i++)
        detector_add(detector, (struct bytes){bytes + i, sizeof bytes - i});
    detector_language(detector);
    ok(true, "bytes of any kind");
}

/* A document: ENGLISH paragraphs, and OTHER ones behind them. */
struct sample {
    size_t n_english;
    struct bytes english, other;
};

static struct bytes sample_text(const void *context, size_t i)
{
    const struct sample *sample = context;

    return i < sample->n_english ? sample->english : sample->other;
}

static void test_sample(struct detector *detector)
{
    struct sample sample = {
        .english = bytes_of("It is for them to say what they want, and when, "
                            "if that is the case and there is no other way."),
        .other = bytes_of("C\u2019est à eux de dire ce qu\u2019ils veulent, et "
                          "quand, si tel est le cas et s\u2019il n\u2019y a "
                          "pas d\u2019autre moyen pour les entendre."),
    };
    size_t i;

    ok(!detector_sample(detector, 0, sample_text, &sample), "no texts");
    /* Whether it is all looked at, or a part. */
    for (i = 1; i <= 10000; i *= 10) {
        const struct language *found;

        sample.n_english = i;
        found = detector_sample(detector, i + i / 10, sample_text, &sample);
        is_bytes(bytes_of(code_of(found)), "en", "mostly English");
        sample.n_english = i / 10;
        found = detector_sample(detector, i + i / 10, sample_text, &sample);
        is_bytes(bytes_of(code_of(found)), "fr", "mostly French");
    }
}

static void test_one_long_text(struct detector *detector)
{
    struct sample sample = {.n_english = 1};
    struct buffer text = BUFFER_EMPTY;
    const struct language *found;
    size_t i;

    for (i = 0; i < 5000; i++)
        buffer_append_string(&text, "мы не знаем, что это было и как; ");
    sample.english = buffer_bytes(&text);
    found = detector_sample(detector, 1, sample_text, &sample);
    is_bytes(bytes_of(code_of(found)), "ru", "one long text");
    buffer_release(&text);
}

int main(void)
{
    struct detector *detector;

    if (ok(!detector_new(&detector, NULL), "a detector")) {
        test_lines("tests/data/detect.txt", 2, test_line, detector);
        test_hostile(detector);
        test_sample(detector);
        test_one_long_text(detector);
    }
    detector_free(detector);
    return tap_done();
}
