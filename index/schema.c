/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/schema.h"

#include "base/ascii.h"
#include "base/fnv.h"

#include <inttypes.h>
#include <stdint.h>

/* What a value that was cut ends in: '#' and the hash in hexadecimal. */
enum { HASH_LENGTH = 17 };

static size_t key_size(char byte)
{
    return byte == '\0' ? 2 : 1;
}

size_t schema_term_size(struct bytes term)
{
    size_t size = 0;

    for (size_t i = 0; i < term.length; i++)
        size += key_size(term.data[i]);
    return size;
}

/* How many bytes of VALUE take at most ROOM, ending at a code point, so that
 * other clients see valid UTF-8 wherever the value was. */
static size_t cut(struct bytes value, size_t room)
{
    size_t length = 0, size = 0;

    while (length < value.length) {
        size += key_size(value.data[length]);
        if (size > room)
            break;
        length++;
    }
    while (length > 0 && length < value.length &&
           ((unsigned char)value.data[length] & 0xC0) == 0x80)
        length--;
    return length;
}

void schema_term(struct buffer *buffer, const char *prefix, struct bytes value)
{
    size_t room = TERM_MAX - strlen(prefix);

    buffer_append_string(buffer, prefix);
    if (value.length <= room && schema_term_size(value) <= room) {
        buffer_append(buffer, value.data, value.length);
        return;
    }
    buffer_append(buffer, value.data, cut(value, room - HASH_LENGTH));
    buffer_append_format(buffer, "#%016" PRIx64, fnv_bytes(FNV_START, value));
}

void schema_address_term(struct buffer *buffer, struct bytes address)
{
    buffer_append_string(buffer, TERM_ADDRESS);
    buffer_append_format(buffer, "%04x",
                         (unsigned)(fnv_bytes(FNV_START, address) & 0xFFFF));
}

/* The number that the LENGTH digits at TEXT make; -1 if they are none. */
static int digits_value(const char *text, size_t length)
{
    int number = 0;

    while (length-- > 0) {
        if (!is_ascii_digit(*text))
            return -1;
        number = 10 * number + *text++ - '0';
    }
    return number;
}

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

static bool is_date(struct bytes date)
{
    int year, month, day;

    if (date.length != 4 && date.length != 7 && date.length != 10)
        return false;
    year = digits_value(date.data, 4);
    if (year < 0 || date.length == 4)
        return year >= 0;
    month = digits_value(date.data + 5, 2);
    if (date.data[4] != '-' || month < 1 || month > 12)
        return false;
    if (date.length == 7)
        return true;
    day = digits_value(date.data + 8, 2);
    return date.data[7] == '-' && day >= 1 && day <= days_of(year, month);
}

size_t schema_date(struct bytes date, char fill, char digits[8])
{
    size_t n_digits = 0;

    if (!is_date(date))
        return 0;
    memset(digits, fill, 8);
    for (size_t i = 0; i < date.length; i++)
        if (date.data[i] != '-')
            digits[n_digits++] = date.data[i];
    return n_digits;
}
