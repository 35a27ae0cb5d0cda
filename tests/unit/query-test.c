/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parser of queries, by the lines of tests/data/syntax.txt and by queries
 * too large to write down there. */
#include <config.h>

#include "src/query/syntax.h"

#include "base/buffer.h"
#include "tests/lines.h"
#include "tests/tap.h"

#include <stdio.h>

static void write_tree(struct buffer *out, const struct syntax *tree);

static void write_children(struct buffer *out, const char *name,
                           const struct syntax *tree)
{
    size_t i;

    buffer_append_format(out, "(%s", name);
    for (i = 0; i < tree->n_children; i++) {
        buffer_append_byte(out, ' ');
        write_tree(out, tree->children[i]);
    }
    buffer_append_byte(out, ')');
}

static void write_near(struct buffer *out, const struct syntax *tree)
{
    char name[32];

    snprintf(name, sizeof name, "%s/%u",
             tree->kind == SYNTAX_NEAR ? "near" : "onear",
             (unsigned)tree->distance);
    write_children(out, name, tree);
}

static void write_tree(struct buffer *out, const struct syntax *tree)
{
    if (tree->required || tree->excluded)
        buffer_append_byte(out, tree->required ? '+' : '-');
    switch (tree->kind) {
    case SYNTAX_WORDS:
        buffer_append(out, tree->text.data, tree->text.length);
        break;
    case SYNTAX_FIELD:
        buffer_append_format(out, "field%d:", (int)tree->field);
        buffer_append(out, tree->text.data, tree->text.length);
        break;
    case SYNTAX_EXACT:
        buffer_append_byte(out, '=');
        buffer_append(out, tree->text.data, tree->text.length);
        break;
    case SYNTAX_FUZZY:
        buffer_append(out, tree->text.data, tree->text.length);
        buffer_append_format(out, "~%u", (unsigned)tree->distance);
        break;
    case SYNTAX_PHRASE:
        if (tree->inflected)
            buffer_append_byte(out, '~');
        if (tree->n_children > 0) {
            write_children(out, "phrase", tree);
            break;
        }
        buffer_append_byte(out, '"');
        buffer_append(out, tree->text.data, tree->text.length);
        buffer_append_byte(out, '"');
        break;
    case SYNTAX_AND: write_children(out, "and", tree); break;
    case SYNTAX_OR: write_children(out, "or", tree); break;
    case SYNTAX_XOR: write_children(out, "xor", tree); break;
    case SYNTAX_NEAR:
    case SYNTAX_ONEAR: write_near(out, tree); break;
    case SYNTAX_NOT: write_children(out, "not", tree); break;
    case SYNTAX_GROUP: write_children(out, "group", tree); break;
    }
    if (tree->boost != 1)
        buffer_append_format(out, "^%g", tree->boost);
    buffer_append_format(out, "@%zu", tree->column);
}

/* Whether TREE, written as a query, is read as what it is. */
static bool reads_as_written(const struct syntax *tree)
{
    struct buffer once = BUFFER_EMPTY, twice = BUFFER_EMPTY;
    struct syntax *again = NULL;
    bool same;

    syntax_write(tree, &once);
    if (!syntax_parse(once.data, once.length, &again, NULL))
        syntax_write(again, &twice);
    same = bytes_equal(buffer_bytes(&once), buffer_bytes(&twice));
    if (!same)
        printf("# written as '%.*s'\n", (int)once.length, once.data);
    syntax_free(again);
    buffer_release(&once);
    buffer_release(&twice);
    return same;
}

static void test_line(void *context, const struct line *line)
{
    struct buffer got = BUFFER_EMPTY;
    struct failure failure;
    struct syntax *tree;

    (void)context;
    if (syntax_parse(line->fields[0].data, line->fields[0].length, &tree,
                     &failure))
        buffer_append_format(&got, "error %zu %s", failure.column,
                             failure.message);
    else
        write_tree(&got, tree);
    is_bytes(buffer_bytes(&got), line->fields[1].data, line->name);
    if (tree)
        ok(reads_as_written(tree), "%s: written", line->name);
    syntax_free(tree);
    buffer_release(&got);
}

/* A query of UNIT, N times over, and END. */
static enum status parse_repeated(const char *unit, size_t n, const char *end,
                                  struct failure *failure)
{
    struct buffer query = BUFFER_EMPTY;
    struct syntax *tree;
    enum status status;

    while (n-- > 0)
        buffer_append_string(&query, unit);
    buffer_append_string(&query, end);
    status = syntax_parse(query.data, query.length, &tree, failure);
    ok((status == STATUS_OK) == (tree != NULL), "a tree or a failure");
    syntax_free(tree);
    buffer_release(&query);
    return status;
}

static void test_sizes(void)
{
    struct failure failure;

    ok(parse_repeated("(", QUERY_MAX_BYTES, "", &failure) == STATUS_QUERY &&
           failure.column == QUERY_MAX_DEPTH + 1,
       "as many parentheses as fit");
    ok(parse_repeated("a (", QUERY_MAX_DEPTH, "a", &failure) == STATUS_QUERY &&
           failure.column == 3 * QUERY_MAX_DEPTH,
       "the deepest '(' left open");
    ok(!parse_repeated("a ", QUERY_MAX_BYTES / 2, "", &failure),
       "as many words as fit");
    ok(!parse_repeated("a AND b NOT ", QUERY_MAX_BYTES / 12, "a", &failure),
       "a long chain of operators");
    ok(!parse_repeated("a NEAR/2 ", QUERY_MAX_DEPTH, "a", &failure),
       "a long chain of NEAR");
    ok(parse_repeated("a NEAR/2 ", QUERY_MAX_DEPTH + 1, "a", &failure) ==
           STATUS_QUERY,
       "a chain of NEAR that is too long");
    ok(!parse_repeated("a?", QUERY_MAX_BYTES / 2, "", &failure),
       "question marks within a word");
    ok(!parse_repeated("\\", QUERY_MAX_BYTES, "", &failure), "backslashes");
    ok(!parse_repeated("?", QUERY_MAX_BYTES, "", &failure), "question marks");
    ok(parse_repeated("\"", QUERY_MAX_BYTES - 1, "", &failure) == STATUS_QUERY,
       "quotation marks");
    ok(!parse_repeated("-", QUERY_MAX_BYTES, "", &failure), "a line of '-'");
    ok(parse_repeated("x", QUERY_MAX_BYTES, "x", &failure) == STATUS_QUERY &&
           failure.column == 0,
       "one byte too many");
}

int main(void)
{
    test_lines("tests/data/syntax.txt", 2, test_line, NULL);
    test_sizes();
    return tap_done();
}
