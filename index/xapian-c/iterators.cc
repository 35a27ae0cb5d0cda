/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Iterators over terms, postings, positions and values. Each reads its item
 * when it moves, so that a step takes no memory of its own beyond what Xapian
 * takes, and asking for the item is no call of Xapian's. */
#include <config.h>

#include "index/xapian-c/guard.h"
#include "index/xapian-c/handles.h"

namespace
{

/* Xapian's iterators may not be touched at their end. */
template <class Handle> const Handle &on_item(const Handle *handle)
{
    if (handle->at_end())
        throw Xapian::InvalidOperationError("the iterator is at its end");
    return *handle;
}

/* Run STEP and read the item that it leads to. Where Xapian leaves an iterator
 * that failed is not defined, so it goes to the end. */
template <class Handle, class Step>
xapian_status move(Handle *handle, xapian_error **error, Step step) noexcept
{
    xapian_status status = guard(error, [&] {
        step();
        handle->read();
    });

    if (status != XAPIAN_OK) {
        handle->iterator = decltype(handle->iterator)();
        handle->read();
    }
    return status;
}

template <class Handle>
xapian_status next(Handle *handle, xapian_error **error) noexcept
{
    return move(handle, error, [&] {
        on_item(handle);
        ++handle->iterator;
    });
}

/* At the end, Xapian's skip_to does nothing. */
template <class Handle, class Item>
xapian_status skip_to(Handle *handle, const Item &item,
                      xapian_error **error) noexcept
{
    return move(handle, error, [&] { handle->iterator.skip_to(item); });
}

const char *read_text(const std::string &item, size_t *length)
{
    if (length)
        *length = item.size();
    return item.c_str();
}

} // namespace

/* --- Terms */

xapian_term_iterator::xapian_term_iterator(const Xapian::TermIterator &start)
    : iterator(start)
{
    read();
}

bool xapian_term_iterator::at_end() const noexcept
{
    return iterator == Xapian::TermIterator();
}

void xapian_term_iterator::read()
{
    if (at_end())
        term.clear();
    else
        term = *iterator;
}

void xapian_term_iterator_free(xapian_term_iterator *terms)
{
    delete terms;
}

bool xapian_term_iterator_at_end(const xapian_term_iterator *terms)
{
    return terms->at_end();
}

xapian_status xapian_term_iterator_next(xapian_term_iterator *terms,
                                        xapian_error **error)
{
    return next(terms, error);
}

xapian_status xapian_term_iterator_skip_to(xapian_term_iterator *terms,
                                           const char *term, size_t term_length,
                                           xapian_error **error)
{
    return move(terms, error,
                [&] { terms->iterator.skip_to(string_of(term, term_length)); });
}

const char *xapian_term_iterator_term(const xapian_term_iterator *terms,
                                      size_t *length)
{
    return read_text(terms->term, length);
}

xapian_status xapian_term_iterator_wdf(const xapian_term_iterator *terms,
                                       xapian_termcount *wdf,
                                       xapian_error **error)
{
    return deliver(wdf, error,
                   [&] { return on_item(terms).iterator.get_wdf(); });
}

xapian_status xapian_term_iterator_termfreq(const xapian_term_iterator *terms,
                                            xapian_doccount *frequency,
                                            xapian_error **error)
{
    return deliver(frequency, error,
                   [&] { return on_item(terms).iterator.get_termfreq(); });
}

xapian_status
xapian_term_iterator_positionlist_count(const xapian_term_iterator *terms,
                                        xapian_termcount *count,
                                        xapian_error **error)
{
    return deliver(count, error, [&] {
        return on_item(terms).iterator.positionlist_count();
    });
}

xapian_status
xapian_term_iterator_positionlist(const xapian_term_iterator *terms,
                                  xapian_position_iterator **positions,
                                  xapian_error **error)
{
    return deliver(positions, error, [&] {
        return new xapian_position_iterator(
            on_item(terms).iterator.positionlist_begin());
    });
}

/* --- Postings */

xapian_posting_iterator::xapian_posting_iterator(
    const Xapian::PostingIterator &start)
    : iterator(start)
{
    read();
}

bool xapian_posting_iterator::at_end() const noexcept
{
    return iterator == Xapian::PostingIterator();
}

void xapian_posting_iterator::read()
{
    docid = at_end() ? 0 : *iterator;
}

void xapian_posting_iterator_free(xapian_posting_iterator *postings)
{
    delete postings;
}

bool xapian_posting_iterator_at_end(const xapian_posting_iterator *postings)
{
    return postings->at_end();
}

xapian_status xapian_posting_iterator_next(xapian_posting_iterator *postings,
                                           xapian_error **error)
{
    return next(postings, error);
}

xapian_status xapian_posting_iterator_skip_to(xapian_posting_iterator *postings,
                                              xapian_docid docid,
                                              xapian_error **error)
{
    return skip_to(postings, docid, error);
}

xapian_docid
xapian_posting_iterator_docid(const xapian_posting_iterator *postings)
{
    return postings->docid;
}

xapian_status
xapian_posting_iterator_wdf(const xapian_posting_iterator *postings,
                            xapian_termcount *wdf, xapian_error **error)
{
    return deliver(wdf, error,
                   [&] { return on_item(postings).iterator.get_wdf(); });
}

xapian_status
xapian_posting_iterator_doclength(const xapian_posting_iterator *postings,
                                  xapian_termcount *length,
                                  xapian_error **error)
{
    return deliver(length, error,
                   [&] { return on_item(postings).iterator.get_doclength(); });
}

xapian_status
xapian_posting_iterator_unique_terms(const xapian_posting_iterator *postings,
                                     xapian_termcount *count,
                                     xapian_error **error)
{
    return deliver(count, error, [&] {
        return on_item(postings).iterator.get_unique_terms();
    });
}

xapian_status
xapian_posting_iterator_positionlist(const xapian_posting_iterator *postings,
                                     xapian_position_iterator **positions,
                                     xapian_error **error)
{
    return deliver(positions, error, [&] {
        return new xapian_position_iterator(
            on_item(postings).iterator.positionlist_begin());
    });
}

/* --- Positions */

xapian_position_iterator::xapian_position_iterator(
    const Xapian::PositionIterator &start)
    : iterator(start)
{
    read();
}

bool xapian_position_iterator::at_end() const noexcept
{
    return iterator == Xapian::PositionIterator();
}

void xapian_position_iterator::read()
{
    position = at_end() ? 0 : *iterator;
}

void xapian_position_iterator_free(xapian_position_iterator *positions)
{
    delete positions;
}

bool xapian_position_iterator_at_end(const xapian_position_iterator *positions)
{
    return positions->at_end();
}

xapian_status xapian_position_iterator_next(xapian_position_iterator *positions,
                                            xapian_error **error)
{
    return next(positions, error);
}

xapian_status
xapian_position_iterator_skip_to(xapian_position_iterator *positions,
                                 xapian_termpos position, xapian_error **error)
{
    return skip_to(positions, position, error);
}

xapian_termpos
xapian_position_iterator_position(const xapian_position_iterator *positions)
{
    return positions->position;
}

/* --- Values */

xapian_value_iterator::xapian_value_iterator(const Xapian::ValueIterator &start,
                                             bool is_stream)
    : iterator(start), stream(is_stream)
{
    read();
}

bool xapian_value_iterator::at_end() const noexcept
{
    return iterator == Xapian::ValueIterator();
}

void xapian_value_iterator::clear() noexcept
{
    value.clear();
    docid = 0;
    slot = 0;
}

void xapian_value_iterator::read()
{
    clear();
    if (!at_end()) {
        value = *iterator;
        docid = stream ? iterator.get_docid() : 0;
        slot = iterator.get_valueno();
    }
}

void xapian_value_iterator_free(xapian_value_iterator *values)
{
    delete values;
}

bool xapian_value_iterator_at_end(const xapian_value_iterator *values)
{
    return values->at_end();
}

xapian_status xapian_value_iterator_next(xapian_value_iterator *values,
                                         xapian_error **error)
{
    return next(values, error);
}

xapian_status xapian_value_iterator_skip_to(xapian_value_iterator *values,
                                            uint32_t docid_or_slot,
                                            xapian_error **error)
{
    return skip_to(values, docid_or_slot, error);
}

xapian_status xapian_value_iterator_check(xapian_value_iterator *values,
                                          xapian_docid docid, bool *valid,
                                          xapian_error **error)
{
    *valid = false;
    xapian_status status = guard(error, [&] {
        bool stands = values->iterator.check(docid);

        if (stands)
            values->read();
        else
            values->clear();
        *valid = stands;
    });
    if (status != XAPIAN_OK) {
        values->iterator = Xapian::ValueIterator();
        values->clear();
    }
    return status;
}

const char *xapian_value_iterator_value(const xapian_value_iterator *values,
                                        size_t *length)
{
    return read_text(values->value, length);
}

xapian_docid xapian_value_iterator_docid(const xapian_value_iterator *values)
{
    return values->docid;
}

xapian_valueno xapian_value_iterator_slot(const xapian_value_iterator *values)
{
    return values->slot;
}
