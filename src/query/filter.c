/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A date is two digits strings that enclose it, as the index has them:
 * YYYYMMDD, with 00 for what a document does not say. So 2003-07 is from
 * 20030700 to 20030799, and a document of "2003" is in 2003 but not in 2003-07.
 */
#include <config.h>

#include "src/query/filter.h"

#include "base/buffer.h"
#include "index/schema.h"
#include "src/query/excerpt.h"
#include "src/query/units.h"
#include "src/text/language.h"

static enum status boolean_term(const char *prefix, struct bytes value,
                                struct query_node **out,
                                struct failure *failure)
{
    struct buffer term = BUFFER_EMPTY;

    schema_term(&term, prefix, value);
    *out = term.failed ? NULL : query_term_new(term.data, term.length, 1);
    buffer_release(&term);
    return *out ? STATUS_OK : fail_memory(failure);
}

/* "FROM..TO", where one of them may be missing, or a date that is both. */
static enum status date_query(struct bytes text, size_t column,
                              struct query_node **out, struct failure *failure)
{
    struct bytes from = text, to = text;
    char first[8], last[8];
    size_t i;

    for (i = 0; i + 1 < text.length; i++) {
        if (text.data[i] == '.' && text.data[i + 1] == '.') {
            from.length = i;
            to = (struct bytes){text.data + i + 2, text.length - i - 2};
            break;
        }
    }
    memcpy(first, "00000000", 8);
    memcpy(last, "99999999", 8);
    if ((from.length == 0 && to.length == 0) ||
        (from.length > 0 && !schema_date(from, '0', first)) ||
        (to.length > 0 && !schema_date(to, '9', last)))
        return fail_column(failure, column,
                           "'%s' is no date: expected YYYY, YYYY-MM or "
                           "YYYY-MM-DD, or two of them parted by '..'",
                           excerpt_of(text).text);
    if (memcmp(first, last, 8) > 0)
        return fail_column(failure, column,
                           "this range of dates ends before it begins");
    *out = query_range_new(VALUE_DATE, (struct bytes){first, 8},
                           (struct bytes){last, 8});
    return *out ? STATUS_OK : fail_memory(failure);
}

static enum status language_query(struct bytes name, struct query_node **out,
                                  struct failure *failure)
{
    const struct language *language = language_named(name);

    return boolean_term(TERM_LANGUAGE,
                        language ? bytes_of(language->code) : name, out,
                        failure);
}

/* Any of the stems of WORD in a title. */
static enum status title_word(struct vocabulary *vocabulary, struct bytes word,
                              struct query_node **out, struct failure *failure)
{
    struct word_list spellings = {0}, stems = {0};
    enum status status =
        vocabulary_spellings(vocabulary, word, &spellings, failure);
    struct query_node *any = query_node_new(QUERY_OR, 0);
    size_t i;

    if (!status)
        status = vocabulary_stems(vocabulary, &spellings, &stems, failure);
    for (i = 0; !status && i < stems.n_items; i++) {
        struct query_node *term = NULL;

        status = boolean_term(TERM_TITLE, stems.items[i], &term, failure);
        if (!status)
            any = query_add(any, term);
    }
    if (!status && !any)
        status = fail_memory(failure);
    if (status)
        query_free(any);
    else
        *out = query_simplify(any);
    word_list_release(&spellings);
    word_list_release(&stems);
    return status;
}

static enum status title_query(const struct syntax *tree,
                               struct vocabulary *vocabulary,
                               struct analyzer *analyzer,
                               struct query_node **out, struct failure *failure)
{
    struct query_node *all = query_node_new(QUERY_AND, 0);
    struct units units = {0};
    enum status status =
        units_read(&units, analyzer, tree->text, tree->text_column, failure);
    size_t i;

    if (!status && units.n_items == 0)
        status = fail_column(failure, tree->column, "there is no word in '%s'",
                             excerpt_of(tree->text).text);
    for (i = 0; !status && i < units.n_items; i++) {
        const struct unit *unit = &units.items[i];
        struct query_node *word = NULL;

        status = title_word(vocabulary,
                            unit->pair.length > 0 ? unit->pair : unit->word,
                            &word, failure);
        if (!status)
            all = query_add(all, word);
    }
    if (!status && !all)
        status = fail_memory(failure);
    if (status)
        query_free(all);
    else
        *out = query_simplify(all);
    units_release(&units);
    return status;
}

/* The query for TEXT, the value of the field TREE, but for titles. */
static enum status value_query(const struct syntax *tree, struct bytes text,
                               struct query_node **out, struct failure *failure)
{
    switch (tree->field) {
    case FIELD_SYMBOL: return boolean_term(TERM_DOCUMENT, text, out, failure);
    case FIELD_KIND: return boolean_term(TERM_KIND, text, out, failure);
    case FIELD_PATH: return boolean_term(TERM_PATH, text, out, failure);
    case FIELD_LANGUAGE: return language_query(text, out, failure);
    case FIELD_DATE: return date_query(text, tree->column, out, failure);
    case FIELD_TITLE:
    case N_FIELDS: break;
    }
    return STATUS_OK;
}

enum status filter_query(const struct syntax *tree,
                         struct vocabulary *vocabulary,
                         struct analyzer *analyzer, struct query_node **out,
                         struct failure *failure)
{
    struct piece piece;
    enum status status;

    *out = NULL;
    if (tree->text.length == 0)
        return fail_column(failure, tree->column, "this field has no value");
    status = piece_read(&piece, tree->text, tree->text_column, true, failure);
    if (!status && piece.n_wildcards > 0)
        status = fail_column(failure, piece.wildcards[0].column,
                             "a field cannot have wildcards; put a '\\' before "
                             "it to search for the text");
    else if (!status && tree->field == FIELD_TITLE)
        status = title_query(tree, vocabulary, analyzer, out, failure);
    else if (!status)
        status = value_query(tree, piece.text, out, failure);
    piece_release(&piece);
    return status;
}
