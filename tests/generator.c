/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Most words of a query come from one paragraph, so that it often matches. */
#include <config.h>

#include "tests/generator.h"

#include <ctype.h>

struct generator {
    const struct reference *reference;
    const struct reference_paragraph *paragraph;
    uint64_t state;
    struct buffer *out;
};

/* Below N, which is not 0 (splitmix64). */
static size_t chance(struct generator *generator, size_t n)
{
    uint64_t z = generator->state += 0x9e3779b97f4a7c15u;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (size_t)((z ^ z >> 31) % n);
}

static void say(struct generator *generator, const char *text)
{
    buffer_append_string(generator->out, text);
}

static void say_bytes(struct generator *generator, struct bytes text)
{
    buffer_append(generator->out, text.data, text.length);
}

static void choose_paragraph(struct generator *generator)
{
    do
        generator->paragraph = &generator->reference->paragraphs[chance(
            generator, generator->reference->n_paragraphs)];
    while (generator->paragraph->n_tokens == 0);
}

static struct bytes word_at(const struct generator *generator, size_t token)
{
    const struct reference_paragraph *paragraph = generator->paragraph;

    return generator->reference->words[paragraph->tokens[token].word].word;
}

/* A word or compound, rarely one of another paragraph. */
static struct bytes any_word(struct generator *generator)
{
    const struct reference_paragraph *paragraph = generator->paragraph;
    struct bytes word;

    if (chance(generator, 6) == 0)
        choose_paragraph(generator);
    word =
        word_at(generator, chance(generator, generator->paragraph->n_tokens));
    generator->paragraph = paragraph;
    return word;
}

static bool is_plain(struct bytes word)
{
    for (size_t i = 0; i < word.length; i++)
        if (!isalnum((unsigned char)word.data[i]))
            return false;
    return word.length > 0;
}

/* A word of ASCII letters and digits with at least LEAST of them. */
static struct bytes plain_word(struct generator *generator, size_t least)
{
    struct bytes word;
    unsigned tries = 0;

    do
        word = any_word(generator);
    while ((!is_plain(word) || word.length < least) && ++tries < 100);
    return is_plain(word) && word.length >= least ? word
                                                  : bytes_of("resources");
}

/* A word with wildcards, of which two letters are sure. */
static void say_wild(struct generator *generator)
{
    struct bytes word = plain_word(generator, 4);
    size_t from = chance(generator, word.length - 1);
    size_t to = from + 2 + chance(generator, word.length - from - 1);
    size_t at = 1 + chance(generator, word.length - 2);

    switch (chance(generator, 6)) {
    case 0: /* only the beginning */
        say_bytes(
            generator,
            (struct bytes){word.data, 2 + chance(generator, word.length - 2)});
        say(generator, "*");
        return;
    case 1:
        say(generator, "*");
        at = chance(generator, word.length - 2);
        say_bytes(generator, (struct bytes){word.data + at, word.length - at});
        return;
    case 2:
        say(generator, "*");
        say_bytes(generator, (struct bytes){word.data + from, to - from});
        say(generator, "*");
        return;
    case 3:
        say_bytes(generator, (struct bytes){word.data, at});
        say(generator, "*");
        say_bytes(generator,
                  (struct bytes){word.data + at + 1, word.length - at - 1});
        return;
    case 4:
        say_bytes(generator, (struct bytes){word.data, at});
        say(generator, "?");
        say_bytes(generator,
                  (struct bytes){word.data + at + 1, word.length - at - 1});
        return;
    default:
        say(generator, "?");
        say_bytes(generator, (struct bytes){word.data + 1, word.length - 2});
        say(generator, "*");
        return;
    }
}

/* A word with a mistake or two, and how many may be in it. */
static void say_fuzzy(struct generator *generator)
{
    struct bytes word = plain_word(generator, 4);
    char wrong[WORD_MAX_BYTES + 2];
    size_t length = word.length;
    size_t edits = 1 + chance(generator, 2);

    memcpy(wrong, word.data, length);
    for (size_t i = 0; i < edits; i++) {
        size_t at = chance(generator, length - 1);
        char letter = (char)('a' + chance(generator, 26)), other = wrong[at];

        switch (chance(generator, 4)) {
        case 0: wrong[at] = letter; break;
        case 1:
            wrong[at] = wrong[at + 1];
            wrong[at + 1] = other;
            break;
        case 2:
            memmove(wrong + at, wrong + at + 1, length - at - 1);
            length--;
            break;
        default:
            memmove(wrong + at + 1, wrong + at, length - at);
            wrong[at] = letter;
            length++;
        }
    }
    say_bytes(generator, (struct bytes){wrong, length});
    say(generator, chance(generator, 2) ? "~1" : "~2");
}

/* A word without its hyphens, or two neighbours joined by one. */
static void say_compound(struct generator *generator)
{
    size_t n = generator->paragraph->n_tokens;
    size_t at = chance(generator, n);
    bool join = chance(generator, 3) == 0;

    for (size_t i = 0; !join && i < n; i++) { /* a compound, if there is one */
        struct bytes word = word_at(generator, (at + i) % n);

        if (!memchr(word.data, '-', word.length))
            continue;
        for (size_t j = 0; j < word.length; j++)
            if (word.data[j] != '-' || i % 2)
                say_bytes(generator, (struct bytes){word.data + j, 1});
        return;
    }
    say_bytes(generator, plain_word(generator, 2));
    say(generator, "-");
    say_bytes(generator, at + 1 < n && is_plain(word_at(generator, at + 1))
                             ? word_at(generator, at + 1)
                             : bytes_of("term"));
}

/* What can stand beside other words, in phrases, too. */
static void say_word(struct generator *generator)
{
    struct bytes word = any_word(generator);

    switch (chance(generator, 8)) {
    case 0: say_wild(generator); return;
    case 1: say_compound(generator); return;
    case 2:
        if (word.length > 0 && islower((unsigned char)word.data[0])) {
            char first = (char)toupper((unsigned char)word.data[0]);

            say_bytes(generator, (struct bytes){&first, 1});
            say_bytes(generator,
                      (struct bytes){word.data + 1, word.length - 1});
            return;
        }
    }
    say_bytes(generator, word);
}

/* Whether the bytes from START to END of the paragraph can stand in a phrase as
 * they are. */
static bool is_quotable(const struct generator *generator, size_t start,
                        size_t end)
{
    const char *text = generator->paragraph->text.data;

    for (size_t i = start; i < end; i++)
        if (strchr("\"\\*?|", text[i]))
            return false;
    return true;
}

/* A phrase with alternatives, wildcards and other changes. */
static void say_changed_phrase(struct generator *generator)
{
    const struct reference_paragraph *paragraph = generator->paragraph;
    size_t n = 1 + chance(generator, 4);
    size_t at = chance(generator, paragraph->n_tokens);
    size_t changed = chance(generator, n);

    say(generator, chance(generator, 3) ? "\"" : "~\"");
    for (size_t i = 0; i < n && at + i < paragraph->n_tokens; i++) {
        if (i > 0)
            say(generator, " ");
        if (i != changed || chance(generator, 4) == 0) {
            say_bytes(generator, word_at(generator, at + i));
        } else if (chance(generator, 2)) {
            say_word(generator);
        } else {
            say(generator, "(");
            say_bytes(generator, word_at(generator, at + i));
            say(generator, "|");
            say_word(generator);
            if (chance(generator, 2)) {
                say(generator, " ");
                say_word(generator);
            }
            say(generator, ")");
        }
    }
    say(generator, "\"");
}

/* Words of the paragraph as it has them, LEAST to MOST. */
static void say_phrase(struct generator *generator, size_t least, size_t most)
{
    const struct reference_token *tokens = generator->paragraph->tokens;
    size_t n = least + chance(generator, most - least + 1);
    size_t first = chance(generator, generator->paragraph->n_tokens);
    size_t last = first;
    size_t start = tokens[first].start;

    while (last + 1 < generator->paragraph->n_tokens &&
           tokens[last].last < tokens[first].first + n - 1)
        last++;
    say(generator, "\"");
    if (is_quotable(generator, start, tokens[last].end)) {
        say_bytes(generator,
                  (struct bytes){generator->paragraph->text.data + start,
                                 tokens[last].end - start});
    } else {
        for (size_t i = first; i <= last; i++) {
            say_bytes(generator, word_at(generator, i));
            say(generator, " ");
        }
    }
    say(generator, "\"");
}

/* What may stand near other things. */
static void say_placed(struct generator *generator, unsigned depth)
{
    switch (chance(generator, depth ? 11 : 8)) {
    case 0: say_fuzzy(generator); return;
    case 1: say_phrase(generator, 1, 4); return;
    case 2: say_changed_phrase(generator); return;
    case 3:
        say(generator, "=");
        say_bytes(generator, any_word(generator));
        return;
    case 8:
    case 9: {
        const char *operator= chance(generator, 2) ? " OR " : " ";

        say(generator, "(");
        say_placed(generator, depth - 1);
        say(generator, operator);
        say_placed(generator, depth - 1);
        say(generator, ")");
        return;
    }
    case 10:
        say(generator, "(");
        say_placed(generator, depth - 1);
        buffer_append_format(generator->out, " %sNEAR/%zu ",
                             chance(generator, 2) ? "O" : "",
                             1 + chance(generator, 12));
        say_placed(generator, depth - 1);
        say(generator, ")");
        return;
    default: say_word(generator);
    }
}

static void say_near(struct generator *generator)
{
    size_t n = 1 + chance(generator, 2);

    say_placed(generator, 2);
    for (size_t i = 0; i < n; i++) {
        buffer_append_format(generator->out, " %sNEAR/%zu ",
                             chance(generator, 2) ? "O" : "",
                             1 + chance(generator, 12));
        say_placed(generator, 2);
    }
}

static void say_date(struct generator *generator)
{
    static const size_t lengths[] = {4, 7, 10};
    struct bytes date = generator->paragraph->date, end;

    if (date.length < 4)
        date = bytes_of("2004");
    end = date;
    if (lengths[chance(generator, 3)] < date.length)
        date.length = lengths[chance(generator, 2)];
    if (date.length > end.length)
        date.length = end.length;
    say(generator, "date:");
    switch (chance(generator, 4)) {
    case 0:
        say_bytes(generator, date);
        say(generator, "..");
        return;
    case 1:
        say(generator, "..");
        say_bytes(generator, date);
        return;
    case 2:
        say_bytes(generator, (struct bytes){date.data, 4});
        say(generator, "..");
        say_bytes(generator, date);
        return;
    default: say_bytes(generator, date);
    }
}

static void say_quoted(struct generator *generator, const char *name,
                       struct bytes value)
{
    say(generator, name);
    say(generator, "\"");
    say_bytes(generator, value);
    say(generator, "\"");
}

static void say_field(struct generator *generator)
{
    const struct reference_paragraph *paragraph = generator->paragraph;
    const char *slash =
        memrchr(paragraph->path.data, '/', paragraph->path.length);

    switch (chance(generator, 6)) {
    case 0: say_quoted(generator, "symbol:", paragraph->document); return;
    case 1: say_quoted(generator, "lang:", paragraph->language); return;
    case 2: say_date(generator); return;
    case 3:
        if (slash && chance(generator, 2))
            say_quoted(
                generator, "path:",
                (struct bytes){paragraph->path.data,
                               (size_t)(slash + 1 - paragraph->path.data)});
        else
            say_quoted(generator, "path:", paragraph->path);
        return;
    case 4:
        if (paragraph->n_title_words > 0) {
            const struct reference_word *word =
                &generator->reference->words[paragraph->title_words[chance(
                    generator, paragraph->n_title_words)]];

            say_quoted(generator, "title:", word->word);
            return;
        }
        break;
    default: break;
    }
    say_quoted(generator, "kind:", paragraph->kind);
}

static void say_group(struct generator *generator, unsigned depth);

/* A part of a group. */
static void say_part(struct generator *generator, unsigned depth)
{
    switch (chance(generator, depth ? 10 : 7)) {
    case 0: say_phrase(generator, 1, 5); break;
    case 1: say_changed_phrase(generator); break;
    case 2: say_fuzzy(generator); break;
    case 3:
        say(generator, "=");
        say_bytes(generator, any_word(generator));
        break;
    case 7:
    case 8:
    case 9:
        say(generator, "(");
        say_group(generator, depth - 1);
        say(generator, ")");
        break;
    default: say_word(generator);
    }
    if (chance(generator, 12) == 0)
        say(generator, chance(generator, 2) ? "^2" : "^0.25");
}

/* Words side by side, with + and - before some, and fields between. */
static void say_side_by_side(struct generator *generator, unsigned depth)
{
    size_t n = 1 + chance(generator, 3);

    if (chance(generator, 4) == 0) {
        say_field(generator);
        say(generator, " ");
        if (chance(generator, 4) == 0) {
            say_field(generator);
            say(generator, " ");
        }
    }
    if (chance(generator, 4) == 0)
        say(generator, "+");
    say_part(generator, depth);
    for (size_t i = 1; i < n; i++) {
        size_t sign = chance(generator, 8);

        say(generator, sign == 0 ? " -" : sign == 1 ? " +" : " ");
        say_part(generator, depth);
    }
}

static void say_group(struct generator *generator, unsigned depth)
{
    static const char *const operators[] = {" AND ", " OR ", " XOR ", " NOT ",
                                            " AND NOT "};

    switch (chance(generator, 4)) {
    case 0: say_near(generator); return;
    case 1: say_side_by_side(generator, depth); return;
    default:
        say_side_by_side(generator, depth);
        say(generator, operators[chance(generator, 5)]);
        if (chance(generator, 8) == 0)
            say_field(generator);
        else if (chance(generator, 3))
            say_part(generator, depth);
        else
            say_near(generator);
    }
}

static void begin(struct generator *generator,
                  const struct reference *reference, uint64_t seed,
                  struct buffer *query)
{
    *generator =
        (struct generator){.reference = reference, .state = seed, .out = query};
    choose_paragraph(generator);
}

void generate_query(const struct reference *reference, uint64_t seed,
                    struct buffer *query)
{
    struct generator generator;

    begin(&generator, reference, seed, query);
    switch (chance(&generator, 5)) {
    case 0: say_part(&generator, 0); return;
    case 1: say_near(&generator); return;
    default: say_group(&generator, 2);
    }
}

void generate_phrase(const struct reference *reference, uint64_t seed,
                     struct buffer *query)
{
    struct generator generator;

    begin(&generator, reference, seed, query);
    say_phrase(&generator, 2, 6);
}
