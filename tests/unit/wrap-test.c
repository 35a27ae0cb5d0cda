/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Paragraphs laid out, by the lines of tests/data/wrap.txt. */
#include <config.h>

#include "src/result/wrap.h"

#include "tests/lines.h"
#include "tests/tap.h"

#include <stdlib.h>

/* TEXT without its brackets into PLAIN, and where they were into SPANS. */
static bool read_marked(struct bytes text, struct buffer *plain,
                        struct spans *spans)
{
    size_t i;

    for (i = 0; i < text.length; i++) {
        if (text.data[i] == '[') {
            if (!array_grow(&spans->items, &spans->capacity, spans->n_items + 1,
                            sizeof *spans->items))
                return false;
            spans->items[spans->n_items++].start = plain->length;
        } else if (text.data[i] == ']' && spans->n_items > 0) {
            spans->items[spans->n_items - 1].end = plain->length;
        } else {
            buffer_append_byte(plain, text.data[i]);
        }
    }
    return !plain->failed;
}

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
