/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text is analyzed once, into its positions; at each, the words there are
 * looked up among those that a pattern can begin with. The table of these is
 * made anew for each text: beside the analysis of a paragraph it costs little,
 * and nobody has to keep it. */
#include <config.h>

#include "src/result/spans.h"

#include "base/buffer.h"

#include <stdlib.h>

/* A word that begins PATTERN, or a stem that is all of it. */
struct beginning {
    struct bytes word;
    const struct pattern *pattern;
};

struct beginnings {
    struct beginning *items; /* sorted by word */
    size_t n_items, capacity;
};

/* What stands at a position of the text. Words are kept as offsets into
 * struct search.words, which moves as it grows. */
struct position {
    size_t word, word_length;
    size_t compound, compound_length; /* or pair of ideographs that begins
                                         here; 0: none does */
    size_t start, end;                /* bytes of the text */
    size_t compound_end;
};

struct search {
    struct beginnings words, stems;
    struct position *positions;
    size_t n_positions, capacity;
    struct buffer text_words;
    struct spans *spans;
    struct failure *failure;
};

static int compare_beginnings(const void *a, const void *b)
{
    const struct beginning *left = a, *right = b;

    return bytes_compare(left->word, right->word);
}

static enum status add_pattern(struct search *search,
                               const struct pattern *pattern)
{
    struct beginnings *to = pattern->stem ? &search->stems : &search->words;
    const struct pattern_slot *slot = &pattern->slots[0];
    size_t i;

    if (!array_grow(&to->items, &to->capacity, to->n_items + slot->n_items,
                    sizeof *to->items))
        return fail_memory(search->failure);
    for (i = 0; i < slot->n_items; i++)
        to->items[to->n_items++] = (struct beginning){slot->items[i], pattern};
    return STATUS_OK;
}

static enum status add_patterns(struct search *search,
                                const struct patterns *patterns)
{
    size_t i;

    for (i = 0; i < patterns->n_items; i++)
        if (patterns->items[i].n_slots > 0 &&
            add_pattern(search, &patterns->items[i]))
            return STATUS_MEMORY;
    if (search->words.n_items > 0)
        qsort(search->words.items, search->words.n_items,
              sizeof *search->words.items, compare_beginnings);
    if (search->stems.n_items > 0)
        qsort(search->stems.items, search->stems.n_items,
              sizeof *search->stems.items, compare_beginnings);
    return STATUS_OK;
}

/* The number of the first item that is not before WORD. */
static size_t lower_bound(const struct beginnings *in, struct bytes word)
{
    size_t low = 0, high = in->n_items;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (bytes_compare(in->items[middle].word, word) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static enum status add_token(struct search *search, const struct token *token)
{
    struct position *at;
    size_t word = search->text_words.length;

    buffer_append(&search->text_words, token->word.data, token->word.length);
    if (!token_counts(token->kind)) {
        if (token->position == 0 || token->position > search->n_positions)
            return STATUS_OK;
        at = &search->positions[token->position - 1];
        at->compound = word;
        at->compound_length = token->word.length;
        at->compound_end = token->end;
        return STATUS_OK;
    }
    if (!array_grow(&search->positions, &search->capacity,
                    search->n_positions + 1, sizeof *search->positions))
        return fail_memory(search->failure);
    search->positions[search->n_positions++] = (struct position){
        .word = word,
        .word_length = token->word.length,
        .start = token->start,
        .end = token->end,
    };
    return STATUS_OK;
}

static enum status read_text(struct search *search, struct analyzer *analyzer,
                             const char *text, size_t length)
{
    struct token token;

    analyzer_start(analyzer, text, length);
    while (analyzer_next(analyzer, &token))
        if (add_token(search, &token))
            return STATUS_MEMORY;
    if (analyzer_status(analyzer) || search->text_words.failed)
        return fail_memory(search->failure);
    return STATUS_OK;
}

static struct bytes word_at(const struct search *search, size_t i)
{
    const struct position *at = &search->positions[i];

    return (struct bytes){search->text_words.data + at->word, at->word_length};
}

static struct bytes compound_at(const struct search *search, size_t i)
{
    const struct position *at = &search->positions[i];

    return (struct bytes){search->text_words.data + at->compound,
                          at->compound_length};
}

/* Where PATTERN ends in the text if it begins at position I; 0 if it does not
 * stand there. */
static size_t pattern_end(const struct search *search, size_t i,
                          const struct pattern *pattern)
{
    size_t end = 0, n;

    if (pattern->n_slots > search->n_positions - i)
        return 0;
    for (n = 0; n < pattern->n_slots; n++) {
        const struct pattern_slot *slot = &pattern->slots[n];
        const struct position *at = &search->positions[i + n];
        bool compound = at->compound_length > 0 &&
                        pattern_slot_holds(slot, compound_at(search, i + n));
        size_t slot_end = compound ? at->compound_end : at->end;

        if (!compound && !pattern_slot_holds(slot, word_at(search, i + n)))
            return 0;
        if (slot_end > end)
            end = slot_end;
    }
    return end;
}

static enum status add_span(struct search *search, size_t start, size_t end)
{
    struct spans *spans = search->spans;

    if (!array_grow(&spans->items, &spans->capacity, spans->n_items + 1,
                    sizeof *spans->items))
        return fail_memory(search->failure);
    spans->items[spans->n_items++] = (struct span){start, end};
    return STATUS_OK;
}

/* The patterns that WORD, at position I, begins. */
static enum status find_rows(struct search *search, size_t i, struct bytes word)
{
    const struct beginnings *words = &search->words;
    size_t n;

    for (n = lower_bound(words, word);
         n < words->n_items && bytes_equal(words->items[n].word, word); n++) {
        size_t end = pattern_end(search, i, words->items[n].pattern);

        if (end && add_span(search, search->positions[i].start, end))
            return STATUS_MEMORY;
    }
    return STATUS_OK;
}

/* Whether WORD, from position I to byte END, has one of the stems. */
static enum status find_stem(struct search *search, size_t i, size_t end,
                             struct bytes word, struct bytes language,
                             struct lexicon *lexicon)
{
    const struct beginnings *stems = &search->stems;
    struct bytes stem, key;
    enum status status;
    size_t n;

    if (stems->n_items == 0)
        return STATUS_OK;
    status =
        lexicon_forms(lexicon, word, language, &stem, &key, search->failure);
    if (status)
        return status;
    n = lower_bound(stems, stem);
    if (n == stems->n_items || !bytes_equal(stems->items[n].word, stem))
        return STATUS_OK;
    return add_span(search, search->positions[i].start, end);
}

static enum status find_at(struct search *search, size_t i,
                           struct bytes language, struct lexicon *lexicon)
{
    const struct position *at = &search->positions[i];
    struct bytes word = word_at(search, i), compound = compound_at(search, i);
    enum status status = find_rows(search, i, word);

    if (!status)
        status = find_stem(search, i, at->end, word, language, lexicon);
    if (status || compound.length == 0)
        return status;
    status = find_rows(search, i, compound);
    if (!status)
        status =
            find_stem(search, i, at->compound_end, compound, language, lexicon);
    return status;
}

static int compare_spans(const void *a, const void *b)
{
    const struct span *left = a, *right = b;

    return (left->start > right->start) - (left->start < right->start);
}

/* Sort SPANS, and let those that overlap be one. */
static void merge(struct spans *spans)
{
    size_t kept = 0, i;

    if (spans->n_items == 0)
        return;
    qsort(spans->items, spans->n_items, sizeof *spans->items, compare_spans);
    for (i = 1; i < spans->n_items; i++) {
        struct span *last = &spans->items[kept];
        struct span next = spans->items[i];

        if (next.start >= last->end)
            spans->items[++kept] = next;
        else if (next.end > last->end)
            last->end = next.end;
    }
    spans->n_items = kept + 1;
}

enum status spans_find(const struct plan *plan, const char *text, size_t length,
                       struct bytes language, struct analyzer *analyzer,
                       struct lexicon *lexicon, struct spans *spans,
                       struct failure *failure)
{
    struct search search = {.spans = spans, .failure = failure};
    enum status status;
    size_t i;

    spans->n_items = 0;
    status = add_patterns(&search, &plan->patterns);
    if (!status)
        status = read_text(&search, analyzer, text, length);
    for (i = 0; !status && i < search.n_positions; i++)
        status = find_at(&search, i, language, lexicon);
    if (status)
        spans->n_items = 0;
    merge(spans);
    free(search.words.items);
    free(search.stems.items);
    free(search.positions);
    buffer_release(&search.text_words);
    return status;
}

void spans_release(struct spans *spans)
{
    free(spans->items);
    *spans = (struct spans){0};
}
