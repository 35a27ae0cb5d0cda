/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The binding's header is enough by itself for a C99 compiler that is strict;
 * building this file is the test. */
#include "index/xapian-c/xapian-c.h"

#include <stdio.h>

int main(void)
{
    xapian_error *error = NULL;
    xapian_query *query = NULL;
    xapian_status status = xapian_query_new_match_all(&query, &error);

    xapian_query_free(query);
    xapian_error_free(error);
    printf("%sok 1 - the header in C99\n1..1\n",
           status == XAPIAN_OK ? "" : "not ");
    return status != XAPIAN_OK;
}
