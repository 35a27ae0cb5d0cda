/* SPDX-License-Identifier: GPL-2.0-or-later */
/* src/document/structure.h: for each NAME in the list, the blocks in
 * tests/data/structure/NAME.blocks (lines as of tests/blocks.h; empty ones and
 * those that begin with "# " are comments) become the paragraphs in
 * NAME.expected, one a line:
 *
 *   document TAB document TAB title TAB date TAB language
 *   label TAB kind TAB heading TAB text
 *
 * With a file's name as argument it prints such lines for that file. */
#include <config.h>

#include "src/document/structure.h"

#include "base/buffer.h"
#include "index/disk.h"
#include "tests/tap.h"

#include <stdlib.h>

enum { MAX_BYTES = 512 << 20 };

static const char *const names[] = {
    "annexes",  "bodies",     "documents", "excerpt",   "footnotes",
    "headings", "items",      "markup",    "plain",     "quoted",
    "report",   "resolution", "single",    "languages",
};

/* What was received, and the paragraph before. */
struct listing {
    struct buffer out;
    uint32_t ordinal;
    bool good;
};

static void append(struct buffer *out, struct bytes field, char end)
{
    buffer_append(out, field.data, field.length);
    buffer_append_byte(out, end);
}

static enum status list(void *context, const struct paragraph *paragraph,
                        struct failure *failure)
{
    struct listing *listing = context;
    struct buffer *out = &listing->out;

    if (paragraph->ordinal == 1) {
        buffer_append_string(out, "document\t");
        append(out, paragraph->document, '\t');
        append(out, paragraph->title, '\t');
        append(out, paragraph->date, '\t');
        append(out, paragraph->language, '\n');
    } else if (paragraph->ordinal != listing->ordinal + 1) {
        listing->good = false;
    }
    listing->ordinal = paragraph->ordinal;
    append(out, paragraph->label, '\t');
    append(out, paragraph->kind, '\t');
    append(out, paragraph->heading, '\t');
    append(out, paragraph->text, '\n');
    /* The one place of each block is all of its text. */
    for (size_t i = 0; i < paragraph->n_places; i++)
        if (paragraph->places[i].text + paragraph->places[i].text_length !=
            paragraph->text.length)
            listing->good = false;
    return out->failed ? fail_memory(failure) : STATUS_OK;
}

/* Cut the next field off *LINE. */
static struct bytes field(struct bytes *line)
{
    const char *tab = memchr(line->data, '\t', line->length);
    struct bytes field = {line->data,
                          tab ? (size_t)(tab - line->data) : line->length};
    size_t taken = field.length + (tab ? 1 : 0);

    line->data += taken;
    line->length -= taken;
    return field;
}

static enum block_role role_named(struct bytes name)
{
    static const char *const roles[] = {
        [BLOCK_TEXT] = "text",       [BLOCK_TITLE] = "title",
        [BLOCK_HEADING] = "heading", [BLOCK_FOOTNOTE] = "footnote",
        [BLOCK_TABLE] = "table",     [BLOCK_FURNITURE] = "furniture",
    };
    size_t i = 0;

    while (i < BLOCK_FURNITURE && !bytes_equal(name, bytes_of(roles[i])))
        i++;
    return (enum block_role)i;
}

static enum status give_line(const struct block_receiver *receiver,
                             struct bytes line, struct failure *failure)
{
    struct bytes first = field(&line);
    struct block block = {.role = role_named(first)};
    struct place place = {0};

    if (bytes_equal(first, bytes_of("document"))) {
        struct document_facts facts;

        facts.symbol = field(&line);
        facts.title = field(&line);
        facts.date = field(&line);
        facts.language = field(&line);
        facts.body = field(&line);
        return receiver->document(receiver->context, &facts, failure);
    }
    block.level = (unsigned)strtoul(field(&line).data, NULL, 10);
    block.number = field(&line);
    block.name = field(&line);
    block.text = line;
    place.text_length = place.source_length = line.length;
    block.places = &place;
    block.n_places = 1;
    return receiver->block(receiver->context, &block, failure);
}

static enum status give_lines(const struct block_receiver *receiver,
                              struct bytes lines, struct failure *failure)
{
    enum status status = STATUS_OK;

    while (lines.length && status == STATUS_OK) {
        const char *end = memchr(lines.data, '\n', lines.length);
        struct bytes line = {lines.data,
                             end ? (size_t)(end - lines.data) : lines.length};
        size_t taken = line.length + (end ? 1 : 0);

        lines.data += taken;
        lines.length -= taken;
        if (line.length && line.data[0] != '#')
            status = give_line(receiver, line, failure);
    }
    return status;
}

/* The paragraphs of the blocks in the file PATH into LISTING. */
static enum status run(const char *path, struct listing *listing,
                       struct failure *failure)
{
    const struct document_options options = {.language = "en"};
    struct structure *structure = NULL;
    struct buffer lines = BUFFER_EMPTY;
    enum status status = disk_read(path, MAX_BYTES, &lines, failure);

    if (status == STATUS_OK)
        status = structure_new("file.txt", &options, &structure, failure);
    if (status == STATUS_OK)
        status = give_lines(structure_receiver(structure), buffer_bytes(&lines),
                            failure);
    buffer_release(&lines);
    if (status == STATUS_OK)
        status = structure_finish(structure, list, listing, failure);
    structure_free(structure);
    return status;
}

/* Show the first line at which GOT and WANTED differ. */
static void show_difference(struct bytes got, struct bytes wanted)
{
    size_t start = 0, at = 0;

    while (at < got.length && at < wanted.length &&
           got.data[at] == wanted.data[at])
        if (got.data[at++] == '\n')
            start = at;
    printf("# got    %.*s\n", (int)strcspn(got.data + start, "\n"),
           got.data + start);
    printf("# wanted %.*s\n", (int)strcspn(wanted.data + start, "\n"),
           wanted.data + start);
}

static void test_file(const char *name)
{
    const char *srcdir = getenv("srcdir");
    struct listing listing = {.good = true};
    struct buffer path = BUFFER_EMPTY, wanted = BUFFER_EMPTY;
    struct failure failure = {0};
    enum status status;

    buffer_append_format(&path, "%s/tests/data/structure/%s.blocks",
                         srcdir ? srcdir : ".", name);
    buffer_append_byte(&path, '\0');
    status = run(path.data, &listing, &failure);
    buffer_clear(&path);
    buffer_append_format(&path, "%s/tests/data/structure/%s.expected",
                         srcdir ? srcdir : ".", name);
    buffer_append_byte(&path, '\0');
    if (status == STATUS_OK)
        status = disk_read(path.data, MAX_BYTES, &wanted, &failure);
    ok(status == STATUS_OK && listing.good &&
           bytes_equal(buffer_bytes(&listing.out), buffer_bytes(&wanted)),
       "%s", name);
    buffer_append_byte(&listing.out, '\0');
    buffer_append_byte(&wanted, '\0');
    if (status != STATUS_OK)
        printf("# %s\n", failure.message);
    else if (strcmp(listing.out.data, wanted.data) != 0)
        show_difference(buffer_bytes(&listing.out), buffer_bytes(&wanted));
    buffer_release(&wanted);
    buffer_release(&path);
    buffer_release(&listing.out);
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        struct listing listing = {.good = true};
        struct failure failure;

        if (run(argv[1], &listing, &failure) != STATUS_OK)
            fprintf(stderr, "%s\n", failure.message);
        fwrite(listing.out.data, 1, listing.out.length, stdout);
        buffer_release(&listing.out);
        return 0;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        test_file(names[i]);
    return tap_done();
}
