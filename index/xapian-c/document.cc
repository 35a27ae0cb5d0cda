/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Document. */
#include <config.h>

#include "index/xapian-c/guard.h"
#include "index/xapian-c/handles.h"

xapian_status xapian_document_new(xapian_document **document,
                                  xapian_error **error)
{
    return deliver(document, error,
                   [] { return new xapian_document(Xapian::Document()); });
}

void xapian_document_free(xapian_document *document)
{
    delete document;
}

xapian_status xapian_document_docid(const xapian_document *document,
                                    xapian_docid *docid, xapian_error **error)
{
    return deliver(docid, error,
                   [&] { return document->document.get_docid(); });
}

xapian_status xapian_document_get_data(xapian_document *document,
                                       const char **data, size_t *length,
                                       xapian_error **error)
{
    return lend_text(document->data, data, length, error,
                     [&] { return document->document.get_data(); });
}

xapian_status xapian_document_set_data(xapian_document *document,
                                       const char *data, size_t length,
                                       xapian_error **error)
{
    return guard(error,
                 [&] { document->document.set_data(string_of(data, length)); });
}

/* --- Values */

xapian_status xapian_document_get_value(xapian_document *document,
                                        xapian_valueno slot, const char **value,
                                        size_t *length, xapian_error **error)
{
    return lend_text(document->value, value, length, error,
                     [&] { return document->document.get_value(slot); });
}

xapian_status xapian_document_add_value(xapian_document *document,
                                        xapian_valueno slot, const char *value,
                                        size_t length, xapian_error **error)
{
    return guard(error, [&] {
        document->document.add_value(slot, string_of(value, length));
    });
}

xapian_status xapian_document_remove_value(xapian_document *document,
                                           xapian_valueno slot,
                                           xapian_error **error)
{
    return guard(error, [&] { document->document.remove_value(slot); });
}

xapian_status xapian_document_clear_values(xapian_document *document,
                                           xapian_error **error)
{
    return guard(error, [&] { document->document.clear_values(); });
}

xapian_status xapian_document_values_count(const xapian_document *document,
                                           xapian_termcount *count,
                                           xapian_error **error)
{
    return deliver(count, error,
                   [&] { return document->document.values_count(); });
}

xapian_status xapian_document_values(const xapian_document *document,
                                     xapian_value_iterator **values,
                                     xapian_error **error)
{
    return deliver(values, error, [&] {
        return new xapian_value_iterator(document->document.values_begin(),
                                         false);
    });
}

/* --- Terms */

xapian_status xapian_document_add_term(xapian_document *document,
                                       const char *term, size_t term_length,
                                       xapian_termcount wdf_increment,
                                       xapian_error **error)
{
    return guard(error, [&] {
        document->document.add_term(string_of(term, term_length),
                                    wdf_increment);
    });
}

xapian_status xapian_document_add_boolean_term(xapian_document *document,
                                               const char *term,
                                               size_t term_length,
                                               xapian_error **error)
{
    return guard(error, [&] {
        document->document.add_boolean_term(string_of(term, term_length));
    });
}

xapian_status xapian_document_add_posting(xapian_document *document,
                                          const char *term, size_t term_length,
                                          xapian_termpos position,
                                          xapian_termcount wdf_increment,
                                          xapian_error **error)
{
    return guard(error, [&] {
        document->document.add_posting(string_of(term, term_length), position,
                                       wdf_increment);
    });
}

xapian_status xapian_document_remove_posting(xapian_document *document,
                                             const char *term,
                                             size_t term_length,
                                             xapian_termpos position,
                                             xapian_termcount wdf_decrement,
                                             xapian_error **error)
{
    return guard(error, [&] {
        document->document.remove_posting(string_of(term, term_length),
                                          position, wdf_decrement);
    });
}

xapian_status xapian_document_remove_postings(
    xapian_document *document, const char *term, size_t term_length,
    xapian_termpos first, xapian_termpos last, xapian_termcount wdf_decrement,
    xapian_termpos *count, xapian_error **error)
{
    return deliver_if(count, error, [&] {
        return document->document.remove_postings(string_of(term, term_length),
                                                  first, last, wdf_decrement);
    });
}

xapian_status xapian_document_remove_term(xapian_document *document,
                                          const char *term, size_t term_length,
                                          xapian_error **error)
{
    return guard(error, [&] {
        document->document.remove_term(string_of(term, term_length));
    });
}

xapian_status xapian_document_clear_terms(xapian_document *document,
                                          xapian_error **error)
{
    return guard(error, [&] { document->document.clear_terms(); });
}

xapian_status xapian_document_termlist_count(const xapian_document *document,
                                             xapian_termcount *count,
                                             xapian_error **error)
{
    return deliver(count, error,
                   [&] { return document->document.termlist_count(); });
}

xapian_status xapian_document_termlist(const xapian_document *document,
                                       xapian_term_iterator **terms,
                                       xapian_error **error)
{
    return deliver(terms, error, [&] {
        return new xapian_term_iterator(document->document.termlist_begin());
    });
}

/* --- As a string */

xapian_status xapian_document_serialise(const xapian_document *document,
                                        char **serialised, size_t *length,
                                        xapian_error **error)
{
    return deliver_text(serialised, length, error,
                        [&] { return document->document.serialise(); });
}

xapian_status xapian_document_unserialise(const char *serialised, size_t length,
                                          xapian_document **document,
                                          xapian_error **error)
{
    return deliver(document, error, [&] {
        return new xapian_document(
            Xapian::Document::unserialise(string_of(serialised, length)));
    });
}

xapian_status xapian_document_description(const xapian_document *document,
                                          char **text, size_t *length,
                                          xapian_error **error)
{
    return deliver_text(text, length, error,
                        [&] { return document->document.get_description(); });
}
