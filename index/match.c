/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pass over all shards. As long as matches are counted all of them are gone
 * through; from then on only those whose scores may be among the best. */
#include <config.h>

#include "index/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "index/match_parts.h"
#include "index/schema.h"
#include "index/terms.h"

/* A match among the best. */
struct kept {
    struct match match;
    size_t whole;
    uint64_t place; /* in it, where that matters */
    uint64_t date;  /* 0: none, or it does not matter */
};

/* The best so far, the worst of them on top. */
struct best {
    struct kept *items;
    size_t n, max, capacity;
    enum search_order order;
    bool reverse, documents;
};

struct pass {
    struct matcher matcher;
    struct best best;
    struct tally tally;
    bool counts;        /* still */
    bool ended;         /* nothing more of the shard is among the best */
    struct id_set *set; /* instead of the tally: all that match; or NULL */
    size_t whole;
    const struct deleted *deleted; /* in the shard */
    size_t next_deleted;
};

/* --- The best */

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* As strcmp: in document order. */
static int compare_places(const struct kept *a, const struct kept *b)
{
    int order = compare_numbers(a->whole, b->whole);

    if (order == 0)
        order = compare_numbers(a->place, b->place);
    return order ? order : compare_numbers(a->match.id, b->match.id);
}

/* The same by what is known before there is a score. */
static int compare_keys(const struct best *best, const struct kept *a,
                        const struct kept *b)
{
    int order = 0;

    switch (best->order) {
    case ORDER_SCORE: break;
    case ORDER_DATE: order = compare_numbers(b->date, a->date); break;
    case ORDER_DOCUMENT: order = compare_places(a, b); break;
    }
    return best->reverse ? -order : order;
}

/* Whether A comes before B; equal scores in document order. */
static bool comes_before(const struct best *best, const struct kept *a,
                         const struct kept *b)
{
    int order = compare_keys(best, a, b);

    if (order == 0 && a->match.score != b->match.score)
        return a->match.score > b->match.score;
    return (order ? order : compare_places(a, b)) < 0;
}

static void sift_up(struct best *best, size_t i)
{
    struct kept *items = best->items, item = items[i];

    while (i > 0 && comes_before(best, &items[(i - 1) / 2], &item)) {
        items[i] = items[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    items[i] = item;
}

/* Put ITEM in the place of the worst of the first N. */
static void replace_worst(struct best *best, size_t n, struct kept item)
{
    struct kept *items = best->items;
    size_t i = 0, child;

    while ((child = 2 * i + 1) < n) {
        if (child + 1 < n &&
            comes_before(best, &items[child], &items[child + 1]))
            child++;
        if (!comes_before(best, &item, &items[child]))
            break;
        items[i] = items[child];
        i = child;
    }
    items[i] = item;
}

/* Put them in order: the worst goes behind the others, again and again. */
static void sort(struct best *best)
{
    for (size_t n = best->n; n > 1; n--) {
        struct kept worst = best->items[0];

        replace_worst(best, n - 1, best->items[n - 1]);
        best->items[n - 1] = worst;
    }
}

static bool keep(struct best *best, const struct kept *item)
{
    if (best->n == best->max) {
        if (comes_before(best, item, &best->items[0]))
            replace_worst(best, best->n, *item);
        return true;
    }
    if (!array_grow(&best->items, &best->capacity, best->n + 1,
                    sizeof *best->items))
        return false;
    best->items[best->n++] = *item;
    sift_up(best, best->n - 1);
    return true;
}

/* What a score must be above to be of use: a little less than that of the
 * worst, since sums are rounded, and equal ones may come from other shards. */
static double needed(const struct pass *pass)
{
    const struct best *best = &pass->best;
    double worst;

    if (best->n < best->max || best->max == 0 || best->order != ORDER_SCORE)
        return -1;
    worst = best->items[0].match.score;
    if (worst <= 0)
        return pass->matcher.reader->n_shards > 1 ? -1 : 0;
    return worst * (1 - 1e-12);
}

/* --- The pass */

static bool is_deleted(struct pass *pass, uint32_t document)
{
    const struct deleted *deleted = pass->deleted;

    if (!deleted)
        return false;
    while (pass->next_deleted < deleted->n &&
           deleted->documents[pass->next_deleted] < document)
        pass->next_deleted++;
    return pass->next_deleted < deleted->n &&
           deleted->documents[pass->next_deleted] == document;
}

/* What DOCUMENT has in LIST. */
static bool find_value(struct matcher *matcher, struct glass_value_list *list,
                       uint32_t document, struct bytes *value)
{
    return glass_value_list_find(list, document, value) ||
           matcher_fail(matcher, glass_value_list_failed(list));
}

/* The same as a number of eight bytes; 0 where there is none. */
static bool find_number(struct matcher *matcher, struct glass_value_list *list,
                        uint32_t document, uint64_t *number)
{
    struct bytes value;

    *number = 0;
    if (!find_value(matcher, list, document, &value))
        return false;
    for (size_t i = 0; i < value.length && i < sizeof *number; i++)
        *number |= (uint64_t)(unsigned char)value.data[i] << (56 - 8 * i);
    return true;
}

static bool no_memory(struct matcher *matcher)
{
    matcher->status = fail_memory(matcher->failure);
    return false;
}

/* The id of DOCUMENT. */
static uint32_t id_of(const struct matcher *matcher, uint32_t document)
{
    return (uint32_t)((document - 1) * matcher->reader->n_shards +
                      matcher->shard + 1);
}

static bool count(struct pass *pass, uint32_t document)
{
    struct bytes order;

    if (pass->set)
        return id_set_add(pass->set, id_of(&pass->matcher, document)) ||
               no_memory(&pass->matcher);
    if (pass->tally.n_paragraphs == pass->tally.max) {
        pass->tally.more = true;
        pass->counts = false;
        return true;
    }
    if (!find_value(&pass->matcher, &pass->matcher.order, document, &order))
        return false;
    tally_add(&pass->tally, order);
    return true;
}

/* Where ITEM, DOCUMENT, stands among all. */
static bool find_place(struct pass *pass, uint32_t document, struct kept *item)
{
    struct matcher *matcher = &pass->matcher;

    return matcher->reader->n_shards == 1 || item->place > 0 ||
           find_number(matcher, &matcher->order, document, &item->place);
}

/* Fill in by what ITEM, DOCUMENT, comes before or behind others of any score.
 */
static bool find_key(struct pass *pass, uint32_t document, struct kept *item)
{
    struct matcher *matcher = &pass->matcher;

    *item = (struct kept){{id_of(matcher, document), 0, 0}, pass->whole, 0, 0};
    switch (pass->best.order) {
    case ORDER_SCORE: return true;
    case ORDER_DATE:
        return find_number(matcher, &matcher->date, document, &item->date);
    case ORDER_DOCUMENT: return find_place(pass, document, item);
    }
    return true;
}

/* Which document DOCUMENT, a paragraph, is of, if that is asked for. */
static bool find_document(struct pass *pass, uint32_t document,
                          struct match *match)
{
    struct matcher *matcher = &pass->matcher;
    uint64_t place;

    if (!pass->best.documents)
        return true;
    if (!find_number(matcher, &matcher->order, document, &place))
        return false;
    if (place > 0)
        match->document = (uint64_t)(pass->whole + 1) << 32 | place >> 32;
    return true;
}

/* Whether ITEM may be among the best, whatever its score. */
static bool may_be_kept(const struct best *best, const struct kept *item)
{
    return best->n < best->max ||
           compare_keys(best, item, &best->items[0]) <= 0;
}

/* Look at the paragraph that the root is at. */
static bool take(struct pass *pass, double need)
{
    struct matcher *matcher = &pass->matcher;
    struct node *root = &matcher->root;
    uint32_t document = root->at;
    bool counts = pass->counts, stands = true;
    struct kept item;
    double score;

    if (counts) {
        if (!node_check(matcher, root, document, &stands) ||
            (stands && !count(pass, document)))
            return false;
        if (!stands || pass->best.max == 0)
            return true;
    }
    if (!find_key(pass, document, &item))
        return false;
    if (!may_be_kept(&pass->best, &item)) {
        /* What comes behind it in the shard is behind it in the order. */
        pass->ended = pass->best.order == ORDER_DOCUMENT &&
                      !pass->best.reverse && !counts;
        return true;
    }
    matcher->checks = false;
    score = node_score(matcher, root, need);
    if (score > need && root->unsure) {
        if (!counts && !node_check(matcher, root, document, &stands))
            return false;
        matcher->checks = true;
        score = stands ? node_score(matcher, root, need) : need;
    }
    if (score <= need || matcher->status != STATUS_OK)
        return matcher->status == STATUS_OK;
    item.match.score = score;
    if (!find_place(pass, document, &item) ||
        !find_document(pass, document, &item.match))
        return false;
    return keep(&pass->best, &item) || no_memory(matcher);
}

static bool pass_shard(struct pass *pass)
{
    struct matcher *matcher = &pass->matcher;
    struct node *root = &matcher->root;

    pass->ended = false;
    node_begin(matcher, root);
    for (uint32_t from = 1;; from = root->at + 1) {
        double need = needed(pass);

        if (pass->ended || (!pass->counts && pass->best.max == 0))
            return true;
        if (!node_advance(matcher, root, from, pass->counts ? -1 : need))
            return false;
        if (root->at == NODE_END)
            return true;
        if (!is_deleted(pass, root->at) && !take(pass, need))
            return false;
    }
}

/* Go through shard I. */
static bool begin_shard(struct pass *pass, size_t i)
{
    struct matcher *matcher = &pass->matcher;
    const struct part *part = matcher->reader->shards[i].part;

    matcher->shard = i;
    pass->deleted = part->deleted;
    pass->next_deleted = 0;
    matcher->order = (struct glass_value_list){.cursor.tree = part->postings,
                                               .slot = VALUE_ORDER};
    matcher->date = (struct glass_value_list){.cursor.tree = part->postings,
                                              .slot = VALUE_DATE};
    for (size_t j = 0; j < matcher->reader->n_wholes; j++)
        if (matcher->reader->wholes[j].first_shard == i) {
            pass->tally.begun = false;
            pass->whole = j;
        }
    return glass_list_open_lengths(&matcher->lengths, part->postings) ||
           matcher_fail(matcher, glass_list_failed(&matcher->lengths));
}

static void end_shard(struct pass *pass)
{
    glass_list_release(&pass->matcher.lengths);
    glass_value_list_release(&pass->matcher.order);
    glass_value_list_release(&pass->matcher.date);
}

static bool pass_all(struct pass *pass)
{
    bool good = true;

    for (size_t i = 0; good && i < pass->matcher.reader->n_shards; i++) {
        good = begin_shard(pass, i) && pass_shard(pass);
        end_shard(pass);
    }
    return good;
}

/* --- Beginning and end */

/* What is known of all paragraphs. */
static void matcher_init(struct matcher *matcher, const struct reader *reader,
                         struct failure *failure)
{
    const struct ranking *ranking = &reader->ranking;
    uint64_t n = 0;
    double words = 0;

    *matcher = (struct matcher){.reader = reader,
                                .k1 = ranking->k1,
                                .b = ranking->b,
                                .minimum_length = ranking->minimum_length,
                                .failure = failure};
    for (size_t i = 0; i < reader->n_shards; i++) {
        const struct glass_statistics *its =
            &reader->shards[i].part->statistics;

        n += its->n_documents;
        words += (double)its->length_sum;
        if (its->wdf_max > matcher->wdf_max)
            matcher->wdf_max = its->wdf_max;
    }
    matcher->n_paragraphs = n < UINT32_MAX ? (uint32_t)n : UINT32_MAX;
    if (words > 0 && ranking->b != 0 && ranking->k1 != 0)
        matcher->length_factor = 1 / (words / (double)n);
}

static enum status give(struct pass *pass, struct matches *matches,
                        const struct search_options *options,
                        struct failure *failure)
{
    struct best *best = &pass->best;
    size_t capacity = 0;

    if (best->n == 0) {
        matches->items = NULL;
    } else {
        sort(best);
        if (!array_grow(&matches->items, &capacity, best->n,
                        sizeof *matches->items))
            return fail_memory(failure);
        for (size_t i = 0; i < best->n; i++)
            matches->items[i] = best->items[i].match;
    }
    matches->n_items = best->n;
    if (options->count > 0) {
        tally_finish(&pass->tally, matches);
    } else {
        /* Fewer than were asked for are all. */
        matches->n_paragraphs = best->n;
        matches->n_documents = best->n ? 1 : 0;
        matches->exact = best->max > 0 && best->n == 0;
    }
    return STATUS_OK;
}

/* Run QUERY as far as PASS is to; *FITS as match.h has it. */
static enum status run(struct pass *pass, const struct reader *reader,
                       const struct query_node *query, bool *fits,
                       struct failure *failure)
{
    struct matcher *matcher = &pass->matcher;
    enum status status;

    matcher_init(matcher, reader, failure);
    status = matcher_make(matcher, query, pass->best.max > 0);
    *fits = matcher->fits;
    if (status == STATUS_OK && *fits && !pass_all(pass))
        status = matcher->status;
    node_release(&matcher->root, reader->n_shards);
    return status;
}

enum status match_run(const struct reader *reader,
                      const struct query_node *query,
                      const struct search_options *options, uint32_t max,
                      struct matches *matches, bool *fits,
                      struct failure *failure)
{
    struct pass pass = {.best = {.max = max,
                                 .order = options->order,
                                 .reverse = options->reverse,
                                 .documents = options->documents},
                        .tally.max = options->count,
                        .counts = options->count > 0};
    enum status status;

    *fits = terms_are_mapped(reader);
    if (!*fits)
        return STATUS_OK;
    status = run(&pass, reader, query, fits, failure);
    if (status == STATUS_OK && *fits)
        status = give(&pass, matches, options, failure);
    free(pass.best.items);
    return status;
}

enum status match_all(const struct reader *reader,
                      const struct query_node *query, struct id_set *set,
                      bool *fits, struct failure *failure)
{
    struct pass pass = {.counts = true, .set = set};

    *fits = terms_are_mapped(reader);
    return *fits ? run(&pass, reader, query, fits, failure) : STATUS_OK;
}
