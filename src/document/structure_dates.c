/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Dates as they are written in the six languages: "20 December 2004", "le 1er
 * juillet 2025", "8 de julio de 2025", "20 декабря 2004 года", "July 21, 2004",
 * "20 كانون الأول/ديسمبر 2004", "2004年12月20日", "2004-12-20". */
#include <config.h>

#include "src/document/structure_parts.h"

#include "src/text/utf8.h"

#include <unicode/uchar.h>

/* How a month's name begins, in small letters. What is left of a word is
 * passed over, so that cases ("декабря") and short forms ("Dec.") are
 * found, too. */
static const struct month_name {
    const char *start;
    unsigned month;
} month_names[] = {
    {"jan", 1},     {"feb", 2},    {"mar", 3},     {"apr", 4},
    {"may", 5},     {"jun", 6},    {"jul", 7},     {"aug", 8},
    {"sep", 9},     {"oct", 10},   {"nov", 11},    {"dec", 12},
    {"fév", 2},     {"avr", 4},    {"mai", 5},     {"juin", 6},
    {"juil", 7},    {"août", 8},   {"déc", 12},    {"ene", 1},
    {"abr", 4},     {"ago", 8},    {"set", 9},     {"dic", 12},
    {"янв", 1},     {"фев", 2},    {"мар", 3},     {"апр", 4},
    {"мая", 5},     {"май", 5},    {"июн", 6},     {"июл", 7},
    {"авг", 8},     {"сен", 9},    {"окт", 10},    {"ноя", 11},
    {"дек", 12},    {"يناير", 1},  {"فبراير", 2},  {"مارس", 3},
    {"أبريل", 4},   {"إبريل", 4},  {"نيسان", 4},   {"مايو", 5},
    {"يونيه", 6},   {"يونيو", 6},  {"يوليه", 7},   {"يوليو", 7},
    {"أغسطس", 8},   {"سبتمبر", 9}, {"أكتوبر", 10}, {"نوفمبر", 11},
    {"ديسمبر", 12},
};

enum { PIECE_LETTERS = 12 }; /* of a word, enough to tell months apart */

enum piece_type { PIECE_WORD, PIECE_NUMBER };

/* A number, or a word, of a text. */
struct piece {
    enum piece_type type;
    unsigned number, n_digits;
    unsigned month;
    char letters[PIECE_LETTERS * 4 + 1];
    size_t start, end;
};

static unsigned month_of(const char *letters)
{
    unsigned month = 0;
    size_t best = 0;

    for (size_t i = 0; i < sizeof month_names / sizeof *month_names; i++) {
        size_t length = strlen(month_names[i].start);

        if (length > best &&
            strncmp(letters, month_names[i].start, length) == 0) {
            month = month_names[i].month;
            best = length;
        }
    }
    return month;
}

/* Read the word or number of TEXT at or after *AT; false at the end. */
static bool next_piece(struct bytes text, size_t *at, struct piece *piece)
{
    size_t n = 0, length = 0;

    *piece = (struct piece){.type = PIECE_WORD};
    for (bool begun = false; *at < text.length; *at += length) {
        char32_t character;
        int32_t digit;
        bool is_digit;

        length = utf8_decode(text.data + *at, text.length - *at, &character);
        digit = u_charDigitValue((UChar32)character);
        is_digit = digit >= 0;
        if (!is_digit && !u_isalpha((UChar32)character)) {
            if (begun)
                break;
            continue;
        }
        if (begun && is_digit != (piece->type == PIECE_NUMBER))
            break;
        if (!begun) {
            piece->start = *at;
            piece->type = is_digit ? PIECE_NUMBER : PIECE_WORD;
            begun = true;
        }
        piece->end = *at + length;
        if (is_digit) {
            piece->n_digits++;
            piece->number = piece->number > 99999
                                ? piece->number
                                : piece->number * 10 + (unsigned)digit;
        } else if (n < PIECE_LETTERS * 4 - 4) {
            n += utf8_encode((char32_t)u_tolower((UChar32)character),
                             piece->letters + n);
        }
    }
    if (piece->end == 0)
        return false;
    if (piece->type == PIECE_WORD)
        piece->month = month_of(piece->letters);
    return true;
}

static bool is_day(const struct piece *piece)
{
    return piece->type == PIECE_NUMBER && piece->n_digits <= 2 &&
           piece->number >= 1 && piece->number <= 31;
}

static bool is_year(const struct piece *piece)
{
    return piece->type == PIECE_NUMBER && piece->n_digits == 4 &&
           piece->number >= 1800 && piece->number <= 2199;
}

/* Words that stand between the parts of a date: "1er", "8th", "8 de julio de
 * 2025", "2004年12月20日", and the first of an Arabic month's two names. */
static bool is_between(const struct piece *piece)
{
    static const char *const words[] = {
        "de",   "del",    "er",   "th",    "st",     "nd",    "rd",   "年",
        "月",   "日",     "من",   "كانون", "الثاني", "الأول", "شباط", "آذار",
        "أيار", "حزيران", "تموز", "آب",    "أيلول",  "تشرين",
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(piece->letters, words[i]) == 0)
            return true;
    return false;
}

static bool make_date(const struct piece *year, unsigned month,
                      const struct piece *day, struct date *date)
{
    if (!is_year(year) || month < 1 || month > 12 || !is_day(day))
        return false;
    date->year = year->number;
    date->month = month;
    date->day = day->number;
    return true;
}

/* Whether three pieces that follow each other are a date. */
static bool read_date(const struct piece p[3], struct date *date)
{
    bool numeric = p[1].type == PIECE_NUMBER && p[1].n_digits <= 2;

    if (!make_date(&p[2], p[1].month, &p[0], date) && /* 20 December 2004 */
        !make_date(&p[2], p[0].month, &p[1], date) && /* December 20, 2004 */
        !(numeric && make_date(&p[0], p[1].number, &p[2], date)))
        return false;
    date->start = p[0].start;
    date->end = p[2].end;
    return true;
}

bool date_find(struct bytes text, struct date *date)
{
    struct piece last[3];
    size_t n = 0, at = 0;
    struct piece piece;

    while (next_piece(text, &at, &piece)) {
        if (piece.type == PIECE_WORD && piece.month == 0 && is_between(&piece))
            continue;
        if (n == 3) {
            last[0] = last[1];
            last[1] = last[2];
            n--;
        }
        last[n++] = piece;
        if (n == 3 && read_date(last, date))
            return true;
    }
    return false;
}

bool date_is_all(struct bytes text, struct date *date)
{
    size_t at = 0;
    struct piece piece;

    if (text.length > 100 || !date_find(text, date))
        return false;
    while (next_piece(text, &at, &piece)) {
        bool within = piece.start >= date->start && piece.end <= date->end;
        /* "года" after it */
        bool is_small = piece.start >= date->end && piece.type == PIECE_WORD &&
                        piece.end - piece.start <= 8 && at == text.length;

        if (!within && !is_small && !is_between(&piece))
            return false;
    }
    return true;
}
