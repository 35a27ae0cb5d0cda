/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading one index or several as one: run a query tree, fetch paragraphs.
 *
 * A reader sees the index as it was when it was opened, whatever is written
 * meanwhile; reader_refresh goes on to what it is by now. Paragraphs that were
 * deleted are in nothing that it gives. It is used by one
 * thread at a time; several readers of one index do not disturb each other. */
#ifndef INDEX_READER_H
#define INDEX_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"
#include "index/id_set.h"
#include "index/paragraph.h"
#include "index/query.h"
#include "index/ranking.h"

struct reader;

/* Of indexes that others serve. */
struct reader_options {
    bool partial; /* do without those that do not answer, unless none does */
    unsigned seconds; /* to wait for an answer, at most; 0: REMOTE_SECONDS */
};

/* Open the N_PATHS indexes together. Each is a folder that a writer made, a
 * segment of one (or any plain Xapian database that holds the schema of
 * index/schema.h), the name of a remote one as in index/remote.h, or a Xapian
 * stub file, which stands for what it names.
 * ANALYZER is the identity of the caller's analyzer; OPTIONS may be NULL.
 * Errors: NO_INDEX (nothing there, or no index; the message says how to make
 * one), SCHEMA (another schema or analyzer), CORRUPT, IO (also a server that
 * does not answer), MEMORY. */
enum status reader_open_with(const char *const *paths, size_t n_paths,
                             const char *analyzer,
                             const struct reader_options *options,
                             struct reader **reader, struct failure *failure);

/* The same without options. */
enum status reader_open(const char *const *paths, size_t n_paths,
                        const char *analyzer, struct reader **reader,
                        struct failure *failure);
void reader_close(struct reader *reader);

/* Before a further query: if an index that READER has open was written since,
 * or a server that was there is gone, or with .partial one that was missing is
 * back, open it anew; ids of matches and paragraphs that were borrowed mean
 * nothing then. *CHANGED says so. Costs a stat for each index where nothing
 * changed, and a word to each server and back. Errors: as of reader_open; it
 * can be called again afterwards. */
enum status reader_refresh(struct reader *reader, bool *changed,
                           struct failure *failure);

/* How the paragraphs of READER are ranked: ranking_defaults, until changed. */
const struct ranking *reader_ranking(const struct reader *reader);
void reader_set_ranking(struct reader *reader, const struct ranking *ranking);

/* Whether, with .partial, something is missing: what, and why, which are
 * borrowed until the next call of reader_refresh, for N from 0 on; false when
 * there is no more. */
bool reader_missing(const struct reader *reader, size_t n, const char **what,
                    const char **why);

struct match {
    uint32_t id; /* of the paragraph, in this reader */
    double score;
    uint64_t document; /* a number that its document alone has in its index;
                          0: not known, or not asked for */
};

enum search_order {
    ORDER_SCORE,    /* best first; equal scores in document order */
    ORDER_DATE,     /* newest first, then by score; those without date last */
    ORDER_DOCUMENT, /* as the documents were indexed, and as they go */
};

/* A word as the query has it, whose place is looked at, and what it counts
 * against others. */
struct placed_word {
    struct bytes word;
    double weight;
};

struct search_options {
    size_t offset; /* matches to skip */
    size_t limit;  /* matches to give back, at most */
    size_t count;  /* count paragraphs and documents exactly up to so many
                      paragraphs; SIZE_MAX: all */
    enum search_order order;
    bool documents; /* .document of each match is of use */
    bool reverse;   /* DATE, DOCUMENT: the other way round; then those without
                       date come first */
    const struct placed_word *words; /* each once, in the query's order */
    size_t n_words;
};

struct matches {
    struct match *items; /* in the order asked for */
    size_t n_items;
    size_t n_paragraphs; /* that match, all together */
    size_t n_documents;  /* that they are in */
    bool exact;          /* false: both are at least so many */
};

/* Run QUERY. *MATCHES is filled for the caller to release. LIMIT 0 only
 * counts, which is faster. */
enum status reader_search(struct reader *reader, const struct query_node *query,
                          const struct search_options *options,
                          struct matches *matches, struct failure *failure);
void matches_release(struct matches *matches);

/* All paragraphs that match QUERY, for whoever has to ask it of many: *SET is
 * the caller's to release. Errors: as of reader_search. */
enum status reader_matching(struct reader *reader,
                            const struct query_node *query, struct id_set *set,
                            struct failure *failure);

/* The paragraph ID of a match. *PARAGRAPH is borrowed until the next call of
 * this function for this reader. CORRUPT if its record is damaged. */
enum status reader_paragraph(struct reader *reader, uint32_t id,
                             struct paragraph *paragraph,
                             struct failure *failure);

/* The ids of all paragraphs that hold TERM (a boolean term of
 * index/schema.h, such as a document's), in document order. *IDS is malloc'ed,
 * the caller's to free; NULL if there are none. */
enum status reader_postings(struct reader *reader, struct bytes term,
                            uint32_t **ids, size_t *n_ids,
                            struct failure *failure);

/* In how many paragraphs TERM occurs (0: not in the index) and how often. */
enum status reader_occurrences(struct reader *reader, struct bytes term,
                               uint32_t *n_paragraphs, uint32_t *n_occurrences,
                               struct failure *failure);

/* How many paragraphs there are, those that were deleted among them. */
enum status reader_size(const struct reader *reader, uint32_t *n_paragraphs,
                        struct failure *failure);

/* In how many paragraphs TERM occurs; 0: not in the index. */
enum status reader_frequency(struct reader *reader, struct bytes term,
                             uint32_t *n_paragraphs, struct failure *failure);

/* Call EACH, in byte order, for every term that begins with PREFIX; what it is
 * given ends with the call. It returns false to stop. */
typedef bool (*term_function)(void *context, struct bytes term,
                              uint32_t n_paragraphs);
enum status reader_terms(struct reader *reader, struct bytes prefix,
                         term_function each, void *context,
                         struct failure *failure);

/* What `pilcrow info` tells. */
struct reader_facts {
    unsigned schema;      /* schema version */
    const char *analyzer; /* borrowed while the reader is open */
    size_t n_segments;
    uint32_t n_paragraphs;
    uint32_t n_deleted;    /* paragraphs that a merge will drop */
    uint32_t n_documents;  /* counted through their terms */
    double average_length; /* of a paragraph, in words */
    uint64_t size;         /* bytes on disk; 0 if remote */
};
enum status reader_facts(struct reader *reader, struct reader_facts *facts,
                         struct failure *failure);

#endif
