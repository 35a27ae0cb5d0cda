/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Xapian says went wrong, in our words. */
#ifndef INDEX_XAPIAN_FAILURE_H
#define INDEX_XAPIAN_FAILURE_H

#include "base/status.h"
#include "index/xapian-c/xapian-c.h"

/* The status that ERROR (NULL: OK) amounts to; FAILURE is filled unless that is
 * OK, with a message that begins with SUBJECT, the path of what was being
 * read or written. ERROR is freed. */
enum status fail_xapian(struct failure *failure, xapian_error *error,
                        const char *subject);

#endif
