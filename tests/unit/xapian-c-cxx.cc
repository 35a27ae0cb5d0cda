/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The binding's header is enough by itself for a C++ compiler, and beside
 * Xapian's own; building this file is the test. */
#include "index/xapian-c/xapian-c.h"

#include <xapian.h>

#include <cstdio>

int main()
{
    xapian_error *error = nullptr;
    xapian_query *query = nullptr;
    xapian_status status = xapian_query_new_match_all(&query, &error);

    xapian_query_free(query);
    xapian_error_free(error);
    std::printf("%sok 1 - the header in C++\n1..1\n",
                status == XAPIAN_OK ? "" : "not ");
    return status != XAPIAN_OK;
}
