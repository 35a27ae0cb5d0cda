/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The binding's callbacks, and handles that outlive what they came from. */
#include <config.h>

#include "tests/unit/xapian-c-fixture.h"

/* What a callback is given, and what it saw. */
struct tally {
    unsigned calls; /* so far */
    unsigned limit; /* the call that returns false */
    unsigned freed; /* contexts */
    double weight;  /* seen last */
};

static bool go_on(struct tally *tally)
{
    return ++tally->calls != tally->limit;
}

static void free_tally(void *context)
{
    struct tally *tally = context;

    tally->freed++;
}

static bool spy_on(void *context, xapian_docid docid, double weight,
                   xapian_document *document)
{
    struct tally *tally = context;
    const char *data;
    size_t length;

    tally->weight = weight;
    return docid != 0 &&
           xapian_document_get_data(document, &data, &length, NULL) ==
               XAPIAN_OK &&
           length == 4 && go_on(tally);
}

static bool decide(void *context, xapian_docid docid, xapian_document *document,
                   bool *accept)
{
    (void)document;
    *accept = docid == 2 || docid == 3;
    return go_on(context);
}

/* The highest document first; the key holds NUL. */
static bool make_key(void *context, xapian_docid docid,
                     xapian_document *document, const char **key,
                     size_t *length)
{
    static const char keys[][2] = {"", "\0d", "\0c", "\0b", "\0a"};

    (void)document;
    *key = keys[docid];
    *length = 2;
    return go_on(context);
}

static bool choose(void *context, const char *term, size_t length, bool *accept)
{
    *accept = length == 2 && term[0] == 'N';
    return go_on(context);
}

static xapian_enquire *enquire_all(const xapian_database *database)
{
    xapian_enquire *enquire;
    xapian_query *query;

    WORKS(xapian_enquire_new(database, &enquire, &error));
    WORKS(xapian_query_new_term(S("common"), 1, 0, &query, &error));
    WORKS(xapian_enquire_set_query(enquire, query, 0, &error));
    xapian_query_free(query);
    return enquire;
}

static xapian_mset *search(const xapian_enquire *enquire,
                           const xapian_match_decider *decider)
{
    xapian_mset *mset;

    WORKS(xapian_enquire_get_mset(enquire, 0, 10, 10, NULL, decider, &mset,
                                  &error));
    return mset;
}

static xapian_docid docid_of(const xapian_mset *mset, xapian_doccount item)
{
    xapian_docid docid;

    WORKS(xapian_mset_docid(mset, item, &docid, &error));
    return docid;
}

/* The search is stopped by a callback. */
static void is_stopped(const xapian_enquire *enquire,
                       const xapian_match_decider *decider)
{
    xapian_mset *mset;

    FAILS(XAPIAN_STOPPED, xapian_enquire_get_mset(enquire, 0, 10, 10, NULL,
                                                  decider, &mset, &error));
    ok(mset == NULL, "no matches of a search that was stopped");
}

static void test_spy(const xapian_database *database)
{
    struct tally tally = {.limit = 7};
    xapian_enquire *enquire = enquire_all(database);
    xapian_match_spy *spy;
    xapian_mset *mset;
    size_t total;

    WORKS(xapian_match_spy_new(spy_on, &tally, free_tally, &spy, &error));
    WORKS(xapian_enquire_add_matchspy(enquire, spy, &error));
    FAILS(XAPIAN_INVALID_OPERATION_ERROR,
          xapian_match_spy_total(spy, &total, &error));
    xapian_match_spy_free(spy);
    ok(tally.freed == 0, "an enquiry keeps its spies");
    xapian_mset_free(search(enquire, NULL));
    ok(tally.calls == 4 && tally.weight > 0, "a spy sees each match");
    is_stopped(enquire, NULL);
    ok(tally.calls == 7, "it was the third that stopped it");
    mset = search(enquire, NULL);
    WORKS(xapian_enquire_clear_matchspies(enquire, &error));
    ok(tally.freed == 1, "spies are freed when they are cleared");
    xapian_enquire_free(enquire);
    ok(docid_of(mset, 0) == 1, "matches outlive spies and enquiry");
    xapian_mset_free(mset);
}

static void test_value_count(const xapian_database *database)
{
    xapian_enquire *enquire = enquire_all(database);
    xapian_match_spy *spy;
    xapian_term_iterator *values, *top;
    xapian_doccount count;
    size_t total, length;

    WORKS(xapian_match_spy_new_value_count(1, &spy, &error));
    WORKS(xapian_enquire_add_matchspy(enquire, spy, &error));
    xapian_mset_free(search(enquire, NULL));
    xapian_enquire_free(enquire);
    WORKS(xapian_match_spy_total(spy, &total, &error));
    ok(total == 4, "four values are counted");
    WORKS(xapian_match_spy_values(spy, &values, &error));
    WORKS(xapian_match_spy_top_values(spy, 1, &top, &error));
    xapian_match_spy_free(spy);
    IS(xapian_term_iterator_term(values, &length), length, "e");
    WORKS(xapian_term_iterator_termfreq(values, &count, &error));
    ok(count == 2, "one of them twice");
    WORKS(xapian_term_iterator_next(values, &error));
    IS(xapian_term_iterator_term(values, &length), length, "o");
    WORKS(xapian_term_iterator_next(top, &error));
    ok(xapian_term_iterator_at_end(top), "the commonest value");
    xapian_term_iterator_free(values);
    xapian_term_iterator_free(top);
}

static void test_decider(const xapian_database *database)
{
    struct tally tally = {.limit = 6};
    xapian_enquire *enquire = enquire_all(database);
    xapian_match_decider *decider;
    xapian_mset *mset;

    WORKS(
        xapian_match_decider_new(decide, &tally, free_tally, &decider, &error));
    mset = search(enquire, decider);
    ok(xapian_mset_size(mset) == 2 && docid_of(mset, 0) == 2,
       "a decider lets two through");
    xapian_mset_free(mset);
    is_stopped(enquire, decider);
    xapian_match_decider_free(decider);
    ok(tally.freed == 1 && tally.calls == 6, "a decider frees its context");
    xapian_enquire_free(enquire);
}

/* A filter's context, which is also its shard. */
static bool open_shard(void *context, const char *uuid, size_t length,
                       void **shard)
{
    ok(length == 36 && uuid[8] == '-', "a filter is told the UUID");
    *shard = context;
    return true;
}

static bool accept_even(void *context, void *shard, xapian_docid docid,
                        bool *accept)
{
    ok(shard == context, "and is given what it made of it");
    *accept = docid % 2 == 0;
    return go_on(context);
}

static void test_filter(const xapian_database *database)
{
    struct tally tally = {.limit = 6};
    xapian_enquire *enquire = enquire_all(database);
    xapian_query *pair[2], *both;
    xapian_mset *mset;

    WORKS(xapian_query_new_filter(open_shard, accept_even, &tally, free_tally,
                                  &pair[1], &error));
    WORKS(xapian_enquire_set_query(enquire, pair[1], 0, &error));
    mset = search(enquire, NULL);
    ok(xapian_mset_size(mset) == 2 && docid_of(mset, 0) == 2,
       "a filter alone goes through all documents");
    xapian_mset_free(mset);
    tally.calls = 0;
    WORKS(xapian_query_new_term(S("common"), 1, 0, &pair[0], &error));
    WORKS(xapian_query_new_combined(XAPIAN_OP_FILTER,
                                    (const xapian_query *const *)pair, 2, 0,
                                    &both, &error));
    xapian_query_free(pair[0]);
    xapian_query_free(pair[1]);
    WORKS(xapian_enquire_set_query(enquire, both, 0, &error));
    xapian_query_free(both);
    mset = search(enquire, NULL);
    ok(xapian_mset_size(mset) == 2 && docid_of(mset, 1) == 4 &&
           tally.calls == 4,
       "or through what else must match");
    xapian_mset_free(mset);
    is_stopped(enquire, NULL);
    ok(tally.freed == 0, "the enquiry keeps it");
    xapian_enquire_free(enquire);
    ok(tally.freed == 1, "a filter frees its context");
}

static bool next_even(void *context, void *shard, xapian_docid from,
                      xapian_docid *next)
{
    struct tally *tally = context;

    (void)shard;
    if (tally->calls++ == tally->limit)
        return false;
    if (from <= 4)
        *next = from + from % 2;
    return true;
}

static void test_list(const xapian_database *database)
{
    struct tally tally = {.limit = 20};
    xapian_enquire *enquire = enquire_all(database);
    xapian_query *pair[2], *both;
    xapian_mset *mset;

    WORKS(xapian_query_new_list(open_shard, next_even, &tally, free_tally,
                                &pair[1], &error));
    WORKS(xapian_enquire_set_query(enquire, pair[1], 0, &error));
    mset = search(enquire, NULL);
    ok(xapian_mset_size(mset) == 2 && docid_of(mset, 1) == 4,
       "a list alone goes through its documents");
    xapian_mset_free(mset);
    WORKS(xapian_query_new_term(S("common"), 1, 0, &pair[0], &error));
    WORKS(xapian_query_new_combined(XAPIAN_OP_AND_NOT,
                                    (const xapian_query *const *)pair, 2, 0,
                                    &both, &error));
    xapian_query_free(pair[0]);
    xapian_query_free(pair[1]);
    WORKS(xapian_enquire_set_query(enquire, both, 0, &error));
    xapian_query_free(both);
    mset = search(enquire, NULL);
    for (xapian_doccount i = 0; i < xapian_mset_size(mset); i++)
        ok(docid_of(mset, i) % 2 == 1, "and is left out");
    xapian_mset_free(mset);
    tally.limit = tally.calls;
    is_stopped(enquire, NULL);
    xapian_enquire_free(enquire);
    ok(tally.freed == 1, "a list frees its context");
}

static void test_key_maker(const xapian_database *database)
{
    struct tally tally = {.limit = 15};
    xapian_enquire *enquire = enquire_all(database);
    xapian_key_maker *maker;
    xapian_mset *mset;
    char *key;
    size_t length;

    WORKS(xapian_key_maker_new(make_key, &tally, free_tally, &maker, &error));
    WORKS(xapian_enquire_set_sort_by_key(enquire, maker, false, &error));
    FAILS(XAPIAN_INVALID_OPERATION_ERROR,
          xapian_key_maker_add_value(maker, 0, false, NULL, 0, &error));
    mset = search(enquire, NULL);
    ok(docid_of(mset, 0) == 4, "a key maker turns the order round");
    WORKS(xapian_mset_sort_key(mset, 0, &key, &length, &error));
    IS_OWNED(key, length, "\0a");
    xapian_mset_free(mset);
    WORKS(xapian_enquire_set_sort_by_key_then_relevance(enquire, maker, true,
                                                        &error));
    xapian_key_maker_free(maker);
    mset = search(enquire, NULL);
    ok(docid_of(mset, 0) == 1, "and round again");
    xapian_mset_free(mset);
    WORKS(xapian_enquire_set_sort_by_relevance(enquire, &error));
    xapian_mset_free(search(enquire, NULL));
    ok(tally.freed == 0, "an enquiry keeps its key maker");
    xapian_enquire_free(enquire);
    ok(tally.freed == 1, "and frees it");
}

static void test_key_maker_stops(const xapian_database *database)
{
    struct tally tally = {.limit = 2};
    xapian_enquire *enquire = enquire_all(database);
    xapian_key_maker *maker;
    xapian_mset *mset;

    WORKS(xapian_key_maker_new(make_key, &tally, free_tally, &maker, &error));
    WORKS(xapian_enquire_set_sort_by_relevance_then_key(enquire, maker, false,
                                                        &error));
    xapian_key_maker_free(maker);
    is_stopped(enquire, NULL);
    WORKS(xapian_key_maker_new_multi_value(&maker, &error));
    WORKS(xapian_key_maker_add_value(maker, 1, true, S("x"), &error));
    WORKS(xapian_key_maker_add_value(maker, 0, true, NULL, 0, &error));
    WORKS(xapian_enquire_set_sort_by_key(enquire, maker, false, &error));
    xapian_key_maker_free(maker);
    ok(tally.freed == 1, "another key maker replaces the first");
    mset = search(enquire, NULL);
    ok(docid_of(mset, 0) == 3, "the last of the odd ones is first");
    xapian_mset_free(mset);
    xapian_enquire_free(enquire);
}

static void test_expand_decider(const xapian_database *database)
{
    struct tally tally = {.limit = 0};
    xapian_enquire *enquire = enquire_all(database);
    xapian_expand_decider *decider;
    xapian_rset *rset;
    xapian_eset *eset;
    const char *term;
    size_t length;

    WORKS(xapian_expand_decider_new(choose, &tally, free_tally, &decider,
                                    &error));
    WORKS(xapian_rset_new(&rset, &error));
    WORKS(xapian_rset_add_document(rset, 1, &error));
    WORKS(xapian_enquire_get_eset(enquire, 10, rset, 0, decider, 0, &eset,
                                  &error));
    WORKS(xapian_eset_term(eset, 0, &term, &length, &error));
    ok(xapian_eset_size(eset) == 1, "an expand decider lets one through");
    IS(term, length, "N1");
    xapian_eset_free(eset);
    tally.limit = tally.calls + 1;
    FAILS(XAPIAN_STOPPED, xapian_enquire_get_eset(enquire, 10, rset, 0, decider,
                                                  0, &eset, &error));
    xapian_expand_decider_free(decider);
    ok(tally.freed == 1, "an expand decider frees its context");
    xapian_rset_free(rset);
    xapian_enquire_free(enquire);
}

/* --- Children that outlive their parents */

static void test_orphans_of_database(void)
{
    xapian_database *database;
    xapian_document *document;
    xapian_term_iterator *all, *list;
    xapian_posting_iterator *postings;
    xapian_value_iterator *values;
    const char *data;
    size_t length;

    WORKS(xapian_database_open(S("called"), 0, &database, &error));
    WORKS(xapian_database_get_document(database, 1, 0, &document, &error));
    WORKS(xapian_database_allterms(database, NULL, 0, &all, &error));
    WORKS(xapian_database_termlist(database, 2, &list, &error));
    WORKS(xapian_database_postlist(database, S("odd"), &postings, &error));
    WORKS(xapian_database_valuestream(database, 0, &values, &error));
    xapian_database_free(database);
    WORKS(xapian_document_get_data(document, &data, &length, &error));
    IS(data, length, "one\0");
    WORKS(xapian_term_iterator_next(all, &error));
    WORKS(xapian_term_iterator_next(list, &error));
    WORKS(xapian_posting_iterator_next(postings, &error));
    WORKS(xapian_value_iterator_next(values, &error));
    IS(xapian_term_iterator_term(all, &length), length, "N2");
    IS(xapian_term_iterator_term(list, &length), length, "common");
    IS(xapian_value_iterator_value(values, &length), length, "v2");
    xapian_document_free(document);
    xapian_term_iterator_free(all);
    xapian_term_iterator_free(list);
    xapian_posting_iterator_free(postings);
    xapian_value_iterator_free(values);
}

static void test_orphans_of_iterators(void)
{
    xapian_database *database;
    xapian_posting_iterator *postings;
    xapian_position_iterator *positions, *of_document;
    xapian_document *document = fixture_document(2);
    xapian_term_iterator *terms;
    xapian_value_iterator *values;
    size_t length;

    WORKS(xapian_database_open(S("called"), 0, &database, &error));
    WORKS(xapian_database_postlist(database, S("even"), &postings, &error));
    xapian_database_free(database);
    WORKS(xapian_posting_iterator_positionlist(postings, &positions, &error));
    xapian_posting_iterator_free(postings);
    WORKS(xapian_document_termlist(document, &terms, &error));
    WORKS(xapian_document_values(document, &values, &error));
    xapian_document_free(document);
    WORKS(xapian_term_iterator_next(terms, &error));
    IS(xapian_term_iterator_term(terms, &length), length, "common");
    WORKS(xapian_term_iterator_positionlist(terms, &of_document, &error));
    xapian_term_iterator_free(terms);
    WORKS(xapian_value_iterator_next(values, &error));
    IS(xapian_value_iterator_value(values, &length), length, "e");
    WORKS(xapian_position_iterator_skip_to(positions, 2, &error));
    WORKS(xapian_position_iterator_skip_to(of_document, 1, &error));
    ok(xapian_position_iterator_position(positions) == 2 &&
           xapian_position_iterator_position(of_document) == 1,
       "positions outlive documents and iterators");
    xapian_position_iterator_free(positions);
    xapian_position_iterator_free(of_document);
    xapian_value_iterator_free(values);
}

static void test_orphans_of_writer(void)
{
    xapian_writable_database *writable = fixture_writable("writer"), *second;
    xapian_enquire *enquire =
        enquire_all(xapian_writable_database_as_database(writable));
    xapian_mset *mset;
    xapian_document *document;
    const char *value;
    size_t length;

    xapian_writable_database_free(writable);
    mset = search(enquire, NULL);
    xapian_enquire_free(enquire);
    WORKS(xapian_mset_document(mset, 3, &document, &error));
    xapian_mset_free(mset);
    FAILS(XAPIAN_DATABASE_LOCK_ERROR,
          xapian_writable_database_open(S("writer"), XAPIAN_DB_OPEN, 0, &second,
                                        &error));
    WORKS(xapian_document_get_value(document, 0, &value, &length, &error));
    IS(value, length, "v4");
    xapian_document_free(document);
    WORKS(xapian_writable_database_open(S("writer"), XAPIAN_DB_OPEN, 0, &second,
                                        &error));
    xapian_writable_database_free(second);
}

int main(void)
{
    char folder[] = "xapian-c-callback-test-XXXXXX";
    xapian_database *database;

    fixture_enter(folder);
    database = fixture_database("called");
    test_spy(database);
    test_value_count(database);
    test_decider(database);
    test_filter(database);
    test_list(database);
    test_key_maker(database);
    test_key_maker_stops(database);
    test_expand_decider(database);
    xapian_database_free(database);
    test_orphans_of_database();
    test_orphans_of_iterators();
    test_orphans_of_writer();
    forget();
    fixture_leave(folder);
    return tap_done();
}
