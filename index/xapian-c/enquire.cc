/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Enquire. */
#include <config.h>

#include "index/xapian-c/callbacks.h"

xapian_status xapian_enquire_new(const xapian_database *database,
                                 xapian_enquire **enquire, xapian_error **error)
{
    return deliver(enquire, error,
                   [&] { return new xapian_enquire(database->database); });
}

void xapian_enquire_free(xapian_enquire *enquire)
{
    delete enquire;
}

xapian_status xapian_enquire_set_query(xapian_enquire *enquire,
                                       const xapian_query *query,
                                       xapian_termcount query_length,
                                       xapian_error **error)
{
    return guard(
        error, [&] { enquire->enquire.set_query(query->query, query_length); });
}

xapian_status xapian_enquire_get_query(const xapian_enquire *enquire,
                                       xapian_query **query,
                                       xapian_error **error)
{
    return deliver(query, error, [&] {
        return new xapian_query{enquire->enquire.get_query()};
    });
}

/* --- How matches are weighted, ordered, cut off and collapsed */

xapian_status xapian_enquire_set_weighting_scheme(xapian_enquire *enquire,
                                                  const xapian_weight *weight,
                                                  xapian_error **error)
{
    return guard(
        error, [&] { enquire->enquire.set_weighting_scheme(*weight->weight); });
}

xapian_status xapian_enquire_set_expansion_scheme(xapian_enquire *enquire,
                                                  const char *name,
                                                  size_t name_length, double k,
                                                  xapian_error **error)
{
    return guard(error, [&] {
        enquire->enquire.set_expansion_scheme(string_of(name, name_length), k);
    });
}

xapian_status xapian_enquire_set_docid_order(xapian_enquire *enquire,
                                             xapian_docid_order order,
                                             xapian_error **error)
{
    return guard(error, [&] {
        enquire->enquire.set_docid_order(
            static_cast<Xapian::Enquire::docid_order>(order));
    });
}

xapian_status xapian_enquire_set_cutoff(xapian_enquire *enquire, int percent,
                                        double weight, xapian_error **error)
{
    return guard(error, [&] { enquire->enquire.set_cutoff(percent, weight); });
}

xapian_status xapian_enquire_set_collapse_key(xapian_enquire *enquire,
                                              xapian_valueno slot,
                                              xapian_doccount maximum,
                                              xapian_error **error)
{
    return guard(error,
                 [&] { enquire->enquire.set_collapse_key(slot, maximum); });
}

xapian_status xapian_enquire_set_time_limit(xapian_enquire *enquire,
                                            double seconds,
                                            xapian_error **error)
{
    return guard(error, [&] { enquire->enquire.set_time_limit(seconds); });
}

xapian_status xapian_enquire_set_sort_by_relevance(xapian_enquire *enquire,
                                                   xapian_error **error)
{
    return guard(error, [&] { enquire->enquire.set_sort_by_relevance(); });
}

xapian_status xapian_enquire_set_sort_by_value(xapian_enquire *enquire,
                                               xapian_valueno slot,
                                               bool reverse,
                                               xapian_error **error)
{
    return guard(error,
                 [&] { enquire->enquire.set_sort_by_value(slot, reverse); });
}

xapian_status xapian_enquire_set_sort_by_value_then_relevance(
    xapian_enquire *enquire, xapian_valueno slot, bool reverse,
    xapian_error **error)
{
    return guard(error, [&] {
        enquire->enquire.set_sort_by_value_then_relevance(slot, reverse);
    });
}

xapian_status xapian_enquire_set_sort_by_relevance_then_value(
    xapian_enquire *enquire, xapian_valueno slot, bool reverse,
    xapian_error **error)
{
    return guard(error, [&] {
        enquire->enquire.set_sort_by_relevance_then_value(slot, reverse);
    });
}

/* Register MAKER by SET, a method of Enquire, then let go of the one before. */
template <class Set>
static xapian_status set_maker(xapian_enquire *enquire, Set set,
                               const xapian_key_maker *maker, bool reverse,
                               xapian_error **error)
{
    return guard(error, [&] {
        (enquire->enquire.*set)(maker->maker.get(), reverse);
        enquire->maker = maker->maker;
    });
}

xapian_status xapian_enquire_set_sort_by_key(xapian_enquire *enquire,
                                             const xapian_key_maker *maker,
                                             bool reverse, xapian_error **error)
{
    return set_maker(enquire, &Xapian::Enquire::set_sort_by_key, maker, reverse,
                     error);
}

xapian_status xapian_enquire_set_sort_by_key_then_relevance(
    xapian_enquire *enquire, const xapian_key_maker *maker, bool reverse,
    xapian_error **error)
{
    return set_maker(enquire, &Xapian::Enquire::set_sort_by_key_then_relevance,
                     maker, reverse, error);
}

xapian_status xapian_enquire_set_sort_by_relevance_then_key(
    xapian_enquire *enquire, const xapian_key_maker *maker, bool reverse,
    xapian_error **error)
{
    return set_maker(enquire, &Xapian::Enquire::set_sort_by_relevance_then_key,
                     maker, reverse, error);
}

/* --- Spies */

/* Kept before it is registered, so that nothing fails in between. */
xapian_status xapian_enquire_add_matchspy(xapian_enquire *enquire,
                                          const xapian_match_spy *spy,
                                          xapian_error **error)
{
    return guard(error, [&] {
        enquire->spies.push_back(spy->spy);
        enquire->enquire.add_matchspy(spy->spy.get());
    });
}

xapian_status xapian_enquire_clear_matchspies(xapian_enquire *enquire,
                                              xapian_error **error)
{
    return guard(error, [&] {
        enquire->enquire.clear_matchspies();
        enquire->spies.clear();
    });
}

/* --- Searching */

xapian_status xapian_enquire_get_mset(const xapian_enquire *enquire,
                                      xapian_doccount first,
                                      xapian_doccount max_items,
                                      xapian_doccount check_at_least,
                                      const xapian_rset *rset,
                                      const xapian_match_decider *decider,
                                      xapian_mset **mset, xapian_error **error)
{
    return deliver(mset, error, [&] {
        return new xapian_mset{enquire->enquire.get_mset(
            first, max_items, check_at_least, rset ? &rset->rset : nullptr,
            decider ? &decider->decider : nullptr)};
    });
}

xapian_status xapian_enquire_matching_terms(const xapian_enquire *enquire,
                                            xapian_docid docid,
                                            xapian_term_iterator **terms,
                                            xapian_error **error)
{
    return deliver(terms, error, [&] {
        return new xapian_term_iterator(
            enquire->enquire.get_matching_terms_begin(docid));
    });
}

xapian_status xapian_enquire_get_eset(const xapian_enquire *enquire,
                                      xapian_termcount max_items,
                                      const xapian_rset *rset, int flags,
                                      const xapian_expand_decider *decider,
                                      double min_weight, xapian_eset **eset,
                                      xapian_error **error)
{
    return deliver(eset, error, [&] {
        return new xapian_eset{
            enquire->enquire.get_eset(max_items, rset->rset, flags,
                                      decider ? &decider->decider : nullptr,
                                      min_weight),
            std::string()};
    });
}

xapian_status xapian_enquire_description(const xapian_enquire *enquire,
                                         char **text, size_t *length,
                                         xapian_error **error)
{
    return deliver_text(text, length, error,
                        [&] { return enquire->enquire.get_description(); });
}
