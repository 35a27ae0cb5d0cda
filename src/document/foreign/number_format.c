/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The forms of numbers. */
#include <config.h>

#include "src/document/foreign/number_format.h"

#include "src/text/utf8.h"

#include <uchar.h>

enum number_format number_format_named(struct bytes name)
{
    static const struct {
        const char *name;
        enum number_format format;
    } names[] = {
        {"none", NUMBER_NONE},
        {"bullet", NUMBER_BULLET},
        {"decimal", NUMBER_DECIMAL},
        {"decimalZero", NUMBER_DECIMAL_ZERO},
        {"lowerRoman", NUMBER_LOWER_ROMAN},
        {"upperRoman", NUMBER_UPPER_ROMAN},
        {"lowerLetter", NUMBER_LOWER_LETTER},
        {"upperLetter", NUMBER_UPPER_LETTER},
        {"russianLower", NUMBER_LOWER_CYRILLIC},
        {"russianUpper", NUMBER_UPPER_CYRILLIC},
        {"chicago", NUMBER_CHICAGO},
        {"chineseCounting", NUMBER_HAN},
        {"chineseCountingThousand", NUMBER_HAN},
        {"ideographDigital", NUMBER_HAN},
        {"japaneseCounting", NUMBER_HAN},
        {"taiwaneseCounting", NUMBER_HAN},
        {"taiwaneseCountingThousand", NUMBER_HAN},
        {"decimalEnclosedCircle", NUMBER_CIRCLE},
        {"decimalEnclosedCircleChinese", NUMBER_CIRCLE},
        {"arabicAlpha", NUMBER_ARABIC_LETTER},
        {"arabicAbjad", NUMBER_ABJAD},
        {"ordinal", NUMBER_ORDINAL},
    };
    size_t i;

    for (i = 0; i < sizeof names / sizeof *names; i++)
        if (bytes_equal(name, bytes_of(names[i].name)))
            return names[i].format;
    return NUMBER_DECIMAL;
}

static void append_character(struct buffer *buffer, char32_t character)
{
    char bytes[4];

    buffer_append(buffer, bytes, utf8_encode(character, bytes));
}

static void append_roman(struct buffer *buffer, long number, bool upper)
{
    static const struct {
        long value;
        char lower[3], upper[3];
    } digits[] = {
        {1000, "m", "M"}, {900, "cm", "CM"}, {500, "d", "D"}, {400, "cd", "CD"},
        {100, "c", "C"},  {90, "xc", "XC"},  {50, "l", "L"},  {40, "xl", "XL"},
        {10, "x", "X"},   {9, "ix", "IX"},   {5, "v", "V"},   {4, "iv", "IV"},
        {1, "i", "I"},
    };
    size_t i;

    for (i = 0; i < sizeof digits / sizeof *digits; i++)
        for (; number >= digits[i].value; number -= digits[i].value)
            buffer_append_string(buffer,
                                 upper ? digits[i].upper : digits[i].lower);
}

/* The letter for NUMBER out of the N of ALPHABET, repeated when they have run
 * out: a, …, z, aa, bb. */
static void append_repeated(struct buffer *buffer, const char32_t *alphabet,
                            long n, long number)
{
    long times = (number - 1) / n + 1;

    for (; times > 0; times--)
        append_character(buffer, alphabet[(number - 1) % n]);
}

static void append_latin(struct buffer *buffer, char first, long number)
{
    long times = (number - 1) / 26 + 1;

    for (; times > 0; times--)
        buffer_append_byte(buffer, (char)(first + (number - 1) % 26));
}

/* Letters as digits: a, …, z, aa, ab. */
static void append_column(struct buffer *buffer, char first, long number)
{
    char letters[16];
    size_t start = sizeof letters;

    for (; number > 0 && start > 0; number = (number - 1) / 26)
        letters[--start] = (char)(first + (number - 1) % 26);
    buffer_append(buffer, letters + start, sizeof letters - start);
}

static void append_han(struct buffer *buffer, long number)
{
    static const char32_t digits[] = U"〇一二三四五六七八九";

    if (number >= 20)
        append_character(buffer, digits[number / 10]);
    if (number >= 10)
        append_character(buffer, U'十');
    if (number % 10)
        append_character(buffer, digits[number % 10]);
}

static void append_ordinal(struct buffer *buffer, long number)
{
    static const char *const ends[] = {"th", "st", "nd", "rd"};
    bool teen = number / 10 % 10 == 1;
    long last = number % 10;

    buffer_append_format(buffer, "%ld%s", number,
                         ends[!teen && last < 4 ? last : 0]);
}

/* Up to which number FORMAT has a form of its own. */
static long largest(enum number_format format)
{
    switch (format) {
    case NUMBER_LOWER_ROMAN:
    case NUMBER_UPPER_ROMAN: return 4999;
    case NUMBER_LOWER_LETTER:
    case NUMBER_UPPER_LETTER:
    case NUMBER_LOWER_COLUMN:
    case NUMBER_UPPER_COLUMN: return 780; /* as Word: thirty times z */
    case NUMBER_LOWER_CYRILLIC:
    case NUMBER_UPPER_CYRILLIC:
    case NUMBER_ARABIC_LETTER:
    case NUMBER_ABJAD:
    case NUMBER_CHICAGO: return 100;
    case NUMBER_HAN: return 99;
    case NUMBER_CIRCLE: return 20;
    case NUMBER_NONE:
    case NUMBER_BULLET:
    case NUMBER_DECIMAL:
    case NUMBER_DECIMAL_ZERO:
    case NUMBER_ORDINAL: break;
    }
    return 1000000000;
}

#define ALPHABET(letters) (letters), (long)(sizeof(letters) / 4 - 1)

static void append_formatted(struct buffer *buffer, enum number_format format,
                             long number)
{
    switch (format) {
    case NUMBER_NONE:
    case NUMBER_BULLET: return;
    case NUMBER_DECIMAL: buffer_append_format(buffer, "%ld", number); return;
    case NUMBER_DECIMAL_ZERO:
        buffer_append_format(buffer, "%02ld", number);
        return;
    case NUMBER_LOWER_ROMAN:
    case NUMBER_UPPER_ROMAN:
        append_roman(buffer, number, format == NUMBER_UPPER_ROMAN);
        return;
    case NUMBER_LOWER_LETTER:
    case NUMBER_UPPER_LETTER:
        append_latin(buffer, format == NUMBER_UPPER_LETTER ? 'A' : 'a', number);
        return;
    case NUMBER_LOWER_COLUMN:
    case NUMBER_UPPER_COLUMN:
        append_column(buffer, format == NUMBER_UPPER_COLUMN ? 'A' : 'a',
                      number);
        return;
    case NUMBER_LOWER_CYRILLIC:
        append_repeated(buffer, ALPHABET(U"абвгдежзиклмнопрстуфхцчшщэюя"),
                        number);
        return;
    case NUMBER_UPPER_CYRILLIC:
        append_repeated(buffer, ALPHABET(U"АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"),
                        number);
        return;
    case NUMBER_CHICAGO:
        append_repeated(buffer, ALPHABET(U"*†‡§"), number);
        return;
    case NUMBER_HAN: append_han(buffer, number); return;
    case NUMBER_CIRCLE:
        append_character(buffer, (char32_t)(0x2460 + number - 1));
        return;
    case NUMBER_ARABIC_LETTER:
        append_repeated(buffer, ALPHABET(U"أبتثجحخدذرزسشصضطظعغفقكلمنهوي"),
                        number);
        return;
    case NUMBER_ABJAD:
        append_repeated(buffer, ALPHABET(U"أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"),
                        number);
        return;
    case NUMBER_ORDINAL: append_ordinal(buffer, number); return;
    }
}

void number_append(struct buffer *buffer, enum number_format format,
                   long number)
{
    bool plain = number < 1 || number > largest(format);

    if (plain && format != NUMBER_NONE && format != NUMBER_BULLET)
        format = NUMBER_DECIMAL;
    append_formatted(buffer, format, number);
}
