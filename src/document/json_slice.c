/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The paragraphs of a slice, in any thread: what json_lines.c left open of
 * them is above all the language of those that do not name it. */
#include <config.h>

#include "src/document/json_lines_parts.h"

#include "base/ascii.h"
#include "src/text/language.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* So much of a text is enough for most, and more is looked at for those whose
 * language it does not tell. */
enum { LANGUAGE_HEAD = 160 };

/* Whose votes say what to take for the language of a line. */
struct votes {
    struct detector *detector;
    const struct language *language; /* of the lines before; NULL: none yet */
    unsigned n;                      /* of lines for it */
};

enum status json_slice_new(struct json_slice **slice, struct failure *failure)
{
    *slice = calloc(1, sizeof **slice);
    return *slice ? STATUS_OK : fail_memory(failure);
}

void json_slice_free(struct json_slice *slice)
{
    if (!slice)
        return;
    arena_release(&slice->arena);
    free(slice->lines);
    free(slice);
}

/* CODE as we call that language, or in lower case (in LOWER, of SIZE bytes)
 * if we do not know it. */
static struct bytes normalise_language(struct bytes code, char *lower,
                                       size_t size)
{
    const struct language *language = language_find(code);
    size_t i;

    if (language)
        return bytes_of(language->code);
    for (i = 0; i < code.length && i < size; i++) {
        lower[i] = code.data[i];
        if (is_ascii_capital(lower[i]))
            lower[i] = (char)(lower[i] + 'a' - 'A');
    }
    return (struct bytes){lower, i};
}

/* How long the head of TEXT is, which ends with a word if it can. */
static size_t text_head(struct bytes text)
{
    const char *end;

    if (text.length <= LANGUAGE_HEAD)
        return text.length;
    end = memrchr(text.data, ' ', LANGUAGE_HEAD);
    return end ? (size_t)(end - text.data) : text.length;
}

/* What to take for the language of TEXT, which does not name it. */
static const char *find_language(struct votes *votes, struct bytes text)
{
    const struct language *found;
    size_t head;

    if (text.length > JSON_LANGUAGE_SAMPLE)
        text.length = JSON_LANGUAGE_SAMPLE;
    head = text_head(text);
    detector_start(votes->detector);
    detector_add(votes->detector, (struct bytes){text.data, head});
    found = detector_language(votes->detector);
    if (!found && head < text.length) {
        detector_add(votes->detector,
                     (struct bytes){text.data + head, text.length - head});
        found = detector_language(votes->detector);
    }
    if (!found) {
        found = votes->language;
    } else if (found == votes->language) {
        votes->n += votes->n < JSON_MAX_VOTES;
    } else if (votes->n > 0) {
        votes->n--;
    } else {
        votes->language = found;
        votes->n = 1;
    }
    return found ? found->code : LANGUAGE_DEFAULT;
}

static enum status give(const struct json_slice *slice,
                        const struct slice_line *line, struct votes *votes,
                        paragraph_receiver receive, void *context,
                        struct failure *failure)
{
    const struct bytes *members = line->json.members;
    struct place place = {.text_length = members[JSON_TEXT].length,
                          .source = line->offset,
                          .source_length = line->length};
    struct paragraph paragraph = {
        .id = members[JSON_ID],
        .document = members[JSON_DOCUMENT],
        .title = members[JSON_TITLE],
        .date = members[JSON_DATE],
        .path = slice->path,
        .label = members[JSON_LABEL],
        .kind = members[JSON_KIND],
        .text = members[JSON_TEXT],
        .places = &place,
        .n_places = 1,
        .unit = PLACE_WHOLE,
        .ordinal = line->ordinal,
    };
    char lower[32], label[16];

    if (members[JSON_LANGUAGE].length > 0)
        paragraph.language =
            normalise_language(members[JSON_LANGUAGE], lower, sizeof lower);
    else
        paragraph.language =
            bytes_of(slice->language ? slice->language
                                     : find_language(votes, paragraph.text));
    if (paragraph.kind.length == 0)
        paragraph.kind = bytes_of("paragraph");
    if (paragraph.label.length == 0) {
        snprintf(label, sizeof label, "P%" PRIu32, paragraph.ordinal);
        paragraph.label = bytes_of(label);
    }
    return receive(context, &paragraph, failure);
}

enum status json_slice_read(const struct json_slice *slice,
                            struct detector *detector,
                            paragraph_receiver receive, void *context,
                            struct failure *failure)
{
    struct votes votes = {.detector = detector};
    enum status status = STATUS_OK;

    for (size_t i = 0; i < slice->n_voters; i++)
        find_language(&votes, slice->voters[i]);
    for (size_t i = 0; status == STATUS_OK && i < slice->n_lines; i++)
        status =
            give(slice, &slice->lines[i], &votes, receive, context, failure);
    return status;
}
