/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The grammar, lowest precedence first; the pieces are those of lexer.h.
 *
 *   query       = alternatives END
 *   alternatives= exclusive { OR exclusive }
 *   exclusive   = conjunction { XOR conjunction }
 *   conjunction = group { AND group | NOT group | AND NOT group }
 *   group       = member { member }
 *   member      = [ '+' | '-' ] nearness
 *   nearness    = operand { ( NEAR | ONEAR ) operand }, to the left
 *   operand     = ( WORDS [ FUZZY ] | EXACT | PHRASE | INFLECTED | FIELD
 *                 | '(' alternatives ')' ) [ BOOST ]
 *
 * The inside of a phrase is in src/query/syntax_phrase.c.
 *
 * "a AND b NOT c AND d" is read from left to right and is the same as "(a AND b
 * AND d) NOT c", which is what the tree holds: a chain of operators adds
 * breadth to it. Parentheses add depth, and so does each NEAR of a chain; of
 * both together there are at most QUERY_MAX_DEPTH, so parsing, and whatever
 * walks a tree, may recurse: it goes at most six levels deeper for each.
 *
 * A group in which all are excluded has nothing to exclude them from; only as
 * the right side of an AND ("a AND -b") it has what stands to the left. */
#include <config.h>

#include "src/query/syntax.h"

#include "src/query/lexer.h"
#include "src/query/syntax_parts.h"

#include <string.h>

#define OPERAND "a word, a phrase or '('"

struct parser {
    struct lexer lexer;
    struct lexeme ahead; /* the piece not yet used */
    const char *after;   /* the name of the operator before it, or NULL */
    size_t depth;
    struct failure *failure;
};

static enum status alternatives(struct parser *parser, struct syntax **out);

/* Move *CHILD to the end of PARENT's children. */
static enum status append(struct parser *parser, struct syntax *parent,
                          struct syntax **child)
{
    return syntax_append(parent, child, parser->failure);
}

/* NODE's only child, NODE freed; NODE if it has more. */
static struct syntax *unwrap(struct syntax *node)
{
    struct syntax *child;

    if (!node || node->n_children != 1)
        return node;
    child = node->children[0];
    child->required = child->excluded = false;
    node->n_children = 0;
    syntax_free(node);
    return child;
}

static enum status advance(struct parser *parser)
{
    enum lexeme_kind kind = parser->ahead.kind;

    parser->after = kind == LEXEME_END ? NULL : lexeme_name(kind);
    return lexer_next(&parser->lexer, &parser->ahead, parser->failure);
}

/* The piece ahead is not an operand. */
static enum status expected_operand(struct parser *parser)
{
    enum lexeme_kind kind = parser->ahead.kind;
    size_t column = parser->ahead.column;

    if (!parser->after && kind == LEXEME_END)
        return fail_column(parser->failure, column,
                           "expected " OPERAND ", but the query is empty");
    if (kind == LEXEME_END)
        return fail_column(parser->failure, column,
                           "expected " OPERAND " after %s, but the query ends",
                           parser->after);
    if (!parser->after)
        return fail_column(parser->failure, column,
                           "expected " OPERAND " first, not %s",
                           lexeme_name(kind));
    return fail_column(parser->failure, column,
                       "expected " OPERAND " after %s, not %s", parser->after,
                       lexeme_name(kind));
}

static enum status parenthesis(struct parser *parser, struct syntax **out)
{
    size_t column = parser->ahead.column;
    enum status status;

    if (parser->depth == QUERY_MAX_DEPTH)
        return fail_column(parser->failure, column,
                           "parentheses are nested deeper than %d levels",
                           QUERY_MAX_DEPTH);
    parser->depth++;
    status = advance(parser);
    if (!status)
        status = alternatives(parser, out);
    if (!status && parser->ahead.kind != LEXEME_CLOSE)
        status =
            fail_column(parser->failure, column, "this '(' has no ')' to it");
    if (!status)
        status = advance(parser);
    parser->depth--;
    return status;
}

static enum status leaf(struct parser *parser, enum syntax_kind kind,
                        struct syntax **out)
{
    const struct lexeme *ahead = &parser->ahead;

    *out = syntax_new(kind, ahead->column);
    if (!*out)
        return fail_memory(parser->failure);
    (*out)->text = ahead->text;
    (*out)->text_column = ahead->text_column;
    (*out)->field = ahead->field;
    (*out)->inflected = ahead->kind == LEXEME_INFLECTED;
    return advance(parser);
}

static enum status words(struct parser *parser, struct syntax **out)
{
    enum status status = leaf(parser, SYNTAX_WORDS, out);

    if (status || parser->ahead.kind != LEXEME_FUZZY)
        return status;
    (*out)->kind = SYNTAX_FUZZY;
    (*out)->distance = parser->ahead.number;
    return advance(parser);
}

static enum status phrase(struct parser *parser, struct syntax **out)
{
    enum status status;

    if (parser->ahead.text.length == 0)
        return fail_column(parser->failure, parser->ahead.column,
                           "there is no word in this phrase");
    status = leaf(parser, SYNTAX_PHRASE, out);
    return status ? status : syntax_phrase(*out, parser->failure);
}

static enum status bare_operand(struct parser *parser, struct syntax **out)
{
    switch (parser->ahead.kind) {
    case LEXEME_WORDS: return words(parser, out);
    case LEXEME_EXACT: return leaf(parser, SYNTAX_EXACT, out);
    case LEXEME_PHRASE:
    case LEXEME_INFLECTED: return phrase(parser, out);
    case LEXEME_FIELD: return leaf(parser, SYNTAX_FIELD, out);
    case LEXEME_OPEN: return parenthesis(parser, out);
    case LEXEME_END:
    case LEXEME_CLOSE:
    case LEXEME_PLUS:
    case LEXEME_MINUS:
    case LEXEME_AND:
    case LEXEME_OR:
    case LEXEME_XOR:
    case LEXEME_NOT:
    case LEXEME_NEAR:
    case LEXEME_ONEAR:
    case LEXEME_FUZZY:
    case LEXEME_BOOST: break;
    }
    return expected_operand(parser);
}

static enum status operand(struct parser *parser, struct syntax **out)
{
    enum status status = bare_operand(parser, out);

    if (status || parser->ahead.kind != LEXEME_BOOST)
        return status;
    if ((*out)->kind == SYNTAX_FIELD)
        return fail_column(parser->failure, parser->ahead.column,
                           "a field has no score that '^' could boost");
    (*out)->boost *= parser->ahead.factor;
    if ((*out)->boost > QUERY_MAX_BOOST)
        return fail_column(parser->failure, parser->ahead.column,
                           "the boosts inside each other make more than %d",
                           QUERY_MAX_BOOST);
    return advance(parser);
}

/* Make *LEFT, and the operand behind the NEAR or ONEAR ahead, one. */
static enum status near(struct parser *parser, struct syntax **left)
{
    struct syntax *both, *right = NULL;
    enum status status;

    both = syntax_new(parser->ahead.kind == LEXEME_NEAR ? SYNTAX_NEAR
                                                        : SYNTAX_ONEAR,
                      (*left)->column);
    if (!both)
        return fail_memory(parser->failure);
    both->distance = parser->ahead.number;
    both->text_column = parser->ahead.column;
    status = append(parser, both, left);
    *left = both;
    if (!status)
        status = advance(parser);
    if (!status)
        status = operand(parser, &right);
    if (!status)
        status = append(parser, both, &right);
    syntax_free(right);
    return status;
}

static enum status nearness(struct parser *parser, struct syntax **out)
{
    size_t depth = parser->depth;
    enum status status = operand(parser, out);

    while (!status && (parser->ahead.kind == LEXEME_NEAR ||
                       parser->ahead.kind == LEXEME_ONEAR)) {
        if (parser->depth++ == QUERY_MAX_DEPTH)
            status = fail_column(parser->failure, parser->ahead.column,
                                 "there are more than %d NEAR and parentheses "
                                 "inside each other",
                                 QUERY_MAX_DEPTH);
        else
            status = near(parser, out);
    }
    parser->depth = depth;
    return status;
}

static enum status member(struct parser *parser, struct syntax **out)
{
    enum lexeme_kind sign = parser->ahead.kind;
    size_t column = parser->ahead.column;
    bool marked = sign == LEXEME_PLUS || sign == LEXEME_MINUS;
    enum status status = marked ? advance(parser) : STATUS_OK;

    if (!status)
        status = nearness(parser, out);
    if (status || !marked)
        return status;
    (*out)->required = sign == LEXEME_PLUS;
    (*out)->excluded = sign == LEXEME_MINUS;
    (*out)->column = column;
    return STATUS_OK;
}

static bool ends_group(enum lexeme_kind kind)
{
    return kind == LEXEME_END || kind == LEXEME_CLOSE || kind == LEXEME_AND ||
           kind == LEXEME_OR || kind == LEXEME_XOR || kind == LEXEME_NOT;
}

static bool only_excludes(const struct syntax *node)
{
    size_t i;

    if (node->kind != SYNTAX_GROUP)
        return false;
    for (i = 0; i < node->n_children; i++)
        if (!node->children[i]->excluded)
            return false;
    return true;
}

static enum status group(struct parser *parser, struct syntax **out)
{
    struct syntax *child = NULL;
    enum status status;

    *out = syntax_new(SYNTAX_GROUP, parser->ahead.column);
    if (!*out)
        return fail_memory(parser->failure);
    do {
        status = member(parser, &child);
        if (!status)
            status = append(parser, *out, &child);
    } while (!status && !ends_group(parser->ahead.kind));
    syntax_free(child);
    if (!status && !only_excludes(*out))
        *out = unwrap(*out);
    return status;
}

/* A group that does not only exclude. */
static enum status positive_group(struct parser *parser, struct syntax **out)
{
    size_t column = parser->ahead.column;
    enum status status;

    if (parser->ahead.kind == LEXEME_NOT)
        return fail_column(parser->failure, column,
                           "there is nothing that this NOT could take away "
                           "from");
    status = group(parser, out);
    if (!status && only_excludes(*out))
        status = fail_column(parser->failure, column,
                             "there is nothing that this '-' could take away "
                             "from");
    return status;
}

/* Move the children of GROUP, all of them excluded, to DIFFERENCE. */
static enum status exclude_members(struct parser *parser,
                                   struct syntax *difference,
                                   struct syntax *group_node)
{
    size_t i;

    for (i = 0; i < group_node->n_children; i++) {
        group_node->children[i]->excluded = false;
        if (append(parser, difference, &group_node->children[i]))
            return STATUS_MEMORY;
    }
    return STATUS_OK;
}

/* An AND or a NOT and its right side: to BOTH what must match, to DIFFERENCE
 * what must not. */
static enum status conjunct(struct parser *parser, struct syntax *both,
                            struct syntax *difference)
{
    struct syntax *right = NULL;
    bool negative = parser->ahead.kind == LEXEME_NOT;
    enum status status;

    if (!negative && both->n_children == 1)
        both->text_column = parser->ahead.column;
    if (negative && difference->n_children == 0)
        difference->text_column = parser->ahead.column;
    status = advance(parser);

    if (!status && !negative && parser->ahead.kind == LEXEME_NOT) {
        negative = true;
        status = advance(parser);
    }
    if (!status && negative)
        status = parser->ahead.kind == LEXEME_NOT
                     ? expected_operand(parser)
                     : positive_group(parser, &right);
    else if (!status)
        status = group(parser, &right);
    if (!status && right && only_excludes(right))
        status = exclude_members(parser, difference, right);
    else if (!status)
        status = append(parser, negative ? difference : both, &right);
    syntax_free(right);
    return status;
}

static enum status conjunction(struct parser *parser, struct syntax **out)
{
    size_t column = parser->ahead.column;
    struct syntax *both = syntax_new(SYNTAX_AND, column), *first = NULL;
    enum status status = STATUS_OK;

    *out = syntax_new(SYNTAX_NOT, column);
    if (!both || !*out)
        status = fail_memory(parser->failure);
    if (!status)
        status = positive_group(parser, &first);
    if (!status)
        status = append(parser, both, &first);
    while (!status && (parser->ahead.kind == LEXEME_AND ||
                       parser->ahead.kind == LEXEME_NOT))
        status = conjunct(parser, both, *out);
    /* NOT's first child, though it was complete last. */
    if (!status) {
        both = unwrap(both);
        status = append(parser, *out, &both);
    }
    if (!status) {
        size_t last = (*out)->n_children - 1;
        struct syntax *moved = (*out)->children[last];

        memmove((*out)->children + 1, (*out)->children,
                last * sizeof *(*out)->children);
        (*out)->children[0] = moved;
        *out = unwrap(*out);
    }
    syntax_free(first);
    syntax_free(both);
    return status;
}

/* What PART reads, as often as SIGN stands between, in a node of KIND. */
static enum status chain(struct parser *parser, enum syntax_kind kind,
                         enum lexeme_kind sign,
                         enum status (*part)(struct parser *, struct syntax **),
                         struct syntax **out)
{
    struct syntax *child = NULL;
    enum status status;

    *out = syntax_new(kind, parser->ahead.column);
    if (!*out)
        return fail_memory(parser->failure);
    for (;;) {
        status = part(parser, &child);
        if (!status)
            status = append(parser, *out, &child);
        if (status || parser->ahead.kind != sign)
            break;
        if ((*out)->n_children == 1)
            (*out)->text_column = parser->ahead.column;
        status = advance(parser);
        if (status)
            break;
    }
    syntax_free(child);
    if (!status)
        *out = unwrap(*out);
    return status;
}

static enum status exclusive(struct parser *parser, struct syntax **out)
{
    return chain(parser, SYNTAX_XOR, LEXEME_XOR, conjunction, out);
}

static enum status alternatives(struct parser *parser, struct syntax **out)
{
    return chain(parser, SYNTAX_OR, LEXEME_OR, exclusive, out);
}

enum status syntax_parse(const char *query, size_t length, struct syntax **tree,
                         struct failure *failure)
{
    struct parser parser = {.failure = failure};
    enum status status;

    *tree = NULL;
    if (length > QUERY_MAX_BYTES)
        return fail(failure, STATUS_QUERY,
                    "the query has %zu bytes, more than the %d allowed", length,
                    QUERY_MAX_BYTES);
    lexer_init(&parser.lexer, query, length);
    status = advance(&parser);
    if (!status)
        status = alternatives(&parser, tree);
    if (!status && parser.ahead.kind == LEXEME_CLOSE)
        status = fail_column(failure, parser.ahead.column,
                             "there is no '(' to this ')'");
    if (status) {
        syntax_free(*tree);
        *tree = NULL;
    }
    return status;
}
