/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a file is recognised as: the lines of tests/data/formats.txt. */
#include <config.h>

#include "src/document/format.h"

#include "tests/lines.h"

#include <stdlib.h>

static void test_line(void *context, const struct line *line)
{
    const struct bytes head = line->fields[2];
    const struct format *format;
    const char *what;
    char *exact = malloc(head.length ? head.length : 1);

    (void)context;
    if (!exact)
        exit(1);
    if (head.length)
        memcpy(exact, head.data, head.length);
    format = format_find((struct bytes){exact, head.length},
                         line->fields[1].data, &what);
    if (line->fields[0].data[0] == '-')
        is_bytes(bytes_of(format ? format->name : what),
                 line->fields[0].data + 1, line->name);
    else
        is_bytes(bytes_of(format ? format->name : what), line->fields[0].data,
                 line->name);
    free(exact);
}

int main(void)
{
    test_lines("tests/data/formats.txt", 3, test_line, NULL);
    return tap_done();
}
