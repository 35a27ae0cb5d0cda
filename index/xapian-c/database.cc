/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Database: opening, and what can be asked of it as a whole, of a term, of a
 * slot, and of a document. Lists are in lists.cc, upkeep in upkeep.cc. */
#include <config.h>

#include "index/xapian-c/guard.h"
#include "index/xapian-c/handles.h"

xapian_status xapian_database_open(const char *path, size_t path_length,
                                   int flags, xapian_database **database,
                                   xapian_error **error)
{
    return deliver(database, error, [&] {
        return new xapian_database{
            Xapian::Database(string_of(path, path_length), flags)};
    });
}

xapian_status xapian_database_open_fd(int fd, int flags,
                                      xapian_database **database,
                                      xapian_error **error)
{
    return deliver(database, error, [&] {
        return new xapian_database{Xapian::Database(fd, flags)};
    });
}

xapian_status xapian_database_new(xapian_database **database,
                                  xapian_error **error)
{
    return deliver(database, error, [] { return new xapian_database(); });
}

void xapian_database_free(xapian_database *database)
{
    delete database;
}

xapian_status xapian_database_add_database(xapian_database *database,
                                           const xapian_database *other,
                                           xapian_error **error)
{
    return guard(error,
                 [&] { database->database.add_database(other->database); });
}

size_t xapian_database_size(const xapian_database *database)
{
    return database->database.size();
}

xapian_status xapian_database_close(xapian_database *database,
                                    xapian_error **error)
{
    return guard(error, [&] { database->database.close(); });
}

xapian_status xapian_database_reopen(xapian_database *database, bool *reopened,
                                     xapian_error **error)
{
    return deliver_if(reopened, error,
                      [&] { return database->database.reopen(); });
}

xapian_status xapian_database_keep_alive(xapian_database *database,
                                         xapian_error **error)
{
    return guard(error, [&] { database->database.keep_alive(); });
}

xapian_status xapian_database_description(const xapian_database *database,
                                          char **text, size_t *length,
                                          xapian_error **error)
{
    return deliver_text(text, length, error,
                        [&] { return database->database.get_description(); });
}

xapian_status xapian_database_uuid(const xapian_database *database, char **uuid,
                                   size_t *length, xapian_error **error)
{
    return deliver_text(uuid, length, error,
                        [&] { return database->database.get_uuid(); });
}

xapian_status xapian_database_locked(const xapian_database *database,
                                     bool *locked, xapian_error **error)
{
    return deliver(locked, error, [&] { return database->database.locked(); });
}

xapian_status xapian_database_revision(const xapian_database *database,
                                       uint64_t *revision, xapian_error **error)
{
    return deliver(revision, error,
                   [&] { return database->database.get_revision(); });
}

/* --- Numbers of the whole */

xapian_status xapian_database_doccount(const xapian_database *database,
                                       xapian_doccount *count,
                                       xapian_error **error)
{
    return deliver(count, error,
                   [&] { return database->database.get_doccount(); });
}

xapian_status xapian_database_lastdocid(const xapian_database *database,
                                        xapian_docid *docid,
                                        xapian_error **error)
{
    return deliver(docid, error,
                   [&] { return database->database.get_lastdocid(); });
}

xapian_status xapian_database_average_length(const xapian_database *database,
                                             double *length,
                                             xapian_error **error)
{
    return deliver(length, error,
                   [&] { return database->database.get_average_length(); });
}

xapian_status xapian_database_total_length(const xapian_database *database,
                                           uint64_t *length,
                                           xapian_error **error)
{
    return deliver(length, error,
                   [&] { return database->database.get_total_length(); });
}

xapian_status
xapian_database_doclength_lower_bound(const xapian_database *database,
                                      xapian_termcount *bound,
                                      xapian_error **error)
{
    return deliver(bound, error, [&] {
        return database->database.get_doclength_lower_bound();
    });
}

xapian_status
xapian_database_doclength_upper_bound(const xapian_database *database,
                                      xapian_termcount *bound,
                                      xapian_error **error)
{
    return deliver(bound, error, [&] {
        return database->database.get_doclength_upper_bound();
    });
}

xapian_status xapian_database_has_positions(const xapian_database *database,
                                            bool *has, xapian_error **error)
{
    return deliver(has, error,
                   [&] { return database->database.has_positions(); });
}

/* --- A term */

xapian_status xapian_database_term_exists(const xapian_database *database,
                                          const char *term, size_t term_length,
                                          bool *exists, xapian_error **error)
{
    return deliver(exists, error, [&] {
        return database->database.term_exists(string_of(term, term_length));
    });
}

xapian_status xapian_database_termfreq(const xapian_database *database,
                                       const char *term, size_t term_length,
                                       xapian_doccount *frequency,
                                       xapian_error **error)
{
    return deliver(frequency, error, [&] {
        return database->database.get_termfreq(string_of(term, term_length));
    });
}

xapian_status xapian_database_collection_freq(const xapian_database *database,
                                              const char *term,
                                              size_t term_length,
                                              xapian_termcount *frequency,
                                              xapian_error **error)
{
    return deliver(frequency, error, [&] {
        return database->database.get_collection_freq(
            string_of(term, term_length));
    });
}

xapian_status xapian_database_wdf_upper_bound(const xapian_database *database,
                                              const char *term,
                                              size_t term_length,
                                              xapian_termcount *bound,
                                              xapian_error **error)
{
    return deliver(bound, error, [&] {
        return database->database.get_wdf_upper_bound(
            string_of(term, term_length));
    });
}

/* --- A value slot */

xapian_status xapian_database_value_freq(const xapian_database *database,
                                         xapian_valueno slot,
                                         xapian_doccount *frequency,
                                         xapian_error **error)
{
    return deliver(frequency, error,
                   [&] { return database->database.get_value_freq(slot); });
}

xapian_status xapian_database_value_lower_bound(const xapian_database *database,
                                                xapian_valueno slot,
                                                char **bound, size_t *length,
                                                xapian_error **error)
{
    return deliver_text(bound, length, error, [&] {
        return database->database.get_value_lower_bound(slot);
    });
}

xapian_status xapian_database_value_upper_bound(const xapian_database *database,
                                                xapian_valueno slot,
                                                char **bound, size_t *length,
                                                xapian_error **error)
{
    return deliver_text(bound, length, error, [&] {
        return database->database.get_value_upper_bound(slot);
    });
}

/* --- A document */

xapian_status xapian_database_doclength(const xapian_database *database,
                                        xapian_docid docid,
                                        xapian_termcount *length,
                                        xapian_error **error)
{
    return deliver(length, error,
                   [&] { return database->database.get_doclength(docid); });
}

xapian_status xapian_database_unique_terms(const xapian_database *database,
                                           xapian_docid docid,
                                           xapian_termcount *count,
                                           xapian_error **error)
{
    return deliver(count, error,
                   [&] { return database->database.get_unique_terms(docid); });
}

xapian_status xapian_database_get_document(const xapian_database *database,
                                           xapian_docid docid, unsigned flags,
                                           xapian_document **document,
                                           xapian_error **error)
{
    return deliver(document, error, [&] {
        return new xapian_document(
            database->database.get_document(docid, flags));
    });
}
