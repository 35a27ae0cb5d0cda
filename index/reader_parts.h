/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a reader is made of, for the files that implement index/reader.h:
 *
 *   reader.c        opening, closing
 *   fetch.c         fetching a paragraph
 *   deleted.c       leaving deleted paragraphs out
 *   xapian_query.c  a query tree as Xapian's query
 *   phrase.c        phrases, on forward indexes
 *   search.c        running one: the best matches
 *   tally.c         running one: how many there are
 *   vocabulary.c    terms, postings, facts
 *
 * In Xapian's words a shard is one physical database; with N of them, document
 * D (from 1) of shard S (from 0) has the id (D - 1) * N + S + 1. */
#ifndef INDEX_READER_PARTS_H
#define INDEX_READER_PARTS_H

#include "index/deletions.h"
#include "index/disk.h"
#include "index/reader.h"
#include "index/xapian-c/xapian-c.h"

/* A database that was opened by itself: a segment, or what a path led to. */
struct part {
    xapian_database *database;
    char *path;
    struct forward *forward; /* its forward index; NULL if it has none */
    uint32_t segment;        /* of an index's folder; 0: it is none of one */
    size_t shard;            /* the first that it has */
    struct deleted *deleted; /* in it, the whole's; NULL: nothing */
    char *uuid;              /* known where anything is deleted */
};

/* What one path led to. Document numbers mean something only within it. */
struct whole {
    xapian_database *database;
    char *path;
    bool remote; /* or may be: our callbacks cannot go there */
    struct deletions deletions;
    struct disk_stamp stamp; /* of the manifest; zeros: there is none */
};

struct reader {
    struct part *parts;
    size_t n_parts, parts_capacity;
    struct whole *wholes;
    size_t n_wholes, wholes_capacity;
    xapian_database *database; /* all of it; ids are its document numbers */
    size_t n_shards;
    uint32_t n_deleted; /* paragraphs, in all parts */
    char *analyzer;

    /* Of the paragraph that reader_paragraph gave out: the document that holds
     * its record. */
    xapian_document *document;
    uint32_t document_id; /* 0: there is none */
    struct place *places;
    size_t places_capacity;
};

/* STATUS_OK if ERROR is NULL; otherwise what fail_xapian returns. */
enum status reader_check(const struct reader *reader, xapian_error *error,
                         struct failure *failure);

/* NODE as a query of Xapian's, the caller's. LIMIT where it is too deep. */
enum status xapian_query_make(const struct reader *reader,
                              const struct query_node *node,
                              xapian_query **query, struct failure *failure);

/* Find out what is deleted, when all is opened. LIMIT where it cannot be left
 * out. */
enum status deleted_prepare(struct reader *reader, struct failure *failure);

/* QUERY without the deleted paragraphs, in place of what was in *QUERY. */
enum status deleted_exclude(const struct reader *reader, xapian_query **query,
                            struct failure *failure);

/* Whether the paragraph ID is deleted. */
bool deleted_is(const struct reader *reader, uint32_t id);

/* Take the deleted from *N_PARAGRAPHS, which have TERM. */
enum status deleted_discount(const struct reader *reader, struct bytes term,
                             uint32_t *n_paragraphs, struct failure *failure);

/* How many words the deleted paragraphs have, all together. */
enum status deleted_words(const struct reader *reader, uint64_t *n_words,
                          struct failure *failure);

/* An enquiry of QUERY to DATABASE. It takes over WEIGHT, and does nothing else
 * where *ERROR is set. *ENQUIRE is the caller's also where it fails. */
void xapian_enquire_make(const xapian_database *database,
                         const xapian_query *query, xapian_weight *weight,
                         xapian_enquire **enquire, xapian_error **error);

/* Count the paragraphs that match, up to MAX, and their documents, into
 * MATCHES. */
enum status tally_matches(const struct reader *reader,
                          const xapian_query *query, size_t max,
                          struct matches *matches, struct failure *failure);

#endif
