/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The Unicode Consortium's own test files, against the version of Unicode that
 * they are of: word boundaries, normalization, case folding.
 *
 * They are looked for in $UNICODE_DATA, else where Debian's unicode-data puts
 * them; without them the tests are skipped. */
#include <config.h>

#include "tests/tap.h"

#include "src/text/fold.h"
#include "src/text/utf8.h"
#include "src/text/word_break.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <stdint.h>
#include <stdlib.h>

enum { LINE_MAX_BYTES = 8192, TEXT_MAX = 1024, SHOWN_FAILURES = 10 };

static FILE *open_data(const char *name)
{
    const char *folder = getenv("UNICODE_DATA");
    char path[1024];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder ? folder : "/usr/share/unicode",
             name);
    file = fopen(path, "r");
    if (!file)
        ok(true, "%s # SKIP cannot open it", name);
    return file;
}

/* Append the code points in hexadecimal at *AT, up to a character of STOP, to
 * TEXT; *AT is moved to that. */
static size_t read_code_points(const char **at, const char *stop, char *text)
{
    size_t length = 0;

    while (**at && !strchr(stop, **at)) {
        char *end;
        unsigned long c = strtoul(*at, &end, 16);

        if (end == *at) {
            (*at)++;
            continue;
        }
        length += utf8_encode((char32_t)c, text + length);
        *at = end;
    }
    return length;
}

static void report(const char *line, int *failures)
{
    if ((*failures)++ < SHOWN_FAILURES)
        printf("# fails: %s", line);
}

/* "÷ 0041 × 0308 ÷ 0020 ÷\t# …" */
static bool line_of_breaks_holds(const char *line)
{
    char text[TEXT_MAX];
    size_t boundaries[TEXT_MAX], n_boundaries = 0, length = 0, start = 0, i;
    const char *at = line + strlen("÷");

    while (*at && *at != '#') {
        length += read_code_points(&at, "#\xC3", text + length);
        if (strncmp(at, "÷", strlen("÷")) == 0)
            boundaries[n_boundaries++] = length;
        if (*at == '\xC3')
            at += 2;
    }
    for (i = 0; i < n_boundaries; i++) {
        start =
            word_break_segment(text, length, start, WORD_BREAK_STANDARD).end;
        if (start != boundaries[i])
            return false;
    }
    return start == length;
}

static void test_word_breaks(void)
{
    FILE *file = open_data("auxiliary/WordBreakTest.txt");
    char line[LINE_MAX_BYTES];
    int count = 0, failures = 0;

    if (!file)
        return;
    while (fgets(line, sizeof line, file)) {
        if (strncmp(line, "÷", strlen("÷")) != 0)
            continue;
        count++;
        if (!line_of_breaks_holds(line))
            report(line, &failures);
    }
    fclose(file);
    ok(count > 1000 && failures == 0, "WordBreakTest.txt: %d of %d lines hold",
       count - failures, count);
}

static bool fold_alike(struct folder *folder, const char *a, size_t a_length,
                       const char *b, size_t b_length)
{
    char word_a[TEXT_MAX], word_b[TEXT_MAX];

    a_length = fold_word(folder, a, a_length, word_a, sizeof word_a);
    b_length = fold_word(folder, b, b_length, word_b, sizeof word_b);
    return bytes_equal((struct bytes){word_a, a_length},
                       (struct bytes){word_b, b_length});
}

/* "0041; C; 0061; # …" */
static void test_case_folding(struct folder *folder)
{
    FILE *file = open_data("CaseFolding.txt");
    char line[LINE_MAX_BYTES], upper[TEXT_MAX], lower[TEXT_MAX];
    int count = 0, failures = 0;

    if (!file)
        return;
    while (fgets(line, sizeof line, file)) {
        const char *at = line;
        size_t upper_length = read_code_points(&at, ";#", upper);
        size_t lower_length;

        if (strncmp(at, "; C; ", 5) != 0 && strncmp(at, "; F; ", 5) != 0)
            continue;
        at += 5;
        lower_length = read_code_points(&at, ";#", lower);
        count++;
        if (!fold_alike(folder, upper, upper_length, lower, lower_length))
            report(line, &failures);
    }
    fclose(file);
    ok(count > 1000 && failures == 0, "CaseFolding.txt: %d of %d lines hold",
       count - failures, count);
}

/* "source;NFC;NFD;NFKC;NFKD; # …": all five fold to the same. */
static void test_normalization(struct folder *folder, FILE *file)
{
    char line[LINE_MAX_BYTES], forms[5][TEXT_MAX];
    size_t lengths[5];
    int count = 0, failures = 0, i;

    while (fgets(line, sizeof line, file)) {
        const char *at = line;
        bool same = true;

        if (line[0] == '#' || line[0] == '@' || line[0] == '\n')
            continue;
        for (i = 0; i < 5; i++) {
            lengths[i] = read_code_points(&at, ";", forms[i]);
            at += *at == ';';
        }
        for (i = 1; i < 5; i++)
            same = same && fold_alike(folder, forms[0], lengths[0], forms[i],
                                      lengths[i]);
        count++;
        if (!same)
            report(line, &failures);
    }
    if (count == 0)
        ok(true, "NormalizationTest.txt # SKIP cannot read it");
    else
        ok(count > 1000 && failures == 0,
           "NormalizationTest.txt: %d of %d lines hold", count - failures,
           count);
}

/* Debian ships this file compressed; bzip2 may be missing. */
static void test_normalization_file(struct folder *folder)
{
    const char *data = getenv("UNICODE_DATA");
    FILE *file;

    setenv("UNICODE_DATA", data ? data : "/usr/share/unicode", 1);
    file = popen("cd \"$UNICODE_DATA\" 2>/dev/null && "
                 "{ cat NormalizationTest.txt || "
                 "bzip2 -dc NormalizationTest.txt.bz2; } 2>/dev/null",
                 "r");
    if (!file) {
        ok(true, "NormalizationTest.txt # SKIP no shell");
        return;
    }
    test_normalization(folder, file);
    pclose(file);
}

/* Folding what is folded changes nothing, for every character there is. */
static void test_idempotence(struct folder *folder)
{
    char32_t c;
    int failures = 0;

    for (c = 0; c <= 0x10FFFF; c++) {
        char bytes[4], once[TEXT_MAX];
        size_t length =
            fold_word(folder, bytes, utf8_encode(c, bytes), once, sizeof once);

        if (utf8_valid(once, length) &&
            fold_alike(folder, bytes, utf8_encode(c, bytes), once, length))
            continue;
        if (failures++ < SHOWN_FAILURES)
            printf("# U+%04X\n", (unsigned)c);
    }
    ok(failures == 0, "folding twice is folding once, for every character");
}

/* A generator of our own, so that the same texts come everywhere (Knuth's
 * MMIX). */
static uint32_t next_random(uint64_t *state)
{
    *state =
        *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

/* TEXT, in UTF-8, by ICU's NFKC_Casefold of its NFD into FOLDED. */
static size_t fold_by_icu(const char *text, size_t length, char *folded)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&error);
    const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&error);
    UChar source[TEXT_MAX], target[TEXT_MAX];
    int32_t n_units, folded_length;

    u_strFromUTF8(source, TEXT_MAX, &n_units, text, (int32_t)length, &error);
    n_units = unorm2_normalize(nfd, source, n_units, target, TEXT_MAX, &error);
    n_units = unorm2_normalize(fold, target, n_units, source, TEXT_MAX, &error);
    u_strToUTF8(folded, TEXT_MAX, &folded_length, source, n_units, &error);
    return U_SUCCESS(error) ? (size_t)folded_length : 0;
}

/* A string of letters and marks of scripts in which they combine. */
static size_t random_word(uint64_t *state, char *text)
{
    static const struct range {
        char32_t first, last;
    } ranges[] = {
        {'A', 'Z'},       {0xC0, 0xFF},     {0x100, 0x24F},
        {0x300, 0x345},   {0x370, 0x3FF},   {0x400, 0x52F},
        {0x5D0, 0x5EA},   {0x620, 0x65F},   {0x915, 0x94D},
        {0x1100, 0x11FF}, {0x1E00, 0x1FFF}, {0x3041, 0x309A},
        {0xAC00, 0xACFF}, {0xFF21, 0xFF3A}, {0x1D400, 0x1D4FF},
        {0x2160, 0x216F},
    };
    size_t length = 1, n = 1 + next_random(state) % 6;

    text[0] = 'a';
    while (n-- > 0) {
        const struct range *range =
            &ranges[next_random(state) % (sizeof ranges / sizeof *ranges)];
        char32_t c = range->first +
                     next_random(state) % (range->last - range->first + 1);

        if (u_isalpha((UChar32)c) ||
            u_charType((UChar32)c) == U_NON_SPACING_MARK)
            length += utf8_encode(c, text + length);
    }
    text[length++] = 'z';
    return length;
}

/* The quick way of fold_word against the whole of ICU's. */
static void test_against_icu(struct folder *folder)
{
    uint64_t state = 1;
    int i, failures = 0;

    for (i = 0; i < 100000; i++) {
        char text[64], ours[TEXT_MAX], theirs[TEXT_MAX];
        size_t length = random_word(&state, text);
        struct bytes wanted = {theirs, fold_by_icu(text, length, theirs)};
        struct bytes got = {ours,
                            fold_word(folder, text, length, ours, sizeof ours)};

        /* Where fold_word does more: spaces, the apostrophe U+02BC. */
        if (memchr(theirs, ' ', wanted.length) ||
            memmem(theirs, wanted.length, "\u02BC", 2) ||
            bytes_equal(got, wanted))
            continue;
        if (failures++ < SHOWN_FAILURES)
            printf("# '%.*s' is '%.*s', not '%.*s'\n", (int)length, text,
                   (int)wanted.length, theirs, (int)got.length, ours);
    }
    ok(failures == 0, "words of mixed scripts fold as ICU folds them");
}

static void test_utf8(void)
{
    char32_t c;
    int failures = 0;

    for (c = 0; c <= 0x10FFFF; c++) {
        char bytes[4];
        char32_t back;
        size_t length = utf8_encode(c, bytes);
        bool surrogate = c >= 0xD800 && c <= 0xDFFF;

        failures += utf8_decode(bytes, length, &back) != length ||
                    back != (surrogate ? UTF8_REPLACEMENT : c) ||
                    !utf8_valid(bytes, length);
    }
    ok(failures == 0, "every code point survives UTF-8");
    ok(utf8_encode(0x110000, (char[4]){0}) == 3, "beyond U+10FFFF: U+FFFD");
    /* The example of the Unicode Standard, table 3-11. */
    ok(utf8_count("\xF0\x80\x80\x41", 4) == 4, "overlong: each byte");
    ok(utf8_count("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", 9) == 5,
       "truncated: maximal subparts");
    ok(utf8_count("\xED\xA0\x80", 3) == 3, "surrogate: each byte");
    ok(utf8_valid(NULL, 0), "no text is valid");
    ok(!utf8_valid("\xC0\xAF", 2) && !utf8_valid("a\xC3", 2) &&
           !utf8_valid("\xF4\x90\x80\x80", 4) && utf8_valid("", 0),
       "validity");
    ok(utf8_columns("ab", 2) == 2 && utf8_columns("e\u0301", 3) == 1 &&
           utf8_columns("中文", 6) == 4 && utf8_columns("\u200B\uFEFF", 6) == 0,
       "columns");
}

int main(void)
{
    struct folder *folder;

    test_utf8();
    test_word_breaks();
    if (folder_new(&folder, NULL)) {
        ok(false, "a folder");
        return tap_done();
    }
    test_case_folding(folder);
    test_normalization_file(folder);
    test_idempotence(folder);
    test_against_icu(folder);
    folder_free(folder);
    return tap_done();
}
