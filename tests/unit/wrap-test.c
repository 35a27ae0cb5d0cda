/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Paragraphs laid out, by the lines of tests/data/wrap.txt. */
#include <config.h>

#include "src/result/wrap.h"

#include "tests/lines.h"
#include "tests/marked.h"
#include "tests/tap.h"

#include <stdlib.h>

static void test_line(void *context, const struct line *line)
{
    struct wrap_style style = {.mark_begin = "<", .mark_end = ">"};
    struct buffer plain = BUFFER_EMPTY, got = BUFFER_EMPTY;
    struct spans spans = {0};
    char *end;

    (void)context;
    style.width = strtoul(line->fields[0].data, &end, 10);
    style.indent = strtoul(end, NULL, 10);
    ok(read_marked(line->fields[1], &plain, &spans), "memory");
    wrap_text(buffer_bytes(&plain), &spans, &style, &got);
    ok(!got.failed, "laid out");
    is_bytes(buffer_bytes(&got), line->fields[2].data, line->name);
    spans_release(&spans);
    buffer_release(&plain);
    buffer_release(&got);
}

/* Without marks and spans. */
static void test_plain(void)
{
    struct wrap_style style = {.width = 3};
    struct buffer got = BUFFER_EMPTY;

    wrap_text(bytes_of("a bc d"), NULL, &style, &got);
    is_bytes(buffer_bytes(&got), "a\nbc\nd\n", "no marks");
    buffer_release(&got);
}

int main(void)
{
    test_lines("tests/data/wrap.txt", 3, test_line, NULL);
    test_plain();
    return tap_done();
}
