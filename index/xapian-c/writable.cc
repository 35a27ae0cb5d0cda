/* SPDX-License-Identifier: GPL-2.0-or-later */
/* WritableDatabase. */
#include <config.h>

#include "index/xapian-c/guard.h"
#include "index/xapian-c/handles.h"

xapian_status xapian_writable_database_open(const char *path,
                                            size_t path_length, int flags,
                                            int block_size,
                                            xapian_writable_database **database,
                                            xapian_error **error)
{
    return deliver(database, error, [&] {
        return new xapian_writable_database(Xapian::WritableDatabase(
            string_of(path, path_length), flags, block_size));
    });
}

xapian_status xapian_writable_database_new(xapian_writable_database **database,
                                           xapian_error **error)
{
    return deliver(database, error, [] {
        return new xapian_writable_database(Xapian::WritableDatabase());
    });
}

void xapian_writable_database_free(xapian_writable_database *database)
{
    delete database;
}

xapian_database *
xapian_writable_database_as_database(xapian_writable_database *database)
{
    return &database->reader;
}

xapian_status
xapian_writable_database_add_database(xapian_writable_database *database,
                                      const xapian_writable_database *other,
                                      xapian_error **error)
{
    return guard(error, [&] {
        database->database.add_database(other->database);
        database->reader.database = database->database;
    });
}

xapian_status xapian_writable_database_close(xapian_writable_database *database,
                                             xapian_error **error)
{
    return guard(error, [&] { database->database.close(); });
}

xapian_status
xapian_writable_database_commit(xapian_writable_database *database,
                                xapian_error **error)
{
    return guard(error, [&] { database->database.commit(); });
}

xapian_status
xapian_writable_database_begin_transaction(xapian_writable_database *database,
                                           bool flushed, xapian_error **error)
{
    return guard(error, [&] { database->database.begin_transaction(flushed); });
}

xapian_status
xapian_writable_database_commit_transaction(xapian_writable_database *database,
                                            xapian_error **error)
{
    return guard(error, [&] { database->database.commit_transaction(); });
}

xapian_status
xapian_writable_database_cancel_transaction(xapian_writable_database *database,
                                            xapian_error **error)
{
    return guard(error, [&] { database->database.cancel_transaction(); });
}

/* --- Documents */

xapian_status
xapian_writable_database_add_document(xapian_writable_database *database,
                                      const xapian_document *document,
                                      xapian_docid *docid, xapian_error **error)
{
    return deliver_if(docid, error, [&] {
        return database->database.add_document(document->document);
    });
}

xapian_status
xapian_writable_database_delete_document(xapian_writable_database *database,
                                         xapian_docid docid,
                                         xapian_error **error)
{
    return guard(error, [&] { database->database.delete_document(docid); });
}

xapian_status xapian_writable_database_delete_document_by_term(
    xapian_writable_database *database, const char *term, size_t term_length,
    xapian_error **error)
{
    return guard(error, [&] {
        database->database.delete_document(string_of(term, term_length));
    });
}

xapian_status xapian_writable_database_replace_document(
    xapian_writable_database *database, xapian_docid docid,
    const xapian_document *document, xapian_error **error)
{
    return guard(error, [&] {
        database->database.replace_document(docid, document->document);
    });
}

xapian_status xapian_writable_database_replace_document_by_term(
    xapian_writable_database *database, const char *term, size_t term_length,
    const xapian_document *document, xapian_docid *docid, xapian_error **error)
{
    return deliver_if(docid, error, [&] {
        return database->database.replace_document(string_of(term, term_length),
                                                   document->document);
    });
}

/* --- Metadata, spellings, synonyms */

xapian_status xapian_writable_database_set_metadata(
    xapian_writable_database *database, const char *key, size_t key_length,
    const char *value, size_t value_length, xapian_error **error)
{
    return guard(error, [&] {
        database->database.set_metadata(string_of(key, key_length),
                                        string_of(value, value_length));
    });
}

xapian_status xapian_writable_database_add_spelling(
    xapian_writable_database *database, const char *word, size_t word_length,
    xapian_termcount increment, xapian_error **error)
{
    return guard(error, [&] {
        database->database.add_spelling(string_of(word, word_length),
                                        increment);
    });
}

xapian_status xapian_writable_database_remove_spelling(
    xapian_writable_database *database, const char *word, size_t word_length,
    xapian_termcount decrement, xapian_error **error)
{
    return guard(error, [&] {
        database->database.remove_spelling(string_of(word, word_length),
                                           decrement);
    });
}

xapian_status xapian_writable_database_add_synonym(
    xapian_writable_database *database, const char *term, size_t term_length,
    const char *synonym, size_t synonym_length, xapian_error **error)
{
    return guard(error, [&] {
        database->database.add_synonym(string_of(term, term_length),
                                       string_of(synonym, synonym_length));
    });
}

xapian_status xapian_writable_database_remove_synonym(
    xapian_writable_database *database, const char *term, size_t term_length,
    const char *synonym, size_t synonym_length, xapian_error **error)
{
    return guard(error, [&] {
        database->database.remove_synonym(string_of(term, term_length),
                                          string_of(synonym, synonym_length));
    });
}

xapian_status
xapian_writable_database_clear_synonyms(xapian_writable_database *database,
                                        const char *term, size_t term_length,
                                        xapian_error **error)
{
    return guard(error, [&] {
        database->database.clear_synonyms(string_of(term, term_length));
    });
}
