/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The fence: whatever is thrown inside it comes out as a status and an error
 * object. Every exported function that can fail is one of these calls. */
#ifndef INDEX_XAPIAN_C_GUARD_H
#define INDEX_XAPIAN_C_GUARD_H

#include <cstddef>
#include <string>

#include "index/xapian-c/xapian-c.h"

/* What a callback that returned false becomes on its way out of Xapian. */
struct xapian_c_stopped {
};

/* Turn the exception that is being handled into a status and, if ERROR is not
 * NULL, into *ERROR. Only to be called from a catch block. */
xapian_status xapian_c_translate(xapian_error **error) noexcept;

/* A copy of TEXT by malloc, with a NUL behind it. Throws std::bad_alloc. */
char *xapian_c_duplicate(const std::string &text);

/* What came in as a pointer and a length. */
inline std::string string_of(const char *data, size_t length)
{
    return length ? std::string(data, length) : std::string();
}

/* Run BODY. */
template <class Body>
xapian_status guard(xapian_error **error, Body body) noexcept
{
    if (error)
        *error = nullptr;
    try {
        body();
        return XAPIAN_OK;
    } catch (...) {
        return xapian_c_translate(error);
    }
}

/* *RESULT becomes what MAKE returns. */
template <class Result, class Make>
xapian_status deliver(Result *result, xapian_error **error, Make make) noexcept
{
    *result = Result();
    return guard(error, [&] { *result = make(); });
}

/* The same where RESULT may be NULL. */
template <class Result, class Make>
xapian_status deliver_if(Result *result, xapian_error **error,
                         Make make) noexcept
{
    Result ignored;

    return deliver(result ? result : &ignored, error, make);
}

/* *DATA and *LENGTH become a copy, the caller's, of the string that MAKE
 * returns. */
template <class Make>
xapian_status deliver_text(char **data, size_t *length, xapian_error **error,
                           Make make) noexcept
{
    *data = nullptr;
    *length = 0;
    return guard(error, [&] {
        const std::string made = make();

        *data = xapian_c_duplicate(made);
        *length = made.size();
    });
}

/* SHELF becomes the string that MAKE returns, and *DATA and *LENGTH point to
 * it. */
template <class Make>
xapian_status lend_text(std::string &shelf, const char **data, size_t *length,
                        xapian_error **error, Make make) noexcept
{
    *data = nullptr;
    *length = 0;
    return guard(error, [&] {
        shelf = make();
        *data = shelf.c_str();
        *length = shelf.size();
    });
}

#endif
