/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The index is asked for the paragraphs that hold the words of this one, which
 * are few unless it is very short; which of them have no others, and in this
 * order, their fingerprints tell. So all are found, wherever they would come
 * in the ranking. */
#include <config.h>

#include "src/cli/copies.h"

#include <string.h>

/* More words than this do not make the candidates fewer. */
enum { MAX_WORDS = 32 };

/* The copies of so many paragraphs are asked for together with the query. For
 * more of them it pays to find all that match it, once. */
enum { MAX_ASKED = 4 };

/* Whether WORD is one of those that end in NUL in WORDS. */
static bool holds(const struct buffer *words, struct bytes word)
{
    size_t at = 0;

    while (at < words->length) {
        size_t length = strlen(words->data + at);

        if (bytes_equal((struct bytes){words->data + at, length}, word))
            return true;
        at += length + 1;
    }
    return false;
}

/* The first words of TEXT, all of which a paragraph must hold, without score.
 * *QUERY is the caller's to free. */
static enum status ask_for_words(struct copies *copies,
                                 struct analyzer *analyzer, struct bytes text,
                                 struct query_node **query,
                                 struct failure *failure)
{
    struct query_node *all = query_node_new(QUERY_AND, 0);
    struct token token;
    size_t n = 0;

    text = wording_of(text);
    buffer_clear(&copies->words);
    analyzer_start(analyzer, text.data, text.length);
    while (n < MAX_WORDS && analyzer_next(analyzer, &token)) {
        if (!token_counts(token.kind) || holds(&copies->words, token.word))
            continue;
        buffer_append(&copies->words, token.word.data, token.word.length);
        buffer_append_byte(&copies->words, '\0');
        all = query_add(all,
                        query_term_new(token.word.data, token.word.length, 1));
        n++;
    }
    *query = query_scale_new(query_simplify(all), 0);
    return *query && !copies->words.failed ? STATUS_OK : fail_memory(failure);
}

/* Add the paragraph ID if its words are those of FINGERPRINT. */
static enum status look_at(struct copies *copies, struct session *session,
                           uint32_t id, struct fingerprint fingerprint,
                           struct failure *failure)
{
    struct paragraph paragraph;
    struct fingerprint other;
    enum status status =
        reader_paragraph(session->reader, id, &paragraph, failure);

    if (status == STATUS_OK)
        status = fingerprint_words(paragraph.text, session->analyzer, &other,
                                   failure);
    if (status != STATUS_OK || other.high != fingerprint.high ||
        other.low != fingerprint.low)
        return status;
    copies->n_items++;
    paragraph_address(&paragraph, &copies->addresses);
    buffer_append_byte(&copies->addresses, '\0');
    return copies->addresses.failed ? fail_memory(failure) : STATUS_OK;
}

/* Whether it is known what matches the query. */
static bool is_known(const struct copies *copies)
{
    return copies->n_asked > MAX_ASKED;
}

/* Fill COPIES, but not with ID, from the paragraphs that hold WORDS, a query of
 * one child without score, and match QUERY, unless it is NULL: in the order of
 * documents, since their scores are equal. */
static enum status find(struct copies *copies, struct session *session,
                        struct query_node *words, struct query_node *query,
                        uint32_t id, struct fingerprint fingerprint,
                        struct failure *failure)
{
    const struct search_options options = {.limit = COPIES_MAX};
    struct query_node *children[2] = {words, query};
    /* On the stack, since it owns neither. */
    struct query_node both = {
        .operator= QUERY_FILTER, .children = children, .n_children = 2};
    struct matches matches;
    enum status status = reader_search(session->reader, query ? &both : words,
                                       &options, &matches, failure);

    buffer_clear(&copies->addresses);
    copies->n_items = 0;
    for (size_t i = 0; i < matches.n_items && status == STATUS_OK; i++) {
        uint32_t other = matches.items[i].id;

        if (other != id &&
            (!is_known(copies) || id_set_has(&copies->matching, other)))
            status = look_at(copies, session, other, fingerprint, failure);
    }
    matches_release(&matches);
    return status;
}

enum status copies_find(struct copies *copies, struct session *session,
                        struct query_node *query,
                        const struct paragraph *paragraph, uint32_t id,
                        struct fingerprint fingerprint, struct failure *failure)
{
    struct query_node *words = NULL;
    bool known = is_known(copies);
    enum status status = ask_for_words(copies, session->analyzer,
                                       paragraph->text, &words, failure);

    if (status == STATUS_OK)
        status = find(copies, session, words, NULL, id, fingerprint, failure);
    /* Most have no copies, and the query may be a large one: it is asked only
     * where there are some, for which of them match. */
    if (status == STATUS_OK && copies->n_items > 0 && !known) {
        copies->n_asked++;
        if (is_known(copies))
            status = reader_matching(session->reader, query, &copies->matching,
                                     failure);
        if (status == STATUS_OK)
            status =
                find(copies, session, words, is_known(copies) ? NULL : query,
                     id, fingerprint, failure);
    }
    query_free(words);
    return status;
}

void copies_clear(struct copies *copies)
{
    id_set_release(&copies->matching);
    copies->n_asked = 0;
}

void copies_release(struct copies *copies)
{
    id_set_release(&copies->matching);
    buffer_release(&copies->addresses);
    buffer_release(&copies->words);
}
