/* SPDX-License-Identifier: GPL-2.0-or-later */
/* There are two ways. A match decider is asked about paragraphs that match all
 * else, and after their weight was found to be good enough for the best ten;
 * but it is one for the whole query. A posting source may stand anywhere in the
 * query, but is asked before weights are known. So what every match must have
 * is left to the decider, all else to sources. */
#include <config.h>

#include "index/filters.h"

#include "index/forward.h"
#include "index/phrase.h"

#include <stdlib.h>

struct filter {
    struct filter *next;
    struct prepared *prepared;
    struct phrase *phrase;
    bool decides;
};

static enum status check_part(const struct part *part, bool remote,
                              struct failure *failure)
{
    if (!part->lost)
        return STATUS_OK;
    if (!remote)
        return fail(failure, STATUS_CORRUPT, "'%s/" FORWARD_NAME "' is missing",
                    part->path);
    return fail(failure, STATUS_LIMIT,
                "no phrase can be found in '%s' from afar; an index for that "
                "is made with 'pilcrow index --portable'",
                part->path);
}

enum status filters_by(const struct reader *reader, enum filters_by *by,
                       struct failure *failure)
{
    const struct whole *remote = NULL;
    bool forward = false;

    for (size_t i = 0; i < reader->n_wholes; i++) {
        const struct whole *whole = &reader->wholes[i];

        if (whole->remote)
            remote = whole;
        for (size_t j = 0; j < whole->n_shards; j++) {
            const struct part *part =
                reader->shards[whole->first_shard + j].part;
            enum status status = check_part(part, whole->remote, failure);

            if (status != STATUS_OK)
                return status;
            forward = forward || part->forward;
        }
    }
    *by = forward ? FILTERS_OURS : remote ? FILTERS_REMOTE : FILTERS_XAPIAN;
    if (forward && remote)
        return fail(failure, STATUS_LIMIT,
                    "no phrase can be found in '%s' and others together; make "
                    "all of them with 'pilcrow index --portable'",
                    remote->path);
    return STATUS_OK;
}

/* --- What Xapian calls */

/* False, and .problem set, where it cannot be told. */
static bool check(const struct filter *filter, size_t shard, uint32_t document,
                  bool *accept)
{
    struct failure *problem = &filter->prepared->problem;

    problem->status =
        phrase_check(filter->phrase, shard, document, accept, problem);
    return problem->status == STATUS_OK;
}

static bool find_shard(struct prepared *prepared, const char *uuid,
                       size_t length, void **shard)
{
    const struct reader *reader = prepared->reader;
    struct bytes wanted = {uuid, length};

    for (size_t i = 0; i < reader->n_shards; i++)
        if (bytes_equal(reader->shards[i].uuid, wanted)) {
            *shard = &reader->shards[i];
            return true;
        }
    fail(&prepared->problem, STATUS_CORRUPT,
         "'%s' has changed while it was read", reader->wholes[0].path);
    return false;
}

static bool open_source(void *context, const char *uuid, size_t length,
                        void **shard)
{
    const struct filter *filter = context;

    return find_shard(filter->prepared, uuid, length, shard);
}

static bool test_source(void *context, void *shard, xapian_docid document,
                        bool *accept)
{
    const struct filter *filter = context;
    const struct shard *first = filter->prepared->reader->shards;

    return check(filter, (size_t)((const struct shard *)shard - first),
                 document, accept);
}

/* A decider is not told in which database a document is, so a source that
 * accepts everything remembers it. */
static bool open_marker(void *context, const char *uuid, size_t length,
                        void **shard)
{
    return find_shard(context, uuid, length, shard);
}

static bool test_marker(void *context, void *shard, xapian_docid document,
                        bool *accept)
{
    struct prepared *prepared = context;

    (void)document;
    prepared->shard =
        (size_t)((const struct shard *)shard - prepared->reader->shards);
    *accept = true;
    return true;
}

static bool decide(void *context, xapian_docid id, xapian_document *document,
                   bool *accept)
{
    const struct prepared *prepared = context;

    (void)document;
    *accept = true;
    for (const struct filter *filter = prepared->filters; filter && *accept;
         filter = filter->next)
        if (filter->decides && !check(filter, prepared->shard, id, accept))
            return false;
    return true;
}

/* --- Making and running */

/* *QUERY is CANDIDATES where SOURCE accepts them; both are freed. */
static void restrict_to(xapian_query *candidates, xapian_query *source,
                        xapian_query **query, xapian_error **error)
{
    const xapian_query *both[2] = {candidates, source};

    if (!*error)
        xapian_query_new_combined(XAPIAN_OP_FILTER, both, 2, 0, query, error);
    xapian_query_free(source);
    xapian_query_free(candidates);
}

enum status filters_finish(struct prepared *prepared, struct failure *failure)
{
    xapian_query *marker = NULL, *whole = prepared->query;
    xapian_error *error = NULL;

    if (!prepared->use_decider || prepared->reader->n_shards < 2)
        return STATUS_OK;
    prepared->query = NULL;
    xapian_query_new_filter(open_marker, test_marker, prepared, NULL, &marker,
                            &error);
    restrict_to(whole, marker, &prepared->query, &error);
    return reader_check(prepared->reader, error, failure);
}

enum status filters_add(struct prepared *prepared,
                        const struct query_node *node, bool required,
                        xapian_query *candidates, xapian_query **query,
                        struct failure *failure)
{
    struct filter *filter = calloc(1, sizeof *filter);
    xapian_query *source = NULL;
    xapian_error *error = NULL;
    enum status status;

    *query = NULL;
    status = filter
                 ? phrase_new(prepared->reader, node, &filter->phrase, failure)
                 : fail_memory(failure);
    if (status != STATUS_OK) {
        free(filter);
        xapian_query_free(candidates);
        return status;
    }
    filter->prepared = prepared;
    filter->decides = required;
    filter->next = prepared->filters;
    prepared->filters = filter;
    if (required) {
        prepared->use_decider = true;
        *query = candidates;
        return STATUS_OK;
    }
    xapian_query_new_filter(open_source, test_source, filter, NULL, &source,
                            &error);
    restrict_to(candidates, source, query, &error);
    return reader_check(prepared->reader, error, failure);
}

void prepared_release(struct prepared *prepared)
{
    struct filter *filter;

    xapian_query_free(prepared->query);
    prepared->query = NULL;
    while ((filter = prepared->filters)) {
        prepared->filters = filter->next;
        phrase_free(filter->phrase);
        free(filter);
    }
}

void prepared_run(struct prepared *prepared, const xapian_enquire *enquire,
                  uint32_t first, uint32_t max, uint32_t check_at_least,
                  xapian_mset **mset, xapian_error **error)
{
    xapian_match_decider *decider = NULL;

    if (prepared->use_decider)
        xapian_match_decider_new(decide, prepared, NULL, &decider, error);
    if (!*error)
        xapian_enquire_get_mset(enquire, first, max, check_at_least, NULL,
                                decider, mset, error);
    xapian_match_decider_free(decider);
}

enum status prepared_check(const struct prepared *prepared, xapian_error *error,
                           const char *path, struct failure *failure)
{
    if (prepared->problem.status == STATUS_OK)
        return reader_fail(prepared->reader, error, path, failure);
    xapian_error_free(error);
    if (failure)
        *failure = prepared->problem;
    return prepared->problem.status;
}
