/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the commands that read an index share: which index, and opening it, with
 * what queries and paragraphs are understood by. For one thread at a time. */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "base/buffer.h"
#include "base/status.h"
#include "index/reader.h"
#include "src/cli/options.h"
#include "src/text/analyzer.h"
#include "src/text/lexicon.h"

struct session {
    struct reader *reader;
    struct analyzer *analyzer;
    struct lexicon *lexicon;
    bool partial; /* some indexes may be missing */
};

/* Open the indexes that SETTINGS name. *SESSION is filled for the caller to
 * release, also on failure. What reader_open returns; STATUS_USAGE if no index
 * is named and there is no home to look in; STATUS_MEMORY. */
enum status session_open(const struct settings *settings,
                         struct session *session, struct failure *failure);
void session_release(struct session *session);

/* After a query ended with STATUS, number ATTEMPT (from 1) to answer it:
 * whether it can be tried again, without the server that failed or with it
 * back. */
bool session_try_again(struct session *session, enum status status,
                       int attempt);

/* Append which indexes are missing, for a person to read (check text->failed);
 * nothing if none is. */
void session_missing(const struct session *session, struct buffer *text);

/* Say so on standard error. */
void session_report_missing(const struct session *session);

/* Append the folder of the index that is meant when no -d is given:
 * $PILCROW_DATABASE, else $XDG_DATA_HOME/pilcrow/default, else
 * ~/.local/share/pilcrow/default. It ends in NUL. STATUS_USAGE, STATUS_MEMORY.
 */
enum status default_database(struct buffer *path, struct failure *failure);

#endif
