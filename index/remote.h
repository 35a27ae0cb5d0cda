/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A database that another process serves (xapian-tcpsrv, xapian-progsrv), by
 * its name:
 *
 *   tcp:HOST:PORT            a server; HOST may be an IPv6 address in brackets
 *   prog:PROGRAM ARGUMENTS   a program that is started, and is spoken to
 *                            through a pipe, such as ssh
 *
 * A folder of such a name is meant by ./ before it. */
#ifndef INDEX_REMOTE_H
#define INDEX_REMOTE_H

#include <stdbool.h>

#include "base/status.h"
#include "index/xapian-c/xapian-c.h"

/* How long to wait for a connection, and for each answer, unless told. */
enum { REMOTE_SECONDS = 30, REMOTE_SECONDS_MAX = 24 * 60 * 60 };

bool remote_is_name(const char *name);

/* Open what NAME says, waiting at most SECONDS. *DATABASE is the caller's; NULL
 * on failure. NO_INDEX if it is no name of this form, IO, MEMORY. */
enum status remote_open(const char *name, unsigned seconds,
                        xapian_database **database, struct failure *failure);

/* Whether ERROR comes from what NAME stands for. */
bool remote_is_error(const char *name, const xapian_error *error);

/* Say what happened to NAME, and free ERROR; as fail_xapian of
 * index/xapian_failure.h. */
enum status remote_fail(const char *name, unsigned seconds, xapian_error *error,
                        struct failure *failure);

/* How many shards DATABASE, opened by remote_open, is made of where it is. Here
 * it is one, whose documents are numbered as if those of its shards were dealt
 * out in turn. */
enum status remote_count_shards(const char *name, unsigned seconds,
                                const xapian_database *database,
                                uint32_t *n_shards, struct failure *failure);

#endif
