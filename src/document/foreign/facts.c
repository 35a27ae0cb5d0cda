/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Titles, dates and languages that a file says it has. */
#include <config.h>

#include "src/document/foreign/facts.h"

#include "src/document/characters.h"

#include <strings.h>

static struct bytes trim(struct bytes text)
{
    size_t white;

    while ((white = white_length(text.data, text.length)) > 0) {
        text.data += white;
        text.length -= white;
    }
    while ((white = white_length_before(text.data, text.length)) > 0)
        text.length -= white;
    return text;
}

static bool begins(struct bytes text, const char *start)
{
    size_t length = strlen(start);

    return text.length >= length && strncasecmp(text.data, start, length) == 0;
}

static bool ends(struct bytes text, const char *end)
{
    size_t length = strlen(end);

    return text.length >= length &&
           strncasecmp(text.data + text.length - length, end, length) == 0;
}

struct bytes facts_title(struct bytes title)
{
    static const char *const starts[] = {"microsoft word - ", "untitled",
                                         "untitled document", "http://",
                                         "https://",          "file:"};
    static const char *const alone[] = {"document", "title",   "word document",
                                        "normal",   "slide 1", "template"};
    static const char *const suffixes[] = {
        ".doc", ".docx", ".dot", ".dotx", ".odt",  ".rtf", ".wpd", ".pdf",
        ".txt", ".htm",  ".xml", ".html", ".docm", ".tmp", ".epub"};
    struct bytes rest = title = trim(title);
    size_t i;

    for (i = 0; i < sizeof starts / sizeof *starts; i++)
        if (begins(title, starts[i]))
            return (struct bytes){0};
    for (i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (ends(title, suffixes[i]))
            return (struct bytes){0};
    while (rest.length > 0 && rest.data[rest.length - 1] >= '0' &&
           rest.data[rest.length - 1] <= '9')
        rest.length--;
    for (i = 0; i < sizeof alone / sizeof *alone; i++)
        if (rest.length == strlen(alone[i]) && begins(rest, alone[i]))
            return (struct bytes){0};
    return rest.length > 1 && has_letter_or_digit(rest) ? title
                                                        : (struct bytes){0};
}

/* How many bytes at the start of TEXT have the shape of PATTERN, where 0 stands
 * for a digit. */
static size_t shape_length(struct bytes text, const char *pattern)
{
    size_t i;

    for (i = 0; i < text.length && pattern[i]; i++) {
        bool digit = text.data[i] >= '0' && text.data[i] <= '9';

        if (pattern[i] == '0' ? !digit : text.data[i] != pattern[i])
            break;
    }
    return i;
}

static bool between(const char *digits, int first, int last)
{
    int number = (digits[0] - '0') * 10 + digits[1] - '0';

    return number >= first && number <= last;
}

struct bytes facts_date(struct bytes date)
{
    struct bytes text = trim(date);
    size_t shape = shape_length(text, "0000-00-00");

    if (shape < 4)
        return (struct bytes){0};
    text.length = 4;
    if (shape >= 7 && between(text.data + 5, 1, 12)) {
        text.length = 7;
        if (shape == 10 && between(text.data + 8, 1, 31))
            text.length = 10;
    }
    return memcmp(text.data, "0000", 4) == 0 ? (struct bytes){0} : text;
}

struct bytes facts_language(struct bytes tag)
{
    struct bytes text = trim(tag);
    bool letters = text.length >= 2 && text.data[0] >= 'a' &&
                   text.data[0] <= 'z' && text.data[1] >= 'a' &&
                   text.data[1] <= 'z';

    if (!letters ||
        (text.length > 2 && text.data[2] != '-' && text.data[2] != '_'))
        return (struct bytes){0};
    text.length = 2;
    return text;
}
