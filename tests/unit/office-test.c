/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The readers of Word, OpenDocument, EPUB and RTF. Each folder in
 * tests/data/office is a case: its name begins with the format, "parts" is what
 * is packed to an archive, or "document" is the file; "expected" are the blocks
 * as tests/blocks.h prints them, and at the end "error TAB message" if the
 * reader failed. Then what is hostile. */
#include <config.h>

#include "src/document/foreign/readers.h"

#include "tests/blocks.h"
#include "tests/tap.h"

#include <dirent.h>
#include <glob.h>
#include <stdlib.h>
#include <zip.h>

static const struct reader {
    const char *prefix;
    block_reader read;
} readers[] = {
    {"docx", docx_blocks},
    {"odt", odt_blocks},
    {"epub", epub_blocks},
    {"rtf", rtf_blocks},
};

static void read_file(const char *path, struct buffer *content)
{
    FILE *file = fopen(path, "rb");
    size_t got = 1;

    while (file && got > 0 && buffer_reserve(content, 65536)) {
        got = fread(content->data + content->length, 1, 65536, file);
        content->length += got;
    }
    if (file)
        fclose(file);
}

/* Start an archive in memory; *SOURCE is what zip_take reads. */
static zip_t *zip_start(zip_source_t **source)
{
    zip_t *zip;

    *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip = zip_open_from_source(*source, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    zip_source_keep(*source);
    return zip;
}

static void zip_put(zip_t *zip, const char *name, const char *data,
                    size_t length)
{
    char *copy = malloc(length + 1);

    memcpy(copy, data, length);
    zip_file_add(zip, name, zip_source_buffer(zip, copy, length, 1), 0);
}

static void zip_take(zip_t *zip, zip_source_t *source, struct buffer *content)
{
    zip_stat_t stat;

    zip_close(zip);
    zip_source_open(source);
    zip_source_stat(source, &stat);
    if (buffer_reserve(content, stat.size)) {
        zip_source_read(source, content->data, stat.size);
        content->length = stat.size;
    }
    zip_source_close(source);
    zip_source_free(source);
}

/* Add what is in the folder PATH (and those in it) under NAME. */
static void zip_folder(zip_t *zip, const char *path, const char *name)
{
    DIR *folder = opendir(path);
    struct dirent *entry;

    while (folder && (entry = readdir(folder))) {
        struct buffer content = BUFFER_EMPTY;
        char inner[4096], inner_name[1024];
        DIR *inner_folder;

        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        snprintf(inner_name, sizeof inner_name, "%s%s%s", name,
                 *name ? "/" : "", entry->d_name);
        inner_folder = opendir(inner);
        if (inner_folder) {
            closedir(inner_folder);
            zip_folder(zip, inner, inner_name);
            continue;
        }
        read_file(inner, &content);
        zip_put(zip, inner_name, content.length ? content.data : "",
                content.length);
        buffer_release(&content);
    }
    if (folder)
        closedir(folder);
}

static enum status run(const char *name, struct bytes content,
                       struct buffer *out)
{
    struct block_receiver receiver = blocks_receiver(out);
    struct failure failure = {.status = STATUS_OK};
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < sizeof readers / sizeof *readers; i++)
        if (strncmp(name, readers[i].prefix, strlen(readers[i].prefix)) == 0)
            status = readers[i].read(content, name, &receiver, &failure);
    if (status != STATUS_OK)
        buffer_append_format(out, "error\t%s\n", failure.message);
    return status;
}

static void load_case(const char *folder, struct buffer *content)
{
    char path[4096];
    zip_source_t *source;
    zip_t *zip;

    snprintf(path, sizeof path, "%s/document", folder);
    read_file(path, content);
    if (content->length > 0)
        return;
    snprintf(path, sizeof path, "%s/parts", folder);
    zip = zip_start(&source);
    zip_folder(zip, path, "");
    zip_take(zip, source, content);
}

static void test_case(const char *folder)
{
    struct buffer content = BUFFER_EMPTY, expected = BUFFER_EMPTY;
    struct buffer out = BUFFER_EMPTY;
    const char *name = strrchr(folder, '/') + 1;
    char path[4096];

    load_case(folder, &content);
    snprintf(path, sizeof path, "%s/expected", folder);
    read_file(path, &expected);
    run(name, buffer_bytes(&content), &out);
    if (!ok(expected.length > 0 &&
                bytes_equal(buffer_bytes(&out), buffer_bytes(&expected)),
            "%s", name))
        printf("got:\n%.*s", (int)out.length, out.data);
    buffer_release(&content);
    buffer_release(&expected);
    buffer_release(&out);
}

static void test_cases(void)
{
    const char *top = getenv("srcdir");
    char pattern[4096];
    glob_t found;
    size_t i;

    snprintf(pattern, sizeof pattern, "%s/tests/data/office/*",
             top ? top : ".");
    if (!ok(glob(pattern, 0, NULL, &found) == 0, "there are cases"))
        return;
    for (i = 0; i < found.gl_pathc; i++)
        test_case(found.gl_pathv[i]);
    globfree(&found);
}

#define DOCUMENT(body) \
    "<w:document xmlns:w='w'><w:body>" body "</w:body></w:document>"

/* A .docx whose main part is TEXT. */
static struct buffer make_docx(struct bytes text, bool encrypted)
{
    struct buffer content = BUFFER_EMPTY;
    zip_source_t *source;
    zip_t *zip = zip_start(&source);

    zip_put(zip, "word/document.xml", text.data, text.length);
    if (encrypted)
        zip_file_set_encryption(zip, 0, ZIP_EM_AES_256, "secret");
    zip_take(zip, source, &content);
    return content;
}

/* Overwrite the size that the central directory says the only part has. */
static void claim_size(struct buffer *content, uint32_t size)
{
    static const char signature[] = {'P', 'K', 1, 2};
    char *entry = memmem(content->data, content->length, signature, 4);
    int i;

    for (i = 0; i < 4 && entry; i++)
        entry[24 + i] = (char)(size >> (8 * i));
}

static void is_refused(struct bytes content, const char *reason,
                       const char *what)
{
    struct buffer out = BUFFER_EMPTY;
    enum status status = run("docx", content, &out);
    bool named;

    buffer_append_byte(&out, '\0');
    named = strstr(out.data, reason) != NULL;
    if (!ok((status == STATUS_INPUT || status == STATUS_LIMIT) && named, "%s",
            what))
        printf("# %d %s\n", (int)status, out.data);
    buffer_release(&out);
}

static void test_bombs(void)
{
    size_t length = 32 << 20;
    char *zeros = calloc(1, length);
    struct buffer content = make_docx((struct bytes){zeros, length}, false);
    static const char good[] = DOCUMENT("<w:p><w:r><w:t>x</w:t></w:r></w:p>");

    is_refused(buffer_bytes(&content), "times its size", "a bomb by its ratio");
    claim_size(&content, 1 << 30);
    is_refused(buffer_bytes(&content), "more than is read",
               "a bomb by its size");
    claim_size(&content, 1000);
    is_refused(buffer_bytes(&content), "damaged", "more than it says");
    buffer_release(&content);
    content = make_docx(bytes_of(good), true);
    is_refused(buffer_bytes(&content), "docx: is encrypted", "encrypted");
    buffer_release(&content);
    free(zeros);
}

/* A good file cut short, and with each of its bytes changed, is read or
 * refused. */
static void test_damage(void)
{
    static const char good[] =
        DOCUMENT("<w:p><w:r><w:t>A paragraph.</w:t></w:r></w:p>");
    struct buffer content = make_docx(bytes_of(good), false);
    struct buffer out = BUFFER_EMPTY;
    bool refused = true;
    size_t i;

    for (i = 0; i < content.length; i++) {
        char *part = malloc(i + 1); /* so that reading beyond is seen */

        memcpy(part, content.data, i);
        buffer_clear(&out);
        refused = refused &&
                  run("docx", (struct bytes){part, i}, &out) == STATUS_INPUT;
        free(part);
    }
    ok(refused, "a cut archive is damaged");
    for (i = 0; i < content.length; i++) {
        content.data[i] ^= 0x55;
        buffer_clear(&out);
        run("docx", buffer_bytes(&content), &out);
        content.data[i] ^= 0x55;
    }
    ok(!out.failed, "a changed byte does no harm");
    buffer_release(&content);
    buffer_release(&out);
}

static void repeat(struct buffer *text, const char *part, int times)
{
    while (times-- > 0)
        buffer_append_string(text, part);
}

/* Tables in tables, N deep. */
static struct buffer nested_docx(int n)
{
    struct buffer text = BUFFER_EMPTY, content;

    buffer_append_string(&text, "<w:document xmlns:w='w'><w:body>");
    repeat(&text, "<w:tbl><w:tr><w:tc>", n);
    buffer_append_string(&text, "<w:p><w:r><w:t>deep</w:t></w:r></w:p>");
    repeat(&text, "</w:tc></w:tr></w:tbl>", n);
    buffer_append_string(&text, "</w:body></w:document>");
    content = make_docx(buffer_bytes(&text), false);
    buffer_release(&text);
    return content;
}

static void test_depth(void)
{
    struct buffer content = nested_docx(80), out = BUFFER_EMPTY;
    struct buffer rtf = BUFFER_EMPTY;

    run("docx", buffer_bytes(&content), &out);
    is_bytes(buffer_bytes(&out), "document\t\t\t\t\t\ntext\t0\t\t\tdeep\n",
             "eighty tables in each other");
    buffer_release(&content);
    content = nested_docx(10000);
    is_refused(buffer_bytes(&content), "damaged", "too many of them");
    buffer_release(&content);
    buffer_append_string(&rtf, "{\\rtf1 ");
    repeat(&rtf, "{", 100000);
    buffer_clear(&out);
    ok(run("rtf", buffer_bytes(&rtf), &out) == STATUS_LIMIT,
       "too many groups of RTF in each other");
    buffer_release(&rtf);
    buffer_release(&out);
}

int main(void)
{
    test_cases();
    test_bombs();
    test_damage();
    test_depth();
    return tap_done();
}
