/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines to blocks: each file of tests/data/rebuild is read as plain text, its
 * blocks compared with what is expected (see tests/blocks.h); and lines with
 * what only a page knows of them. */
#include <config.h>

#include "src/document/format.h"
#include "src/document/rebuild.h"
#include "tests/blocks.h"
#include "tests/tap.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void read_file(const char *path, struct buffer *content)
{
    FILE *file = fopen(path, "rb");
    size_t got = 1;

    while (file && got > 0 && buffer_reserve(content, 65536)) {
        got = fread(content->data + content->length, 1, 65536, file);
        content->length += got;
    }
    ok(file != NULL, "%s can be read", path);
    if (file)
        fclose(file);
}

static void compare_file(const char *path)
{
    struct buffer name = BUFFER_EMPTY, text = BUFFER_EMPTY;
    struct buffer expected = BUFFER_EMPTY, found = BUFFER_EMPTY;
    struct block_receiver receiver = blocks_receiver(&found);
    struct failure failure;

    buffer_append(&name, path, strlen(path) - strlen(".txt"));
    buffer_append_string(&name, ".expected");
    buffer_append_byte(&name, '\0');
    read_file(path, &text);
    read_file(name.data, &expected);
    ok(format_plain_text.blocks(buffer_bytes(&text), path, &receiver,
                                &failure) == STATUS_OK,
       "%s is read", path);
    if (!ok(bytes_equal(buffer_bytes(&found), buffer_bytes(&expected)),
            "%s has the blocks that are expected", path))
        fprintf(stderr, "%.*s", (int)found.length, found.data);
    buffer_release(&name);
    buffer_release(&text);
    buffer_release(&expected);
    buffer_release(&found);
}

static void test_files(void)
{
    const char *top = getenv("srcdir");
    struct buffer pattern = BUFFER_EMPTY;
    glob_t found;
    size_t i;

    buffer_append_format(&pattern, "%s/tests/data/rebuild/*.txt",
                         top ? top : ".");
    buffer_append_byte(&pattern, '\0');
    if (ok(glob(pattern.data, 0, NULL, &found) == 0, "there are texts")) {
        for (i = 0; i < found.gl_pathc; i++)
            compare_file(found.gl_pathv[i]);
        globfree(&found);
    }
    buffer_release(&pattern);
}

/* A page of a PDF: points, a raised mark, bold type, a footnote. */
static void test_page(void)
{
    static const char text[] = "Arms embargo\n"
                               "Decides to renew the measures1 that it\n"
                               "imposed, until May.\n"
                               "1 See annex.\n";
    static const struct page_line lines[] = {
        {0, 12, 1, 72, 150, 80, 12, true, false, false},
        {13, 51, 1, 90, 400, 94, 10, false, false, false},
        {52, 71, 1, 72, 200, 106, 10, false, false, false},
        {72, 84, 1, 72, 140, 700, 8, false, false, true},
    };
    static const struct raised_mark raised[] = {{42, 43}, {72, 73}};
    struct placed_text placed = PLACED_TEXT_EMPTY;
    struct buffer found = BUFFER_EMPTY;
    struct block_receiver receiver = blocks_receiver(&found);
    struct page_text page = {&placed, lines, 4, raised, 2, true};
    struct failure failure;

    placed.text = bytes_of(text);
    ok(placed_text_mark(&placed, 0, 0, true), "a mark");
    ok(rebuild_blocks(&page, &receiver, &failure) == STATUS_OK, "a page");
    if (!ok(bytes_equal(
                buffer_bytes(&found),
                bytes_of("heading\t2\t\t\tArms embargo\n"
                         "text\t0\t\t\tDecides to renew the measures that it "
                         "imposed, until May.\n"
                         "footnote\t0\t1\t\tSee annex.\n")),
            "the blocks of a page"))
        fprintf(stderr, "# %.*s", (int)found.length, found.data);
    buffer_release(&found);
    placed_text_release(&placed);
}

static enum status stop(void *context, const struct block *block,
                        struct failure *failure)
{
    (void)block;
    ++*(int *)context;
    return fail(failure, STATUS_INTERRUPTED, "enough");
}

static void test_stop(void)
{
    int n = 0;
    struct block_receiver receiver = {NULL, stop, &n};
    struct failure failure;

    ok(format_plain_text.blocks(bytes_of("a\n\nb\n"), "x", &receiver,
                                &failure) == STATUS_INTERRUPTED,
       "what the receiver returns is passed up");
    ok(n == 1, "and ends the reading");
}

int main(void)
{
    test_files();
    test_page();
    test_stop();
    return tap_done();
}
