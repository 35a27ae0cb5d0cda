/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Snippets of paragraphs, by the lines of tests/data/snippet.txt, and of texts
 * that nobody wrote. */
#include <config.h>

#include "src/result/snippet.h"

#include "tests/lines.h"
#include "tests/marked.h"
#include "tests/tap.h"

#include <stdlib.h>

/* What is in SNIPPET, with brackets around the matches. */
static void write_marked(const struct snippet *snippet, struct buffer *out)
{
    size_t at = 0;

    for (size_t i = 0; i < snippet->matches.n_items; i++) {
        const struct span *span = &snippet->matches.items[i];

        buffer_append(out, snippet->text.data + at, span->start - at);
        buffer_append_byte(out, '[');
        buffer_append(out, snippet->text.data + span->start,
                      span->end - span->start);
        buffer_append_byte(out, ']');
        at = span->end;
    }
    buffer_append(out, snippet->text.data + at, snippet->text.length - at);
}

static void test_line(void *context, const struct line *line)
{
    struct buffer plain = BUFFER_EMPTY, got = BUFFER_EMPTY;
    struct snippet *snippet = context;
    struct spans spans = {0};

    ok(read_marked(line->fields[1], &plain, &spans), "memory");
    ok(!snippet_make(buffer_bytes(&plain), &spans,
                     strtoul(line->fields[0].data, NULL, 10), snippet, NULL),
       "made");
    write_marked(snippet, &got);
    is_bytes(buffer_bytes(&got), line->fields[2].data, line->name);
    spans_release(&spans);
    buffer_release(&plain);
    buffer_release(&got);
}

/* Random bytes, random matches: what comes out is a part of what went in. */
static void test_noise(struct snippet *snippet)
{
    bool fine = true;

    srand(1);
    for (int round = 0; fine && round < 2000; round++) {
        char text[400];
        struct span items[20];
        struct spans spans = {items, 0, 20};
        size_t length = (size_t)rand() % sizeof text, at = 0;

        for (size_t i = 0; i < length; i++)
            text[i] = rand() % 3 ? " a\xCC\x81\xE4\xB8\xAD"[rand() % 7]
                                 : (char)rand();
        while (spans.n_items < 20 && at + 1 < length) {
            size_t start = at + (size_t)rand() % (length - at);

            at = start + 1 + (size_t)rand() % 5;
            if (at <= length)
                items[spans.n_items++] = (struct span){start, at};
        }
        fine = !snippet_make((struct bytes){text, length}, &spans,
                             (size_t)rand() % 100, snippet, NULL);
        for (size_t i = 0; i < snippet->matches.n_items; i++)
            fine &= snippet->matches.items[i].start <
                        snippet->matches.items[i].end &&
                    snippet->matches.items[i].end <= snippet->text.length;
    }
    ok(fine, "noise does no harm");
}

int main(void)
{
    struct snippet snippet = {.text = BUFFER_EMPTY};

    test_lines("tests/data/snippet.txt", 3, test_line, &snippet);
    test_noise(&snippet);
    snippet_release(&snippet);
    return tap_done();
}
