/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Database: checking and compacting. */
#include <config.h>

#include "index/xapian-c/guard.h"
#include "index/xapian-c/handles.h"

#include <sstream>

/* PLACE is a path or a file descriptor. The report is made only where it is
 * wanted, since for a check without one Xapian does less. */
template <class Place>
static xapian_status check(const Place &place, int flags, size_t *n_errors,
                           char **report, size_t *length, xapian_error **error)
{
    *n_errors = 0;
    if (!report)
        return deliver(n_errors, error, [&] {
            return Xapian::Database::check(place, flags, nullptr);
        });

    size_t found = 0;
    xapian_status status = deliver_text(report, length, error, [&] {
        std::ostringstream stream;

        found = Xapian::Database::check(place, flags, &stream);
        return stream.str();
    });
    if (status == XAPIAN_OK)
        *n_errors = found;
    return status;
}

xapian_status xapian_database_check(const char *path, size_t path_length,
                                    int flags, size_t *n_errors, char **report,
                                    size_t *length, xapian_error **error)
{
    std::string place;
    xapian_status status =
        deliver(&place, error, [&] { return string_of(path, path_length); });

    return status ? status
                  : check(place, flags, n_errors, report, length, error);
}

xapian_status xapian_database_check_fd(int fd, int flags, size_t *n_errors,
                                       char **report, size_t *length,
                                       xapian_error **error)
{
    return check(fd, flags, n_errors, report, length, error);
}

/* Xapian's compact() is not const, though it changes nothing; it is given
 * a handle of its own. */
xapian_status xapian_database_compact(const xapian_database *database,
                                      const char *path, size_t path_length,
                                      unsigned flags, int block_size,
                                      xapian_error **error)
{
    return guard(error, [&] {
        Xapian::Database source(database->database);

        source.compact(string_of(path, path_length), flags, block_size);
    });
}

xapian_status xapian_database_compact_to_fd(const xapian_database *database,
                                            int fd, unsigned flags,
                                            int block_size,
                                            xapian_error **error)
{
    return guard(error, [&] {
        Xapian::Database source(database->database);

        source.compact(fd, flags, block_size);
    });
}
