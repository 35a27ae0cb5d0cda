/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lengths are of code points, which are what a reader sees; they are counted by
 * the bytes that begin one, so that text that is not UTF-8 does no harm. */
#include <config.h>

#include "src/result/snippet.h"

#include "base/ascii.h"
#include "src/query/characters.h"
#include "src/text/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ELLIPSIS "…"

/* How far to look for the end of a word before it is cut. */
enum { LONGEST_WORD = 60 };

/* A match. */
struct mark {
    size_t start, end; /* in code points */
    uint64_t word;     /* the hash of what it says, then its number */
};

/* Code points of a text. */
struct window {
    size_t start, end;
};

static bool begins_character(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

static size_t count(const char *text, size_t length)
{
    size_t n = 0;

    for (size_t i = 0; i < length; i++)
        n += begins_character(text[i]);
    return n;
}

bool snippet_is_shorter(struct bytes text, size_t length)
{
    return text.length > length && count(text.data, text.length) > length;
}

/* FNV-1a over TEXT, the case of ASCII letters aside: enough to tell words
 * apart, where a mistake only makes another snippet. */
static uint64_t hash(const char *text, size_t length)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];

        if (is_ascii_capital(c))
            c |= 0x20;
        hash = (hash ^ c) * UINT64_C(1099511628211);
    }
    return hash;
}

static int compare_words(const void *a, const void *b)
{
    const uint64_t *left = a, *right = b;

    return (*left > *right) - (*left < *right);
}

/* Put the number of each mark's word, from 0, in the place of its hash. WORDS
 * has room for N_MARKS. */
static void number_words(struct mark *marks, size_t n_marks, uint64_t *words)
{
    size_t n_words = 0;

    for (size_t i = 0; i < n_marks; i++)
        words[i] = marks[i].word;
    qsort(words, n_marks, sizeof *words, compare_words);
    for (size_t i = 0; i < n_marks; i++)
        if (i == 0 || words[i] != words[n_words - 1])
            words[n_words++] = words[i];
    for (size_t i = 0; i < n_marks; i++) {
        const uint64_t *found = bsearch(&marks[i].word, words, n_words,
                                        sizeof *words, compare_words);

        marks[i].word = (uint64_t)(found - words);
    }
}

static void place_marks(struct bytes text, const struct spans *matches,
                        struct mark *marks)
{
    size_t at = 0, characters = 0;

    for (size_t i = 0; i < matches->n_items; i++) {
        const struct span *span = &matches->items[i];
        size_t length = span->end - span->start;

        characters += count(text.data + at, span->start - at);
        marks[i].start = characters;
        characters += count(text.data + span->start, length);
        marks[i].end = characters;
        marks[i].word = hash(text.data + span->start, length);
        at = span->end;
    }
}

/* The window of LENGTH at most, from the start of one mark to the end of
 * another, that has the most different words. SEEN has N_MARKS zeros. */
static struct window best_window(const struct mark *marks, size_t n_marks,
                                 size_t length, uint64_t *seen)
{
    struct window best = {0, 0};
    size_t best_words = 0, best_marks = 0, n_words = 0, end = 0;

    for (size_t i = 0; i < n_marks; i++) {
        for (; end < n_marks &&
               (end == i || marks[end].end - marks[i].start <= length);
             end++)
            n_words += seen[marks[end].word]++ == 0;
        if (n_words > best_words ||
            (n_words == best_words && end - i > best_marks)) {
            best_words = n_words;
            best_marks = end - i;
            best = (struct window){marks[i].start, marks[end - 1].end};
        }
        n_words -= --seen[marks[i].word] == 0;
    }
    return best;
}

static enum status find_marks(struct bytes text, const struct spans *matches,
                              size_t length, struct window *window,
                              struct failure *failure)
{
    size_t n = matches ? matches->n_items : 0;
    struct mark *marks;
    uint64_t *numbers;

    *window = (struct window){0, 0};
    if (n == 0)
        return STATUS_OK;
    marks = calloc(n, sizeof *marks);
    numbers = calloc(n, sizeof *numbers);
    if (marks && numbers) {
        place_marks(text, matches, marks);
        number_words(marks, n, numbers);
        memset(numbers, 0, n * sizeof *numbers);
        *window = best_window(marks, n, length, numbers);
    }
    free(marks);
    free(numbers);
    return marks && numbers ? STATUS_OK : fail_memory(failure);
}

/* Let WINDOW have LENGTH of the TOTAL code points: as much before as behind. */
static void widen(struct window *window, size_t length, size_t total)
{
    size_t size = window->end - window->start, before;

    if (size >= length) {
        window->end = window->start + length;
        return;
    }
    before = (length - size) / 2;
    window->start -= before < window->start ? before : window->start;
    if (total - window->start < length)
        window->start = total - length;
    window->end = window->start + length;
}

/* The byte at which code point N begins. */
static size_t byte_of(struct bytes text, size_t n)
{
    size_t at = 0;

    while (at < text.length && (!begins_character(text.data[at]) || n-- > 0))
        at++;
    return at;
}

static char32_t character_at(struct bytes text, size_t at)
{
    char32_t c;

    utf8_decode(text.data + at, text.length - at, &c);
    return c;
}

static bool is_space_at(struct bytes text, size_t at)
{
    char32_t c = character_at(text, at);

    return is_white_space(c) || is_control(c);
}

/* Whether a reader takes what is at AT for a part of what is before it. */
static bool is_joined(struct bytes text, size_t at)
{
    char32_t c;
    size_t size = utf8_decode(text.data + at, text.length - at, &c);

    return utf8_columns(text.data + at, size) == 0;
}

static size_t next(struct bytes text, size_t at)
{
    do
        at++;
    while (at < text.length && !begins_character(text.data[at]));
    return at;
}

static size_t previous(struct bytes text, size_t at)
{
    do
        at--;
    while (at > 0 && !begins_character(text.data[at]));
    return at;
}

/* The first place from AT on, which is not 0, where a word begins, but not
 * behind LIMIT. */
static size_t word_start(struct bytes text, size_t at, size_t limit)
{
    /* A word may begin right here. */
    size_t found = previous(text, at);

    for (int i = 0; i < LONGEST_WORD && found < limit; i++) {
        if (found >= at && is_unspaced(character_at(text, found)))
            return found;
        if (is_space_at(text, found)) {
            while (found < limit && is_space_at(text, found))
                found = next(text, found);
            return found;
        }
        found = next(text, found);
    }
    if (found == limit)
        return limit;
    while (at > 0 && at < text.length && is_joined(text, at))
        at = previous(text, at);
    return at;
}

/* The last place up to AT where a word ends, but not before LIMIT. */
static size_t word_end(struct bytes text, size_t at, size_t limit)
{
    size_t found = at;

    for (int i = 0; i < LONGEST_WORD && found > limit; i++) {
        if (is_unspaced(character_at(text, found)))
            return found;
        if (is_space_at(text, found)) {
            while (found > limit && is_space_at(text, previous(text, found)))
                found = previous(text, found);
            return found;
        }
        found = previous(text, found);
    }
    if (found == limit && limit > 0)
        return limit;
    while (at < text.length && is_joined(text, at))
        at = next(text, at);
    return at;
}

/* Bytes START to END of TEXT, and what of MATCHES is in them. */
static enum status cut(struct bytes text, const struct spans *matches,
                       size_t start, size_t end, struct snippet *snippet,
                       struct failure *failure)
{
    struct spans *to = &snippet->matches;
    size_t shift = start > 0 ? strlen(ELLIPSIS) : 0;

    buffer_clear(&snippet->text);
    to->n_items = 0;
    if (start > 0)
        buffer_append_string(&snippet->text, ELLIPSIS);
    buffer_append(&snippet->text, text.data + start, end - start);
    if (end < text.length)
        buffer_append_string(&snippet->text, ELLIPSIS);
    for (size_t i = 0; matches && i < matches->n_items; i++) {
        struct span span = matches->items[i];

        if (span.end <= start || span.start >= end || start == end)
            continue;
        if (!array_grow(&to->items, &to->capacity, to->n_items + 1,
                        sizeof *to->items))
            return fail_memory(failure);
        span.start = span.start > start ? span.start - start : 0;
        span.end = (span.end < end ? span.end : end) - start;
        to->items[to->n_items++] =
            (struct span){span.start + shift, span.end + shift};
    }
    return snippet->text.failed ? fail_memory(failure) : STATUS_OK;
}

enum status snippet_make(struct bytes text, const struct spans *matches,
                         size_t length, struct snippet *snippet,
                         struct failure *failure)
{
    size_t total = count(text.data, text.length), start, end;
    struct window inner, outer;
    enum status status = find_marks(text, matches, length, &inner, failure);

    if (status != STATUS_OK)
        return status;
    if (length > total)
        length = total;
    outer = inner;
    widen(&outer, length, total);
    start = byte_of(text, outer.start);
    end = byte_of(text, outer.end);
    if (start > 0)
        start = word_start(text, start, byte_of(text, inner.start));
    if (end < text.length)
        end = word_end(text, end,
                       inner.end < outer.end ? byte_of(text, inner.end) : end);
    return cut(text, matches, start, end, snippet, failure);
}

void snippet_release(struct snippet *snippet)
{
    buffer_release(&snippet->text);
    spans_release(&snippet->matches);
}
