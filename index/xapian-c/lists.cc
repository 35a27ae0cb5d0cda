/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Database: its lists of terms, postings, positions and values, and its
 * metadata, spellings and synonyms. */
#include <config.h>

#include "index/xapian-c/guard.h"
#include "index/xapian-c/handles.h"

xapian_status xapian_database_allterms(const xapian_database *database,
                                       const char *prefix, size_t prefix_length,
                                       xapian_term_iterator **terms,
                                       xapian_error **error)
{
    return deliver(terms, error, [&] {
        return new xapian_term_iterator(database->database.allterms_begin(
            string_of(prefix, prefix_length)));
    });
}

xapian_status xapian_database_termlist(const xapian_database *database,
                                       xapian_docid docid,
                                       xapian_term_iterator **terms,
                                       xapian_error **error)
{
    return deliver(terms, error, [&] {
        return new xapian_term_iterator(
            database->database.termlist_begin(docid));
    });
}

xapian_status xapian_database_postlist(const xapian_database *database,
                                       const char *term, size_t term_length,
                                       xapian_posting_iterator **postings,
                                       xapian_error **error)
{
    return deliver(postings, error, [&] {
        return new xapian_posting_iterator(
            database->database.postlist_begin(string_of(term, term_length)));
    });
}

xapian_status xapian_database_positionlist(const xapian_database *database,
                                           xapian_docid docid, const char *term,
                                           size_t term_length,
                                           xapian_position_iterator **positions,
                                           xapian_error **error)
{
    return deliver(positions, error, [&] {
        return new xapian_position_iterator(
            database->database.positionlist_begin(
                docid, string_of(term, term_length)));
    });
}

xapian_status xapian_database_valuestream(const xapian_database *database,
                                          xapian_valueno slot,
                                          xapian_value_iterator **values,
                                          xapian_error **error)
{
    return deliver(values, error, [&] {
        return new xapian_value_iterator(
            database->database.valuestream_begin(slot), true);
    });
}

/* --- Metadata, spellings, synonyms */

xapian_status xapian_database_get_metadata(const xapian_database *database,
                                           const char *key, size_t key_length,
                                           char **value, size_t *length,
                                           xapian_error **error)
{
    return deliver_text(value, length, error, [&] {
        return database->database.get_metadata(string_of(key, key_length));
    });
}

xapian_status xapian_database_metadata_keys(const xapian_database *database,
                                            const char *prefix,
                                            size_t prefix_length,
                                            xapian_term_iterator **keys,
                                            xapian_error **error)
{
    return deliver(keys, error, [&] {
        return new xapian_term_iterator(database->database.metadata_keys_begin(
            string_of(prefix, prefix_length)));
    });
}

xapian_status xapian_database_spelling_suggestion(
    const xapian_database *database, const char *word, size_t word_length,
    unsigned max_edit_distance, char **suggestion, size_t *length,
    xapian_error **error)
{
    return deliver_text(suggestion, length, error, [&] {
        return database->database.get_spelling_suggestion(
            string_of(word, word_length), max_edit_distance);
    });
}

xapian_status xapian_database_spellings(const xapian_database *database,
                                        xapian_term_iterator **words,
                                        xapian_error **error)
{
    return deliver(words, error, [&] {
        return new xapian_term_iterator(database->database.spellings_begin());
    });
}

xapian_status xapian_database_synonyms(const xapian_database *database,
                                       const char *term, size_t term_length,
                                       xapian_term_iterator **synonyms,
                                       xapian_error **error)
{
    return deliver(synonyms, error, [&] {
        return new xapian_term_iterator(
            database->database.synonyms_begin(string_of(term, term_length)));
    });
}

xapian_status xapian_database_synonym_keys(const xapian_database *database,
                                           const char *prefix,
                                           size_t prefix_length,
                                           xapian_term_iterator **terms,
                                           xapian_error **error)
{
    return deliver(terms, error, [&] {
        return new xapian_term_iterator(database->database.synonym_keys_begin(
            string_of(prefix, prefix_length)));
    });
}
