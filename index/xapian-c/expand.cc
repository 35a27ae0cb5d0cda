/* SPDX-License-Identifier: GPL-2.0-or-later */
/* RSet and ESet. */
#include <config.h>

#include "index/xapian-c/guard.h"
#include "index/xapian-c/handles.h"

xapian_status xapian_rset_new(xapian_rset **rset, xapian_error **error)
{
    return deliver(rset, error, [] { return new xapian_rset(); });
}

void xapian_rset_free(xapian_rset *rset)
{
    delete rset;
}

xapian_status xapian_rset_add_document(xapian_rset *rset, xapian_docid docid,
                                       xapian_error **error)
{
    return guard(error, [&] { rset->rset.add_document(docid); });
}

xapian_status xapian_rset_remove_document(xapian_rset *rset, xapian_docid docid,
                                          xapian_error **error)
{
    return guard(error, [&] { rset->rset.remove_document(docid); });
}

xapian_status xapian_rset_contains(const xapian_rset *rset, xapian_docid docid,
                                   bool *contains, xapian_error **error)
{
    return deliver(contains, error, [&] { return rset->rset.contains(docid); });
}

xapian_doccount xapian_rset_size(const xapian_rset *rset)
{
    return rset->rset.size();
}

void xapian_eset_free(xapian_eset *eset)
{
    delete eset;
}

xapian_termcount xapian_eset_size(const xapian_eset *eset)
{
    return eset->eset.size();
}

xapian_termcount xapian_eset_ebound(const xapian_eset *eset)
{
    return eset->eset.get_ebound();
}

/* Xapian does not check ITEM. */
static Xapian::ESetIterator at(const xapian_eset *eset, xapian_termcount item)
{
    if (item >= eset->eset.size())
        throw Xapian::InvalidArgumentError("there is no such term");
    return eset->eset[item];
}

xapian_status xapian_eset_term(xapian_eset *eset, xapian_termcount item,
                               const char **term, size_t *length,
                               xapian_error **error)
{
    return lend_text(eset->term, term, length, error,
                     [&] { return *at(eset, item); });
}

xapian_status xapian_eset_weight(const xapian_eset *eset, xapian_termcount item,
                                 double *weight, xapian_error **error)
{
    return deliver(weight, error, [&] { return at(eset, item).get_weight(); });
}
