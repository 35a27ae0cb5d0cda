/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the commands that read an index share: which index, opening it, and the
 * way from a query's words to a plan. */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "base/buffer.h"
#include "base/status.h"
#include "index/reader.h"
#include "src/cli/options.h"
#include "src/query/plan.h"
#include "src/text/analyzer.h"
#include "src/text/lexicon.h"

struct session {
    struct reader *reader;
    struct analyzer *analyzer;
    struct lexicon *lexicon;
};

/* Open the indexes that SETTINGS name. *SESSION is filled for the caller to
 * release, also on failure. What reader_open returns; STATUS_USAGE if no index
 * is named and there is no home to look in; STATUS_MEMORY. */
enum status session_open(const struct settings *settings,
                         struct session *session, struct failure *failure);
void session_release(struct session *session);

/* Append the folder of the index that is meant when no -d is given:
 * $PILCROW_DATABASE, else $XDG_DATA_HOME/pilcrow/default, else
 * ~/.local/share/pilcrow/default. It ends in NUL. STATUS_USAGE, STATUS_MEMORY.
 */
enum status default_database(struct buffer *path, struct failure *failure);

/* The arguments of SETTINGS, parted by spaces, into QUERY; parse and plan them.
 * *PLAN is the caller's to release, also on failure. On failure the mistake has
 * been reported; returns the exit status, 0 if all went well. */
int session_plan(struct session *session, const struct settings *settings,
                 struct buffer *query, struct plan *plan);

#endif
