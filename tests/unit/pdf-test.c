/* SPDX-License-Identifier: GPL-2.0-or-later */
/* PDF. What stands on a page and the lines that come of it are the data of
 * tests/data/pdf/lines.txt; the files are written here. */
#include <config.h>

#include "src/document/foreign/pdf_parts.h"
#include "src/document/foreign/readers.h"
#include "tests/blocks.h"
#include "tests/tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_OBJECTS = 64, PAGE_HEIGHT = 792 };

/* --- Writing PDF -------------------------------------------------------- */

struct writer {
    struct buffer file;
    size_t offsets[MAX_OBJECTS];
    unsigned n_objects; /* number 0 is none */
    unsigned pages[16], n_pages;
    struct buffer content; /* of the page that is being written */
};

enum { CATALOG = 1, PAGES, FONTS, INFO, FIRST_FREE };

static void begin_object(struct writer *writer, unsigned number)
{
    writer->offsets[number] = writer->file.length;
    buffer_append_format(&writer->file, "%u 0 obj\n", number);
}

static void begin_file(struct writer *writer)
{
    *writer = (struct writer){.file = BUFFER_EMPTY, .n_objects = FIRST_FREE};
    buffer_append_string(&writer->file, "%PDF-1.4\n");
}

static void write_text(struct buffer *content, const char *text)
{
    buffer_append_byte(content, '(');
    for (; *text; text++) {
        if (strchr("()\\", *text))
            buffer_append_byte(content, '\\');
        buffer_append_byte(content, *text);
    }
    buffer_append_byte(content, ')');
}

/* Y is from the top. */
static void put(struct writer *writer, char font, double size, double x,
                double y, bool rotated, const char *text)
{
    buffer_append_format(&writer->content, "BT /%c %g Tf %s %g %g Tm ", font,
                         size, rotated ? "0 1 -1 0" : "1 0 0 1", x,
                         PAGE_HEIGHT - y);
    write_text(&writer->content, text);
    buffer_append_string(&writer->content, " Tj ET\n");
}

static void end_page(struct writer *writer)
{
    unsigned content = writer->n_objects++, page = writer->n_objects++;

    begin_object(writer, content);
    buffer_append_format(&writer->file, "<< /Length %zu >>\nstream\n",
                         writer->content.length);
    buffer_append(&writer->file, writer->content.data, writer->content.length);
    buffer_append_string(&writer->file, "\nendstream\nendobj\n");
    begin_object(writer, page);
    buffer_append_format(&writer->file,
                         "<< /Type /Page /Parent %d 0 R /Resources "
                         "<< /Font %d 0 R >> /MediaBox [0 0 612 %d] "
                         "/Contents %u 0 R >>\nendobj\n",
                         PAGES, FONTS, PAGE_HEIGHT, content);
    writer->pages[writer->n_pages++] = page;
    buffer_clear(&writer->content);
}

static void write_fonts(struct writer *writer)
{
    int i;

    begin_object(writer, FONTS);
    buffer_append_string(
        &writer->file,
        "<< /R << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>\n"
        "/B << /Type /Font /Subtype /Type1 /BaseFont /Times-Bold >>\n"
        "/I << /Type /Font /Subtype /Type1 /BaseFont /Times-Italic >>\n"
        "/D << /Type /Font /Subtype /Type1 /BaseFont /Deep\n"
        "/FontDescriptor << /Type /FontDescriptor /FontName /Deep /Flags 34\n"
        "/FontBBox [0 -750 500 1120] /Ascent 1120 /Descent -750\n"
        "/ItalicAngle 0 /CapHeight 700 /StemV 80 >>\n"
        "/FirstChar 32 /LastChar 126 /Widths [");
    for (i = 32; i <= 126; i++)
        buffer_append_string(&writer->file, " 500");
    buffer_append_string(&writer->file,
                         "] >>\n"
                         "/H << /Type /Font /Subtype /Type1 /BaseFont /Hebrew\n"
                         "/FirstChar 32 /LastChar 126 /Widths [");
    for (i = 32; i <= 126; i++)
        buffer_append_string(&writer->file, " 500");
    buffer_append_string(&writer->file,
                         "]\n/Encoding << /Differences [94 /uniF0B7 "
                         "/uniFEFB 97");
    for (i = 0; i < 26; i++)
        buffer_append_format(&writer->file, " /uni%04X", 0x5D0U + (unsigned)i);
    buffer_append_string(&writer->file, " 126 /uni00AD] >> >> >>\nendobj\n");
}

/* TRAILER is what the trailer has besides. */
static void end_file(struct writer *writer, const char *title,
                     const char *trailer)
{
    size_t xref;
    unsigned i;

    write_fonts(writer);
    begin_object(writer, CATALOG);
    buffer_append_format(&writer->file,
                         "<< /Type /Catalog /Pages %d 0 R >>\nendobj\n", PAGES);
    begin_object(writer, PAGES);
    buffer_append_format(&writer->file, "<< /Type /Pages /Count %u /Kids [",
                         writer->n_pages);
    for (i = 0; i < writer->n_pages; i++)
        buffer_append_format(&writer->file, " %u 0 R", writer->pages[i]);
    buffer_append_string(&writer->file, " ] >>\nendobj\n");
    begin_object(writer, INFO);
    buffer_append_string(&writer->file, "<< /Title ");
    write_text(&writer->file, title);
    buffer_append_string(&writer->file, " >>\nendobj\n");
    xref = writer->file.length;
    buffer_append_format(&writer->file, "xref\n0 %u\n0000000000 65535 f \n",
                         writer->n_objects);
    for (i = 1; i < writer->n_objects; i++)
        buffer_append_format(&writer->file, "%010zu 00000 n \n",
                             writer->offsets[i]);
    buffer_append_format(&writer->file,
                         "trailer\n<< /Size %u /Root %d 0 R /Info %d 0 R %s "
                         ">>\nstartxref\n%zu\n%%%%EOF\n",
                         writer->n_objects, CATALOG, INFO, trailer, xref);
}

static void writer_release(struct writer *writer)
{
    buffer_release(&writer->file);
    buffer_release(&writer->content);
}

/* --- Lines -------------------------------------------------------------- */

/* A line as the data have it. */
static void append_line(struct buffer *out, const struct pdf_text *text,
                        const struct page_line *line)
{
    size_t mark = 0, at;

    buffer_append_string(out, line->bold ? "B: " : "");
    buffer_append_string(out, line->italic ? "I: " : "");
    while (mark < text->n_raised && text->raised[mark].start < line->start)
        mark++;
    for (at = line->start; at <= line->end; at++) {
        bool marked = mark < text->n_raised;

        if (marked && text->raised[mark].end == at) {
            buffer_append_byte(out, '}');
            mark++;
            marked = mark < text->n_raised;
        }
        if (at == line->end)
            break;
        if (marked && text->raised[mark].start == at)
            buffer_append_byte(out, '{');
        if (text->bytes.data[at] == '\t')
            buffer_append_string(out, " | ");
        else
            buffer_append_byte(out, text->bytes.data[at]);
    }
    buffer_append_byte(out, '\n');
}

static bool read_pages(PopplerDocument *document, struct pdf_text *text)
{
    struct pdf_page page = {0};
    bool good = true;
    int i;

    for (i = 0; good && i < poppler_document_get_n_pages(document); i++) {
        PopplerPage *source = poppler_document_get_page(document, i);

        page.number = (uint32_t)i + 1;
        good = pdf_page_read(&page, source, NULL) == STATUS_OK &&
               pdf_page_words(&page, NULL) == STATUS_OK &&
               pdf_page_layout(&page, NULL) == STATUS_OK &&
               pdf_page_lines(&page, text, NULL) == STATUS_OK;
        g_object_unref(source);
    }
    pdf_page_release(&page);
    return good;
}

static void check_lines(struct writer *writer, const struct buffer *wanted,
                        const char *name)
{
    struct pdf_text text = {.bytes = BUFFER_EMPTY};
    struct buffer got = BUFFER_EMPTY;
    PopplerDocument *document;
    GBytes *bytes;
    size_t i;

    end_page(writer);
    end_file(writer, "", "");
    bytes = g_bytes_new_static(writer->file.data, writer->file.length);
    document = poppler_document_new_from_bytes(bytes, NULL, NULL);
    if (ok(document && read_pages(document, &text), "%s: read", name)) {
        for (i = 0; i < text.n_lines; i++)
            append_line(&got, &text, &text.lines[i]);
        if (!ok(bytes_equal(buffer_bytes(&got), buffer_bytes(wanted)),
                "%s: lines", name))
            printf("# got:\n%.*s# wanted:\n%.*s", (int)got.length,
                   got.length ? got.data : "", (int)wanted->length,
                   wanted->length ? wanted->data : "");
    }
    if (document)
        g_object_unref(document);
    g_bytes_unref(bytes);
    pdf_text_release(&text);
    buffer_release(&got);
}

struct cases {
    struct writer writer;
    struct buffer wanted;
    char name[128];
};

static void end_case(struct cases *cases)
{
    if (cases->name[0])
        check_lines(&cases->writer, &cases->wanted, cases->name);
    writer_release(&cases->writer);
    buffer_clear(&cases->wanted);
    begin_file(&cases->writer);
}

static void take(struct cases *cases, const char *line)
{
    double size, x, y;
    int text = 0;
    char font;

    if (strncmp(line, "case ", 5) == 0) {
        end_case(cases);
        snprintf(cases->name, sizeof cases->name, "%.100s", line + 5);
    } else if (strncmp(line, "line ", 5) == 0) {
        buffer_append_string(&cases->wanted, line + 5);
        buffer_append_byte(&cases->wanted, '\n');
    } else if (strcmp(line, "page") == 0) {
        end_page(&cases->writer);
    } else if (sscanf(line, "put %c %lf %lf %lf %n", &font, &size, &x, &y,
                      &text) == 4 &&
               text > 0) {
        put(&cases->writer, font, size, x, y, false, line + text);
    } else if (sscanf(line, "up %c %lf %lf %lf %n", &font, &size, &x, &y,
                      &text) == 4 &&
               text > 0) {
        put(&cases->writer, font, size, x, y, true, line + text);
    } else {
        ok(line[0] == '#' || line[0] == '\0', "understood: %s", line);
    }
}

static void test_lines(void)
{
    const char *top = getenv("srcdir");
    struct cases cases = {.wanted = BUFFER_EMPTY, .name = ""};
    char path[4096], line[1024];
    FILE *file;

    begin_file(&cases.writer);
    snprintf(path, sizeof path, "%s/tests/data/pdf/lines.txt", top ? top : ".");
    file = fopen(path, "r");
    if (!ok(file, "%s", path))
        return;
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        take(&cases, line);
    }
    end_case(&cases);
    fclose(file);
    writer_release(&cases.writer);
    buffer_release(&cases.wanted);
}

/* --- Files -------------------------------------------------------------- */

static enum status read_blocks(struct bytes content, struct buffer *out,
                               struct failure *failure)
{
    struct block_receiver receiver = blocks_receiver(out);

    *failure = (struct failure){.status = STATUS_OK};
    return pdf_blocks(content, "a.pdf", &receiver, failure);
}

static void refused(struct bytes content, const char *message, const char *name)
{
    struct buffer out = BUFFER_EMPTY;
    struct failure failure;

    ok(read_blocks(content, &out, &failure) == STATUS_INPUT, "%s: refused",
       name);
    is_bytes(bytes_of(failure.message), message, name);
    ok(out.length == 0, "%s: nothing came", name);
    buffer_release(&out);
}

static void write_plain(struct writer *writer, const char *title,
                        const char *trailer)
{
    begin_file(writer);
    put(writer, 'R', 10, 72, 100, false, "The General Assembly,");
    end_page(writer);
    end_file(writer, title, trailer);
}

static void test_refused(void)
{
    struct writer writer;

    refused(bytes_of(""), "a.pdf: is no PDF or a damaged one", "empty");
    refused(bytes_of("%PDF-1.4\nnothing of the sort"),
            "a.pdf: is no PDF or a damaged one", "garbage");
    begin_file(&writer);
    end_page(&writer);
    end_file(&writer, "", "");
    refused(buffer_bytes(&writer.file), "a.pdf: has no text layer (a scan?)",
            "no text");
    writer_release(&writer);
    begin_file(&writer);
    end_file(&writer, "", "");
    refused(buffer_bytes(&writer.file), "a.pdf: has no pages", "no pages");
    writer_release(&writer);
    write_plain(&writer, "",
                "/ID [(0123456789abcdef) (0123456789abcdef)] "
                "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
                "/O (0123456789abcdef0123456789abcdef) "
                "/U (0123456789abcdef0123456789abcdef) >>");
    refused(buffer_bytes(&writer.file), "a.pdf: is encrypted", "encrypted");
    writer_release(&writer);
}

/* A part of a file is read or refused, and nothing else. */
static void test_truncated(void)
{
    struct writer writer;
    size_t length;
    bool good = true;

    write_plain(&writer, "", "");
    for (length = 0; length < writer.file.length; length += 37) {
        struct buffer out = BUFFER_EMPTY;
        char *copy = malloc(length + 1);
        struct failure failure;
        enum status status;

        if (!copy)
            break;
        memcpy(copy, writer.file.data, length);
        status = read_blocks((struct bytes){copy, length}, &out, &failure);
        good = good && (status == STATUS_OK || status == STATUS_INPUT);
        free(copy);
        buffer_release(&out);
    }
    ok(good, "truncated");
    writer_release(&writer);
}

static void check_title(const char *title, bool sensible)
{
    struct buffer out = BUFFER_EMPTY;
    struct writer writer;
    struct failure failure;

    write_plain(&writer, title, "");
    ok(read_blocks(buffer_bytes(&writer.file), &out, &failure) == STATUS_OK,
       "read with the title '%s'", title);
    ok((out.length > 9 && memcmp(out.data, "document\t", 9) == 0) == sensible,
       "title '%s'", title);
    ok(memmem(out.data, out.length, "The General Assembly,", 21),
       "the text is there");
    if (sensible)
        ok(memmem(out.data, out.length, title, strlen(title)),
           "the title is there");
    buffer_release(&out);
    writer_release(&writer);
}

static void test_titles(void)
{
    check_title("Report on technical assistance", true);
    check_title("", false);
    check_title("A/53/603", false);
    check_title("Microsoft Word - N0449886.doc", false);
    check_title("final draft of the text.docx", false);
    check_title("Etpu", false);
}

int main(void)
{
    test_lines();
    test_refused();
    test_truncated();
    test_titles();
    return tap_done();
}
