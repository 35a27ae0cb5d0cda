/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A C binding for Xapian (https://xapian.org), version 1.4.22 and later.
 *
 * It translates and decides nothing: each function is one call of Xapian's
 * C++ interface, whose documentation says what the call means. What Xapian 2.0
 * removed is not here, nor are stemming, query parsing, term generation and
 * snippets.
 *
 * CONVENTIONS
 *
 *  1. Handles are opaque. What xapian_X_new…, _open… and the like deliver
 *     through an out-parameter is the caller's, to end with xapian_X_free.
 *     Freeing NULL does nothing.
 *
 *  2. The subject is the first argument. Results come through
 *     out-parameters, last but one; the last argument is
 *     `xapian_error **error`. On failure every out-parameter is NULL, 0, false
 *     or empty. An out-parameter may not be NULL unless its function says so.
 *
 *  3. A function that can fail returns an xapian_status, XAPIAN_OK being 0.
 *     If ERROR is not NULL, *ERROR is set each time: to NULL on success, on
 *     failure to an object that says more, the caller's to end with
 *     xapian_error_free. What was in *ERROR before is not read. A function
 *     that returns anything else cannot fail.
 *
 *  4. A string is a pointer and a length in bytes, in both directions. It
 *     may hold NUL, and is not text to Xapian. What goes in is copied, need
 *     not end in NUL, and may be NULL if its length is 0.
 *
 *  5. A string that comes out as `const char *` is borrowed from the handle
 *     that gave it; the function says until when. One that comes out as
 *     `char **` is the caller's, to end with xapian_free. Both are followed by
 *     a NUL that the length does not count, and are never NULL on success.
 *
 *  6. A child keeps alive what it came from: a document its database, an
 *     iterator its document or database, a match set its enquiry. Handles may
 *     be freed in any order. So freeing a writable database gives up its lock
 *     only once its children are gone; xapian_writable_database_close does so
 *     at once. A query, weight, spy or key maker that was given to another
 *     handle may be freed right away.
 *
 *  7. An iterator stands on its first item when it is made. The item is read
 *     when the iterator moves, so that asking for it is cheap and cannot fail.
 *     When a move fails the iterator is at its end. At the end its item is 0
 *     or empty, a skip does nothing, and everything else that can fail is
 *     XAPIAN_INVALID_OPERATION_ERROR. Once a
 *     document's terms or values are changed, an iterator over them can only
 *     be freed:
 *
 *         status = xapian_database_postlist(database, term, length,
 *                                           &postings, &error);
 *         while (status == XAPIAN_OK &&
 *                !xapian_posting_iterator_at_end(postings)) {
 *             use(xapian_posting_iterator_docid(postings));
 *             status = xapian_posting_iterator_next(postings, &error);
 *         }
 *         xapian_posting_iterator_free(postings);
 *
 *  8. A callback gets the CONTEXT that came with it. It returns false to end
 *     the call it was made from, which then fails with XAPIAN_STOPPED. It must
 *     return: neither longjmp nor a thread's exit may leave it. FREE_CONTEXT,
 *     if not NULL, is called with the context when nothing can call the
 *     callback any more; if the handle could not be made, the context remains
 *     the caller's and FREE_CONTEXT is not called.
 *
 *  9. Handles that share a database, through however many steps, are used by
 *     one thread at a time. Databases opened separately may be used by
 *     several. A query shares its subqueries: also by one thread at a time.
 *     No thread may be cancelled inside a call.
 *
 * 10. `const` on a handle means that the call neither changes it nor ends
 *     what was borrowed from it. A handle argument may not be NULL unless its
 *     function says so. */
#ifndef XAPIAN_C_H
#define XAPIAN_C_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __GNUC__
#define XAPIAN_C_API __attribute__((visibility("default")))
#else
#define XAPIAN_C_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------------
 * Types and constants; the values are Xapian's own */

typedef uint32_t xapian_docid;     /* of a document; 0 is none */
typedef uint32_t xapian_doccount;  /* a number of documents */
typedef uint32_t xapian_termcount; /* a number of terms; a document's length */
typedef uint32_t xapian_termpos;   /* a position in a document */
typedef uint32_t xapian_valueno;   /* a value slot */

#define XAPIAN_BAD_VALUENO ((xapian_valueno)0xffffffff)

typedef struct xapian_error xapian_error;
typedef struct xapian_database xapian_database;
typedef struct xapian_writable_database xapian_writable_database;
typedef struct xapian_document xapian_document;
typedef struct xapian_query xapian_query;
typedef struct xapian_weight xapian_weight;
typedef struct xapian_enquire xapian_enquire;
typedef struct xapian_mset xapian_mset;
typedef struct xapian_rset xapian_rset;
typedef struct xapian_eset xapian_eset;
typedef struct xapian_term_iterator xapian_term_iterator;
typedef struct xapian_posting_iterator xapian_posting_iterator;
typedef struct xapian_position_iterator xapian_position_iterator;
typedef struct xapian_value_iterator xapian_value_iterator;
typedef struct xapian_match_spy xapian_match_spy;
typedef struct xapian_match_decider xapian_match_decider;
typedef struct xapian_expand_decider xapian_expand_decider;
typedef struct xapian_key_maker xapian_key_maker;

/* Flags to open a database. One action, for writable databases only … */
enum {
    XAPIAN_DB_CREATE_OR_OPEN = 0x00,
    XAPIAN_DB_CREATE_OR_OVERWRITE = 0x01,
    XAPIAN_DB_CREATE = 0x02,
    XAPIAN_DB_OPEN = 0x03,
    /* … any of these, for writable databases only … */
    XAPIAN_DB_NO_SYNC = 0x04,
    XAPIAN_DB_FULL_SYNC = 0x08,
    XAPIAN_DB_DANGEROUS = 0x10,
    XAPIAN_DB_NO_TERMLIST = 0x20,
    XAPIAN_DB_RETRY_LOCK = 0x40,
    /* … and one backend; none of them: found out by looking. */
    XAPIAN_DB_BACKEND_GLASS = 0x100,
    XAPIAN_DB_BACKEND_STUB = 0x300,
    XAPIAN_DB_BACKEND_INMEMORY = 0x400
};

/* Flags of xapian_database_check. */
enum {
    XAPIAN_DBCHECK_SHORT_TREE = 1,
    XAPIAN_DBCHECK_FULL_TREE = 2,
    XAPIAN_DBCHECK_SHOW_FREELIST = 4,
    XAPIAN_DBCHECK_SHOW_STATS = 8,
    XAPIAN_DBCHECK_FIX = 16
};

/* Flags of xapian_database_compact: one level, any of the rest. */
enum {
    XAPIAN_DBCOMPACT_STANDARD = 0,
    XAPIAN_DBCOMPACT_FULL = 1,
    XAPIAN_DBCOMPACT_FULLER = 2,
    XAPIAN_DBCOMPACT_NO_RENUMBER = 4,
    XAPIAN_DBCOMPACT_MULTIPASS = 8,
    XAPIAN_DBCOMPACT_SINGLE_FILE = 16
};

/* Flags of xapian_database_get_document. */
enum {
    XAPIAN_DOC_ASSUME_VALID = 1 /* do not look whether there is such a one */
};

/* The version of the Xapian that is in use: "1.4.22"; 1, 4, 22. */
XAPIAN_C_API const char *xapian_version_string(void);
XAPIAN_C_API int xapian_major_version(void);
XAPIAN_C_API int xapian_minor_version(void);
XAPIAN_C_API int xapian_revision(void);

/* End a string that came out as `char **`. */
XAPIAN_C_API void xapian_free(char *string);

/* ------------------------------------------------------------------------
 * Errors */

/* How a call ended. Each class of exception that Xapian has is a status; one
 * that is not known here is XAPIAN_OTHER_ERROR, whose type tells. */
typedef enum xapian_status {
    XAPIAN_OK = 0,

    XAPIAN_ASSERTION_ERROR = 1,
    XAPIAN_INVALID_ARGUMENT_ERROR = 2,
    XAPIAN_INVALID_OPERATION_ERROR = 3,
    XAPIAN_UNIMPLEMENTED_ERROR = 4,
    XAPIAN_DATABASE_ERROR = 5,
    XAPIAN_DATABASE_CORRUPT_ERROR = 6,
    XAPIAN_DATABASE_CREATE_ERROR = 7,
    XAPIAN_DATABASE_LOCK_ERROR = 8,
    XAPIAN_DATABASE_MODIFIED_ERROR = 9,
    XAPIAN_DATABASE_OPENING_ERROR = 10,
    XAPIAN_DATABASE_VERSION_ERROR = 11,
    XAPIAN_DATABASE_NOT_FOUND_ERROR = 12,
    XAPIAN_DATABASE_CLOSED_ERROR = 13,
    XAPIAN_DOC_NOT_FOUND_ERROR = 14,
    XAPIAN_FEATURE_UNAVAILABLE_ERROR = 15,
    XAPIAN_INTERNAL_ERROR = 16,
    XAPIAN_NETWORK_ERROR = 17,
    XAPIAN_NETWORK_TIMEOUT_ERROR = 18,
    XAPIAN_QUERY_PARSER_ERROR = 19,
    XAPIAN_SERIALISATION_ERROR = 20,
    XAPIAN_RANGE_ERROR = 21,
    XAPIAN_WILDCARD_ERROR = 22,
    XAPIAN_OTHER_ERROR = 23,

    XAPIAN_OUT_OF_MEMORY = 24, /* std::bad_alloc, or a malloc that failed */
    XAPIAN_STD_EXCEPTION = 25, /* any other std::exception */
    XAPIAN_UNKNOWN_ERROR = 26, /* something else was thrown */
    XAPIAN_STOPPED = 27        /* a callback returned false */
} xapian_status;

/* What went wrong; none of these fails, and all take NULL, which is XAPIAN_OK
 * and empty strings. The strings live as long as ERROR; LENGTH may be NULL.
 * Where there is no memory for an error object, a constant one is delivered,
 * which says so and which xapian_error_free leaves alone. */
XAPIAN_C_API xapian_status xapian_error_status(const xapian_error *error);
/* The name of the C++ class, such as "DatabaseLockError". */
XAPIAN_C_API const char *xapian_error_type(const xapian_error *error);
XAPIAN_C_API const char *xapian_error_message(const xapian_error *error,
                                              size_t *length);
/* Where it happened, such as a remote host; often empty. */
XAPIAN_C_API const char *xapian_error_context(const xapian_error *error,
                                              size_t *length);
/* What the system said, such as "Permission denied"; often empty. */
XAPIAN_C_API const char *xapian_error_string(const xapian_error *error,
                                             size_t *length);
XAPIAN_C_API void xapian_error_free(xapian_error *error);

/* The name of STATUS as Xapian gives it ("DatabaseLockError"), "OK" for
 * XAPIAN_OK; "unknown" for what is none. Constant. */
XAPIAN_C_API const char *xapian_status_name(xapian_status status);

/* ------------------------------------------------------------------------
 * Database: reading */

/* Open the database at PATH: a folder, a single file, or a stub file. FLAGS is
 * 0 or one XAPIAN_DB_BACKEND_…. XAPIAN_DATABASE_NOT_FOUND_ERROR,
 * XAPIAN_DATABASE_OPENING_ERROR, … */
XAPIAN_C_API xapian_status xapian_database_open(const char *path,
                                                size_t path_length, int flags,
                                                xapian_database **database,
                                                xapian_error **error);

/* Open the single-file database that begins at FD's offset. Xapian takes over
 * FD and closes it with the database, and when opening fails. */
XAPIAN_C_API xapian_status xapian_database_open_fd(int fd, int flags,
                                                   xapian_database **database,
                                                   xapian_error **error);

/* A database of no shards, to which others can be added. */
XAPIAN_C_API xapian_status xapian_database_new(xapian_database **database,
                                               xapian_error **error);

/* Open what xapian-tcpsrv serves at HOST and PORT. TIMEOUT (0: never) and
 * CONNECT_TIMEOUT are in milliseconds; Xapian's defaults are 10000 each. */
XAPIAN_C_API xapian_status xapian_database_open_remote(
    const char *host, size_t host_length, unsigned port, unsigned timeout,
    unsigned connect_timeout, xapian_database **database, xapian_error **error);

/* Open what PROGRAM, run with ARGUMENTS (split at spaces), serves on its
 * standard input and output. */
XAPIAN_C_API xapian_status xapian_database_open_remote_program(
    const char *program, size_t program_length, const char *arguments,
    size_t arguments_length, unsigned timeout, xapian_database **database,
    xapian_error **error);

XAPIAN_C_API void xapian_database_free(xapian_database *database);

/* Add the shards of OTHER to DATABASE, behind its own. With N shards, document
 * D of shard S (from 0) is number (D - 1) * N + S + 1. */
XAPIAN_C_API xapian_status xapian_database_add_database(
    xapian_database *database, const xapian_database *other,
    xapian_error **error);

/* How many shards it has. */
XAPIAN_C_API size_t xapian_database_size(const xapian_database *database);

/* Close the files, for all handles that share this database. Most calls fail
 * afterwards with XAPIAN_DATABASE_CLOSED_ERROR (1.4: some with
 * XAPIAN_DATABASE_ERROR). */
XAPIAN_C_API xapian_status xapian_database_close(xapian_database *database,
                                                 xapian_error **error);

/* Go to the latest revision. *REOPENED (may be NULL) is false if it certainly
 * was the latest already. */
XAPIAN_C_API xapian_status xapian_database_reopen(xapian_database *database,
                                                  bool *reopened,
                                                  xapian_error **error);

/* Keep remote databases from timing out. */
XAPIAN_C_API xapian_status xapian_database_keep_alive(xapian_database *database,
                                                      xapian_error **error);

XAPIAN_C_API xapian_status
xapian_database_description(const xapian_database *database, char **text,
                            size_t *length, xapian_error **error);

/* Empty if there is none, or several shards have one each: then joined by ':'.
 */
XAPIAN_C_API xapian_status xapian_database_uuid(const xapian_database *database,
                                                char **uuid, size_t *length,
                                                xapian_error **error);

/* Whether some process holds it open for writing. */
XAPIAN_C_API xapian_status xapian_database_locked(
    const xapian_database *database, bool *locked, xapian_error **error);

/* The revision; one shard only. */
XAPIAN_C_API xapian_status xapian_database_revision(
    const xapian_database *database, uint64_t *revision, xapian_error **error);

/* --- Numbers of the whole */

XAPIAN_C_API xapian_status
xapian_database_doccount(const xapian_database *database,
                         xapian_doccount *count, xapian_error **error);
XAPIAN_C_API xapian_status xapian_database_lastdocid(
    const xapian_database *database, xapian_docid *docid, xapian_error **error);
XAPIAN_C_API xapian_status xapian_database_average_length(
    const xapian_database *database, double *length, xapian_error **error);
XAPIAN_C_API xapian_status xapian_database_total_length(
    const xapian_database *database, uint64_t *length, xapian_error **error);
XAPIAN_C_API xapian_status xapian_database_doclength_lower_bound(
    const xapian_database *database, xapian_termcount *bound,
    xapian_error **error);
XAPIAN_C_API xapian_status xapian_database_doclength_upper_bound(
    const xapian_database *database, xapian_termcount *bound,
    xapian_error **error);
XAPIAN_C_API xapian_status xapian_database_has_positions(
    const xapian_database *database, bool *has, xapian_error **error);

/* --- A term */

XAPIAN_C_API xapian_status xapian_database_term_exists(
    const xapian_database *database, const char *term, size_t term_length,
    bool *exists, xapian_error **error);
/* In how many documents it is; 0 if it is in none. */
XAPIAN_C_API xapian_status xapian_database_termfreq(
    const xapian_database *database, const char *term, size_t term_length,
    xapian_doccount *frequency, xapian_error **error);
/* The sum of its wdf in all documents. */
XAPIAN_C_API xapian_status xapian_database_collection_freq(
    const xapian_database *database, const char *term, size_t term_length,
    xapian_termcount *frequency, xapian_error **error);
XAPIAN_C_API xapian_status xapian_database_wdf_upper_bound(
    const xapian_database *database, const char *term, size_t term_length,
    xapian_termcount *bound, xapian_error **error);

/* --- A value slot */

XAPIAN_C_API xapian_status
xapian_database_value_freq(const xapian_database *database, xapian_valueno slot,
                           xapian_doccount *frequency, xapian_error **error);
XAPIAN_C_API xapian_status xapian_database_value_lower_bound(
    const xapian_database *database, xapian_valueno slot, char **bound,
    size_t *length, xapian_error **error);
XAPIAN_C_API xapian_status xapian_database_value_upper_bound(
    const xapian_database *database, xapian_valueno slot, char **bound,
    size_t *length, xapian_error **error);

/* --- A document. XAPIAN_DOC_NOT_FOUND_ERROR; docid 0 is
 * XAPIAN_INVALID_ARGUMENT_ERROR. */

XAPIAN_C_API xapian_status
xapian_database_doclength(const xapian_database *database, xapian_docid docid,
                          xapian_termcount *length, xapian_error **error);
XAPIAN_C_API xapian_status xapian_database_unique_terms(
    const xapian_database *database, xapian_docid docid,
    xapian_termcount *count, xapian_error **error);
/* FLAGS is 0 or XAPIAN_DOC_ASSUME_VALID. */
XAPIAN_C_API xapian_status xapian_database_get_document(
    const xapian_database *database, xapian_docid docid, unsigned flags,
    xapian_document **document, xapian_error **error);

/* --- Lists */

/* All terms that begin with PREFIX, in byte order. */
XAPIAN_C_API xapian_status xapian_database_allterms(
    const xapian_database *database, const char *prefix, size_t prefix_length,
    xapian_term_iterator **terms, xapian_error **error);
/* The terms of a document. */
XAPIAN_C_API xapian_status
xapian_database_termlist(const xapian_database *database, xapian_docid docid,
                         xapian_term_iterator **terms, xapian_error **error);
/* The documents that hold TERM; the empty term: all documents. */
XAPIAN_C_API xapian_status xapian_database_postlist(
    const xapian_database *database, const char *term, size_t term_length,
    xapian_posting_iterator **postings, xapian_error **error);
/* Where TERM stands in a document. */
XAPIAN_C_API xapian_status xapian_database_positionlist(
    const xapian_database *database, xapian_docid docid, const char *term,
    size_t term_length, xapian_position_iterator **positions,
    xapian_error **error);
/* The values in SLOT, by document. */
XAPIAN_C_API xapian_status xapian_database_valuestream(
    const xapian_database *database, xapian_valueno slot,
    xapian_value_iterator **values, xapian_error **error);

/* --- Metadata, spellings, synonyms */

/* Empty if KEY has none. KEY may not be empty. */
XAPIAN_C_API xapian_status xapian_database_get_metadata(
    const xapian_database *database, const char *key, size_t key_length,
    char **value, size_t *length, xapian_error **error);
XAPIAN_C_API xapian_status xapian_database_metadata_keys(
    const xapian_database *database, const char *prefix, size_t prefix_length,
    xapian_term_iterator **keys, xapian_error **error);
/* Empty if there is no suggestion. Xapian's default MAX_EDIT_DISTANCE is 2. */
XAPIAN_C_API xapian_status xapian_database_spelling_suggestion(
    const xapian_database *database, const char *word, size_t word_length,
    unsigned max_edit_distance, char **suggestion, size_t *length,
    xapian_error **error);
/* The words that may be suggested; the term frequency of each is how often it
 * was added. */
XAPIAN_C_API xapian_status
xapian_database_spellings(const xapian_database *database,
                          xapian_term_iterator **words, xapian_error **error);
XAPIAN_C_API xapian_status xapian_database_synonyms(
    const xapian_database *database, const char *term, size_t term_length,
    xapian_term_iterator **synonyms, xapian_error **error);
/* The terms that have synonyms and begin with PREFIX. */
XAPIAN_C_API xapian_status xapian_database_synonym_keys(
    const xapian_database *database, const char *prefix, size_t prefix_length,
    xapian_term_iterator **terms, xapian_error **error);

/* --- Upkeep */

/* Check the database, or the table of one, at PATH. FLAGS are XAPIAN_DBCHECK_….
 * *N_ERRORS is how many were found. *REPORT is what xapian-check would say;
 * REPORT and LENGTH may be NULL, both together. */
XAPIAN_C_API xapian_status xapian_database_check(const char *path,
                                                 size_t path_length, int flags,
                                                 size_t *n_errors,
                                                 char **report, size_t *length,
                                                 xapian_error **error);
/* The same for a single-file database at FD's offset; Xapian closes FD. */
XAPIAN_C_API xapian_status xapian_database_check_fd(int fd, int flags,
                                                    size_t *n_errors,
                                                    char **report,
                                                    size_t *length,
                                                    xapian_error **error);

/* Write a compact copy, all shards merged into one. FLAGS are
 * XAPIAN_DBCOMPACT_…. BLOCK_SIZE is a power of two from 2048 to 65536; 0 is
 * Xapian's default, 8192. */
XAPIAN_C_API xapian_status xapian_database_compact(
    const xapian_database *database, const char *path, size_t path_length,
    unsigned flags, int block_size, xapian_error **error);
/* The same as a single file, at the offset of FD, which is open for reading
 * and writing and which Xapian closes. */
XAPIAN_C_API xapian_status xapian_database_compact_to_fd(
    const xapian_database *database, int fd, unsigned flags, int block_size,
    xapian_error **error);

/* ------------------------------------------------------------------------
 * Database: writing */

/* Open or make a database to write to. FLAGS are XAPIAN_DB_…; BLOCK_SIZE is
 * as for xapian_database_compact. XAPIAN_DATABASE_LOCK_ERROR if another holds
 * it. */
XAPIAN_C_API xapian_status xapian_writable_database_open(
    const char *path, size_t path_length, int flags, int block_size,
    xapian_writable_database **database, xapian_error **error);

/* A writable database of no shards, to which others can be added. */
XAPIAN_C_API xapian_status xapian_writable_database_new(
    xapian_writable_database **database, xapian_error **error);

/* As xapian_database_open_remote; Xapian's default TIMEOUT is 0 (never). */
XAPIAN_C_API xapian_status xapian_writable_database_open_remote(
    const char *host, size_t host_length, unsigned port, unsigned timeout,
    unsigned connect_timeout, int flags, xapian_writable_database **database,
    xapian_error **error);
XAPIAN_C_API xapian_status xapian_writable_database_open_remote_program(
    const char *program, size_t program_length, const char *arguments,
    size_t arguments_length, unsigned timeout, int flags,
    xapian_writable_database **database, xapian_error **error);

/* Free the handle. With the last handle of the database goes the lock; changes
 * not yet committed are committed (a transaction cancelled), and if that fails
 * nobody hears of it: commit first. */
XAPIAN_C_API void
xapian_writable_database_free(xapian_writable_database *database);

/* The same database as one to read, uncommitted changes included. Borrowed
 * until DATABASE is freed. Do not free it, nor add to it. */
XAPIAN_C_API xapian_database *
xapian_writable_database_as_database(xapian_writable_database *database);

XAPIAN_C_API xapian_status xapian_writable_database_add_database(
    xapian_writable_database *database, const xapian_writable_database *other,
    xapian_error **error);

/* Commit (a transaction: cancel), give up the lock and close the files, for all
 * handles that share this database. */
XAPIAN_C_API xapian_status xapian_writable_database_close(
    xapian_writable_database *database, xapian_error **error);

XAPIAN_C_API xapian_status xapian_writable_database_commit(
    xapian_writable_database *database, xapian_error **error);
/* FLUSHED (Xapian's default: true): commit before, and at the end. */
XAPIAN_C_API xapian_status xapian_writable_database_begin_transaction(
    xapian_writable_database *database, bool flushed, xapian_error **error);
XAPIAN_C_API xapian_status xapian_writable_database_commit_transaction(
    xapian_writable_database *database, xapian_error **error);
XAPIAN_C_API xapian_status xapian_writable_database_cancel_transaction(
    xapian_writable_database *database, xapian_error **error);

/* *DOCID (may be NULL) is the number that DOCUMENT got. */
XAPIAN_C_API xapian_status xapian_writable_database_add_document(
    xapian_writable_database *database, const xapian_document *document,
    xapian_docid *docid, xapian_error **error);
XAPIAN_C_API xapian_status xapian_writable_database_delete_document(
    xapian_writable_database *database, xapian_docid docid,
    xapian_error **error);
/* All documents that hold TERM. */
XAPIAN_C_API xapian_status xapian_writable_database_delete_document_by_term(
    xapian_writable_database *database, const char *term, size_t term_length,
    xapian_error **error);
/* Put DOCUMENT at DOCID, whether or not there is one. */
XAPIAN_C_API xapian_status xapian_writable_database_replace_document(
    xapian_writable_database *database, xapian_docid docid,
    const xapian_document *document, xapian_error **error);
/* Put DOCUMENT in the place of all that hold TERM, or add it. *DOCID (may be
 * NULL) is its number. */
XAPIAN_C_API xapian_status xapian_writable_database_replace_document_by_term(
    xapian_writable_database *database, const char *term, size_t term_length,
    const xapian_document *document, xapian_docid *docid, xapian_error **error);

/* An empty VALUE removes KEY. */
XAPIAN_C_API xapian_status xapian_writable_database_set_metadata(
    xapian_writable_database *database, const char *key, size_t key_length,
    const char *value, size_t value_length, xapian_error **error);
XAPIAN_C_API xapian_status xapian_writable_database_add_spelling(
    xapian_writable_database *database, const char *word, size_t word_length,
    xapian_termcount increment, xapian_error **error);
XAPIAN_C_API xapian_status xapian_writable_database_remove_spelling(
    xapian_writable_database *database, const char *word, size_t word_length,
    xapian_termcount decrement, xapian_error **error);
XAPIAN_C_API xapian_status xapian_writable_database_add_synonym(
    xapian_writable_database *database, const char *term, size_t term_length,
    const char *synonym, size_t synonym_length, xapian_error **error);
XAPIAN_C_API xapian_status xapian_writable_database_remove_synonym(
    xapian_writable_database *database, const char *term, size_t term_length,
    const char *synonym, size_t synonym_length, xapian_error **error);
XAPIAN_C_API xapian_status xapian_writable_database_clear_synonyms(
    xapian_writable_database *database, const char *term, size_t term_length,
    xapian_error **error);

/* ------------------------------------------------------------------------
 * Document */

XAPIAN_C_API xapian_status xapian_document_new(xapian_document **document,
                                               xapian_error **error);
XAPIAN_C_API void xapian_document_free(xapian_document *document);

/* The number it has in its database; 0 if it is in none. */
XAPIAN_C_API xapian_status xapian_document_docid(
    const xapian_document *document, xapian_docid *docid, xapian_error **error);

/* Borrowed until the next xapian_document_get_data of this handle, or its
 * end. */
XAPIAN_C_API xapian_status xapian_document_get_data(xapian_document *document,
                                                    const char **data,
                                                    size_t *length,
                                                    xapian_error **error);
XAPIAN_C_API xapian_status xapian_document_set_data(xapian_document *document,
                                                    const char *data,
                                                    size_t length,
                                                    xapian_error **error);

/* Borrowed until the next xapian_document_get_value of this handle, or its
 * end. Empty if the slot is. */
XAPIAN_C_API xapian_status xapian_document_get_value(xapian_document *document,
                                                     xapian_valueno slot,
                                                     const char **value,
                                                     size_t *length,
                                                     xapian_error **error);
/* Xapian keeps no empty values: one removes the slot's. */
XAPIAN_C_API xapian_status xapian_document_add_value(xapian_document *document,
                                                     xapian_valueno slot,
                                                     const char *value,
                                                     size_t length,
                                                     xapian_error **error);
XAPIAN_C_API xapian_status xapian_document_remove_value(
    xapian_document *document, xapian_valueno slot, xapian_error **error);
XAPIAN_C_API xapian_status
xapian_document_clear_values(xapian_document *document, xapian_error **error);
XAPIAN_C_API xapian_status
xapian_document_values_count(const xapian_document *document,
                             xapian_termcount *count, xapian_error **error);
/* The values, by slot. */
XAPIAN_C_API xapian_status
xapian_document_values(const xapian_document *document,
                       xapian_value_iterator **values, xapian_error **error);

/* Xapian's default WDF_INCREMENT is 1. A term is at most 245 bytes, a NUL
 * counting double; a longer one fails when the document is added. */
XAPIAN_C_API xapian_status xapian_document_add_term(
    xapian_document *document, const char *term, size_t term_length,
    xapian_termcount wdf_increment, xapian_error **error);
XAPIAN_C_API xapian_status
xapian_document_add_boolean_term(xapian_document *document, const char *term,
                                 size_t term_length, xapian_error **error);
XAPIAN_C_API xapian_status xapian_document_add_posting(
    xapian_document *document, const char *term, size_t term_length,
    xapian_termpos position, xapian_termcount wdf_increment,
    xapian_error **error);
/* XAPIAN_INVALID_ARGUMENT_ERROR if the term, or the position, is not there. */
XAPIAN_C_API xapian_status xapian_document_remove_posting(
    xapian_document *document, const char *term, size_t term_length,
    xapian_termpos position, xapian_termcount wdf_decrement,
    xapian_error **error);
/* Those from FIRST to LAST; *COUNT (may be NULL) is how many there were. */
XAPIAN_C_API xapian_status xapian_document_remove_postings(
    xapian_document *document, const char *term, size_t term_length,
    xapian_termpos first, xapian_termpos last, xapian_termcount wdf_decrement,
    xapian_termpos *count, xapian_error **error);
XAPIAN_C_API xapian_status
xapian_document_remove_term(xapian_document *document, const char *term,
                            size_t term_length, xapian_error **error);
XAPIAN_C_API xapian_status
xapian_document_clear_terms(xapian_document *document, xapian_error **error);
XAPIAN_C_API xapian_status
xapian_document_termlist_count(const xapian_document *document,
                               xapian_termcount *count, xapian_error **error);
XAPIAN_C_API xapian_status
xapian_document_termlist(const xapian_document *document,
                         xapian_term_iterator **terms, xapian_error **error);

XAPIAN_C_API xapian_status
xapian_document_serialise(const xapian_document *document, char **serialised,
                          size_t *length, xapian_error **error);
XAPIAN_C_API xapian_status
xapian_document_unserialise(const char *serialised, size_t length,
                            xapian_document **document, xapian_error **error);
XAPIAN_C_API xapian_status
xapian_document_description(const xapian_document *document, char **text,
                            size_t *length, xapian_error **error);

/* ------------------------------------------------------------------------
 * Iterators; see convention 7 */

XAPIAN_C_API void xapian_term_iterator_free(xapian_term_iterator *terms);
XAPIAN_C_API bool
xapian_term_iterator_at_end(const xapian_term_iterator *terms);
XAPIAN_C_API xapian_status
xapian_term_iterator_next(xapian_term_iterator *terms, xapian_error **error);
/* To the first term that is TERM or later. */
XAPIAN_C_API xapian_status
xapian_term_iterator_skip_to(xapian_term_iterator *terms, const char *term,
                             size_t term_length, xapian_error **error);
/* Borrowed until the iterator moves or ends. LENGTH may be NULL. */
XAPIAN_C_API const char *
xapian_term_iterator_term(const xapian_term_iterator *terms, size_t *length);
/* Not every list knows each of these: XAPIAN_INVALID_OPERATION_ERROR or
 * XAPIAN_UNIMPLEMENTED_ERROR. */
XAPIAN_C_API xapian_status
xapian_term_iterator_wdf(const xapian_term_iterator *terms,
                         xapian_termcount *wdf, xapian_error **error);
XAPIAN_C_API xapian_status
xapian_term_iterator_termfreq(const xapian_term_iterator *terms,
                              xapian_doccount *frequency, xapian_error **error);
XAPIAN_C_API xapian_status xapian_term_iterator_positionlist_count(
    const xapian_term_iterator *terms, xapian_termcount *count,
    xapian_error **error);
XAPIAN_C_API xapian_status xapian_term_iterator_positionlist(
    const xapian_term_iterator *terms, xapian_position_iterator **positions,
    xapian_error **error);

XAPIAN_C_API void
xapian_posting_iterator_free(xapian_posting_iterator *postings);
XAPIAN_C_API bool
xapian_posting_iterator_at_end(const xapian_posting_iterator *postings);
XAPIAN_C_API xapian_status xapian_posting_iterator_next(
    xapian_posting_iterator *postings, xapian_error **error);
/* To the first document that is DOCID or later. */
XAPIAN_C_API xapian_status
xapian_posting_iterator_skip_to(xapian_posting_iterator *postings,
                                xapian_docid docid, xapian_error **error);
XAPIAN_C_API xapian_docid
xapian_posting_iterator_docid(const xapian_posting_iterator *postings);
XAPIAN_C_API xapian_status
xapian_posting_iterator_wdf(const xapian_posting_iterator *postings,
                            xapian_termcount *wdf, xapian_error **error);
XAPIAN_C_API xapian_status xapian_posting_iterator_doclength(
    const xapian_posting_iterator *postings, xapian_termcount *length,
    xapian_error **error);
XAPIAN_C_API xapian_status xapian_posting_iterator_unique_terms(
    const xapian_posting_iterator *postings, xapian_termcount *count,
    xapian_error **error);
XAPIAN_C_API xapian_status xapian_posting_iterator_positionlist(
    const xapian_posting_iterator *postings,
    xapian_position_iterator **positions, xapian_error **error);

XAPIAN_C_API void
xapian_position_iterator_free(xapian_position_iterator *positions);
XAPIAN_C_API bool
xapian_position_iterator_at_end(const xapian_position_iterator *positions);
XAPIAN_C_API xapian_status xapian_position_iterator_next(
    xapian_position_iterator *positions, xapian_error **error);
/* To the first position that is POSITION or later. */
XAPIAN_C_API xapian_status
xapian_position_iterator_skip_to(xapian_position_iterator *positions,
                                 xapian_termpos position, xapian_error **error);
XAPIAN_C_API xapian_termpos
xapian_position_iterator_position(const xapian_position_iterator *positions);

XAPIAN_C_API void xapian_value_iterator_free(xapian_value_iterator *values);
XAPIAN_C_API bool
xapian_value_iterator_at_end(const xapian_value_iterator *values);
XAPIAN_C_API xapian_status
xapian_value_iterator_next(xapian_value_iterator *values, xapian_error **error);
/* To the first document (of a value stream) or slot (of a document's values)
 * that is DOCID_OR_SLOT or later. */
XAPIAN_C_API xapian_status
xapian_value_iterator_skip_to(xapian_value_iterator *values,
                              uint32_t docid_or_slot, xapian_error **error);
/* Value streams: like skip_to, but may say *VALID false instead where it is
 * costly to find the next one; then DOCID has no value, the iterator has no
 * item, and only next, skip_to, check and free may follow. */
XAPIAN_C_API xapian_status
xapian_value_iterator_check(xapian_value_iterator *values, xapian_docid docid,
                            bool *valid, xapian_error **error);
/* Borrowed until the iterator moves or ends. LENGTH may be NULL. */
XAPIAN_C_API const char *
xapian_value_iterator_value(const xapian_value_iterator *values,
                            size_t *length);
/* Value streams: the document; 0 for the values of one document. */
XAPIAN_C_API xapian_docid
xapian_value_iterator_docid(const xapian_value_iterator *values);
XAPIAN_C_API xapian_valueno
xapian_value_iterator_slot(const xapian_value_iterator *values);

/* ------------------------------------------------------------------------
 * Query */

typedef enum xapian_query_op {
    XAPIAN_OP_AND = 0,
    XAPIAN_OP_OR = 1,
    XAPIAN_OP_AND_NOT = 2,
    XAPIAN_OP_XOR = 3,
    XAPIAN_OP_AND_MAYBE = 4,
    XAPIAN_OP_FILTER = 5,
    XAPIAN_OP_NEAR = 6,
    XAPIAN_OP_PHRASE = 7,
    XAPIAN_OP_VALUE_RANGE = 8,
    XAPIAN_OP_SCALE_WEIGHT = 9,
    XAPIAN_OP_ELITE_SET = 10,
    XAPIAN_OP_VALUE_GE = 11,
    XAPIAN_OP_VALUE_LE = 12,
    XAPIAN_OP_SYNONYM = 13,
    XAPIAN_OP_MAX = 14,
    XAPIAN_OP_WILDCARD = 15,
    XAPIAN_OP_INVALID = 99,
    XAPIAN_LEAF_TERM = 100,
    XAPIAN_LEAF_POSTING_SOURCE = 101,
    XAPIAN_LEAF_MATCH_ALL = 102,
    XAPIAN_LEAF_MATCH_NOTHING = 103
} xapian_query_op;

/* What a wildcard does that has more expansions than its limit. */
typedef enum xapian_wildcard_limit {
    XAPIAN_WILDCARD_LIMIT_ERROR = 0, /* XAPIAN_WILDCARD_ERROR in get_mset */
    XAPIAN_WILDCARD_LIMIT_FIRST = 1,
    XAPIAN_WILDCARD_LIMIT_MOST_FREQUENT = 2
} xapian_wildcard_limit;

/* Xapian's default WQF is 1, POSITION 0. An empty term is match-all. */
XAPIAN_C_API xapian_status xapian_query_new_term(
    const char *term, size_t term_length, xapian_termcount wqf,
    xapian_termpos position, xapian_query **query, xapian_error **error);
XAPIAN_C_API xapian_status xapian_query_new_match_all(xapian_query **query,
                                                      xapian_error **error);
XAPIAN_C_API xapian_status xapian_query_new_match_nothing(xapian_query **query,
                                                          xapian_error **error);
/* OP over N SUBQUERIES, which are not taken over. PARAMETER is the window of
 * NEAR and PHRASE (0: N), the size of ELITE_SET (0: 10), else 0. OP is one of
 * AND, OR, AND_NOT, XOR, AND_MAYBE, FILTER, NEAR, PHRASE, ELITE_SET, SYNONYM,
 * MAX. Of no subqueries: match-nothing. NEAR and PHRASE take terms, or ORs of
 * terms: otherwise XAPIAN_UNIMPLEMENTED_ERROR. */
XAPIAN_C_API xapian_status xapian_query_new_combined(
    xapian_query_op op, const xapian_query *const *subqueries, size_t n,
    xapian_termcount parameter, xapian_query **query, xapian_error **error);
/* SUBQUERY with its weights multiplied by FACTOR, at least 0. */
XAPIAN_C_API xapian_status xapian_query_new_scaled(double factor,
                                                   const xapian_query *subquery,
                                                   xapian_query **query,
                                                   xapian_error **error);
/* Documents whose value in SLOT is, as bytes, from LOWER to UPPER; at least;
 * at most. */
XAPIAN_C_API xapian_status xapian_query_new_value_range(
    xapian_valueno slot, const char *lower, size_t lower_length,
    const char *upper, size_t upper_length, xapian_query **query,
    xapian_error **error);
XAPIAN_C_API xapian_status xapian_query_new_value_ge(xapian_valueno slot,
                                                     const char *limit,
                                                     size_t limit_length,
                                                     xapian_query **query,
                                                     xapian_error **error);
XAPIAN_C_API xapian_status xapian_query_new_value_le(xapian_valueno slot,
                                                     const char *limit,
                                                     size_t limit_length,
                                                     xapian_query **query,
                                                     xapian_error **error);
/* Terms that begin with PREFIX, joined by COMBINER: SYNONYM (Xapian's
 * default), OR or MAX. MAX_EXPANSION 0: no limit. */
XAPIAN_C_API xapian_status xapian_query_new_wildcard(
    const char *prefix, size_t prefix_length, xapian_termcount max_expansion,
    xapian_wildcard_limit limit, xapian_query_op combiner, xapian_query **query,
    xapian_error **error);
/* Another handle on the same query. */
XAPIAN_C_API xapian_status xapian_query_copy(const xapian_query *query,
                                             xapian_query **copy,
                                             xapian_error **error);
XAPIAN_C_API void xapian_query_free(xapian_query *query);

/* Whether it is match-nothing. */
XAPIAN_C_API bool xapian_query_empty(const xapian_query *query);
/* The sum of the wqf of its terms. */
XAPIAN_C_API xapian_termcount xapian_query_length(const xapian_query *query);
XAPIAN_C_API xapian_query_op xapian_query_type(const xapian_query *query);
XAPIAN_C_API size_t xapian_query_n_subqueries(const xapian_query *query);
/* Subquery N, from 0. XAPIAN_INVALID_ARGUMENT_ERROR if there is none. */
XAPIAN_C_API xapian_status xapian_query_get_subquery(const xapian_query *query,
                                                     size_t n,
                                                     xapian_query **subquery,
                                                     xapian_error **error);
/* The terms, in order of position; in byte order, each once. */
XAPIAN_C_API xapian_status xapian_query_terms(const xapian_query *query,
                                              xapian_term_iterator **terms,
                                              xapian_error **error);
XAPIAN_C_API xapian_status
xapian_query_unique_terms(const xapian_query *query,
                          xapian_term_iterator **terms, xapian_error **error);
XAPIAN_C_API xapian_status xapian_query_serialise(const xapian_query *query,
                                                  char **serialised,
                                                  size_t *length,
                                                  xapian_error **error);
XAPIAN_C_API xapian_status xapian_query_unserialise(const char *serialised,
                                                    size_t length,
                                                    xapian_query **query,
                                                    xapian_error **error);
XAPIAN_C_API xapian_status xapian_query_description(const xapian_query *query,
                                                    char **text, size_t *length,
                                                    xapian_error **error);

/* ------------------------------------------------------------------------
 * Weighting schemes; in brackets the parameters that Xapian takes when given
 * none. What a parameter may be, and where the formula is from, says Xapian.
 * XAPIAN_INVALID_ARGUMENT_ERROR if it may not. */

XAPIAN_C_API xapian_status xapian_weight_new_bool(xapian_weight **weight,
                                                  xapian_error **error);
/* [1, 0, 1, 0.5, 0.5] */
XAPIAN_C_API xapian_status xapian_weight_new_bm25(double k1, double k2,
                                                  double k3, double b,
                                                  double min_normlen,
                                                  xapian_weight **weight,
                                                  xapian_error **error);
/* [1, 0, 1, 0.5, 0.5, 1] */
XAPIAN_C_API xapian_status xapian_weight_new_bm25plus(
    double k1, double k2, double k3, double b, double min_normlen, double delta,
    xapian_weight **weight, xapian_error **error);
/* [1] */
XAPIAN_C_API xapian_status xapian_weight_new_trad(double k,
                                                  xapian_weight **weight,
                                                  xapian_error **error);
/* ["ntn"]: letters for wdf, idf and weight */
XAPIAN_C_API xapian_status xapian_weight_new_tfidf(const char *normalizations,
                                                   size_t length,
                                                   xapian_weight **weight,
                                                   xapian_error **error);
/* [1] each */
XAPIAN_C_API xapian_status xapian_weight_new_inl2(double c,
                                                  xapian_weight **weight,
                                                  xapian_error **error);
XAPIAN_C_API xapian_status xapian_weight_new_ifb2(double c,
                                                  xapian_weight **weight,
                                                  xapian_error **error);
XAPIAN_C_API xapian_status xapian_weight_new_ineb2(double c,
                                                   xapian_weight **weight,
                                                   xapian_error **error);
XAPIAN_C_API xapian_status xapian_weight_new_bb2(double c,
                                                 xapian_weight **weight,
                                                 xapian_error **error);
XAPIAN_C_API xapian_status xapian_weight_new_pl2(double c,
                                                 xapian_weight **weight,
                                                 xapian_error **error);
/* [1, 0.8] */
XAPIAN_C_API xapian_status xapian_weight_new_pl2plus(double c, double delta,
                                                     xapian_weight **weight,
                                                     xapian_error **error);
XAPIAN_C_API xapian_status xapian_weight_new_dlh(xapian_weight **weight,
                                                 xapian_error **error);
XAPIAN_C_API xapian_status xapian_weight_new_dph(xapian_weight **weight,
                                                 xapian_error **error);
XAPIAN_C_API xapian_status xapian_weight_new_coord(xapian_weight **weight,
                                                   xapian_error **error);
XAPIAN_C_API void xapian_weight_free(xapian_weight *weight);

/* ------------------------------------------------------------------------
 * Callbacks; see convention 8. The document that a callback gets is borrowed,
 * and neither it nor what is made of it may be used after the callback
 * returns. It may be asked for anything, not changed. A callback may not use
 * the enquiry that calls it. */

/* See a document that matches, with its weight (0 where the search does not
 * need it). */
typedef bool (*xapian_match_spy_function)(void *context, xapian_docid docid,
                                          double weight,
                                          xapian_document *document);
/* Set *ACCEPT, which is false before, if the document may be a match. */
typedef bool (*xapian_match_decider_function)(void *context, xapian_docid docid,
                                              xapian_document *document,
                                              bool *accept);
/* Set the key by which the document is sorted, as bytes. It is copied as soon
 * as the callback returns. It is empty before. */
typedef bool (*xapian_key_maker_function)(void *context, xapian_docid docid,
                                          xapian_document *document,
                                          const char **key, size_t *length);
/* Set *ACCEPT, which is false before, if the term may be in the set. */
typedef bool (*xapian_expand_decider_function)(void *context, const char *term,
                                               size_t length, bool *accept);
/* Set *SHARD to what stands for the database (one of those that are searched
 * together) that has the UUID; it is passed to the function below. */
typedef bool (*xapian_filter_open_function)(void *context, const char *uuid,
                                            size_t length, void **shard);
/* Set *ACCEPT, which is false before, if the document (its number is that in its
 * own database) matches. Xapian asks in rising order, if other conditions
 * hold. */
typedef bool (*xapian_filter_test_function)(void *context, void *shard,
                                            xapian_docid docid, bool *accept);
/* Set *NEXT, which is 0 before, to the first document of the list that is not
 * below FROM. */
typedef bool (*xapian_list_next_function)(void *context, void *shard,
                                          xapian_docid from,
                                          xapian_docid *next);
typedef void (*xapian_free_context_function)(void *context);

XAPIAN_C_API xapian_status
xapian_match_spy_new(xapian_match_spy_function function, void *context,
                     xapian_free_context_function free_context,
                     xapian_match_spy **spy, xapian_error **error);
/* Counts how often each value in SLOT is seen. */
XAPIAN_C_API xapian_status xapian_match_spy_new_value_count(
    xapian_valueno slot, xapian_match_spy **spy, xapian_error **error);
/* Of a spy that counts values (otherwise XAPIAN_INVALID_OPERATION_ERROR): how
 * many documents it saw; the values, with their counts as term frequencies, in
 * byte order; the MAXIMUM commonest, commonest first. */
XAPIAN_C_API xapian_status xapian_match_spy_total(const xapian_match_spy *spy,
                                                  size_t *total,
                                                  xapian_error **error);
XAPIAN_C_API xapian_status
xapian_match_spy_values(const xapian_match_spy *spy,
                        xapian_term_iterator **values, xapian_error **error);
XAPIAN_C_API xapian_status xapian_match_spy_top_values(
    const xapian_match_spy *spy, size_t maximum, xapian_term_iterator **values,
    xapian_error **error);
XAPIAN_C_API void xapian_match_spy_free(xapian_match_spy *spy);

XAPIAN_C_API xapian_status
xapian_match_decider_new(xapian_match_decider_function function, void *context,
                         xapian_free_context_function free_context,
                         xapian_match_decider **decider, xapian_error **error);
XAPIAN_C_API void xapian_match_decider_free(xapian_match_decider *decider);

/* A query of all documents that TEST accepts, without weight (a posting source):
 * one of the operands of XAPIAN_OP_FILTER, of which others match less. Not for
 * remote databases. FREE_CONTEXT is called when the last copy of the query is
 * gone. */
XAPIAN_C_API xapian_status xapian_query_new_filter(
    xapian_filter_open_function open, xapian_filter_test_function test,
    void *context, xapian_free_context_function free_context,
    xapian_query **query, xapian_error **error);

/* A query of the documents that NEXT lists, a few, without weight: what stands
 * behind XAPIAN_OP_AND_NOT, above all. Else as above, but that it goes with
 * remote databases: in these it lists nothing. */
XAPIAN_C_API xapian_status xapian_query_new_list(
    xapian_filter_open_function open, xapian_list_next_function next,
    void *context, xapian_free_context_function free_context,
    xapian_query **query, xapian_error **error);

XAPIAN_C_API xapian_status
xapian_key_maker_new(xapian_key_maker_function function, void *context,
                     xapian_free_context_function free_context,
                     xapian_key_maker **maker, xapian_error **error);
/* Makes keys of several values, added below: the most significant first. */
XAPIAN_C_API xapian_status xapian_key_maker_new_multi_value(
    xapian_key_maker **maker, xapian_error **error);
/* REVERSE: the highest first. FALLBACK stands in for a missing value.
 * XAPIAN_INVALID_OPERATION_ERROR for a key maker of another kind. */
XAPIAN_C_API xapian_status xapian_key_maker_add_value(
    xapian_key_maker *maker, xapian_valueno slot, bool reverse,
    const char *fallback, size_t fallback_length, xapian_error **error);
XAPIAN_C_API void xapian_key_maker_free(xapian_key_maker *maker);

XAPIAN_C_API xapian_status xapian_expand_decider_new(
    xapian_expand_decider_function function, void *context,
    xapian_free_context_function free_context, xapian_expand_decider **decider,
    xapian_error **error);
XAPIAN_C_API void xapian_expand_decider_free(xapian_expand_decider *decider);

/* ------------------------------------------------------------------------
 * Enquire: a search */

typedef enum xapian_docid_order {
    XAPIAN_DOCID_DESCENDING = 0,
    XAPIAN_DOCID_ASCENDING = 1, /* Xapian's default */
    XAPIAN_DOCID_DONT_CARE = 2
} xapian_docid_order;

/* Flags of xapian_enquire_get_eset. */
enum { XAPIAN_INCLUDE_QUERY_TERMS = 1, XAPIAN_USE_EXACT_TERMFREQ = 2 };

XAPIAN_C_API xapian_status xapian_enquire_new(const xapian_database *database,
                                              xapian_enquire **enquire,
                                              xapian_error **error);
XAPIAN_C_API void xapian_enquire_free(xapian_enquire *enquire);

/* QUERY_LENGTH 0: that of QUERY. */
XAPIAN_C_API xapian_status
xapian_enquire_set_query(xapian_enquire *enquire, const xapian_query *query,
                         xapian_termcount query_length, xapian_error **error);
XAPIAN_C_API xapian_status xapian_enquire_get_query(
    const xapian_enquire *enquire, xapian_query **query, xapian_error **error);

/* Xapian's default is BM25. */
XAPIAN_C_API xapian_status xapian_enquire_set_weighting_scheme(
    xapian_enquire *enquire, const xapian_weight *weight, xapian_error **error);
/* NAME is "trad" (Xapian's default, with K 1) or "bo1". */
XAPIAN_C_API xapian_status xapian_enquire_set_expansion_scheme(
    xapian_enquire *enquire, const char *name, size_t name_length, double k,
    xapian_error **error);
XAPIAN_C_API xapian_status xapian_enquire_set_docid_order(
    xapian_enquire *enquire, xapian_docid_order order, xapian_error **error);
/* Leave out matches under PERCENT of the best, or under WEIGHT. */
XAPIAN_C_API xapian_status xapian_enquire_set_cutoff(xapian_enquire *enquire,
                                                     int percent, double weight,
                                                     xapian_error **error);
/* At most MAXIMUM matches with the same value in SLOT; SLOT
 * XAPIAN_BAD_VALUENO: no collapsing. */
XAPIAN_C_API xapian_status
xapian_enquire_set_collapse_key(xapian_enquire *enquire, xapian_valueno slot,
                                xapian_doccount maximum, xapian_error **error);
/* After SECONDS get_mset counts no further than it must; 0: no limit. Only
 * where the system has timers. */
XAPIAN_C_API xapian_status xapian_enquire_set_time_limit(
    xapian_enquire *enquire, double seconds, xapian_error **error);

/* REVERSE: the highest first. ENQUIRE keeps MAKER until another one is set or
 * ENQUIRE ends. */
XAPIAN_C_API xapian_status xapian_enquire_set_sort_by_relevance(
    xapian_enquire *enquire, xapian_error **error);
XAPIAN_C_API xapian_status
xapian_enquire_set_sort_by_value(xapian_enquire *enquire, xapian_valueno slot,
                                 bool reverse, xapian_error **error);
XAPIAN_C_API xapian_status xapian_enquire_set_sort_by_value_then_relevance(
    xapian_enquire *enquire, xapian_valueno slot, bool reverse,
    xapian_error **error);
XAPIAN_C_API xapian_status xapian_enquire_set_sort_by_relevance_then_value(
    xapian_enquire *enquire, xapian_valueno slot, bool reverse,
    xapian_error **error);
XAPIAN_C_API xapian_status xapian_enquire_set_sort_by_key(
    xapian_enquire *enquire, const xapian_key_maker *maker, bool reverse,
    xapian_error **error);
XAPIAN_C_API xapian_status xapian_enquire_set_sort_by_key_then_relevance(
    xapian_enquire *enquire, const xapian_key_maker *maker, bool reverse,
    xapian_error **error);
XAPIAN_C_API xapian_status xapian_enquire_set_sort_by_relevance_then_key(
    xapian_enquire *enquire, const xapian_key_maker *maker, bool reverse,
    xapian_error **error);

/* ENQUIRE keeps SPY until they are cleared. */
XAPIAN_C_API xapian_status xapian_enquire_add_matchspy(
    xapian_enquire *enquire, const xapian_match_spy *spy, xapian_error **error);
XAPIAN_C_API xapian_status
xapian_enquire_clear_matchspies(xapian_enquire *enquire, xapian_error **error);

/* Run the search. Skip FIRST matches, give at most MAX_ITEMS, look at
 * CHECK_AT_LEAST before estimating how many there are. RSET and DECIDER may be
 * NULL. XAPIAN_STOPPED if a callback said so, XAPIAN_WILDCARD_ERROR,
 * XAPIAN_DATABASE_MODIFIED_ERROR (reopen, and try again), … */
XAPIAN_C_API xapian_status xapian_enquire_get_mset(
    const xapian_enquire *enquire, xapian_doccount first,
    xapian_doccount max_items, xapian_doccount check_at_least,
    const xapian_rset *rset, const xapian_match_decider *decider,
    xapian_mset **mset, xapian_error **error);

/* The terms of the query that document DOCID holds, in order of position in
 * the query. */
XAPIAN_C_API xapian_status xapian_enquire_matching_terms(
    const xapian_enquire *enquire, xapian_docid docid,
    xapian_term_iterator **terms, xapian_error **error);

/* Terms that tell the documents of RSET from others, best first, at most
 * MAX_ITEMS, of at least MIN_WEIGHT. FLAGS: XAPIAN_INCLUDE_QUERY_TERMS, …
 * DECIDER may be NULL. */
XAPIAN_C_API xapian_status xapian_enquire_get_eset(
    const xapian_enquire *enquire, xapian_termcount max_items,
    const xapian_rset *rset, int flags, const xapian_expand_decider *decider,
    double min_weight, xapian_eset **eset, xapian_error **error);

XAPIAN_C_API xapian_status
xapian_enquire_description(const xapian_enquire *enquire, char **text,
                           size_t *length, xapian_error **error);

/* ------------------------------------------------------------------------
 * MSet: the matches */

XAPIAN_C_API void xapian_mset_free(xapian_mset *mset);

/* How many matches it holds, and the rank of the first. */
XAPIAN_C_API xapian_doccount xapian_mset_size(const xapian_mset *mset);
XAPIAN_C_API xapian_doccount xapian_mset_firstitem(const xapian_mset *mset);

/* How many matches there are. */
XAPIAN_C_API xapian_doccount
xapian_mset_matches_lower_bound(const xapian_mset *mset);
XAPIAN_C_API xapian_doccount
xapian_mset_matches_estimated(const xapian_mset *mset);
XAPIAN_C_API xapian_doccount
xapian_mset_matches_upper_bound(const xapian_mset *mset);
XAPIAN_C_API xapian_doccount
xapian_mset_uncollapsed_matches_lower_bound(const xapian_mset *mset);
XAPIAN_C_API xapian_doccount
xapian_mset_uncollapsed_matches_estimated(const xapian_mset *mset);
XAPIAN_C_API xapian_doccount
xapian_mset_uncollapsed_matches_upper_bound(const xapian_mset *mset);

/* The highest weight that a document could have, and that one has. */
XAPIAN_C_API double xapian_mset_max_possible(const xapian_mset *mset);
XAPIAN_C_API double xapian_mset_max_attained(const xapian_mset *mset);

/* Of a term of the query; of any other, the frequency in the database, and
 * weight 0. */
XAPIAN_C_API xapian_status xapian_mset_termfreq(const xapian_mset *mset,
                                                const char *term,
                                                size_t term_length,
                                                xapian_doccount *frequency,
                                                xapian_error **error);
XAPIAN_C_API xapian_status xapian_mset_termweight(const xapian_mset *mset,
                                                  const char *term,
                                                  size_t term_length,
                                                  double *weight,
                                                  xapian_error **error);
XAPIAN_C_API xapian_status xapian_mset_convert_to_percent(
    const xapian_mset *mset, double weight, int *percent, xapian_error **error);

/* Say that the documents of all items will be wanted: remote databases send
 * them at once. It does nothing if xapian_mset_firstitem is not 0, for which
 * Xapian 1.4.22 crashes. */
XAPIAN_C_API xapian_status xapian_mset_fetch(const xapian_mset *mset,
                                             xapian_error **error);

/* ITEM counts from 0, which is the match of rank xapian_mset_firstitem.
 * XAPIAN_INVALID_ARGUMENT_ERROR if there is no such item. */
XAPIAN_C_API xapian_status xapian_mset_docid(const xapian_mset *mset,
                                             xapian_doccount item,
                                             xapian_docid *docid,
                                             xapian_error **error);
XAPIAN_C_API xapian_status xapian_mset_weight(const xapian_mset *mset,
                                              xapian_doccount item,
                                              double *weight,
                                              xapian_error **error);
XAPIAN_C_API xapian_status xapian_mset_percent(const xapian_mset *mset,
                                               xapian_doccount item,
                                               int *percent,
                                               xapian_error **error);
XAPIAN_C_API xapian_status xapian_mset_rank(const xapian_mset *mset,
                                            xapian_doccount item,
                                            xapian_doccount *rank,
                                            xapian_error **error);
XAPIAN_C_API xapian_status xapian_mset_document(const xapian_mset *mset,
                                                xapian_doccount item,
                                                xapian_document **document,
                                                xapian_error **error);
XAPIAN_C_API xapian_status xapian_mset_collapse_key(const xapian_mset *mset,
                                                    xapian_doccount item,
                                                    char **key, size_t *length,
                                                    xapian_error **error);
/* A lower bound on how many others were collapsed into it. */
XAPIAN_C_API xapian_status xapian_mset_collapse_count(const xapian_mset *mset,
                                                      xapian_doccount item,
                                                      xapian_doccount *count,
                                                      xapian_error **error);
XAPIAN_C_API xapian_status xapian_mset_sort_key(const xapian_mset *mset,
                                                xapian_doccount item,
                                                char **key, size_t *length,
                                                xapian_error **error);
XAPIAN_C_API xapian_status xapian_mset_description(const xapian_mset *mset,
                                                   char **text, size_t *length,
                                                   xapian_error **error);

/* ------------------------------------------------------------------------
 * RSet and ESet: relevant documents, and terms to expand a query with */

XAPIAN_C_API xapian_status xapian_rset_new(xapian_rset **rset,
                                           xapian_error **error);
XAPIAN_C_API void xapian_rset_free(xapian_rset *rset);
XAPIAN_C_API xapian_status xapian_rset_add_document(xapian_rset *rset,
                                                    xapian_docid docid,
                                                    xapian_error **error);
XAPIAN_C_API xapian_status xapian_rset_remove_document(xapian_rset *rset,
                                                       xapian_docid docid,
                                                       xapian_error **error);
XAPIAN_C_API xapian_status xapian_rset_contains(const xapian_rset *rset,
                                                xapian_docid docid,
                                                bool *contains,
                                                xapian_error **error);
XAPIAN_C_API xapian_doccount xapian_rset_size(const xapian_rset *rset);

XAPIAN_C_API void xapian_eset_free(xapian_eset *eset);
XAPIAN_C_API xapian_termcount xapian_eset_size(const xapian_eset *eset);
/* A lower bound on how many terms there would be without MAX_ITEMS. */
XAPIAN_C_API xapian_termcount xapian_eset_ebound(const xapian_eset *eset);
/* ITEM counts from 0. Borrowed until the next xapian_eset_term of this handle,
 * or its end. XAPIAN_INVALID_ARGUMENT_ERROR if there is no such item. */
XAPIAN_C_API xapian_status xapian_eset_term(xapian_eset *eset,
                                            xapian_termcount item,
                                            const char **term, size_t *length,
                                            xapian_error **error);
XAPIAN_C_API xapian_status xapian_eset_weight(const xapian_eset *eset,
                                              xapian_termcount item,
                                              double *weight,
                                              xapian_error **error);

#ifdef __cplusplus
}
#endif

#endif
