/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/cli/explain.h"

#include "index/schema.h"
#include "src/cli/output.h"
#include "src/cli/report.h"
#include "src/query/vocabulary.h"

#include <stdlib.h>

/* Of many terms side by side, text shows the most frequent. */
enum { MAX_SHOWN = 12, INDENT = 2 };

struct explanation {
    struct session *session;
    struct vocabulary vocabulary;
    struct buffer *out;
    enum status status;
    struct failure *failure;
};

/* A term, and in how many paragraphs it is. */
struct shown_term {
    struct bytes term;
    uint32_t n_paragraphs;
};

/* What the terms with a prefix are, the longest prefixes first. */
static const struct {
    const char *prefix, *name;
} term_kinds[] = {
    {TERM_HEADING, "heading stem"},
    {TERM_TITLE, "title stem"},
    {TERM_DOCUMENT, "document"},
    {TERM_STEM, "stem"},
    {TERM_PATH, "path"},
    {TERM_KIND, "kind"},
    {TERM_LANGUAGE, "language"},
    {TERM_ADDRESS, "address"},
    {TERM_WORD, "word"},
};

/* What TERM is; *TERM becomes it without its prefix. */
static const char *kind_of(struct bytes *term)
{
    size_t i = 0, length;

    /* Words are in lower case, so that no word begins with a prefix. */
    while (!bytes_begin_with(*term, term_kinds[i].prefix))
        i++;
    length = strlen(term_kinds[i].prefix);
    term->data += length;
    term->length -= length;
    return term_kinds[i].name;
}

static const struct {
    const char *name;  /* in JSON */
    const char *words; /* in text */
} operators[] = {
    [QUERY_NOTHING] = {"nothing", "nothing"},
    [QUERY_ALL] = {"all", "every paragraph"},
    [QUERY_TERM] = {"term", ""},
    [QUERY_AND] = {"and", "all of"},
    [QUERY_OR] = {"or", "any of, scores added"},
    [QUERY_XOR] = {"xor", "an odd number of"},
    [QUERY_AND_NOT] = {"and-not", "the first without the others"},
    [QUERY_AND_MAYBE] = {"and-maybe", "the first; the others add to its score"},
    [QUERY_FILTER] = {"filter", "the first where the others hold, unscored"},
    [QUERY_SYNONYM] = {"synonym", "any of, scored as one"},
    [QUERY_PHRASE] = {"phrase", "in a row"},
    [QUERY_NEAR] = {"near", "near each other"},
    [QUERY_ONEAR] = {"onear", "near each other, in this order"},
    [QUERY_RANGE] = {"range", "date"},
    [QUERY_SCALE] = {"scale", "score times"},
};

static uint32_t frequency(struct explanation *explanation, struct bytes term)
{
    uint32_t n = 0;

    if (!explanation->status)
        explanation->status = reader_frequency(explanation->session->reader,
                                               term, &n, explanation->failure);
    return n;
}

/* --- As text */

static void append_indent(struct explanation *explanation, size_t depth)
{
    buffer_append_format(explanation->out, "%*s", (int)(depth * INDENT), "");
}

static void append_term(struct explanation *explanation, struct bytes term,
                        uint32_t n_paragraphs, uint32_t wqf)
{
    const char *kind = kind_of(&term);
    char paragraphs[COUNTED_SIZE];

    buffer_append_format(explanation->out, "%s ", kind);
    buffer_append(explanation->out, term.data, term.length);
    if (wqf > 1)
        buffer_append_format(explanation->out, ", %u times", (unsigned)wqf);
    buffer_append_format(explanation->out, " (%s)\n",
                         counted(n_paragraphs, "paragraph", paragraphs));
}

static int compare_shown(const void *a, const void *b)
{
    const struct shown_term *left = a, *right = b;

    if (left->n_paragraphs != right->n_paragraphs)
        return left->n_paragraphs > right->n_paragraphs ? -1 : 1;
    return bytes_compare(left->term, right->term);
}

/* The children of NODE, all of them terms and too many to show each: the most
 * frequent ones. */
static void append_frequent(struct explanation *explanation,
                            const struct query_node *node, size_t depth)
{
    struct shown_term *terms = calloc(node->n_children, sizeof *terms);
    char rest[COUNTED_SIZE];
    size_t i;

    if (!terms) {
        explanation->status = fail_memory(explanation->failure);
        return;
    }
    for (i = 0; i < node->n_children; i++) {
        terms[i].term = node->children[i]->term;
        terms[i].n_paragraphs = frequency(explanation, terms[i].term);
    }
    qsort(terms, node->n_children, sizeof *terms, compare_shown);
    for (i = 0; i < MAX_SHOWN; i++) {
        append_indent(explanation, depth);
        append_term(explanation, terms[i].term, terms[i].n_paragraphs, 1);
    }
    append_indent(explanation, depth);
    buffer_append_format(explanation->out, "and %s\n",
                         counted(node->n_children - MAX_SHOWN, "other", rest));
    free(terms);
}

static bool has_many_terms(const struct query_node *node)
{
    size_t i;

    if (node->n_children <= MAX_SHOWN + 1 ||
        (node->operator!= QUERY_OR && node->operator!= QUERY_SYNONYM))
        return false;
    for (i = 0; i < node->n_children; i++)
        if (node->children[i]->operator!= QUERY_TERM)
            return false;
    return true;
}

/* Recursion is as deep as the tree, which the parser bounds. */
static void append_node(struct explanation *explanation,
                        const struct query_node *node, size_t depth)
{
    struct buffer *out = explanation->out;
    size_t i;

    append_indent(explanation, depth);
    if (node->operator== QUERY_TERM) {
        append_term(explanation, node->term, frequency(explanation, node->term),
                    node->wqf);
        return;
    }
    buffer_append_string(out, operators[node->operator].words);
    if (node->operator== QUERY_SCALE)
        buffer_append_format(out, " %g", node->factor);
    if (node->operator== QUERY_NEAR || node->operator== QUERY_ONEAR)
        buffer_append_format(out, ", at most %u words behind",
                             (unsigned)node->window);
    if (node->operator== QUERY_RANGE)
        buffer_append_format(out, " from %.*s to %.*s", (int)node->term.length,
                             node->term.data, (int)node->end.length,
                             node->end.data);
    buffer_append_byte(out, '\n');
    if (has_many_terms(node)) {
        append_frequent(explanation, node, depth + 1);
        return;
    }
    for (i = 0; i < node->n_children; i++)
        append_node(explanation, node->children[i], depth + 1);
}

/* WORD, and the words of the index that are inflections or spellings of it. */
static void append_word(struct explanation *explanation, struct bytes word,
                        const struct word_list *forms)
{
    struct buffer *out = explanation->out;
    size_t i;

    buffer_append_string(out, "  ");
    buffer_append(out, word.data, word.length);
    buffer_append_string(out, forms->n_items ? ": " : ": not in the index");
    for (i = 0; i < forms->n_items && i < MAX_SHOWN; i++) {
        struct bytes form = forms->items[i];

        buffer_append_string(out, i > 0 ? ", " : "");
        buffer_append(out, form.data, form.length);
        buffer_append_format(out, " (%u)",
                             (unsigned)frequency(explanation, form));
    }
    if (i < forms->n_items)
        buffer_append_format(out, " and %zu more", forms->n_items - i);
    buffer_append_byte(out, '\n');
}

/* --- As JSON */

static void append_json_term(struct explanation *explanation, struct bytes term)
{
    struct buffer *out = explanation->out;
    uint32_t n_paragraphs = frequency(explanation, term);
    const char *kind = kind_of(&term);

    buffer_append_format(out, "{\"kind\":\"%s\",\"text\":", kind);
    json_string(out, term);
    buffer_append_format(out, ",\"paragraphs\":%u}", (unsigned)n_paragraphs);
}

static void append_json_node(struct explanation *explanation,
                             const struct query_node *node)
{
    struct buffer *out = explanation->out;
    size_t i;

    buffer_append_format(out, "{\"operator\":\"%s\"",
                         operators[node->operator].name);
    if (node->operator== QUERY_TERM) {
        buffer_append_string(out, ",\"term\":");
        append_json_term(explanation, node->term);
        buffer_append_format(out, ",\"times\":%u", (unsigned)node->wqf);
    }
    if (node->operator== QUERY_SCALE)
        buffer_append_format(out, ",\"factor\":%g", node->factor);
    if (node->operator== QUERY_NEAR || node->operator== QUERY_ONEAR)
        buffer_append_format(out, ",\"distance\":%u", (unsigned)node->window);
    if (node->operator== QUERY_RANGE) {
        buffer_append_string(out, ",\"from\":");
        json_string(out, node->term);
        buffer_append_string(out, ",\"to\":");
        json_string(out, node->end);
    }
    for (i = 0; i < node->n_children; i++) {
        buffer_append_string(out, i ? "," : ",\"children\":[");
        append_json_node(explanation, node->children[i]);
    }
    buffer_append_string(out, node->n_children ? "]}" : "}");
}

static void append_json_word(struct explanation *explanation, struct bytes word,
                             const struct word_list *forms)
{
    struct buffer *out = explanation->out;
    size_t i;

    if (out->length > 0 && out->data[out->length - 1] == '}')
        buffer_append_byte(out, ',');
    buffer_append_string(out, "{\"word\":");
    json_string(out, word);
    buffer_append_string(out, ",\"forms\":[");
    for (i = 0; i < forms->n_items; i++) {
        if (i > 0)
            buffer_append_byte(out, ',');
        append_json_term(explanation, forms->items[i]);
    }
    buffer_append_string(out, "]}");
}

/* --- Both */

/* Call EACH for every word of PLAN with what it stands for in the index. */
static void each_word(struct explanation *explanation, const struct plan *plan,
                      void (*each)(struct explanation *explanation,
                                   struct bytes word,
                                   const struct word_list *forms))
{
    size_t i;

    for (i = 0; !explanation->status && i < plan->words.n_items; i++) {
        struct word_list forms = {0};

        explanation->status = vocabulary_inflections(
            &explanation->vocabulary, plan->words.items[i], 0, &forms,
            explanation->failure);
        if (!explanation->status)
            each(explanation, plan->words.items[i], &forms);
        word_list_release(&forms);
    }
}

/* What --expand added to PLAN. */
static void append_added(struct explanation *explanation,
                         const struct plan *plan)
{
    const struct feedback *added = &plan->added;
    struct buffer *out = explanation->out;

    buffer_append_format(out, "added, of the best %zu paragraphs:%s",
                         added->n_paragraphs, added->n_items ? "" : " nothing");
    for (size_t i = 0; i < added->n_items; i++) {
        buffer_append_string(out, i > 0 ? ", " : " ");
        buffer_append(out, added->items[i].stem.data,
                      added->items[i].stem.length);
        buffer_append_format(out, " (%.3f)", added->items[i].weight);
    }
    buffer_append_byte(out, '\n');
}

static void append_json_added(struct explanation *explanation,
                              const struct plan *plan)
{
    const struct feedback *added = &plan->added;
    struct buffer *out = explanation->out;

    buffer_append_string(out, "],\"added\":[");
    for (size_t i = 0; i < added->n_items; i++) {
        buffer_append_string(out, i > 0 ? ",{\"stem\":" : "{\"stem\":");
        json_string(out, added->items[i].stem);
        buffer_append_format(out, ",\"weight\":%.3f}", added->items[i].weight);
    }
}

/* What the best paragraphs are looked at again for: index/second_look.h. */
static void append_looked_at(struct explanation *explanation,
                             const struct plan *plan)
{
    const struct ranked *ranked = &plan->ranked;
    struct buffer *out = explanation->out;

    if (ranked->n_items == 0)
        return;
    buffer_append_format(out, "the best %g by score are looked at again for:",
                         reader_ranking(explanation->session->reader)->depth);
    for (size_t i = 0; i < ranked->n_items; i++) {
        buffer_append_byte(out, ' ');
        buffer_append(out, ranked->items[i].word.data,
                      ranked->items[i].word.length);
        if (ranked->items[i].weight != 1)
            buffer_append_format(out, " (%g)", ranked->items[i].weight);
    }
    buffer_append_byte(out, '\n');
}

static void append_json_looked_at(struct explanation *explanation,
                                  const struct plan *plan)
{
    const struct ranked *ranked = &plan->ranked;
    struct buffer *out = explanation->out;

    buffer_append_string(out, ",\"looked_at\":[");
    for (size_t i = 0; i < ranked->n_items; i++) {
        buffer_append_string(out, i > 0 ? ",{\"word\":" : "{\"word\":");
        json_string(out, ranked->items[i].word);
        buffer_append_format(out, ",\"weight\":%g}", ranked->items[i].weight);
    }
    buffer_append_byte(out, ']');
}

static void explain_text(struct explanation *explanation,
                         const struct syntax *tree, const struct plan *plan,
                         const struct plan_options *options)
{
    struct buffer *out = explanation->out;

    buffer_append_string(out, "read as: ");
    syntax_write(tree, out);
    buffer_append_format(out, "\nwords side by side: %s\n",
                         options->all ? "all must match" : "any may match");
    if (plan->words.n_items > 0)
        buffer_append_string(out, "words, with their forms in the index and "
                                  "in how many paragraphs these are:\n");
    each_word(explanation, plan, append_word);
    if (options->expand)
        append_added(explanation, plan);
    buffer_append_string(out, "the index is asked for:\n");
    append_node(explanation, plan->query, 1);
    append_looked_at(explanation, plan);
    buffer_append_string(out, "ranking: ");
    ranking_append(reader_ranking(explanation->session->reader), out);
    buffer_append_byte(out, '\n');
}

static void explain_json(struct explanation *explanation,
                         const struct syntax *tree, const struct plan *plan,
                         const struct plan_options *options)
{
    struct buffer *out = explanation->out, read = BUFFER_EMPTY;

    syntax_write(tree, &read);
    buffer_append_format(out, "{\"format\":%d,\"read\":", OUTPUT_VERSION);
    json_string(out, buffer_bytes(&read));
    buffer_append_format(out, ",\"all\":%s,\"words\":[",
                         options->all ? "true" : "false");
    each_word(explanation, plan, append_json_word);
    if (options->expand)
        append_json_added(explanation, plan);
    buffer_append_string(out, "],\"query\":");
    append_json_node(explanation, plan->query);
    append_json_looked_at(explanation, plan);
    buffer_append_string(out, ",\"ranking\":\"");
    ranking_append(reader_ranking(explanation->session->reader), out);
    buffer_append_string(out, "\"}\n");
    out->failed |= read.failed;
    buffer_release(&read);
}

enum status explain(const struct syntax *tree, const struct plan *plan,
                    const struct plan_options *options, struct session *session,
                    bool json, struct buffer *out, struct failure *failure)
{
    struct explanation explanation = {
        .session = session, .out = out, .failure = failure};

    explanation.status = vocabulary_init(
        &explanation.vocabulary, session->reader, session->lexicon, failure);
    if (!explanation.status)
        (json ? explain_json : explain_text)(&explanation, tree, plan, options);
    vocabulary_release(&explanation.vocabulary);
    if (!explanation.status && out->failed)
        explanation.status = fail_memory(failure);
    return explanation.status;
}
