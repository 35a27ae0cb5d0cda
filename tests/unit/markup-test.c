/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The readers of Akoma Ntoso, HTML and Markdown: each file in
 * tests/data/markup must give the lines of its .expected file (see
 * tests/blocks.h; behind them the message of a failure), and the places that
 * come with the blocks must be theirs. Above these, what no file can show:
 * input that is nested deeply or multiplies. */
#include <config.h>

#include "src/document/foreign/readers.h"

#include "tests/blocks.h"
#include "tests/tap.h"

#include <ctype.h>
#include <glob.h>
#include <stdlib.h>

struct check {
    struct bytes content;
    struct block_receiver lines;
    size_t n_misplaced;
};

/* The first word of TEXT, if it is an ASCII one. */
static struct bytes first_word(struct bytes text)
{
    size_t length = 0;

    while (length < text.length && isalnum((unsigned char)text.data[length]))
        length++;
    return (struct bytes){text.data, length};
}

static bool is_place_right(const struct check *check, const struct block *block,
                           const struct place *place)
{
    struct bytes text = {block->text.data + place->text, place->text_length};
    struct bytes word = first_word(text);
    const char *source = check->content.data + place->source;

    if (place->text + place->text_length > block->text.length ||
        place->source + place->source_length > check->content.length)
        return false;
    if (block->unit == PLACE_BYTES)
        return place->source_length == place->text_length &&
               memcmp(source, text.data, word.length) == 0;
    return place->source_length == 0 || word.length == 0 ||
           memmem(source, place->source_length, word.data, word.length);
}

static enum status receive(void *context, const struct block *block,
                           struct failure *failure)
{
    struct check *check = context;
    size_t i;

    for (i = 0; i < block->n_places; i++)
        if (!is_place_right(check, block, &block->places[i])) {
            check->n_misplaced++;
            printf("# misplaced: %.*s\n", (int)block->text.length,
                   block->text.data);
        }
    return check->lines.block(check->lines.context, block, failure);
}

static enum status receive_document(void *context,
                                    const struct document_facts *facts,
                                    struct failure *failure)
{
    struct check *check = context;

    return check->lines.document(check->lines.context, facts, failure);
}

static bool read_file(const char *path, struct buffer *content)
{
    FILE *file = fopen(path, "rb");
    size_t got = 1;

    while (file && got > 0 && buffer_reserve(content, 65536)) {
        got = fread(content->data + content->length, 1, 65536, file);
        content->length += got;
    }
    if (file)
        fclose(file);
    return file && !content->failed;
}

/* The lines that READER makes of CONTENT, to OUT. */
static size_t run(block_reader reader, struct bytes content, const char *name,
                  struct buffer *out)
{
    struct check check = {content, blocks_receiver(out), 0};
    struct block_receiver receiver = {receive_document, receive, &check};
    struct failure failure;

    if (reader(content, name, &receiver, &failure) != STATUS_OK) {
        buffer_append_string(out, failure.message);
        buffer_append_byte(out, '\n');
    }
    return check.n_misplaced;
}

static void print_difference(struct bytes got, struct bytes wanted)
{
    size_t at = 0;

    while (at < got.length && at < wanted.length &&
           got.data[at] == wanted.data[at])
        at++;
    while (at > 0 && at <= got.length && got.data[at - 1] != '\n')
        at--;
    printf("# differs in '%.200s'\n", at < got.length ? got.data + at : "");
}

static void test_file(const char *path, block_reader reader)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    struct buffer content = BUFFER_EMPTY, wanted = BUFFER_EMPTY;
    struct buffer got = BUFFER_EMPTY, expected = BUFFER_EMPTY;
    size_t n_misplaced;

    buffer_append_format(&expected, "%s.expected", path);
    buffer_append_byte(&expected, '\0');
    if (!ok(read_file(path, &content) && !expected.failed &&
                read_file(expected.data, &wanted),
            "%s can be read", name))
        goto out;
    n_misplaced = run(reader, buffer_bytes(&content), name, &got);
    if (!ok(bytes_equal(buffer_bytes(&got), buffer_bytes(&wanted)),
            "%s: blocks", name)) {
        buffer_append_byte(&got, '\0');
        print_difference(buffer_bytes(&got), buffer_bytes(&wanted));
    }
    ok(n_misplaced == 0, "%s: places", name);
out:
    buffer_release(&content);
    buffer_release(&wanted);
    buffer_release(&got);
    buffer_release(&expected);
}

static void test_files(const char *extension, block_reader reader)
{
    const char *top = getenv("srcdir");
    struct buffer pattern = BUFFER_EMPTY;
    glob_t found;
    size_t i;

    buffer_append_format(&pattern, "%s/tests/data/markup/*.%s", top ? top : ".",
                         extension);
    buffer_append_byte(&pattern, '\0');
    if (ok(!pattern.failed && glob(pattern.data, 0, NULL, &found) == 0,
           "there are files of %s", extension)) {
        for (i = 0; i < found.gl_pathc; i++)
            test_file(found.gl_pathv[i], reader);
        globfree(&found);
    }
    buffer_release(&pattern);
}

/* BEFORE a hundred thousand times, MIDDLE, AFTER as often: it must be read, or
 * refused, and that soon. */
static void test_nested(block_reader reader, const char *before,
                        const char *middle, const char *after, bool found)
{
    enum { DEPTH = 100000 };
    struct buffer text = BUFFER_EMPTY, out = BUFFER_EMPTY;
    int i;

    for (i = 0; i < DEPTH; i++)
        buffer_append_string(&text, before);
    buffer_append_string(&text, middle);
    for (i = 0; i < DEPTH; i++)
        buffer_append_string(&text, after);
    run(reader, buffer_bytes(&text), "nested", &out);
    buffer_append_byte(&out, '\0');
    ok(!out.failed && (strstr(out.data, middle) != NULL) == found,
       "%s%s, nested", before, middle);
    buffer_release(&text);
    buffer_release(&out);
}

int main(void)
{
#ifdef HAVE_LIBXML2
    test_files("xml", akn_blocks);
    test_files("html", html_blocks);
    test_nested(akn_blocks, "<p>", "text", "</p>", false);
    test_nested(html_blocks, "<div>", "text", "</div>", true);
    test_nested(html_blocks, "<b>", "text", "", true);
    test_nested(html_blocks, "<ol><li>", "text", "", true);
    test_nested(html_blocks, "<table><tr><td>", "text", "", true);
#endif
#ifdef HAVE_MD4C
    test_files("md", markdown_blocks);
    test_nested(markdown_blocks, "> ", "text", "", true);
    test_nested(markdown_blocks, "[", "text", "]", true);
    test_nested(markdown_blocks, "*a _", "text", "", true);
#endif
    return tap_done();
}
