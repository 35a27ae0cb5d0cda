/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading a forward index, which is mapped into memory. It comes from a disk
 * and may be anything: every number that leads somewhere is checked, also where
 * there are hashes to compare with. */
#include <config.h>

#include "index/disk.h"
#include "index/forward_parts.h"
#include "index/verified.h"

#include <endian.h>
#include <stdlib.h>

struct forward {
    struct verified file;
    const unsigned char *data; /* the file's */
    size_t size;
    uint64_t n_paragraphs, n_words;
    uint64_t paragraphs_end, words_end;
    const unsigned char *paragraph_starts, *word_starts;
    size_t passed; /* so many bytes were let go */
};

static uint64_t number_at(const unsigned char *bytes)
{
    uint64_t number;

    memcpy(&number, bytes, FORWARD_NUMBER_SIZE);
    return le64toh(number);
}

/* How many bytes a table takes for N things. */
static uint64_t table_size(uint64_t n)
{
    return (n + FORWARD_STEP - 1) / FORWARD_STEP * FORWARD_NUMBER_SIZE;
}

/* Read the trailer. False if it cannot be true. */
static bool understand(struct forward *forward)
{
    const unsigned char *trailer;
    uint64_t tables;

    if (forward->size < FORWARD_MAGIC_SIZE + FORWARD_TRAILER_SIZE ||
        !verified_has(&forward->file, 0, FORWARD_MAGIC_SIZE) ||
        !verified_has(&forward->file, forward->size - FORWARD_TRAILER_SIZE,
                      FORWARD_TRAILER_SIZE) ||
        memcmp(forward->data, FORWARD_MAGIC, FORWARD_MAGIC_SIZE) != 0)
        return false;
    trailer = forward->data + forward->size - FORWARD_TRAILER_SIZE;
    forward->n_paragraphs = number_at(trailer);
    forward->n_words = number_at(trailer + FORWARD_NUMBER_SIZE);
    forward->paragraphs_end = number_at(trailer + 2 * FORWARD_NUMBER_SIZE);
    forward->words_end = number_at(trailer + 3 * FORWARD_NUMBER_SIZE);
    if (forward->n_paragraphs > UINT32_MAX || forward->n_words > UINT32_MAX ||
        forward->words_end > forward->size ||
        forward->paragraphs_end > forward->words_end)
        return false;
    tables = table_size(forward->n_paragraphs) + table_size(forward->n_words);
    if (tables != forward->size - FORWARD_TRAILER_SIZE - forward->words_end)
        return false;
    forward->paragraph_starts = forward->data + forward->words_end;
    forward->word_starts =
        forward->paragraph_starts + table_size(forward->n_paragraphs);
    return true;
}

enum status forward_open(const char *folder, const struct sums *sums,
                         struct forward **forward, struct failure *failure)
{
    struct verified file;
    enum status status =
        verified_open(&file, folder, FORWARD_NAME, sums, failure);

    *forward = NULL;
    if (status != STATUS_OK)
        return status == STATUS_NO_INDEX ? STATUS_OK : status;
    *forward = calloc(1, sizeof **forward);
    if (!*forward) {
        verified_close(&file);
        return fail_memory(failure);
    }
    (*forward)->file = file;
    (*forward)->data = (const unsigned char *)file.file.data;
    (*forward)->size = file.file.length;
    if (understand(*forward))
        return STATUS_OK;
    forward_close(*forward);
    *forward = NULL;
    return fail(failure, STATUS_CORRUPT, "'%s/" FORWARD_NAME "' is damaged",
                folder);
}

void forward_close(struct forward *forward)
{
    if (!forward)
        return;
    verified_close(&forward->file);
    free(forward);
}

/* Read a number of up to 64 bits; false if the bytes end before. */
static bool read_number(const unsigned char **at, const unsigned char *end,
                        uint64_t *number)
{
    const char *cursor = (const char *)*at;
    bool good;

    if (*at < end && **at < 0x80) {
        *number = *(*at)++;
        return true;
    }
    good = varint_read(&cursor, (const char *)end, number);

    *at = (const unsigned char *)cursor;
    return good;
}

/* Read a length and leave behind what has it. */
static bool read_string(const unsigned char **at, const unsigned char *end,
                        struct bytes *string)
{
    uint64_t length;

    if (!read_number(at, end, &length) || length > (uint64_t)(end - *at))
        return false;
    *string = (struct bytes){(const char *)*at, (size_t)length};
    *at += length;
    return true;
}

/* Things that a table leads to, some for each start: N of them, in the part of
 * the file from FIRST to END. */
struct things {
    const unsigned char *starts;
    uint64_t n, first, end;
};

/* Begin with those at start I, and verify them. */
static bool start(const struct forward *forward, const struct things *things,
                  uint64_t i, const unsigned char **at)
{
    const unsigned char *entry = things->starts + i * FORWARD_NUMBER_SIZE;
    bool last = (i + 1) * FORWARD_STEP >= things->n;
    uint64_t place, next;

    if (!verified_has(&forward->file, (uint64_t)(entry - forward->data),
                      (last ? 1 : 2) * FORWARD_NUMBER_SIZE))
        return false;
    place = number_at(entry);
    next = last ? things->end : number_at(entry + FORWARD_NUMBER_SIZE);
    *at = forward->data + place;
    return place >= things->first && place < next && next <= things->end &&
           verified_has(&forward->file, place, next - place);
}

static bool start_of_words(const struct forward *forward, uint64_t i,
                           const unsigned char **at)
{
    struct things words = {forward->word_starts, forward->n_words,
                           forward->paragraphs_end, forward->words_end};

    return start(forward, &words, i, at);
}

static bool start_of_paragraphs(const struct forward *forward, uint64_t i,
                                const unsigned char **at)
{
    struct things paragraphs = {forward->paragraph_starts,
                                forward->n_paragraphs, FORWARD_MAGIC_SIZE,
                                forward->paragraphs_end};

    return start(forward, &paragraphs, i, at);
}

/* The last of the words in the table that is not above WORD; 0 also if there is
 * none. */
static bool find_start(const struct forward *forward, struct bytes word,
                       uint64_t *found)
{
    const unsigned char *end = forward->data + forward->words_end, *at;
    uint64_t low = 0,
             high = (forward->n_words + FORWARD_STEP - 1) / FORWARD_STEP;

    while (low + 1 < high) {
        uint64_t middle = low + (high - low) / 2;
        struct bytes other;

        if (!start_of_words(forward, middle, &at) ||
            !read_string(&at, end, &other))
            return false;
        if (bytes_compare(other, word) <= 0)
            low = middle;
        else
            high = middle;
    }
    *found = low;
    return true;
}

/* Read the numbers of a word, and append them to NUMBERS unless that is NULL.
 */
static bool read_numbers(const unsigned char **at, const unsigned char *end,
                         struct buffer *numbers)
{
    uint64_t n, number;

    if (!read_number(at, end, &n))
        return false;
    for (; n > 0; n--) {
        uint32_t stored;

        if (!read_number(at, end, &number) || number > UINT32_MAX)
            return false;
        stored = (uint32_t)number;
        if (numbers)
            buffer_append(numbers, (const char *)&stored, sizeof stored);
    }
    return !numbers || !numbers->failed;
}

bool forward_numbers(const struct forward *forward, struct bytes word,
                     struct buffer *numbers)
{
    const unsigned char *end = forward->data + forward->words_end, *at;
    uint64_t found;

    if (forward->n_words == 0)
        return true;
    if (!find_start(forward, word, &found) ||
        !start_of_words(forward, found, &at))
        return false;
    for (unsigned i = 0; i < FORWARD_STEP && at < end; i++) {
        struct bytes other;
        int order;

        if (!read_string(&at, end, &other))
            return false;
        order = bytes_compare(other, word);
        if (order > 0)
            return true;
        if (!read_numbers(&at, end, order == 0 ? numbers : NULL))
            return false;
        if (order == 0)
            return true;
    }
    return true;
}

bool forward_tokens(const struct forward *forward, uint32_t paragraph,
                    struct forward_tokens *tokens)
{
    const unsigned char *end = forward->data + forward->paragraphs_end;
    const unsigned char *at = tokens->end;
    uint32_t before = tokens->paragraph;
    struct bytes string = {NULL, 0};

    if (paragraph == 0 || paragraph > forward->n_paragraphs)
        return false;
    tokens->paragraph = 0;
    if (before == 0 || before >= paragraph ||
        (before - 1) / FORWARD_STEP != (paragraph - 1) / FORWARD_STEP) {
        if (!start_of_paragraphs(forward, (paragraph - 1) / FORWARD_STEP, &at))
            return false;
        before = (paragraph - 1) / FORWARD_STEP * FORWARD_STEP;
    }
    for (; before < paragraph; before++)
        if (!read_string(&at, end, &string))
            return false;
    tokens->at = (const unsigned char *)string.data;
    tokens->end = at;
    tokens->paragraph = paragraph;
    tokens->position = 0;
    tokens->number = 0;
    return true;
}

bool forward_next_long(struct forward_tokens *tokens)
{
    uint64_t number;

    if (!read_number(&tokens->at, tokens->end, &number))
        return false;
    tokens->position++;
    if (number == 0) {
        if (!read_number(&tokens->at, tokens->end, &number))
            return false;
        tokens->position = (uint32_t)number;
        if (!read_number(&tokens->at, tokens->end, &number))
            return false;
    }
    tokens->number = (uint32_t)number;
    return true;
}

void forward_pass(struct forward *forward, const struct forward_tokens *tokens)
{
    enum { PASS_AT_ONCE = 1 << 20 };
    size_t at = (size_t)(tokens->end - forward->data);

    if (at < forward->passed)
        forward->passed = 0;
    if (at - forward->passed < PASS_AT_ONCE)
        return;
    disk_forget((struct bytes){(const char *)forward->data + forward->passed,
                               at - forward->passed});
    forward->passed = at;
}

uint64_t forward_size(const struct forward *forward)
{
    return forward->size;
}

bool forward_next_word(const struct forward *forward,
                       struct forward_words *words, bool *more)
{
    uint64_t place = words->place ? words->place : forward->paragraphs_end;
    const unsigned char *at = forward->data + place;
    const unsigned char *end = forward->data + forward->words_end;
    struct bytes before = words->word;
    uint64_t n, number;

    *more = at < end;
    if (!*more)
        return true;
    if (!read_string(&at, end, &words->word) || !read_number(&at, end, &n) ||
        n > (uint64_t)(end - at) ||
        (words->place && bytes_compare(before, words->word) >= 0))
        return false;
    words->failed = !array_grow(&words->numbers, &words->capacity, (size_t)n,
                                sizeof *words->numbers);
    if (words->failed)
        return false;
    for (words->n_numbers = 0; words->n_numbers < n; words->n_numbers++) {
        if (!read_number(&at, end, &number) || number > UINT32_MAX)
            return false;
        words->numbers[words->n_numbers] = (uint32_t)number;
    }
    words->place = (uint64_t)(at - forward->data);
    return true;
}

void forward_words_release(struct forward_words *words)
{
    free(words->numbers);
    *words = (struct forward_words){.place = 0};
}
