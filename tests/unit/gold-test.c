/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The documents of the corpus against what a reader of them wrote down:
 * tests/data/gold/NAME.tsv, each line
 *
 *   document TAB symbol TAB title TAB date     a document begins
 *   label TAB kind TAB words … words … words   a paragraph of it
 *
 * A paragraph begins with the first words, has the others in it in this order,
 * and ends in the last; quotation marks around it do not count. Every
 * paragraph of the kinds title, preambular, operative and footnote is there
 * exactly once, and no other. */
#include <config.h>

#include "base/buffer.h"
#include "index/disk.h"
#include "src/document/format.h"
#include "src/document/structure.h"
#include "tests/tap.h"

#include <stdlib.h>

enum { MAX_BYTES = 1 << 20 };

static const char *const names[] = {
    "A-RES-58-136",  "A-RES-59-153",  "E-RES-2003-22",
    "E-RES-2004-19", "E-RES-2005-19",
};

#define ELLIPSIS " … "

/* The paragraphs that were found, a line each: number of the document in the
 * file, label, kind, text; a document is a line as well, "document" its
 * label and its facts the text. */
struct found {
    struct buffer lines;
    unsigned n_documents;
};

/* Cut what comes before END, or all, off *TEXT. */
static struct bytes cut(struct bytes *text, const char *end)
{
    size_t length = strlen(end), at = 0;
    struct bytes part = *text;

    while (at < text->length && (text->length - at < length ||
                                 memcmp(text->data + at, end, length) != 0))
        at++;
    part.length = at;
    at = at < text->length ? at + length : at;
    text->data += at;
    text->length -= at;
    return part;
}

/* TEXT without the quotation marks around it. */
static struct bytes unquote(struct bytes text)
{
    if (text.length >= 3 && memcmp(text.data, "“", 3) == 0) {
        text.data += 3;
        text.length -= 3;
    }
    if (text.length >= 3 && memcmp(text.data + text.length - 3, "”", 3) == 0)
        text.length -= 3;
    return text;
}

/* Whether TEXT is what WORDS say of it. */
static bool fits(struct bytes text, struct bytes words)
{
    struct bytes part = cut(&words, ELLIPSIS);

    if (words.length == 0)
        return bytes_equal(text, part);
    if (text.length < part.length ||
        memcmp(text.data, part.data, part.length) != 0)
        return false;
    for (;;) {
        part = cut(&words, ELLIPSIS);
        if (words.length == 0)
            return text.length >= part.length &&
                   memcmp(text.data + text.length - part.length, part.data,
                          part.length) == 0;
        while (text.length >= part.length &&
               memcmp(text.data, part.data, part.length) != 0) {
            text.data++;
            text.length--;
        }
        if (text.length < part.length)
            return false;
    }
}

static bool is_checked(struct bytes kind)
{
    static const char *const kinds[] = {"title", "preambular", "operative",
                                        "footnote"};
    size_t i = 0;

    while (i < 4 && !bytes_equal(kind, bytes_of(kinds[i])))
        i++;
    return i < 4;
}

static void append(struct buffer *out, struct bytes field, char end)
{
    buffer_append(out, field.data, field.length);
    buffer_append_byte(out, end);
}

static enum status find(void *context, const struct paragraph *paragraph,
                        struct failure *failure)
{
    struct found *found = context;
    struct buffer *out = &found->lines;
    bool has_symbol = !bytes_equal(paragraph->document, paragraph->path);

    if (paragraph->ordinal == 1) {
        buffer_append_format(out, "%u\tdocument\t", ++found->n_documents);
        append(out, has_symbol ? paragraph->document : bytes_of(""), '\t');
        append(out, paragraph->title, '\t');
        append(out, paragraph->date, '\n');
    }
    if (is_checked(paragraph->kind)) {
        buffer_append_format(out, "%u\t", found->n_documents);
        append(out, paragraph->label, '\t');
        append(out, paragraph->kind, '\t');
        append(out, unquote(paragraph->text), '\n');
    }
    return out->failed ? fail_memory(failure) : STATUS_OK;
}

/* The one of LINES that the line of gold WANTED, of document number DOCUMENT,
 * describes; false if it is not there, or is wrong, or is there twice. */
static bool is_found(struct bytes lines, unsigned document, struct bytes wanted)
{
    struct bytes label = cut(&wanted, "\t");
    bool is_document = bytes_equal(label, bytes_of("document"));
    struct bytes kind = is_document ? bytes_of("") : cut(&wanted, "\t");
    unsigned n = 0, n_good = 0;

    while (lines.length) {
        struct bytes line = cut(&lines, "\n");
        bool same = strtoul(cut(&line, "\t").data, NULL, 10) == document &&
                    bytes_equal(cut(&line, "\t"), label);

        if (!same)
            continue;
        n++;
        n_good += is_document ? bytes_equal(line, wanted)
                              : bytes_equal(cut(&line, "\t"), kind) &&
                                    fits(line, wanted);
        if (n > n_good)
            printf("# got %.*s\n", (int)line.length, line.data);
    }
    return n == 1 && n_good == 1;
}

static void compare(const char *name, struct bytes lines, struct bytes gold)
{
    size_t n_wanted = 0, n_found = 0;
    unsigned document = 0;
    bool good = true;

    while (gold.length) {
        struct bytes line = cut(&gold, "\n");

        if (line.length == 0 || line.data[0] == '#')
            continue;
        document += line.length > 8 && memcmp(line.data, "document", 8) == 0;
        n_wanted++;
        if (!is_found(lines, document, line)) {
            printf("# not found once: %.*s\n", (int)line.length, line.data);
            good = false;
        }
    }
    ok(good, "%s: every paragraph of the gold is there once", name);
    for (size_t i = 0; i < lines.length; i++)
        n_found += lines.data[i] == '\n';
    ok(n_found == n_wanted, "%s: nothing else is there: %zu of %zu", name,
       n_found, n_wanted);
}

/* Read PATH as plain text. */
static enum status read_paragraphs(const char *path, struct found *found,
                                   struct failure *failure)
{
    const struct document_options options = {.language = "en"};
    struct structure *structure = NULL;
    struct buffer content = BUFFER_EMPTY;
    enum status status = disk_read(path, MAX_BYTES, &content, failure);

    if (status == STATUS_OK)
        status = structure_new(path, &options, &structure, failure);
    if (status == STATUS_OK)
        status =
            format_plain_text.blocks(buffer_bytes(&content), path,
                                     structure_receiver(structure), failure);
    if (status == STATUS_OK)
        status = structure_finish(structure, find, found, failure);
    structure_free(structure);
    buffer_release(&content);
    return status;
}

static void test_file(const char *srcdir, const char *name)
{
    struct buffer path = BUFFER_EMPTY, gold = BUFFER_EMPTY;
    struct found found = {BUFFER_EMPTY, 0};
    struct failure failure = {0};
    enum status status;

    buffer_append_format(&path, "%s/corpus/%s.txt", srcdir, name);
    buffer_append_byte(&path, '\0');
    status = read_paragraphs(path.data, &found, &failure);
    ok(status == STATUS_OK, "%s is read", name);
    buffer_clear(&path);
    buffer_append_format(&path, "%s/tests/data/gold/%s.tsv", srcdir, name);
    buffer_append_byte(&path, '\0');
    if (status == STATUS_OK)
        status = disk_read(path.data, MAX_BYTES, &gold, &failure);
    if (status != STATUS_OK)
        printf("# %s\n", failure.message);
    compare(name, buffer_bytes(&found.lines), buffer_bytes(&gold));
    buffer_release(&gold);
    buffer_release(&found.lines);
    buffer_release(&path);
}

int main(void)
{
    const char *srcdir = getenv("srcdir");

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        test_file(srcdir ? srcdir : ".", names[i]);
    return tap_done();
}
