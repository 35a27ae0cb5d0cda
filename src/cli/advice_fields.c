/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fields of a query that nothing in the index has, which a mistyped value and a
 * filter that goes too far have in common with nothing to find. */
#include <config.h>

#include "src/cli/advice.h"

#include "index/schema.h"
#include "src/cli/report.h"
#include "src/query/excerpt.h"

#include <stdlib.h>

/* So many bytes of what else there is are shown. */
enum { ALTERNATIVES_SHOWN = 200 };

struct advising {
    struct session *session;
    size_t n_missing;
    struct failure *failure;

    /* Of the field at hand: */
    size_t prefix_length;       /* of the terms that are looked at */
    struct buffer alternatives; /* what might have been meant */
};

/* Whether what C follows is whole. */
static bool is_end(char c)
{
    return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
             (c >= 'A' && c <= 'Z') || (c & 0x80));
}

/* The first symbol that goes on with no more than another word: "(2020)". */
static bool take_symbol(void *context, struct bytes term, uint32_t n_paragraphs)
{
    struct advising *advising = context;
    size_t prefix = strlen(TERM_DOCUMENT);

    (void)n_paragraphs;
    if (term.length > advising->prefix_length &&
        !is_end(term.data[advising->prefix_length]))
        return true;
    buffer_append_format(
        &advising->alternatives, "; did you mean symbol:\"%s\"?",
        excerpt_of((struct bytes){term.data + prefix, term.length - prefix})
            .text);
    return false;
}

static bool take_folder(void *context, struct bytes term, uint32_t n_paragraphs)
{
    struct advising *advising = context;

    (void)term;
    (void)n_paragraphs;
    buffer_append_string(&advising->alternatives,
                         "; that of a folder ends in '/'");
    return false;
}

/* All that there are, of those that are few. */
static bool take_any(void *context, struct bytes term, uint32_t n_paragraphs)
{
    struct advising *advising = context;
    struct buffer *buffer = &advising->alternatives;
    bool more = buffer->length < ALTERNATIVES_SHOWN;

    (void)n_paragraphs;
    buffer_append_string(buffer, buffer->length ? ", " : "; there are ");
    buffer_append_string(
        buffer,
        more ? excerpt_of((struct bytes){term.data + 1, term.length - 1}).text
             : "…");
    return more;
}

/* What is said of a field, and where to look for what might have been meant. */
static const struct {
    const char *missing;    /* between "no" and the value */
    const char *prefix;     /* of terms; NULL: nothing is looked for */
    const char *suffix;     /* behind the value in them */
    bool has_value, raised; /* in them, and in capitals */
    term_function take;
} kinds[N_FIELDS] = {
    [FIELD_SYMBOL] = {"document has the symbol", TERM_DOCUMENT, "", true, true,
                      take_symbol},
    [FIELD_KIND] = {"paragraph is of the kind", TERM_KIND, "", false, false,
                    take_any},
    [FIELD_LANGUAGE] = {"paragraph is in the language", TERM_LANGUAGE, "",
                        false, false, take_any},
    [FIELD_DATE] = {"document has the date", NULL, "", false, false, NULL},
    [FIELD_PATH] = {"file has the path", TERM_PATH, "/", true, false,
                    take_folder},
    [FIELD_TITLE] = {"document has the title", NULL, "", false, false, NULL},
};

static enum status look_for_others(struct advising *advising,
                                   const struct syntax *field)
{
    struct buffer prefix = BUFFER_EMPTY;
    enum status status = STATUS_OK;

    buffer_clear(&advising->alternatives);
    if (!kinds[field->field].prefix)
        return STATUS_OK;
    buffer_append_string(&prefix, kinds[field->field].prefix);
    if (kinds[field->field].has_value)
        buffer_append(&prefix, field->text.data, field->text.length);
    buffer_append_string(&prefix, kinds[field->field].suffix);
    for (size_t i = 0; kinds[field->field].raised && i < prefix.length; i++)
        if (prefix.data[i] >= 'a' && prefix.data[i] <= 'z')
            prefix.data[i] -= 'a' - 'A';
    advising->prefix_length = prefix.length;
    status = prefix.failed
                 ? fail_memory(advising->failure)
                 : reader_terms(advising->session->reader,
                                buffer_bytes(&prefix), kinds[field->field].take,
                                advising, advising->failure);
    buffer_release(&prefix);
    buffer_append_byte(&advising->alternatives, '\0');
    return status == STATUS_OK && advising->alternatives.failed
               ? fail_memory(advising->failure)
               : status;
}

/* Say that nothing has FIELD, if it is so. */
static enum status advise_on_field(struct advising *advising,
                                   const struct syntax *field)
{
    const struct search_options options = {.count = 1};
    struct session *session = advising->session;
    struct matches matches = {0};
    struct plan plan;
    enum status status =
        plan_make(field, NULL, session->reader, session->analyzer,
                  session->lexicon, &plan, advising->failure);

    if (status != STATUS_OK)
        return status;
    status = reader_search(session->reader, plan.query, &options, &matches,
                           advising->failure);
    if (status == STATUS_OK && matches.n_paragraphs == 0) {
        advising->n_missing++;
        status = look_for_others(advising, field);
        if (status == STATUS_OK)
            report("no %s '%s'%s", kinds[field->field].missing,
                   excerpt_of(field->text).text,
                   advising->alternatives.length ? advising->alternatives.data
                                                 : "");
    }
    matches_release(&matches);
    plan_release(&plan);
    return status;
}

/* As deep as parentheses may be. */
static enum status advise_on(struct advising *advising,
                             const struct syntax *tree)
{
    enum status status = STATUS_OK;

    if (tree->kind == SYNTAX_FIELD)
        return advise_on_field(advising, tree);
    for (size_t i = 0; status == STATUS_OK && i < tree->n_children; i++)
        status = advise_on(advising, tree->children[i]);
    return status;
}

enum status advise_on_fields(struct bytes query, struct session *session,
                             size_t *n_missing, struct failure *failure)
{
    struct advising advising = {
        .session = session, .alternatives = BUFFER_EMPTY, .failure = failure};
    struct syntax *tree = NULL;
    enum status status = syntax_parse(query.data, query.length, &tree, failure);

    if (status == STATUS_OK)
        status = advise_on(&advising, tree);
    *n_missing = advising.n_missing;
    syntax_free(tree);
    buffer_release(&advising.alternatives);
    return status;
}
