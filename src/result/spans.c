/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text is analyzed once. Each of its words is looked up among the terms of
 * the query: one that stands by itself is marked at once; one that belongs to a
 * phrase or a NEAR gives its position to that, which is evaluated at the end. A
 * word is stemmed only if the query has stems. */
#include <config.h>

#include "src/result/spans.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "index/schema.h"
#include "src/result/places.h"

#include <stdlib.h>

/* How deep a query is walked; the query language allows much less. */
enum { MAX_DEPTH = 1000 };

/* A term of the query, and what it is for: a part of a phrase or NEAR, with its
 * number there, or by itself. */
struct wanted {
    struct bytes term; /* without the prefix of stems */
    struct positional *part;
    size_t number;
};

struct wanted_list {
    struct wanted *items; /* sorted by term */
    size_t n_items, capacity;
};

/* The bytes of the text at a position. */
struct position {
    size_t start, end;
};

struct marker {
    struct wanted_list words, stems;
    struct places **places;
    size_t n_places, places_capacity;
    struct position *positions;
    size_t n_positions, capacity;
    struct spans *spans; /* of the text at hand */
    struct failure *failure;
};

static enum status want(struct marker *marker, struct wanted_list *list,
                        struct bytes term, struct positional *part,
                        size_t number)
{
    if (!array_grow(&list->items, &list->capacity, list->n_items + 1,
                    sizeof *list->items))
        return fail_memory(marker->failure);
    list->items[list->n_items++] = (struct wanted){term, part, number};
    return STATUS_OK;
}

static bool is_capital(struct bytes term, size_t at)
{
    return at < term.length && is_ascii_capital(term.data[at]);
}

/* A term outside of phrases. */
static enum status want_term(struct marker *marker, struct bytes term)
{
    size_t prefix = strlen(TERM_STEM);
    struct bytes stem = {term.data + prefix, term.length - prefix};

    if (!is_capital(term, 0))
        return want(marker, &marker->words, term, NULL, 0);
    if (memcmp(term.data, TERM_STEM, prefix) == 0 && !is_capital(term, prefix))
        return want(marker, &marker->stems, stem, NULL, 0);
    return STATUS_OK;
}

static enum status want_part(void *context, struct positional *part)
{
    struct marker *marker = context;
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; !status && i < positional_n_terms(part); i++)
        status =
            want(marker, &marker->words, positional_term(part, i), part, i);
    return status;
}

/* A phrase or NEAR. */
static enum status want_places(struct marker *marker,
                               const struct query_node *node)
{
    struct places *places = NULL;
    enum status status = places_new(node, &places, marker->failure);

    if (!status)
        status = places_each_part(places, want_part, marker);
    if (!status && !array_grow(&marker->places, &marker->places_capacity,
                               marker->n_places + 1, sizeof(struct places *)))
        status = fail_memory(marker->failure);
    if (status)
        places_free(places);
    else
        marker->places[marker->n_places++] = places;
    return status;
}

static enum status want_all(struct marker *marker,
                            const struct query_node *node, size_t depth)
{
    size_t n = node->n_children, i;
    enum status status = STATUS_OK;

    if (depth > MAX_DEPTH)
        return fail(marker->failure, STATUS_LIMIT,
                    "the query is nested too deeply");
    switch (node->operator) {
    case QUERY_TERM: return want_term(marker, node->term);
    case QUERY_PHRASE:
    case QUERY_NEAR:
    case QUERY_ONEAR: return want_places(marker, node);
    case QUERY_AND_NOT:
    case QUERY_FILTER: n = n > 0; break;
    case QUERY_NOTHING:
    case QUERY_ALL:
    case QUERY_RANGE:
    case QUERY_AND:
    case QUERY_OR:
    case QUERY_XOR:
    case QUERY_AND_MAYBE:
    case QUERY_SYNONYM:
    case QUERY_SCALE: break;
    }
    for (i = 0; !status && i < n; i++)
        status = want_all(marker, node->children[i], depth + 1);
    return status;
}

static int compare_wanted(const void *a, const void *b)
{
    const struct wanted *left = a, *right = b;

    return bytes_compare(left->term, right->term);
}

static void sort(struct wanted_list *list)
{
    if (list->n_items > 0)
        qsort(list->items, list->n_items, sizeof *list->items, compare_wanted);
}

enum status marker_new(const struct query_node *query, struct marker **marker,
                       struct failure *failure)
{
    enum status status;

    *marker = calloc(1, sizeof **marker);
    if (!*marker)
        return fail_memory(failure);
    (*marker)->failure = failure;
    status = want_all(*marker, query, 0);
    sort(&(*marker)->words);
    sort(&(*marker)->stems);
    if (status) {
        marker_free(*marker);
        *marker = NULL;
    }
    return status;
}

void marker_free(struct marker *marker)
{
    size_t i;

    if (!marker)
        return;
    for (i = 0; i < marker->n_places; i++)
        places_free(marker->places[i]);
    free(marker->places);
    free(marker->words.items);
    free(marker->stems.items);
    free(marker->positions);
    free(marker);
}

/* The number of the first item that is not before TERM. */
static size_t lower_bound(const struct wanted_list *in, struct bytes term)
{
    size_t low = 0, high = in->n_items;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (bytes_compare(in->items[middle].term, term) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static enum status add_span(struct marker *marker, size_t start, size_t end)
{
    struct spans *spans = marker->spans;

    if (!array_grow(&spans->items, &spans->capacity, spans->n_items + 1,
                    sizeof *spans->items))
        return fail_memory(marker->failure);
    spans->items[spans->n_items++] = (struct span){start, end};
    return STATUS_OK;
}

/* Mark TOKEN, or give its position to what waits for it, if TERM, its word or
 * stem, is in LIST. */
static enum status look_up(struct marker *marker,
                           const struct wanted_list *list, struct bytes term,
                           const struct token *token)
{
    enum status status = STATUS_OK;
    size_t n;

    for (n = lower_bound(list, term);
         !status && n < list->n_items && bytes_equal(list->items[n].term, term);
         n++) {
        const struct wanted *wanted = &list->items[n];

        if (!wanted->part)
            status = add_span(marker, token->start, token->end);
        else if (!positional_add(wanted->part, wanted->number, token->position))
            status = fail_memory(marker->failure);
    }
    return status;
}

static enum status add_position(struct marker *marker,
                                const struct token *token)
{
    if (!array_grow(&marker->positions, &marker->capacity,
                    marker->n_positions + 1, sizeof *marker->positions))
        return fail_memory(marker->failure);
    marker->positions[marker->n_positions++] =
        (struct position){token->start, token->end};
    return STATUS_OK;
}

static enum status read_token(struct marker *marker, const struct token *token,
                              struct bytes language, struct lexicon *lexicon)
{
    struct bytes stem, key;
    enum status status = STATUS_OK;

    if (token_counts(token->kind) && marker->n_places > 0)
        status = add_position(marker, token);
    if (!status && token->kind != TOKEN_PAIR)
        status = look_up(marker, &marker->words, token->word, token);
    if (status || marker->stems.n_items == 0)
        return status;
    status = lexicon_forms(lexicon, token->word, language, &stem, &key,
                           marker->failure);
    return status ? status : look_up(marker, &marker->stems, stem, token);
}

static enum status clear_part(void *context, struct positional *part)
{
    (void)context;
    positional_clear(part);
    return STATUS_OK;
}

static enum status mark_place(void *context, uint32_t first, uint32_t last)
{
    struct marker *marker = context;

    if (first == 0 || last > marker->n_positions)
        return STATUS_OK;
    return add_span(marker, marker->positions[first - 1].start,
                    marker->positions[last - 1].end);
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

static enum status read_text(struct marker *marker, const char *text,
                             size_t length, struct bytes language,
                             struct analyzer *analyzer, struct lexicon *lexicon)
{
    enum status status = STATUS_OK;
    struct token token;

    analyzer_start(analyzer, text, length);
    while (!status && analyzer_next(analyzer, &token))
        status = read_token(marker, &token, language, lexicon);
    return status;
}

enum status spans_find(struct marker *marker, const char *text, size_t length,
                       struct bytes language, struct analyzer *analyzer,
                       struct lexicon *lexicon, struct spans *spans,
                       struct failure *failure)
{
    enum status status = STATUS_OK;
    size_t i;

    marker->spans = spans;
    marker->failure = failure;
    marker->n_positions = 0;
    spans->n_items = 0;
    if (marker->words.n_items + marker->stems.n_items == 0)
        return STATUS_OK;
    for (i = 0; i < marker->n_places; i++)
        places_each_part(marker->places[i], clear_part, NULL);
    status = read_text(marker, text, length, language, analyzer, lexicon);
    for (i = 0; !status && i < marker->n_places; i++)
        status = places_mark(marker->places[i], mark_place, marker, failure);
    if (status)
        spans->n_items = 0;
    merge(spans);
    return status;
}

void spans_release(struct spans *spans)
{
    free(spans->items);
    *spans = (struct spans){0};
}
