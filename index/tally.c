/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counting the paragraphs that match, and the documents that they are in, by
 * a run of Xapian's that neither weighs nor keeps anything. */
#include <config.h>

#include "index/reader_parts.h"

#include "index/schema.h"

/* Xapian goes through one shard after the other, each in the order of its ids,
 * which is that of documents over the segments of an index as well; so the
 * paragraphs of a document come one after the other. */
void tally_add(struct tally *tally, struct bytes order)
{
    uint64_t this = 0;

    for (size_t i = 0; i < sizeof this; i++)
        this =
            this << 8 | (i < order.length ? (unsigned char)order.data[i] : 0);
    /* An order that does not rise is that of another index, whose documents
     * have the same numbers. */
    if (!tally->begun || this >> 32 != tally->last >> 32 || this <= tally->last)
        tally->n_documents++;
    tally->last = this;
    tally->begun = true;
    tally->n_paragraphs++;
}

void tally_finish(const struct tally *tally, struct matches *matches)
{
    matches->n_paragraphs = tally->n_paragraphs;
    matches->n_documents = tally->n_documents;
    matches->exact = !tally->more;
}

/* Verify the block that the order of the paragraph ID is in. */
static bool guard_order(const struct tally *tally, xapian_docid id)
{
    const struct whole *whole = tally->whole;
    size_t shard = whole->first_shard + (id - 1) % whole->n_shards;
    struct prepared *prepared = tally->prepared;

    return guard_value(prepared->reader->shards[shard].part->guard, VALUE_ORDER,
                       (uint32_t)((id - 1) / whole->n_shards + 1),
                       &prepared->problem) == STATUS_OK;
}

static bool tally_match(void *context, xapian_docid id, double weight,
                        xapian_document *document)
{
    struct tally *tally = context;
    const char *order;
    size_t length;

    (void)weight;
    if (tally->n_paragraphs == tally->max) {
        tally->more = true;
        return false;
    }
    if (!guard_order(tally, id))
        return false;
    if (xapian_document_get_value(document, VALUE_ORDER, &order, &length,
                                  NULL) != XAPIAN_OK)
        return false;
    tally_add(tally, (struct bytes){order, length});
    return true;
}

/* Count the matches in WHOLE that SPY sees, all of them. */
static void run_spy(struct prepared *prepared, const struct whole *whole,
                    const xapian_match_spy *spy, xapian_error **error)
{
    xapian_weight *weight = NULL;
    xapian_enquire *enquire = NULL;
    xapian_mset *mset = NULL;

    xapian_weight_new_bool(&weight, error);
    xapian_enquire_make(whole->database, prepared->query, weight, &enquire,
                        error);
    if (!*error)
        xapian_enquire_add_matchspy(enquire, spy, error);
    if (!*error)
        prepared_run(prepared, enquire, 0, 0, UINT32_MAX, &mset, error);
    xapian_mset_free(mset);
    xapian_enquire_free(enquire);
}

static enum status tally_local(struct prepared *prepared,
                               const struct whole *whole, struct tally *tally,
                               struct failure *failure)
{
    xapian_error *error = NULL;
    xapian_match_spy *spy = NULL;

    tally->begun = false;
    tally->whole = whole;
    if (xapian_match_spy_new(tally_match, tally, NULL, &spy, &error) ==
        XAPIAN_OK)
        run_spy(prepared, whole, spy, &error);
    xapian_match_spy_free(spy);
    if (prepared->problem.status != STATUS_OK ||
        xapian_error_status(error) != XAPIAN_STOPPED)
        return prepared_check(prepared, error, whole->path, failure);
    xapian_error_free(error);
    /* Either there are enough, or a value could not be read. */
    return tally->more
               ? STATUS_OK
               : fail(failure, STATUS_CORRUPT,
                      "'%s' holds a value that cannot be read", whole->path);
}

/* The same through a spy that a remote server has, too: it sends every value
 * that it sees. */
static enum status tally_remote(struct prepared *prepared,
                                const struct whole *whole, struct tally *tally,
                                struct failure *failure)
{
    xapian_error *error = NULL;
    xapian_match_spy *spy = NULL;
    xapian_term_iterator *values = NULL;

    tally->begun = false;
    if (xapian_match_spy_new_value_count(VALUE_ORDER, &spy, &error) ==
        XAPIAN_OK)
        run_spy(prepared, whole, spy, &error);
    if (!error)
        xapian_match_spy_values(spy, &values, &error);
    while (!error && !xapian_term_iterator_at_end(values)) {
        size_t length;
        const char *order = xapian_term_iterator_term(values, &length);

        if (tally->n_paragraphs == tally->max) {
            tally->more = true;
            break;
        }
        tally_add(tally, (struct bytes){order, length});
        xapian_term_iterator_next(values, &error);
    }
    xapian_term_iterator_free(values);
    xapian_match_spy_free(spy);
    return prepared_check(prepared, error, whole->path, failure);
}

enum status tally_matches(struct prepared *prepared, size_t max,
                          struct matches *matches, struct failure *failure)
{
    const struct reader *reader = prepared->reader;
    struct tally tally = {.prepared = prepared, .max = max};
    enum status status = STATUS_OK;

    for (size_t i = 0;
         status == STATUS_OK && !tally.more && i < reader->n_wholes; i++) {
        const struct whole *whole = &reader->wholes[i];

        if (whole->lost)
            continue;
        status = (whole->remote ? tally_remote : tally_local)(prepared, whole,
                                                              &tally, failure);
    }
    if (status == STATUS_OK)
        tally_finish(&tally, matches);
    return status;
}
