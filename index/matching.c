/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All paragraphs that match, in one run that neither weighs nor orders. */
#include <config.h>

#include "index/reader.h"

#include "base/buffer.h"
#include "index/match.h"

#include <stdlib.h>
#include <string.h>

bool id_set_add(struct id_set *set, uint32_t id)
{
    size_t at = id / 64, n = set->n_words;

    if (at >= n) {
        if (!array_grow(&set->words, &n, at + 1, sizeof *set->words))
            return false;
        memset(set->words + set->n_words, 0,
               (n - set->n_words) * sizeof *set->words);
        set->n_words = n;
    }
    set->words[at] |= UINT64_C(1) << id % 64;
    return true;
}

void id_set_release(struct id_set *set)
{
    free(set->words);
    *set = (struct id_set){0};
}

static enum status add_all(const xapian_mset *mset, struct id_set *set,
                           xapian_error **error, struct failure *failure)
{
    xapian_doccount n = mset ? xapian_mset_size(mset) : 0;
    xapian_docid id;

    for (xapian_doccount i = 0; i < n; i++) {
        if (xapian_mset_docid(mset, i, &id, error) != XAPIAN_OK)
            break;
        if (!id_set_add(set, id))
            return fail_memory(failure);
    }
    return STATUS_OK;
}

/* Where it is for Xapian; a server can only be asked for a result. */
static enum status run(struct prepared *prepared, struct id_set *set,
                       struct failure *failure)
{
    const struct reader *reader = prepared->reader;
    xapian_error *error = NULL;
    xapian_weight *weight = NULL;
    xapian_enquire *enquire = NULL;
    xapian_mset *mset = NULL;
    xapian_doccount n = 0;
    enum status status;

    xapian_database_doccount(reader->database, &n, &error);
    xapian_weight_new_bool(&weight, &error);
    xapian_enquire_make(reader->database, prepared->query, weight, &enquire,
                        &error);
    if (!error)
        prepared_run(prepared, enquire, 0, n, 0, &mset, &error);
    status = error ? STATUS_OK : add_all(mset, set, &error, failure);
    if (status == STATUS_OK)
        status =
            prepared_check(prepared, error, reader->wholes[0].path, failure);
    else
        xapian_error_free(error);
    xapian_mset_free(mset);
    xapian_enquire_free(enquire);
    return status;
}

enum status reader_matching(struct reader *reader,
                            const struct query_node *query, struct id_set *set,
                            struct failure *failure)
{
    struct prepared prepared = {.query = NULL};
    uint32_t n_paragraphs;
    bool fits;
    enum status status;

    *set = (struct id_set){0};
    status = reader_size(reader, &n_paragraphs, failure);
    if (status != STATUS_OK || n_paragraphs == 0)
        return status;
    status = match_all(reader, query, set, &fits, failure);
    if (status == STATUS_OK && !fits) {
        status = prepare(reader, query, &prepared, failure);
        if (status == STATUS_OK)
            status = run(&prepared, set, failure);
        prepared_release(&prepared);
    }
    if (status != STATUS_OK)
        id_set_release(set);
    return status;
}
