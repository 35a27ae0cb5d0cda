/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a reader is made of, for the files that implement index/reader.h:
 *
 *   reader.c        opening, closing
 *   reader_folder.c opening an index's folder by its manifest
 *   reader_guard.c  verifying what is about to be read
 *   reader_remote.c databases that others serve: losing and finding them
 *   fetch.c         fetching a paragraph; record_table.c: in a segment of ours
 *   deleted.c       leaving deleted paragraphs out
 *   xapian_query.c  a query tree as Xapian's query
 *   rows.c          positional nodes in Xapian's own operators
 *   filters.c       positional nodes that Xapian asks us for
 *   phrase.c        one such node, in one paragraph
 *   shards.c        where paragraphs are
 *   second_look.c   better scores for the best
 *   order.c         the order of what is equal
 *   search.c        running one: the best matches
 *   matching.c      the same: all of them, as a set
 *   tally.c         running one: how many there are
 *   vocabulary.c    terms, postings, facts
 *
 * In Xapian's words a shard is one physical database; with N of them, document
 * D (from 1) of shard S (from 0) has the id (D - 1) * N + S + 1. */
#ifndef INDEX_READER_PARTS_H
#define INDEX_READER_PARTS_H

#include <time.h>

#include "index/deletions.h"
#include "index/disk.h"
#include "index/glass/tree.h"
#include "index/glass/version.h"
#include "index/guard.h"
#include "index/reader.h"
#include "index/record_table.h"
#include "index/xapian-c/xapian-c.h"

/* A database that was opened by itself: a segment, or what a path led to. */
struct part {
    xapian_database *database;
    char *path;
    struct guard *guard;     /* NULL: there are no hashes */
    char *uuid;              /* of Xapian's; several, parted by ':' */
    struct forward *forward; /* its forward index; NULL if it has none */
    uint32_t segment;        /* of an index's folder; 0: it is none of one */
    size_t shard;            /* the first that it has */
    struct deleted *deleted; /* in it, the whole's; NULL: nothing */
    struct glass_tree *postings;  /* its posting table, */
    struct record_table *records; /* and that of records; NULL: they are read
                                     by Xapian only */
    struct glass_statistics statistics; /* where .postings is */
    bool lost; /* it had a forward index, which is not here: nobody knows
                  where its words stand */
    /* Shards, where it is; one here, and one if not remote. */
    uint32_t n_inside;
};

/* What one path led to. Document numbers mean something only within it. */
struct whole {
    xapian_database *database;
    char *path;
    size_t first_part;
    struct deletions deletions;
    struct disk_stamp stamp; /* of the manifest; zeros: there is none */
    size_t first_shard, n_shards;

    /* Of a remote one, which has one part: */
    bool remote;   /* our callbacks cannot go there */
    bool broken;   /* the connection failed */
    bool lost;     /* there is no connection: the databases are empty */
    char *why;     /* it was lost, owned; NULL: not known, or out of memory */
    time_t looked; /* when it was last looked for, on the steady clock */
};

/* One physical database: number .number of the .n of a part, counted from 0. */
struct shard {
    const struct part *part;
    struct bytes uuid; /* the part's */
    uint32_t number, n;
};

/* A document that has records, and its data, in which they are. */
struct held {
    uint32_t id; /* 0: there is none */
    struct record_place place;
    xapian_document *document; /* Xapian read it, and owns the data; or */
    struct buffer inflated;    /* we did */
    struct bytes data;
};

enum { READER_HELD = 64 };

struct reader {
    struct part *parts;
    size_t n_parts, parts_capacity;
    struct whole *wholes;
    size_t n_wholes, wholes_capacity;
    xapian_database *database; /* all of it; ids are its document numbers */
    struct shard *shards;
    size_t n_shards;
    uint32_t n_deleted; /* paragraphs, in all parts */
    char *analyzer;
    struct ranking ranking;
    struct reader_options options;

    struct held held[READER_HELD + 1]; /* see fetch.c */
    size_t n_held;                     /* so far */
    struct place *places; /* of the paragraph that reader_paragraph gave out */
    size_t places_capacity;
};

/* Forget the documents that are held. */
void reader_let_go(struct reader *reader);

/* Where the record of the paragraph ID is; zeros on failure. CORRUPT also if it
 * says nothing of that. */
enum status reader_place(const struct reader *reader, uint32_t id,
                         struct record_place *place, struct failure *failure);

/* STATUS_OK if ERROR is NULL; otherwise what fail_xapian returns. */
enum status reader_check(const struct reader *reader, xapian_error *error,
                         struct failure *failure);

/* The same, PATH being where an error comes from that is of no remote index. */
enum status reader_fail(const struct reader *reader, xapian_error *error,
                        const char *path, struct failure *failure);

/* Fill in the shards of READER, whose databases are joined, and what is known
 * of their positions. */
enum status reader_list_shards(struct reader *reader, struct failure *failure);

/* What a node is to the whole tree. */
enum tree_part {
    TREE_OPTIONAL, /* a match need not match it */
    TREE_UNSCORED, /* the same, and it adds nothing to the score */
    TREE_REQUIRED, /* every match must match it */
    TREE_CHECKED,  /* a node above checks positions */
};

/* What child I of NODE, which is PART, is. */
enum tree_part tree_part_of_child(const struct query_node *node, size_t i,
                                  enum tree_part part);

/* Trees come from the query language, which allows QUERY_MAX_DEPTH of
 * parentheses; an operator adds a level or two to each. */
enum { TREE_MAX_DEPTH = 1000 };

/* A query tree made ready for Xapian, to be released also where that failed.
 * The tree must outlive it. */
struct prepared {
    const struct reader *reader;
    xapian_query *query;
    struct filter *filters; /* the newest first */
    bool use_decider;       /* some filters are left to the decider */
    size_t shard;           /* in which Xapian is */
    struct failure problem; /* what made a callback of ours stop Xapian */
};
enum status prepare(const struct reader *reader, const struct query_node *node,
                    struct prepared *prepared, struct failure *failure);
void prepared_release(struct prepared *prepared);

/* As xapian_enquire_get_mset, for an enquiry of .query; filters get their
 * say. */
void prepared_run(struct prepared *prepared, const xapian_enquire *enquire,
                  uint32_t first, uint32_t max, uint32_t check_at_least,
                  xapian_mset **mset, xapian_error **error);

/* What a run ended with: what made a filter stop it, or ERROR, which is freed,
 * named by PATH. */
enum status prepared_check(const struct prepared *prepared, xapian_error *error,
                           const char *path, struct failure *failure);

/* Join the wholes to one. */
enum status reader_join(struct reader *reader, struct failure *failure);

/* Begin a whole, without any part yet, and add a part to the last whole: what
 * is at PATH, opened as DATABASE, which it takes over. */
enum status reader_add_whole(struct reader *reader, const char *path,
                             struct failure *failure);
enum status reader_add_part(struct reader *reader, const char *path,
                            xapian_database *database, struct failure *failure);

/* Whether the metadata of DATABASE are those of an index that we can read. */
enum status reader_check_metadata(const struct reader *reader,
                                  const xapian_database *database,
                                  const char *path, struct failure *failure);

/* SCHEMA if THEIRS, the analyzer of what is at PATH, is another than ours. */
enum status reader_check_analyzer(const struct reader *reader, const char *path,
                                  const char *theirs, struct failure *failure);

/* The same, opening it: FLAGS are Xapian's. It takes over GUARD. */
enum status reader_open_part(struct reader *reader, const char *path, int flags,
                             struct guard *guard, struct failure *failure);

/* Take back the last whole and the parts that came after N_PARTS. */
void reader_drop_whole(struct reader *reader, size_t n_parts);

/* Add the folder PATH by its manifest, as one whole. NO_INDEX if it has none.
 * Where it fails and the manifest is another by now, what was wanted was
 * superseded, and what superseded it is opened. */
enum status reader_open_folder(struct reader *reader, const char *path,
                               struct failure *failure);

/* Whether the manifest of WHOLE was replaced since it was opened. */
bool whole_has_changed(const struct whole *whole);

/* Add the remote database NAME, as one whole. */
enum status reader_add_remote(struct reader *reader, const char *name,
                              struct failure *failure);

/* IO where all wholes are lost. */
enum status reader_check_any(const struct reader *reader,
                             struct failure *failure);

/* Look after the remote wholes; *CHANGED if one came or went. As
 * reader_refresh. */
enum status reader_refresh_remote(struct reader *reader, bool *changed,
                                  struct failure *failure);

/* Where ERROR comes from, if that is a remote whole; else NULL. If the
 * connection failed the whole is noted to be broken. */
const struct whole *reader_find_broken(const struct reader *reader,
                                       const xapian_error *error);

/* Verify what Xapian is about to be asked for: as guard_all and guard_values,
 * of all parts. */
enum status reader_guard(const struct reader *reader, enum guarded what,
                         struct bytes term, struct failure *failure);
enum status reader_guard_values(const struct reader *reader,
                                enum schema_value slot,
                                struct failure *failure);

/* The part that the paragraph ID is in, whose shard has it as *DOCUMENT. */
const struct part *reader_part_of(const struct reader *reader, uint32_t id,
                                  uint32_t *document);

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

/* What the paragraphs that a run goes through add up to, where they come shard
 * after shard, those of each in document order. */
struct tally {
    struct prepared *prepared; /* where Xapian runs it, */
    const struct whole *whole; /* in this */
    size_t max;
    size_t n_paragraphs, n_documents;
    bool more;     /* there is at least one beyond .max */
    bool begun;    /* .last is of this whole */
    uint64_t last; /* the order of the last paragraph: document and ordinal */
};

/* Count a paragraph by the value that says its place (VALUE_ORDER). */
void tally_add(struct tally *tally, struct bytes order);
void tally_finish(const struct tally *tally, struct matches *matches);

/* Count the paragraphs that match, up to MAX, and their documents, into
 * MATCHES. */
enum status tally_matches(struct prepared *prepared, size_t max,
                          struct matches *matches, struct failure *failure);

#endif
