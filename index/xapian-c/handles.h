/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the opaque handles hold: Xapian's own objects, by value, whose counted
 * references keep parents alive, and the strings that are lent out. */
#ifndef INDEX_XAPIAN_C_HANDLES_H
#define INDEX_XAPIAN_C_HANDLES_H

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <xapian.h>

#include "index/xapian-c/xapian-c.h"

struct xapian_database {
    Xapian::Database database;
};

/* READER is a second handle of Xapian's on the same shards, so that a writable
 * database can be passed for one to read. */
struct xapian_writable_database {
    explicit xapian_writable_database(const Xapian::WritableDatabase &opened)
        : database(opened), reader{opened}
    {
    }

    Xapian::WritableDatabase database;
    xapian_database reader;
};

struct xapian_document {
    explicit xapian_document(const Xapian::Document &shared) : document(shared)
    {
    }

    Xapian::Document document;
    std::string data;  /* lent out by get_data */
    std::string value; /* lent out by get_value */
};

struct xapian_query {
    Xapian::Query query;
};

struct xapian_weight {
    std::unique_ptr<const Xapian::Weight> weight;
};

struct xapian_mset {
    Xapian::MSet mset;
};

struct xapian_rset {
    Xapian::RSet rset;
};

struct xapian_eset {
    Xapian::ESet eset;
    std::string term; /* lent out by eset_term */
};

/* Xapian does not own the spies and key makers that it is given. Enquiries
 * share them with their handles here, which is simpler to follow than
 * release(), under which only an object that was registered is ever freed. */
struct xapian_match_spy {
    std::shared_ptr<Xapian::MatchSpy> spy;
    const Xapian::ValueCountMatchSpy *counter; /* SPY, if it is one; or NULL */
};

struct xapian_key_maker {
    std::shared_ptr<Xapian::KeyMaker> maker;
    Xapian::MultiValueKeyMaker *values; /* MAKER, if it is one; or NULL */
};

/* The makers and spies stand first, so that they are freed last. MAKER is kept
 * when another order is set, since Xapian itself may still point to it. A match
 * set keeps the enquiry inside ENQUIRE alive beyond this handle, but does not
 * look at its spies and makers again. */
struct xapian_enquire {
    explicit xapian_enquire(const Xapian::Database &database)
        : enquire(database)
    {
    }

    std::shared_ptr<Xapian::KeyMaker> maker;
    std::vector<std::shared_ptr<Xapian::MatchSpy>> spies;
    Xapian::Enquire enquire;
};

/* An iterator of Xapian's and the item that it stands on. */
struct xapian_term_iterator {
    explicit xapian_term_iterator(const Xapian::TermIterator &start);
    bool at_end() const noexcept;
    void read();

    Xapian::TermIterator iterator;
    std::string term;
};

struct xapian_posting_iterator {
    explicit xapian_posting_iterator(const Xapian::PostingIterator &start);
    bool at_end() const noexcept;
    void read();

    Xapian::PostingIterator iterator;
    xapian_docid docid = 0;
};

struct xapian_position_iterator {
    explicit xapian_position_iterator(const Xapian::PositionIterator &start);
    bool at_end() const noexcept;
    void read();

    Xapian::PositionIterator iterator;
    xapian_termpos position = 0;
};

struct xapian_value_iterator {
    xapian_value_iterator(const Xapian::ValueIterator &start, bool is_stream);
    bool at_end() const noexcept;
    void read();
    void clear() noexcept;

    Xapian::ValueIterator iterator;
    bool stream; /* by document; else by slot, where Xapian tells no docid */
    std::string value;
    xapian_docid docid = 0;
    xapian_valueno slot = 0;
};

#endif
