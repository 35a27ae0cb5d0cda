/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files to paragraphs: encodings, packed files, places, and what is refused. */
#include <config.h>

#include "src/document/document.h"

#include "base/buffer.h"
#include "src/document/format.h"
#include "src/document/source.h"
#include "tests/tap.h"

#include <zlib.h>

#include <glob.h>
#include <stdlib.h>

static const char *top(void)
{
    const char *directory = getenv("srcdir");

    return directory ? directory : ".";
}

static enum status list(void *context, const struct paragraph *paragraph,
                        struct failure *failure)
{
    struct buffer *out = context;

    (void)failure;
    buffer_append(out, paragraph->label.data, paragraph->label.length);
    buffer_append_byte(out, '\t');
    buffer_append(out, paragraph->kind.data, paragraph->kind.length);
    buffer_append_byte(out, '\t');
    buffer_append(out, paragraph->text.data, paragraph->text.length);
    buffer_append_byte(out, '\n');
    return STATUS_OK;
}

/* Text and places: TEXT [text+length=source+length unit page adjoins]… */
static enum status list_places(void *context, const struct paragraph *paragraph,
                               struct failure *failure)
{
    struct buffer *out = context;
    size_t i;

    (void)failure;
    buffer_append(out, paragraph->text.data, paragraph->text.length);
    for (i = 0; i < paragraph->n_places; i++) {
        const struct place *place = &paragraph->places[i];

        buffer_append_format(out, " %zu+%zu=%zu+%zu", place->text,
                             place->text_length, place->source,
                             place->source_length);
        if (place->page)
            buffer_append_format(out, "p%u", (unsigned)place->page);
        buffer_append_string(out, place->adjoins ? "&" : "");
    }
    buffer_append_format(out, " u%d\n", (int)paragraph->unit);
    return STATUS_OK;
}

static enum status read_memory(struct bytes data, paragraph_receiver receive,
                               void *context, struct failure *failure)
{
    struct document_options options = {.language = "en"};
    struct reading reading = {"memory", &options, receive, context};
    struct source *source;
    enum status status =
        source_open_memory("memory", data.data, data.length, &source, failure);

    if (status == STATUS_OK)
        status = format_read(source, &reading, failure);
    source_close(source);
    return status;
}

/* .text as written here: \xNN are bytes of the file. */
static const struct {
    const char *name, *data;
    size_t length;
    const char *expected;
} encodings[] = {
#define DATA(string) string, sizeof string - 1
    {"UTF-8", DATA("Bogot\xc3\xa1 yes"), "Bogotá yes 0+11=0+11 u0\n"},
    {"UTF-8 with a mark",
     DATA("\xef\xbb\xbf"
          "Bogot\xc3\xa1\n\nx"),
     "Bogotá 0+7=3+7 u0\nx 0+1=12+1 u0\n"},
    {"a damaged UTF-8", DATA("\xc3\xa1\xc3\xa1\xc3\xa1\xc3\xa1 a\xff z"),
     "áááá a\xef\xbf\xbd z 0+10=0+10 13+2=11+2 u0\n"},
    {"a damaged UTF-8 with a mark", DATA("\xef\xbb\xbf\xe4 a\xe2\x80"),
     "\xef\xbf\xbd a\xef\xbf\xbd 3+2=4+2 u0\n"},
    {"U+FFFD as such", DATA("\xef\xbf\xbd a"), "\xef\xbf\xbd a 0+5=0+5 u0\n"},
    {"Latin-1", DATA("Bogot\xe1  ya"), "Bogotá ya 0+8=0+7 8+2=8+2& u1\n"},
    {"Windows-1252", DATA("\x93quoted\x94 \x80 5\n\nn\xe4"),
     "“quoted” € 5 0+18=0+12 u1\nnä 0+3=14+2 u1\n"},
    {"UTF-16LE",
     DATA("\xff\xfe"
          "a\0\xe1\0\n\0 \0\x3d\xd8\x00\xdez\0"),
     "aá 😀z 0+4=2+6 4+5=10+6& u2\n"},
    {"UTF-16BE", DATA("\xfe\xff\0a\0\xe1\xd8\x3d"),
     "aá\xef\xbf\xbd "
     "0+6=2+6 u2\n"},
    {"UTF-16LE without a mark", DATA("a\0b\0 \0c\0"), "ab c 0+4=0+8 u2\n"},
    {"UTF-16BE without a mark", DATA("\0a\0b\0 \0c"), "ab c 0+4=0+8 u2\n"},
    {"UTF-16 with half a unit",
     DATA("\xff\xfe"
          "a\0 \0b"),
     "a \xef\xbf\xbd 0+2=2+4 u2\n"},
    {"runs of white space",
     DATA(" a\t b  c\td\xc2\xa0"
          "e\n f"),
     "a b c d e f 0+2=1+2 2+2=4+2& 4+3=7+3& 8+2=12+2& 10+1=15+1& u0\n"},
    {"pages", DATA("a\n\fb \n\nc"),
     "a b 0+2=0+2p1 2+1=3+1p2& u0\n"
     "c 0+1=7+1p2 u0\n"},
    {"a soft hyphen", DATA("co\xc2\xad\r\nop"), "coop 0+2=0+2 2+2=6+2 u0\n"},
    {"a hyphen", DATA("co-\r\nop"), "coop 0+2=0+2 2+2=5+2 u0\n"},
    {"nothing", DATA(""), ""},
    {"a mark only", DATA("\xef\xbb\xbf"), ""},
};

static void test_encodings(void)
{
    size_t i;

    for (i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        struct bytes data = {encodings[i].data, encodings[i].length};
        struct buffer out = BUFFER_EMPTY;
        struct failure failure;

        ok(read_memory(data, list_places, &out, &failure) == STATUS_OK,
           "%s is read", encodings[i].name);
        is_bytes(buffer_bytes(&out), encodings[i].expected, encodings[i].name);
        buffer_release(&out);
    }
}

static const struct {
    const char *data;
    size_t length;
    const char *message;
} refused[] = {
    {DATA("PK\3\4abc"), "memory: is a ZIP archive, which this version does "
                        "not read"},
    {DATA("\x7f"
          "ELF\2\1\1"),
     "memory: is a program (ELF), which this version does not read"},
    {DATA("ab\0\0\0\0\1\2\3"),
     "memory: is binary data, which this version does not read"},
    {DATA("\1\2\3\4 garbage"),
     "memory: is binary data, which this version does not read"},
};

static void test_refused(void)
{
    struct document_options options = {.language = "en"};
    struct failure failure;
    size_t i;

    for (i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct bytes data = {refused[i].data, refused[i].length};
        struct buffer out = BUFFER_EMPTY;

        ok(read_memory(data, list, &out, &failure) == STATUS_INPUT &&
               out.length == 0,
           "refused");
        is_bytes(bytes_of(failure.message), refused[i].message, "by name");
        buffer_release(&out);
    }
    ok(document_read("/nowhere/at/all", &options, list, NULL, &failure) ==
           STATUS_IO,
       "a missing file");
    is_bytes(bytes_of(failure.message),
             "cannot open '/nowhere/at/all': No such file or directory",
             "is named");
    ok(document_read(top(), &options, list, NULL, &failure) == STATUS_IO,
       "a folder is no file");
}

/* Append a gzip member with TEXT. */
static void append_member(struct buffer *packed, const char *text)
{
    z_stream packer = {0};
    char *input = strdup(text);
    unsigned char bytes[512];

    if (!input || deflateInit2(&packer, 6, Z_DEFLATED, 15 + 16, 8,
                               Z_DEFAULT_STRATEGY) != Z_OK)
        abort();
    packer.next_in = (Bytef *)input;
    packer.avail_in = (uInt)strlen(text);
    packer.next_out = bytes;
    packer.avail_out = sizeof bytes;
    ok(deflate(&packer, Z_FINISH) == Z_STREAM_END, "packed");
    buffer_append(packed, (char *)bytes, packer.total_out);
    deflateEnd(&packer);
    free(input);
}

/* Read PACKED and compare what came of it. */
static void read_packed(const struct buffer *packed, const char *expected,
                        const char *message, const char *name)
{
    struct buffer out = BUFFER_EMPTY;
    struct failure failure = {.message = ""};
    enum status status =
        read_memory(buffer_bytes(packed), list, &out, &failure);

    ok(status == (*message ? STATUS_INPUT : STATUS_OK), "%s", name);
    is_bytes(bytes_of(failure.message), message, name);
    is_bytes(buffer_bytes(&out), expected, name);
    buffer_release(&out);
}

static void test_gzip(void)
{
    struct buffer packed = BUFFER_EMPTY, twice = BUFFER_EMPTY;
    struct buffer nested = BUFFER_EMPTY;

    append_member(&packed, "One\n\nand tw");
    append_member(&packed, "o.\n");
    read_packed(&packed, "T1\ttitle\tOne\nP1\tparagraph\tand two.\n", "",
                "two members");
    buffer_append(&twice, packed.data, packed.length);
    buffer_append(&twice, "\0\0\0", 3);
    read_packed(&twice, "T1\ttitle\tOne\nP1\tparagraph\tand two.\n", "",
                "zeros behind");
    buffer_append_string(&twice, "x");
    read_packed(&twice, "", "memory: something else follows the gzip data",
                "something behind");
    packed.length -= 3;
    read_packed(&packed, "", "memory: gzip data ends early", "cut short");
    packed.length = 12;
    read_packed(&packed, "", "memory: gzip data ends early", "cut shorter");
    twice.data[12] ^= 0x55;
    buffer_clear(&packed);
    append_member(&packed, "damage it");
    packed.data[packed.length - 6] ^= 1;
    read_packed(&packed, "", "memory: damaged gzip data: incorrect data check",
                "a wrong checksum");
    append_member(&nested, "\x1f\x8b\x08");
    read_packed(&nested, "",
                "memory: is gzip data in gzip data, which this version does "
                "not read",
                "gzip in gzip");
    buffer_release(&packed);
    buffer_release(&twice);
    buffer_release(&nested);
}

struct comparison {
    struct bytes file;
    size_t n_resources, n_funds, n_wrong;
};

static bool holds(struct bytes text, const char *words)
{
    return memmem(text.data, text.length, words, strlen(words));
}

/* Whether PLACE of TEXT is what stands there in FILE, white space aside. */
static bool place_holds(struct bytes file, struct bytes text,
                        const struct place *place)
{
    size_t i;

    if (place->source_length != place->text_length ||
        place->source + place->source_length > file.length ||
        place->text + place->text_length > text.length)
        return false;
    for (i = 0; i < place->text_length; i++) {
        char got = text.data[place->text + i];
        char there = file.data[place->source + i];

        if (got != there && !(got == ' ' && strchr("\t\n\r\f", there)))
            return false;
    }
    return true;
}

static enum status compare(void *context, const struct paragraph *paragraph,
                           struct failure *failure)
{
    struct comparison *comparison = context;
    size_t i, end = 0;

    (void)failure;
    comparison->n_resources +=
        holds(paragraph->text, "extrabudgetary resources");
    comparison->n_funds += holds(paragraph->text, "extrabudgetary funds");
    for (i = 0; i < paragraph->n_places; i++) {
        const struct place *place = &paragraph->places[i];

        /* All but an inserted space has a place. */
        comparison->n_wrong +=
            !place_holds(comparison->file, paragraph->text, place) ||
            place->text > end + 1;
        end = place->text + place->text_length;
    }
    comparison->n_wrong += end != paragraph->text.length;
    return STATUS_OK;
}

static void test_corpus(void)
{
    static const char *const files[] = {"A-RES-58-136", "A-RES-59-153",
                                        "E-RES-2003-22", "E-RES-2004-19",
                                        "E-RES-2005-19"};
    struct comparison all = {.n_resources = 0};
    size_t i;

    for (i = 0; i < sizeof files / sizeof *files; i++) {
        struct document_options options = {.language = "en"};
        struct buffer path = BUFFER_EMPTY;
        struct source *source = NULL;
        struct failure failure;

        buffer_append_format(&path, "%s/corpus/%s.txt", top(), files[i]);
        buffer_append_byte(&path, '\0');
        all.n_wrong = 0;
        ok(source_open(path.data, NULL, &source, &failure) == STATUS_OK &&
               source_all(source, &all.file, &failure) == STATUS_OK &&
               document_read(path.data, &options, compare, &all, &failure) ==
                   STATUS_OK,
           "%s is read", files[i]);
        ok(all.n_wrong == 0, "every place holds its text");
        source_close(source);
        buffer_release(&path);
    }
    ok(all.n_resources == 15, "15 paragraphs of one wording");
    ok(all.n_funds == 2, "and 2 of the other");
}

static enum status stop(void *context, const struct paragraph *paragraph,
                        struct failure *failure)
{
    (void)paragraph;
    ++*(int *)context;
    return fail(failure, STATUS_INTERRUPTED, "enough");
}

static void test_stop(void)
{
    struct failure failure;
    int n = 0;

    ok(read_memory(bytes_of("a\n\nb\n\nc"), stop, &n, &failure) ==
               STATUS_INTERRUPTED &&
           n == 1,
       "the receiver can stop the reading");
}

struct pieces {
    size_t n_pieces, n_words, longest;
};

static enum status measure(void *context, const struct paragraph *paragraph,
                           struct failure *failure)
{
    struct pieces *pieces = context;
    size_t i;

    (void)failure;
    pieces->n_pieces++;
    for (i = 0; i < paragraph->text.length; i++)
        pieces->n_words += paragraph->text.data[i] == 'w';
    if (paragraph->text.length > pieces->longest)
        pieces->longest = paragraph->text.length;
    return STATUS_OK;
}

/* A text that consists of N times UNIT is cut, and nothing of it is lost. */
static void test_cut(const char *unit, size_t n, const char *name)
{
    struct pieces pieces = {0, 0, 0};
    struct buffer text = BUFFER_EMPTY;
    struct failure failure;
    size_t i;

    for (i = 0; i < n; i++)
        buffer_append_string(&text, unit);
    ok(read_memory(buffer_bytes(&text), measure, &pieces, &failure) ==
               STATUS_OK &&
           pieces.n_pieces > 1 && pieces.n_words == n,
       "%s: nothing is lost", name);
    ok(pieces.longest <= 2 << 20, "%s: the longest has %zu bytes", name,
       pieces.longest);
    buffer_release(&text);
}

int main(void)
{
    test_encodings();
    test_refused();
    test_gzip();
    test_corpus();
    test_stop();
    test_cut("word ", 700000, "one line");
    test_cut("w", 3000000, "one word");
    test_cut("word,\n", 700000, "one block");
    return tap_done();
}
