/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/ranking.h"

#include "base/ascii.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

const struct ranking ranking_defaults = {
    .k1 = 1.1,
    .b = 0.5,
    .minimum_length = 0.5,
    .burst = 0.4,
    .function_word = 0.25,
    .heading = 0.5,
    .part = 0.75,
    .together = 0.3,
    .pair = 0.5,
    .ideograph = 0.2,
    .depth = 50,
    .written = 0.2,
    .near = 0.2,
    .window = 8,
    .expand_paragraphs = 5,
    .expand_words = 20,
    .expand = 0.15,
};

/* Bursts beyond this say no more: a word of a list or a table. */
static const double burst_max = 4;

static const struct parameter {
    const char *name;
    size_t offset;
    double max; /* from 0 */
} parameters[] = {
    {"k1", offsetof(struct ranking, k1), 1000},
    {"b", offsetof(struct ranking, b), 1},
    {"minimum-length", offsetof(struct ranking, minimum_length), 1000},
    {"burst", offsetof(struct ranking, burst), 10},
    {"function-word", offsetof(struct ranking, function_word), 10},
    {"heading", offsetof(struct ranking, heading), 10},
    {"part", offsetof(struct ranking, part), 10},
    {"together", offsetof(struct ranking, together), 10},
    {"pair", offsetof(struct ranking, pair), 10},
    {"ideograph", offsetof(struct ranking, ideograph), 10},
    {"depth", offsetof(struct ranking, depth), 10000},
    {"written", offsetof(struct ranking, written), 10},
    {"near", offsetof(struct ranking, near), 10},
    {"window", offsetof(struct ranking, window), 10000},
    {"expand-paragraphs", offsetof(struct ranking, expand_paragraphs), 1000},
    {"expand-words", offsetof(struct ranking, expand_words), 1000},
    {"expand", offsetof(struct ranking, expand), 10},
};

enum { N_PARAMETERS = sizeof parameters / sizeof *parameters };

static double *field(struct ranking *ranking, const struct parameter *parameter)
{
    return (double *)(void *)((char *)ranking + parameter->offset);
}

static const struct parameter *find_parameter(struct bytes name)
{
    for (size_t i = 0; i < N_PARAMETERS; i++)
        if (bytes_equal(bytes_of(parameters[i].name), name))
            return &parameters[i];
    return NULL;
}

/* The number that is all of TEXT, from 0 to MAX. The program runs in the C
 * locale's numbers. */
static bool read_number(struct bytes text, double max, double *number)
{
    char digits[32], *end;

    if (text.length == 0 || text.length >= sizeof digits ||
        !is_ascii_digit(text.data[0]))
        return false;
    memcpy(digits, text.data, text.length);
    digits[text.length] = '\0';
    *number = strtod(digits, &end);
    return end == digits + text.length && *number >= 0 && *number <= max;
}

static enum status set_one(struct ranking *ranking, struct bytes text,
                           struct failure *failure)
{
    const char *equals = memchr(text.data, '=', text.length);
    size_t length = equals ? (size_t)(equals - text.data) : text.length;
    struct bytes name = {text.data, length}, value = {"", 0};
    const struct parameter *parameter = find_parameter(name);
    double number;

    if (!parameter)
        return fail(failure, STATUS_USAGE, "ranking has no parameter '%.*s'",
                    (int)name.length, name.data);
    if (equals)
        value = (struct bytes){equals + 1, text.length - length - 1};
    if (!read_number(value, parameter->max, &number))
        return fail(failure, STATUS_USAGE,
                    "the ranking's '%s' is a number from 0 to %g",
                    parameter->name, parameter->max);
    *field(ranking, parameter) = number;
    return STATUS_OK;
}

enum status ranking_set(struct ranking *ranking, struct bytes text,
                        struct failure *failure)
{
    enum status status = STATUS_OK;

    while (status == STATUS_OK && text.length > 0) {
        const char *comma = memchr(text.data, ',', text.length);
        size_t length = comma ? (size_t)(comma - text.data) : text.length;

        status = set_one(ranking, (struct bytes){text.data, length}, failure);
        length += comma != NULL;
        text.data += length;
        text.length -= length;
    }
    return status;
}

void ranking_append(const struct ranking *ranking, struct buffer *out)
{
    struct ranking copy = *ranking;

    for (size_t i = 0; i < N_PARAMETERS; i++) {
        char number[32];

        snprintf(number, sizeof number, "%g", *field(&copy, &parameters[i]));
        if (i > 0)
            buffer_append_string(out, ",");
        buffer_append_string(out, parameters[i].name);
        buffer_append_string(out, "=");
        buffer_append_string(out, number);
    }
}

double ranking_burst_weight(const struct ranking *ranking,
                            uint32_t n_paragraphs, uint32_t n_occurrences)
{
    double burst;

    if (n_paragraphs == 0)
        return 1;
    burst = ((double)n_occurrences + 1) / n_paragraphs;
    return pow(burst < 1 ? 1 : fmin(burst, burst_max), ranking->burst);
}

double ranking_word_weight(const struct ranking *ranking, uint32_t n_all,
                           uint32_t n_paragraphs, uint32_t n_occurrences)
{
    double odds;

    if (n_paragraphs == 0)
        return 0;
    /* As Xapian's BM25 has it, whose weights these are added to: a word of more
     * than a third of the paragraphs still counts a little. */
    odds = n_paragraphs < n_all
               ? (n_all - n_paragraphs + 0.5) / (n_paragraphs + 0.5)
               : 0.5 / (n_paragraphs + 0.5);
    if (odds < 2)
        odds = odds / 2 + 1;
    return log(odds) *
           ranking_burst_weight(ranking, n_paragraphs, n_occurrences);
}

double ranking_saturation(const struct ranking *ranking, double n,
                          double length)
{
    double relative = fmax(length, ranking->minimum_length);
    double half = ranking->k1 * (1 - ranking->b + ranking->b * relative);

    return n > 0 ? (ranking->k1 + 1) * n / (n + half) : 0;
}
