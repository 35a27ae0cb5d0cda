/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/foreign/raised.h"

#include "base/ascii.h"
#include "src/document/characters.h"

#include <stddef.h>

/* The number that DIGITS say; 0 if they are none. */
static unsigned long read_number(struct bytes digits)
{
    unsigned long number = 0;

    if (digits.length > 4)
        return 0;
    for (size_t i = 0; i < digits.length; i++) {
        if (!is_ascii_digit(digits.data[i]))
            return 0;
        number = number * 10 + (unsigned long)(digits.data[i] - '0');
    }
    return number;
}

static bool takes_mark(struct bytes before)
{
    char32_t last = last_character(before);
    size_t letters = 0;

    while (letters < before.length && letters < 3 &&
           (unsigned char)(before.data[before.length - 1 - letters] | 0x20) >=
               'a')
        letters++;
    return before.length > 0 &&
           (letters == 3 || (last != '=' && !is_letter_or_digit(last)));
}

bool raised_refers(struct bytes before, struct bytes number,
                   unsigned long n_notes)
{
    unsigned long value = read_number(number);

    return value > 0 && value <= n_notes && takes_mark(before);
}
