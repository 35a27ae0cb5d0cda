/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The binding's databases to read, iterators, queries and searches. */
#include <config.h>

#include "tests/unit/xapian-c-fixture.h"

/* --- Reading */

static void test_whole(xapian_database *database)
{
    xapian_docid docid;
    xapian_termcount bound;
    double average;
    uint64_t total, revision;
    bool flag;
    char *text;
    size_t length;

    WORKS(xapian_database_lastdocid(database, &docid, &error));
    ok(docid == 4, "the last document");
    WORKS(xapian_database_total_length(database, &total, &error));
    ok(total == 18, "the total length");
    WORKS(xapian_database_average_length(database, &average, &error));
    ok(average > 4.4 && average < 4.6, "the average length");
    WORKS(xapian_database_doclength_lower_bound(database, &bound, &error));
    ok(bound <= 3, "the shortest document");
    WORKS(xapian_database_doclength_upper_bound(database, &bound, &error));
    ok(bound >= 6, "the longest document");
    WORKS(xapian_database_has_positions(database, &flag, &error));
    ok(flag, "there are positions");
    WORKS(xapian_database_locked(database, &flag, &error));
    ok(!flag, "nobody writes");
    WORKS(xapian_database_revision(database, &revision, &error));
    ok(revision > 0, "the revision");
    WORKS(xapian_database_uuid(database, &text, &length, &error));
    ok(length == 36, "the uuid");
    xapian_free(text);
    WORKS(xapian_database_description(database, &text, &length, &error));
    ok(length > 0, "the description of a database");
    xapian_free(text);
    WORKS(xapian_database_keep_alive(database, &error));
    WORKS(xapian_database_reopen(database, &flag, &error));
    WORKS(xapian_database_reopen(database, NULL, &error));
}

static void test_numbers(xapian_database *database)
{
    xapian_doccount frequency;
    xapian_termcount count;
    bool exists;
    char *bound;
    size_t length;

    WORKS(xapian_database_term_exists(database, S("N1\0"), &exists, &error));
    ok(!exists, "a term with a NUL more does not exist");
    WORKS(xapian_database_term_exists(database, S("odd"), &exists, &error));
    ok(exists, "a term exists");
    WORKS(xapian_database_termfreq(database, S("odd"), &frequency, &error));
    ok(frequency == 2, "its frequency");
    WORKS(xapian_database_collection_freq(database, S("odd"), &count, &error));
    ok(count == 4, "its collection frequency");
    WORKS(xapian_database_wdf_upper_bound(database, S("odd"), &count, &error));
    ok(count >= 3, "its highest wdf");
    WORKS(xapian_database_value_freq(database, 0, &frequency, &error));
    ok(frequency == 4, "how many have a value");
    WORKS(xapian_database_value_lower_bound(database, 0, &bound, &length,
                                            &error));
    IS_OWNED(bound, length, "v1");
    WORKS(xapian_database_value_upper_bound(database, 0, &bound, &length,
                                            &error));
    IS_OWNED(bound, length, "v4");
    WORKS(xapian_database_doclength(database, 4, &count, &error));
    ok(count == 6, "the length of a document");
    WORKS(xapian_database_unique_terms(database, 4, &count, &error));
    ok(count == 3, "its terms");
}

static void test_get_document(xapian_database *database)
{
    xapian_document *document;
    const char *data;
    size_t length;
    xapian_docid docid;

    FAILS(XAPIAN_DOC_NOT_FOUND_ERROR,
          xapian_database_get_document(database, 99, 0, &document, &error));
    ok(document == NULL, "no document, no handle");
    FAILS(XAPIAN_INVALID_ARGUMENT_ERROR,
          xapian_database_get_document(database, 0, 0, &document, &error));
    WORKS(xapian_database_get_document(database, 2, XAPIAN_DOC_ASSUME_VALID,
                                       &document, &error));
    WORKS(xapian_document_get_data(document, &data, &length, &error));
    IS(data, length, "two\0");
    WORKS(xapian_document_docid(document, &docid, &error));
    ok(docid == 2, "a document knows its number");
    xapian_document_free(document);
}

static void test_terms(xapian_database *database)
{
    xapian_term_iterator *terms;
    xapian_doccount frequency;
    size_t length, n = 0;

    WORKS(xapian_database_allterms(database, S("N"), &terms, &error));
    IS(xapian_term_iterator_term(terms, &length), length, "N1");
    WORKS(xapian_term_iterator_termfreq(terms, &frequency, &error));
    ok(frequency == 1, "its frequency");
    for (; !xapian_term_iterator_at_end(terms); n++)
        WORKS(xapian_term_iterator_next(terms, &error));
    ok(n == 4, "four terms with a prefix");
    FAILS(XAPIAN_INVALID_OPERATION_ERROR,
          xapian_term_iterator_termfreq(terms, &frequency, &error));
    xapian_term_iterator_free(terms);
    WORKS(xapian_database_termlist(database, 3, &terms, &error));
    IS(xapian_term_iterator_term(terms, &length), length, "N3");
    xapian_term_iterator_free(terms);
    FAILS(XAPIAN_DOC_NOT_FOUND_ERROR,
          xapian_database_termlist(database, 99, &terms, &error));
    ok(terms == NULL, "no list of a document that is not there");
}

static void test_postings(xapian_database *database)
{
    xapian_posting_iterator *postings;
    xapian_position_iterator *positions;
    xapian_termcount count;

    WORKS(xapian_database_postlist(database, S("odd"), &postings, &error));
    ok(xapian_posting_iterator_docid(postings) == 1, "the first posting");
    WORKS(xapian_posting_iterator_next(postings, &error));
    ok(xapian_posting_iterator_docid(postings) == 3, "the second posting");
    WORKS(xapian_posting_iterator_wdf(postings, &count, &error));
    ok(count == 3, "its wdf");
    WORKS(xapian_posting_iterator_doclength(postings, &count, &error));
    ok(count == 5, "its document's length");
    WORKS(xapian_posting_iterator_unique_terms(postings, &count, &error));
    ok(count == 3, "its document's terms");
    WORKS(xapian_posting_iterator_positionlist(postings, &positions, &error));
    ok(xapian_position_iterator_position(positions) == 2, "its position");
    xapian_position_iterator_free(positions);
    WORKS(xapian_posting_iterator_next(postings, &error));
    ok(xapian_posting_iterator_at_end(postings) &&
           xapian_posting_iterator_docid(postings) == 0,
       "the last posting");
    FAILS(XAPIAN_INVALID_OPERATION_ERROR,
          xapian_posting_iterator_next(postings, &error));
    FAILS(XAPIAN_INVALID_OPERATION_ERROR,
          xapian_posting_iterator_positionlist(postings, &positions, &error));
    xapian_posting_iterator_free(postings);
    WORKS(xapian_database_postlist(database, NULL, 0, &postings, &error));
    WORKS(xapian_posting_iterator_skip_to(postings, 3, &error));
    ok(xapian_posting_iterator_docid(postings) == 3, "a skip over documents");
    xapian_posting_iterator_free(postings);
}

static void test_positions(xapian_database *database)
{
    xapian_position_iterator *positions;

    WORKS(
        xapian_database_positionlist(database, 1, S("N1"), &positions, &error));
    ok(xapian_position_iterator_position(positions) == 3, "a position");
    WORKS(xapian_position_iterator_skip_to(positions, 4, &error));
    ok(xapian_position_iterator_at_end(positions), "no position after it");
    FAILS(XAPIAN_INVALID_OPERATION_ERROR,
          xapian_position_iterator_next(positions, &error));
    xapian_position_iterator_free(positions);
}

static void test_values(xapian_database *database)
{
    xapian_value_iterator *values;
    size_t length;
    bool valid;

    WORKS(xapian_database_valuestream(database, 0, &values, &error));
    ok(xapian_value_iterator_docid(values) == 1 &&
           xapian_value_iterator_slot(values) == 0,
       "the first value");
    WORKS(xapian_value_iterator_next(values, &error));
    IS(xapian_value_iterator_value(values, &length), length, "v2");
    WORKS(xapian_value_iterator_check(values, 3, &valid, &error));
    ok(valid && xapian_value_iterator_docid(values) == 3, "a check");
    WORKS(xapian_value_iterator_skip_to(values, 9, &error));
    ok(xapian_value_iterator_at_end(values) &&
           xapian_value_iterator_docid(values) == 0,
       "no value after the last");
    xapian_value_iterator_free(values);
}

static void test_shards(xapian_database *database)
{
    xapian_database *both;
    xapian_doccount count;
    FILE *stub = fopen("stub", "w");

    WORKS(xapian_database_new(&both, &error));
    WORKS(xapian_database_add_database(both, database, &error));
    WORKS(xapian_database_add_database(both, database, &error));
    ok(xapian_database_size(both) == 2, "two shards");
    WORKS(xapian_database_doccount(both, &count, &error));
    ok(count == 8, "eight documents");
    xapian_database_free(both);
    if (!stub || fputs("auto found\nauto found\n", stub) < 0 ||
        fclose(stub) != 0)
        perror("stub");
    WORKS(
        xapian_database_open(S("stub"), XAPIAN_DB_BACKEND_STUB, &both, &error));
    WORKS(xapian_database_doccount(both, &count, &error));
    ok(count == 8, "eight documents by a stub");
    xapian_database_free(both);
}

/* --- Queries */

static xapian_query *term_query(const char *term)
{
    xapian_query *query;

    WORKS(xapian_query_new_term(term, strlen(term), 1, 0, &query, &error));
    return query;
}

/* OP over two terms. */
static xapian_query *pair(xapian_query_op op, const char *left,
                          const char *right)
{
    xapian_query *parts[2] = {NULL, NULL}, *query;

    WORKS(xapian_query_new_term(left, strlen(left), 1, 1, &parts[0], &error));
    WORKS(xapian_query_new_term(right, strlen(right), 1, 2, &parts[1], &error));
    WORKS(xapian_query_new_combined(op, (const xapian_query *const *)parts, 2,
                                    0, &query, &error));
    xapian_query_free(parts[0]);
    xapian_query_free(parts[1]);
    return query;
}

static xapian_mset *search(const xapian_enquire *enquire)
{
    xapian_mset *mset;

    WORKS(
        xapian_enquire_get_mset(enquire, 0, 10, 10, NULL, NULL, &mset, &error));
    return mset;
}

/* QUERY, which is freed, finds WANTED documents. */
static void finds(const xapian_database *database, xapian_query *query,
                  xapian_doccount wanted, const char *name)
{
    xapian_enquire *enquire;
    xapian_mset *mset;

    WORKS(xapian_enquire_new(database, &enquire, &error));
    WORKS(xapian_enquire_set_query(enquire, query, 0, &error));
    xapian_query_free(query);
    mset = search(enquire);
    ok(mset && xapian_mset_size(mset) == wanted, "%s finds %u", name, wanted);
    xapian_mset_free(mset);
    xapian_enquire_free(enquire);
}

static void test_operators(const xapian_database *database)
{
    static const struct {
        xapian_query_op op;
        const char *left, *right;
        xapian_doccount found;
        const char *name;
    } cases[] = {
        {XAPIAN_OP_AND, "odd", "N1", 1, "AND"},
        {XAPIAN_OP_OR, "odd", "N2", 3, "OR"},
        {XAPIAN_OP_AND_NOT, "odd", "N1", 1, "AND_NOT"},
        {XAPIAN_OP_XOR, "odd", "common", 2, "XOR"},
        {XAPIAN_OP_AND_MAYBE, "odd", "N2", 2, "AND_MAYBE"},
        {XAPIAN_OP_FILTER, "common", "even", 2, "FILTER"},
        {XAPIAN_OP_NEAR, "even", "common", 2, "NEAR"},
        {XAPIAN_OP_PHRASE, "common", "odd", 2, "PHRASE"},
        {XAPIAN_OP_PHRASE, "odd", "common", 0, "PHRASE"},
        {XAPIAN_OP_ELITE_SET, "odd", "even", 4, "ELITE_SET"},
        {XAPIAN_OP_SYNONYM, "odd", "even", 4, "SYNONYM"},
        {XAPIAN_OP_MAX, "odd", "N2", 3, "MAX"},
    };
    xapian_query *none, *term = term_query("odd");

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        finds(database, pair(cases[i].op, cases[i].left, cases[i].right),
              cases[i].found, cases[i].name);
    WORKS(xapian_query_new_combined(XAPIAN_OP_AND, NULL, 0, 0, &none, &error));
    finds(database, none, 0, "an AND of nothing");
    FAILS(XAPIAN_INVALID_ARGUMENT_ERROR,
          xapian_query_new_scaled(-1, term, &none, &error));
    xapian_query_free(term);
}

static void test_other_queries(const xapian_database *database)
{
    xapian_query *query, *scaled;

    WORKS(xapian_query_new_match_all(&query, &error));
    ok(xapian_query_type(query) == XAPIAN_LEAF_MATCH_ALL, "match-all");
    finds(database, query, 4, "match-all");
    WORKS(xapian_query_new_match_nothing(&query, &error));
    ok(xapian_query_empty(query), "match-nothing");
    finds(database, query, 0, "match-nothing");
    query = term_query("odd");
    WORKS(xapian_query_new_scaled(2, query, &scaled, &error));
    xapian_query_free(query);
    finds(database, scaled, 2, "a scaled term");
    WORKS(xapian_query_new_value_range(0, S("v2"), S("v3"), &query, &error));
    finds(database, query, 2, "a range");
    WORKS(xapian_query_new_value_ge(0, S("v2"), &query, &error));
    finds(database, query, 3, "a lower limit");
    WORKS(xapian_query_new_value_le(0, S("v1"), &query, &error));
    finds(database, query, 1, "an upper limit");
    WORKS(xapian_query_new_wildcard(S("N"), 3, XAPIAN_WILDCARD_LIMIT_FIRST,
                                    XAPIAN_OP_SYNONYM, &query, &error));
    finds(database, query, 3, "a wildcard of three");
}

static void test_wildcard_limit(const xapian_database *database)
{
    xapian_query *query;
    xapian_enquire *enquire;
    xapian_mset *mset;

    WORKS(xapian_query_new_wildcard(S("N"), 3, XAPIAN_WILDCARD_LIMIT_ERROR,
                                    XAPIAN_OP_OR, &query, &error));
    WORKS(xapian_enquire_new(database, &enquire, &error));
    WORKS(xapian_enquire_set_query(enquire, query, 0, &error));
    FAILS(
        XAPIAN_WILDCARD_ERROR,
        xapian_enquire_get_mset(enquire, 0, 10, 0, NULL, NULL, &mset, &error));
    ok(mset == NULL, "no matches of a search that fails");
    xapian_enquire_free(enquire);
    xapian_query_free(query);
}

static void test_query_strings(const xapian_query *query)
{
    xapian_query *copy;
    char *text;
    size_t length;

    WORKS(xapian_query_description(query, &text, &length, &error));
    IS_OWNED(text, length, "Query((odd@1 OR N2@2))");
    WORKS(xapian_query_serialise(query, &text, &length, &error));
    WORKS(xapian_query_unserialise(text, length, &copy, &error));
    ok(xapian_query_length(copy) == 2, "a query by way of a string");
    xapian_free(text);
    xapian_query_free(copy);
    FAILS(XAPIAN_NETWORK_ERROR, /* so says Xapian 1.4 */
          xapian_query_unserialise(S("\xff\xff"), &copy, &error));
}

static void test_query_parts(void)
{
    xapian_query *query = pair(XAPIAN_OP_OR, "odd", "N2"), *part, *copy;
    xapian_term_iterator *terms;
    size_t length;

    ok(xapian_query_type(query) == XAPIAN_OP_OR, "its type");
    ok(xapian_query_n_subqueries(query) == 2, "its parts");
    WORKS(xapian_query_get_subquery(query, 1, &part, &error));
    ok(xapian_query_type(part) == XAPIAN_LEAF_TERM, "a part");
    xapian_query_free(part);
    FAILS(XAPIAN_INVALID_ARGUMENT_ERROR,
          xapian_query_get_subquery(query, 2, &part, &error));
    WORKS(xapian_query_copy(query, &copy, &error));
    test_query_strings(query);
    xapian_query_free(query);
    ok(xapian_query_length(copy) == 2, "the length of a copy");
    WORKS(xapian_query_terms(copy, &terms, &error));
    IS(xapian_term_iterator_term(terms, &length), length, "odd");
    xapian_term_iterator_free(terms);
    WORKS(xapian_query_unique_terms(copy, &terms, &error));
    xapian_query_free(copy);
    IS(xapian_term_iterator_term(terms, &length), length, "N2");
    xapian_term_iterator_free(terms);
}

/* --- Searches */

static xapian_docid docid_of(const xapian_mset *mset, xapian_doccount item)
{
    xapian_docid docid;

    WORKS(xapian_mset_docid(mset, item, &docid, &error));
    return docid;
}

/* The search now finds FIRST before all others. */
static void comes_first(const xapian_enquire *enquire, xapian_docid first,
                        const char *name)
{
    xapian_mset *mset = search(enquire);

    ok(docid_of(mset, 0) == first, "%u is first: %s", first, name);
    xapian_mset_free(mset);
}

static void weigh(xapian_enquire *enquire, xapian_weight *weight)
{
    WORKS(xapian_enquire_set_weighting_scheme(enquire, weight, &error));
    xapian_weight_free(weight);
    xapian_mset_free(search(enquire));
}

static void test_weights(xapian_enquire *enquire)
{
    xapian_weight *weight;

    FAILS(XAPIAN_INVALID_ARGUMENT_ERROR,
          xapian_weight_new_tfidf(S("xxx"), &weight, &error));
    ok(weight == NULL, "no weight of a wrong parameter");
    WORKS(xapian_weight_new_bm25plus(1, 0, 1, 0.5, 0.5, 1, &weight, &error));
    weigh(enquire, weight);
    WORKS(xapian_weight_new_trad(1, &weight, &error));
    weigh(enquire, weight);
    WORKS(xapian_weight_new_tfidf(S("ntn"), &weight, &error));
    weigh(enquire, weight);
    WORKS(xapian_weight_new_inl2(1, &weight, &error));
    weigh(enquire, weight);
    WORKS(xapian_weight_new_ifb2(1, &weight, &error));
    weigh(enquire, weight);
    WORKS(xapian_weight_new_ineb2(1, &weight, &error));
    weigh(enquire, weight);
    WORKS(xapian_weight_new_bb2(1, &weight, &error));
    weigh(enquire, weight);
    WORKS(xapian_weight_new_pl2(1, &weight, &error));
    weigh(enquire, weight);
    WORKS(xapian_weight_new_pl2plus(1, 0.8, &weight, &error));
    weigh(enquire, weight);
    WORKS(xapian_weight_new_dlh(&weight, &error));
    weigh(enquire, weight);
    WORKS(xapian_weight_new_dph(&weight, &error));
    weigh(enquire, weight);
    WORKS(xapian_weight_new_coord(&weight, &error));
    weigh(enquire, weight);
    WORKS(xapian_weight_new_bool(&weight, &error));
    weigh(enquire, weight);
    comes_first(enquire, 1, "without weights");
    WORKS(xapian_weight_new_bm25(1, 0, 1, 0, 0.5, &weight, &error));
    weigh(enquire, weight);
    comes_first(enquire, 4, "by weight");
}

static void test_order(xapian_enquire *enquire)
{
    WORKS(xapian_enquire_set_sort_by_value(enquire, 0, true, &error));
    comes_first(enquire, 4, "the highest value");
    WORKS(xapian_enquire_set_sort_by_value(enquire, 0, false, &error));
    comes_first(enquire, 1, "the lowest value");
    WORKS(xapian_enquire_set_sort_by_value_then_relevance(enquire, 1, true,
                                                          &error));
    comes_first(enquire, 3, "odd, then the weight");
    WORKS(xapian_enquire_set_sort_by_relevance_then_value(enquire, 0, true,
                                                          &error));
    comes_first(enquire, 4, "the weight, then the value");
    WORKS(xapian_enquire_set_sort_by_relevance(enquire, &error));
    WORKS(xapian_enquire_set_docid_order(enquire, XAPIAN_DOCID_DESCENDING,
                                         &error));
    WORKS(xapian_enquire_set_time_limit(enquire, 60, &error));
    comes_first(enquire, 4, "the weight");
    WORKS(xapian_enquire_set_time_limit(enquire, 0, &error));
    WORKS(xapian_enquire_set_docid_order(enquire, XAPIAN_DOCID_ASCENDING,
                                         &error));
}

static void test_collapse(xapian_enquire *enquire)
{
    xapian_mset *mset;
    xapian_doccount count;
    char *key;
    size_t length;

    WORKS(xapian_enquire_set_collapse_key(enquire, 1, 1, &error));
    mset = search(enquire);
    ok(xapian_mset_size(mset) == 2, "two after collapsing");
    ok(xapian_mset_uncollapsed_matches_lower_bound(mset) <= 4 &&
           xapian_mset_uncollapsed_matches_estimated(mset) <= 4 &&
           xapian_mset_uncollapsed_matches_upper_bound(mset) >= 4,
       "four before");
    WORKS(xapian_mset_collapse_key(mset, 0, &key, &length, &error));
    IS_OWNED(key, length, "e");
    WORKS(xapian_mset_collapse_count(mset, 0, &count, &error));
    ok(count == 1, "one was collapsed into it");
    xapian_mset_free(mset);
    WORKS(xapian_enquire_set_collapse_key(enquire, XAPIAN_BAD_VALUENO, 0,
                                          &error));
    WORKS(xapian_enquire_set_cutoff(enquire, 0, 100, &error));
    mset = search(enquire);
    ok(xapian_mset_size(mset) == 0, "none after the cutoff");
    WORKS(xapian_mset_fetch(mset, &error));
    xapian_mset_free(mset);
    WORKS(xapian_enquire_set_cutoff(enquire, 0, 0, &error));
}

static void test_mset_whole(const xapian_mset *mset)
{
    xapian_doccount frequency;
    double weight;
    int percent;
    char *text;
    size_t length;

    ok(xapian_mset_size(mset) == 3 && xapian_mset_firstitem(mset) == 1,
       "three matches behind the first");
    ok(xapian_mset_matches_lower_bound(mset) == 4 &&
           xapian_mset_matches_estimated(mset) == 4 &&
           xapian_mset_matches_upper_bound(mset) == 4,
       "four in all");
    ok(xapian_mset_max_possible(mset) >= xapian_mset_max_attained(mset),
       "the highest weights");
    WORKS(xapian_mset_termfreq(mset, S("odd"), &frequency, &error));
    ok(frequency == 2, "the frequency of a term");
    WORKS(xapian_mset_termweight(mset, S("odd"), &weight, &error));
    ok(weight > 0, "its weight");
    WORKS(xapian_mset_convert_to_percent(mset, xapian_mset_max_attained(mset),
                                         &percent, &error));
    ok(percent > 0 && percent <= 100, "the best in percent");
    WORKS(xapian_mset_description(mset, &text, &length, &error));
    ok(length > 0, "the description of matches");
    xapian_free(text);
    WORKS(xapian_mset_fetch(mset, &error));
}

static void test_mset_item(const xapian_mset *mset)
{
    xapian_doccount rank;
    xapian_docid docid;
    xapian_document *document;
    const char *data;
    double weight;
    int percent;
    size_t length;

    ok(docid_of(mset, 0) == 3, "the first of them");
    WORKS(xapian_mset_rank(mset, 0, &rank, &error));
    ok(rank == 1, "its rank");
    WORKS(xapian_mset_weight(mset, 0, &weight, &error));
    ok(weight > 0, "its weight");
    WORKS(xapian_mset_percent(mset, 0, &percent, &error));
    ok(percent > 0 && percent <= 100, "its percent");
    WORKS(xapian_mset_document(mset, 0, &document, &error));
    WORKS(xapian_document_get_data(document, &data, &length, &error));
    IS(data, length, "tri\0");
    xapian_document_free(document);
    FAILS(XAPIAN_INVALID_ARGUMENT_ERROR,
          xapian_mset_docid(mset, 3, &docid, &error));
    ok(docid == 0, "no such item");
}

static void test_matching_terms(const xapian_enquire *enquire)
{
    xapian_term_iterator *terms;
    xapian_query *query;
    size_t length;
    char *text;

    WORKS(xapian_enquire_matching_terms(enquire, 3, &terms, &error));
    IS(xapian_term_iterator_term(terms, &length), length, "odd");
    WORKS(xapian_term_iterator_next(terms, &error));
    ok(xapian_term_iterator_at_end(terms), "no other matching term");
    xapian_term_iterator_free(terms);
    WORKS(xapian_enquire_get_query(enquire, &query, &error));
    ok(xapian_query_length(query) == 2, "the query of an enquiry");
    xapian_query_free(query);
    WORKS(xapian_enquire_description(enquire, &text, &length, &error));
    ok(length > 0, "the description of an enquiry");
    xapian_free(text);
}

static void test_enquire(const xapian_database *database)
{
    xapian_query *query = pair(XAPIAN_OP_OR, "odd", "even");
    xapian_enquire *enquire;
    xapian_mset *mset;

    WORKS(xapian_enquire_new(database, &enquire, &error));
    WORKS(xapian_enquire_set_query(enquire, query, 0, &error));
    xapian_query_free(query);
    test_weights(enquire);
    test_order(enquire);
    test_collapse(enquire);
    test_matching_terms(enquire);
    WORKS(
        xapian_enquire_get_mset(enquire, 1, 10, 10, NULL, NULL, &mset, &error));
    xapian_enquire_free(enquire);
    test_mset_whole(mset);
    test_mset_item(mset);
    xapian_mset_free(mset);
}

static void test_rset(xapian_rset *rset)
{
    bool contains;

    WORKS(xapian_rset_add_document(rset, 1, &error));
    WORKS(xapian_rset_add_document(rset, 3, &error));
    WORKS(xapian_rset_add_document(rset, 4, &error));
    WORKS(xapian_rset_remove_document(rset, 4, &error));
    WORKS(xapian_rset_contains(rset, 4, &contains, &error));
    ok(!contains && xapian_rset_size(rset) == 2, "two relevant documents");
}

static void test_expansion(const xapian_database *database)
{
    xapian_query *query = term_query("N1");
    xapian_enquire *enquire;
    xapian_rset *rset;
    xapian_eset *eset;
    xapian_mset *mset;
    const char *term;
    size_t length;
    double weight;

    WORKS(xapian_rset_new(&rset, &error));
    test_rset(rset);
    WORKS(xapian_enquire_new(database, &enquire, &error));
    WORKS(xapian_enquire_set_query(enquire, query, 0, &error));
    xapian_query_free(query);
    WORKS(xapian_enquire_set_expansion_scheme(enquire, S("bo1"), 1, &error));
    WORKS(xapian_enquire_set_expansion_scheme(enquire, S("trad"), 1, &error));
    WORKS(xapian_enquire_get_mset(enquire, 0, 1, 0, rset, NULL, &mset, &error));
    xapian_mset_free(mset);
    WORKS(xapian_enquire_get_eset(enquire, 10, rset, XAPIAN_USE_EXACT_TERMFREQ,
                                  NULL, 0, &eset, &error));
    xapian_rset_free(rset);
    xapian_enquire_free(enquire);
    ok(xapian_eset_size(eset) >= 1 &&
           xapian_eset_ebound(eset) >= xapian_eset_size(eset),
       "terms to expand with");
    WORKS(xapian_eset_term(eset, 0, &term, &length, &error));
    IS(term, length, "odd");
    WORKS(xapian_eset_weight(eset, 0, &weight, &error));
    ok(weight > 0, "its weight");
    FAILS(XAPIAN_INVALID_ARGUMENT_ERROR,
          xapian_eset_term(eset, 99, &term, &length, &error));
    ok(term == NULL && length == 0, "no such term");
    xapian_eset_free(eset);
}

static void test_close(xapian_database *database)
{
    bool reopened = true;

    WORKS(xapian_database_close(database, &error));
    FAILS(XAPIAN_DATABASE_CLOSED_ERROR,
          xapian_database_reopen(database, &reopened, &error));
    ok(!reopened, "a closed database stays closed");
    xapian_database_free(database);
}

int main(void)
{
    char folder[] = "xapian-c-search-test-XXXXXX";
    xapian_database *database;

    fixture_enter(folder);
    database = fixture_database("found");
    test_whole(database);
    test_numbers(database);
    test_get_document(database);
    test_terms(database);
    test_postings(database);
    test_positions(database);
    test_values(database);
    test_shards(database);
    test_operators(database);
    test_other_queries(database);
    test_wildcard_limit(database);
    test_query_parts();
    test_enquire(database);
    test_expansion(database);
    test_close(database);
    forget();
    fixture_leave(folder);
    return tap_done();
}
