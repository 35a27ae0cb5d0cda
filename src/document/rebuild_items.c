/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/rebuild_items.h"

#include "base/ascii.h"
#include "src/document/characters.h"

#include <string.h>

enum { MAX_OPENING = 16, MAX_NUMBER = 9999 };

/* “ ‘ « „ ‹ */
static size_t opening_quote_length(struct bytes text)
{
    static const char *const quotes[] = {"\u201C", "\u2018", "\u00AB", "\u201E",
                                         "\u2039"};
    size_t i;

    if (text.length > 0 && (unsigned char)text.data[0] < 0x80)
        return text.data[0] == '"' || text.data[0] == '*' ||
               text.data[0] == '_';
    for (i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (bytes_begin_with(text, quotes[i]))
            return strlen(quotes[i]);
    return 0;
}

size_t opening_length(struct bytes text)
{
    size_t all = 0, length;

    while (all < MAX_OPENING && (length = opening_quote_length((struct bytes){
                                     text.data + all, text.length - all})) > 0)
        all += length;
    return all;
}

static size_t digits_length(struct bytes text, unsigned *value)
{
    size_t length = 0;

    *value = 0;
    while (length < text.length && length < 4 &&
           is_ascii_digit(text.data[length]))
        *value = *value * 10 + (unsigned)(text.data[length++] - '0');
    return length;
}

/* A Roman number, of small or of capital letters, up to 89; checked by writing
 * what was read again would be too strict for nobody: "iiii" occurs. */
static size_t roman_length(struct bytes text, unsigned *value)
{
    static const char letters[] = "ivxl";
    static const unsigned values[] = {1, 5, 10, 50};
    unsigned before = 0, sum = 0;
    size_t length = 0;
    char letter_case = text.length > 0 ? text.data[0] & 0x20 : 0;

    while (length < text.length && length < 8) {
        char letter = text.data[length];
        const char *found = strchr(letters, letter | 0x20);

        if (!found || letter == 0 || (letter & 0x20) != letter_case ||
            (unsigned char)letter < 'A')
            break;
        sum += values[found - letters];
        if (before && before < values[found - letters])
            sum -= 2 * before;
        before = values[found - letters];
        length++;
    }
    *value = sum;
    return length;
}

/* The number within brackets or before a dot. */
static size_t number_length(struct bytes text, struct item *item)
{
    unsigned value;
    size_t length = digits_length(text, &value);

    item->kind = ITEM_DECIMAL;
    if (length == 0 && text.length > 1 && is_ascii_letter(text.data[0]) &&
        !is_ascii_letter(text.data[1])) {
        item->kind = ITEM_LETTER;
        value = (unsigned)((text.data[0] | 0x20) - 'a' + 1);
        length = 1;
        if (strchr("ivxIVX", text.data[0]))
            item->kind = ITEM_ROMAN;
    } else if (length == 0) {
        item->kind = ITEM_ROMAN;
        length = roman_length(text, &value);
    }
    item->value = (uint16_t)value;
    return length;
}

/* The rest of a number of several parts, "3.2.1", "59/25.", from AT on. */
static size_t section_length(struct bytes text, size_t at)
{
    bool more = false;

    while (at + 1 < text.length &&
           (text.data[at] == '.' || text.data[at] == '/')) {
        unsigned value;
        size_t length = digits_length(
            (struct bytes){text.data + at + 1, text.length - at - 1}, &value);

        if (length == 0)
            break;
        at += 1 + length;
        more = true;
    }
    if (more && at < text.length && text.data[at] == '.')
        at++;
    return more ? at : 0;
}

static size_t bullet_length(struct bytes text)
{
    static const char *const bullets[] = {
        "-",      "*",      "+",      "\u2022", "\u2013",
        "\u2014", "\u25AA", "\u25CF", "\u25E6", "\uF0B7",
    };
    size_t i;

    for (i = 0; i < sizeof bullets / sizeof *bullets; i++) {
        size_t length = strlen(bullets[i]);

        if (text.length > length && memcmp(text.data, bullets[i], length) == 0)
            return length;
    }
    return 0;
}

/* The mark at the start of TEXT, quotation marks passed over; its length,
 * without regard to what follows. */
static size_t mark_length(struct bytes text, struct item *item)
{
    bool bracket = text.length > 0 && text.data[0] == '(';
    struct bytes rest = {text.data + bracket, text.length - bracket};
    size_t length = number_length(rest, item), section;

    if (length == 0 || length == rest.length) {
        item->kind = ITEM_BULLET;
        item->value = 0;
        return bullet_length(text);
    }
    if (bracket) {
        item->kind = ITEM_BRACKET;
        return rest.data[length] == ')' ? length + 2 : 0;
    }
    if (rest.data[length] == ')')
        return length + 1;
    if (item->kind == ITEM_DECIMAL &&
        (section = section_length(rest, length)) > 0) {
        item->kind = ITEM_SECTION;
        return section;
    }
    return rest.data[length] == '.' ? length + 1 : 0;
}

struct item item_read(struct bytes text)
{
    static const struct item none = {ITEM_NONE, 0, 0};
    struct item item = none;
    size_t opening, length;
    struct bytes rest;

    if (text.length == 0)
        return none;
    /* Most lines begin with a word of several letters. */
    if (text.length > 8 && is_ascii_letter(text.data[0]) &&
        is_ascii_letter(text.data[1]) && !strchr("ivxlIVXL", text.data[0]))
        return none;
    opening = opening_length(text);
    if (opening && text.length > opening &&
        white_length(text.data + opening, text.length - opening) > 0)
        opening = 0; /* "* text": a bullet */
    rest = (struct bytes){text.data + opening, text.length - opening};
    length = mark_length(rest, &item);
    if (length == 0 || length + opening > UINT8_MAX || item.value > MAX_NUMBER)
        return none;
    if (length < rest.length &&
        white_length(rest.data + length, rest.length - length) == 0)
        return none;
    item.length = (uint8_t)(opening + length);
    return item;
}
