/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of JSON: which the quick scanner takes, and that it never differs from
 * jansson, over these and over many that are like them but for a few bytes. */
#include <config.h>

#include "tests/json-line.h"
#include "tests/random.h"

#include "tests/tap.h"

#include <stdint.h>
#include <string.h>

static const struct {
    bool quick;
    const char *line;
} cases[] = {
    {true, "{\"text\": \"a\"}"},
    {true, "\t{ \"id\" : 17 , \"text\" : \"a\" , \"x\" : null }\r"},
    {true, "{\"text\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\ude00\"}"},
    {true, "{\"text\":\"0123456\\n0123456789\\n\",\"id\":\"\",\"x\":\"\\n\"}"},
    {true, "{\"text\":\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\",\"\":true}"},
    {true, "{\"text\":\"a\",\"document\":-12,\"label\":0,\"n\":123456}"},
    {true, "{\"text\":\"a\",\"title\":null,\"x\":false,\"x\":1}"},
    {false, "{\"text\":\"a\",\"text\":\"b\"}"},
    {false, "{\"text\":\"a\",\"id\":1.5}"},
    {false, "{\"text\":\"a\",\"id\":01}"},
    {false, "{\"text\":\"a\",\"id\":-0}"},
    {false, "{\"text\":\"a\",\"id\":1234567890123456}"},
    {false, "{\"text\":\"a\",\"x\":1e5}"},
    {false, "{\"text\":\"a\",\"x\":[1]}"},
    {false, "{\"text\":\"a\",\"x\":{\"text\":\"b\"}}"},
    {false, "{\"text\":\"a\",\"title\":1}"},
    {false, "{\"text\":\"a\\u0000\"}"},
    {false, "{\"text\":\"\\ud83d\"}"},
    {false, "{\"text\":\"\\ud83d\\u0041\"}"},
    {false, "{\"text\":\"a\\x\"}"},
    {false, "{\"text\":\"a\x01\"}"},
    {false, "{\"text\":\"\xc3\"}"},
    {false, "{\"te\\u0078t\":\"a\"}"},
    {false, "{\"text\":\"a\"} x"},
    {false, "{\"text\":\"a\""},
    {false, "{\"text\":\"a\",}"},
    {false, "{\"text\":\"a"},
    {false, "{\"text\":\"a\\"},
    {false, "{\"text\":\"\"}"},
    {false, "{\"id\":\"a\"}"},
    {false, "[\"text\"]"},
    {false, "{}"},
    {false, ""},
};

/* Change, remove or put in a few bytes of those that mean something. */
static size_t mutate(char line[256], size_t length)
{
    static const char bytes[] = "\"\\{}:, 0159-.eEuntfblsrd\x80\xc3\xa9\xed\n";

    for (uint32_t n = 1 + random_number(3); n > 0; n--) {
        size_t at = random_number((uint32_t)length + 1);
        char byte = bytes[random_number(sizeof bytes)];

        switch (length < 255 && length > 0 ? random_number(3) : 3) {
        case 0:
            memmove(line + at + 1, line + at, length++ - at);
            line[at] = byte;
            break;
        case 1:
            if (at < length)
                memmove(line + at, line + at + 1, --length - at);
            break;
        case 2: line[at < length ? at : 0] = byte; break;
        default: break;
        }
    }
    return length;
}

int main(void)
{
    size_t n_cases = sizeof cases / sizeof *cases;
    unsigned n_quick = 0, n_wrong = 0;
    bool quick;

    for (size_t i = 0; i < n_cases; i++)
        ok(json_line_agrees(bytes_of(cases[i].line), &quick) &&
               quick == cases[i].quick,
           "%s", cases[i].line);
    for (unsigned i = 0; i < 200000; i++) {
        const char *from = cases[random_number((uint32_t)n_cases)].line;
        char line[256];
        size_t length = strlen(from);

        memcpy(line, from, length);
        length = mutate(line, length);
        n_wrong += !json_line_agrees((struct bytes){line, length}, &quick);
        n_quick += quick;
    }
    ok(n_wrong == 0 && n_quick > 5000, "%u of many lines are read quickly",
       n_quick);
    return tap_done();
}
