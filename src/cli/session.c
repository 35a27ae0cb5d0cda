/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/cli/session.h"

#include "src/cli/report.h"

#include <limits.h>
#include <stdlib.h>

/* How often a query is tried: a server may be one that each attempt kills. */
enum { MAX_ATTEMPTS = 5 };

static const char *set_variable(const char *name)
{
    const char *value = getenv(name);

    return value && value[0] ? value : NULL;
}

enum status default_database(struct buffer *path, struct failure *failure)
{
    const char *database = set_variable("PILCROW_DATABASE");
    const char *data = set_variable("XDG_DATA_HOME");
    const char *home = set_variable("HOME");

    if (database)
        buffer_append_string(path, database);
    else if (data)
        buffer_append_format(path, "%s/pilcrow/default", data);
    else if (home)
        buffer_append_format(path, "%s/.local/share/pilcrow/default", home);
    else
        return fail(failure, STATUS_USAGE,
                    "say with --database=DIR which index is meant (neither "
                    "PILCROW_DATABASE nor HOME is set)");
    buffer_append_byte(path, '\0');
    return path->failed ? fail_memory(failure) : STATUS_OK;
}

static enum status open_reader(const struct settings *settings,
                               struct session *session, struct failure *failure)
{
    const struct reader_options options = {
        .partial = settings->partial,
        .seconds = settings->timeout < UINT_MAX ? (unsigned)settings->timeout
                                                : UINT_MAX};
    struct buffer path = BUFFER_EMPTY;
    const char *only;
    enum status status;

    if (settings->n_databases)
        return reader_open_with(settings->databases, settings->n_databases,
                                analyzer_identity(), &options, &session->reader,
                                failure);
    status = default_database(&path, failure);
    if (status == STATUS_OK) {
        only = path.data;
        status = reader_open_with(&only, 1, analyzer_identity(), &options,
                                  &session->reader, failure);
    }
    buffer_release(&path);
    return status;
}

static enum status set_ranking(const struct settings *settings,
                               struct session *session, struct failure *failure)
{
    struct ranking ranking = ranking_defaults;
    enum status status;

    if (!settings->ranking)
        return STATUS_OK;
    status = ranking_set(&ranking, bytes_of(settings->ranking), failure);
    if (status == STATUS_OK)
        reader_set_ranking(session->reader, &ranking);
    return status;
}

enum status session_open(const struct settings *settings,
                         struct session *session, struct failure *failure)
{
    enum status status;

    *session = (struct session){.partial = settings->partial};
    if (!analyzer_identity())
        return fail_memory(failure);
    status = analyzer_new(&session->analyzer, failure);
    if (status == STATUS_OK)
        status = lexicon_new(&session->lexicon, failure);
    if (status == STATUS_OK)
        status = open_reader(settings, session, failure);
    if (status == STATUS_OK)
        status = set_ranking(settings, session, failure);
    return status;
}

void session_release(struct session *session)
{
    reader_close(session->reader);
    lexicon_free(session->lexicon);
    analyzer_free(session->analyzer);
    *session = (struct session){.reader = NULL};
}

bool session_try_again(struct session *session, enum status status, int attempt)
{
    struct failure why; /* noted with what is missing */
    bool changed = false;

    return status == STATUS_IO && session->partial && session->reader &&
           attempt < MAX_ATTEMPTS &&
           reader_refresh(session->reader, &changed, &why) == STATUS_OK &&
           changed;
}

void session_missing(const struct session *session, struct buffer *text)
{
    const char *what, *why;

    for (size_t i = 0; reader_missing(session->reader, i, &what, &why); i++)
        buffer_append_format(text, "%sleft out: %s", i ? "; " : "", why);
}

void session_report_missing(const struct session *session)
{
    struct buffer text = BUFFER_EMPTY;

    session_missing(session, &text);
    if (text.length)
        report("%.*s", (int)text.length, text.data);
    buffer_release(&text);
}
