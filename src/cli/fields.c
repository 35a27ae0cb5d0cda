/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/cli/fields.h"

#include "src/cli/output.h"

#include <string.h>

/* A value being written. */
struct value {
    const struct value_form *form;
    struct buffer *buffer;
    const struct output *output;
    const struct result *result;
    size_t n_items; /* of a list, so far */
};

/* When a field that was not asked for is written. */
enum occasion { ALWAYS, IN_BATCH, WITH_COPIES, WITH_CONTEXT };

struct field {
    const char *name;
    void (*write)(struct value *value, const struct field *field);
    size_t member; /* of a paragraph's string */
    enum occasion occasion;
};

static void write_text(struct value *value, struct bytes text)
{
    if (text.length)
        value->form->text(value->buffer, text);
    else
        buffer_append_string(value->buffer, value->form->nothing);
}

static void write_number(struct value *value, size_t number)
{
    if (number)
        buffer_append_format(value->buffer, "%zu", number);
    else
        buffer_append_string(value->buffer, value->form->nothing);
}

static void write_range(void *context, size_t start, size_t end)
{
    struct value *value = context;
    const struct value_form *form = value->form;

    if (value->n_items++)
        buffer_append_byte(value->buffer, ',');
    buffer_append_format(value->buffer, "%s%zu%s%zu%s", form->range_begin,
                         start, form->range_middle, end, form->range_end);
}

static void format(struct value *value, const struct field *field)
{
    (void)field;
    write_number(value, OUTPUT_VERSION);
}

static void query(struct value *value, const struct field *field)
{
    const struct asked *asked = value->output->asked;

    (void)field;
    write_text(value, asked ? asked->id : (struct bytes){0});
}

static void query_text(struct value *value, const struct field *field)
{
    const struct asked *asked = value->output->asked;

    (void)field;
    write_text(value, asked ? asked->text : (struct bytes){0});
}

static void rank(struct value *value, const struct field *field)
{
    (void)field;
    write_number(value, value->result->rank);
}

static void score(struct value *value, const struct field *field)
{
    (void)field;
    if (value->result->rank)
        buffer_append_format(value->buffer, "%.6f", value->result->score);
    else
        buffer_append_string(value->buffer, value->form->nothing);
}

/* The rank of the result that the paragraph is context of. */
static void around(struct value *value, const struct field *field)
{
    (void)field;
    write_number(value, value->result->around);
}

static void n_copies(struct value *value, const struct field *field)
{
    const struct copies *copies = value->result->copies;

    (void)field;
    if (copies)
        buffer_append_format(value->buffer, "%zu", copies->n_items);
    else
        buffer_append_string(value->buffer, value->form->nothing);
}

/* Their addresses. */
static void copies(struct value *value, const struct field *field)
{
    const struct copies *copies = value->result->copies;
    size_t at = 0;

    (void)field;
    buffer_append_string(value->buffer, value->form->list_begin);
    while (copies && at < copies->addresses.length) {
        const char *address = copies->addresses.data + at;

        if (at > 0)
            buffer_append_string(value->buffer, value->form->list_middle);
        write_text(value, bytes_of(address));
        at += strlen(address) + 1;
    }
    buffer_append_string(value->buffer, value->form->list_end);
}

static void string(struct value *value, const struct field *field)
{
    const char *paragraph = (const char *)value->result->paragraph;

    write_text(value, *(const struct bytes *)(paragraph + field->member));
}

static void address(struct value *value, const struct field *field)
{
    (void)field;
    write_text(value, value->result->address);
}

static void ranges(struct value *value, const struct spans *spans)
{
    buffer_append_string(value->buffer, value->form->list_begin);
    for (size_t i = 0; spans && i < spans->n_items; i++)
        write_range(value, spans->items[i].start, spans->items[i].end);
    buffer_append_string(value->buffer, value->form->list_end);
}

static void matches(struct value *value, const struct field *field)
{
    (void)field;
    ranges(value, value->result->matches);
}

/* The text, and where objects can be, its matches with it, or nothing where it
 * is the paragraph. */
static void snippet(struct value *value, const struct field *field)
{
    const struct snippet *snippet = value->result->snippet;

    (void)field;
    if (!value->form->objects) {
        write_text(value, snippet ? buffer_bytes(&snippet->text)
                                  : value->result->paragraph->text);
        return;
    }
    if (!snippet) {
        buffer_append_string(value->buffer, value->form->nothing);
        return;
    }
    buffer_append_string(value->buffer, "{\"text\":");
    write_text(value, buffer_bytes(&snippet->text));
    buffer_append_string(value->buffer, ",\"matches\":");
    ranges(value, &snippet->matches);
    buffer_append_byte(value->buffer, '}');
}

static void source(struct value *value, const struct field *field)
{
    (void)field;
    buffer_append_string(value->buffer, value->form->list_begin);
    source_ranges(value->result->paragraph, write_range, value);
    buffer_append_string(value->buffer, value->form->list_end);
}

/* Where in the file the matches are. */
static void source_matches(struct value *value, const struct field *field)
{
    const struct spans *spans = value->result->matches;

    (void)field;
    buffer_append_string(value->buffer, value->form->list_begin);
    for (size_t i = 0; spans && i < spans->n_items; i++) {
        size_t start, end;

        paragraph_source(value->result->paragraph, spans->items[i].start,
                         spans->items[i].end, &start, &end);
        if (start < end)
            write_range(value, start, end);
    }
    buffer_append_string(value->buffer, value->form->list_end);
}

static void page(struct value *value, const struct field *field)
{
    (void)field;
    write_number(value, first_page(value->result->paragraph));
}

#define STRING(name) #name, string, offsetof(struct paragraph, name), ALWAYS

static const struct field table[] = {
    {"format", format, 0, ALWAYS},
    {"query", query, 0, IN_BATCH},
    {"query_text", query_text, 0, IN_BATCH},
    {"rank", rank, 0, ALWAYS},
    {"score", score, 0, ALWAYS},
    {STRING(document)},
    {STRING(title)},
    {STRING(heading)},
    {STRING(date)},
    {STRING(path)},
    {STRING(label)},
    {"address", address, 0, ALWAYS},
    {STRING(kind)},
    {STRING(language)},
    {STRING(text)},
    {"matches", matches, 0, ALWAYS},
    {"snippet", snippet, 0, ALWAYS},
    {"source", source, 0, ALWAYS},
    {"source_matches", source_matches, 0, ALWAYS},
    {"page", page, 0, ALWAYS},
    {"around", around, 0, WITH_CONTEXT},
    {"n_copies", n_copies, 0, WITH_COPIES},
    {"copies", copies, 0, WITH_COPIES},
};

enum { N_MEMBERS = sizeof table / sizeof table[0] };

static enum status refuse(struct bytes name, struct failure *failure)
{
    char names[300] = "";
    size_t length = 0;

    for (size_t i = 0; i < N_MEMBERS && length < sizeof names; i++)
        length += (size_t)snprintf(names + length, sizeof names - length,
                                   "%s%s", i ? ", " : "", table[i].name);
    return fail(failure, STATUS_USAGE,
                "there is no field '%.*s'; the fields are %s",
                (int)(name.length < 40 ? name.length : 40), name.data, names);
}

enum status fields_parse(const char *list, struct fields *fields,
                         struct failure *failure)
{
    *fields = (struct fields){.n_items = 0};
    for (;;) {
        struct bytes name = {list, strcspn(list, ",")};
        size_t i = 0;

        while (i < N_MEMBERS && !bytes_equal(bytes_of(table[i].name), name))
            i++;
        if (i == N_MEMBERS)
            return refuse(name, failure);
        if (fields->n_items == FIELDS_MAX)
            return fail(failure, STATUS_USAGE, "--fields takes %d at most",
                        FIELDS_MAX);
        fields->items[fields->n_items++] = &table[i];
        list += name.length;
        if (*list == '\0')
            return STATUS_OK;
        list++;
    }
}

bool fields_have(const struct fields *fields, const char *name)
{
    for (size_t i = 0; i < fields->n_items; i++)
        if (strcmp(fields->items[i]->name, name) == 0)
            return true;
    return false;
}

const char *field_name(const struct field *field)
{
    return field->name;
}

bool field_applies(const struct field *field, const struct output *output)
{
    switch (field->occasion) {
    case ALWAYS: return true;
    case IN_BATCH: return output->asked != NULL;
    case WITH_COPIES: return output->collapse;
    case WITH_CONTEXT: return output->context;
    }
    return false;
}

void field_write(const struct field *field, const struct value_form *form,
                 const struct output *output, const struct result *result,
                 struct buffer *buffer)
{
    struct value value = {form, buffer, output, result, 0};

    field->write(&value, field);
}
