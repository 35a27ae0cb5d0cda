/* SPDX-License-Identifier: GPL-2.0-or-later */
/* MSet. */
#include <config.h>

#include "index/xapian-c/guard.h"
#include "index/xapian-c/handles.h"

void xapian_mset_free(xapian_mset *mset)
{
    delete mset;
}

xapian_doccount xapian_mset_size(const xapian_mset *mset)
{
    return mset->mset.size();
}

xapian_doccount xapian_mset_firstitem(const xapian_mset *mset)
{
    return mset->mset.get_firstitem();
}

xapian_doccount xapian_mset_matches_lower_bound(const xapian_mset *mset)
{
    return mset->mset.get_matches_lower_bound();
}

xapian_doccount xapian_mset_matches_estimated(const xapian_mset *mset)
{
    return mset->mset.get_matches_estimated();
}

xapian_doccount xapian_mset_matches_upper_bound(const xapian_mset *mset)
{
    return mset->mset.get_matches_upper_bound();
}

xapian_doccount
xapian_mset_uncollapsed_matches_lower_bound(const xapian_mset *mset)
{
    return mset->mset.get_uncollapsed_matches_lower_bound();
}

xapian_doccount
xapian_mset_uncollapsed_matches_estimated(const xapian_mset *mset)
{
    return mset->mset.get_uncollapsed_matches_estimated();
}

xapian_doccount
xapian_mset_uncollapsed_matches_upper_bound(const xapian_mset *mset)
{
    return mset->mset.get_uncollapsed_matches_upper_bound();
}

double xapian_mset_max_possible(const xapian_mset *mset)
{
    return mset->mset.get_max_possible();
}

double xapian_mset_max_attained(const xapian_mset *mset)
{
    return mset->mset.get_max_attained();
}

xapian_status xapian_mset_termfreq(const xapian_mset *mset, const char *term,
                                   size_t term_length,
                                   xapian_doccount *frequency,
                                   xapian_error **error)
{
    return deliver(frequency, error, [&] {
        return mset->mset.get_termfreq(string_of(term, term_length));
    });
}

xapian_status xapian_mset_termweight(const xapian_mset *mset, const char *term,
                                     size_t term_length, double *weight,
                                     xapian_error **error)
{
    return deliver(weight, error, [&] {
        return mset->mset.get_termweight(string_of(term, term_length));
    });
}

xapian_status xapian_mset_convert_to_percent(const xapian_mset *mset,
                                             double weight, int *percent,
                                             xapian_error **error)
{
    return deliver(percent, error,
                   [&] { return mset->mset.convert_to_percent(weight); });
}

/* MSet::fetch() of Xapian 1.4.22 reads items from before the first one, and
 * crashes, where the set does not begin with the best match. To leave the hint
 * out costs a remote database some messages. */
xapian_status xapian_mset_fetch(const xapian_mset *mset, xapian_error **error)
{
    return guard(error, [&] {
        if (mset->mset.get_firstitem() == 0 && !mset->mset.empty())
            mset->mset.fetch();
    });
}

/* --- Items */

/* Xapian does not check ITEM. */
static Xapian::MSetIterator at(const xapian_mset *mset, xapian_doccount item)
{
    if (item >= mset->mset.size())
        throw Xapian::InvalidArgumentError("there is no such match");
    return mset->mset[item];
}

xapian_status xapian_mset_docid(const xapian_mset *mset, xapian_doccount item,
                                xapian_docid *docid, xapian_error **error)
{
    return deliver(docid, error, [&] { return *at(mset, item); });
}

xapian_status xapian_mset_weight(const xapian_mset *mset, xapian_doccount item,
                                 double *weight, xapian_error **error)
{
    return deliver(weight, error, [&] { return at(mset, item).get_weight(); });
}

xapian_status xapian_mset_percent(const xapian_mset *mset, xapian_doccount item,
                                  int *percent, xapian_error **error)
{
    return deliver(percent, error,
                   [&] { return at(mset, item).get_percent(); });
}

xapian_status xapian_mset_rank(const xapian_mset *mset, xapian_doccount item,
                               xapian_doccount *rank, xapian_error **error)
{
    return deliver(rank, error, [&] { return at(mset, item).get_rank(); });
}

xapian_status xapian_mset_document(const xapian_mset *mset,
                                   xapian_doccount item,
                                   xapian_document **document,
                                   xapian_error **error)
{
    return deliver(document, error, [&] {
        return new xapian_document(at(mset, item).get_document());
    });
}

xapian_status xapian_mset_collapse_key(const xapian_mset *mset,
                                       xapian_doccount item, char **key,
                                       size_t *length, xapian_error **error)
{
    return deliver_text(key, length, error,
                        [&] { return at(mset, item).get_collapse_key(); });
}

xapian_status xapian_mset_collapse_count(const xapian_mset *mset,
                                         xapian_doccount item,
                                         xapian_doccount *count,
                                         xapian_error **error)
{
    return deliver(count, error,
                   [&] { return at(mset, item).get_collapse_count(); });
}

xapian_status xapian_mset_sort_key(const xapian_mset *mset,
                                   xapian_doccount item, char **key,
                                   size_t *length, xapian_error **error)
{
    return deliver_text(key, length, error,
                        [&] { return at(mset, item).get_sort_key(); });
}

xapian_status xapian_mset_description(const xapian_mset *mset, char **text,
                                      size_t *length, xapian_error **error)
{
    return deliver_text(text, length, error,
                        [&] { return mset->mset.get_description(); });
}
