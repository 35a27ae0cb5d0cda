/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/rebuild_wording.h"

#include "base/ascii.h"
#include "src/document/rebuild_items.h"

#include <string.h>

bool leaves_bracket(struct bytes text)
{
    size_t closed = 0;

    for (size_t at = text.length; at > 0; at--) {
        char c = text.data[at - 1];

        if (c == ')' || c == ']')
            closed++;
        else if ((c == '(' || c == '[') && closed-- == 0)
            return true;
    }
    return false;
}

static bool ends_in_one_of(struct bytes text, const char *const *words,
                           size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bytes_end_with(text, words[i]))
            return true;
    return false;
}

bool ends_in_small_word(struct bytes text)
{
    static const char *const words[] = {
        " a",  " an", " and", " at",  " by",   " de",  " for", " from",
        " in", " la", " of",  " on",  " or",   " the", " to",  " with",
        " le", " du", " des", " les", " that", " its", " del", " y"};

    return ends_in_one_of(text, words, sizeof words / sizeof *words);
}

bool ends_in_and(struct bytes text)
{
    static const char *const words[] = {" and", " or", " et",
                                        " y",   " o",  " ou"};

    return ends_in_one_of(text, words, sizeof words / sizeof *words);
}

bool begins_preamble(struct bytes text)
{
    static const char *const others[] = {
        "Mindful",    "Aware",      "Conscious", "Desirous", "Deeply",
        "Gravely",    "Profoundly", "Strongly",  "Keenly",   "Fully",
        "Having",     "Also",       "Rappelant", "Notant",   "Recordando",
        "Observando", "Reafirmando"};
    size_t opening = opening_length(text), length = 0, i;

    text.data += opening;
    text.length -= opening;
    if (text.length == 0 || !is_ascii_capital(text.data[0]))
        return false;
    while (length < text.length && is_ascii_letter(text.data[length]))
        length++;
    if (length < 4 || (length < text.length && text.data[length] != ' ' &&
                       text.data[length] != '*' && text.data[length] != '_'))
        return false;
    if (memcmp(text.data + length - 3, "ing", 3) == 0 ||
        memcmp(text.data + length - 2, "ed", 2) == 0)
        return length > 4;
    for (i = 0; i < sizeof others / sizeof *others; i++)
        if (bytes_equal((struct bytes){text.data, length}, bytes_of(others[i])))
            return true;
    return false;
}

bool begins_with_tag(struct bytes text)
{
    enum { LONGEST_TAG = 40 };
    const char *end;

    if (text.length < 4 || text.data[0] != '[')
        return false;
    end = memchr(text.data, ']',
                 text.length < LONGEST_TAG ? text.length : LONGEST_TAG);
    return end && end + 1 < text.data + text.length &&
           (end[1] == ' ' || end[1] == '\t') &&
           !memchr(text.data, ' ', (size_t)(end - text.data));
}
