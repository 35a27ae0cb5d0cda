/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A result as a line of JSON; pilcrow-search(1) describes its members. */
#include <config.h>

#include "src/cli/output.h"

#include "src/text/utf8.h"

/* The two-character escapes of RFC 8259, section 7, by the character. */
static char short_escape(unsigned char c)
{
    switch (c) {
    case '"': return '"';
    case '\\': return '\\';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return 0;
    }
}

/* How many bytes at the start of TEXT can stand in a string as they are. */
static size_t plain_length(const char *text, size_t length)
{
    size_t at = 0;

    while (at < length) {
        unsigned char c = (unsigned char)text[at];
        char32_t code_point;
        size_t size = 1;

        if (c < 0x20 || c == '"' || c == '\\' || c == 0x7F)
            break;
        if (c >= 0x80) {
            size = utf8_decode(text + at, length - at, &code_point);
            if (code_point == UTF8_REPLACEMENT)
                break;
        }
        at += size;
    }
    return at;
}

void json_string(struct buffer *buffer, struct bytes text)
{
    size_t at = 0;

    buffer_append_byte(buffer, '"');
    while (at < text.length) {
        size_t plain = plain_length(text.data + at, text.length - at);
        unsigned char c;
        char32_t code_point;

        buffer_append(buffer, text.data + at, plain);
        at += plain;
        if (at == text.length)
            break;
        c = (unsigned char)text.data[at];
        if (c >= 0x80) {
            at += utf8_decode(text.data + at, text.length - at, &code_point);
            buffer_append_string(buffer, "\xEF\xBF\xBD");
        } else {
            if (short_escape(c))
                buffer_append_format(buffer, "\\%c", short_escape(c));
            else
                buffer_append_format(buffer, "\\u%04x", c);
            at++;
        }
    }
    buffer_append_byte(buffer, '"');
}

/* ,"NAME":"TEXT", or null where TEXT is empty. */
static void member(struct buffer *buffer, const char *name, struct bytes text)
{
    buffer_append_format(buffer, ",\"%s\":", name);
    if (text.length)
        json_string(buffer, text);
    else
        buffer_append_string(buffer, "null");
}

/* A member's name, after a comma where it is not the first. */
static void append_name(struct buffer *buffer, const char *name)
{
    const char *last = buffer->length ? buffer->data + buffer->length - 1 : "";

    buffer_append_format(buffer, "%s\"%s\":", *last == '{' ? "" : ",", name);
}

static const struct value_form form = {
    .text = json_string,
    .nothing = "null",
    .objects = true,
    .list_begin = "[",
    .list_middle = ",",
    .list_end = "]",
    .range_begin = "[",
    .range_middle = ",",
    .range_end = "]",
};

/* The indexes that could not be asked. */
static void append_missing(struct buffer *buffer, const struct reader *reader)
{
    const char *what, *why;
    size_t n = 0;

    while (reader && reader_missing(reader, n, &what, &why)) {
        buffer_append_string(buffer, n++ ? "," : ",\"missing\":[");
        json_string(buffer, bytes_of(what));
    }
    if (n)
        buffer_append_byte(buffer, ']');
}

static void write_result(struct output *output, const struct result *result)
{
    const struct fields *fields = &output->fields;
    struct buffer *buffer = &output->text;

    buffer_append_byte(buffer, '{');
    for (size_t i = 0; i < fields->n_items; i++) {
        if (!fields->chosen && !field_applies(fields->items[i], output))
            continue;
        append_name(buffer, field_name(fields->items[i]));
        field_write(fields->items[i], &form, output, result, buffer);
    }
    append_missing(buffer, output->reader);
    buffer_append_string(buffer, "}\n");
}

/* The opening of an object: the version, which query it belongs to, and whether
 * all were asked. */
static void begin(struct output *output)
{
    buffer_append_format(&output->text, "{\"format\":%d", OUTPUT_VERSION);
    if (output->asked) {
        member(&output->text, "query", output->asked->id);
        member(&output->text, "query_text", output->asked->text);
    }
    append_missing(&output->text, output->reader);
}

static void write_count(struct output *output, const struct matches *matches)
{
    begin(output);
    buffer_append_format(&output->text,
                         ",\"paragraphs\":%zu,\"documents\":%zu}\n",
                         matches->n_paragraphs, matches->n_documents);
}

static void write_failure(struct output *output, const struct failure *failure)
{
    begin(output);
    member(&output->text, "error", bytes_of(failure->message));
    if (failure->column)
        buffer_append_format(&output->text, ",\"column\":%zu}\n",
                             failure->column);
    else
        buffer_append_string(&output->text, ",\"column\":null}\n");
}

const struct output_format output_jsonl = {
    .name = "jsonl",
    .fields = "format,query,query_text,rank,score,document,title,heading,date,"
              "path,label,address,kind,language,text,matches,snippet,source,"
              "source_matches,page,around,n_copies,copies",
    .result = write_result,
    .count = write_count,
    .failure = write_failure,
};
