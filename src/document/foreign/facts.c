/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Titles, dates and languages that a file says it has. */
#include <config.h>

#include "src/document/foreign/facts.h"

#include "base/ascii.h"
#include "index/schema.h"
#include "src/document/characters.h"

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
    struct bytes rest = title = text_trim(title);
    size_t i;

    for (i = 0; i < sizeof starts / sizeof *starts; i++)
        if (bytes_begin_nocase(title, starts[i]))
            return (struct bytes){0};
    for (i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (bytes_end_nocase(title, suffixes[i]))
            return (struct bytes){0};
    while (rest.length > 0 && is_ascii_digit(rest.data[rest.length - 1]))
        rest.length--;
    for (i = 0; i < sizeof alone / sizeof *alone; i++)
        if (bytes_are_nocase(rest, alone[i]))
            return (struct bytes){0};
    return rest.length > 1 && has_letter_or_digit(rest) ? title
                                                        : (struct bytes){0};
}

struct bytes facts_date(struct bytes date)
{
    static const size_t lengths[] = {10, 7, 4};
    struct bytes text = text_trim(date);
    char digits[8];

    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct bytes start = {text.data, lengths[i]};

        if (text.length >= start.length && schema_date(start, '0', digits) &&
            memcmp(digits, "0000", 4) != 0 && memcmp(digits, "0001", 4) != 0)
            return start;
    }
    return (struct bytes){0};
}

struct bytes facts_language(struct bytes tag)
{
    struct bytes text = text_trim(tag);
    bool letters = text.length >= 2 && is_ascii_small(text.data[0]) &&
                   is_ascii_small(text.data[1]);

    if (!letters ||
        (text.length > 2 && text.data[2] != '-' && text.data[2] != '_'))
        return (struct bytes){0};
    text.length = 2;
    return text;
}
