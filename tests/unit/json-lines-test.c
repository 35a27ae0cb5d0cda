/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON Lines: each row is a file, what is warned of when it is cut, and what it
 * gives. */
#include <config.h>

#include "src/document/format.h"

#include "base/buffer.h"
#include "tests/tap.h"

static enum status list(void *context, const struct paragraph *paragraph,
                        struct failure *failure)
{
    const struct bytes members[] = {
        paragraph->id,    paragraph->document, paragraph->label,
        paragraph->kind,  paragraph->language, paragraph->date,
        paragraph->title, paragraph->text,
    };
    struct buffer *out = context;
    size_t i;

    (void)failure;
    for (i = 0; i < sizeof members / sizeof *members; i++) {
        buffer_append(out, members[i].data, members[i].length);
        buffer_append_byte(out, '|');
    }
    buffer_append_format(out, "%u", (unsigned)paragraph->ordinal);
    if (paragraph->n_places == 1 && paragraph->unit == PLACE_WHOLE)
        buffer_append_format(out, "@%zu+%zu\n", paragraph->places->source,
                             paragraph->places->source_length);
    return STATUS_OK;
}

static void warn(void *context, const char *message)
{
    struct buffer *out = context;

    buffer_append_string(out, message);
    buffer_append_byte(out, '\n');
}

#define DATA(string) string, sizeof string - 1

static const struct {
    const char *path, *data;
    size_t length;
    const char *expected;
} cases[] = {
    {"x", DATA("{\"text\":\"one\"}\n{\"text\":\" two \"}\r\n"),
     "|x|P1|paragraph|en|||one|1@0+14\n"
     "|x|P2|paragraph|en||| two |2@15+16\n"},
    {"a.jsonl",
     DATA("\n{\"text\":\"t\",\"id\":7,\"document\":2.5,\"label\":\"L\","
          "\"kind\":\"k\",\"language\":\"xx-Q\",\"date\":\"2003-12-22T10:00\","
          "\"title\":\"T\",\"other\":[1]}\n"),
     "7|2.5|L|k|xx-q|2003-12-22|T|t|1@1+125\n"},
    {"a.ndjson.gz",
     DATA("{\"text\":\"a\",\"document\":\"D\"}\n{\"text\":\"b\",\"document\":"
          "\"D\"}\n{\"text\":\"c\",\"document\":\"E\"}\n{\"text\":\"d\"}"),
     "|D|P1|paragraph|en|||a|1@0+27\n|D|P2|paragraph|en|||b|2@28+27\n"
     "|E|P1|paragraph|en|||c|1@56+27\n|a.ndjson.gz|P1|paragraph|en|||d|1"
     "@84+12\n"},
    {"x",
     DATA("{\"text\":\"a\",\"kind\":null,\"date\":\"2003-02-29\"}\n"
          "{\"text\":\"b\",\"date\":\"2003-13\"}\n"
          "{\"text\":\"c\",\"date\":\"2004-02-29\"}\n"
          "{\"text\":\"d\",\"date\":\"2004\"}\n"),
     "x: line 1: 'date' is no date (YYYY-MM-DD) and is ignored\n"
     "x: line 2: 'date' is no date (YYYY-MM-DD) and is ignored\n"
     "|x|P1|paragraph|en|||a|1@0+44\n"
     "|x|P2|paragraph|en|||b|2@45+29\n"
     "|x|P3|paragraph|en|2004-02-29||c|3@75+32\n"
     "|x|P4|paragraph|en|2004||d|4@108+26\n"},
    {"x",
     DATA("{\"text\":\"a\",\"title\":1,\"id\":[],\"label\":\"a\\u0000b\"}"),
     "x: line 1: 'id' is not a string and is ignored\n"
     "x: line 1: 'label' holds a NUL and is ignored\n"
     "x: line 1: 'title' is not a string and is ignored\n"
     "|x|P1|paragraph|en|||a|1@0+49\n"},
    {"b.jsonl",
     DATA("{\"text\":\"a\"}\nnonsense\n[]\n{\"t\":1}\n{\"text\":2}\n"
          "{\"text\":\"\"}\n\n{\"text\":\"\xff\"}\n{\"text\":\"b\"}"),
     "b.jsonl: line 2: not JSON: '[' or '{' expected near 'nonsense'\n"
     "b.jsonl: line 3: not a JSON object\n"
     "b.jsonl: line 4: no 'text'\n"
     "b.jsonl: line 5: 'text' is not a string\n"
     "b.jsonl: line 6: 'text' is empty\n"
     "b.jsonl: line 8: not JSON: unable to decode byte 0xff near '\"'\n"
     "|b.jsonl|P1|paragraph|en|||a|1@0+12\n"
     "|b.jsonl|P2|paragraph|en|||b|2@70+12\n"
     "b.jsonl: 6 of 8 lines could not be read"},
    {"x", DATA("\xef\xbb\xbf{\"text\":\"a\"}"),
     "|x|P1|paragraph|en|||a|1@3+12\n"},
    {"x.jsonl", DATA(""), ""},
    {"x", DATA("{ no object }"), "|x|P1|paragraph|en|||{ no object }|1"},
    {"x", DATA("{\"a\": 1}"), "|x|P1|paragraph|en|||{\"a\": 1}|1"},
};

static enum status list_language(void *context,
                                 const struct paragraph *paragraph,
                                 struct failure *failure)
{
    (void)failure;
    buffer_append(context, paragraph->language.data,
                  paragraph->language.length);
    buffer_append_byte(context, ' ');
    return STATUS_OK;
}

#define ENGLISH "it was not what they had been told, and there were others"
#define FRENCH "ce n'est pas ce que les autres ont dit dans la ville, et il est"

/* A short line is in the language of those before it; one in another language
 * among them does not change that. */
static void test_languages(void)
{
    static const char data[] =
        "{\"text\":\"a\"}\n"
        "{\"text\":\"" FRENCH "\"}\n"
        "{\"text\":\"b\"}\n"
        "{\"text\":\"" ENGLISH "\"}\n"
        "{\"text\":\"c\"}\n"
        "{\"text\":\"" ENGLISH "\"}\n"
        "{\"text\":\"d\"}\n"
        "{\"text\":\"" FRENCH "\", \"language\":\"es\"}\n";
    struct document_options options = {.language = NULL};
    struct buffer out = BUFFER_EMPTY;
    struct reading reading = {"x.jsonl", &options, list_language, &out};
    struct source *source;
    struct failure failure;

    ok(source_open_memory("x", data, sizeof data - 1, &source, &failure) ==
               STATUS_OK &&
           format_read(source, &reading, &failure) == STATUS_OK,
       "lines without a language");
    is_bytes(buffer_bytes(&out), "en fr fr en fr en en es ", "their languages");
    source_close(source);
    buffer_release(&out);
}

/* Objects in objects in objects must not reach the end of the stack. */
static void test_depth(void)
{
    struct document_options options = {.language = "en"};
    struct buffer data = BUFFER_EMPTY, out = BUFFER_EMPTY;
    struct reading reading = {"x.jsonl", &options, list, &out};
    struct source *source;
    struct failure failure;
    size_t i;

    for (i = 0; i < 1000000; i++)
        buffer_append_byte(&data, '[');
    ok(source_open_memory("x", data.data, data.length, &source, &failure) ==
               STATUS_OK &&
           format_read(source, &reading, &failure) == STATUS_INPUT,
       "a million brackets");
    source_close(source);
    buffer_release(&data);
    buffer_release(&out);
}

int main(void)
{
    size_t i;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = BUFFER_EMPTY;
        struct document_options options = {
            .language = "en", .warn = warn, .warn_context = &out};
        struct reading reading = {cases[i].path, &options, list, &out};
        struct source *source;
        struct failure failure = {.message = ""};
        enum status status = source_open_memory(
            cases[i].path, cases[i].data, cases[i].length, &source, &failure);

        if (status == STATUS_OK)
            status = format_read(source, &reading, &failure);
        buffer_append_string(&out, failure.message);
        ok((status == STATUS_INPUT) == (failure.message[0] != '\0'),
           "status of case %zu", i);
        is_bytes(buffer_bytes(&out), cases[i].expected, cases[i].path);
        source_close(source);
        buffer_release(&out);
    }
    test_depth();
    test_languages();
    return tap_done();
}
