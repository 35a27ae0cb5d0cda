/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The binding's errors, documents and databases to write and to keep. */
#include <config.h>

#include "tests/unit/xapian-c-fixture.h"

#include <fcntl.h>

static void test_version(void)
{
    char version[48];

    snprintf(version, sizeof version, "%d.%d.%d", xapian_major_version(),
             xapian_minor_version(), xapian_revision());
    ok(strcmp(version, xapian_version_string()) == 0, "the version");
}

static void test_null(void)
{
    size_t length = 1;

    xapian_free(NULL);
    xapian_error_free(NULL);
    xapian_database_free(NULL);
    xapian_writable_database_free(NULL);
    xapian_document_free(NULL);
    xapian_query_free(NULL);
    xapian_weight_free(NULL);
    xapian_enquire_free(NULL);
    xapian_mset_free(NULL);
    xapian_rset_free(NULL);
    xapian_eset_free(NULL);
    xapian_term_iterator_free(NULL);
    xapian_posting_iterator_free(NULL);
    xapian_position_iterator_free(NULL);
    xapian_value_iterator_free(NULL);
    xapian_match_spy_free(NULL);
    xapian_match_decider_free(NULL);
    xapian_expand_decider_free(NULL);
    xapian_key_maker_free(NULL);
    ok(xapian_error_status(NULL) == XAPIAN_OK, "no error is OK");
    IS(xapian_error_message(NULL, &length), length, "");
    ok(xapian_error_type(NULL)[0] == '\0', "no error has no type");
}

static void test_errors(void)
{
    xapian_database *database = (xapian_database *)&error;
    size_t length;
    int status;

    FAILS(XAPIAN_DATABASE_NOT_FOUND_ERROR,
          xapian_database_open(S("missing"), 0, &database, &error));
    ok(database == NULL, "a failure leaves NULL behind");
    ok(strcmp(xapian_error_type(error), "DatabaseNotFoundError") == 0,
       "the type of an error");
    ok(strstr(xapian_error_message(error, &length), "missing") != NULL,
       "the message of an error");
    ok(strlen(xapian_error_message(error, NULL)) == length, "its length");
    IS(xapian_error_context(error, &length), length, "");
    ok(strcmp(xapian_error_string(error, &length),
              "No such file or directory") == 0,
       "what the system said");
    ok(xapian_database_open(S("missing"), 0, &database, NULL) ==
           XAPIAN_DATABASE_NOT_FOUND_ERROR,
       "an error that nobody wants");
    for (status = XAPIAN_OK; status <= XAPIAN_STOPPED; status++)
        if (strcmp(xapian_status_name((xapian_status)status), "") == 0)
            break;
    ok(status > XAPIAN_STOPPED, "each status has a name");
    ok(strcmp(xapian_status_name(XAPIAN_WILDCARD_ERROR), "WildcardError") == 0,
       "the last name is the last class");
}

static void test_document_data(xapian_document *document)
{
    const char *data;
    size_t length;
    xapian_docid docid;

    WORKS(xapian_document_set_data(document, S("a\0b"), &error));
    WORKS(xapian_document_get_data(document, &data, &length, &error));
    IS(data, length, "a\0b");
    WORKS(xapian_document_set_data(document, NULL, 0, &error));
    IS(data, length, "a\0b");
    WORKS(xapian_document_get_data(document, &data, &length, &error));
    IS(data, length, "");
    WORKS(xapian_document_docid(document, &docid, &error));
    ok(docid == 0, "a document of no database has no number");
}

static void test_document_values(xapian_document *document)
{
    const char *value;
    size_t length;
    xapian_termcount count;
    xapian_value_iterator *values;

    WORKS(xapian_document_add_value(document, 3, S("\0three"), &error));
    WORKS(xapian_document_add_value(document, 5, S("five"), &error));
    WORKS(xapian_document_add_value(document, 7, S("seven"), &error));
    WORKS(xapian_document_get_value(document, 3, &value, &length, &error));
    IS(value, length, "\0three");
    WORKS(xapian_document_remove_value(document, 5, &error));
    WORKS(xapian_document_get_value(document, 5, &value, &length, &error));
    IS(value, length, "");
    WORKS(xapian_document_values_count(document, &count, &error));
    ok(count == 2, "two values");
    WORKS(xapian_document_values(document, &values, &error));
    IS(xapian_value_iterator_value(values, &length), length, "\0three");
    ok(xapian_value_iterator_slot(values) == 3, "the first slot");
    WORKS(xapian_value_iterator_skip_to(values, 4, &error));
    IS(xapian_value_iterator_value(values, &length), length, "seven");
    WORKS(xapian_value_iterator_next(values, &error));
    ok(xapian_value_iterator_at_end(values), "no more values");
    IS(xapian_value_iterator_value(values, &length), length, "");
    xapian_value_iterator_free(values);
    WORKS(xapian_document_clear_values(document, &error));
    WORKS(xapian_document_values_count(document, &count, &error));
    ok(count == 0, "no values");
}

static void test_document_terms(xapian_document *document)
{
    xapian_termcount count;
    xapian_termpos removed;

    WORKS(xapian_document_add_term(document, S("a\0term"), 2, &error));
    WORKS(xapian_document_add_boolean_term(document, S("Kbool"), &error));
    for (xapian_termpos position = 1; position <= 5; position++)
        WORKS(xapian_document_add_posting(document, S("word"), position, 1,
                                          &error));
    WORKS(xapian_document_remove_posting(document, S("word"), 1, 1, &error));
    FAILS(XAPIAN_INVALID_ARGUMENT_ERROR,
          xapian_document_remove_posting(document, S("word"), 1, 1, &error));
    WORKS(xapian_document_remove_postings(document, S("word"), 4, 5, 1,
                                          &removed, &error));
    ok(removed == 2, "two postings are removed");
    WORKS(xapian_document_remove_postings(document, S("word"), 9, 9, 1, NULL,
                                          &error));
    WORKS(xapian_document_termlist_count(document, &count, &error));
    ok(count == 3, "three terms");
    WORKS(xapian_document_remove_term(document, S("Kbool"), &error));
    WORKS(xapian_document_termlist_count(document, &count, &error));
    ok(count == 2, "two terms");
}

static void test_term_iterator(xapian_document *document)
{
    xapian_term_iterator *terms;
    xapian_position_iterator *positions;
    xapian_termcount count;
    size_t length;

    WORKS(xapian_document_termlist(document, &terms, &error));
    IS(xapian_term_iterator_term(terms, &length), length, "a\0term");
    WORKS(xapian_term_iterator_wdf(terms, &count, &error));
    ok(count == 2, "its wdf");
    WORKS(xapian_term_iterator_skip_to(terms, S("b"), &error));
    IS(xapian_term_iterator_term(terms, &length), length, "word");
    WORKS(xapian_term_iterator_positionlist_count(terms, &count, &error));
    ok(count == 2, "two positions");
    WORKS(xapian_term_iterator_positionlist(terms, &positions, &error));
    ok(xapian_position_iterator_position(positions) == 2, "the first");
    WORKS(xapian_position_iterator_next(positions, &error));
    ok(xapian_position_iterator_position(positions) == 3, "the second");
    xapian_position_iterator_free(positions);
    WORKS(xapian_term_iterator_next(terms, &error));
    ok(xapian_term_iterator_at_end(terms), "no more terms");
    IS(xapian_term_iterator_term(terms, &length), length, "");
    FAILS(XAPIAN_INVALID_OPERATION_ERROR,
          xapian_term_iterator_next(terms, &error));
    FAILS(XAPIAN_INVALID_OPERATION_ERROR,
          xapian_term_iterator_wdf(terms, &count, &error));
    WORKS(xapian_term_iterator_skip_to(terms, S("z"), &error));
    xapian_term_iterator_free(terms);
}

static void test_document(void)
{
    xapian_document *document, *copy;
    xapian_termcount count;
    char *text;
    size_t length;

    WORKS(xapian_document_new(&document, &error));
    test_document_data(document);
    test_document_values(document);
    test_document_terms(document);
    test_term_iterator(document);
    WORKS(xapian_document_serialise(document, &text, &length, &error));
    WORKS(xapian_document_unserialise(text, length, &copy, &error));
    WORKS(xapian_document_termlist_count(copy, &count, &error));
    ok(count == 2, "a copy by way of a string");
    xapian_free(text);
    WORKS(xapian_document_description(copy, &text, &length, &error));
    ok(strlen(text) == length, "the description of a document");
    xapian_free(text);
    xapian_document_free(copy);
    FAILS(XAPIAN_NETWORK_ERROR, /* so says Xapian 1.4 */
          xapian_document_unserialise(S("\xff"), &copy, &error));
    WORKS(xapian_document_clear_terms(document, &error));
    WORKS(xapian_document_termlist_count(document, &count, &error));
    ok(count == 0, "no terms");
    xapian_document_free(document);
}

static xapian_doccount doccount(const xapian_database *database)
{
    xapian_doccount count;

    WORKS(xapian_database_doccount(database, &count, &error));
    return count;
}

static void test_changes(xapian_writable_database *writable)
{
    const xapian_database *database =
        xapian_writable_database_as_database(writable);
    xapian_document *document = fixture_document(1);
    xapian_docid docid;

    WORKS(xapian_writable_database_add_document(writable, document, &docid,
                                                &error));
    ok(docid == 5 && doccount(database) == 5, "a document is added");
    WORKS(xapian_writable_database_delete_document(writable, 5, &error));
    ok(doccount(database) == 4, "and deleted");
    FAILS(XAPIAN_DOC_NOT_FOUND_ERROR,
          xapian_writable_database_delete_document(writable, 5, &error));
    WORKS(xapian_writable_database_replace_document(writable, 9, document,
                                                    &error));
    WORKS(xapian_writable_database_replace_document_by_term(
        writable, S("N1"), document, &docid, &error));
    ok(docid == 1 && doccount(database) == 4, "two are replaced by one");
    WORKS(xapian_writable_database_replace_document_by_term(
        writable, S("Nnew"), document, NULL, &error));
    WORKS(xapian_writable_database_delete_document_by_term(writable, S("N1"),
                                                           &error));
    ok(doccount(database) == 3, "two are deleted by a term");
    xapian_document_free(document);
}

static void test_transactions(xapian_writable_database *writable)
{
    const xapian_database *database =
        xapian_writable_database_as_database(writable);

    WORKS(xapian_writable_database_begin_transaction(writable, true, &error));
    WORKS(xapian_writable_database_delete_document(writable, 2, &error));
    WORKS(xapian_writable_database_cancel_transaction(writable, &error));
    ok(doccount(database) == 3, "a transaction is cancelled");
    WORKS(xapian_writable_database_begin_transaction(writable, false, &error));
    WORKS(xapian_writable_database_delete_document(writable, 2, &error));
    FAILS(XAPIAN_INVALID_OPERATION_ERROR,
          xapian_writable_database_commit(writable, &error));
    WORKS(xapian_writable_database_commit_transaction(writable, &error));
    ok(doccount(database) == 2, "a transaction is committed");
}

static void test_first_term(xapian_term_iterator *terms, const char *wanted)
{
    ok(strcmp(xapian_term_iterator_term(terms, NULL), wanted) == 0,
       "the list begins with '%s'", wanted);
    xapian_term_iterator_free(terms);
}

static void test_metadata(xapian_writable_database *writable)
{
    xapian_database *database = xapian_writable_database_as_database(writable);
    xapian_term_iterator *keys;
    char *value;
    size_t length;

    WORKS(xapian_writable_database_set_metadata(writable, S("k\0y"), S("v\0"),
                                                &error));
    WORKS(xapian_writable_database_commit(writable, &error));
    WORKS(xapian_database_get_metadata(database, S("k\0y"), &value, &length,
                                       &error));
    IS_OWNED(value, length, "v\0");
    WORKS(xapian_database_get_metadata(database, S("none"), &value, &length,
                                       &error));
    IS_OWNED(value, length, "");
    FAILS(XAPIAN_INVALID_ARGUMENT_ERROR,
          xapian_database_get_metadata(database, NULL, 0, &value, &length,
                                       &error));
    ok(value == NULL && length == 0, "a failure leaves no string behind");
    WORKS(xapian_database_metadata_keys(database, S("k"), &keys, &error));
    IS(xapian_term_iterator_term(keys, &length), length, "k\0y");
    xapian_term_iterator_free(keys);
}

static void test_spellings(xapian_writable_database *writable)
{
    xapian_database *database = xapian_writable_database_as_database(writable);
    xapian_term_iterator *words;
    xapian_doccount frequency;
    char *word;
    size_t length;

    WORKS(xapian_writable_database_add_spelling(writable, S("telescope"), 3,
                                                &error));
    WORKS(xapian_writable_database_remove_spelling(writable, S("telescope"), 1,
                                                   &error));
    WORKS(xapian_writable_database_commit(writable, &error));
    WORKS(xapian_database_spelling_suggestion(database, S("telescop"), 2, &word,
                                              &length, &error));
    IS_OWNED(word, length, "telescope");
    WORKS(xapian_database_spellings(database, &words, &error));
    WORKS(xapian_term_iterator_termfreq(words, &frequency, &error));
    ok(frequency == 2, "how often a spelling was added");
    test_first_term(words, "telescope");
}

static void test_synonyms(xapian_writable_database *writable)
{
    xapian_database *database = xapian_writable_database_as_database(writable);
    xapian_term_iterator *terms;

    WORKS(xapian_writable_database_add_synonym(writable, S("big"), S("huge"),
                                               &error));
    WORKS(xapian_writable_database_add_synonym(writable, S("big"), S("great"),
                                               &error));
    WORKS(xapian_writable_database_remove_synonym(writable, S("big"),
                                                  S("great"), &error));
    WORKS(xapian_writable_database_add_synonym(writable, S("small"), S("tiny"),
                                               &error));
    WORKS(
        xapian_writable_database_clear_synonyms(writable, S("small"), &error));
    WORKS(xapian_writable_database_commit(writable, &error));
    WORKS(xapian_database_synonyms(database, S("big"), &terms, &error));
    test_first_term(terms, "huge");
    WORKS(xapian_database_synonyms(database, S("small"), &terms, &error));
    test_first_term(terms, "");
    WORKS(xapian_database_synonym_keys(database, NULL, 0, &terms, &error));
    test_first_term(terms, "big");
}

/* Shards, locks and the end of a writable database. */
static void test_writable(void)
{
    xapian_writable_database *writable = fixture_writable("written");
    xapian_writable_database *other = NULL, *shards = NULL;
    xapian_database *database = xapian_writable_database_as_database(writable);

    FAILS(XAPIAN_DATABASE_LOCK_ERROR,
          xapian_writable_database_open(S("written"), 0, 0, &other, &error));
    test_changes(writable);
    test_transactions(writable);
    test_metadata(writable);
    test_spellings(writable);
    test_synonyms(writable);
    WORKS(xapian_writable_database_open(S(""), XAPIAN_DB_BACKEND_INMEMORY, 0,
                                        &other, &error));
    WORKS(xapian_writable_database_new(&shards, &error));
    WORKS(xapian_writable_database_add_database(shards, writable, &error));
    WORKS(xapian_writable_database_add_database(shards, other, &error));
    ok(xapian_database_size(xapian_writable_database_as_database(shards)) == 2,
       "two shards");
    xapian_writable_database_free(other);
    xapian_writable_database_free(shards);
    WORKS(xapian_writable_database_close(writable, &error));
    FAILS(XAPIAN_DATABASE_CLOSED_ERROR,
          xapian_writable_database_delete_document(writable, 1, &error));
    ok(xapian_database_size(database) == 1, "a closed database has a shard");
    xapian_writable_database_free(writable);
}

static void test_check(void)
{
    size_t n_errors, length;
    char *report;
    int fd;

    WORKS(xapian_database_check(S("kept"), XAPIAN_DBCHECK_SHOW_STATS, &n_errors,
                                &report, &length, &error));
    ok(n_errors == 0 && strstr(report, "postlist") != NULL,
       "a database without errors");
    xapian_free(report);
    WORKS(xapian_database_check(S("kept"), 0, &n_errors, NULL, NULL, &error));
    FAILS(XAPIAN_DATABASE_OPENING_ERROR,
          xapian_database_check(S("missing"), 0, &n_errors, &report, &length,
                                &error));
    ok(report == NULL && length == 0, "no report of a check that fails");
    fd = open("single", O_RDONLY | O_CLOEXEC);
    WORKS(xapian_database_check_fd(fd, 0, &n_errors, NULL, NULL, &error));
    ok(n_errors == 0, "a single file without errors");
}

static void test_upkeep(void)
{
    xapian_database *database = fixture_database("kept"), *single;
    int fd = open("single", O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    WORKS(xapian_database_compact(database, S("compact"), XAPIAN_DBCOMPACT_FULL,
                                  4096, &error));
    WORKS(xapian_database_compact_to_fd(database, fd, XAPIAN_DBCOMPACT_STANDARD,
                                        0, &error));
    fd = open("single", O_RDONLY | O_CLOEXEC);
    WORKS(xapian_database_open_fd(fd, 0, &single, &error));
    ok(doccount(single) == 4, "a single file");
    xapian_database_free(single);
    xapian_database_free(database);
    test_check();
}

/* What needs no network to fail. */
static void test_remote(void)
{
    xapian_database *database;
    xapian_writable_database *writable;

    FAILS(XAPIAN_NETWORK_ERROR,
          xapian_database_open_remote(S("localhost"), 1, 100, 100, &database,
                                      &error));
    FAILS(XAPIAN_NETWORK_ERROR,
          xapian_database_open_remote_program(S("./missing"), S("x"), 1000,
                                              &database, &error));
    FAILS(XAPIAN_NETWORK_ERROR,
          xapian_writable_database_open_remote(S("localhost"), 1, 100, 100, 0,
                                               &writable, &error));
    FAILS(XAPIAN_NETWORK_ERROR,
          xapian_writable_database_open_remote_program(
              S("./missing"), S("x"), 1000, 0, &writable, &error));
}

int main(void)
{
    char folder[] = "xapian-c-test-XXXXXX";

    fixture_enter(folder);
    test_version();
    test_null();
    test_errors();
    test_document();
    test_writable();
    test_upkeep();
    test_remote();
    forget();
    fixture_leave(folder);
    return tap_done();
}
