/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any line of JSON, read by jansson. */
#include <config.h>

#include "src/document/json_line.h"

#include "base/buffer.h"
#include "src/document/json_line_parts.h"

#include <jansson.h>

#include <stdio.h>
#include <string.h>

/* \u0000 may stand in a text, as any character may. */
enum { LOAD_FLAGS = JSON_ALLOW_NUL };

const struct json_member_facts json_members[JSON_N_MEMBERS] = {
    [JSON_DOCUMENT] = {"document", true},  [JSON_ID] = {"id", true},
    [JSON_LABEL] = {"label", true},        [JSON_TITLE] = {"title", false},
    [JSON_DATE] = {"date", false},         [JSON_KIND] = {"kind", false},
    [JSON_LANGUAGE] = {"language", false}, [JSON_TEXT] = {"text", false},
};

static enum status keep(struct arena *arena, const char *data, size_t length,
                        struct bytes *kept, struct failure *failure)
{
    char *copy = arena_allocate(arena, length + 1);

    if (!copy)
        return fail_memory(failure);
    memcpy(copy, data, length);
    *kept = (struct bytes){copy, length};
    return STATUS_OK;
}

/* A number as its text. */
static enum status keep_number(struct arena *arena, const json_t *number,
                               struct bytes *kept, struct failure *failure)
{
    char text[40];
    int length =
        json_is_integer(number)
            ? snprintf(text, sizeof text, "%" JSON_INTEGER_FORMAT,
                       json_integer_value(number))
            : snprintf(text, sizeof text, "%.15g", json_real_value(number));

    return keep(arena, text, (size_t)length, kept, failure);
}

/* What keeps OBJECT from being a paragraph; NULL if nothing does. */
static const char *objection(const json_t *object)
{
    const json_t *text = json_object_get(object, json_members[JSON_TEXT].name);

    if (!json_is_object(object))
        return "not a JSON object";
    if (!text || json_is_null(text))
        return "no 'text'";
    if (!json_is_string(text))
        return "'text' is not a string";
    if (json_string_length(text) == 0)
        return "'text' is empty";
    return NULL;
}

static enum status keep_member(const json_t *object, enum json_member member,
                               struct arena *arena, struct bytes *kept,
                               json_complaint complain, void *context,
                               struct failure *failure)
{
    const struct json_member_facts *facts = &json_members[member];
    const json_t *value = json_object_get(object, facts->name);
    char complaint[64];

    if (!value || json_is_null(value))
        return STATUS_OK;
    if (json_is_number(value) && facts->number)
        return keep_number(arena, value, kept, failure);
    if (!json_is_string(value)) {
        snprintf(complaint, sizeof complaint,
                 "'%s' is not a string and is ignored", facts->name);
    } else if (member != JSON_TEXT && memchr(json_string_value(value), '\0',
                                             json_string_length(value))) {
        /* These become terms and lines of output. */
        snprintf(complaint, sizeof complaint, "'%s' holds a NUL and is ignored",
                 facts->name);
    } else {
        return keep(arena, json_string_value(value), json_string_length(value),
                    kept, failure);
    }
    complain(context, complaint);
    return STATUS_OK;
}

enum status json_line_full(struct bytes line, struct arena *arena,
                           struct json_line *members, json_complaint complain,
                           void *context, struct failure *failure)
{
    json_error_t error;
    json_t *object = json_loadb(line.data, line.length, LOAD_FLAGS, &error);
    const char *wrong = object ? objection(object) : NULL;
    enum status status = STATUS_OK;

    *members = (struct json_line){{{NULL, 0}}};
    if (!object)
        return json_error_code(&error) == json_error_out_of_memory
                   ? fail_memory(failure)
                   : fail(failure, STATUS_INPUT, "not JSON: %s", error.text);
    if (wrong)
        status = fail(failure, STATUS_INPUT, "%s", wrong);
    for (int i = 0; status == STATUS_OK && i < JSON_N_MEMBERS; i++)
        status = keep_member(object, (enum json_member)i, arena,
                             &members->members[i], complain, context, failure);
    json_decref(object);
    return status;
}

enum status json_line_read(struct bytes line, struct arena *arena,
                           struct json_line *members, json_complaint complain,
                           void *context, struct failure *failure)
{
    if (json_line_quick(line, arena, members))
        return STATUS_OK;
    return json_line_full(line, arena, members, complain, context, failure);
}

bool json_line_has_text(struct bytes line)
{
    json_t *object = json_loadb(line.data, line.length, LOAD_FLAGS, NULL);
    bool has = json_object_get(object, json_members[JSON_TEXT].name);

    json_decref(object);
    return has;
}
