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
    return *query && !copies->words.failed && !analyzer_status(analyzer)
               ? STATUS_OK
               : fail_memory(failure);
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

/* Fill COPIES with those of MATCHES, but not with ID, that are. */
static enum status look_at_all(struct copies *copies, struct session *session,
                               const struct matches *matches, uint32_t id,
                               struct fingerprint fingerprint,
                               struct failure *failure)
{
    enum status status = STATUS_OK;

    buffer_clear(&copies->addresses);
    copies->n_items = 0;
    for (size_t i = 0; i < matches->n_items && status == STATUS_OK; i++)
        if (matches->items[i].id != id)
            status = look_at(copies, session, matches->items[i].id, fingerprint,
                             failure);
    return status;
}

/* Let MATCHES be the paragraphs that hold WORDS, a query of one child without
 * score, and match QUERY, unless it is NULL: in the order of documents, since
 * their scores are equal. */
static enum status find(struct session *session, struct query_node *words,
                        struct query_node *query, struct matches *matches,
                        struct failure *failure)
{
    const struct search_options options = {.limit = COPIES_MAX};
    struct query_node *children[2] = {words, query};
    /* On the stack, since it owns neither. */
    struct query_node both = {
        .operator= QUERY_FILTER, .children = children, .n_children = 2};

    return reader_search(session->reader, query ? &both : words, &options,
                         matches, failure);
}

enum status copies_find(struct copies *copies, struct session *session,
                        struct query_node *query,
                        const struct paragraph *paragraph, uint32_t id,
                        struct fingerprint fingerprint, struct failure *failure)
{
    struct query_node *words = NULL;
    struct matches matches = {0};
    enum status status = ask_for_words(copies, session->analyzer,
                                       paragraph->text, &words, failure);

    /* Most have no copies, and the query may be a large one: it is asked only
     * where there are some, for which of them match. */
    for (size_t i = 0; i < 2 && status == STATUS_OK; i++) {
        status = find(session, words, i == 0 ? NULL : query, &matches, failure);
        if (status == STATUS_OK)
            status = look_at_all(copies, session, &matches, id, fingerprint,
                                 failure);
        matches_release(&matches);
        if (copies->n_items == 0)
            break;
    }
    query_free(words);
    return status;
}

void copies_release(struct copies *copies)
{
    buffer_release(&copies->addresses);
    buffer_release(&copies->words);
}
