/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Constants: the version, and the proof that the header's values are
 * Xapian's. */
#include <config.h>

#include "index/xapian-c/xapian-c.h"

#include <xapian.h>

/* A Xapian built with --enable-64bit-docid or -termcount would be cut off. */
static_assert(sizeof(Xapian::docid) == sizeof(xapian_docid), "docid");
static_assert(sizeof(Xapian::doccount) == sizeof(xapian_doccount), "doccount");
static_assert(sizeof(Xapian::termcount) == sizeof(xapian_termcount),
              "termcount");
static_assert(sizeof(Xapian::termpos) == sizeof(xapian_termpos), "termpos");
static_assert(sizeof(Xapian::valueno) == sizeof(xapian_valueno), "valueno");
static_assert(sizeof(Xapian::totallength) <= sizeof(uint64_t), "totallength");
static_assert(sizeof(Xapian::rev) <= sizeof(uint64_t), "rev");

#define SAME(ours, theirs) \
    static_assert(static_cast<int>(ours) == static_cast<int>(theirs), #ours)

SAME(XAPIAN_BAD_VALUENO, Xapian::BAD_VALUENO);

SAME(XAPIAN_DB_CREATE_OR_OPEN, Xapian::DB_CREATE_OR_OPEN);
SAME(XAPIAN_DB_CREATE_OR_OVERWRITE, Xapian::DB_CREATE_OR_OVERWRITE);
SAME(XAPIAN_DB_CREATE, Xapian::DB_CREATE);
SAME(XAPIAN_DB_OPEN, Xapian::DB_OPEN);
SAME(XAPIAN_DB_NO_SYNC, Xapian::DB_NO_SYNC);
SAME(XAPIAN_DB_FULL_SYNC, Xapian::DB_FULL_SYNC);
SAME(XAPIAN_DB_DANGEROUS, Xapian::DB_DANGEROUS);
SAME(XAPIAN_DB_NO_TERMLIST, Xapian::DB_NO_TERMLIST);
SAME(XAPIAN_DB_RETRY_LOCK, Xapian::DB_RETRY_LOCK);
SAME(XAPIAN_DB_BACKEND_GLASS, Xapian::DB_BACKEND_GLASS);
SAME(XAPIAN_DB_BACKEND_STUB, Xapian::DB_BACKEND_STUB);
SAME(XAPIAN_DB_BACKEND_INMEMORY, Xapian::DB_BACKEND_INMEMORY);

SAME(XAPIAN_DBCHECK_SHORT_TREE, Xapian::DBCHECK_SHORT_TREE);
SAME(XAPIAN_DBCHECK_FULL_TREE, Xapian::DBCHECK_FULL_TREE);
SAME(XAPIAN_DBCHECK_SHOW_FREELIST, Xapian::DBCHECK_SHOW_FREELIST);
SAME(XAPIAN_DBCHECK_SHOW_STATS, Xapian::DBCHECK_SHOW_STATS);
SAME(XAPIAN_DBCHECK_FIX, Xapian::DBCHECK_FIX);

SAME(XAPIAN_DBCOMPACT_STANDARD, Xapian::Compactor::STANDARD);
SAME(XAPIAN_DBCOMPACT_FULL, Xapian::Compactor::FULL);
SAME(XAPIAN_DBCOMPACT_FULLER, Xapian::Compactor::FULLER);
SAME(XAPIAN_DBCOMPACT_NO_RENUMBER, Xapian::DBCOMPACT_NO_RENUMBER);
SAME(XAPIAN_DBCOMPACT_MULTIPASS, Xapian::DBCOMPACT_MULTIPASS);
SAME(XAPIAN_DBCOMPACT_SINGLE_FILE, Xapian::DBCOMPACT_SINGLE_FILE);

SAME(XAPIAN_DOC_ASSUME_VALID, Xapian::DOC_ASSUME_VALID);

SAME(XAPIAN_OP_AND, Xapian::Query::OP_AND);
SAME(XAPIAN_OP_OR, Xapian::Query::OP_OR);
SAME(XAPIAN_OP_AND_NOT, Xapian::Query::OP_AND_NOT);
SAME(XAPIAN_OP_XOR, Xapian::Query::OP_XOR);
SAME(XAPIAN_OP_AND_MAYBE, Xapian::Query::OP_AND_MAYBE);
SAME(XAPIAN_OP_FILTER, Xapian::Query::OP_FILTER);
SAME(XAPIAN_OP_NEAR, Xapian::Query::OP_NEAR);
SAME(XAPIAN_OP_PHRASE, Xapian::Query::OP_PHRASE);
SAME(XAPIAN_OP_VALUE_RANGE, Xapian::Query::OP_VALUE_RANGE);
SAME(XAPIAN_OP_SCALE_WEIGHT, Xapian::Query::OP_SCALE_WEIGHT);
SAME(XAPIAN_OP_ELITE_SET, Xapian::Query::OP_ELITE_SET);
SAME(XAPIAN_OP_VALUE_GE, Xapian::Query::OP_VALUE_GE);
SAME(XAPIAN_OP_VALUE_LE, Xapian::Query::OP_VALUE_LE);
SAME(XAPIAN_OP_SYNONYM, Xapian::Query::OP_SYNONYM);
SAME(XAPIAN_OP_MAX, Xapian::Query::OP_MAX);
SAME(XAPIAN_OP_WILDCARD, Xapian::Query::OP_WILDCARD);
SAME(XAPIAN_OP_INVALID, Xapian::Query::OP_INVALID);
SAME(XAPIAN_LEAF_TERM, Xapian::Query::LEAF_TERM);
SAME(XAPIAN_LEAF_POSTING_SOURCE, Xapian::Query::LEAF_POSTING_SOURCE);
SAME(XAPIAN_LEAF_MATCH_ALL, Xapian::Query::LEAF_MATCH_ALL);
SAME(XAPIAN_LEAF_MATCH_NOTHING, Xapian::Query::LEAF_MATCH_NOTHING);

SAME(XAPIAN_WILDCARD_LIMIT_ERROR, Xapian::Query::WILDCARD_LIMIT_ERROR);
SAME(XAPIAN_WILDCARD_LIMIT_FIRST, Xapian::Query::WILDCARD_LIMIT_FIRST);
SAME(XAPIAN_WILDCARD_LIMIT_MOST_FREQUENT,
     Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT);

SAME(XAPIAN_DOCID_DESCENDING, Xapian::Enquire::DESCENDING);
SAME(XAPIAN_DOCID_ASCENDING, Xapian::Enquire::ASCENDING);
SAME(XAPIAN_DOCID_DONT_CARE, Xapian::Enquire::DONT_CARE);
SAME(XAPIAN_INCLUDE_QUERY_TERMS, Xapian::Enquire::INCLUDE_QUERY_TERMS);
SAME(XAPIAN_USE_EXACT_TERMFREQ, Xapian::Enquire::USE_EXACT_TERMFREQ);

const char *xapian_version_string(void)
{
    return Xapian::version_string();
}

int xapian_major_version(void)
{
    return Xapian::major_version();
}

int xapian_minor_version(void)
{
    return Xapian::minor_version();
}

int xapian_revision(void)
{
    return Xapian::revision();
}
