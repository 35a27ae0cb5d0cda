/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Query. */
#include <config.h>

#include "index/xapian-c/guard.h"
#include "index/xapian-c/handles.h"

/* Deliver a handle on the query that MAKE returns. */
template <class Make>
static xapian_status deliver_query(xapian_query **query, xapian_error **error,
                                   Make make)
{
    return deliver(query, error, [&] { return new xapian_query{make()}; });
}

static Xapian::Query::op op_of(xapian_query_op op)
{
    return static_cast<Xapian::Query::op>(op);
}

xapian_status xapian_query_new_term(const char *term, size_t term_length,
                                    xapian_termcount wqf,
                                    xapian_termpos position,
                                    xapian_query **query, xapian_error **error)
{
    return deliver_query(query, error, [&] {
        return Xapian::Query(string_of(term, term_length), wqf, position);
    });
}

/* Not Query::MatchAll: all users of that would share one reference count,
 * which is not atomic, whatever thread they are on. */
xapian_status xapian_query_new_match_all(xapian_query **query,
                                         xapian_error **error)
{
    return deliver_query(query, error,
                         [] { return Xapian::Query(std::string()); });
}

xapian_status xapian_query_new_match_nothing(xapian_query **query,
                                             xapian_error **error)
{
    return deliver_query(query, error, [] { return Xapian::Query(); });
}

xapian_status xapian_query_new_combined(xapian_query_op op,
                                        const xapian_query *const *subqueries,
                                        size_t n, xapian_termcount parameter,
                                        xapian_query **query,
                                        xapian_error **error)
{
    return deliver_query(query, error, [&] {
        std::vector<Xapian::Query> parts;

        parts.reserve(n);
        for (size_t i = 0; i < n; i++)
            parts.push_back(subqueries[i]->query);
        return Xapian::Query(op_of(op), parts.begin(), parts.end(), parameter);
    });
}

xapian_status xapian_query_new_scaled(double factor,
                                      const xapian_query *subquery,
                                      xapian_query **query,
                                      xapian_error **error)
{
    return deliver_query(
        query, error, [&] { return Xapian::Query(factor, subquery->query); });
}

xapian_status
xapian_query_new_value_range(xapian_valueno slot, const char *lower,
                             size_t lower_length, const char *upper,
                             size_t upper_length, xapian_query **query,
                             xapian_error **error)
{
    return deliver_query(query, error, [&] {
        return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot,
                             string_of(lower, lower_length),
                             string_of(upper, upper_length));
    });
}

xapian_status xapian_query_new_value_ge(xapian_valueno slot, const char *limit,
                                        size_t limit_length,
                                        xapian_query **query,
                                        xapian_error **error)
{
    return deliver_query(query, error, [&] {
        return Xapian::Query(Xapian::Query::OP_VALUE_GE, slot,
                             string_of(limit, limit_length));
    });
}

xapian_status xapian_query_new_value_le(xapian_valueno slot, const char *limit,
                                        size_t limit_length,
                                        xapian_query **query,
                                        xapian_error **error)
{
    return deliver_query(query, error, [&] {
        return Xapian::Query(Xapian::Query::OP_VALUE_LE, slot,
                             string_of(limit, limit_length));
    });
}

xapian_status
xapian_query_new_wildcard(const char *prefix, size_t prefix_length,
                          xapian_termcount max_expansion,
                          xapian_wildcard_limit limit, xapian_query_op combiner,
                          xapian_query **query, xapian_error **error)
{
    return deliver_query(query, error, [&] {
        return Xapian::Query(Xapian::Query::OP_WILDCARD,
                             string_of(prefix, prefix_length), max_expansion,
                             static_cast<int>(limit), op_of(combiner));
    });
}

xapian_status xapian_query_copy(const xapian_query *query, xapian_query **copy,
                                xapian_error **error)
{
    return deliver_query(copy, error, [&] { return query->query; });
}

void xapian_query_free(xapian_query *query)
{
    delete query;
}

/* --- What a query is made of */

bool xapian_query_empty(const xapian_query *query)
{
    return query->query.empty();
}

xapian_termcount xapian_query_length(const xapian_query *query)
{
    return query->query.get_length();
}

xapian_query_op xapian_query_type(const xapian_query *query)
{
    return static_cast<xapian_query_op>(query->query.get_type());
}

size_t xapian_query_n_subqueries(const xapian_query *query)
{
    return query->query.get_num_subqueries();
}

/* Xapian does not check N. */
xapian_status xapian_query_get_subquery(const xapian_query *query, size_t n,
                                        xapian_query **subquery,
                                        xapian_error **error)
{
    return deliver_query(subquery, error, [&] {
        if (n >= query->query.get_num_subqueries())
            throw Xapian::InvalidArgumentError("there is no such subquery");
        return query->query.get_subquery(n);
    });
}

xapian_status xapian_query_terms(const xapian_query *query,
                                 xapian_term_iterator **terms,
                                 xapian_error **error)
{
    return deliver(terms, error, [&] {
        return new xapian_term_iterator(query->query.get_terms_begin());
    });
}

xapian_status xapian_query_unique_terms(const xapian_query *query,
                                        xapian_term_iterator **terms,
                                        xapian_error **error)
{
    return deliver(terms, error, [&] {
        return new xapian_term_iterator(query->query.get_unique_terms_begin());
    });
}

xapian_status xapian_query_serialise(const xapian_query *query,
                                     char **serialised, size_t *length,
                                     xapian_error **error)
{
    return deliver_text(serialised, length, error,
                        [&] { return query->query.serialise(); });
}

xapian_status xapian_query_unserialise(const char *serialised, size_t length,
                                       xapian_query **query,
                                       xapian_error **error)
{
    return deliver_query(query, error, [&] {
        return Xapian::Query::unserialise(string_of(serialised, length));
    });
}

xapian_status xapian_query_description(const xapian_query *query, char **text,
                                       size_t *length, xapian_error **error)
{
    return deliver_text(text, length, error,
                        [&] { return query->query.get_description(); });
}
